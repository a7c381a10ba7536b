/* program: all files of a package with their trees, linked, ready to be emitted.
 *
 * Made for one emission and thrown away with its arena. Marks what is async: a function, lambda, effect, handler,
 * computed or component that awaits, or that reaches an RPC or peer call or an async function, across files; and each call
 * that must be awaited (design "Language decisions").
 */
#ifndef TOVA_ANALYSIS_PROGRAM_H
#define TOVA_ANALYSIS_PROGRAM_H

#include "analysis/package.h"
#include "analysis/symbols.h"

/* A symbol with its file: symbol is an index into file->symbols. `file` NULL: nothing. */
struct program_symbol {
    struct file_analysis *file;
    uint32_t symbol;
};

struct program {
    struct arena *arena;
    struct atom_table *atoms;
    struct package *package;        /* summaries of exactly these files */
    struct file_analysis **files;   /* in order of path */
    uint32_t file_count;
    struct package_servers servers;
};

/* Links the files. Everything lives in the arena but program->package, which program_finish destroys. The analyses' marks
 * and SYMBOL_ASYNC flags are written. */
struct program *program_create(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                               uint32_t file_count);
void program_finish(struct program *program);

/* What a name node stands for, in whichever file; {NULL, 0} for builtins, globals and unknown names. */
struct program_symbol program_symbol_of(const struct program *program, const struct file_analysis *file, node_id node);

/* The function that an RPC use means; {NULL, 0} unless it resolves. */
struct program_symbol program_rpc_target(const struct program *program, const struct file_analysis *file,
                                         const struct rpc_use *use);

/* The RPC use whose member_expression is `node`, or NULL. */
const struct rpc_use *program_rpc_use(const struct file_analysis *file, node_id node);

static inline bool program_is_async(const struct file_analysis *file, node_id node) {
    return (file->marks[node] & MARK_ASYNC) != 0;
}

static inline bool program_is_awaited(const struct file_analysis *file, node_id call) {
    return (file->marks[call] & MARK_AWAIT) != 0;
}

/* Is `xs.map(f)` or `map(xs, f)` to wait for each `f`? Also where the source awaits the call itself. */
static inline bool program_has_async_callback(const struct file_analysis *file, node_id call) {
    return (file->marks[call] & MARK_ASYNC_CALLBACK) != 0;
}

#endif
