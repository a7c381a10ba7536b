/* check: a file against the other files of its package: undefined names, unknown server functions, wrong argument counts,
 * duplicates across files, unknown route handlers. Reads summaries only.
 */
#ifndef TOVA_ANALYSIS_CHECK_H
#define TOVA_ANALYSIS_CHECK_H

#include "analysis/known_parts.h"
#include "analysis/package.h"
#include "analysis/symbols.h"
#include "parser/base/stop.h"

/* All diagnostics of a file, its own and those that need the package, sorted; lives in the arena. The package must hold
 * the file's summary of this version. Ends early, with some of them, when `stop` (may be NULL) says so. */
struct diagnostic_list check_file(struct arena *arena, const struct file_analysis *file, const struct package *package,
                                  const struct stop *stop);

/* What a check of a file leaves to the next one, after typing: the statements about which nothing was to be said, and need no
 * second look as long as nothing that they see has changed. A zeroed one knows nothing. */
struct check_memory {
    struct known_parts known;
    uint32_t steps; /* analyses since then */
    bool needs_program; /* what check_needs_program() says of the newest analysis */
};
void check_memory_finish(struct check_memory *memory);

/* Tells the memory of a newer analysis of its file, before that is checked. */
void check_memory_step(struct check_memory *memory, const struct file_analysis *file);

/* check_file(), and the same in every diagnostic, by means of what the check before has left. */
struct diagnostic_list check_file_again(struct arena *arena, const struct file_analysis *file,
                                        const struct package *package, const struct stop *stop,
                                        struct check_memory *memory);

/* Can some call of the file wait in vain, so that only a program that is linked (program.h) can tell? */
bool check_needs_program(const struct file_analysis *file);
/* The same of what stands in these nodes; which calls they hold depends on nothing but their own statement. */
bool check_needs_program_in(const struct file_analysis *file, struct node_range range);

/* Adds what such a program says of that, unless an error stands there already. `marks` has the enum node_mark of each node. */
void check_linked(struct arena *arena, const struct file_analysis *file, const uint8_t *marks, struct diagnostic_list *list);

#endif
