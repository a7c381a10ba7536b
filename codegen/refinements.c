/* refinements: `type Age = Int where { … }` as a function that lets values of the type through, and where it is asked. */
#include "codegen/types.h"

#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"

/* ---- the predicate */

/* Adds what one line of the body asks: a condition of its own, or a statement that a later one needs. */
static struct js *lower_predicate(struct emitter *e, node_id node, struct js_list *statements) {
    struct js *condition = NULL;
    struct js_list *outside = redirect(e, statements);
    if (kind_of(e, node) == NODE_EXPRESSION_LIST) {
        for (node_id part = node_first_plain(e->tree, node); part != NODE_NONE; part = node_next_plain(e->tree, part)) {
            struct js *one = lower_expression(e, part);
            condition = condition == NULL ? one : js_and(e->arena, condition, one);
        }
    } else if (is_expression(e, node)) {
        condition = lower_expression(e, node);
    } else {
        lower_statement(e, node, NOWHERE);
    }
    redirect(e, outside);
    return condition;
}

static struct js *base_test(struct emitter *e, struct program_symbol type, struct js *value) {
    node_id base = symbol_data(type)->type;
    return kind_of(e, base) == NODE_TYPE_NAME ? type_test(e, value, node_child(e->tree, base, FIELD_NAME)) : NULL;
}

/* `(it) => a && b`; a line that needs statements makes it a body with a way out for what stands in front. */
static struct js *predicate_of(struct emitter *e, struct program_symbol type, node_id where) {
    struct function_state state;
    struct js_list statements = {0};
    struct js *it = js_name(e->arena, "it");
    function_enter(e, &state, where);
    struct js *condition = base_test(e, type, it);
    NODE_EACH(child, e->tree, where) {
        if (node_is_comment(e->tree, child)) {
            continue;
        }
        struct js_list before = {0};
        struct js *one = lower_predicate(e, child, &before);
        if (before.of.count > 0 && condition != NULL) {
            struct js *leave = js_return(e->arena, js_literal(e->arena, "false"));
            struct js *unless = js_if(e->arena, js_not(e->arena, condition), leave, NULL);
            unless->flags |= JS_IS_SHORT;
            js_add(e->arena, &statements, unless);
            condition = NULL;
        }
        for (unsigned i = 0; i < before.of.count; i++) {
            js_add(e->arena, &statements, before.of.items[i]);
        }
        bool first = condition == NULL || one == NULL;
        condition = !first ? js_and(e->arena, condition, one) : one != NULL ? one : condition;
    }
    function_leave(e);
    struct js *arrow = thunk(e, &statements, condition != NULL ? condition : js_literal(e->arena, "true"));
    js_add(e->arena, &arrow->list, it);
    return arrow;
}

void lower_refinement(struct emitter *e, struct program_symbol type, node_id node) {
    struct str text = analysis_name(type.file, symbol_data(type)->name);
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, type));
    name->place = place_of(e, node_child(e->tree, node, FIELD_NAME));
    struct js *predicate = predicate_of(e, type, node_child(e->tree, node, FIELD_WHERE));
    struct js *refined = runtime_name(e, RUNTIME_DERIVE, "refined");
    struct js *value = js_call2(e->arena, refined, js_string(e->arena, text), predicate);
    add_statement(e, js_declare(e->arena, "const", name, value));
}

/* ---- where it is asked */

/* The refined type that an annotation names; nothing for every other. */
static struct program_symbol refinement_of(const struct emitter *e, node_id type) {
    struct program_symbol symbol = {NULL, 0};
    if (kind_of(e, type) == NODE_TYPE_NAME) {
        symbol = symbol_at_node(e, node_child(e->tree, type, FIELD_NAME));
    }
    return type_is_refined(symbol) ? symbol : (struct program_symbol){NULL, 0};
}

struct js *refined_value(struct emitter *e, node_id type, struct js *value) {
    struct program_symbol refinement = refinement_of(e, type);
    if (refinement.file == NULL) {
        return value;
    }
    struct js *check = symbol_value(e, refinement, node_child(e->tree, type, FIELD_NAME));
    return js_call1(e->arena, check, value);
}

struct js *refined_test(struct emitter *e, struct program_symbol type, struct js *value, node_id name) {
    struct js *holds = js_member(e->arena, symbol_value(e, type, name), "holds");
    return js_call1(e->arena, holds, value);
}
