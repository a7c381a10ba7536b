/* statements: the statements of a block one by one, and where values go. */
#include "codegen/statements.h"

#include "codegen/assignments.h"
#include "codegen/choices.h"
#include "codegen/components.h"
#include "codegen/concurrency.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/jsx.h"
#include "codegen/jsx_templates.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"
#include "codegen/waits_first.h"
#include "parser/base/limits.h"

/* ---- blocks */

static node_id last_statement(const struct emitter *e, node_id block) {
    node_id last = NODE_NONE;
    NODE_EACH(child, e->tree, block) {
        if (!node_is_comment(e->tree, child)) {
            last = child;
        }
    }
    return last;
}

static void lower_statements_from(struct emitter *e, node_id first, node_id last, struct destination destination);

/* What follows a `defer` runs inside of a `try` whose `finally` is what was put off. */
static void lower_defer(struct emitter *e, node_id node, node_id last, struct destination destination) {
    struct js *try = js_new(e->arena, JS_TRY);
    try->a = js_block(e->arena);
    try->d = js_block(e->arena);
    struct js_list *outside = redirect(e, &try->a->list);
    e->depth++;
    lower_statements_from(e, node_next_sibling(e->tree, node), last, destination);
    e->depth--;
    redirect(e, &try->d->list);
    lower_deferred(e, node_child(e->tree, node, FIELD_BODY));
    redirect(e, outside);
    add_statement(e, try);
}

static void lower_one(struct emitter *e, node_id node, struct destination destination) {
    unsigned mark = e->statements->of.count;
    lower_statement(e, node, destination);
    if (e->statements->of.count > mark) {
        struct js *first = e->statements->of.items[mark];
        first->flags |= has_blank_before(e, node) ? (unsigned)JS_BLANK_BEFORE : 0;
        if (first->place.file == 0 && first->kind != JS_COMMENT && first->kind != JS_FUNCTION) {
            first->place = (struct js_place){e->file_index + 1, node_span(e->tree, node), STR("")};
        }
    }
}

static void lower_statements_from(struct emitter *e, node_id first, node_id last, struct destination destination) {
    for (node_id child = first; child != NODE_NONE && !emitter_stopped(e); child = node_next_sibling(e->tree, child)) {
        if (node_is_comment(e->tree, child)) {
            add_comment(e, child);
        } else if (kind_of(e, child) == NODE_DEFER_STATEMENT && e->function != NULL && e->function->deferred == NULL &&
                   e->depth < LIMIT_SYNTAX_DEPTH) {
            lower_defer(e, child, last, destination);
            return;
        } else if (kind_of(e, child) != NODE_SHEBANG) {
            lower_one(e, child, child == last ? destination : NOWHERE);
        }
    }
}

void lower_statements(struct emitter *e, node_id block, struct destination destination) {
    lower_statements_from(e, node_first_child(e->tree, block), last_statement(e, block), destination);
}

struct js *lower_block(struct emitter *e, node_id block, struct destination destination) {
    struct js *result = js_block(e->arena);
    struct js_list *outside = redirect(e, &result->list);
    if (kind_of(e, block) == NODE_BLOCK || kind_of(e, block) == NODE_BARE_BLOCK) {
        lower_statements(e, block, destination);
    } else if (block != NODE_NONE) {
        lower_one(e, block, destination);
    }
    redirect(e, outside);
    return result;
}

/* ---- values */

/* Does a call give nothing that is worth returning? */
static bool is_procedure(const struct emitter *e, node_id node) {
    static const enum builtin procedures[] = {BUILTIN_PRINT, BUILTIN_ASSERT, BUILTIN_ASSERT_EQ, BUILTIN_ASSERT_NE,
                                              BUILTIN_EACH};
    if (kind_of(e, node) != NODE_CALL_EXPRESSION) {
        return false;
    }
    const struct binding *binding = analysis_binding(e->file, node_child(e->tree, node, FIELD_FUNCTION));
    for (size_t i = 0; binding != NULL && i < sizeof procedures / sizeof *procedures; i++) {
        if (binding->builtin == procedures[i] + 1) {
            return true;
        }
    }
    return false;
}

void deliver(struct emitter *e, struct js *value, struct destination destination, node_id node) {
    if (destination.kind == TO_NAME) {
        struct js *assign = js_assign(e->arena, destination.name, "=", branch_waits_first(e, value));
        add_statement(e, js_expression_statement(e->arena, assign));
    } else if (destination.kind == TO_RETURN && !(node != NODE_NONE && is_procedure(e, node))) {
        add_statement(e, js_return(e->arena, value));
    } else if (value->kind != JS_LITERAL && value->kind != JS_NAME && (value->flags & JS_IS_READ) == 0) {
        add_statement(e, js_expression_statement(e->arena, value));
    }
}

bool declares_inside(const struct emitter *e, node_id node, struct str name) {
    node_id end = e->tree->nodes[node].next;
    for (node_id n = node; n < end; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->access == ACCESS_DECLARE && str_equal(text_of(e, n), name)) {
            return true;
        }
    }
    return false;
}

void declare_by_statements(struct emitter *e, struct js *name, node_id value) {
    bool hidden = name->kind == JS_NAME && declares_inside(e, value, name->text);
    struct js *target = hidden ? fresh_name(e, "result") : name;
    add_statement(e, js_declare(e->arena, "let", target, NULL));
    lower_into(e, value, (struct destination){TO_NAME, target});
    if (hidden) {
        add_statement(e, js_declare(e->arena, "let", name, target));
    }
}

static void lower_loop(struct emitter *e, node_id node, struct str label) {
    if (kind_of(e, node) == NODE_FOR_EXPRESSION) {
        lower_for(e, node, label);
    } else {
        lower_while(e, node, label);
    }
}

void lower_into(struct emitter *e, node_id node, struct destination destination) {
    node = without_parentheses(e, node);
    if (e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, node, "too deeply nested");
        return;
    }
    e->depth++;
    switch ((int)kind_of(e, node)) {
    case NODE_IF_EXPRESSION:
        lower_if(e, node, destination);
        break;
    case NODE_MATCH_EXPRESSION:
        lower_match(e, node, destination);
        break;
    case NODE_TRY_EXPRESSION:
        lower_try(e, node, destination);
        break;
    case NODE_WITH_EXPRESSION:
        lower_with(e, node, destination);
        break;
    case NODE_FOR_EXPRESSION:
    case NODE_WHILE_EXPRESSION:
    case NODE_LOOP_EXPRESSION:
        lower_loop(e, node, STR(""));
        break;
    case NODE_JSX_ELEMENT:
        deliver(e, lower_markup(e, node), destination, node);
        break;
    default:
        deliver(e, lower_expression(e, node), destination, node);
        break;
    }
    e->depth--;
}

/* ---- statements */

static void lower_function(struct emitter *e, node_id node, struct destination destination) {
    struct program_symbol symbol = symbol_at_node(e, node_child(e->tree, node, FIELD_NAME));
    struct str name =
        symbol.file != NULL ? name_of_symbol(e, symbol) : text_of(e, node_child(e->tree, node, FIELD_NAME));
    add_statement(e, lower_function_declaration(e, node, name));
}

static void lower_decorated(struct emitter *e, node_id node, struct destination destination) {
    lower_statement(e, node_child(e->tree, node, FIELD_DECLARATION), destination);
    struct js *last = e->statements->of.count > 0 ? e->statements->of.items[e->statements->of.count - 1] : NULL;
    if (last != NULL && last->kind == JS_FUNCTION) {
        lower_decorators(e, node, last);
    }
}

static void lower_var(struct emitter *e, node_id node, struct destination destination) {
    node_id type = node_child(e->tree, node, FIELD_TYPE);
    node_id value = node_child(e->tree, node, FIELD_VALUE);
    for (node_id name = node_child(e->tree, node, FIELD_NAME); name != NODE_NONE;
         name = node_next_same_field(e->tree, name)) {
        struct js *target = lower_target(e, name);
        if (is_statement_like(kind_of(e, value)) && !is_simple(e, value)) {
            declare_by_statements(e, target, value);
        } else {
            struct js *lowered = refined_value(e, type, lower_expression(e, value));
            struct program_symbol symbol = symbol_at_node(e, name);
            bool constant = symbol.file != NULL && !symbol_is_written(e, symbol);
            add_statement(e, js_declare(e->arena, constant ? "const" : "let", target, lowered));
        }
        node_id next = node_next_same_field(e->tree, value);
        value = next == NODE_NONE ? value : next;
    }
}

static void lower_return(struct emitter *e, node_id node, struct destination destination) {
    node_id value = node_child(e->tree, node, FIELD_VALUE);
    if (e->function->is_module) {
        not_emitted(e, node, "`return` outside of a function");
    } else if (value == NODE_NONE) {
        add_statement(e, js_return(e->arena, NULL));
    } else {
        lower_into(e, value, RETURNED);
    }
}

/* The loop that a jump with this label, or with none, leaves or goes on with; NULL if it stands in none such. */
static struct loop_state *loop_of_jump(const struct emitter *e, struct str label) {
    struct loop_state *loop = e->function == NULL ? NULL : e->function->loop;
    while (loop != NULL && label.size > 0 && !str_equal(loop->label, label)) {
        loop = loop->parent;
    }
    return loop;
}

static void lower_jump(struct emitter *e, node_id node, struct destination destination) {
    node_id label = node_child(e->tree, node, FIELD_LABEL);
    struct str name = label == NODE_NONE ? STR("") : text_of(e, label);
    struct loop_state *loop = loop_of_jump(e, name);
    if (loop == NULL) {
        not_emitted(e, node, "a jump without its loop");
        return;
    }
    bool leaves = kind_of(e, node) == NODE_BREAK_STATEMENT;
    struct js *jump = js_new(e->arena, leaves ? JS_BREAK : JS_CONTINUE);
    jump->text = name.size > 0 ? loop->name : STR("");
    if (leaves && loop->has_else) {
        loop->outside = loop->outside.size > 0 ? loop->outside : fresh_text(e, STR("search"));
        jump->text = loop->outside;
    }
    add_statement(e, jump);
}

static void lower_guard(struct emitter *e, node_id node, struct destination destination) {
    struct js *condition = lower_expression(e, node_child(e->tree, node, FIELD_CONDITION));
    struct js *body = lower_block(e, node_child(e->tree, node, FIELD_BODY), NOWHERE);
    add_statement(e, js_if(e->arena, js_not(e->arena, condition), body, NULL));
}

static void lower_labeled(struct emitter *e, node_id node, struct destination destination) {
    struct str label = text_of(e, node_child(e->tree, node, FIELD_LABEL));
    lower_loop(e, node_child(e->tree, node, FIELD_BODY), label);
}

/* `a, b` as a result is a list; elsewhere each is for its effect. */
static void lower_expressions(struct emitter *e, node_id node, struct destination destination) {
    if (destination.kind != TO_NOWHERE) {
        lower_into(e, node, destination);
        return;
    }
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        lower_into(e, child, NOWHERE);
    }
}

static void lower_nothing(struct emitter *e, node_id node, struct destination destination) {}

static void lower_type_statement(struct emitter *e, node_id node, struct destination destination) {
    lower_type(e, node, false);
}

static void lower_state_statement(struct emitter *e, node_id node, struct destination destination) {
    lower_state(e, node);
}

static void lower_computed_statement(struct emitter *e, node_id node, struct destination destination) {
    lower_computed(e, node);
}

static void lower_effect_statement(struct emitter *e, node_id node, struct destination destination) {
    lower_effect(e, node);
}

static void lower_store_statement(struct emitter *e, node_id node, struct destination destination) {
    lower_store(e, node);
}

static void lower_component_statement(struct emitter *e, node_id node, struct destination destination) {
    add_statement(e, lower_component(e, node));
}

static void lower_misplaced(struct emitter *e, node_id node, struct destination destination) {
    not_emitted(e, node, "this statement");
}

static void lower_directive(struct emitter *e, node_id node, struct destination destination) {
    if (str_equal(text_of(e, node_child(e->tree, node, FIELD_NAME)), STR("concurrent"))) {
        lower_concurrent(e, node);
    } else if (!lower_component_directive(e, node)) {
        lower_misplaced(e, node, destination);
    }
}

static void lower_broken(struct emitter *e, node_id node, struct destination destination) {
    not_emitted(e, node, "text that could not be understood");
}

typedef void lower_kind(struct emitter *e, node_id node, struct destination destination);

/* A kind without a row is an expression. */
static lower_kind *const lowerers[NODE_KIND_COUNT] = {
    [NODE_FUNCTION_DECLARATION] = lower_function,
    [NODE_DECORATED] = lower_decorated,
    [NODE_EXPORT_STATEMENT] = lower_export,
    [NODE_EXTERN_DECLARATION] = lower_nothing,
    [NODE_INTERFACE_DECLARATION] = lower_nothing,
    [NODE_TRAIT_DECLARATION] = lower_nothing,
    [NODE_IMPL_DECLARATION] = lower_misplaced,
    [NODE_VAR_DECLARATION] = lower_var,
    [NODE_LET_DECLARATION] = lower_misplaced,
    [NODE_STATE_DECLARATION] = lower_state_statement,
    [NODE_COMPUTED_DECLARATION] = lower_computed_statement,
    [NODE_EFFECT_DECLARATION] = lower_effect_statement,
    [NODE_STORE_DECLARATION] = lower_store_statement,
    [NODE_COMPONENT_DECLARATION] = lower_component_statement,
    [NODE_STYLE_BLOCK] = lower_misplaced,
    [NODE_SERVER_BLOCK] = lower_misplaced,
    [NODE_BROWSER_BLOCK] = lower_misplaced,
    [NODE_SHARED_BLOCK] = lower_misplaced,
    [NODE_ROUTE_DECLARATION] = lower_misplaced,
    [NODE_MODEL_DECLARATION] = lower_misplaced,
    [NODE_TYPE_DECLARATION] = lower_type_statement,
    [NODE_IMPORT_STATEMENT] = lower_misplaced,
    [NODE_DIRECTIVE] = lower_directive,
    [NODE_CONFIG_ENTRY] = lower_misplaced,
    [NODE_ASSIGNMENT] = lower_assignment,
    [NODE_AUGMENTED_ASSIGNMENT] = lower_augmented,
    [NODE_RETURN_STATEMENT] = lower_return,
    [NODE_BREAK_STATEMENT] = lower_jump,
    [NODE_CONTINUE_STATEMENT] = lower_jump,
    [NODE_DEFER_STATEMENT] = lower_deferred_later,
    [NODE_GUARD_STATEMENT] = lower_guard,
    [NODE_LABELED_STATEMENT] = lower_labeled,
    [NODE_EXPRESSION_LIST] = lower_expressions,
    [NODE_SELECT_EXPRESSION] = lower_select,
    [NODE_BARE_BLOCK] = lower_broken,
    [NODE_STRAY_BRACE] = lower_broken,
    [NODE_STRAY_TAG] = lower_broken,
    [NODE_MISSING] = lower_broken,
    [NODE_ERROR] = lower_broken,
};

bool is_expression(const struct emitter *e, node_id node) { return lowerers[kind_of(e, node)] == NULL; }

void lower_statement(struct emitter *e, node_id node, struct destination destination) {
    if (e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, node, "too deeply nested");
        return;
    }
    lower_kind *lower = lowerers[kind_of(e, node)];
    if (lower != NULL) {
        e->depth++;
        lower(e, node, destination);
        e->depth--;
    } else {
        lower_into(e, node, destination);
    }
}
