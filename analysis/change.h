/* change: what an edit has changed in a tree, where that is the inside of one statement of a block: the body of a function,
 * component or effect, the value of a state or constant. Private to this layer.
 *
 * Everything else is then the same in both trees, but moved: nodes before the changed one have the same id and the same
 * bytes, nodes behind it other ones, by the same difference each. Nothing outside of a statement knows nodes inside of
 * its changed part.
 */
#ifndef TOVA_ANALYSIS_CHANGE_H
#define TOVA_ANALYSIS_CHANGE_H

#include "parser/syntax/tree.h"

struct change {
    struct syntax_edit edit; /* from the old text to the new one */
    node_id block;           /* in both trees: the server, browser or shared block around it, or the file */
    node_id statement;       /* in both trees: the statement of that block */
    node_id inside;          /* in both trees: the part of it that has changed */
    node_id old_behind;      /* in the old tree: the first node behind that part; */
    node_id old_next;        /* the first one behind the statement */
    node_id next;            /* the same in the new tree */
    uint32_t shift;          /* of nodes behind; wraps where they move forward */
};

/* Compares two trees of syntax_reparse, whose texts differ by the edit. False when more has changed than the inside of one
 * statement, or when it cannot be told; *change is then not written. */
bool change_find(const struct syntax_tree *old, const struct syntax_tree *tree, struct syntax_edit edit,
                 struct change *change);

/* What a node outside of the changed part is called in the new tree. */
static inline node_id change_node(const struct change *change, node_id node) {
    return node < change->old_behind ? node : node + change->shift;
}

/* Is an old node in the statement that has changed? */
static inline bool change_holds(const struct change *change, node_id node) {
    return node >= change->statement && node < change->old_next;
}

/* Moves a span of the old text into the new one. False when it touches what was edited. */
bool change_span(const struct change *change, struct span *span);

#endif
