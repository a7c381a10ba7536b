/* project_folders: the folders that a project has to do with, and where their outputs go; private to project*.c.
 *
 * A folder is read once. Folders whose files import from each other have one root, so that their outputs can import each
 * other as their sources do.
 */
#ifndef TOVA_SERVER_PROJECT_FOLDERS_H
#define TOVA_SERVER_PROJECT_FOLDERS_H

#include "server/project.h"

struct project_folder {
    struct str path;
    struct str root;           /* what `@/` means */
    struct scan_files sources; /* on disk and open, in order, each once */
    enum { FOLDER_UNASKED, FOLDER_SEPARATE, FOLDER_MERGES } kind;
    bool is_application; /* the kind is known and FOLDER_MERGES */
    unsigned leader;     /* index of a folder that has the same root; its own for the first */
    struct str top;      /* of leaders: the common ancestor of those they lead */
    VEC(struct package *) neighbours; /* those of its sources that are no part of the project, when they were asked for */
    bool has_neighbours; /* they were */
    struct project_place place; /* of its units, when all is loaded */
    bool has_place;             /* it is known */
};

/* The folder of this path, read when it is not known yet. The path lives as long as the project. */
struct project_folder *project_folder_at(struct project *project, struct str path);

/* Has one of the folder's files a block? Most files can be told from their text. */
bool project_folder_merges(struct project *project, struct project_folder *folder);

/* Is the path one of a file directly in the folder? */
bool project_is_directly_in(struct str path, struct str folder);

/* The position of the folder of a unit. */
unsigned project_folder_index(const struct project *project, struct str path);

/* Finds which units import each other in a circle, when their imports are known. */
void project_circles_find(struct project *project);

/* Sets the imports and the places of all units, when everything is loaded. `top` is the folder that was asked for. */
void project_folders_place(struct project *project, struct str top);

/* Frees what the folders own outside of the project's arena. */
void project_folders_finish(struct project *project);

/* Fills in how the packages of the project find each other. */
void project_modules_init(struct project *project);

#endif
