/* unsupported: the forms that codegen has no lowering for, by node kind. A form leaves this table when it gets one. */
#include "analysis/unsupported.h"

#include "analysis/directives.h"
#include "parser/syntax/node.h"

static bool attribute(const struct syntax_tree *tree, node_id node) {
    return str_starts_with(node_text(tree, node_child(tree, node, FIELD_NAME)), STR("bind:form"));
}

/* `a then b` belongs to the steps of `animate`. */
static bool sequence_alone(const struct syntax_tree *tree, node_id node) {
    node_id around = node_ancestor(tree, node, NODE_DIRECTIVE);
    return !str_equal(node_text(tree, node_child(tree, around, FIELD_NAME)), STR("animate"));
}

/* `x |> .name` and `x |> .method(…)` look like columns and are members of x. */
static bool is_piped_member(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    if (node_kind(tree, parent) == NODE_CALL_EXPRESSION && node_field(tree, node) == FIELD_FUNCTION) {
        node = parent;
        parent = node_parent(tree, parent);
    }
    return node_kind(tree, parent) == NODE_PIPE_EXPRESSION && node_field(tree, node) == FIELD_RIGHT;
}

/* Only an argument can be a function of the row that a column belongs to. */
static bool column_alone(const struct syntax_tree *tree, node_id node) {
    node_id around = node_parent(tree, node);
    enum node_kind kind = node_kind(tree, around);
    while (around != NODE_NONE && kind != NODE_ARGUMENTS && kind != NODE_LAMBDA && kind != NODE_FUNCTION_EXPRESSION &&
           kind != NODE_FUNCTION_DECLARATION) {
        around = node_parent(tree, around);
        kind = node_kind(tree, around);
    }
    return kind != NODE_ARGUMENTS && !is_piped_member(tree, node);
}

/* A form: which nodes of a kind have it, the field that its range is, and what it is called. */
static const struct form {
    bool (*applies)(const struct syntax_tree *tree, node_id node);
    enum node_field at;
    const char *what;
} forms[NODE_KIND_COUNT] = {
    [NODE_JSX_ATTRIBUTE] = {attribute, FIELD_NAME, NULL},
    [NODE_SEQUENCE_EXPRESSION] = {sequence_alone, FIELD_NONE, "`then` outside of the steps of an animation"},
    [NODE_COLUMN] = {column_alone, FIELD_NONE, "A column outside of an argument"},
};

/* The kinds that have to be looked at: those of the forms, and what makes a subtree pass. */
static const bool listed[NODE_KIND_COUNT] = {[NODE_JSX_ATTRIBUTE] = true,
                                             [NODE_SEQUENCE_EXPRESSION] = true,
                                             [NODE_COLUMN] = true,
                                             [NODE_DIRECTIVE] = true};

static bool is_unsupported(const struct syntax_tree *tree, node_id node) {
    const struct form *form = &forms[node_kind(tree, node)];
    return form->applies != NULL && form->applies(tree, node);
}

void unsupported_add(struct arena *arena, struct diagnostic_list *list, struct span span, struct str what) {
    diagnostic_add(arena, list, DIAGNOSTIC_NOT_EMITTED, span,
                   "%.*s is understood but cannot be compiled yet, so the output of this block is not written. "
                   "Leave it out to compile the rest.",
                   STR_ARGUMENTS(what));
}

static void report(struct arena *arena, const struct syntax_tree *tree, node_id node, struct diagnostic_list *list) {
    const struct form *form = &forms[node_kind(tree, node)];
    node_id place = form->at == FIELD_NONE ? node : node_child(tree, node, form->at);
    struct str what = form->what != NULL ? str_from_c(form->what)
                                         : arena_printf(arena, "`%.*s`", STR_ARGUMENTS(node_text(tree, place)));
    unsupported_add(arena, list, node_span(tree, place), what);
}

/* A directive that is not emitted has been reported as a whole, and so has one that is none. */
static bool is_skipped(const struct syntax_tree *tree, node_id node) {
    if (node_kind(tree, node) != NODE_DIRECTIVE || directive_is_option(tree, node)) {
        return false;
    }
    const struct directive *directive = directive_of_node(tree, node);
    return directive == NULL || directive->emission == DIRECTIVE_IS_MISSING;
}

void unsupported_collect(struct arena *arena, const struct syntax_tree *tree, struct node_range range,
                         struct diagnostic_list *list) {
    for (node_id node = range.start; node < range.end;) {
        if (!listed[node_kind(tree, node)]) {
            node++;
            continue;
        }
        bool unsupported = is_unsupported(tree, node);
        if (unsupported && !node_has_error(tree, node)) {
            report(arena, tree, node, list);
        }
        node = unsupported || is_skipped(tree, node) ? tree->nodes[node].next : node + 1;
    }
}
