/* syntax_errors */
#include "parser/syntax/syntax_errors.h"

void syntax_errors_collect(struct arena *arena, const struct syntax_tree *tree, struct diagnostic_list *list) {
    for (node_id node = NODE_ROOT; node < tree->count; node++)
        if (tree->nodes[node].kind == NODE_ERROR || tree->nodes[node].kind == NODE_MISSING)
            diagnostic_add(arena, list, DIAGNOSTIC_SYNTAX, (struct span){tree->nodes[node].start, tree->nodes[node].end},
                           "This fits nowhere.");
}
