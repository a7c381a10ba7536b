/* `await`, `yield` and `defer`: words that need a function of a certain kind around them. */
#include "analysis/checks.h"
#include "analysis/peers.h"

/* What runs as a whole: the innermost function, effect, component … around a node, or the file. */
static node_id runner_of(const struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    for (node = node_parent(tree, node); node != NODE_NONE && node != NODE_ROOT; node = node_parent(tree, node)) {
        switch ((int)node_kind(tree, node)) {
        case NODE_FUNCTION_DECLARATION:
        case NODE_FUNCTION_EXPRESSION:
        case NODE_LAMBDA:
        case NODE_EFFECT_DECLARATION:
        case NODE_COMPUTED_DECLARATION:
        case NODE_COMPONENT_DECLARATION:
        case NODE_STORE_DECLARATION:
        case NODE_DIRECTIVE:
        case NODE_ROUTE_DECLARATION:
            return node;
        default:
            break;
        }
    }
    return NODE_ROOT;
}

static bool is_function(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
}

/* Such a function is async without saying so. The uses are in order of their node. */
static bool calls_server(const struct check *check, node_id function) {
    const struct file_analysis *file = check->file;
    unsigned low = 0;
    unsigned high = file->rpc_uses.count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (file->rpc_uses.items[middle].node < function) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < file->rpc_uses.count && file->rpc_uses.items[low].node < file->tree->nodes[function].next &&
           !peer_use_holds(check->package, file, &file->rpc_uses.items[low])) {
        low++;
    }
    return low < file->rpc_uses.count && file->rpc_uses.items[low].node < file->tree->nodes[function].next;
}

/* A function that waits is async, and is emitted so; a named one ought to say it to those who call it. Hooks and middleware
 * are called by their word alone. */
static void report_function(struct check *check, node_id node, node_id function) {
    const struct syntax_tree *tree = check->file->tree;
    node_id name = node_child(tree, function, FIELD_NAME);
    struct span word = {node_span(tree, node).start, node_span(tree, node).start + 5};
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, AWAIT_OUTSIDE_ASYNC, word,
                     "`await` makes `%.*s` async, and its declaration does not say so. Write `async fn %.*s`.",
                     STR_ARGUMENTS(node_text(tree, name)), STR_ARGUMENTS(node_text(tree, name)));
    uint32_t start = node_span(tree, function).start;
    diagnostic->related.span = node_span(tree, name);
    diagnostic->related.message = STR("This function does not say that it is async.");
    fix_set(check, diagnostic, (struct span){start, start}, STR("async "), "Write `async` before the function");
}

void check_await(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    bool loop = node_kind(tree, node) == NODE_FOR_EXPRESSION;
    if (loop && node_child(tree, node, FIELD_ASYNC) == NODE_NONE) {
        return;
    }
    node_id runner = runner_of(check, node);
    enum node_kind kind = node_kind(tree, runner);
    if (kind == NODE_FUNCTION_DECLARATION) {
        if (node_child(tree, runner, FIELD_ASYNC) == NODE_NONE && !calls_server(check, runner) &&
            node_kind(tree, node_parent(tree, runner)) != NODE_DIRECTIVE) {
            report_function(check, node, runner);
        }
    } else if (kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION) {
        struct span word = {node_span(tree, node).start, node_span(tree, node).start + 5};
        CHECK_REPORT(check, MISPLACED, word,
                     "A %s is built at once and cannot wait. Write `await` in an `effect` or in an async function.",
                     kind == NODE_COMPONENT_DECLARATION ? "component" : "store");
    }
}

void check_yield(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    enum node_kind kind = node_kind(tree, runner_of(check, node));
    struct span word = {node_span(tree, node).start, node_span(tree, node).start + 5};
    if (!is_function(kind)) {
        CHECK_REPORT(check, MISPLACED, word,
                     "`yield` belongs into a function: it gives the next value of the sequence that the function makes.");
    }
}

static bool stands_in_block(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = NODE_NULL;
    while (node != NODE_NONE && kind != NODE_SERVER_BLOCK && kind != NODE_BROWSER_BLOCK && kind != NODE_SHARED_BLOCK) {
        node = node_parent(tree, node);
        kind = node_kind(tree, node);
    }
    return node != NODE_NONE;
}

/* The top of a module ends as a function does; a server or a page goes on. */
void check_defer(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    node_id runner = runner_of(check, node);
    enum node_kind kind = node_kind(tree, runner);
    bool member = runner == NODE_ROOT && stands_in_block(tree, node);
    if (member || kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION) {
        struct span word = {node_span(tree, node).start, node_span(tree, node).start + 5};
        CHECK_REPORT(check, MISPLACED, word,
                     "`defer` belongs into a function: it runs when the function around it is left, and there is none.");
    }
}
