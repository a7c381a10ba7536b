/* inspect: the smallest node around a range, printed. */
#include "server/features/inspect.h"

#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

enum { MOST_BYTES = 16 * 1024 * 1024 };

struct str inspect_syntax(const struct feature_context *context, struct span span) {
    const struct syntax_tree *tree = context->file->tree;
    node_id node = node_at(tree, span.start);
    while (node_parent(tree, node) != NODE_NONE &&
           !(node_span(tree, node).start <= span.start && span.end <= node_span(tree, node).end)) {
        node = node_parent(tree, node);
    }
    struct strbuf out;
    strbuf_init(&out, MOST_BYTES);
    syntax_print(tree, node, true, &out);
    struct str text = arena_str(context->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return text;
}
