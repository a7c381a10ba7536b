/* server_parts: what the emitters of a server share: the names that createServer gives, answers, and the arguments of a server
 * function as constants of its endpoint or route. Knows none of those emitters; private to this layer.
 */
#ifndef TOVA_CODEGEN_SERVER_PARTS_H
#define TOVA_CODEGEN_SERVER_PARTS_H

#include "analysis/directives.h"
#include "codegen/emitter.h"

/* What a module of a server asks createServer for. */
enum server_use { USES_FEATURE, USES_ROUTE, USES_SOCKET, USES_MIDDLEWARE, USES_PAGE, USES_LISTEN, SERVER_USE_COUNT };

/* The name of what is used ("__addRoute"); the head of the module will take it from createServer. */
struct js *server_name(struct emitter *e, enum server_use use);

/* Has the output asked for it? */
bool server_is_using(const struct emitter *e, enum server_use use);

/* Response.json(body, options); `options` may be NULL. */
struct js *response_json(struct emitter *e, struct js *body, struct js *options);

/* A group of routes around what is lowered. */
struct route_group {
    const struct route_group *parent;
    struct str prefix;
    struct js *guards; /* the constant that holds what it has for all its routes, or NULL */
};

/* An endpoint while it is made: names that the parameters have taken are not used for anything else. */
struct endpoint {
    struct program_symbol function;
    struct js *request, *body, *result; /* names */
    struct js **names;                  /* of the arguments, by position */
    struct js_list *top;                /* where constants for all of the output go */
};

/* Chooses the names. Everything lives in the emitter's arena. */
struct endpoint endpoint_start(struct emitter *e, struct program_symbol function);

/* The function called with the endpoint's arguments, not awaited. */
struct js *endpoint_call(struct emitter *e, const struct endpoint *endpoint);

/* What is given to a rest parameter by its name, as a list. */
struct js *several_arguments(struct emitter *e, struct js *given);

/* The schema of the list that a rest parameter is, `...xs: [Int]` or `...xs: Int`, of the present file; as type_schema. */
struct js *rest_schema(struct emitter *e, node_id type);

/* The options between the braces of a directive as an object, which may be empty. */
struct js *lower_options(struct emitter *e, node_id block);

/* A feature of the server as the table of directives says it: `__use(cors({ origins: […] }));`. */
void lower_feature(struct emitter *e, node_id node, const struct directive *directive);

/* GET /openapi.json, where the server has routes and none of its own there. */
void emit_openapi(struct emitter *e);

/* The same as data, in place of all that was emitted: the schemas, and a statement that returns what openapi() is given. */
void emit_description(struct emitter *e);

/* The function that a member of the server declares and that has an endpoint; {NULL, 0} for any other member. */
struct program_symbol endpoint_of_member(struct emitter *e, const struct member *member);

/* A variable of the environment as a constant: `const PORT = variable("PORT", "Int", 3000);`. */
void lower_environment(struct emitter *e, node_id node);

/* `{ with: […] }` for a route, and NULL where nothing stands around it. Conditions that the endpoint of its function shares
 * become a constant in front of it. `function`: the handler, or {NULL, 0}. `body`: the type of `body: T`, which
 * is asked after all of them, or NODE_NONE. */
struct js *route_options(struct emitter *e, node_id route, struct program_symbol function, node_id body);

/* The same for the endpoint of a function: the conditions of all its routes. */
struct js *endpoint_options(struct emitter *e, struct program_symbol function);

/* A function of the program as a condition: `middleware(f, { next: true })`. */
struct js *middleware_guard(struct emitter *e, struct js *function, bool next);

/* The function of a group's member that is middleware; NODE_NONE for any other. */
node_id middleware_of_group(const struct emitter *e, node_id member);

/* `routes "/prefix" { }`: its members with `lower`. */
void lower_route_group(struct emitter *e, node_id node, bool (*lower)(struct emitter *e, node_id node));

/* Do requests of a method (in capitals) have a body that routes read? */
bool method_has_body(struct str method);

/* Is `name` a parameter of a route's path: `:name` or `*name`? */
bool path_has_parameter(struct str path, struct str name);

/* ---- shapes.c: values of types that have more than data (functions, defaults, a class that is asked for) */
/* Can code of the output name the type? */
bool type_is_seen(const struct emitter *e, struct program_symbol type);
/* Is it such a type by itself, whatever its fields are? */
bool type_is_made(struct emitter *e, struct program_symbol type);
/* What comes from outside may leave out what says that it is an Option; what a server function gives is one. In what is sent,
 * Maps and Sets alone have a shape, the object and the list that JSON has for them; what has no type, or says Any, may be one
 * where the program can have any at all. */
enum shape_use { SHAPE_OF_ARGUMENT, SHAPE_OF_RESULT, SHAPE_AS_SENT };

/* Can the program have a Map or a Set? Nothing of the language or its runtime gives one that the source does not name. */
bool program_has_collections(struct emitter *e);

/* Does an annotation of this file lead to such a type, to a Map, a Set or a Date, or an argument's to an Option? NODE_NONE does
 * so in what is sent alone. */
bool annotation_needs_shape(struct emitter *e, const struct file_analysis *file, node_id type, enum shape_use use);
/* The function that makes one of plain data: of a class, or of a variant. */
struct js *shape_maker(struct emitter *e, struct program_symbol made, bool class);
/* Those of all variants of a type, by tag. */
struct js *shape_makers(struct emitter *e, struct program_symbol type);
/* reviver({ … }, { … }): what results of calls of `server` become (ATOM_NONE: of a page's); NULL where they stay data. */
struct js *lower_reviver(struct emitter *e, atom_id server);

/* ---- validation.c */
/* Makes those arguments values of their types whose types are more than data; after lower_validation, as there. */
void shape_arguments(struct emitter *e, struct program_symbol function, struct program_symbol endpoint, struct js **names,
                     struct js_list *top);

/* The comment above an endpoint: "POST /rpc/f". */
void endpoint_comment(struct emitter *e, struct str method, struct str path);

#endif
