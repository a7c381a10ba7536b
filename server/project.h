/* project: the `.tova` files of one folder loaded from disk and open buffers, checked, and emitted.
 *
 * A folder in which a file has a block is an application: its files are one unit and merge. In any other folder each file is
 * a module, a unit of its own with its own output.
 * What they import is loaded with them, and emitted when it is asked for.
 * The same code serves preview and compile-on-save of the language server and the commands check, build, dev and preview,
 * so that all of them say and emit the same. A project is loaded, read and thrown away; it is not updated.
 */
#ifndef TOVA_SERVER_PROJECT_H
#define TOVA_SERVER_PROJECT_H

#include "analysis/modules.h"
#include "analysis/program.h"
#include "codegen/emit.h"
#include "parser/base/arena.h"
#include "parser/base/map.h"
#include "parser/syntax/tree.h"
#include "parser/text/diagnostic.h"
#include "server/output.h"
#include "server/scan.h"

/* Where the outputs of a unit go. Those of a project lie to each other as their sources do, beneath one folder. */
struct project_place {
    struct str folder; /* of the sources, absolute */
    struct str root;   /* that of the project */
    struct str below;  /* `folder` relative to `root`; empty when they are the same */
    struct str top;    /* <root>/.tova-out, or the folder that was asked for; holds `runtime` */
    struct str output; /* <top>/<below> */
};

/* The nearest ancestor (up to the limit) of a folder with tova.toml, else with .tova-out, else the folder itself. `limit` is
 * the workspace folder above which nothing is looked for; empty: none. Lives in the arena. */
struct project_place project_place_of(struct arena *arena, struct str folder, struct str limit);

/* The folder that `@/` means in the files of a folder: the nearest ancestor with tova.toml, else the limit. */
struct str project_root_of(struct arena *arena, struct str folder, struct str limit);

/* What `struct modules` asks of the disk and of the runtime; the context is not looked at. */
bool project_has_file(void *context, struct str path);
bool project_has_standard(void *context, struct str name);

struct project_file {
    struct str path;
    struct text *text; /* NULL when it could not be read: then there is one diagnostic that says so */
    struct scan_status status; /* zeroed of an open buffer */
    uint64_t hash; /* text_hash() of the text, once what it becomes was emitted */
    const struct syntax_tree *tree;
    struct file_analysis *analysis;
    struct summary *summary; /* of the analysis, when somebody had it already; borrowed until the program has it */
    struct diagnostic_list diagnostics; /* sorted; those that need the rest of the package included */
    bool has_errors;
    bool wanted; /* asked for, not only imported or a neighbour in an application */
    bool is_there; /* it was, when it was read */
    bool is_checked; /* the diagnostics are those of whoever has checked it already */
};

/* A file that somebody has read already. */
struct project_source {
    struct text *text;
    const struct syntax_tree *tree; /* NULL: it is parsed for the project alone */
    const struct file_analysis *analysis; /* with the atoms of the options, and not written to; NULL: not made yet */
    struct summary *summary; /* of the analysis; NULL: not made yet */
    const struct diagnostic_list *diagnostics; /* what there is to say of it, where the project is only emitted; NULL: not known */
};

/* Files that need not be read: open buffers, which win over the disk, and what is known of other files. */
struct project_overlay {
    void *context;
    /* Gives a file and true; it is borrowed for the life of the project. */
    bool (*open)(void *context, struct str path, struct project_source *source);
    /* Adds paths of open files of the folder that may not be on disk. */
    void (*list)(void *context, struct str folder, struct arena *arena, struct scan_files *files);
};

struct project_options {
    const struct project_overlay *overlay; /* or NULL; borrowed while the project is loaded */
    struct atom_table *atoms; /* of the overlay's analyses; NULL without an overlay */
    struct str limit; /* as for project_place_of; empty: the folder of what is loaded */
    struct str into;  /* an absolute folder for outputs in place of .tova-out; empty: none */
    bool run;         /* outputs go to ".run" in .tova-out, where no other command looks */
    bool production; /* likewise to ".production", for the bundler */
    bool describe; /* of servers only their description (emit.h); `into` says where it goes */
    enum emit_cases cases; /* likewise to ".test" or ".bench", with these blocks */
    struct stop attend; /* asked by project_emit between declarations, for who has something else to attend to; never stops */
    bool for_editors; /* the programs' packages can be searched for uses and names, which no command asks of them */
    bool strict; /* values of other types than are declared are errors wherever they stand (diagnostic_is_type) */
};

/* Files that are one package and one program. */
struct project_unit {
    struct str folder;
    struct str base; /* base name of the outputs: the file's, or the folder's where several files merge */
    struct project_file *files; /* in order of path */
    uint32_t file_count;
    struct program *program; /* NULL when none of the files could be read */
    struct project_place place;
    VEC(struct project_unit *) imports; /* some perhaps twice */
    unsigned met, lowest, circle;       /* units with the same `circle` import each other; the others are of the search */
    unsigned errors, warnings;
    bool wanted; /* one of its files is */
};

struct project_folder; /* private */
struct project_worker; /* private: what each thread that works on the project has for itself */

struct project {
    VEC(struct project_unit *) units; /* what was asked for in order of path, then what that imports */
    unsigned file_count;       /* those asked for, with their neighbours in applications */
    unsigned errors, warnings; /* over all files */

    struct arena arena; /* holds all of the above */
    struct project_options options;
    struct modules modules; /* how its packages find each other */
    struct atom_table *atoms;        /* its own, or those of the options */
    struct syntax_parser *parser;    /* of the caller's thread */
    struct project_worker *workers;
    unsigned worker_count;
    struct workers_lock *asking; /* held while neighbours are read, for which nobody asks twice */
    VEC(struct project_folder *) folders;
    struct map folder_of_path; /* atom of a folder: index into folders + 1 */
    struct map unit_of_path;   /* atom of a file: index into units + 1 */
};

/* Loads, analyses, links and checks what is at `path` (absolute or relative): a folder with all of its files, or the unit that
 * a file belongs to; and everything that they import. False when there is no `.tova` file; the project is then empty.
 * Caller finishes in any case. */
bool project_load(struct project *project, struct str path, const struct project_options *options);

/* The same for these files (absolute, in order), of any folders. `top` is the folder beneath which all of them are. */
bool project_load_files(struct project *project, struct str top, const struct scan_files *files,
                        const struct project_options *options);

/* The unit that holds the file at `path`, or NULL. */
struct project_unit *project_unit_of(const struct project *project, struct str path);

/* Emits every output of a unit. What could not be emitted is added to the files' diagnostics. `first_port` 0 means 3000.
 * Caller finishes the emission, which outlives the project. */
void project_emit(struct project *project, struct project_unit *unit, uint32_t first_port, struct emission *emission);

/* The outputs of a unit as a plan (emit_plan); project_make makes those that are wanted (emit_planned), which adds no
 * diagnostics. `before` as in the options of codegen/emit.h. */
void project_plan(struct project *project, struct project_unit *unit, struct emission *emission);
bool project_make(struct project *project, struct project_unit *unit, struct emission *emission, const bool *wanted,
                  const struct emission *before, struct stop stop);

/* What is done with the emission of a unit, the one at `index`: by any worker (workers.h), in any order, each once. What goes
 * into the arena stays as long as the project; the emission is finished afterwards. */
typedef void project_emitted(void *context, struct arena *arena, unsigned worker, uint32_t index,
                             const struct emission *emission);

/* Emits all units on all threads. */
void project_emit_all(struct project *project, project_emitted *emitted, void *context);

/* Adds to the files' diagnostics what could not be emitted of units without other errors, on all threads. Emits nothing. */
void project_find_gaps(struct project *project);

/* Where to write the outputs of a unit. Lives in the arena. */
struct output_place project_output_place(struct arena *arena, const struct project *project,
                                         const struct project_unit *unit);

/* A zeroed project is allowed. */
void project_finish(struct project *project);

#endif
