/* syntax_errors: the errors of a tree as diagnostics that a person understands.
 *
 * One mistake gives one message, at the token that is wrong or at the opening of what is never closed; it says what was
 * expected. Only looks at the tree; what the cover grammar lets through is rejected by analysis.
 */
#ifndef TOVA_PARSER_SYNTAX_SYNTAX_ERRORS_H
#define TOVA_PARSER_SYNTAX_SYNTAX_ERRORS_H

#include "parser/syntax/tree.h"
#include "parser/text/diagnostic.h"

/* Appends a diagnostic for every error of the tree, in order of position; messages live in the arena. */
void syntax_errors_collect(struct arena *arena, const struct syntax_tree *tree, struct diagnostic_list *list);

/* The same of a tree without errors and repairs about whose other nodes nothing is to be said. */
void syntax_errors_collect_in(struct arena *arena, const struct syntax_tree *tree, struct node_range range,
                              struct diagnostic_list *list);

#endif
