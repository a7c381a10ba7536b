/* workspace_folder: the files of one directory that are known, by their summaries; private to workspace*.c.
 *
 * Where a file has a block, all of them are one package; else each is its own. The first block makes an application of separate
 * modules, and without the last one they are modules again. It reads nothing from disk and knows no other directory.
 */
#ifndef TOVA_SERVER_WORKSPACE_FOLDER_H
#define TOVA_SERVER_WORKSPACE_FOLDER_H

#include "analysis/modules.h"
#include "analysis/package.h"

#include <stdbool.h>
#include <stdint.h>

struct workspace_folder {
    atom_id path;
    struct str root; /* what `@/` means; empty until it is asked for */
    struct package **packages; /* in order of the path of their first file; none is empty */
    uint32_t count, capacity;
    uint32_t with_blocks; /* files that have blocks */
    bool listed;          /* all its files are known, or being read */
    struct atom_table *atoms;      /* of the packages; borrowed */
    const struct modules *modules; /* how they find each other; borrowed */
};

/* A folder of which no file is known. Caller destroys. */
struct workspace_folder *workspace_folder_create(atom_id path, struct atom_table *atoms, const struct modules *modules);
void workspace_folder_destroy(struct workspace_folder *folder);

/* The package that holds the file, or NULL. Borrowed until a file is put or removed. */
struct package *workspace_folder_package(const struct workspace_folder *folder, struct str path);

/* The package into which the files merge, or NULL where each is its own. Borrowed likewise. */
struct package *workspace_folder_application(const struct workspace_folder *folder);

/* What is known of the file, or NULL. */
const struct summary *workspace_folder_file(const struct workspace_folder *folder, struct str path);

/* Puts a summary in the place of what was known of its file. Takes ownership. */
void workspace_folder_put(struct workspace_folder *folder, struct summary *summary);

/* Forgets a file; false when nothing is known of it. */
bool workspace_folder_remove(struct workspace_folder *folder, struct str path);

/* Calls visit for every file, in order of the packages. */
void workspace_folder_each(const struct workspace_folder *folder,
                           void (*visit)(void *visitor, const struct package *package, const struct summary *file),
                           void *visitor);

#endif
