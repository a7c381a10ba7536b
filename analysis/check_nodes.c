/* The checks of single nodes, by kind. */
#include "analysis/checks.h"
#include "analysis/regex_syntax.h"

enum { NODES_BETWEEN_STOPS = 4096 };

static void check_regex(struct check *check, node_id node) {
    struct regex_finding finding = regex_check(node_text(check->file->tree, node));
    if (finding.verdict == REGEX_WRONG) {
        uint32_t start = node_span(check->file->tree, node).start;
        struct span span = {start + finding.span.start, start + finding.span.end};
        CHECK_REPORT(check, WRONG_REGEX, span, "%s", finding.message);
    }
}

static void check_element(struct check *check, node_id node) {
    check_tag(check, node);
    check_property_types(check, node);
    check_properties(check, node);
    check_handlers(check, node);
    check_markup(check, node);
}

static void check_call(struct check *check, node_id node) {
    check_call_of_name(check, node);
    check_database_call(check, node);
    check_changed_state(check, node);
    check_job(check, node);
    check_promise(check, node);
    check_called_value(check, node);
    check_columns(check, node);
}

static void check_member_expression(struct check *check, node_id node) {
    check_member(check, node);
    check_uncalled_endpoint(check, node);
}

static void check_assignment(struct check *check, node_id node) {
    check_assigned_type(check, node);
    check_uncalled_assigned(check, node);
    check_taken_fields(check, node);
}

static void (*const node_checks[NODE_KIND_COUNT])(struct check *check, node_id node) = {
    [NODE_AWAIT_EXPRESSION] = check_await,
    [NODE_FOR_EXPRESSION] = check_await,
    [NODE_YIELD_EXPRESSION] = check_yield,
    [NODE_DIRECTIVE] = check_directive,
    [NODE_CALL_EXPRESSION] = check_call,
    [NODE_STRUCT_LITERAL] = check_struct,
    [NODE_ROUTE_DECORATOR] = check_guard,
    [NODE_DEFER_STATEMENT] = check_defer,
    [NODE_OBJECT] = check_object,
    [NODE_JSX_ELEMENT] = check_element,
    [NODE_TYPE_BODY] = check_fields_of_type,
    [NODE_IMPL_DECLARATION] = check_impl,
    [NODE_MEMBER_EXPRESSION] = check_member_expression,
    [NODE_IDENTIFIER] = check_uncalled_name,
    [NODE_REGEX] = check_regex,
    [NODE_MATCH_EXPRESSION] = check_match,
    [NODE_JSX_MATCH] = check_match,
    [NODE_FUNCTION_DECLARATION] = check_function_type,
    [NODE_FUNCTION_EXPRESSION] = check_function_type,
    [NODE_RETURN_STATEMENT] = check_return_type,
    [NODE_VAR_DECLARATION] = check_declared_type,
    [NODE_STATE_DECLARATION] = check_declared_type,
    [NODE_COMPUTED_DECLARATION] = check_declared_type,
    [NODE_PARAMETER] = check_declared_type,
    [NODE_FIELD_DECLARATION] = check_declared_type,
    [NODE_ASSIGNMENT] = check_assignment,
    [NODE_AUGMENTED_ASSIGNMENT] = check_augmented_type,
    [NODE_STRING] = check_dollars,
    [NODE_TRIPLE_STRING] = check_dollars,
    [NODE_BINARY_EXPRESSION] = check_operand_types,
};

void check_nodes(struct check *check) {
    const struct syntax_tree *tree = check->file->tree;
    for (struct check_part part = {0}; parts_next(check, &part);) {
        for (node_id node = part.start; node < part.end; node++) {
            if (node % NODES_BETWEEN_STOPS == 0 && stop_asked(check->stop)) {
                return;
            }
            void (*rule)(struct check *, node_id) = node_checks[node_kind(tree, node)];
            if (rule != NULL) {
                rule(check, node);
            }
        }
    }
}
