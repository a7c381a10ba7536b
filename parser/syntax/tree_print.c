/* tree_print: a tree as an s-expression. */
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

static void print_head(const struct syntax_tree *tree, node_id node, struct strbuf *out) {
    if (node_field(tree, node) != FIELD_NONE) {
        strbuf_add(out, node_field_name(node_field(tree, node)));
        strbuf_add(out, STR(": "));
    }
    if (node_kind(tree, node) == NODE_TOKEN) {
        strbuf_add_byte(out, '"');
        strbuf_add(out, node_text(tree, node));
        strbuf_add_byte(out, '"');
        return;
    }
    strbuf_add_byte(out, '(');
    strbuf_add(out, node_kind_name(node_kind(tree, node)));
}

/* Closes all that ends with `last`, from it upwards to `top`; returns how many nodes that was. */
static unsigned print_ends(const struct syntax_tree *tree, node_id last, node_id top, struct strbuf *out) {
    unsigned ended = 0;
    for (node_id node = last; tree->nodes[node].next == last + 1; node = node_parent(tree, node)) {
        if (node_kind(tree, node) != NODE_TOKEN) {
            strbuf_add_byte(out, ')');
        }
        ended++;
        if (node == top) {
            break;
        }
    }
    return ended;
}

void syntax_print(const struct syntax_tree *tree, node_id node, bool lines, struct strbuf *out) {
    node_id end = node != NODE_NONE ? tree->nodes[node].next : node;
    unsigned depth = 0;
    for (node_id id = node; id < end; id++, depth++) {
        if (id != node) {
            strbuf_add_byte(out, lines ? '\n' : ' ');
        }
        if (lines) {
            strbuf_add_repeat(out, ' ', (size_t)depth * 2);
        }
        print_head(tree, id, out);
        depth -= print_ends(tree, id, node, out);
    }
    if (lines && node < end) {
        strbuf_add_byte(out, '\n');
    }
}
