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
    VEC(struct file_analysis *) list;
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
    struct file_analysis *file;
    uint32_t symbol;
    struct js *name; /* the constant that holds them */
};

struct route_group;

/* The state that what is lowered is for, by the name of its signal, in the function that gives it; or nothing. */
struct given_state {
    struct str state;
    const struct function_state *function;
};

struct emitter {
    struct arena *arena; /* of this output's trees; dies with it */
    struct program *program;
    struct emission *emission;
    struct output *output;
    const struct emit_options *options;
    bool equality_is_derived;        /* a type of the program compares by structure: `derive [Eq]` */
    uint32_t file_index;
    struct file_analysis *file;
    const struct syntax_tree *tree;
    struct js_list *statements;      /* where statements go */
    struct function_state *function;
    struct foreign_files *foreign;   /* their indices follow those of the program's own files */
    struct foreign_files *foreign_of; /* those of each output of the emission that is made already */
    VEC(struct import) imports;
    VEC(struct program_symbol) used_imports; /* what the program imports itself and this output uses */
    struct js_list import_statements;        /* imports without names */
    uint8_t *declared;               /* per atom: a symbol that this output can see has this name */
    uint32_t declared_count;
    struct map symbol_names;         /* (file, symbol) -> index into names */
    struct map written;              /* (file, symbol) of each variable that is assigned again */
    struct map setter_names;         /* (file, symbol) -> index into names */
    VEC(struct str) names;
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

/* ---- emitter.c: small things that all need */
/* Does nobody want the output any more? Asked in every loop over statements or declarations: then the loop ends, and what it
 * has made is thrown away. */
bool emitter_stopped(struct emitter *e);
/* Where a node stands, for the source map. */
struct js_place place_of(const struct emitter *e, node_id node);
/* Sets the place of a node and returns it. */
struct js *placed(const struct emitter *e, struct js *node, node_id source);
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
uint32_t file_index_of(const struct emitter *e, struct file_analysis *file);
/* Makes a file a source of the output's map. */
void add_map_source(const struct emitter *e, const struct file_analysis *file);
/* Lets statements go to `list`; returns the list before. */
struct js_list *redirect(struct emitter *e, struct js_list *list);
/* The kind of a node of the present file. */
enum node_kind kind_of(const struct emitter *e, node_id node);
/* The source text of a node of the present file; borrowed from its tree. */
struct str text_of(const struct emitter *e, node_id node);
/* The first name or value in parentheses: `(a)` is a. */
node_id without_parentheses(const struct emitter *e, node_id node);
/* The number of children that are neither comments nor fields; the only one of them, or NODE_NONE. */
unsigned plain_count(const struct emitter *e, node_id node);
/* The text of the operator of a node, with a space between two words. */
struct str operator_of(const struct emitter *e, node_id node);

/* ---- names.c */
/* Finds out which names the program declares where this output sees them; names_finish frees what that took. */
void names_start(struct emitter *e);
void names_finish(struct emitter *e);
/* The JavaScript name of a symbol; of a state its setter. */
struct str name_of_symbol(struct emitter *e, struct program_symbol symbol);
/* The name of the function that sets a state. */
struct str setter_of_symbol(struct emitter *e, struct program_symbol symbol);
/* A name that nothing else in reach has, beginning with `wish`. */
struct js *fresh_name(struct emitter *e, const char *wish);
/* The same as text. */
struct str fresh_text(struct emitter *e, struct str wish);
/* The same for the output's top level. */
struct str fresh_module_text(struct emitter *e, struct str wish);
/* Forgets the made-up names of the last declaration. */
void names_next_declaration(struct emitter *e);
/* Is a variable assigned again after its declaration? */
bool symbol_is_written(const struct emitter *e, struct program_symbol symbol);
/* Has a symbol that the output can see this name? */
bool name_is_declared(struct emitter *e, struct str name);
/* What a name is used for where the output sees it; 0: for nothing. */
unsigned names_uses(const struct emitter *e, struct str name);
/* Is it a word that JavaScript takes for no name? */
bool name_is_reserved(struct str name);
/* Can it stand behind a dot and before a colon without quotes? */
bool name_is_plain(struct str name);
/* A name of JavaScript that the compiler itself needs ("Array"), reachable also where the program has taken it. */
struct js *global_name(struct emitter *e, const char *name);
/* A property key: quoted when it is no name. */
struct str key_text(struct emitter *e, struct str key);

/* ---- imports.c */
/* A name that the program itself imports is used, or a whole import statement. */
void program_import_used(struct emitter *e, struct program_symbol symbol);
/* An import statement of the program; each output keeps the names that it uses, a module without blocks keeps all. */
void program_import_statement(struct emitter *e, node_id statement);
/* A name from a runtime module for the compiler's own use. */
struct js *runtime_name(struct emitter *e, enum runtime_module module, const char *name);
/* The same for a builtin that the program names itself. */
struct js *builtin_name(struct emitter *e, enum builtin builtin);
/* The name of a symbol of the shared code or the module level, imported where the output is another one. */
struct str shared_name(struct emitter *e, struct program_symbol symbol);
/* The name of a symbol of another program: as the program imports it, else imported for it. */
struct str foreign_name(struct emitter *e, struct program_symbol symbol);
/* The path of an output of this program below the folder that holds the runtime: "app.client.js". */
struct str path_below_top(const struct emitter *e, struct str name);
/* The folder of the runtime as this output sees it: "./runtime/". */
struct str runtime_folder(const struct emitter *e);
/* Where the imported module of a statement is, as JavaScript says it; empty for a file of this very program. */
struct str module_path(struct emitter *e, const struct file_analysis *file, node_id source);
/* The output of a file of another program, as this output sees it: "../lib/text.js". */
struct str output_of_file(struct emitter *e, const struct file_analysis *file);
/* Does the symbol exist when the program runs? Traits and other names of types do not. */
bool symbol_is_value(struct program_symbol symbol);
/* The import statements, in their order. */
void imports_print(struct emitter *e, struct js_list *statements);

/* ---- symbols_in.c: what the nodes of a subtree mean */
/* What a name node means; {NULL, 0} for builtins, globals and unknown names. */
struct program_symbol symbol_at_node(const struct emitter *e, node_id node);
/* The symbol itself; NULL for nothing. */
const struct symbol *symbol_data(struct program_symbol symbol);
/* Its kind; SYMBOL_NULL for nothing. */
enum symbol_kind symbol_kind_of(struct program_symbol symbol);
/* Has a type fields; has it variants; is it a type with a condition (`where`)? */
bool type_is_record(struct program_symbol type);
bool type_has_variants(struct program_symbol type);
bool type_is_refined(struct program_symbol type);
/* The variant of this name that a type or a model's type has; {NULL, 0} for none. */
struct program_symbol variant_of_type(const struct emitter *e, struct program_symbol type, struct str name);
/* The variant that a name or `Type.Name` means; {NULL, 0} for anything else, builtins included. */
struct program_symbol variant_at(const struct emitter *e, node_id node);
/* Is a node the call of this builtin? */
bool calls_builtin(const struct file_analysis *file, node_id node, enum builtin builtin);
/* Is it a constant that holds what `inject` gave, which is read as a call? */
bool symbol_is_injected(struct program_symbol symbol);
/* The type of the package that has this name as code of the output sees it. */
struct program_symbol type_named(const struct emitter *e, atom_id name);
/* The name in `name: T`, `name = e` and the like, of a function's parameter. */
node_id parameter_name(const struct emitter *e, node_id parameter);
/* What can be known of a value without running it. */
enum value_type { VALUE_UNKNOWN, VALUE_STRING, VALUE_NUMBER, VALUE_BOOL, VALUE_LIST, VALUE_OTHER };
enum value_type type_of_value(const struct emitter *e, node_id node);
/* Is there anything that says that a value can be text? */
bool value_may_be_text(struct emitter *e, node_id node);
/* Is a parameter given text somewhere in the program? */
bool parameter_gets_text(struct emitter *e, struct program_symbol parameter);
enum reactivity { REACTIVE_NOT, REACTIVE_LOCAL, REACTIVE_STRICT };
/* Does the value of a node change while the page lives? REACTIVE_LOCAL: it depends on a parameter or loop variable. */
enum reactivity reactivity_of(const struct emitter *e, node_id node);
/* Is it a name of a row, or part of it: of a loop, of a function of items, a parameter of a component? */
bool belongs_to_row(const struct emitter *e, node_id node);
/* What stands for a symbol instead of its name, or NULL. */
struct js *stand_in_of(const struct emitter *e, struct program_symbol symbol);

/* ---- expressions.c, indexes.c, operators.c, calls.c, strings.c */
/* Any expression as a value. What it needs done before goes to the present statements. */
struct js *lower_expression(struct emitter *e, node_id node);
/* Lowers operands in their order; statements of a later one never pass what an earlier one does. */
void lower_operands(struct emitter *e, const node_id *nodes, unsigned count, struct js **values);
/* A value that can be used twice: itself, or a new name that has been given it. */
struct js *stable_value(struct emitter *e, struct js *value, const char *wish);
/* After an operand has been lowered whose statements begin at `mark`: makes the earlier values safe from them. */
void protect_values(struct emitter *e, struct js **values, unsigned count, unsigned mark);
/* `a + b` and all other operators between two values; `==` by structure where a type derives it. */
struct js *lower_binary(struct emitter *e, node_id node);
/* Is a value of the type that `name` names? The value may stand several times. */
struct js *type_test(struct emitter *e, struct js *value, node_id name);
/* `not a`, `-a` and the like. */
struct js *lower_unary(struct emitter *e, node_id node);
/* A call: of a function, type, model, component, builtin, method or remote function; awaited where the analysis says so. */
struct js *lower_call(struct emitter *e, node_id node);
/* `Point { x: 1 }` as the call of the type. */
struct js *lower_struct_literal(struct emitter *e, node_id node);
/* `x |> f(_)`: a call with x in the place of `_`, or in front of the arguments. */
struct js *lower_pipe(struct emitter *e, node_id node);
/* The call that the value of e->pipe_head goes to. */
struct js *lower_pipe_head(struct emitter *e, node_id node);
/* Calls what `callee` means with arguments that are lowered already. */
struct js *call_named(struct emitter *e, node_id callee, node_id call, struct js_list *arguments);
/* A string with or without `{…}`: a literal or a TEMPLATE. */
struct js *lower_string(struct emitter *e, node_id node);
/* Appends what a string says to a TEMPLATE. */
void string_parts(struct emitter *e, node_id node, struct js *template);
/* Text as it stands between backticks. */
struct str template_text(struct emitter *e, struct str value, bool keep_lines);
/* A template without expressions becomes a string; neighbouring texts become one. */
struct js *template_done(struct emitter *e, struct js *template);
/* A number as JavaScript writes it. */
struct js *lower_number(struct emitter *e, node_id node);
/* What an identifier means as a value: a symbol, a builtin or a global. */
struct js *lower_name(struct emitter *e, node_id node);
/* The value of a symbol where `node` reads it: its name, the call of a signal, or what stands in for it. */
struct js *symbol_value(struct emitter *e, struct program_symbol symbol, node_id node);
/* The same for what has to be a value by its name alone; a gap where the symbol is a type without one. */
struct js *named_value(struct emitter *e, struct program_symbol symbol, node_id node);
/* The number in `pair.0` as JavaScript takes it: `00` is 0. */
struct str number_of_part(struct str text);
/* The flag of a member, an index or a call behind `?.`; 0 for others. */
unsigned optional_flag(const struct emitter *e, node_id node);
/* `a.b` and `a?.b`, also of stores, variants and servers. */
struct js *lower_member(struct emitter *e, node_id node);
/* `a[i]` and slices. */
struct js *lower_index(struct emitter *e, node_id node);
/* A list. */
struct js *lower_array(struct emitter *e, node_id node);
/* An object with pairs, short names and spreads. */
struct js *lower_object(struct emitter *e, node_id node);
/* `e?`: leaves the function with what is no success. */
struct js *lower_propagate(struct emitter *e, node_id node);
/* `[e for x in xs if c]`. */
struct js *lower_comprehension(struct emitter *e, node_id node);
/* Does it become a call of filter and map, without statements? */
bool comprehension_is_simple(const struct emitter *e, node_id node);

/* ---- waits_first.c: what a state is given must not rest on what it was before something was waited for */
/* The value that `state` is given; where it reads the state and then waits, the waiting becomes statements in front of it, and
 * so does what is done before it without the state. As it is in an effect, which follows what it reads. */
struct js *waits_first(struct emitter *e, struct program_symbol state, struct js *value);
/* Says to what is lowered from here on that it is for the state, where the value waits; returns what `e->given` is to be again. */
struct given_state give_state(struct emitter *e, struct program_symbol state, node_id value);
/* waits_first of a value that is still to be lowered. */
struct js *lower_for_state(struct emitter *e, struct program_symbol state, node_id node);
/* The same of a branch of it, which statements give a name. */
struct js *branch_waits_first(struct emitter *e, struct js *value);
/* Does a part of it read the state, so that it must not be found before what stands in statements behind it? */
bool is_read_later(const struct emitter *e, const struct js *value);
/* The value, or the name of its answer where it waits. */
struct js *answer_of(struct emitter *e, struct js *value);

/* ---- assignments.c, destructuring.c */
/* `a = e`, `a, b = e`: a declaration, an assignment or the call of a setter; `destination` gets the value. */
void lower_assignment(struct emitter *e, node_id node, struct destination destination);
/* `a += e` and the like. */
void lower_augmented(struct emitter *e, node_id node, struct destination destination);
/* The assignment of a value to what `target` means, as an expression (`setN(v)`, `o.p = v`). */
struct js *assign_to(struct emitter *e, node_id target, struct js *value);
/* A binding pattern: identifier, array, object, paren_list. */
struct js *lower_target(struct emitter *e, node_id node);

/* ---- functions.c */
/* A function of this name; it is not added to the statements. */
struct js *lower_function_declaration(struct emitter *e, node_id node, struct str name);
/* What the decorators of a function that has been added do to it. */
void lower_decorators(struct emitter *e, node_id decorated, struct js *function);
/* A lambda. */
struct js *lower_lambda(struct emitter *e, node_id node);
/* Adds the parameters to `list`, and to `prologue` what their patterns need done first. */
void lower_parameters(struct emitter *e, node_id parameters, struct js_list *list, struct js_list *prologue);
/* The body of a function: statements, with the last value returned. */
struct js *lower_body(struct emitter *e, node_id body, node_id function, struct destination destination);
/* What is lowered from here on stands in the body of `node`; function_leave returns to the function around it. */
void function_enter(struct emitter *e, struct function_state *state, node_id node);
void function_leave(struct emitter *e);
/* `() => value`, or `() => { statements return value }`. */
struct js *thunk(struct emitter *e, struct js_list *statements, struct js *value);

/* ---- statements.c, control.c */
/* A statement, or an expression in the place of one, whose value goes to `destination`. */
void lower_statement(struct emitter *e, node_id node, struct destination destination);
/* The statements of a block with comments and empty lines, into the present list. */
void lower_statements(struct emitter *e, node_id block, struct destination destination);
/* The same as a BLOCK. */
struct js *lower_block(struct emitter *e, node_id block, struct destination destination);
/* Puts the value of a node where it goes; statement-like expressions become statements. */
void lower_into(struct emitter *e, node_id node, struct destination destination);
/* Does something inside of a node declare the name? Then it cannot be assigned from there. */
bool declares_inside(const struct emitter *e, node_id node, struct str name);
/* let name; and statements that give it the value of a node that is not simple. */
void declare_by_statements(struct emitter *e, struct js *name, node_id value);
/* Puts a value that is lowered already where it goes; dropped when nothing needs it. `node` may be NODE_NONE. */
void deliver(struct emitter *e, struct js *value, struct destination destination, node_id node);
/* `if` with its branches, each of which gives its value to `destination`. */
void lower_if(struct emitter *e, node_id node, struct destination destination);
/* `for`, with a label when it has one (else empty). */
void lower_for(struct emitter *e, node_id node, struct str label);
/* `while`, likewise. */
void lower_while(struct emitter *e, node_id node, struct str label);
/* `try` with `catch` and `finally`. */
void lower_try(struct emitter *e, node_id node, struct destination destination);
/* `with` and what it closes at its end. */
void lower_with(struct emitter *e, node_id node, struct destination destination);
/* Is it an expression, and no statement? */
bool is_expression(const struct emitter *e, node_id node);

/* ---- simple.c */
/* Does it surely become one expression that can stand in a branch? */
bool is_simple(const struct emitter *e, node_id node);
/* Is it an expression that JavaScript has only as a statement (`if`, `match`, `for` …)? */
bool is_statement_like(enum node_kind kind);

/* ---- comments.c */
/* Adds a comment to the present list. */
void add_comment(struct emitter *e, node_id comment);
/* Is there an empty line in front of a node of a block? */
bool has_blank_before(const struct emitter *e, node_id node);

/* ---- deferred.c */
/* The body of a `defer`, into the present list. */
void lower_deferred(struct emitter *e, node_id body);
/* `defer` where what follows it is not in one `try`: a function that runs when its function, or the module, ends. */
void lower_deferred_later(struct emitter *e, node_id node, struct destination destination);

/* ---- exports.c */
/* `pub` in front of a declaration, `pub { a as b }`, `pub { a } from "m"`, `pub * from "m"`. */
void lower_export(struct emitter *e, node_id node, struct destination destination);

/* ---- choices.c: `if` and `match` as values */
/* One of several values: taken where the condition holds, after its statements. */
struct choice {
    struct js *condition; /* NULL: where no other holds */
    struct js_list before;     /* what the condition needs done before it is asked */
    struct js_list statements; /* what the value needs */
    struct js *value;
};
/* The value of a branch: an expression, or a block of one. */
struct choice lower_choice(struct emitter *e, node_id branch);
/* The first choice whose condition holds, else `otherwise`: `c ? a : b`, or a name that statements give its value. */
struct js *choose(struct emitter *e, const struct choice *choices, unsigned count, struct choice otherwise);

/* `if` with all its branches as a value; only where all of them are simple. */
struct js *lower_if_expression(struct emitter *e, node_id node);

/* ---- match.c */
/* `match` as a chain of `if`. */
void lower_match(struct emitter *e, node_id node, struct destination destination);
/* The same as a value; only where all arms are simple. */
struct js *lower_match_expression(struct emitter *e, node_id node);

/* ---- jsx.c, jsx_attributes.c, components.c */
/* An element, a fragment or a block of markup. */
struct js *lower_jsx(struct emitter *e, node_id node);
/* The children of an element, fragment or jsx_block. */
void lower_children(struct emitter *e, node_id parent, struct js_list *children);
/* Elements that somebody lowers himself: those for which `stays` holds. */
struct kept_elements {
    bool (*stays)(const struct emitter *e, node_id element, void *context);
    void *context;
    VEC(node_id) elements;
};
/* The same; in the place of each kept element stands NULL. */
void lower_children_around(struct emitter *e, node_id parent, struct js_list *children, struct kept_elements *kept);
/* The props object of an element; `component` decides their form. */
struct js *lower_attributes(struct emitter *e, node_id element, bool component);
/* Those props of an element that no template holds (jsx_static_attribute). */
struct js *lower_changing_attributes(struct emitter *e, node_id element);
/* Is it called as a component: `Card`, `menu.Item`? */
bool is_component_tag(struct str name);
/* ---- slots.c */
/* The slot that a child of a component is for by its attribute `slot`; empty where it has none. */
struct str slot_of_child(const struct emitter *e, node_id child);
/* Adds the children of a component to its props, by their slots. */
void add_slotted_children(struct emitter *e, node_id element, struct js *props);
/* `props.children?.()`: what the name `children` stands for in a component. */
struct js *slot_children(struct emitter *e, node_id name);
/* `<slot/>`, `<slot name="header" item={x}>what else</slot>`: what stands between the tags where the component is used. */
struct js *lower_slot(struct emitter *e, node_id node);

/* ---- jsx_directives.c: what elements and components do beside their markup */
/* The function of an element that an attribute `use:f={v}`, `transition:f`, `in:f`, `out:f` or `animate:f` stands for. */
struct js *lower_element_directive(struct emitter *e, node_id attribute);
/* `animate`, `font`, `onMount` or `onUnmount` of a component; false when the directive is none of those. */
bool lower_component_directive(struct emitter *e, node_id node);

/* ---- components.c */
/* A component as a function of its props. */
struct js *lower_component(struct emitter *e, node_id node);
/* The call of a component with `arguments` that are lowered already (or NULL) and those of `list` (or NODE_NONE); positions
 * become props by the names of the parameters. */
struct js *component_call(struct emitter *e, struct program_symbol component, struct js *callee,
                          const struct js_list *arguments, node_id list);
/* Does a component read props: has it parameters or a slot? */
bool component_takes_props(const struct emitter *e, struct program_symbol component);
/* Adds a prop: a getter when its value changes while the page lives. */
void component_prop(struct emitter *e, struct js *props, struct str name, node_id node, struct js *value);
/* A value that depends on what changes, as a function; else the value itself. */
struct js *reactive_value(struct emitter *e, node_id node, enum reactivity least);
/* `state`: a signal and its setter. */
void lower_state(struct emitter *e, node_id node);
/* `computed`: a memo. */
void lower_computed(struct emitter *e, node_id node);
/* ---- waiting_effects.c */
/* What createEffect is given: the body of an effect as an arrow function, with what runs of it need when it waits. */
struct js *waiting_body(struct emitter *e, node_id body, node_id effect_node);
/* `await value`, in the way of the effect that waits there. `node` is what waits. */
struct js *awaited_value(struct emitter *e, struct js *value, node_id node);

/* Reports a call or a pipe (or NODE_NONE) whose value would be needed where nothing can wait for it: in a component or a store, or
 * in a callback of a function that does not wait. A promise may stand where the page waits for it, and where nobody reads it. */
void report_lost_wait(struct emitter *e, node_id node);
/* A read of a state, computed value or store as it stands there: followed by the effect also after it has waited. */
struct js *followed_read(struct emitter *e, struct program_symbol symbol, node_id node, struct js *read);

/* `effect`. */
void lower_effect(struct emitter *e, node_id node);
/* `store`: an object of signals and functions, made once. */
void lower_store(struct emitter *e, node_id node);

/* ---- types.c */
/* A type: constructors of its variants or fields, and what it derives. An alias is nothing at run time. */
void lower_type(struct emitter *e, node_id node, bool exported);

/* ---- derives.c */
/* Does a type_declaration derive this trait? */
bool type_derives(const struct emitter *e, node_id node, struct str what);
/* The calls that give a type what it derives. `holder`: its class, or what its variants inherit from when there is that. */
void lower_derives(struct emitter *e, struct program_symbol type, node_id node, struct js *holder);

/* ---- refinements.c */
/* A type with a condition: a function that lets its values through. */
void lower_refinement(struct emitter *e, struct program_symbol type, node_id node);
/* A value that is annotated with `type`: checked when that is a type with a condition. */
struct js *refined_value(struct emitter *e, node_id type, struct js *value);
/* Does the condition of a type hold for a value? */
struct js *refined_test(struct emitter *e, struct program_symbol type, struct js *value, node_id name);

/* ---- concurrency.c */
/* `concurrent { … }`: its names get the results of its tasks. */
void lower_concurrent(struct emitter *e, node_id node);
/* `spawn f()` elsewhere: a task that is started. */
struct js *lower_spawn(struct emitter *e, node_id node);
/* `select { … }`: waits for the first of its cases. */
void lower_select(struct emitter *e, node_id node, struct destination destination);

/* ---- cases.c */
/* Is it a `test` or `bench` block, or what runs before or after its cases? */
bool is_case_member(const struct syntax_tree *tree, node_id node);
/* Adds the cases of such a member where they are wanted; false when it is none. */
bool lower_cases(struct emitter *e, node_id node);

/* ---- members.c: the block-level statements of an output, in the order of emission */
/* The declaration inside of `export` and decorators. */
node_id member_core(const struct syntax_tree *tree, node_id node);
/* Is it a block, whose members are no members of the block around it? */
bool member_is_block(enum node_kind kind);
/* From the end of the member in front of it to the start of the next one. */
struct span member_surroundings(const struct syntax_tree *tree, const struct member *member);
/* Collects the members of a block from all files, and whether errors break it. */
void members_collect(struct emitter *e, struct block_key key);
/* Adds all members of the output; `lower` gets those that are special to its kind of block and answers whether it was. */
void members_lower(struct emitter *e, bool (*lower)(struct emitter *e, node_id node), bool exported);

/* ---- block_*.c: each fills the statements of its output */
/* Shared blocks and the module level of a program with blocks. */
void emit_shared(struct emitter *e);
/* One server. */
void emit_server(struct emitter *e);
/* One page. */
void emit_browser(struct emitter *e);
/* A program without blocks. */
void emit_module(struct emitter *e);

/* ---- server_peers.c */
/* The constant that stands for a peer, which code calls by `name`. */
struct js *peer_name(struct emitter *e, atom_id name);
/* The constants of servers of the program that code calls by their names alone or that get events of this one. */
void emit_peers(struct emitter *e);
/* What makes the id of a request go along with calls of peers, where there are any. */
void emit_request_ids(struct emitter *e);
/* `discover "events" at url with { … }`: the constant of a peer. */
void lower_discover(struct emitter *e, node_id node);

/* ---- server_routes.c, server_rpc.c, server_data.c, validation.c */
/* The endpoints of the functions that may be called from outside. */
void emit_rpc_endpoints(struct emitter *e);
/* A `route` and its handler. */
void lower_route(struct emitter *e, node_id node);
/* A `model` as a table of the database. */
void lower_model(struct emitter *e, node_id node);
/* The connection that `db { … }` describes. */
void lower_db(struct emitter *e, node_id node);
/* `db` in the code of a server. */
struct js *database_handle(struct emitter *e);
/* Adds what the database still needs when all of a server is lowered: a connection that no `db { … }` describes, in front
 * of everything, and the wait for its tables. */
void finish_database(struct emitter *e);
/* const __validationErrors = []; … the checks of parameters whose values have these names, and the answer when one fails.
 * Schemas of declared types become constants in `top`. `endpoint`: the function again where it is called by itself, so that
 * what routes with `body: T` say of its parameters holds too; {NULL, 0} for a route, which asks that of its body. */
void lower_validation(struct emitter *e, struct program_symbol function, struct program_symbol endpoint,
                      struct js *const *names, struct js_list *top);
#endif
