/* symbols: what analysis knows about one version of one file, as plain data.
 *
 * Everything lives in one arena, belongs to one syntax tree and is immutable once analyze() has returned. Symbols, scopes
 * and blocks are arrays; index 0 of each is a null entry, so an index of 0 means "none". Pointers must not leave the arena's
 * life: others hold (file, index) or use the summary.
 */
#ifndef TOVA_ANALYSIS_SYMBOLS_H
#define TOVA_ANALYSIS_SYMBOLS_H

#include "parser/base/arena.h"
#include "parser/base/atom.h"
#include "parser/base/vec.h"
#include "parser/syntax/node.h"
#include "parser/syntax/tree.h"
#include "parser/text/diagnostic.h"

enum block_kind {
#define BLOCK(id, name, runs) BLOCK_##id,
#include "analysis/vocabulary.def"
    BLOCK_KIND_COUNT
};

enum symbol_kind {
    SYMBOL_NULL,
#define SYMBOL(id, name, lsp_symbol_kind, lsp_completion_kind) SYMBOL_##id,
#include "analysis/vocabulary.def"
    SYMBOL_KIND_COUNT
};

/* Which code a name belongs to: all blocks of one package with the same kind and name are one. `name` is ATOM_NONE for an
 * unnamed block, for the module level, and for every shared block (they merge whatever their name). */
struct block_key {
    enum block_kind kind;
    atom_id name;
};

static inline bool block_key_equal(struct block_key a, struct block_key b) {
    return a.kind == b.kind && a.name == b.name;
}

struct block {
    struct block_key key;
    node_id node;        /* server_block, browser_block, shared_block; the file for BLOCK_MODULE */
    struct span name;    /* the characters of the name without quotes; empty when unnamed */
    uint32_t scope;
};

enum symbol_flag {
    SYMBOL_BLOCK_LEVEL = 1 << 0,   /* a member of its block: visible in the whole package */
    SYMBOL_MUTABLE = 1 << 1,       /* may be assigned again: var, state */
    SYMBOL_PUBLIC = 1 << 2,        /* pub */
    SYMBOL_ASYNC_WRITTEN = 1 << 3, /* `async fn` */
    SYMBOL_ASYNC = 1 << 4,         /* async, written or inferred (set by program_create) */
    SYMBOL_ENDPOINT = 1 << 5,      /* a server function that gets POST /rpc/<name> */
    SYMBOL_SOCKET = 1 << 6,        /* a server function that takes a WebSocket, and the parameter that is it; no endpoint */
    SYMBOL_REQUEST = 1 << 7,       /* its first parameter is the request (`req`), so no endpoint */
    SYMBOL_GENERATOR = 1 << 8,
    SYMBOL_NEXT_MIDDLEWARE = 1 << 9, /* middleware of the form (req, next) */
    SYMBOL_HAS_DEFAULT = 1 << 10,  /* a parameter or field with a default */
    SYMBOL_REST = 1 << 11,         /* a rest parameter */
    SYMBOL_READ = 1 << 12,         /* something in this file reads or calls it */
    SYMBOL_REFUSES = 1 << 13,      /* middleware that can answer in place of the handler */
    SYMBOL_GENERIC = 1 << 16,      /* a function or type with type parameters */
    SYMBOL_GUARD = 1 << 15,        /* a function that a route names behind `with` */
    SYMBOL_PASSED = 1 << 14,       /* something in this file reads it without calling it: a callback, a handler */
};

/* Anything that has a name. */
struct symbol {
    atom_id name;
    enum symbol_kind kind;
    unsigned flags;
    node_id node;        /* its declaration */
    node_id name_node;   /* where the name stands */
    uint32_t scope;      /* the scope that it is declared in */
    uint32_t block;      /* index into blocks */
    uint32_t owner;      /* for parameters, fields, variants: the symbol that they belong to */
    uint32_t hides;      /* the symbol of this file that the name meant up to here, or 0 */
    node_id type;        /* annotation: of a value its type, of a function its return type */
    node_id value;       /* initial value of a constant, var, state, computed, default of a parameter or field */
    uint32_t first_part; /* functions, components, variants, types, models: their parameters, fields or variants are the */
    uint32_t part_count; /*   symbols first_part … first_part + part_count - 1, in order */
};

enum scope_kind { SCOPE_FILE, SCOPE_BLOCK_MEMBERS, SCOPE_FUNCTION, SCOPE_LOCAL };

struct scope {
    enum scope_kind kind;
    uint32_t parent;
    uint32_t block;
    node_id node;
    VEC(uint32_t) symbols; /* in order of declaration */
};

/* ACCESS_MEMBER: a part of something else by its name, where that is known: `.field`, `.method`, `Type.Variant`, the name of a
 * named argument, of a property in markup. */
enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_CALL, ACCESS_DECLARE, ACCESS_TYPE, ACCESS_TAG, ACCESS_MEMBER };

/* One occurrence of a name that stands for something declared. Exactly one of symbol, external is not 0. Members of the
 * package come before builtins and names of JavaScript, so an external one may have builtin or global set too: that is
 * what it means when no other file declares it (ask program_symbol_of or package_meaning first). */
/* The size of a prefix like `use:` of an attribute that names something of the program; 0 for other attributes. */
size_t analysis_directive_prefix(struct str attribute);

/* The part of a node that is the name: of an attribute `use:tooltip` what follows the prefix, else all of it. */
struct span analysis_name_span(const struct syntax_tree *tree, node_id node);

struct binding {
    node_id node;        /* identifier, tag_name, type name … */
    atom_id name;
    enum access access;
    uint32_t symbol;     /* declared in this file */
    uint32_t external;   /* index into externals: no block of this file declares it, another file may */
    uint16_t builtin;    /* enum builtin (builtins.h) + 1, or 0 */
    bool global;         /* a name of JavaScript that the block may use (globals.def) */
    uint32_t block;      /* the block where it stands */
};

/* A block-level name that this file does not declare itself: linked against the other files of the package. */
struct external {
    atom_id name;
    uint32_t block;      /* where it is used: decides what is visible */
    bool type;           /* used as a type */
    bool passed;         /* some use reads it without calling it */
    node_id node;        /* first use */
};

/* `server.f(…)` or, through `discover`, `peer.f(…)`. */
struct rpc_use {
    node_id node;        /* the member_expression */
    node_id name_node;   /* f; NODE_MISSING while it is being typed */
    node_id call;        /* the call_expression around it, or NODE_NONE when it is only named */
    atom_id name;        /* f */
    atom_id server;      /* the peer as code calls it (peers.h), or ATOM_NONE for `server` */
    bool implied;        /* the file does not discover the peer: a use only where peers.h says so */
    uint32_t block;
    uint32_t function;   /* the innermost block-level symbol around it, or 0 */
};

/* `discover "events" at …`. */
struct discovered {
    atom_id name;        /* as code calls it */
    node_id node;        /* the directive */
    uint32_t block;
};

struct route {
    node_id node;
    atom_id method;      /* upper case */
    struct str path;     /* without quotes; with the prefixes of the groups around it */
    node_id handler;     /* the expression */
    uint32_t block;
    uint32_t binding;    /* of the handler's name when it is one, index + 1 into bindings, else 0 */
    bool socket;         /* the handler is written in place and takes a WebSocket */
};

/* A function of an `impl` or of a trait. */
struct type_method {
    atom_id type;        /* the type's name, or the trait's */
    uint32_t symbol;
    bool trait;          /* what a trait offers, perhaps without a body */
};

/* A module that a file names: `import … from "x"`, `pub … from "x"`. */
struct module_use {
    node_id node;    /* the statement */
    node_id source;  /* the string */
    struct str text; /* what it says */
    uint32_t block;
    bool re_exports; /* `pub … from` */
};

/* A name that an import gives to a file. */
struct imported {
    uint32_t symbol; /* the import's own */
    uint32_t module; /* index into module_uses */
    atom_id name;    /* the name there: `default` for the default, `*` for all of them */
    node_id node;    /* where that stands */
};

/* A name that a file offers beside its public declarations: an alias, the default, a name of another module. */
struct exported {
    atom_id name;      /* as importers say: `default` too; `*`: all that the module has */
    atom_id original;  /* its name in that module or in this file; ATOM_NONE: a value without a name */
    uint32_t symbol;   /* in this file, or 0 */
    uint32_t module;   /* index + 1 into module_uses, or 0 */
    node_id node;      /* where the original stands */
};

enum node_mark {
    MARK_ASYNC = 1, /* a function, lambda, effect, component, computed: emitted as async (set by program_create) */
    MARK_AWAIT = 2, /* a call: awaited at the call itself (set by program_create) */
    MARK_IT = 4,    /* an argument that speaks of `it`: a function of it, as in `map(xs, it * 2)` (set by analyze) */
    MARK_ASYNC_CALLBACK = 8, /* a call of what has an async twin, with an async function (set by program_create) */
    MARK_NOT_AWAITED = 16,   /* a call where nothing can wait: in a component or a store (the same) */
    MARK_LOST_CALLBACK = 32, /* a call with an async function that it does not wait for (the same) */
};

struct file_analysis {
    struct arena *arena;
    struct atom_table *atoms;
    struct str path;                 /* absolute, normalised; may be empty for a text without a file */
    const struct syntax_tree *tree;  /* borrowed for the life of the analysis */
    VEC(struct block) blocks;        /* 1 is the module level */
    VEC(struct symbol) symbols;
    VEC(struct scope) scopes;
    VEC(struct binding) bindings;    /* in order of their node; from 0 */
    VEC(struct external) externals;  /* from 1 */
    VEC(struct rpc_use) rpc_uses;    /* from 0, in order of their node */
    VEC(struct discovered) discovered; /* from 0 */
    VEC(struct route) routes;        /* from 0 */
    VEC(struct type_method) methods;      /* in order of type and name of the function; from 0 */
    VEC(struct module_use) module_uses; /* from 0, in order of their place, as are: */
    VEC(struct imported) imported;
    VEC(struct exported) exported;
    uint32_t *node_binding;          /* per node: index into bindings + 1, or 0 */
    uint32_t *node_scope;            /* per node: the scope that it opens, or 0 */
    uint8_t *marks;                  /* per node: enum node_mark bits */
    struct async_file *async;        /* its functions and calls, while it is linked (async.h) */
    struct program_symbol *links;    /* per external: what it means in its program (set by programs_link) */
    struct program_symbol *import_links; /* per imported: what it stands for, in whichever program (the same) */
    struct program *program;         /* the one it belongs to (the same) */
    struct diagnostic_list diagnostics; /* of this file alone: syntax, names, bindings, placement */
    struct analysis_origin *origin;  /* how it was made, for analyze_again(); nobody else's business */
};

/* A copy for a program to link: what linking writes (links, marks, flags of symbols) is its own, everything else it shares with
 * the original, which must outlive it and stays as analyze() made it. Lives in the arena. */
struct file_analysis *analysis_copy(struct arena *arena, const struct file_analysis *file);

/* The binding of a node that is a name, or NULL. */
const struct binding *analysis_binding(const struct file_analysis *file, node_id node);

/* The symbol that a name node stands for when this file declares it, or NULL. */
const struct symbol *analysis_symbol_of(const struct file_analysis *file, node_id node);

static inline const struct symbol *analysis_symbol(const struct file_analysis *file, uint32_t index) {
    return &file->symbols.items[index];
}

static inline struct str analysis_name(const struct file_analysis *file, atom_id name) {
    return atom_text(file->atoms, name);
}

/* "function", "state" … for people. */
struct str symbol_kind_name(enum symbol_kind kind);
int symbol_kind_lsp(enum symbol_kind kind);            /* LSP SymbolKind */
int symbol_kind_lsp_completion(enum symbol_kind kind); /* LSP CompletionItemKind */
struct str block_kind_name(enum block_kind kind);

/* How people and output files name a block: "server", "server:api", "browser", "shared". Lives in the arena. */
struct str block_key_label(struct arena *arena, const struct atom_table *atoms, struct block_key key);

#endif
