/* Statements that are never reached. One pass from the last node to the first, so that the parts of a node are known
 * before the node itself: which of them let the next statement run. */
#include "analysis/checks.h"

enum reach {
    REACH_ENDS = 1,   /* what follows it in its block does not run */
    REACH_BROKEN = 2, /* a loop (or a label) that a `break` leaves */
};

struct flow {
    struct check *check;
    const struct syntax_tree *tree;
    uint8_t *reach; /* per node */
};

static bool ends(const struct flow *flow, node_id node) { return (flow->reach[node] & REACH_ENDS) != 0; }

static bool ends_always(struct flow *flow, node_id node) {
    (void)flow;
    (void)node;
    return true;
}

/* ---- loops and jumps */

static bool is_loop(enum node_kind kind) {
    return kind == NODE_FOR_EXPRESSION || kind == NODE_WHILE_EXPRESSION || kind == NODE_LOOP_EXPRESSION;
}

static bool is_function(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
}

/* Marks the loop that a `break` leaves: the innermost, or the one of its label. */
static bool ends_break(struct flow *flow, node_id node) {
    const struct syntax_tree *tree = flow->tree;
    node_id label = node_child(tree, node, FIELD_LABEL);
    for (node_id at = node_parent(tree, node); at != NODE_NONE && !is_function(node_kind(tree, at));
         at = node_parent(tree, at)) {
        bool named = node_kind(tree, at) == NODE_LABELED_STATEMENT &&
                     str_equal(node_text(tree, node_child(tree, at, FIELD_LABEL)), node_text(tree, label));
        if (label == NODE_NONE ? is_loop(node_kind(tree, at)) : named) {
            flow->reach[at] |= REACH_BROKEN;
            flow->reach[named ? node_child(tree, at, FIELD_BODY) : at] |= REACH_BROKEN;
            return true;
        }
    }
    return false;
}

static bool ends_loop(struct flow *flow, node_id node) { return (flow->reach[node] & REACH_BROKEN) == 0; }

static bool ends_while(struct flow *flow, node_id node) {
    return node_kind(flow->tree, node_child(flow->tree, node, FIELD_CONDITION)) == NODE_TRUE && ends_loop(flow, node);
}

static bool ends_labeled(struct flow *flow, node_id node) {
    return ends(flow, node_child(flow->tree, node, FIELD_BODY)) && ends_loop(flow, node);
}

/* ---- choices */

static bool ends_if(struct flow *flow, node_id node) {
    const struct syntax_tree *tree = flow->tree;
    bool all = ends(flow, node_child(tree, node, FIELD_CONSEQUENCE)) &&
               ends(flow, node_child(tree, node, FIELD_ALTERNATIVE));
    NODE_EACH(child, tree, node) {
        if (node_kind(tree, child) == NODE_ELIF_CLAUSE) {
            all = all && ends(flow, node_child(tree, child, FIELD_CONSEQUENCE));
        }
    }
    return all;
}

/* When every arm does and the last one takes all that is left. */
static bool ends_match(struct flow *flow, node_id node) {
    const struct syntax_tree *tree = flow->tree;
    bool all = true;
    bool complete = false;
    NODE_EACH(arm, tree, node) {
        if (node_kind(tree, arm) == NODE_MATCH_ARM) {
            all = all && ends(flow, node_child(tree, arm, FIELD_BODY));
            complete = complete || match_arm_takes_all(tree, arm);
        }
    }
    return all && complete;
}

static bool ends_try(struct flow *flow, node_id node) {
    node_id handler = node_child(flow->tree, node, FIELD_HANDLER);
    bool both = ends(flow, node_child(flow->tree, node, FIELD_BODY)) && (handler == NODE_NONE || ends(flow, handler));
    return both || ends(flow, node_child(flow->tree, node, FIELD_FINALIZER));
}

static bool ends_with(struct flow *flow, node_id node) { return ends(flow, node_child(flow->tree, node, FIELD_BODY)); }

/* ---- blocks */

/* What is known before its block runs: it is there wherever it stands. */
static bool is_hoisted(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_TYPE_DECLARATION || kind == NODE_TRAIT_DECLARATION ||
           kind == NODE_INTERFACE_DECLARATION || kind == NODE_IMPL_DECLARATION;
}

static const char *what_ends(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_RETURN_STATEMENT:
        return "`return` leaves the function before it";
    case NODE_BREAK_STATEMENT:
        return "`break` leaves the loop before it";
    case NODE_CONTINUE_STATEMENT:
        return "`continue` goes on with the next round before it";
    case NODE_LOOP_EXPRESSION:
    case NODE_WHILE_EXPRESSION:
    case NODE_LABELED_STATEMENT:
        return "the loop before it never ends";
    default:
        return "every way through the statement before it leaves";
    }
}

static void report(struct flow *flow, node_id end, node_id first, node_id last) {
    const struct syntax_tree *tree = flow->tree;
    struct span span = {node_span(tree, first).start, node_span(tree, last).end};
    struct diagnostic *diagnostic = CHECK_REPORT(flow->check, UNREACHABLE_CODE, span, "This is never reached: %s.",
                                                 what_ends(node_kind(tree, end)));
    diagnostic->tags = 1u << DIAGNOSTIC_TAG_UNNECESSARY;
    diagnostic->related.span = node_span(tree, end);
    diagnostic->related.message = STR("Nothing behind this runs.");
    fix_remove(flow->check, diagnostic, span, "Remove what is never reached");
}

static bool ends_block(struct flow *flow, node_id node) {
    node_id end = NODE_NONE;
    node_id first = NODE_NONE;
    node_id last = NODE_NONE;
    bool closed = false;
    NODE_EACH(child, flow->tree, node) {
        enum node_kind kind = node_kind(flow->tree, child);
        if (node_is_comment(flow->tree, child)) {
            continue;
        }
        if (is_hoisted(kind)) {
            closed = first != NODE_NONE; /* one run of statements is enough to say it */
        } else if (end == NODE_NONE) {
            end = ends(flow, child) ? child : NODE_NONE;
        } else if (!closed) {
            first = first == NODE_NONE ? child : first;
            last = child;
        }
    }
    if (first != NODE_NONE && !node_has_error(flow->tree, node)) {
        report(flow, end, first, last);
    }
    return end != NODE_NONE;
}

static bool (*const rules[NODE_KIND_COUNT])(struct flow *flow, node_id node) = {
    [NODE_BLOCK] = ends_block,
    [NODE_RETURN_STATEMENT] = ends_always,
    [NODE_CONTINUE_STATEMENT] = ends_always,
    [NODE_BREAK_STATEMENT] = ends_break,
    [NODE_LOOP_EXPRESSION] = ends_loop,
    [NODE_WHILE_EXPRESSION] = ends_while,
    [NODE_LABELED_STATEMENT] = ends_labeled,
    [NODE_IF_EXPRESSION] = ends_if,
    [NODE_MATCH_EXPRESSION] = ends_match,
    [NODE_TRY_EXPRESSION] = ends_try,
    [NODE_WITH_EXPRESSION] = ends_with,
};

void check_reachable(struct check *check) {
    const struct syntax_tree *tree = check->file->tree;
    struct flow flow = {check, tree, arena_array(check->arena, uint8_t, tree->count)};
    for (struct check_part part = {0}; parts_before(check, &part);) {
        for (node_id node = part.end; node-- > part.start;) {
            bool (*rule)(struct flow *, node_id) = rules[node_kind(tree, node)];
            if (rule != NULL && rule(&flow, node)) {
                flow.reach[node] |= REACH_ENDS;
            }
        }
        if (ends(&flow, part.start)) {
            parts_keep_looking(check, &part); /* what stands around it has to know */
        }
    }
}
