/* project: the `.tova` files of one folder loaded from disk and open buffers, checked, and emitted.
 *
 * A folder in which a file has a block is an application: its files are one unit and merge. In any other folder each file is
 * a module, a unit of its own with its own output.
 * The same code serves preview and compile-on-save of the language server and the commands check, build, dev and preview,
 * so that all of them say and emit the same. A project is loaded, read and thrown away; it is not updated.
 */
#ifndef TOVA_SERVER_PROJECT_H
#define TOVA_SERVER_PROJECT_H

#include "analysis/program.h"
#include "codegen/emit.h"
#include "parser/base/arena.h"
#include "parser/syntax/tree.h"
#include "parser/text/diagnostic.h"
#include "server/scan.h"

/* Where the outputs of a package go. */
struct project_place {
    struct str folder; /* the package's folder, absolute */
    struct str root;  /* nearest ancestor (up to the limit) with tova.toml, else with .tova-out, else `folder` itself */
    struct str below; /* `folder` relative to `root`; empty when they are the same */
    struct str output; /* <root>/.tova-out/<below> */
};

/* Finds the root of a package folder. `limit` is the workspace folder above which nothing is looked for; empty: none.
 * Lives in the arena. */
struct project_place project_place_of(struct arena *arena, struct str folder, struct str limit);

struct project_file {
    struct str path;
    struct text *text; /* NULL when it could not be read: then there is one diagnostic that says so */
    const struct syntax_tree *tree;
    struct file_analysis *analysis;
    struct diagnostic_list diagnostics; /* sorted; those that need the rest of the package included */
    bool has_errors;
};

/* Buffers that win over the disk. */
struct project_overlay {
    void *context;
    /* Gives the text and the tree of an open file and true; both are borrowed for the life of the project. */
    bool (*open)(void *context, struct str path, struct text **text, const struct syntax_tree **tree);
    /* Adds paths of open files of the folder that may not be on disk. */
    void (*list)(void *context, struct str folder, struct arena *arena, struct scan_files *files);
};

/* Files that are one package and one program. */
struct project_unit {
    struct str base; /* base name of the outputs: the file's, or the folder's where several files merge */
    struct project_file *files; /* in order of path */
    uint32_t file_count;
    struct program *program; /* NULL when none of the files could be read */
    unsigned errors;
};

struct project {
    struct str folder;
    struct project_file *files; /* in order of path */
    uint32_t file_count;
    struct project_unit *units; /* in order of their first file */
    uint32_t unit_count;
    unsigned errors, warnings; /* over all files */

    struct arena arena; /* holds all of the above */
    struct atom_table *atoms;
    struct syntax_parser *parser;
    struct syntax_tree **trees; /* those parsed here */
    uint32_t tree_count;
};

/* Loads, analyses and checks what is at `path` (absolute or relative): a folder with all of its files, or the unit that a file
 * belongs to. `overlay` may be NULL. False when there is no `.tova` file; the project is then empty. Caller finishes in any
 * case. */
bool project_load(struct project *project, struct str path, const struct project_overlay *overlay);

/* The unit that holds the file at `path`, or NULL. */
struct project_unit *project_unit_of(const struct project *project, struct str path);

/* Emits every output of a unit. What could not be emitted is added to the files' diagnostics. `first_port` 0 means 3000.
 * Caller finishes the emission, which outlives the project. */
void project_emit(struct project *project, struct project_unit *unit, uint32_t first_port, struct emission *emission);

/* A zeroed project is allowed. */
void project_finish(struct project *project);

#endif
