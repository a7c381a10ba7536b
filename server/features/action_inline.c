/* action_inline: the value of a name in place of the name, wherever that is the same. */
#include "server/features/action.h"

#include "analysis/lookup.h"

struct inlining {
    struct action_maker *maker;
    uint32_t symbol;
    node_id statement, value;
    unsigned uses;
};

/* The constant whose name the cursor touches; 0 when it is none of a function with one plain value. */
static uint32_t constant_at(const struct action_maker *maker) {
    const struct file_analysis *file = maker->file;
    struct target target = lookup_target(file, maker->context->package, maker->span.start);
    const struct symbol *symbol = analysis_symbol(file, target.symbol);
    bool local = target.kind == TARGET_LOCAL && symbol->kind == SYMBOL_CONSTANT && (symbol->flags & SYMBOL_MUTABLE) == 0;
    bool plain = node_kind(maker->tree, symbol->node) == NODE_ASSIGNMENT &&
                 node_child(maker->tree, symbol->node, FIELD_LEFT) == symbol->name_node &&
                 node_child(maker->tree, symbol->node, FIELD_TYPE) == NODE_NONE && !node_has_error(maker->tree, symbol->node);
    return local && plain ? target.symbol : 0;
}

/* Is its value the same wherever and however often it is computed? */
static bool is_steady(const struct inlining *x) {
    const struct syntax_tree *tree = x->maker->tree;
    const struct file_analysis *file = x->maker->file;
    for (node_id node = x->value; node < tree->nodes[x->value].next; node++) {
        switch ((int)node_kind(tree, node)) {
        case NODE_CALL_EXPRESSION:
        case NODE_PIPE_EXPRESSION:
        case NODE_AWAIT_EXPRESSION:
        case NODE_YIELD_EXPRESSION:
        case NODE_PROPAGATE_EXPRESSION:
        case NODE_LAMBDA:
        case NODE_FUNCTION_EXPRESSION:
        case NODE_ARRAY:
        case NODE_OBJECT:
        case NODE_STRUCT_LITERAL:
        case NODE_INDEX_EXPRESSION:
        case NODE_IF_EXPRESSION:
        case NODE_MATCH_EXPRESSION:
        case NODE_REGEX:
        case NODE_JSX_ELEMENT:
        case NODE_JSX_FRAGMENT:
            return false;
        default:
            break;
        }
        const struct binding *binding = analysis_binding(file, node);
        const struct symbol *symbol = analysis_symbol(file, binding == NULL ? 0 : binding->symbol);
        bool changes = symbol->kind == SYMBOL_COMPUTED || symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_STORE ||
                       (symbol->flags & SYMBOL_MUTABLE) != 0 ||
                       (symbol->kind == SYMBOL_PARAMETER &&
                        analysis_symbol(file, symbol->owner)->kind == SYMBOL_COMPONENT);
        bool member = node_kind(tree, node) == NODE_MEMBER_EXPRESSION;
        if (member || changes || (binding != NULL && binding->symbol == 0 && binding->external != 0)) {
            return false;
        }
    }
    return true;
}

/* Does a name that the value speaks of mean something else somewhere in the file? */
static bool is_hidden(const struct inlining *x) {
    const struct file_analysis *file = x->maker->file;
    const struct syntax_tree *tree = x->maker->tree;
    for (node_id node = x->value; node < tree->nodes[x->value].next; node++) {
        const struct binding *binding = analysis_binding(file, node);
        for (unsigned i = 1; binding != NULL && i < file->symbols.count; i++) {
            bool same = file->symbols.items[i].name == binding->name;
            if (same && i != binding->symbol && binding->access != ACCESS_MEMBER) {
                return true;
            }
        }
    }
    return false;
}

static bool needs_parentheses(const struct syntax_tree *tree, node_id value, node_id use) {
    enum node_kind kind = node_kind(tree, value);
    bool loose = kind == NODE_BINARY_EXPRESSION || kind == NODE_UNARY_EXPRESSION;
    enum node_kind parent = node_kind(tree, node_parent(tree, use));
    bool apart = parent == NODE_ARGUMENTS || parent == NODE_ASSIGNMENT || parent == NODE_BLOCK ||
                 parent == NODE_INTERPOLATION || parent == NODE_PAREN_LIST || parent == NODE_RETURN_STATEMENT ||
                 parent == NODE_JSX_EXPRESSION || parent == NODE_ARRAY || parent == NODE_PAIR;
    bool number = kind == NODE_NUMBER && parent == NODE_MEMBER_EXPRESSION;
    return (loose && !apart) || number;
}

static void replace_use(struct inlining *x, struct code_action *action, const struct binding *binding) {
    struct action_maker *maker = x->maker;
    const struct syntax_tree *tree = maker->tree;
    struct span span = analysis_name_span(tree, binding->node);
    struct str text = node_text(tree, x->value);
    bool shorthand = node_kind(tree, node_parent(tree, binding->node)) == NODE_OBJECT;
    if (shorthand) {
        struct str name = analysis_name(maker->file, binding->name);
        text = arena_printf(maker->arena, "%.*s: %.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(text));
    } else if (needs_parentheses(tree, x->value, binding->node)) {
        text = arena_printf(maker->arena, "(%.*s)", STR_ARGUMENTS(text));
    }
    action_edit(maker, action, span, text);
}

/* Uses that can be replaced; false when there is one that cannot, or none. */
static bool count_uses(struct inlining *x) {
    const struct file_analysis *file = x->maker->file;
    const struct syntax_tree *tree = x->maker->tree;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (binding->symbol != x->symbol || binding->access == ACCESS_DECLARE ||
            binding->node == analysis_symbol(file, x->symbol)->name_node) {
            continue;
        }
        bool text = node_kind(tree, x->value) == NODE_STRING && node_ancestor(tree, binding->node, NODE_INTERPOLATION) != NODE_NONE;
        if ((binding->access != ACCESS_READ) || text || node_kind(tree, binding->node) != NODE_IDENTIFIER) {
            return false;
        }
        x->uses++;
    }
    return x->uses > 0;
}

void action_inline(struct action_maker *maker) {
    struct inlining x = {.maker = maker, .symbol = constant_at(maker)};
    const struct symbol *symbol = analysis_symbol(maker->file, x.symbol);
    if (x.symbol == 0) {
        return;
    }
    x.statement = symbol->node;
    x.value = node_child(maker->tree, x.statement, FIELD_RIGHT);
    node_id parent = node_parent(maker->tree, x.statement);
    struct span lines = action_whole_lines(maker->tree, node_span(maker->tree, x.statement));
    bool whole = !span_equal(lines, node_span(maker->tree, x.statement));
    bool statement = node_kind(maker->tree, parent) == NODE_BLOCK || node_kind(maker->tree, parent) == NODE_SOURCE_FILE;
    if (!statement || !whole || node_next_sibling(maker->tree, x.statement) == NODE_NONE || !is_steady(&x) || is_hidden(&x) ||
        !count_uses(&x)) {
        return;
    }
    struct str name = analysis_name(maker->file, symbol->name);
    struct code_action *action = action_add(maker, "Inline variable `%.*s`", STR_ARGUMENTS(name));
    action_edit(maker, action, lines, STR(""));
    for (unsigned i = 0; i < maker->file->bindings.count; i++) {
        const struct binding *binding = &maker->file->bindings.items[i];
        if (binding->symbol == x.symbol && binding->node != symbol->name_node) {
            replace_use(&x, action, binding);
        }
    }
}
