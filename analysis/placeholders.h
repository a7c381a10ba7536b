/* placeholders: where `_` stands for the value that comes through a pipe, by the syntax alone.
 *
 * Right of `|>` it does so as an argument of the call (`x |> f(1, _)`), and anywhere in a text, a list, an object or an
 * operation (`x |> "It is {_}"`, `x |> _ + 1`). The analysis and the emitters ask the same functions.
 */
#ifndef TOVA_ANALYSIS_PLACEHOLDERS_H
#define TOVA_ANALYSIS_PLACEHOLDERS_H

#include "parser/syntax/node.h"

/* Is the node `_`, with or without parentheses around it? */
bool placeholder_is(const struct syntax_tree *tree, node_id node);

/* Does the argument of a call, positional or named, stand for the piped value? */
bool placeholder_is_argument(const struct syntax_tree *tree, node_id argument);

/* Is what stands right of a pipe an expression with places for the value, and no call that takes it? */
bool placeholder_fills(const struct syntax_tree *tree, node_id right);

/* Is there a pipe whose value the `_` at the node stands for? */
bool placeholder_is_filled(const struct syntax_tree *tree, node_id node);

#endif
