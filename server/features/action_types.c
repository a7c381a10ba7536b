/* action_types: types for what an action writes: of a value, and of what a call that is not there yet is expected to give. */
#include "server/features/action.h"

#include "analysis/builtins.h"
#include "analysis/lookup.h"
#include "analysis/type_text.h"
#include "server/features/callee.h"

enum { DEPTH = 8 };

static bool is_known_name(const struct action_maker *maker, struct block_key block, struct str name) {
    atom_id atom = atom_find(maker->file->atoms, name);
    bool found = atom != ATOM_NONE && package_lookup(maker->context->package, block, atom, true).symbol != NULL;
    return found || builtin_type_is_known(name);
}

/* The type, when code of the block knows every name of it. `Any` says nothing that would have to be written. */
static struct str known_in(const struct action_maker *maker, struct block_key block, struct str type) {
    for (uint32_t at = 0; at < type.size;) {
        uint32_t end = cursor_name_end(type, at);
        struct str name = str_slice(type, at, end);
        if (name.size > 0 && (str_equal(name, STR("Any")) || !is_known_name(maker, block, name))) {
            return STR("");
        }
        at = end > at ? end : at + 1;
    }
    return type;
}

struct str action_type_of_symbol(struct action_maker *maker, uint32_t index, struct block_key block) {
    struct typer typer;
    typer_init(&typer, maker->arena, maker->file, maker->context->package);
    struct str type = type_text_of_symbol(&typer, index);
    const struct symbol *symbol = analysis_symbol(maker->file, index);
    bool changes = symbol->kind == SYMBOL_STATE || (symbol->flags & SYMBOL_MUTABLE) != 0;
    bool guess = changes && symbol->type == NODE_NONE && str_equal(type, STR("Int")); /* 0 may become 0.5 */
    return type.size > 0 && !guess ? known_in(maker, block, type) : STR("");
}

struct str action_type_of(struct action_maker *maker, node_id expression, struct block_key block) {
    const struct binding *binding = analysis_binding(maker->file, expression);
    if (node_kind(maker->tree, expression) == NODE_IDENTIFIER && binding != NULL && binding->symbol != 0) {
        return action_type_of_symbol(maker, binding->symbol, block);
    }
    struct typer typer;
    typer_init(&typer, maker->arena, maker->file, maker->context->package);
    struct str type = type_text(&typer, expression);
    return type.size > 0 ? known_in(maker, block, type) : STR("");
}

/* ---- what is expected */

static struct str of_function(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_NONE && node_kind(tree, node) != NODE_FUNCTION_DECLARATION &&
           node_kind(tree, node) != NODE_FUNCTION_EXPRESSION && node_kind(tree, node) != NODE_LAMBDA) {
        node = node_parent(tree, node);
    }
    return node_text(tree, node_child(tree, node, FIELD_RETURN_TYPE));
}

/* `total = f()`: the type that is written there, or the one of a name that is there already. */
static struct str of_assignment(struct action_maker *maker, node_id assignment) {
    const struct syntax_tree *tree = maker->tree;
    node_id type = node_child(tree, assignment, FIELD_TYPE), left = node_child(tree, assignment, FIELD_LEFT);
    const struct binding *binding = analysis_binding(maker->file, left);
    bool old = binding != NULL && binding->access == ACCESS_WRITE;
    struct typer typer;
    typer_init(&typer, maker->arena, maker->file, maker->context->package);
    return type != NODE_NONE ? node_text(tree, type) : old ? type_text(&typer, left) : STR("");
}

static struct str of_argument(struct action_maker *maker, node_id arguments, node_id argument) {
    struct typer typer;
    struct callee callee;
    struct signature_parameter parameter;
    uint32_t open = node_span(maker->tree, arguments).start;
    struct frame frame = {.bracket = '(', .open = open, .before = cursor_before(maker->tree, open), .part = open + 1};
    NODE_EACH(child, maker->tree, arguments) {
        if (child == argument) {
            break;
        }
        frame.commas++;
    }
    frame.part = node_span(maker->tree, argument).start;
    typer_init(&typer, maker->arena, maker->file, maker->context->package);
    bool known = callee_find(maker->context, &typer, &frame, &callee) &&
                 callee_parameter(&callee, callee_active(maker->tree, &frame, &callee), &parameter);
    return known ? parameter.type : STR("");
}

static bool is_logic(const struct syntax_tree *tree, node_id node) {
    struct str word = node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    return str_equal(word, STR("and")) || str_equal(word, STR("or")) || str_equal(word, STR("not")) ||
           str_equal(word, STR("&&")) || str_equal(word, STR("||")) || str_equal(word, STR("!"));
}

/* The last statement of a function's body is its result. */
static bool is_result(const struct syntax_tree *tree, node_id block, node_id statement) {
    node_id owner = node_parent(tree, block);
    bool body = node_kind(tree, owner) == NODE_FUNCTION_DECLARATION || node_kind(tree, owner) == NODE_FUNCTION_EXPRESSION;
    node_id next = node_next_sibling(tree, statement);
    while (next != NODE_NONE && node_is_comment(tree, next)) {
        next = node_next_sibling(tree, next);
    }
    return body && next == NODE_NONE;
}

static struct str expected(struct action_maker *maker, node_id node) {
    const struct syntax_tree *tree = maker->tree;
    node_id parent = node_parent(tree, node);
    for (unsigned i = 0; i < DEPTH && node_kind(tree, parent) == NODE_AWAIT_EXPRESSION; i++) {
        node = parent;
        parent = node_parent(tree, node);
    }
    switch ((int)node_kind(tree, parent)) {
    case NODE_ASSIGNMENT:
        return node_field(tree, node) == FIELD_RIGHT ? of_assignment(maker, parent) : STR("");
    case NODE_VAR_DECLARATION:
    case NODE_STATE_DECLARATION:
    case NODE_COMPUTED_DECLARATION:
        return node_text(tree, node_child(tree, parent, FIELD_TYPE));
    case NODE_RETURN_STATEMENT:
    case NODE_FUNCTION_EXPRESSION:
        return of_function(tree, parent);
    case NODE_BLOCK:
        return is_result(tree, parent, node) ? of_function(tree, parent) : STR("");
    case NODE_ARGUMENTS:
        return of_argument(maker, parent, node);
    case NODE_IF_EXPRESSION:
    case NODE_ELIF_CLAUSE:
    case NODE_WHILE_EXPRESSION:
    case NODE_JSX_IF:
        return node_field(tree, node) == FIELD_CONDITION ? STR("Bool") : STR("");
    case NODE_BINARY_EXPRESSION:
    case NODE_UNARY_EXPRESSION:
        return is_logic(tree, parent) ? STR("Bool") : STR("");
    default:
        return STR("");
    }
}

struct str action_expected(struct action_maker *maker, node_id expression, struct block_key block) {
    return known_in(maker, block, expected(maker, expression));
}
