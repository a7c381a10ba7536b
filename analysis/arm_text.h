/* arm_text: an arm of a `match` that an editor writes and somebody has to fill in.
 *
 * Its result says so: it compiles, whatever the other arms give, and ends the program with a message when it is reached, where nil
 * would go on unnoticed. Between tags, where an error would take the page away, it is the case's name as text.
 */
#ifndef TOVA_ANALYSIS_ARM_TEXT_H
#define TOVA_ANALYSIS_ARM_TEXT_H

#include "parser/syntax/node.h"

/* "Circle(radius) => assert(false, "to be written: Circle")" for an arm of the `match` at the node. Lives in the arena. */
struct str arm_text(struct arena *arena, const struct syntax_tree *tree, node_id match, struct str pattern);

#endif
