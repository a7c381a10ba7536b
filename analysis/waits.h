/* waits: answers that have to be waited for, in the text of a component or a store, which are built at once. What stands around a
 * call says whether its promise is of use there. Knows the text alone: which calls wait is for others to tell (async.h).
 */
#ifndef TOVA_ANALYSIS_WAITS_H
#define TOVA_ANALYSIS_WAITS_H

#include "parser/syntax/node.h"

#include <stdbool.h>

/* May a promise stand where the call does: as a child, which the page waits for, as a statement, or as a value to keep? */
bool wait_may_stand(const struct syntax_tree *tree, node_id call);

/* Does the call stand in markup? */
bool wait_is_in_markup(const struct syntax_tree *tree, node_id call);

/* Does the function of the library use at once what its callback answers, with no form that waits? */
bool wait_is_lost_on(struct str function);

/* What is wrong with a call that has these marks (enum node_mark, of a program that is linked): a part of a sentence; NULL: nothing. */
const char *wait_problem(const struct syntax_tree *tree, node_id call, unsigned marks);

/* What is wrong with a call whose promise is of no use, and what to write: a part of a sentence. */
const char *wait_advice(const struct syntax_tree *tree, node_id call);

#endif
