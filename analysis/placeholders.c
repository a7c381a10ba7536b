/* placeholders: `_` right of a pipe. */
#include "analysis/placeholders.h"

static bool is_wildcard(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_IDENTIFIER && str_equal(node_text(tree, node), STR("_"));
}

static bool is_parenthesised(const struct syntax_tree *tree, node_id node) {
    node_id first = node_first_plain(tree, node);
    return node_kind(tree, node) == NODE_PAREN_LIST && first != NODE_NONE &&
           node_next_plain(tree, first) == NODE_NONE;
}

bool placeholder_is(const struct syntax_tree *tree, node_id node) {
    while (is_parenthesised(tree, node)) {
        node = node_first_plain(tree, node);
    }
    return is_wildcard(tree, node);
}

bool placeholder_is_argument(const struct syntax_tree *tree, node_id argument) {
    bool named = node_kind(tree, argument) == NODE_NAMED_ARGUMENT;
    return placeholder_is(tree, named ? node_child(tree, argument, FIELD_VALUE) : argument);
}

/* The first operand of what operators join: `f()` of `f() > 1`. */
static node_id head_of(const struct syntax_tree *tree, node_id node) {
    while (node_kind(tree, node) == NODE_BINARY_EXPRESSION) {
        node = node_child(tree, node, FIELD_LEFT);
    }
    return node;
}

static bool takes_places(const struct syntax_tree *tree, node_id right) {
    switch ((int)node_kind(tree, right)) {
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_ARRAY:
    case NODE_OBJECT:
        return true;
    case NODE_BINARY_EXPRESSION:
        return node_kind(tree, head_of(tree, right)) != NODE_CALL_EXPRESSION;
    default:
        return false;
    }
}

bool placeholder_fills(const struct syntax_tree *tree, node_id right) {
    for (node_id node = right; takes_places(tree, right) && node < tree->nodes[right].next; node++) {
        if (is_wildcard(tree, node)) {
            return true;
        }
    }
    return false;
}

static bool is_piped_into(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node_parent(tree, node)) == NODE_PIPE_EXPRESSION && node_field(tree, node) == FIELD_RIGHT;
}

/* Is the call what a pipe gives its value to: `x |> f(_)`, `x |> (f(_))`, `x |> f(_) > 1`? */
static bool takes_value(const struct syntax_tree *tree, node_id call) {
    node_id node = call;
    for (node_id parent = node_parent(tree, node); parent != NODE_NONE; parent = node_parent(tree, node)) {
        bool first = node_kind(tree, parent) == NODE_BINARY_EXPRESSION && node_field(tree, node) == FIELD_LEFT;
        if (!first && !is_parenthesised(tree, parent)) {
            break;
        }
        node = parent;
    }
    return is_piped_into(tree, node);
}

static bool is_argument_of_pipe(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    while (is_parenthesised(tree, parent)) {
        parent = node_parent(tree, parent);
    }
    if (node_kind(tree, parent) == NODE_NAMED_ARGUMENT) {
        parent = node_parent(tree, parent);
    }
    node_id call = node_parent(tree, parent);
    return node_kind(tree, parent) == NODE_ARGUMENTS && node_kind(tree, call) == NODE_CALL_EXPRESSION &&
           takes_value(tree, call);
}

bool placeholder_is_filled(const struct syntax_tree *tree, node_id node) {
    if (is_argument_of_pipe(tree, node)) {
        return true;
    }
    for (node_id around = node; around != NODE_NONE; around = node_parent(tree, around)) {
        if (is_piped_into(tree, around) && takes_places(tree, around)) {
            return true;
        }
    }
    return false;
}
