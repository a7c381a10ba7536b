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

void check_changed_state(struct check *check, node_id call) {
    const struct file_analysis *file = check->file;
    node_id member = node_child(file->tree, call, FIELD_FUNCTION);
    const struct symbol *state = node_kind(file->tree, member) == NODE_MEMBER_EXPRESSION
                                     ? analysis_symbol_of(file, node_child(file->tree, member, FIELD_OBJECT))
                                     : NULL;
    if (state == NULL || state->kind != SYMBOL_STATE || !is_list(file->tree, state)) {
        return;
    }
    const struct changing_method *method = method_of(node_text(file->tree, node_child(file->tree, member, FIELD_PROPERTY)));
    if (method != NULL) {
        report_changed(check, call, member, analysis_name(file, state->name), method);
    }
}
