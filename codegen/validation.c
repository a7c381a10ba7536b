/* validation: what comes from outside is checked against the types that the source names, before a function runs. */
#include "codegen/validation.h"

#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"

/* ---- checks */

static struct js *push_error(struct emitter *e, struct js *errors, struct str name, const char *what) {
    struct str message = arena_printf(e->arena, "%.*s %s", STR_ARGUMENTS(name), what);
    struct js *push = js_member(e->arena, errors, "push");
    return js_expression_statement(e->arena, js_call1(e->arena, push, js_string(e->arena, message)));
}

static struct js *scalar_fails(struct emitter *e, const struct scalar_type *scalar, struct js *value) {
    struct str name = str_from_c(scalar->schema);
    if (str_equal(name, STR("Int"))) {
        struct js *is_integer = js_member(e->arena, global_name(e, "Number"), "isSafeInteger");
        return js_unary(e->arena, "!", js_call1(e->arena, is_integer, value));
    }
    const char *type = str_equal(name, STR("String"))  ? "\"string\""
                       : str_equal(name, STR("Float")) ? "\"number\""
                                                               : "\"boolean\"";
    return js_binary(e->arena, js_unary(e->arena, "typeof", value), "!==", js_literal(e->arena, type));
}

static struct js *short_if(struct emitter *e, struct js *condition, struct js *statement, struct js *otherwise) {
    struct js *node = js_if(e->arena, condition, statement, otherwise);
    node->flags |= JS_IS_SHORT;
    return node;
}

static void check_scalar(struct emitter *e, const struct scalar_type *scalar, struct js *errors, struct str name,
                         struct js *value, bool has_default) {
    struct js *nothing = js_literal(e->arena, "undefined");
    struct js *fails = scalar_fails(e, scalar, value);
    struct js *wrong = push_error(e, errors, name, scalar->message);
    if (has_default) {
        struct js *given = js_binary(e->arena, value, "!==", nothing);
        add_statement(e, short_if(e, js_binary(e->arena, given, "&&", fails), wrong, NULL));
        return;
    }
    struct js *missing = js_binary(e->arena, js_binary(e->arena, value, "===", nothing), "||",
                                   js_binary(e->arena, value, "===", js_literal(e->arena, "null")));
    add_statement(e, short_if(e, missing, push_error(e, errors, name, "is required"), short_if(e, fails, wrong, NULL)));
}

static void check_schema(struct emitter *e, struct js *schema, struct js *errors, struct str name, struct js *value,
                         bool has_default) {
    if (schema_is_any(schema)) {
        return;
    }
    struct js *call =
        js_call2(e->arena, runtime_name(e, RUNTIME_SERVER, "checkType"), errors, js_string(e->arena, name));
    js_add(e->arena, &call->list, value);
    js_add(e->arena, &call->list, schema);
    struct js *check = js_expression_statement(e->arena, call);
    if (has_default) {
        struct js *given = js_binary(e->arena, value, "!==", js_literal(e->arena, "undefined"));
        check = short_if(e, given, check, NULL);
    }
    add_statement(e, check);
}

/* ---- what an argument has to be */

/* By the annotation of its parameter, or by what a route's `body: T` says of it: of all of it, or of a field. */
struct argument_type {
    uint32_t file;
    node_id type;
    const struct symbol *field; /* which has rules of its own, or NULL */
    bool rest;                  /* there is a list of them, unless the type is that list */
};

static struct program_symbol field_of_type(struct emitter *e, node_id type, struct str name) {
    struct program_symbol owner = symbol_at_node(e, node_child(e->tree, type, FIELD_NAME));
    if (symbol_kind_of(owner) == SYMBOL_MODEL) {
        owner = type_named(e, symbol_data(owner)->name);
    }
    const struct symbol *data = type_is_record(owner) ? symbol_data(owner) : NULL;
    for (uint32_t i = 0; data != NULL && i < data->part_count; i++) {
        struct program_symbol field = {owner.file, data->first_part + i};
        if (str_equal(analysis_name(field.file, symbol_data(field)->name), name)) {
            return field;
        }
    }
    return (struct program_symbol){NULL, 0};
}

/* What a route says of a parameter that says nothing itself; in no file where it does not. */
static struct argument_type type_by_route(struct emitter *e, const struct route_shown *route, struct str name) {
    struct argument_type none = {.file = route->file};
    enter_file(e, route->file);
    node_id body = node_child(e->tree, route->node, FIELD_BODY_TYPE);
    if (body == NODE_NONE || !method_has_body(route->method) || path_has_parameter(route->path, name)) {
        return none;
    }
    if (str_equal(name, STR("body"))) {
        return (struct argument_type){.file = route->file, .type = body};
    }
    struct program_symbol field = kind_of(e, body) == NODE_TYPE_NAME ? field_of_type(e, body, name)
                                                                     : (struct program_symbol){NULL, 0};
    const struct symbol *data = symbol_data(field);
    return data == NULL ? none : (struct argument_type){.file = file_index_of(e, field.file), .type = data->type, .field = data};
}

static struct argument_type type_by_routes(struct emitter *e, struct program_symbol function, struct str name) {
    struct argument_type found = {0};
    uint32_t before = e->file_index;
    for (unsigned i = 0; i < e->routes_shown.count && found.type == NODE_NONE; i++) {
        const struct route_shown *route = &e->routes_shown.items[i];
        if (route->function.file == function.file && route->function.symbol == function.symbol) {
            found = type_by_route(e, route, name);
        }
    }
    enter_file(e, before);
    return found;
}

/* Its type is NODE_NONE where there is nothing to check: in a type that takes anything. */
static struct argument_type argument_type(struct emitter *e, struct program_symbol parameter,
                                          struct program_symbol endpoint) {
    const struct symbol *data = symbol_data(parameter);
    struct argument_type type = {.file = file_index_of(e, parameter.file),
                                 .type = data->type,
                                 .rest = (data->flags & SYMBOL_REST) != 0};
    if (type.type == NODE_NONE && endpoint.file != NULL && node_kind(parameter.file->tree, data->name_node) == NODE_IDENTIFIER) {
        type = type_by_routes(e, endpoint, analysis_name(parameter.file, data->name));
    }
    bool any = type.type == NODE_NONE ||
               str_equal(node_text(e->program->files[type.file]->tree, type.type), STR("Any"));
    return any ? (struct argument_type){0} : type;
}

/* Its schema; constants that this needs go to `top`. */
static struct js *argument_schema(struct emitter *e, const struct argument_type *type, struct js_list *top) {
    uint32_t before = e->file_index;
    enter_file(e, type->file);
    struct js_list *outside = redirect(e, top);
    struct js *schema = type->rest            ? rest_schema(e, type->type)
                        : type->field == NULL ? type_schema(e, type->type)
                                              : field_schema(e, type->field);
    if (type->field != NULL && type->field->value != NODE_NONE) {
        schema = optional_schema(e, schema);
    }
    redirect(e, outside);
    enter_file(e, before);
    return schema;
}

/* The type of JSON that it is, or NULL. */
static const struct scalar_type *scalar_of(struct emitter *e, const struct argument_type *type) {
    bool whole = type->field == NULL && !type->rest;
    return whole ? scalar_type_of(e->program->files[type->file]->tree, type->type) : NULL;
}

static void refuse(struct emitter *e, struct js *errors) {
    struct js *body = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &body->list, js_property(e->arena, STR("error"), js_literal(e->arena, "\"Validation failed\"")));
    js_add(e->arena, &body->list, js_property(e->arena, STR("details"), errors));
    struct js *options = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &options->list, js_property(e->arena, STR("status"), js_literal(e->arena, "400")));
    struct js *block = js_block(e->arena);
    js_add(e->arena, &block->list, js_return(e->arena, response_json(e, body, options)));
    struct js *some = js_binary(e->arena, js_member(e->arena, errors, "length"), ">", js_literal(e->arena, "0"));
    add_statement(e, js_if(e->arena, some, block, NULL));
}

/* What messages call a parameter: one that is taken apart has no name. */
static struct str shown_name(struct emitter *e, struct program_symbol parameter, uint32_t index) {
    struct str name = analysis_name(parameter.file, symbol_data(parameter)->name);
    return name.size > 0 ? name : arena_printf(e->arena, "argument %u", (unsigned)index + 1);
}

void lower_validation(struct emitter *e, struct program_symbol function, struct program_symbol endpoint,
                      struct js *const *names, struct js_list *top) {
    const struct symbol *data = symbol_data(function);
    struct js *errors = js_name(e->arena, "__validationErrors");
    unsigned mark = e->statements->of.count;
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct program_symbol parameter = {function.file, data->first_part + i};
        struct argument_type type = argument_type(e, parameter, endpoint);
        if (type.type == NODE_NONE) {
            continue;
        }
        const struct scalar_type *scalar = scalar_of(e, &type);
        bool has_default = (symbol_data(parameter)->flags & SYMBOL_HAS_DEFAULT) != 0;
        struct str name = shown_name(e, parameter, i);
        if (scalar != NULL) {
            check_scalar(e, scalar, errors, name, names[i], has_default);
        } else {
            check_schema(e, argument_schema(e, &type, top), errors, name, names[i], has_default);
        }
    }
    if (e->statements->of.count > mark) {
        js_insert(e->arena, e->statements, mark, js_declare(e->arena, "const", errors, js_new(e->arena, JS_ARRAY)));
        refuse(e, errors);
    }
}

/* ---- values of types */

void shape_arguments(struct emitter *e, struct program_symbol function, struct program_symbol endpoint, struct js **names,
                     struct js_list *top) {
    const struct symbol *data = symbol_data(function);
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct program_symbol parameter = {function.file, data->first_part + i};
        struct argument_type type = argument_type(e, parameter, endpoint);
        if (type.type == NODE_NONE ||
            !annotation_needs_shape(e, e->program->files[type.file], type.type, SHAPE_OF_ARGUMENT)) {
            continue;
        }
        struct js *schema = argument_schema(e, &type, top);
        if ((symbol_data(parameter)->flags & SYMBOL_HAS_DEFAULT) != 0) {
            schema = optional_schema(e, schema);
        }
        names[i] = js_call2(e->arena, runtime_name(e, RUNTIME_SHAPES, "shaped"), names[i], schema);
    }
}
