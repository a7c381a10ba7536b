/* program: all files of a package with their trees, linked, ready to be emitted.
 *
 * Made for one emission and thrown away with its arena. Programs that import from each other are linked together, which
 * follows every import to what it stands for. Marks what is async: a function, lambda, effect, handler,
 * computed or component that awaits, or that reaches an RPC or peer call or an async function, across files; and each call
 * that must be awaited (design "Language decisions").
 */
#ifndef TOVA_ANALYSIS_PROGRAM_H
#define TOVA_ANALYSIS_PROGRAM_H

#include "analysis/package.h"
#include "analysis/symbols.h"

/* A symbol with its file: symbol is an index into file->symbols. `file` NULL: nothing. */
struct program_symbol {
    const struct file_analysis *file;
    uint32_t symbol;
};

struct program {
    struct arena *arena;
    struct atom_table *atoms;
    struct package *package;        /* summaries of exactly these files */
    struct file_analysis **files;   /* in order of path */
    uint32_t file_count;
    struct package_servers servers;
    struct program_group *group;    /* those that were linked together */
    bool derives_equality;          /* a type of it, or of what it imports, compares by structure */
};

/* The files of all programs that were linked together. */
struct program_group {
    struct arena *arena;
    struct file_analysis **files; /* in order of path */
    uint32_t file_count;
};

/* A program of these files, not yet linked; `summaries` are theirs where somebody has them (an entry may be NULL), and are
 * shared; others are made, with what editors alone ask for or without it. Everything lives in the arena but program->package, which program_finish destroys. */
struct program *program_open(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                             struct summary **summaries, uint32_t file_count, bool for_editors);

/* The steps of programs_link(), for callers with several threads: gather, then link each, then read the calls of each, then
 * infer. */
void programs_gather(struct arena *arena, struct program **programs, uint32_t count);
/* What it makes goes into the arena; programs of one group may be linked at the same time. */
void program_link(struct arena *arena, struct program *program);
void program_read_calls(struct arena *arena, struct program *program);
void programs_infer(struct program **programs, uint32_t count);

/* Links programs with each other; a package that is joined with modules.h finds the others through that. The analyses'
 * links, marks and SYMBOL_ASYNC flags are written. */
void programs_link(struct arena *arena, struct program **programs, uint32_t count);

/* Both, for a program that imports from no other; its summaries have what editors ask for. */
struct program *program_create(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                               uint32_t file_count);
void program_finish(struct program *program);

/* What a name node stands for, in whichever file: an import stands for what it imports, which may belong to another
 * program, where that is known. {NULL, 0} for builtins, globals and unknown names. */
struct program_symbol program_symbol_of(const struct program *program, const struct file_analysis *file, node_id node);

/* The file at a path, or NULL. */
struct file_analysis *program_file_at(const struct program_group *group, struct str path);

/* Files of other programs, each once; there is room for all files of the group. */
struct program_files {
    const struct file_analysis **items;
    uint32_t count;
};
void program_files_add(struct program_files *files, const struct file_analysis *file);
/* Adds what the files import, and what that imports, but for the program's own files. */
void program_files_follow(struct arena *arena, const struct program *program, struct program_files *files);

/* What the module that a file names by `source` offers as `name`; {NULL, 0} where nothing is known of that. */
struct program_symbol program_export(struct arena *arena, const struct file_analysis *file, struct str source,
                                     atom_id name);

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
