/* modules: what the words of an import mean: which file, and which of its symbols.
 *
 * `./x`, `../x` and `@/x` (from the project's root) name a file, with or without `.tova`; `tova:x` a module of the runtime;
 * everything else is JavaScript's (npm, `node:`, `bun:`, a `.js` beside the source). Knows summaries only. Who holds the
 * packages tells, through `struct modules`, which there are; a package without that knows no file but its own.
 */
#ifndef TOVA_ANALYSIS_MODULES_H
#define TOVA_ANALYSIS_MODULES_H

#include "analysis/package.h"

struct modules {
    void *context;
    /* The package that holds the file at this path, read when it is not known yet; NULL when there is no such file. */
    const struct package *(*package_of)(void *context, struct str path);
    /* The folder that `@/` means in this file; borrowed. */
    struct str (*root_of)(void *context, struct str path);
    /* Is there a file that is no Tova source? */
    bool (*has_file)(void *context, struct str path);
    /* Has the runtime a module of this name (`tova:` left out)? */
    bool (*has_standard)(void *context, struct str name);
    /* Does the file at `from` import itself through the file at `to`, which it imports? NULL: it is searched for. */
    bool (*is_circular)(void *context, struct str from, struct str to);
    /* Calls visit for every other module in the folder of the file. */
    void (*each_neighbour)(void *context, struct str path,
                           void (*visit)(void *visitor, const struct package *package), void *visitor);
    /* Calls visit for every file that is known, with its package. NULL: none is told. */
    void (*each_file)(void *context, void (*visit)(void *visitor, const struct package *package, const struct summary *file),
                      void *visitor);
};

enum module_kind {
    MODULE_JAVASCRIPT, /* nothing is known of it; `path` when it is a file */
    MODULE_STANDARD,   /* `name` of the runtime */
    MODULE_SOURCE,     /* the file `file` of `package` */
    MODULE_MISSING,    /* there is none; `path` is where it was looked for */
};

struct module {
    enum module_kind kind;
    struct str path, name;
    const struct package *package;
    const struct summary *file;
};

/* The path of the Tova file that `source` means in the file at `from`, whether there is one or not; empty when it can mean
 * none. Lives in the arena. */
struct str module_source_path(struct arena *arena, const struct modules *modules, struct str from, struct str source);

/* What `source` names in the file at `from`, which is in the package. Lives in the arena. */
struct module module_find(struct arena *arena, const struct package *package, struct str from, struct str source);

/* The folder that `@/` means in a file of the package; empty where that is not known. Borrowed. */
struct str module_root(const struct package *package, struct str from);

enum module_name {
    MODULE_NAME_SYMBOL,  /* found: the symbol */
    MODULE_NAME_VALUE,   /* it is there, and no symbol can be told: of JavaScript, a value without a name, a namespace */
    MODULE_NAME_PRIVATE, /* the symbol is there, and not offered */
    MODULE_NAME_MISSING,
};

/* What the module offers as `name` (`default` and `*` as in struct imported), through re-exports. A file of `importer`
 * itself has nothing private. Writes *found for SYMBOL and PRIVATE. */
enum module_name module_name(struct arena *arena, const struct module *module, const struct package *importer,
                             atom_id name, struct package_symbol *found);

/* The symbol that a module offers by a name, if it is one; else {NULL, NULL}. */
struct package_symbol module_symbol(struct arena *arena, const struct module *module, const struct package *importer,
                                    atom_id name);

/* The symbol of another file that an import symbol of this file stands for; {NULL, NULL} when there is none to be told. */
struct package_symbol module_imported(struct arena *arena, const struct package *package,
                                      const struct file_analysis *file, uint32_t symbol);

/* Does a file of the package at `from`, which imports the file at `to`, import itself by that? */
bool module_is_circular(const struct package *package, struct str from, struct str to);

/* Calls visit for the package of every other module in the folder of the file at `path`. */
void module_each_neighbour(const struct package *package, struct str path,
                           void (*visit)(void *visitor, const struct package *neighbour), void *visitor);

/* A hash over the surfaces of the package and of all that it imports, for "need it be checked again". */
uint64_t module_surface(const struct package *package);

/* A hash over their texts, for "may a place in one of them be another". */
uint64_t module_texts(const struct package *package);

/* Calls visit for every name that a module offers, `default` too, those of re-exported modules included. */
void module_each_name(struct arena *arena, const struct module *module,
                      void (*visit)(void *context, atom_id name, struct package_symbol symbol), void *context);

#endif
