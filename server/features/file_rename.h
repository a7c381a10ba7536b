/* file_rename: what imports have to say once files or folders have other paths.
 *
 * Imports that lead to what moves, and those of files that move, are written anew in the style that they have: from the project's
 * root (`@/`) or relative, with `.tova` or without. Everything else stays as it is.
 */
#ifndef TOVA_SERVER_FEATURES_FILE_RENAME_H
#define TOVA_SERVER_FEATURES_FILE_RENAME_H

#include "analysis/sources.h"
#include "parser/base/stop.h"
#include "server/features/feature.h"

struct moved_path {
    struct str from, to; /* absolute, normalised; of a file or of a folder */
};

/* The edits of the files as they are before the move. */
struct edit_list file_rename_edits(struct arena *arena, const struct sources *sources, const struct moved_path *moved,
                                   uint32_t count, const struct stop *stop);

#endif
