/* faults: which nodes of a tree say that something is wrong; inside parser/syntax only.
 *
 * A tree lists them (syntax_tree.faults), so that whether a text is sound, and how many of its lines are not, need no look at
 * every node after every keystroke.
 */
#ifndef TOVA_PARSER_SYNTAX_FAULTS_H
#define TOVA_PARSER_SYNTAX_FAULTS_H

#include "parser/syntax/tree.h"

/* Is a node of this kind a fault, whatever it holds? */
static inline bool faults_is(enum node_kind kind) {
    static const bool faults[NODE_KIND_COUNT] = {
        [NODE_ERROR] = true,       [NODE_MISSING] = true,   [NODE_UNTERMINATED] = true,
        [NODE_STRAY_BRACE] = true, [NODE_STRAY_TAG] = true, [NODE_BARE_BLOCK] = true,
    };
    return faults[kind];
}

/* Lists one that stands behind all that are listed. */
void faults_note(struct syntax_tree *tree, node_id node);

/* Lists those among the descendants of a node of `old`, whose descendants those of `node` are. */
void faults_copy(struct syntax_tree *tree, node_id node, const struct syntax_tree *old, node_id old_node);

/* Lists all, when nothing is listed yet. */
void faults_find(struct syntax_tree *tree);

/* Is anything wrong in the tree? */
bool faults_any(const struct syntax_tree *tree);

/* Is there text in the tree that was not understood? */
bool faults_skip(const struct syntax_tree *tree);

/* On how many lines something is wrong; a repair is a mistake too, but for the braces of a body: the form of its line leaves no
 * doubt, while the raw tree often shows one mistake for several such lines. */
uint32_t faults_count_lines(const struct syntax_tree *tree);

#endif
