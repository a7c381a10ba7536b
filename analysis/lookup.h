/* lookup: what editor features ask about a place: what stands here, what does it mean, what can be named here.
 */
#ifndef TOVA_ANALYSIS_LOOKUP_H
#define TOVA_ANALYSIS_LOOKUP_H

#include "analysis/builtins.h"
#include "analysis/package.h"
#include "analysis/symbols.h"

enum target_kind {
    TARGET_NONE,
    TARGET_LOCAL,   /* a symbol of this file that is not at block level: `symbol` */
    TARGET_PACKAGE, /* a block-level symbol of the package: `member` */
    TARGET_BUILTIN, /* `builtin` */
    TARGET_BUILTIN_MEMBER, /* of a builtin namespace: `builtin_member` */
};

/* What the name at a place stands for. */
struct target {
    enum target_kind kind;
    struct span span;              /* of the name at the place */
    node_id node;
    uint32_t symbol;               /* TARGET_LOCAL, and TARGET_PACKAGE when this file declares it; else 0 */
    struct package_symbol member;  /* TARGET_PACKAGE */
    enum builtin builtin;          /* TARGET_BUILTIN */
    struct builtin_member builtin_member; /* TARGET_BUILTIN_MEMBER */
    bool rpc;                      /* reached through server.name or peer.name */
};

/* The name that touches offset (bytes). */
struct target lookup_target(const struct file_analysis *file, const struct package *package, uint32_t offset);

/* The innermost scope at offset; never 0. */
uint32_t lookup_scope(const struct file_analysis *file, uint32_t offset);

/* The block at offset: index into file->blocks, the module level when in none. */
uint32_t lookup_block(const struct file_analysis *file, uint32_t offset);

/* Is the name at this node a builtin, and nothing that the package declares? Writes *builtin if so. */
bool lookup_builtin(const struct file_analysis *file, const struct package *package, node_id node,
                    enum builtin *builtin);

/* Does the name at this node mean a model? */
bool lookup_model(const struct file_analysis *file, const struct package *package, node_id node);

/* Where a name is being typed behind a dot. */
struct member_place {
    node_id object;       /* the expression before the dot */
    struct span name;     /* what is typed of the name so far; empty right behind the dot */
    bool rpc;             /* the object is `server`, or a peer: */
    atom_id server;       /*   its name, ATOM_NONE for `server` */
};

/* Is offset behind `object.` in code (not in a string or comment)? Writes *place if so. */
bool lookup_member_place(const struct file_analysis *file, const struct package *package, uint32_t offset,
                         struct member_place *place);

/* Is offset in a comment, or in the text of a string (not in its interpolations)? */
bool lookup_in_text(const struct file_analysis *file, uint32_t offset);

/* Calls visit for every symbol of this file that can be named at offset by scope, innermost first; block-level ones are
 * left to package_each_visible. */
void lookup_each_local(const struct file_analysis *file, uint32_t offset,
                       void (*visit)(void *context, const struct symbol *symbol), void *context);

/* The signature of a symbol of this file as people write it. Lives in the arena. */
struct str lookup_signature(struct arena *arena, const struct file_analysis *file, uint32_t symbol);

/* What `.name` of `value |> .name` and `value |> .name(…)` is a member of; NODE_NONE of a column. */
node_id lookup_piped(const struct syntax_tree *tree, node_id column);

#endif
