/* import_places: where a file takes one more name of another file: into the braces of an import that is there, or as an import of
 * its own.
 *
 * Says nothing of whether it may: whether the name is public, or the other file imports this one.
 */
#ifndef TOVA_ANALYSIS_IMPORT_PLACES_H
#define TOVA_ANALYSIS_IMPORT_PLACES_H

#include "analysis/analyze.h"
#include "analysis/modules.h"

/* Where one more import goes, in bytes: behind the last of those that lead the file, else behind its shebang, else 0, the top. */
uint32_t import_place(const struct syntax_tree *tree);

/* The named imports of the first statement that takes names from the file at `path`, or NODE_NONE; also without `modules`. */
node_id import_names_from(struct arena *arena, const struct file_analysis *file, const struct modules *modules,
                          struct str path);

/* Where one more name goes in these braces, in bytes, and what has to stand before it. */
uint32_t import_place_of_name(const struct syntax_tree *tree, node_id names, struct str *before);

#endif
