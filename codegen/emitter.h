/* emitter: the state of one output while it is made, for the files that lower; private to this layer.
 *
 * Lowering turns nodes of the syntax tree into nodes of the JavaScript tree. An expression of Tova may need statements of
 * JavaScript (a `match` with blocks, an early return): lower_expression puts them into `statements` and returns what is
 * left as an expression. Whoever lowers several operands uses lower_operands, which keeps their order of evaluation. A
 * place where statements cannot stand (the right side of `and`, the body of an arrow function) opens a list of its own.
 */
#ifndef TOVA_CODEGEN_EMITTER_H
#define TOVA_CODEGEN_EMITTER_H

#include "analysis/builtins.h"
#include "analysis/program.h"
#include "codegen/emit.h"
#include "codegen/js.h"
#include "codegen/runtime.h"
#include "parser/base/map.h"
#include "parser/syntax/node.h"

/* A loop around what is lowered. */
struct loop_state {
    struct loop_state *parent;
    struct str label;   /* the source's, or empty */
    struct str name;    /* what the output calls it: another name than the loops around, and no word of JavaScript */
    bool has_else;      /* `break` leaves the `else` behind it too, */
    struct str outside; /* by this label of a block around both; empty until a `break` needs it */
};

/* Files of other programs that an output has to do with, in the order in which it met them. In the emission's arena. */
struct foreign_files {
    VEC(const struct file_analysis *) list;
};

/* The function around what is lowered. */
struct function_state {
    struct function_state *parent;
    node_id node;
    bool generator, has_type, is_component, is_module;
    bool is_followed; /* it gives a value of markup, or a computed one: runs again when what it reads changes */
    struct loop_state *loop; /* the innermost around what is lowered, or NULL */
    struct js *deferred; /* the list of what `defer` has put off, when it is needed */
};

/* A block-level declaration or statement of an output's blocks. */
struct member {
    uint32_t file;
    node_id node;    /* the statement: export and decorators included */
    node_id core;    /* the declaration inside of them */
    uint32_t block;  /* in that file */
    bool broken;     /* the file has errors at it */
    uint32_t above;  /* where what stands above it begins, in bytes */
    uint64_t hash;   /* of what it is (kept.h), where anything is kept */
    bool placed;
};

/* A symbol that is an expression where it stands: `self`, a name of a pattern inside of its guard. */
struct stand_in {
    uint32_t file, symbol;
    struct js *value;
};

/* What the output makes of a symbol. */
struct output_symbol {
    struct str name, setter; /* once somebody has asked */
    bool written;            /* a variable that is assigned again */
};

/* What stands for an item's key, as in `for user in users key={user.id}`. */
struct row_key {
    uint32_t file;
    node_id node;
    uint32_t item; /* symbol */
};

/* The constant that holds the schema of a declared type; not `whole` while it is being made. */
struct schema {
    uint32_t file, symbol;
    struct js *name;
    bool whole;
    struct js_list arguments; /* the schemas of the type's arguments, where it is used with some */
    struct str title;         /* what descriptions call it: `Page`, `PageOfInt` */
    struct js *value;         /* once it is whole */
    uint32_t asked;           /* the last that looked for itself here */
};

/* A route as the description of the server shows it: GET /openapi.json. */
struct route_shown {
    uint32_t file;
    node_id node; /* the declaration */
    struct str method, path;
    struct program_symbol function; /* that answers; {NULL, 0} for a lambda */
};

/* A function of `impl` or of a trait. */
struct method {
    uint32_t file;
    node_id node;
};

/* `x |> f() > 1`: the call that x goes to is the left end of what stands right of the pipe. */
struct pipe_head {
    node_id node;
    struct js *value;
};

struct component_style;

/* A function with conditions that its endpoint shares. */
struct guarded {
    const struct file_analysis *file;
    uint32_t symbol;
    struct js *name; /* the constant that holds them */
};

struct route_group;

/* The state that what is lowered is for, by the name of its signal, in the function that gives it; or nothing. */
struct given_state {
    struct str state;
    const struct function_state *function;
};

/* What is made of an output: what cannot be emitted of it, which lowering finds; what others have to know of it (emit_planned);
 * or its text. Each holds what stands before it. */
enum emit_extent { EMIT_GAPS, EMIT_FACTS, EMIT_TEXT };

struct emitter {
    enum emit_extent extent;
    const bool *kinds;   /* per kind of node: do the program's own files have one? */
    struct arena *arena; /* of this output's trees; dies with it */
    struct program *program;
    struct emission *emission;
    struct output *output;
    const struct emit_options *options;
    bool equality_is_derived;        /* a type of the program compares by structure: `derive [Eq]` */
    uint32_t file_index;
    const struct file_analysis *file;
    const struct syntax_tree *tree;
    struct js_list *statements;      /* where statements go */
    struct function_state *function;
    struct foreign_files *foreign;   /* their indices follow those of the program's own files */
    struct foreign_files *foreign_of; /* those of each output of the emission that is made already */
    VEC(struct import) imports;
    VEC(struct program_symbol) used_imports; /* what the program imports itself and this output uses */
    struct js_list import_statements;        /* imports without names */
    uint8_t *declared;               /* per atom, four in a byte: what this output can see by this name */
    uint32_t declared_count;
    VEC(struct output_symbol *) symbols; /* per file, once there is something to know: of each of its symbols */
    VEC(struct name_uses *) name_uses;   /* per file, once one of its large functions is looked through for a name */
    struct map module_names;         /* atoms of the names made up for the output's top level: the last number tried */
    struct map local_names;          /* the same of the declaration that is lowered */
    VEC(struct stand_in) stand_ins;
    VEC(struct row_key) row_keys;    /* of the rows around what is lowered */
    VEC(struct member) members;
    VEC(struct method) methods;      /* of the whole program, once `methods_known` */
    bool methods_known;
    struct map text_parameters;      /* (file, symbol) of each parameter that is given text, once they are known */
    bool text_parameters_known;
    struct map tested_types;         /* the address of each type that something tests for, once they are known */
    bool tested_types_known;
    struct map row_functions;        /* (file, node) of each argument that is a function of a row */
    struct str row_name;             /* the parameter of these functions, once there is one */
    struct js *row;                  /* the row that columns belong to; NULL outside of such functions */
    unsigned server_uses;            /* bits 1 << enum server_use (server_parts.h): what createServer has to give */
    const struct route_group *group; /* around what is lowered (server_parts.h), or NULL */
    VEC(struct guarded) guarded;
    struct js *database;             /* the name of the connection, once something needs it */
    bool database_is_open;           /* … and once it has been declared */
    bool has_models;
    enum { RESPONSES_UNKNOWN, RESPONSES_NONE, RESPONSES_MADE } responses; /* does code of the output make any? */
    enum { COLLECTIONS_UNKNOWN, COLLECTIONS_NONE, COLLECTIONS_MADE } collections; /* can the program have a Map or a Set? */
    struct js_list templates;        /* declarations of the HTML that is cloned, for the output's top level */
    VEC(struct schema) schemas;
    unsigned schema_made;            /* 1 + the index of the schema whose fields are lowered; 0: of none */
    VEC(struct route_shown) routes_shown;
    struct pipe_head pipe_head;
    struct js *placeholder;          /* what `_` stands for right of a pipe into something that is no call; or NULL */
    struct component_style *style;   /* of the component that is lowered, when it has styles; else NULL */
    struct js *tasks;                /* where `spawn` puts its task inside of statements of a `concurrent` block; or NULL */
    node_id awaited;                 /* the call that stands directly below an `await` */
    struct given_state given;
    struct waiting_effect *waiting;  /* the effect around what is lowered, when it waits more than once; or NULL */
    uint64_t surroundings;           /* what code can see of the program (kept.h); 0: nothing is kept */
    uint64_t changes;                /* a hash of what lowering has added to the output beside statements, */
    unsigned lasting;                /* and how much of that is no import */
    const struct kept_output *kept;  /* what may be taken over, or NULL */
    struct kept_runs runs;
    struct map asked;                /* hashes of the names in the output's list */
    bool stopped;   /* nobody wants the output any more */
    unsigned asked_often; /* whether somebody does */
    unsigned depth;
};

/* Where the value of something goes. */
enum destination_kind { TO_NOWHERE, TO_RETURN, TO_NAME };
struct destination {
    enum destination_kind kind;
    struct js *name; /* TO_NAME: assigned */
};
#define NOWHERE ((struct destination){TO_NOWHERE, NULL})
#define RETURNED ((struct destination){TO_RETURN, NULL})

/* Does nobody want the output any more? Asked in every loop over statements or declarations: then the loop ends, and what it
 * has made is thrown away. */
bool emitter_stopped(struct emitter *e);
/* Where a node stands, for the source map. */
static inline struct js_place place_of(const struct emitter *e, node_id node) {
    return (struct js_place){.file = node == NODE_NONE ? 0 : e->file_index + 1, .span = node_span(e->tree, node)};
}
/* Sets the place of a node and returns it. */
static inline struct js *placed(const struct emitter *e, struct js *node, node_id source) {
    node->place = place_of(e, source);
    return node;
}
/* Appends to where statements go at present. */
void add_statement(struct emitter *e, struct js *statement);
/* Notes that lowering has added more to the output than statements and imports, say a name of its top level. `what` tells it from
 * others. */
void note_change(struct emitter *e, uint64_t what);
/* Adds a comment that says what could not be emitted, and marks the output as broken. */
void not_emitted(struct emitter *e, node_id node, const char *what);
/* Makes `file_index` the file that nodes belong to. */
void enter_file(struct emitter *e, uint32_t file_index);
/* The index of an analysis among the program's files; files of other programs stand behind those. */
uint32_t file_index_of(const struct emitter *e, const struct file_analysis *file);
/* Makes a file a source of the output's map, where it gets one. */
void add_map_source(const struct emitter *e, const struct file_analysis *file);
/* Lets statements go to `list`; returns the list before. */
struct js_list *redirect(struct emitter *e, struct js_list *list);
/* The kind of a node of the present file. */
static inline enum node_kind kind_of(const struct emitter *e, node_id node) { return node_kind(e->tree, node); }
/* Can the present file have a node of this kind? */
static inline bool may_have(const struct emitter *e, enum node_kind kind) {
    return e->kinds[kind] || e->file_index >= e->program->file_count;
}
/* The source text of a node of the present file; borrowed from its tree. */
static inline struct str text_of(const struct emitter *e, node_id node) { return node_text(e->tree, node); }
/* The first name or value in parentheses: `(a)` is a. */
node_id without_parentheses(const struct emitter *e, node_id node);
/* The number of children that are neither comments nor fields; the only one of them, or NODE_NONE. */
unsigned plain_count(const struct emitter *e, node_id node);
/* The text of the operator of a node, with a space between two words. */
struct str operator_of(const struct emitter *e, node_id node);
#endif
