/* node: reading a syntax tree. All functions accept NODE_NONE and then give NODE_NONE, an empty span or false, so that
 * code over broken trees needs no checks of its own.
 */
#ifndef TOVA_PARSER_SYNTAX_NODE_H
#define TOVA_PARSER_SYNTAX_NODE_H

#include "parser/base/arena.h"
#include "parser/syntax/tree.h"

/* What the node is. */
static inline enum node_kind node_kind(const struct syntax_tree *tree, node_id node) {
    return (enum node_kind)tree->nodes[node].kind;
}

/* Which part of its parent it is; FIELD_NONE for a plain child. */
static inline enum node_field node_field(const struct syntax_tree *tree, node_id node) {
    return (enum node_field)tree->nodes[node].field;
}

/* Its bytes in the text. */
static inline struct span node_span(const struct syntax_tree *tree, node_id node) {
    return (struct span){tree->nodes[node].start, tree->nodes[node].end};
}

/* NODE_NONE above the root. */
static inline node_id node_parent(const struct syntax_tree *tree, node_id node) { return tree->nodes[node].parent; }

/* Is there a syntax error in it or below it? */
static inline bool node_has_error(const struct syntax_tree *tree, node_id node) {
    return (tree->nodes[node].flags & NODE_HAS_ERROR) != 0;
}

/* The bytes of the node; borrowed from the tree's text. */
static inline struct str node_text(const struct syntax_tree *tree, node_id node) {
    return text_slice(tree->text, node_span(tree, node));
}

/* The first child, comments included. */
static inline node_id node_first_child(const struct syntax_tree *tree, node_id node) {
    return node != NODE_NONE && tree->nodes[node].next > node + 1 ? node + 1 : NODE_NONE;
}

/* The sibling behind the node, comments included. */
static inline node_id node_next_sibling(const struct syntax_tree *tree, node_id node) {
    node_id next = tree->nodes[node].next;
    return node != NODE_NONE && next < tree->nodes[tree->nodes[node].parent].next ? next : NODE_NONE;
}

/* The node behind `node` and what is below it, if it is one before `end`. */
static inline node_id node_next_before(const struct syntax_tree *tree, node_id node, node_id end) {
    node_id next = tree->nodes[node].next;
    return next < end ? next : NODE_NONE;
}

/* for each child, comments included */
#define NODE_EACH(child, tree, node)                                                                                   \
    for (node_id child = node_first_child((tree), (node)), child##_end = (tree)->nodes[(tree)->nodes[child].parent].next; \
         child != NODE_NONE; child = node_next_before((tree), child, child##_end))

/* Is it a comment of any form? */
bool node_is_comment(const struct syntax_tree *tree, node_id node);

/* The first node with the field among `from` and the siblings behind it, up to `end`, or NODE_NONE. */
node_id node_with_field(const struct syntax_tree *tree, node_id from, node_id end, enum node_field field);

/* The first child with this field, or NODE_NONE. */
static inline node_id node_child(const struct syntax_tree *tree, node_id node, enum node_field field) {
    node_id first = node + 1, end = tree->nodes[node].next;
    if (first < end && node_field(tree, first) == field) { /* the most frequent case */
        return first;
    }
    return first < end ? node_with_field(tree, tree->nodes[first].next, end, field) : NODE_NONE;
}

/* The next sibling with the same field as `child` (a field may stand several times), or NODE_NONE. */
node_id node_next_same_field(const struct syntax_tree *tree, node_id child);

/* The first child of this kind, or NODE_NONE. */
node_id node_child_of_kind(const struct syntax_tree *tree, node_id node, enum node_kind kind);

/* The first child that is neither comment nor has a field, and the same after `child`. */
node_id node_first_plain(const struct syntax_tree *tree, node_id node);
node_id node_next_plain(const struct syntax_tree *tree, node_id child);

/* How many plain children of its parent stand before `child`: 0 for the first argument, element or pattern. */
unsigned node_plain_position(const struct syntax_tree *tree, node_id child);

/* The expression of `{expression}` at the top of a component's body, which is shown there as it would be between tags;
 * NODE_NONE when `node` is no such block. */
node_id node_shown_value(const struct syntax_tree *tree, node_id node);

/* The nearest ancestor of this kind, or NODE_NONE. */
node_id node_ancestor(const struct syntax_tree *tree, node_id node, enum node_kind kind);

/* What recovery put in for the user, as the grammar writes it (")", "identifier"), when the node has NODE_INSERTED; else
 * empty. Borrowed forever. */
struct str node_inserted_token(const struct syntax_tree *tree, node_id node);

/* The deepest node that touches offset (bytes); of two that meet there, the identifier, else the one that starts there. */
node_id node_at(const struct syntax_tree *tree, uint32_t offset);

/* The deepest node that holds the byte at offset; the root where none does. */
node_id node_holding(const struct syntax_tree *tree, uint32_t offset);

/* The value of a string node without interpolations: quotes removed, escapes resolved (\n \t \r \\ \" \' \{ \}; any other
 * backslash stays; none in a raw string), a triple string without the indentation that all its lines share. False when it
 * has an interpolation or is no string, and *value is then not written. Lives in the arena. */
bool node_string_value(struct arena *arena, const struct syntax_tree *tree, node_id node, struct str *value);

/* The text of the doc comments (`///`) whose last line stands directly above the node's first line, without their
 * slashes, joined by newlines; empty when there are none. Lives in the arena. */
struct str node_documentation(struct arena *arena, const struct syntax_tree *tree, node_id node);

#endif
