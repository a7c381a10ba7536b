/* action_rewrites: the same in other words: `client` as `browser`, and texts that are put together with `+` as one text. */
#include "server/features/action.h"

/* ---- client { } */

static void offer_browser(struct action_maker *maker) {
    const struct syntax_tree *tree = maker->tree;
    node_id node = node_at(tree, maker->span.start);
    node_id block = node_kind(tree, node) == NODE_BROWSER_BLOCK ? node : node_ancestor(tree, node, NODE_BROWSER_BLOCK);
    struct span word = {node_span(tree, block).start, node_span(tree, block).start + 6};
    if (block == NODE_NONE || !str_equal(text_slice(tree->text, word), STR("client")) || !action_touches(maker, word)) {
        return;
    }
    struct code_action *action = action_add(maker, "Write `browser` in place of `client`");
    action_edit(maker, action, word, STR("browser"));
}

/* ---- "a" + b */

static bool is_sum(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_BINARY_EXPRESSION &&
           str_equal(node_text(tree, node_child(tree, node, FIELD_OPERATOR)), STR("+"));
}

/* A text in double quotes on one line. */
static bool is_text(const struct syntax_tree *tree, node_id node) {
    struct str text = node_text(tree, node);
    return node_kind(tree, node) == NODE_STRING && text.size > 1 && text.data[0] == '"' &&
           str_find(text, '\n', 0) == text.size;
}

/* Can the value stand between the braces of a text? */
static bool fits_in_text(const struct syntax_tree *tree, node_id node) {
    struct str text = node_text(tree, node);
    enum node_kind kind = node_kind(tree, node);
    bool plain = kind == NODE_IDENTIFIER || kind == NODE_MEMBER_EXPRESSION || kind == NODE_CALL_EXPRESSION ||
                 kind == NODE_NUMBER || kind == NODE_INDEX_EXPRESSION || kind == NODE_PAREN_LIST;
    return plain && str_find(text, '\n', 0) == text.size && str_find(text, '"', 0) == text.size &&
           str_find(text, '{', 0) == text.size && str_find(text, '\\', 0) == text.size;
}

enum { MOST_PARTS = 32 };

/* The parts of a sum from left to right, and whether all can become one text. From the second part on, everything is added to
 * a text; so one of the first two has to be one. */
static unsigned parts_of(const struct syntax_tree *tree, node_id sum, node_id parts[MOST_PARTS]) {
    unsigned count = 0;
    for (node_id node = sum;; node = node_child(tree, node, FIELD_LEFT)) {
        if (count == MOST_PARTS) {
            return 0;
        }
        if (!is_sum(tree, node)) {
            parts[count++] = node;
            break;
        }
        parts[count++] = node_child(tree, node, FIELD_RIGHT);
    }
    for (unsigned i = 0; i < count; i++) {
        if (!is_text(tree, parts[i]) && !fits_in_text(tree, parts[i])) {
            return 0;
        }
    }
    bool text = is_text(tree, parts[count - 1]) || (count > 1 && is_text(tree, parts[count - 2]));
    return text ? count : 0;
}

static void offer_one_text(struct action_maker *maker) {
    const struct syntax_tree *tree = maker->tree;
    node_id parts[MOST_PARTS];
    node_id node = node_at(tree, maker->span.start);
    while (node != NODE_NONE && !is_sum(tree, node)) {
        enum node_kind kind = node_kind(tree, node);
        bool inner = kind == NODE_STRING || kind == NODE_IDENTIFIER || kind == NODE_TOKEN || kind == NODE_MEMBER_EXPRESSION;
        node = inner ? node_parent(tree, node) : NODE_NONE;
    }
    while (is_sum(tree, node_parent(tree, node))) {
        node = node_parent(tree, node);
    }
    unsigned count = node == NODE_NONE || node_has_error(tree, node) ? 0 : parts_of(tree, node, parts);
    if (count < 2) {
        return;
    }
    struct str text = STR("");
    for (unsigned i = count; i-- > 0;) {
        struct str part = node_text(tree, parts[i]);
        bool value = !is_text(tree, parts[i]);
        part = value ? part : str_slice(part, 1, part.size - 1);
        text = arena_printf(maker->arena, "%.*s%s%.*s%s", STR_ARGUMENTS(text), value ? "{" : "", STR_ARGUMENTS(part),
                            value ? "}" : "");
    }
    struct code_action *action = action_add(maker, "Write as one text with interpolations");
    action_edit(maker, action, node_span(tree, node), arena_printf(maker->arena, "\"%.*s\"", STR_ARGUMENTS(text)));
}

void action_rewrites(struct action_maker *maker) {
    offer_browser(maker);
    offer_one_text(maker);
}
