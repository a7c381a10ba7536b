/* inlay_hint: types of names whose value does not say them. */
#include "analysis/type_text.h"
#include "server/features/inlay_parts.h"

enum { LONGEST = 48 };

static bool is_literal(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_NUMBER:
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
    case NODE_REGEX:
    case NODE_TRUE:
    case NODE_FALSE:
    case NODE_NIL:
    case NODE_OBJECT:
    case NODE_STRUCT_LITERAL:
    case NODE_LAMBDA:
    case NODE_FUNCTION_EXPRESSION:
        return true;
    default:
        return false;
    }
}

/* Literals, and lists and tuples of them, show their type, and so does a call of a type by its name. */
static bool is_said(const struct syntax_tree *tree, node_id value, struct str type) {
    enum node_kind kind = node_kind(tree, value);
    if (kind == NODE_ARRAY || kind == NODE_PAREN_LIST) {
        return is_literal(node_kind(tree, node_first_plain(tree, value)));
    }
    bool named =
        kind == NODE_CALL_EXPRESSION && str_equal(node_text(tree, node_child(tree, value, FIELD_FUNCTION)), type);
    return is_literal(kind) || named;
}

/* "Any", "[Any]", "Result<Any, String>": half of it is not known. */
static bool is_vague(struct str type) {
    for (size_t i = 0; i + 3 <= type.size; i++) {
        if (str_equal(str_slice(type, i, i + 3), STR("Any"))) {
            return true;
        }
    }
    return type.size == 0 || type.size > LONGEST;
}

/* Names that are given a value, and parameters of functions without names of their own. */
static bool may_have_hint(const struct symbol *symbol) {
    bool value = symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_STATE ||
                 symbol->kind == SYMBOL_COMPUTED;
    return symbol->type == NODE_NONE && (value || (symbol->kind == SYMBOL_PARAMETER && symbol->owner == 0));
}

void inlay_type(struct inlay *inlay, struct typer *typer, uint32_t index) {
    const struct file_analysis *file = inlay->context->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    struct span name = node_span(file->tree, symbol->name_node);
    struct str text = analysis_name(file, symbol->name);
    bool visible = name.start <= inlay->within.end && name.end >= inlay->within.start;
    if (!visible || !may_have_hint(symbol) || text.size == 0 || text.data[0] == '_' ||
        node_kind(file->tree, symbol->name_node) != NODE_IDENTIFIER || str_equal(text, STR("self"))) {
        return;
    }
    struct str type = type_text_of_symbol(typer, index);
    if (is_vague(type) || is_said(file->tree, symbol->value, type)) {
        return;
    }
    struct str label = arena_printf(inlay->context->arena, ": %.*s", STR_ARGUMENTS(type));
    inlay_add(inlay, (struct inlay_hint){INLAY_TYPE, name.end, label, name.start});
}
