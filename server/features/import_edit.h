/* import_edit: how a file takes more names of other files, as an edit of its imports.
 *
 * Says nothing of whether it may: whether the names are public, or the other file imports this one. Texts live in the context's
 * arena; paths are those of the workspace.
 */
#ifndef TOVA_SERVER_FEATURES_IMPORT_EDIT_H
#define TOVA_SERVER_FEATURES_IMPORT_EDIT_H

#include "server/features/feature.h"

struct import_want {
    struct str name, path;
};

/* Do imports of this file end with `.tova`? They do, unless all of its other imports of Tova files leave that out. The one that
 * stands around `offset` (bytes; UINT32_MAX: none) is not asked. */
bool import_has_suffix(const struct feature_context *context, uint32_t offset);

/* How this file names another: "./lib.tova", "../lib/shapes". */
struct str import_source(const struct feature_context *context, struct str path);

/* The edits that import the names: into the braces of an import that is there, else as imports behind the last one, or at the
 * top. A name that is wanted twice from one file is taken once. */
void import_edits(const struct feature_context *context, const struct import_want *wants, unsigned count,
                  struct edit_list *edits);

#endif
