/* binder: the state of one run of analyze(), for the files that declare and bind; private to this layer.
 *
 * Names are resolved in constant time: every spelling of the file has one `struct name` that holds the innermost symbol of
 * that name, and an undo list that a closing scope plays back. The members of blocks with the same key form a group; what a
 * group's code sees is pushed before it is bound (shared and module level below, own members on top).
 */
#ifndef TOVA_ANALYSIS_BINDER_H
#define TOVA_ANALYSIS_BINDER_H

#include "analysis/builtins.h"
#include "analysis/symbols.h"
#include "parser/base/limits.h"
#include "parser/syntax/node.h"

/* A spelling, and what it means at the place that is being bound. */
struct name {
    struct str text; /* borrowed from the atoms */
    atom_id atom;
    uint32_t hash;
    uint32_t value, type;      /* innermost symbols, 0: none */
    uint32_t external, typed;  /* indices into externals, of the newest group that asked for a value, a type */
    uint32_t pending;          /* the newest use that nothing declares so far, index + 1 into binder.pending */
    uint32_t peer;             /* the newest group that has discovered a server of this name */
    uint32_t groups[BLOCK_KIND_COUNT]; /* of the blocks of this name */
    uint16_t builtin;          /* enum builtin + 1 */
    uint8_t globals;           /* the blocks that have it from JavaScript, as global_blocks() says */
    bool builtin_type;         /* a type that every program has */
    bool looked_up;            /* these three are known */
};

struct undo {
    uint32_t name, value, type;
};

/* What a group's code sees, by name. */
struct member {
    atom_id name;    /* of the symbol, or the model's other one */
    uint32_t symbol;
    uint32_t next;   /* the one behind it in its bucket, index + 1 */
    bool alias;
};
struct members {
    VEC(struct member) list;
    uint32_t *buckets; /* the first one of each, index + 1; */
    uint32_t mask;     /* mask + 1 of them */
};

/* What a scope has beside its entry in the analysis. */
struct scope_state {
    uint32_t function;      /* the scope of the function around it (itself for functions), or the block's own scope */
    uint32_t group;         /* of member scopes, else 0 */
    uint32_t first_binding; /* bindings made inside it start here */
};

struct pending {
    uint32_t binding;  /* index */
    uint32_t function; /* where it stands */
    uint32_t next;     /* the one before it, index + 1 */
};

/* A word that starts no statement: whether that has to be said depends on the syntax errors of the file. */
struct unknown_word {
    node_id node;
    bool reported; /* something else was said about it before */
};

/* What analyze_again() needs to know of the analysis before. */
struct analysis_origin {
    node_id statement;       /* that alone was bound, everything else taken over; NODE_NONE: all was bound */
    bool plain;              /* declaring made nothing but names, and binding no names of blocks */
    uint32_t declared;       /* symbols below this index were declared by blocks, before anything was bound: */
    unsigned *flags;         /* their flags at that moment */
    unsigned syntax_findings;  /* what was to be said of the tree alone, */
    unsigned form_findings;    /* and of forms that cannot be emitted */
    uint32_t findings_declared;
    struct diagnostic_list findings; /* what declaring (as many as that) and binding have found, as it was reported */
    VEC(struct unknown_word) words;
};

/* Blocks with the same key. 1 is the module level, 2 all shared blocks, whether there are any or not. */
struct group {
    struct block_key key;
    VEC(uint32_t) blocks;
};
enum { GROUP_MODULE = 1, GROUP_SHARED = 2 };

struct label {
    atom_id atom;
    uint32_t symbol;
};

struct binder {
    struct file_analysis *file;
    struct arena *arena;  /* what stays */
    struct arena scratch; /* what goes with the run */
    const struct syntax_tree *tree;
    VEC(struct name) names; /* from 1 */
    uint32_t *node_names;   /* per node of those that are bound: its name, once that was asked for; */
    struct node_range named; /* those nodes */
    struct members members; /* what names mean that are yet to come, where they are looked for */
    uint32_t *buckets;      /* open addressing, name + 0; bucket_mask + 1 of them */
    uint32_t bucket_mask;
    VEC(struct undo) undo;
    VEC(struct scope_state) states; /* per scope */
    VEC(uint32_t) last_uses;        /* per symbol: its newest use, binding + 1 */
    VEC(struct pending) pending;
    VEC(struct group) groups; /* from 1 */
    VEC(struct label) labels;
    uint32_t server, wildcard, it, self, on, status; /* the names of these spellings; wildcard is `_` */
    uint32_t block, group, scope, function; /* where binding stands */
    uint32_t owner;                         /* the block-level symbol around it */
    unsigned depth, loops;
    bool too_deep;
    struct node_range unbound_parts; /* where names of parts are yet to be bound: all nodes, unless what others say is known; */
    struct node_range unread_forms;  /* and where forms may stand that cannot be emitted */
};

/* ---- analyze.c: the steps of a run */
/* An analysis that knows nothing yet, and a run over it that binds these nodes alone, with room for about as much as another
 * analysis has. Its bindings and marks of nodes are yet to be written. */
struct file_analysis *binder_init_like(struct binder *b, struct arena *arena, const struct file_analysis *old,
                                       const struct syntax_tree *tree, struct node_range bound);
/* Puts a block into its group. */
void group_add(struct binder *b, uint32_t block);
/* The group of a block. */
uint32_t group_of(struct binder *b, struct block_key key);
/* Stands directly in a block, whose group is this one. */
void enter_block(struct binder *b, uint32_t group, uint32_t block);
/* When every statement is bound: what follows from all of them. `before` is how many findings there were before the run declared
 * anything. */
void binder_settle(struct binder *b, unsigned before);
/* Groups were bound one after the other; readers want the order of the text. Bindings that no node has any more are left out. */
void binder_order_bindings(struct binder *b);
/* Ends the run. */
struct file_analysis *binder_finish(struct binder *b);

/* ---- names.c */
/* Makes room for about `expected` names and knows the special ones; names of these nodes are read once. */
void names_init(struct binder *b, struct node_range known, uint32_t expected);
/* The index of a name, added when it is new. */
uint32_t name_intern(struct binder *b, struct str text);
/* The name that a node's text spells; a flag `--dry-run` is `dry_run`. */
uint32_t name_of(struct binder *b, node_id node);
/* Valid until the next name is added. */
static inline struct name *name_at(struct binder *b, uint32_t name) { return &b->names.items[name]; }
/* Fills builtin, globals and builtin_type, once. */
void name_look_up(struct name *name);

/* ---- scopes.c */
struct scope_frame {
    uint32_t scope, function;
    unsigned undo, labels, loops;
};
/* Opens a scope at a node below the present one; hand the frame to scope_close. */
struct scope_frame scope_open(struct binder *b, enum scope_kind kind, node_id node);
/* Back to where scope_open stood; its names mean again what they meant before. */
void scope_close(struct binder *b, struct scope_frame frame);
/* A new scope that is not entered. */
uint32_t scope_add(struct binder *b, enum scope_kind kind, node_id node, uint32_t parent, uint32_t block);

/* A symbol in the present scope whose name nobody can look up (fields, parts); name_node may be NODE_NONE. */
uint32_t symbol_add(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node);
/* The same of what is no member of anything that has the scope: the fields of a record in an annotation. */
uint32_t symbol_add_apart(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node);
/* The same, visible from here on; reports a second declaration of the name in one scope. */
uint32_t symbol_declare(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node);
/* The same for a name that is written nowhere: what the block of a route knows of its request. */
uint32_t symbol_declare_as(struct binder *b, enum symbol_kind kind, node_id node, uint32_t name);
/* Makes a symbol what its name means. */
void symbol_push(struct binder *b, uint32_t symbol);
/* The same, for a name that is known. */
void symbol_push_as(struct binder *b, uint32_t symbol, uint32_t name);
/* Is a symbol of a block seen by its name? */
static inline bool symbol_is_seen(const struct symbol *symbol) {
    return symbol->owner == 0 || symbol->kind == SYMBOL_VARIANT;
}
/* Makes a model what its other name means, unless the program has such a name of its own in the present scope. */
void symbol_push_alias(struct binder *b, uint32_t symbol, uint32_t alias);
/* The other name of a model: `UserModel`. */
uint32_t model_alias(struct binder *b, uint32_t symbol);
/* Makes all members of a group visible; names_restore with the undo count of before takes them away. */
void group_push(struct binder *b, uint32_t group);
/* Makes visible what code of the group sees: the module level stands above shared code and below that of blocks. */
void group_see(struct binder *b, uint32_t group);

/* ---- members.c: the same for a run that binds a statement alone, and meets few names */
/* Makes visible what code of the group sees, of names that are known; others are looked up when they are first met. */
void members_see(struct binder *b, uint32_t group);
/* Gives a new name what it means. */
void members_find(struct binder *b, uint32_t name);
/* Takes back what names mean since there were `undo` changes. */
void names_restore(struct binder *b, unsigned undo);
/* Valid until the next symbol is added; index 0 is the null symbol. */
static inline struct symbol *symbol_at(struct binder *b, uint32_t symbol) { return &b->file->symbols.items[symbol]; }
/* Is the symbol declared in the present scope (or group of blocks)? In the present function? */
bool symbol_is_here(struct binder *b, uint32_t symbol);
bool symbol_is_in_function(struct binder *b, uint32_t symbol);

/* Records what a name node stands for, resolved from here; 0 when the name cannot be a name (`_`, empty). Returns the
 * binding's index + 1. */
uint32_t bind_name(struct binder *b, node_id node, enum access access);
/* The same with a name other than the text of the node. */
uint32_t bind_name_as(struct binder *b, node_id node, uint32_t name, enum access access);
/* What a use of a symbol says about it: SYMBOL_READ, SYMBOL_PASSED. */
unsigned access_flags(enum access access);
/* Records that node stands for a symbol. */
void bind_symbol(struct binder *b, node_id node, uint32_t symbol, enum access access);
/* The symbol that a name node declares, or 0. */
static inline uint32_t symbol_declared_at(const struct binder *b, node_id name_node) {
    uint32_t binding = b->file->node_binding[name_node];
    return binding == 0 ? 0 : b->file->bindings.items[binding - 1].symbol;
}

/* ---- declare.c: what is visible before it is bound */
/* The members of a block, visible in all blocks of its group. */
void declare_members(struct binder *b, node_id body);
/* What a body declares in whatever place: functions, types and their variants. */
void declare_hoisted(struct binder *b, node_id body);
/* ---- declare_types.c */
/* A type with its fields or variants. */
void declare_type(struct binder *b, node_id node, unsigned flags);
/* A model with its fields. */
void declare_model(struct binder *b, node_id node, unsigned flags);
/* The variants of `type S = A | B`, once all types of the body are declared. */
void declare_enumerations(struct binder *b, node_id body);
/* The names in a type. */
void bind_type(struct binder *b, node_id node);
/* The types in the parts of a type declaration. */
void bind_type_declaration(struct binder *b, node_id node);
/* The types and defaults of the fields of a model. */
void bind_model(struct binder *b, node_id node);
/* Declares `<T: Trait>` of a function or type, the owner, in the present scope. */
void bind_type_parameters(struct binder *b, node_id node, uint32_t owner);

/* ---- directives.c */
/* Is something said already about the place where a word begins? */
bool word_is_reported(const struct binder *b, node_id word);
/* What a directive declares: its function, the name of a peer or of a variable of the environment. */
void declare_directive(struct binder *b, node_id node, unsigned flags);
/* Its names, after checking that it is known and stands where it belongs. */
void bind_directive(struct binder *b, node_id node);
/* `name: value`, which belongs into an object or into the options of a directive. */
void bind_config_entry(struct binder *b, node_id node);

/* ---- bind.c: statements and the dispatch over node kinds */
/* Any node, by the table of kinds. Stops at LIMIT_SYNTAX_DEPTH. */
void bind_node(struct binder *b, node_id node);
/* All children of a node in their order. */
void bind_children(struct binder *b, node_id node);
/* The statements of a body in the present scope: hoists, then binds. */
void bind_body(struct binder *b, node_id body);
/* A block in a scope of its own. */
void bind_block(struct binder *b, node_id node);

/* ---- bind_calls.c */
/* A name that is read. */
void bind_identifier(struct binder *b, node_id node);
/* `a.b`: the object; the property when the object is a server, a store or a type. */
void bind_member(struct binder *b, node_id node);
/* A call: what is called, its arguments, and which of them are functions of `it`. */
void bind_call(struct binder *b, node_id node);
/* An attribute: its value, and the name behind `use:`, `transition:` and their like. */
void bind_attribute(struct binder *b, node_id node);
/* Markup: the tag, which may be a component, and everything within. */
void bind_element(struct binder *b, node_id node);

/* ---- bind_functions.c */
/* A function declaration, function expression or lambda. */
void bind_function(struct binder *b, node_id node);
/* The same as the function of a symbol; 0: of none. */
void bind_function_as(struct binder *b, node_id node, uint32_t symbol);
/* A component, whose members are those of a block. */
void bind_component(struct binder *b, node_id node);
/* A store, likewise. */
void bind_store(struct binder *b, node_id node);
/* An effect. */
void bind_effect(struct binder *b, node_id node);
/* `state` and `computed`. */
void bind_reactive(struct binder *b, node_id node);

/* ---- styles.c */
/* A style block: what is wrong in its CSS, and the names that its variants ask for. */
void bind_style(struct binder *b, node_id node);

/* ---- bind_patterns.c */
/* `a = e`: declares what is new in the function, and refuses what must not change. */
void bind_assignment(struct binder *b, node_id node);
/* `a += e`. */
void bind_augmented(struct binder *b, node_id node);
/* `var a = e`. */
void bind_var(struct binder *b, node_id node);
/* Declares every name of a destructuring target (cover grammar: identifier, object, array, paren_list …). */
void declare_pattern(struct binder *b, node_id pattern, enum symbol_kind kind, unsigned flags, node_id declaration);
/* Binds what such a target computes: defaults, computed keys. */
void bind_pattern_values(struct binder *b, node_id pattern);
/* Declares the names of a `match` pattern and binds its variants. */
void bind_match_pattern(struct binder *b, node_id pattern, node_id arm);
/* Is it something that declares names when it stands on the left of `=`? */
bool pattern_is_destructuring(const struct syntax_tree *tree, node_id node);

/* ---- bind_parts.c: what a name means behind a dot, before a colon, in a tag, when everything else is bound */
void bind_parts(struct binder *b);

/* ---- endpoints.c: which server functions are called from outside, and as what */
/* Marks the functions of servers that have an endpoint, when everything is bound. */
void endpoints_settle(struct binder *b);
/* A `route`: checks its method and binds its handler. */
void bind_route(struct binder *b, node_id node);
/* Puts the routes in order of place and says which names their handlers are, and which of those written in place take a
 * socket, when everything is bound. */
void routes_settle(struct binder *b);
/* Is it the function that a route has in place of a handler's name? */
bool route_is_handled_by(struct binder *b, node_id function);

/* ---- rules.c: placement, and what the cover grammar lets through */
/* Reports what stands in a block where its kind does not belong. */
void rule_place(struct binder *b, node_id node);
/* Reports markup on a server. */
void rule_markup(struct binder *b, node_id node);
/* Reports `return` outside of a function, `break` and `continue` outside of a loop. */
void rule_jump(struct binder *b, node_id node);
/* Reports parts of patterns among values, which the cover grammar lets through, and binds what they hold. */
void rule_not_a_pattern(struct binder *b, node_id node);
/* Reports a function without a body where it needs one. */
void rule_body(struct binder *b, node_id node);
/* `_` as a value: it has to stand for what comes through a pipe. */
void rule_placeholder(struct binder *b, node_id node, enum access access);
/* `let x = 1`, which is a syntax error, is bound as `x = 1`, so that nothing else is reported because of it. */
void rule_let(struct binder *b, node_id node);
/* Is binding directly in a block, outside of functions? In the body of a component or store? */
bool place_is_member(const struct binder *b);
bool place_is_component(const struct binder *b);

#define REPORT(b, code, node, ...)                                                                                     \
    diagnostic_add((b)->arena, &(b)->file->diagnostics, DIAGNOSTIC_##code, node_span((b)->tree, (node)), __VA_ARGS__)

#endif
