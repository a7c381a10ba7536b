/* New names that hide outer ones. `x = …` in a function makes a new name when the x outside cannot change: seldom what was
 * meant when nothing reads it, and worth a word when it stands inside another function that has an x of its own.
 *
 * Parameters, patterns and the names of a function that equal one of its block say nothing: `fn(user) …` in a component with
 * a `user`, and `result = …` in a program with a `result`, are how programs are written. */
#include "analysis/checks.h"

static bool is_assigned(const struct file_analysis *file, const struct symbol *symbol) {
    return symbol->kind == SYMBOL_CONSTANT && node_kind(file->tree, symbol->node) == NODE_ASSIGNMENT &&
           (symbol->flags & SYMBOL_BLOCK_LEVEL) == 0;
}

static bool is_value(enum symbol_kind kind) {
    return kind == SYMBOL_CONSTANT || kind == SYMBOL_VARIABLE || kind == SYMBOL_PARAMETER || kind == SYMBOL_COMPUTED;
}

bool shadow_is_lost(const struct check *check, const struct symbol *symbol) {
    const struct file_analysis *file = check->file;
    return symbol->hides != 0 && (symbol->flags & SYMBOL_READ) == 0 && is_assigned(file, symbol) &&
           is_value(analysis_symbol(file, symbol->hides)->kind);
}

static void relate(struct check *check, struct diagnostic *diagnostic, const struct symbol *outer) {
    diagnostic->related.span = node_span(check->file->tree, outer->name_node);
    diagnostic->related.message = arena_printf(check->arena, "The outer `%.*s` is declared here.",
                                               STR_ARGUMENTS(analysis_name(check->file, outer->name)));
}

/* `x = 1` can become `var x = 1`; a parameter, a pattern or a computed value cannot. */
static void offer_var(struct check *check, struct diagnostic *diagnostic, const struct symbol *outer) {
    const struct syntax_tree *tree = check->file->tree;
    if (outer->kind == SYMBOL_CONSTANT && node_kind(tree, outer->node) == NODE_ASSIGNMENT &&
        node_child(tree, outer->node, FIELD_LEFT) == outer->name_node) {
        uint32_t start = node_span(tree, outer->node).start;
        fix_set(check, diagnostic, (struct span){start, start}, STR("var "), "Declare the outer `%.*s` with `var`",
                STR_ARGUMENTS(analysis_name(check->file, outer->name)));
    }
}

/* What can be done so that the outer name changes. */
static const char *advice(const struct symbol *outer) {
    switch ((int)outer->kind) {
    case SYMBOL_COMPUTED:
        return "It follows what it is computed from: assign that, or declare it with `state`";
    case SYMBOL_PARAMETER:
        return "It is a parameter, which keeps its value: give the value back and use the result";
    default:
        return "Declare the outer one with `var` if it is to change";
    }
}

static void report_lost(struct check *check, const struct symbol *symbol, const struct symbol *outer) {
    struct str name = analysis_name(check->file, symbol->name);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, IMMUTABLE_ASSIGNED, node_span(check->file->tree, symbol->name_node),
                     "The `%.*s` outside of this function cannot be assigned, so this makes a new `%.*s` that nothing "
                     "reads. %s, or choose another name here.",
                     STR_ARGUMENTS(name), STR_ARGUMENTS(name), advice(outer));
    relate(check, diagnostic, outer);
    offer_var(check, diagnostic, outer);
}

/* `n = n + 1`: that the right side reads the new name too early has been said, with the same advice. */
static bool is_read_too_early(const struct check *check, const struct symbol *symbol) {
    struct span statement = node_span(check->file->tree, symbol->node);
    for (unsigned i = 0; i < check->list->list.count; i++) {
        const struct diagnostic *other = &check->list->list.items[i];
        if (other->code == DIAGNOSTIC_USED_BEFORE_DEFINITION && span_contains(statement, other->span)) {
            return true;
        }
    }
    return false;
}

static void report_hidden(struct check *check, const struct symbol *symbol, const struct symbol *outer) {
    struct str name = analysis_name(check->file, symbol->name);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, SHADOWED, node_span(check->file->tree, symbol->name_node),
        "This is a new `%.*s`: the %.*s `%.*s` of the function around it is hidden here, and does not change.",
        STR_ARGUMENTS(name), STR_ARGUMENTS(symbol_kind_name(outer->kind)), STR_ARGUMENTS(name));
    relate(check, diagnostic, outer);
    if (is_assigned(check->file, symbol)) {
        offer_var(check, diagnostic, outer);
    }
}

static bool is_made_here(const struct check *check, const struct symbol *symbol) {
    enum node_kind kind = node_kind(check->file->tree, symbol->node);
    return is_assigned(check->file, symbol) || symbol->kind == SYMBOL_VARIABLE || kind == NODE_FOR_EXPRESSION;
}

void check_shadows(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        if (symbol->hides == 0 || analysis_name(file, symbol->name).data[0] == '_') {
            continue;
        }
        const struct symbol *outer = analysis_symbol(file, symbol->hides);
        bool local = is_value(outer->kind) && (outer->flags & SYMBOL_BLOCK_LEVEL) == 0;
        bool lost = shadow_is_lost(check, symbol);
        if ((lost || (local && is_made_here(check, symbol))) && !is_read_too_early(check, symbol)) {
            (lost ? report_lost : report_hidden)(check, symbol, outer);
        }
    }
}
