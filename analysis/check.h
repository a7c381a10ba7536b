/* check: a file against the other files of its package: undefined names, unknown server functions, wrong argument counts,
 * duplicates across files, unknown route handlers. Reads summaries only.
 */
#ifndef TOVA_ANALYSIS_CHECK_H
#define TOVA_ANALYSIS_CHECK_H

#include "analysis/package.h"
#include "analysis/symbols.h"
#include "parser/base/stop.h"

/* All diagnostics of a file, its own and those that need the package, sorted; lives in the arena. The package must hold
 * the file's summary of this version. Ends early, with some of them, when `stop` (may be NULL) says so. */
struct diagnostic_list check_file(struct arena *arena, const struct file_analysis *file, const struct package *package,
                                  const struct stop *stop);

/* Can some call of the file wait in vain, so that only a program that is linked (program.h) can tell? */
bool check_needs_program(const struct file_analysis *file);

/* Adds what such a program says of that, unless an error stands there already. `marks` has the enum node_mark of each node. */
void check_linked(struct arena *arena, const struct file_analysis *file, const uint8_t *marks, struct diagnostic_list *list);

#endif
