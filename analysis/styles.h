/* styles: what a style block means in its component.
 */
#ifndef TOVA_ANALYSIS_STYLES_H
#define TOVA_ANALYSIS_STYLES_H

#include "analysis/css.h"
#include "parser/syntax/node.h"

/* The component whose body holds a style_block as a statement, or NODE_NONE. */
node_id style_component(const struct syntax_tree *tree, node_id style);

/* The text between the braces; borrowed from the tree. */
struct str style_text(const struct syntax_tree *tree, node_id style);

/* The node that declares what `variant(name)` asks for: the name of a parameter, state or computed value of the component;
 * NODE_NONE where it has none of that name. */
node_id style_subject(const struct syntax_tree *tree, node_id component, struct str name);

/* The name at `*at` in the parentheses of `variant(a + b)`; moves *at behind it and its `+`. Empty at the end. */
struct str style_next_name(struct str names, size_t *at);

#endif
