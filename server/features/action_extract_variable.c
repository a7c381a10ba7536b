/* action_extract_variable: a name for the selected expression, computed just before the statement that it stands in. What markup
 * shows is followed, so its name is a `computed`; the body of a lambda becomes a block where it has to. */
#include "server/features/action.h"

#include "analysis/lookup.h"

/* Is every local name that the expression speaks of known where the new statement goes? */
static bool names_are_known(const struct action_maker *maker, node_id expression, node_id place) {
    const struct file_analysis *file = maker->file;
    const struct syntax_tree *tree = maker->tree;
    struct span span = node_span(tree, expression);
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        struct span use = node_span(tree, binding->node);
        if (!span_contains(span, use) || binding->symbol == 0 || binding->access == ACCESS_MEMBER) {
            continue;
        }
        const struct symbol *symbol = analysis_symbol(file, binding->symbol);
        if ((symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 || span_contains(span, node_span(tree, symbol->name_node))) {
            continue;
        }
        struct span scope = node_span(tree, file->scopes.items[symbol->scope].node);
        if (!span_contains(scope, node_span(tree, place))) {
            return false;
        }
        /* Where the scope is a part of the place itself, as the variable of a loop in markup is. */
        if (span_contains(node_span(tree, place), node_span(tree, symbol->name_node))) {
            return false;
        }
    }
    return true;
}

static bool is_last(const struct syntax_tree *tree, node_id statement) {
    for (node_id next = node_next_sibling(tree, statement); next != NODE_NONE; next = node_next_sibling(tree, next)) {
        if (!node_is_comment(tree, next)) {
            return false;
        }
    }
    return true;
}

/* "name = value", as the place asks for it. */
static struct str declaration(struct action_maker *maker, const char *keyword, struct str name, struct span value,
                              struct str indentation) {
    struct str text = action_reindented(maker, value, indentation);
    return arena_printf(maker->arena, "%s%.*s = %.*s", keyword, STR_ARGUMENTS(name), STR_ARGUMENTS(text));
}

static void before_statement(struct action_maker *maker, struct code_action *action, node_id expression,
                             node_id statement, const char *keyword, struct str name) {
    const struct syntax_tree *tree = maker->tree;
    struct span value = node_span(tree, expression);
    uint32_t start = action_start_with_comments(tree, statement);
    struct str indentation = action_indentation(tree, start);
    struct str text = declaration(maker, keyword, name, value, indentation);
    if (statement == expression && !is_last(tree, statement)) {
        action_edit(maker, action, (struct span){value.start, value.start},
                    arena_printf(maker->arena, "%s%.*s = ", keyword, STR_ARGUMENTS(name)));
        return;
    }
    if (action_starts_line(tree, start)) {
        text = arena_printf(maker->arena, "%.*s\n%.*s", STR_ARGUMENTS(text), STR_ARGUMENTS(indentation));
    } else {
        start = node_span(tree, statement).start;
        text = arena_concat(maker->arena, text, STR("; "));
    }
    if (start == value.start) {
        action_edit(maker, action, value, arena_concat(maker->arena, text, name));
        return;
    }
    action_edit(maker, action, (struct span){start, start}, text);
    action_edit(maker, action, value, name);
}

/* `fn(x) f(x + 1)` becomes `fn(x) {`, the name, `f(name)`, `}`. */
static void in_block(struct action_maker *maker, struct code_action *action, node_id expression, node_id body,
                     struct str name) {
    const struct syntax_tree *tree = maker->tree;
    struct span whole = node_span(tree, body);
    struct span value = node_span(tree, expression);
    struct str outer = action_indentation(tree, whole.start);
    struct str inner = arena_concat(maker->arena, outer, STR("  "));
    struct str before = text_slice(tree->text, (struct span){whole.start, value.start});
    struct str after = text_slice(tree->text, (struct span){value.end, whole.end});
    struct str text = declaration(maker, "", name, value, inner);
    action_edit(maker, action, whole,
                arena_printf(maker->arena, "{\n%.*s%.*s\n%.*s%.*s%.*s%.*s\n%.*s}", STR_ARGUMENTS(inner),
                             STR_ARGUMENTS(text), STR_ARGUMENTS(inner), STR_ARGUMENTS(before), STR_ARGUMENTS(name),
                             STR_ARGUMENTS(after), STR_ARGUMENTS(outer)));
}

/* Markup is followed from a component's own body only, and nothing there waits. */
static bool markup_allows(const struct action_maker *maker, node_id expression, node_id statement) {
    const struct syntax_tree *tree = maker->tree;
    node_id block = node_parent(tree, statement);
    enum node_kind around = node_kind(tree, node_parent(tree, block));
    bool computed = node_kind(tree, statement) == NODE_COMPUTED_DECLARATION && around == NODE_BROWSER_BLOCK;
    return (around == NODE_COMPONENT_DECLARATION || computed) && !action_waits(maker, node_span(tree, expression));
}

/* Is it a part of what markup shows, though in a block of its own: `{if open { f() }}`? No name is made there that waits. */
static bool is_shown(const struct syntax_tree *tree, node_id node) {
    for (; node != NODE_NONE; node = node_parent(tree, node)) {
        enum node_kind kind = node_kind(tree, node);
        if (kind == NODE_JSX_EXPRESSION || kind == NODE_JSX_BLOCK) {
            return true;
        }
        if (kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION) {
            return false;
        }
    }
    return false;
}

/* Is it the same whenever it is computed? */
static bool is_fixed(const struct syntax_tree *tree, node_id expression) {
    enum node_kind kind = node_kind(tree, expression);
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_NUMBER || kind == NODE_TRUE ||
           kind == NODE_FALSE || kind == NODE_SINGLE_STRING || kind == NODE_RAW_STRING || kind == NODE_REGEX ||
           (kind == NODE_STRING && node_child_of_kind(tree, expression, NODE_INTERPOLATION) == NODE_NONE);
}

/* The whole value of a declaration has a name. */
static bool has_name(const struct syntax_tree *tree, node_id expression) {
    enum node_kind parent = node_kind(tree, node_parent(tree, expression));
    enum node_field field = node_field(tree, expression);
    return (parent == NODE_ASSIGNMENT && field == FIELD_RIGHT) ||
           ((parent == NODE_VAR_DECLARATION || parent == NODE_STATE_DECLARATION || parent == NODE_COMPUTED_DECLARATION) &&
            field == FIELD_VALUE);
}

/* What a function gives is not called as the function is. */
static struct str wish_for(struct action_maker *maker, node_id expression) {
    struct str wish = action_value_name(maker, expression);
    node_id call = expression;
    while (node_kind(maker->tree, call) == NODE_AWAIT_EXPRESSION || node_kind(maker->tree, call) == NODE_PROPAGATE_EXPRESSION) {
        call = node_child(maker->tree, call, FIELD_VALUE);
    }
    return str_equal(wish, node_text(maker->tree, node_child(maker->tree, call, FIELD_FUNCTION))) ? STR("result") : wish;
}

void action_extract_variable(struct action_maker *maker) {
    struct selection selection = action_selection(maker);
    node_id expression = selection.expression;
    const struct syntax_tree *tree = maker->tree;
    if (expression == NODE_NONE || has_name(tree, expression) ||
        action_speaks_of_its_place(maker, expression, expression)) {
        return;
    }
    struct surrounding around = action_surrounding(maker, expression);
    bool fixed = is_fixed(tree, expression);
    bool allowed = fixed || (around.markup ? markup_allows(maker, expression, around.node)
                                           : !is_shown(tree, around.node) || !action_waits(maker, selection.span));
    if (around.kind == SURROUNDING_NONE || !allowed || !names_are_known(maker, expression, around.node)) {
        return;
    }
    uint32_t block = lookup_block(maker->file, selection.span.start);
    struct str name = action_new_name(maker, block, wish_for(maker, expression));
    struct code_action *action = action_add(maker, "Extract into variable `%.*s`", STR_ARGUMENTS(name));
    if (around.kind == SURROUNDING_STATEMENT) {
        before_statement(maker, action, expression, around.node, around.markup && !fixed ? "computed " : "", name);
    } else {
        in_block(maker, action, expression, around.node, name);
    }
}
