/* action_extract_function: the selected expression or statements as a function of the same block. Local names that they read
 * become parameters; one that they declare and that is used afterwards becomes the result. What would mean something else in a
 * function of its own (a `return`, an assignment to a local name, `it`) is not offered. */
#include "server/features/action.h"

#include "analysis/lookup.h"

enum { MOST_PARAMETERS = 12 };

struct extraction {
    struct action_maker *maker;
    struct span span;
    struct block_key block;
    node_id expression; /* that is extracted, or NODE_NONE */
    node_id member;   /* around the selection: the function goes behind it */
    bool statements;
    uint32_t locals[MOST_PARAMETERS];
    unsigned local_count;
    uint32_t result;  /* the symbol that is used afterwards, or 0 */
    bool refused;
};

static const struct symbol *symbol_at(const struct extraction *x, uint32_t index) {
    return analysis_symbol(x->maker->file, index);
}

static bool is_inside(const struct extraction *x, node_id node) {
    return span_contains(x->span, node_span(x->maker->tree, node));
}

static void add_local(struct extraction *x, uint32_t index) {
    for (unsigned i = 0; i < x->local_count; i++) {
        if (x->locals[i] == index) {
            return;
        }
    }
    if (x->local_count == MOST_PARAMETERS) {
        x->refused = true;
        return;
    }
    x->locals[x->local_count++] = index;
}

/* A name from outside that is used inside. */
static void take_outer(struct extraction *x, const struct binding *binding) {
    const struct symbol *symbol = symbol_at(x, binding->symbol);
    struct str name = analysis_name(x->maker->file, symbol->name);
    bool write = binding->access == ACCESS_WRITE || binding->access == ACCESS_DECLARE;
    bool nested = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_COMPONENT || symbol->kind == SYMBOL_TYPE;
    bool named = node_kind(x->maker->tree, symbol->name_node) == NODE_IDENTIFIER;
    bool component = (symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_COMPUTED) && x->statements;
    if (write || nested || !named || component || str_equal(name, STR("self")) || (symbol->flags & SYMBOL_SOCKET) != 0) {
        x->refused = true;
        return;
    }
    add_local(x, binding->symbol);
}

/* A name from inside that is used outside. */
static void take_inner(struct extraction *x, const struct binding *binding) {
    bool write = binding->access == ACCESS_WRITE;
    if (write || (x->result != 0 && x->result != binding->symbol)) {
        x->refused = true;
    }
    x->result = binding->symbol;
}

static void read_bindings(struct extraction *x) {
    const struct file_analysis *file = x->maker->file;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        const struct symbol *symbol = symbol_at(x, binding->symbol);
        if (binding->symbol == 0 || binding->access == ACCESS_MEMBER) {
            continue;
        }
        bool use_inside = is_inside(x, binding->node);
        bool declared_inside = is_inside(x, symbol->name_node) && symbol->name_node != NODE_NONE;
        bool block_level = (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0;
        if (use_inside && !declared_inside && !block_level) {
            take_outer(x, binding);
        } else if (declared_inside && block_level) {
            x->refused = true;
        } else if (declared_inside && !use_inside) {
            take_inner(x, binding);
        }
    }
}

/* Does something leave the selection other than at its end? */
static bool jumps_out(const struct extraction *x) {
    static const enum node_kind jumps[] = {
        NODE_RETURN_STATEMENT,  NODE_YIELD_EXPRESSION,   NODE_PROPAGATE_EXPRESSION, NODE_DEFER_STATEMENT,
        NODE_BREAK_STATEMENT,   NODE_CONTINUE_STATEMENT, NODE_STATE_DECLARATION,    NODE_COMPUTED_DECLARATION,
        NODE_EFFECT_DECLARATION, NODE_JSX_ELEMENT,       NODE_JSX_FRAGMENT,         NODE_STYLE_BLOCK,
        NODE_DIRECTIVE,         NODE_STORE_DECLARATION,  NODE_COMPONENT_DECLARATION, NODE_TYPE_DECLARATION,
        NODE_IMPORT_STATEMENT,  NODE_SPAWN_EXPRESSION,   NODE_ROUTE_DECLARATION,    NODE_LET_DECLARATION,
        NODE_SELECT_EXPRESSION, NODE_IMPL_DECLARATION,   NODE_TRAIT_DECLARATION,    NODE_INTERFACE_DECLARATION,
    };
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        if (action_holds(x->maker, x->span, jumps[i])) {
            return true;
        }
    }
    return false;
}

/* "total: Int, items" */
static struct str names_of(struct extraction *x, bool types) {
    struct str text = STR("");
    for (unsigned i = 0; i < x->local_count; i++) {
        const struct symbol *symbol = symbol_at(x, x->locals[i]);
        struct str name = analysis_name(x->maker->file, symbol->name);
        struct str type = types ? action_type_of_symbol(x->maker, x->locals[i], x->block) : STR("");
        text = arena_printf(x->maker->arena, "%.*s%s%.*s%s%.*s", STR_ARGUMENTS(text), i > 0 ? ", " : "",
                            STR_ARGUMENTS(name), type.size > 0 ? ": " : "", STR_ARGUMENTS(type));
    }
    return text;
}

/* Types of a generic function are known in it alone. */
static bool in_generic(const struct extraction *x) {
    const struct syntax_tree *tree = x->maker->tree;
    for (node_id node = node_at(tree, x->span.start); node != NODE_NONE; node = node_parent(tree, node)) {
        if (node_child(tree, node, FIELD_TYPE_PARAMETERS) != NODE_NONE) {
            return true;
        }
    }
    return false;
}

static struct str result_of(struct extraction *x) {
    struct str type = x->result != 0                 ? action_type_of_symbol(x->maker, x->result, x->block)
                      : x->expression != NODE_NONE ? action_type_of(x->maker, x->expression, x->block)
                                                   : STR("");
    return type.size > 0 ? arena_concat(x->maker->arena, STR(" -> "), type) : type;
}

/* The value of the statements as a whole, when they are all that is left of a function's body. */
static struct str function_text(struct extraction *x, struct str name) {
    struct action_maker *maker = x->maker;
    struct str outer = action_indentation(maker->tree, node_span(maker->tree, x->member).start);
    struct str inner = arena_concat(maker->arena, outer, STR("  "));
    struct str body = action_reindented(maker, x->span, inner);
    bool types = !in_generic(x);
    struct str parameters = names_of(x, types);
    struct str type = types ? result_of(x) : STR("");
    struct str result = STR("");
    if (x->result != 0) {
        struct str value = analysis_name(maker->file, symbol_at(x, x->result)->name);
        result = arena_printf(maker->arena, "\n%.*s%.*s", STR_ARGUMENTS(inner), STR_ARGUMENTS(value));
    }
    bool waits = action_holds(maker, x->span, NODE_AWAIT_EXPRESSION);
    return arena_printf(maker->arena, "\n\n%.*s%sfn %.*s(%.*s)%.*s {\n%.*s%.*s%.*s\n%.*s}", STR_ARGUMENTS(outer),
                        waits ? "async " : "", STR_ARGUMENTS(name), STR_ARGUMENTS(parameters), STR_ARGUMENTS(type),
                        STR_ARGUMENTS(inner), STR_ARGUMENTS(body), STR_ARGUMENTS(result), STR_ARGUMENTS(outer));
}

static struct str call_text(struct extraction *x, struct str name) {
    struct arena *arena = x->maker->arena;
    struct str arguments = names_of(x, false);
    struct str call = arena_printf(arena, "%.*s(%.*s)", STR_ARGUMENTS(name), STR_ARGUMENTS(arguments));
    if (action_holds(x->maker, x->span, NODE_AWAIT_EXPRESSION)) {
        call = arena_concat(arena, STR("await "), call);
    }
    if (x->result == 0) {
        return call;
    }
    const struct symbol *result = symbol_at(x, x->result);
    return arena_printf(arena, "%s%.*s = %.*s", (result->flags & SYMBOL_MUTABLE) != 0 ? "var " : "",
                        STR_ARGUMENTS(analysis_name(x->maker->file, result->name)), STR_ARGUMENTS(call));
}

/* A function of a server has an endpoint unless its name begins with `_`. */
static struct str wish_for(const struct extraction *x, node_id expression) {
    struct action_maker *maker = x->maker;
    enum block_kind kind = maker->file->blocks.items[lookup_block(maker->file, x->span.start)].key.kind;
    struct str wish = x->result != 0        ? analysis_name(maker->file, symbol_at(x, x->result)->name)
                      : expression != NODE_NONE ? action_value_name(maker, expression)
                                                : STR("extracted");
    struct str verb = x->result != 0 || (expression != NODE_NONE && !str_equal(wish, STR("value"))) ? STR("get_") : STR("");
    wish = verb.size > 0 ? arena_concat(maker->arena, verb, wish) : str_equal(wish, STR("value")) ? STR("extracted") : wish;
    return kind == BLOCK_SERVER ? arena_concat(maker->arena, STR("_"), wish) : wish;
}

static bool prepare(struct extraction *x, const struct selection *selection) {
    const struct syntax_tree *tree = x->maker->tree;
    node_id first = x->statements ? selection->first : selection->expression;
    node_id last = x->statements ? selection->last : selection->expression;
    x->member = action_member_of(tree, first);
    if (x->member == NODE_NONE || (x->member == first && x->statements) || jumps_out(x) ||
        !action_takes_statements(tree, first) || action_speaks_of_its_place(x->maker, first, last)) {
        return false;
    }
    for (node_id node = first; node < tree->nodes[last].next; node++) {
        if (node_has_error(tree, node)) {
            return false;
        }
    }
    read_bindings(x);
    return !x->refused;
}

/* In a word of a server or a block of its own (`db { }`, `test { }`) functions may not be what is meant. */
static bool may_stand(const struct extraction *x) {
    enum node_kind kind = node_kind(x->maker->tree, x->member);
    return kind != NODE_DIRECTIVE && kind != NODE_IMPORT_STATEMENT && kind != NODE_SERVER_BLOCK &&
           kind != NODE_BROWSER_BLOCK && kind != NODE_SHARED_BLOCK && kind != NODE_ROUTE_DECLARATION;
}

static bool only_comments(const struct syntax_tree *tree, const struct selection *selection) {
    for (node_id node = selection->first; node != NODE_NONE; node = node_next_sibling(tree, node)) {
        if (!node_is_comment(tree, node)) {
            return false;
        }
        if (node == selection->last) {
            return true;
        }
    }
    return true;
}

/* Is the expression a statement of its own, which the other way of extracting takes? Calls of a single word gain nothing. */
static bool is_worth_it(const struct action_maker *maker, node_id expression) {
    enum node_kind kind = node_kind(maker->tree, expression);
    return kind == NODE_BINARY_EXPRESSION || kind == NODE_UNARY_EXPRESSION || kind == NODE_CALL_EXPRESSION ||
           kind == NODE_PIPE_EXPRESSION || kind == NODE_ARRAY || kind == NODE_OBJECT || kind == NODE_STRUCT_LITERAL ||
           kind == NODE_STRING || kind == NODE_MEMBER_EXPRESSION || kind == NODE_INDEX_EXPRESSION ||
           kind == NODE_AWAIT_EXPRESSION || kind == NODE_PAREN_LIST;
}

void action_extract_function(struct action_maker *maker) {
    struct selection selection = action_selection(maker);
    struct extraction x = {.maker = maker, .span = selection.span};
    bool expression = selection.expression != NODE_NONE && is_worth_it(maker, selection.expression);
    x.statements = !expression && selection.first != NODE_NONE;
    if ((!expression && !x.statements) || (x.statements && only_comments(maker->tree, &selection)) ||
        !prepare(&x, &selection) || !may_stand(&x)) {
        return;
    }
    uint32_t block = lookup_block(maker->file, selection.span.start);
    x.block = maker->file->blocks.items[block].key;
    x.expression = expression ? selection.expression : NODE_NONE;
    struct str name = action_new_name(maker, block, wish_for(&x, expression ? selection.expression : NODE_NONE));
    struct code_action *action = action_add(maker, "Extract into function `%.*s`", STR_ARGUMENTS(name));
    uint32_t end = node_span(maker->tree, x.member).end;
    action_edit(maker, action, selection.span, call_text(&x, name));
    action_edit(maker, action, (struct span){end, end}, function_text(&x, name));
}
