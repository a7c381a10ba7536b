/* States that are lists and are changed in place, where nobody hears of it. */
#include "analysis/checks.h"

/* Methods of lists that change them, and what is assigned instead: a form of the state's and the arguments' text. */
static const struct changing_method {
    struct str name;
    const char *advice, *before, *between, *behind; /* the fix: before state between arguments behind; or none */
} methods[] = {
    {STR_INIT("push"), "`items = [...items, item]`", "[...", ", ", "]"},
    {STR_INIT("unshift"), "`items = [item, ...items]`", NULL, NULL, NULL},
    {STR_INIT("pop"), "`items = items[:-1]`", "", "[:-1]", ""},
    {STR_INIT("shift"), "`items = items[1:]`", "", "[1:]", ""},
    {STR_INIT("sort"), "`items = sorted(items)`", NULL, NULL, NULL},
    {STR_INIT("reverse"), "`items = reversed(items)`", "reversed(", "", ")"},
    {STR_INIT("splice"), "`items = [...items[:1], ...items[2:]]`", NULL, NULL, NULL},
    {STR_INIT("fill"), "`items = items.map(fn(item) value)`", NULL, NULL, NULL},
};

static const struct changing_method *method_of(struct str name) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (str_equal(methods[i].name, name)) {
            return &methods[i];
        }
    }
    return NULL;
}

/* Does the source say that the state is a list: by its type, or by what it is at first? */
static bool is_list(const struct syntax_tree *tree, const struct symbol *state) {
    return node_kind(tree, state->type) == NODE_LIST_TYPE || node_kind(tree, state->value) == NODE_ARRAY;
}

static void report_changed(struct check *check, node_id call, node_id member, struct str state,
                           const struct changing_method *method) {
    const struct syntax_tree *tree = check->file->tree;
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, CHANGED_STATE, node_span(tree, node_child(tree, member, FIELD_PROPERTY)),
        "`%.*s` changes the list in place, and what shows the state `%.*s` does not hear of it. Assign a new list: %s.",
        STR_ARGUMENTS(method->name), STR_ARGUMENTS(state), method->advice);
    enum node_kind around = node_kind(tree, node_parent(tree, call));
    node_id arguments = node_child(tree, call, FIELD_ARGUMENTS);
    struct str given = node_text(tree, arguments);
    given = given.size > 2 ? str_trim(str_slice(given, 1, given.size - 1)) : (struct str){0};
    if (method->before == NULL || around != NODE_BLOCK || (str_equal(method->name, STR("push")) == (given.size == 0))) {
        return;
    }
    struct str value = arena_printf(check->arena, "%.*s = %s%.*s%s%.*s%s", STR_ARGUMENTS(state), method->before,
                                    STR_ARGUMENTS(state), method->between, STR_ARGUMENTS(given), method->behind);
    fix_set(check, diagnostic, node_span(tree, call), value, "Write `%.*s`", STR_ARGUMENTS(value));
}

static void check_use(struct check *check, node_id use, const struct symbol *state) {
    const struct syntax_tree *tree = check->file->tree;
    node_id member = node_parent(tree, use);
    node_id call = node_parent(tree, member);
    if (node_kind(tree, member) != NODE_MEMBER_EXPRESSION || node_kind(tree, call) != NODE_CALL_EXPRESSION ||
        node_field(tree, member) != FIELD_FUNCTION || node_field(tree, use) != FIELD_OBJECT || !is_list(tree, state)) {
        return;
    }
    const struct changing_method *method = method_of(node_text(tree, node_child(tree, member, FIELD_PROPERTY)));
    if (method != NULL) {
        report_changed(check, call, member, analysis_name(check->file, state->name), method);
    }
}

void check_states(struct check *check) {
    const struct file_analysis *file = check->file;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        const struct symbol *symbol = analysis_symbol(file, binding->symbol);
        if (symbol->kind == SYMBOL_STATE) {
            check_use(check, binding->node, symbol);
        }
    }
}
