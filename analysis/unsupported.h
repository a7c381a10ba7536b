/* unsupported: forms of the language that are understood and that the compiler cannot emit yet.
 *
 * One table. Each form gets one diagnostic where it stands, so that nothing is left out of an output in silence.
 */
#ifndef TOVA_ANALYSIS_UNSUPPORTED_H
#define TOVA_ANALYSIS_UNSUPPORTED_H

#include "parser/syntax/tree.h"
#include "parser/text/diagnostic.h"

/* Appends a diagnostic for each such form among the nodes, which are a whole tree or whole statements of a block, directives
 * excepted, the outermost only; messages live in the arena. */
void unsupported_collect(struct arena *arena, const struct syntax_tree *tree, struct node_range range,
                         struct diagnostic_list *list);

/* Appends the diagnostic for a form that people know as `what`. */
void unsupported_add(struct arena *arena, struct diagnostic_list *list, struct span span, struct str what);

#endif
