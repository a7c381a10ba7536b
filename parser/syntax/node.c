/* node: finding nodes by field, kind, place and position. */
#include "parser/syntax/node.h"

node_id node_with_field(const struct syntax_tree *tree, node_id node, node_id end, enum node_field field) {
    while (node < end && node_field(tree, node) != field) {
        node = tree->nodes[node].next;
    }
    return node < end ? node : NODE_NONE;
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

node_id node_next_same_field(const struct syntax_tree *tree, node_id child) {
    node_id end = tree->nodes[node_parent(tree, child)].next;
    return node_with_field(tree, tree->nodes[child].next, end, node_field(tree, child));
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

unsigned node_plain_position(const struct syntax_tree *tree, node_id child) {
    unsigned position = 0;
    node_id at = node_first_plain(tree, node_parent(tree, child));
    for (; at != NODE_NONE && at != child; at = node_next_plain(tree, at)) {
        position++;
    }
    return position;
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

/* How many nodes of the tree begin before offset: they stand first, as nodes come in order of their start. */
static node_id count_before(const struct syntax_tree *tree, uint32_t offset) {
    node_id low = NODE_ROOT;
    node_id high = tree->count;
    while (low < high) {
        node_id middle = low + (high - low) / 2;
        if (tree->nodes[middle].start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The node, or the nearest one around it that reaches `end`. */
static node_id reaching(const struct syntax_tree *tree, node_id node, uint32_t end) {
    while (node != NODE_NONE && tree->nodes[node].end < end) {
        node = tree->nodes[node].parent;
    }
    return node == NODE_NONE ? NODE_ROOT : node;
}

/* Is it without width at offset, and all that begins there around it too? */
static bool is_empty_at(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    for (; node != NODE_ROOT && tree->nodes[node].start == offset; node = tree->nodes[node].parent) {
        if (tree->nodes[node].end != offset) {
            return false;
        }
    }
    return true;
}

/* The deepest node that the byte before offset belongs to, or that has no width there. */
static node_id deepest_before(const struct syntax_tree *tree, uint32_t offset) {
    node_id first = count_before(tree, offset);
    for (node_id node = count_before(tree, offset + 1) - 1; node >= first && node > NODE_ROOT; node--) {
        if (is_empty_at(tree, node, offset)) {
            return node;
        }
    }
    return reaching(tree, first - 1, offset);
}

node_id node_holding(const struct syntax_tree *tree, uint32_t offset) {
    return reaching(tree, count_before(tree, offset + 1) - 1, offset + 1);
}

static bool is_name(const struct syntax_tree *tree, node_id node) {
    static const bool names[NODE_KIND_COUNT] = {
        [NODE_IDENTIFIER] = true, [NODE_TAG_NAME] = true, [NODE_ATTRIBUTE_NAME] = true};
    return names[node_kind(tree, node)];
}

node_id node_at(const struct syntax_tree *tree, uint32_t offset) {
    node_id behind = node_holding(tree, offset);
    if (is_name(tree, behind)) {
        return behind;
    }
    node_id before = deepest_before(tree, offset);
    if (is_name(tree, before)) {
        return before;
    }
    return behind != NODE_ROOT && tree->nodes[behind].start == offset ? behind : before;
}
