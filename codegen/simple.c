/* simple: which expressions become one expression of JavaScript, and which need statements. */
#include "codegen/statements.h"

#include "codegen/expressions.h"

bool is_statement_like(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_IF_EXPRESSION:
    case NODE_MATCH_EXPRESSION:
    case NODE_FOR_EXPRESSION:
    case NODE_WHILE_EXPRESSION:
    case NODE_LOOP_EXPRESSION:
    case NODE_TRY_EXPRESSION:
    case NODE_WITH_EXPRESSION:
        return true;
    default:
        return false;
    }
}

static bool is_function(enum node_kind kind) {
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
}

/* A block of exactly one expression. */
static node_id only_expression(const struct emitter *e, node_id block) {
    if (kind_of(e, block) != NODE_BLOCK) {
        return block;
    }
    node_id only = NODE_NONE;
    NODE_EACH(child, e->tree, block) {
        if (node_is_comment(e->tree, child) || only != NODE_NONE) {
            return NODE_NONE;
        }
        only = child;
    }
    return only;
}

static bool binds_names(const struct emitter *e, node_id pattern) {
    node_id end = e->tree->nodes[pattern].next;
    for (node_id n = pattern; n < end; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->access == ACCESS_DECLARE) {
            return true;
        }
    }
    return false;
}

static bool is_simple_part(const struct emitter *e, node_id part) {
    node_id only = only_expression(e, part);
    return only != NODE_NONE && is_simple(e, only);
}

static bool is_simple_if(const struct emitter *e, node_id node) {
    node_id alternative = node_child(e->tree, node, FIELD_ALTERNATIVE);
    bool simple = alternative != NODE_NONE && is_simple_part(e, alternative) &&
                  is_simple_part(e, node_child(e->tree, node, FIELD_CONSEQUENCE)) &&
                  is_simple(e, node_child(e->tree, node, FIELD_CONDITION));
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_ELIF_CLAUSE) {
            simple = simple && is_simple_part(e, node_child(e->tree, child, FIELD_CONSEQUENCE)) &&
                     is_simple(e, node_child(e->tree, child, FIELD_CONDITION));
        }
    }
    return simple;
}

/* Statements of a guard would become a function of their own. */
static bool has_yield(const struct emitter *e, node_id guard) {
    for (node_id n = guard; guard != NODE_NONE && n < e->tree->nodes[guard].next; n++) {
        if (kind_of(e, n) == NODE_YIELD_EXPRESSION) {
            return true;
        }
    }
    return false;
}

static bool is_simple_match(const struct emitter *e, node_id node) {
    bool simple = is_simple(e, node_child(e->tree, node, FIELD_VALUE));
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_MATCH_ARM) {
            node_id guard = node_child(e->tree, child, FIELD_GUARD);
            simple = simple && !has_yield(e, guard) && !binds_names(e, node_child(e->tree, child, FIELD_PATTERN)) &&
                     is_simple_part(e, node_child(e->tree, child, FIELD_BODY)) &&
                     (guard == NODE_NONE || is_simple(e, guard));
        }
    }
    return simple;
}

static bool needs_statements(enum node_kind kind) {
    return kind == NODE_PROPAGATE_EXPRESSION || kind == NODE_RETURN_STATEMENT || kind == NODE_BREAK_STATEMENT ||
           kind == NODE_CONTINUE_STATEMENT || kind == NODE_ASSIGNMENT || kind == NODE_AUGMENTED_ASSIGNMENT ||
           kind == NODE_VAR_DECLARATION || kind == NODE_STATE_DECLARATION || kind == NODE_EXPRESSION_LIST ||
           kind == NODE_DEFER_STATEMENT || kind == NODE_GUARD_STATEMENT || kind == NODE_LABELED_STATEMENT ||
           kind == NODE_ERROR || kind == NODE_DIRECTIVE;
}

bool is_simple(const struct emitter *e, node_id node) {
    node_id end = e->tree->nodes[node].next;
    for (node_id n = node; node != NODE_NONE && n < end;) {
        enum node_kind kind = kind_of(e, n);
        if (kind == NODE_IF_EXPRESSION || kind == NODE_MATCH_EXPRESSION || kind == NODE_JSX_MATCH) {
            if (kind == NODE_IF_EXPRESSION ? !is_simple_if(e, n) : !is_simple_match(e, n)) {
                return false;
            }
            n = e->tree->nodes[n].next;
            continue;
        }
        if (is_statement_like(kind) || needs_statements(kind) || kind == NODE_FUNCTION_DECLARATION) {
            return false;
        }
        if (kind == NODE_COMPREHENSION_CLAUSE && !comprehension_is_simple(e, node_parent(e->tree, n))) {
            return false;
        }
        n = is_function(kind) || kind == NODE_JSX_ELEMENT ? e->tree->nodes[n].next : n + 1;
    }
    return true;
}
