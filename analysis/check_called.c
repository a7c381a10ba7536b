/* Calls of what is certainly a value: `xs.length()`, `user.name()`, `count()` of a state, as libraries of JavaScript have it. */
#include "analysis/builtins.h"
#include "analysis/checks.h"

/* How people call a value of a kind that cannot be called; NULL for all others. */
static const char *kind_in_words(enum type_kind kind) {
    switch ((int)kind) {
    case TYPE_BOOL:
        return "a Bool";
    case TYPE_INT:
    case TYPE_FLOAT:
    case TYPE_NUMBER:
        return "a number";
    case TYPE_STRING:
        return "a String";
    case TYPE_LIST:
        return "a list";
    default:
        return NULL;
    }
}

/* A state without a type is what it is at first, where that is a number, a text or a list. */
static struct type value_of_callee(struct check *check, node_id callee, const struct symbol *symbol) {
    struct type type = values_of(&check->values, callee);
    bool state = symbol != NULL && symbol->kind == SYMBOL_STATE && symbol->type == NODE_NONE;
    if (type.kind == TYPE_UNKNOWN && state) {
        type = values_of(&check->values, symbol->value);
        type.kind = type.kind == TYPE_BOOL ? TYPE_UNKNOWN : type.kind;
    }
    return type;
}

/* Does an `impl` of the program give texts or lists a method of this name? */
static bool is_method_of_program(const struct check *check, node_id callee) {
    static const struct str types[] = {STR_INIT("String"), STR_INIT("List"), STR_INIT("Array")};
    const struct file_analysis *file = check->file;
    atom_id name = atom_find(file->atoms, node_text(file->tree, node_child(file->tree, callee, FIELD_PROPERTY)));
    for (size_t i = 0; name != ATOM_NONE && i < sizeof types / sizeof *types; i++) {
        atom_id type = atom_find(file->atoms, types[i]);
        if (type != ATOM_NONE && package_has_method(check->package, type, name)) {
            return true;
        }
    }
    return false;
}

void check_called_value(struct check *check, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    node_id callee = node_child(tree, call, FIELD_FUNCTION);
    enum node_kind kind = node_kind(tree, callee);
    bool optional = node_child(tree, call, FIELD_OPERATOR) != NODE_NONE;
    const struct symbol *symbol = kind == NODE_IDENTIFIER ? analysis_symbol_of(check->file, callee) : NULL;
    if (check->package == NULL || optional || node_has_error(tree, call) ||
        (kind != NODE_MEMBER_EXPRESSION && (symbol == NULL || symbol->kind == SYMBOL_FUNCTION))) {
        return;
    }
    const char *what = kind_in_words(value_of_callee(check, callee, symbol).kind);
    if (what == NULL || (kind == NODE_MEMBER_EXPRESSION && is_method_of_program(check, callee))) {
        return;
    }
    node_id arguments = node_child(tree, call, FIELD_ARGUMENTS);
    struct str name = node_text(tree, callee);
    bool empty = node_first_child(tree, arguments) == NODE_NONE;
    enum builtin hidden;
    bool hides = symbol != NULL && !empty && builtin_find(name, &hidden);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, VALUE_CALLED, node_span(tree, call), "`%.*s` is %s, which cannot be called.%s", STR_ARGUMENTS(name), what,
                     hides ? " It hides the function of that name that every program has: give it another name."
                     : empty ? " Leave the parentheses out."
                             : "");
    if (symbol != NULL) {
        diagnostic->related.span = node_span(tree, symbol->name_node);
        diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(name));
    }
    if (empty) {
        fix_set(check, diagnostic, node_span(tree, arguments), (struct str){0}, "Remove `()`");
    }
}
