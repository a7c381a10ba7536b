/* node: finding nodes by field, kind, place and position. */
#include "parser/syntax/node.h"

static node_id next_with_field(const struct syntax_tree *tree, node_id node, enum node_field field) {
    while (node != NODE_NONE && node_field(tree, node) != field) {
        node = node_next_sibling(tree, node);
    }
    return node;
}

static node_id next_plain(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_NONE && (node_field(tree, node) != FIELD_NONE || node_is_comment(tree, node))) {
        node = node_next_sibling(tree, node);
    }
    return node;
}

node_id node_shown_value(const struct syntax_tree *tree, node_id node) {
    static const bool expressions[NODE_KIND_COUNT] = {
        [NODE_IF_EXPRESSION] = true,   [NODE_MATCH_EXPRESSION] = true,   [NODE_FOR_EXPRESSION] = true,
        [NODE_CALL_EXPRESSION] = true, [NODE_BINARY_EXPRESSION] = true,  [NODE_JSX_ELEMENT] = true,
        [NODE_JSX_FRAGMENT] = true,    [NODE_MEMBER_EXPRESSION] = true,
    };
    node_id body = node_parent(tree, node);
    node_id only = node_first_plain(tree, node);
    bool shown = node_kind(tree, node) == NODE_BARE_BLOCK && node_field(tree, body) == FIELD_BODY &&
                 node_kind(tree, node_parent(tree, body)) == NODE_COMPONENT_DECLARATION;
    bool single = only != NODE_NONE && node_next_plain(tree, only) == NODE_NONE;
    return shown && single && expressions[node_kind(tree, only)] ? only : NODE_NONE;
}

bool node_is_comment(const struct syntax_tree *tree, node_id node) {
    static const bool comments[NODE_KIND_COUNT] = {
        [NODE_COMMENT] = true, [NODE_DOC_COMMENT] = true, [NODE_BLOCK_COMMENT] = true, [NODE_FOREIGN] = true};
    return comments[node_kind(tree, node)];
}

node_id node_child(const struct syntax_tree *tree, node_id node, enum node_field field) {
    return next_with_field(tree, node_first_child(tree, node), field);
}

node_id node_next_same_field(const struct syntax_tree *tree, node_id child) {
    return next_with_field(tree, node_next_sibling(tree, child), node_field(tree, child));
}

node_id node_child_of_kind(const struct syntax_tree *tree, node_id node, enum node_kind kind) {
    NODE_EACH(child, tree, node) {
        if (node_kind(tree, child) == kind) {
            return child;
        }
    }
    return NODE_NONE;
}

node_id node_first_plain(const struct syntax_tree *tree, node_id node) {
    return next_plain(tree, node_first_child(tree, node));
}

node_id node_next_plain(const struct syntax_tree *tree, node_id child) {
    return next_plain(tree, node_next_sibling(tree, child));
}

node_id node_ancestor(const struct syntax_tree *tree, node_id node, enum node_kind kind) {
    do {
        node = node_parent(tree, node);
    } while (node != NODE_NONE && node_kind(tree, node) != kind);
    return node;
}

struct str node_inserted_token(const struct syntax_tree *tree, node_id node) {
    uint32_t low = 0;
    uint32_t high = tree->inserted_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (tree->inserted[middle].node == node) {
            return tree->inserted[middle].token;
        }
        if (tree->inserted[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return STR("");
}

/* ---- by position */

/* Of the children that touch offset, the one that the byte before it belongs to (or one of no width). */
static node_id child_before(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    node_id found = NODE_NONE;
    NODE_EACH(child, tree, node) {
        struct span span = node_span(tree, child);
        if (span.start > offset) {
            break;
        }
        if (span_touches(span, offset) && (span.start < offset || span.end == offset)) {
            found = child;
        }
    }
    return found;
}

/* The child that holds the byte at offset. */
static node_id child_behind(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    NODE_EACH(child, tree, node) {
        struct span span = node_span(tree, child);
        if (span.start > offset) {
            break;
        }
        if (offset < span.end) {
            return child;
        }
    }
    return NODE_NONE;
}

static node_id deepest(const struct syntax_tree *tree, uint32_t offset,
                       node_id (*choose)(const struct syntax_tree *, node_id, uint32_t)) {
    node_id node = NODE_ROOT;
    for (node_id child = node; child != NODE_NONE; child = choose(tree, node, offset)) {
        node = child;
    }
    return node;
}

static bool is_name(const struct syntax_tree *tree, node_id node) {
    static const bool names[NODE_KIND_COUNT] = {
        [NODE_IDENTIFIER] = true, [NODE_TAG_NAME] = true, [NODE_ATTRIBUTE_NAME] = true};
    return names[node_kind(tree, node)];
}

node_id node_at(const struct syntax_tree *tree, uint32_t offset) {
    node_id behind = deepest(tree, offset, child_behind);
    if (is_name(tree, behind)) {
        return behind;
    }
    node_id before = deepest(tree, offset, child_before);
    if (is_name(tree, before)) {
        return before;
    }
    return behind != NODE_ROOT && tree->nodes[behind].start == offset ? behind : before;
}
