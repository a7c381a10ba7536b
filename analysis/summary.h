/* summary: all that the workspace keeps of a file: what it offers to others and what it asks of them.
 *
 * A summary is immutable, shared by counting references, and points into no tree, text or analysis; names are atoms. Those of
 * successive versions of a document share the texts that have not changed. Spans are bytes of the text whose hash it carries:
 * whoever shows them checks the hash first. Typing inside a body leaves `surface` as it is, so dependents need no second look.
 */
#ifndef TOVA_ANALYSIS_SUMMARY_H
#define TOVA_ANALYSIS_SUMMARY_H

#include "analysis/symbols.h"

#include <stdatomic.h>
#include <stdint.h>

struct summary_parameter {
    atom_id name;
    struct str type;      /* as written, or empty */
    bool has_default, rest;
};

/* A block-level symbol. */
struct summary_symbol {
    atom_id name;
    enum symbol_kind kind;
    unsigned flags;              /* enum symbol_flag */
    struct block_key block;
    struct span name_span;
    struct span span;            /* the whole declaration */
    uint32_t local;              /* its index in the file's analysis of that version */
    struct str signature;        /* as people write it: "fn get_user(id) -> User", "state users: [User]" */
    struct str documentation;
    atom_id owner;               /* of a variant: the name of its type; else ATOM_NONE */
    struct summary_parameter *parameters; /* functions, components; fields of types and models */
    uint32_t parameter_count;
};

/* A use of a name that another file of the package may declare, or of a name that this file declares at block level. */
struct summary_use {
    atom_id name;
    struct block_key block;      /* where it stands */
    struct span span;
    enum access access;
    uint32_t symbol;             /* index + 1 into symbols when this very file declares it, else 0 */
};

/* A function of an `impl` or a trait. */
struct summary_method {
    atom_id type, name;
    bool trait;
};

struct summary_rpc_use {
    atom_id name, server;        /* as in struct rpc_use */
    bool implied;
    struct block_key block;
    struct span span;            /* of the function's name */
    atom_id caller;              /* the block-level symbol around it, or ATOM_NONE */
    struct span caller_span;     /* of the caller's name */
};

/* A server that code of the block calls by this name. */
struct summary_discovered {
    atom_id name;
    struct block_key block;
};

struct summary_block {
    struct block_key key;
    struct span span, name_span;
};

struct summary_route {
    struct block_key block;
    atom_id method, handler;     /* handler ATOM_NONE when it is a lambda */
    struct str path;
    bool guarded;                /* it has a `with` of its own, which holds for the RPC endpoint too */
    bool socket;                 /* its handler is written in place and takes a WebSocket */
    struct span span;
};

/* What a request has to meet: `role("admin")` of a route, `rate_limit { max: 10 }` of a server. */
struct summary_condition {
    struct block_key block;
    atom_id handler;             /* the function of the route; ATOM_NONE: of the whole server */
    struct str text;             /* as written, on one line, without secrets */
};

/* A name that the file does not declare itself; one that only other files declare may mean theirs. */
struct summary_ask {
    atom_id name;
    bool passed;                 /* some use reads it without calling it */
};

/* A module that the file names. */
struct summary_module {
    struct str source;           /* as written */
    struct span span;            /* of the string */
    bool re_exports;             /* `pub … from` */
};

/* A name that the file offers beside its public symbols. */
struct summary_export {
    atom_id name, original;      /* as in struct exported */
    uint32_t symbol;             /* index + 1 into symbols, or 0 */
    uint32_t module;             /* index + 1 into modules, or 0 */
    struct span span;
};

struct summary_texts; /* private: what its symbols say of themselves */

struct summary {
    struct str path;             /* absolute, normalised */
    uint64_t hash;               /* text_hash of the text it was made from */
    uint64_t surface;            /* hash of what others can see: names, kinds, signatures, endpoints; no offsets */
    struct summary_symbol *symbols;
    uint32_t symbol_count;
    struct summary_use *uses;
    uint32_t use_count;
    struct summary_ask *asks;    /* a name may stand there twice */
    uint32_t ask_count;
    struct summary_method *methods;
    uint32_t method_count;
    struct summary_rpc_use *rpc_uses;
    uint32_t rpc_use_count;
    struct summary_discovered *discovered;
    uint32_t discovered_count;
    struct summary_block *blocks;
    uint32_t block_count;
    struct summary_route *routes;
    uint32_t route_count;
    struct summary_condition *conditions;
    uint32_t condition_count;
    struct summary_module *modules;
    uint32_t module_count;
    struct summary_export *exports;
    uint32_t export_count;
    atom_id *names; /* every spelling of a name in it, in order of the atom: whether it is worth a look for one */
    uint32_t name_count;
    uint32_t *name_counts;       /* how often each of them stands there; NULL: not counted */
    uint64_t symbols_surface;    /* what the symbols add to `surface` */
    struct summary_texts *texts; /* those of the symbols and their parameters */
    struct arena arena;          /* holds everything else */
    atomic_uint references;
};

/* The summary of an analysis, with one reference. */
struct summary *summary_create(const struct file_analysis *file);
/* The same without what editors alone ask for, which takes as long as all the rest: uses, names, documentation. */
struct summary *summary_create_for_program(const struct file_analysis *file);
/* The same by means of the summary of `old`, when analyze_again() has made the analysis from that; any other one is summarised as a
 * whole. Only what was typed in is looked at, the rest is copied. */
struct summary *summary_create_again(const struct file_analysis *file, const struct file_analysis *old,
                                     const struct summary *before);
/* One reference more; returns its argument. */
struct summary *summary_ref(struct summary *summary);
/* One reference less; the last one frees. NULL is allowed. */
void summary_unref(struct summary *summary);

/* Does a name of this spelling stand in the file, whatever it means? */
bool summary_has_name(const struct summary *summary, atom_id name);

/* Has the file a block of an application (`server`, `browser`, `shared`)? It then merges with the files of its directory. */
static inline bool summary_has_blocks(const struct summary *summary) { return summary->block_count > 0; }

#endif
