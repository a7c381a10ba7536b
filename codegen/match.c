/* match: arms over a subject that is evaluated once, as a chain of `if` or of `c ? a : b`. */
#include "codegen/choices.h"

#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/names.h"
#include "codegen/patterns.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"

/* ---- what an arm asks */

struct match_state {
    node_id value; /* the expression that is matched */
    struct js *subject;
    bool boolean;     /* the subject is surely true or false */
    bool number;      /* it is surely a number */
    node_id before;   /* the pattern of the arm before, when it is `true` or `false` without a guard */
    struct str label; /* of the block around the arms, when one of them leaves it by a jump */
};

/* Over a truth value, `true` asks nothing more and `false` is what is left. */
static bool test_truth(struct emitter *e, struct match_state *state, node_id pattern, struct tests *tests) {
    enum node_kind kind = kind_of(e, pattern);
    if (!state->boolean || (kind != NODE_TRUE && kind != NODE_FALSE)) {
        return false;
    }
    bool rest = state->before != NODE_NONE && kind_of(e, state->before) != kind;
    if (!rest) {
        pattern_require(e, tests, kind == NODE_TRUE ? state->subject : js_not(e->arena, state->subject));
    }
    return true;
}

/* The names of the pattern stand for the parts of the subject while the guard is lowered. Statements that it needs go to
 * `before`. */
static struct js *lower_guard(struct emitter *e, node_id guard, const struct tests *tests, struct js_list *before) {
    unsigned stand_ins = e->stand_ins.count;
    for (unsigned i = 0; i < tests->bound.count; i++) {
        struct program_symbol symbol = symbol_at_node(e, tests->bound.items[i].name);
        if (symbol.file != NULL) {
            vec_push(e->arena, &e->stand_ins,
                     ((struct stand_in){e->file_index, symbol.symbol, tests->bound.items[i].value}));
        }
    }
    struct js_list *outside = redirect(e, before);
    struct js *condition = lower_expression(e, guard);
    redirect(e, outside);
    e->stand_ins.count = stand_ins;
    return condition;
}

struct arm {
    struct tests tests;    /* with the guard, unless that needs statements */
    struct js_list before; /* those statements */
    struct js *guard;      /* what it asks behind them; else NULL */
};

static struct arm test_arm(struct emitter *e, struct match_state *state, node_id node) {
    struct arm arm = {.tests = {.number = state->number ? state->subject : NULL}};
    node_id pattern = node_child(e->tree, node, FIELD_PATTERN);
    node_id guard = node_child(e->tree, node, FIELD_GUARD);
    bool truth = test_truth(e, state, pattern, &arm.tests);
    if (!truth) {
        pattern_test(e, pattern, state->subject, &arm.tests);
    }
    if (guard != NODE_NONE) {
        arm.guard = lower_guard(e, guard, &arm.tests, &arm.before);
        if (arm.before.of.count == 0) {
            pattern_require(e, &arm.tests, arm.guard);
            arm.guard = NULL;
        }
    }
    state->before = truth && guard == NODE_NONE ? pattern : NODE_NONE;
    return arm;
}

static struct match_state match_start(struct emitter *e, node_id node, bool statements) {
    struct match_state state = {.value = node_child(e->tree, node, FIELD_VALUE)};
    enum value_type type = type_of_value(e, state.value);
    state.boolean = type == VALUE_BOOL;
    state.number = type == VALUE_NUMBER;
    state.subject = lower_expression(e, state.value);
    unsigned arms = 0;
    NODE_EACH(child, e->tree, node) { arms += kind_of(e, child) == NODE_MATCH_ARM; }
    node_id first = node_child(e->tree, node_child_of_kind(e->tree, node, NODE_MATCH_ARM), FIELD_PATTERN);
    bool once = state.boolean && arms <= 2 && (kind_of(e, first) == NODE_TRUE || kind_of(e, first) == NODE_FALSE);
    const struct js *root = state.subject;
    while (root->kind == JS_MEMBER || root->kind == JS_CALL) {
        root = root->a;
    }
    if (root->kind == JS_NAME && declares_inside(e, node, root->text)) {
        struct js *name = fresh_name(e, "subject");
        add_statement(e, js_declare(e->arena, "const", name, state.subject));
        state.subject = name;
    } else if (!once && statements && arms > 1 && state.subject->kind != JS_NAME && state.subject->kind != JS_LITERAL) {
        struct js *name = fresh_name(e, "subject");
        add_statement(e, js_declare(e->arena, "const", name, state.subject));
        state.subject = name;
    } else if (!once) {
        state.subject = stable_value(e, state.subject, "subject");
    }
    return state;
}

static bool is_used_in(const struct emitter *e, node_id name, node_id body) {
    struct program_symbol symbol = symbol_at_node(e, name);
    for (node_id n = body; n < e->tree->nodes[body].next; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->symbol == symbol.symbol) {
            return true;
        }
    }
    return false;
}

static void declare_bound(struct emitter *e, const struct tests *tests, node_id body) {
    for (unsigned i = 0; i < tests->bound.count; i++) {
        struct bound bound = tests->bound.items[i];
        if (bound.name == NODE_NONE) {
            add_statement(e, js_declare(e->arena, "const", bound.value->a, bound.value->b));
        } else if (is_used_in(e, bound.name, body)) {
            add_statement(e, js_declare(e->arena, "const", lower_target(e, bound.name), bound.value));
        }
    }
}

static struct js *lower_arm(struct emitter *e, node_id node, const struct tests *tests,
                            struct destination destination) {
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    node_id body = node_child(e->tree, node, FIELD_BODY);
    declare_bound(e, tests, body);
    if (kind_of(e, body) == NODE_BLOCK) {
        lower_statements(e, body, destination);
    } else {
        lower_statement(e, body, destination);
    }
    redirect(e, outside);
    return block;
}

/* ---- as statements */

/* An arm that does nothing at the end of the chain is left out; in front of one other it turns the condition around. */
static struct js *tidy_chain(struct emitter *e, struct js *first) {
    if (first->kind != JS_IF || first->c == NULL) {
        return first;
    }
    bool empty_first = first->b->list.of.count == 0;
    bool empty_last = first->c->kind == JS_BLOCK && first->c->list.of.count == 0;
    if (empty_last) {
        first->c = NULL;
    } else if (empty_first && first->c->kind == JS_BLOCK) {
        first->a = js_not(e->arena, first->a);
        first->b = first->c;
        first->c = NULL;
    }
    return first;
}

/* The arms of a match, each the `else` of the one before. */
struct chain {
    struct js *first, *last;
};

static void chain_add(struct chain *chain, struct js *link) {
    if (chain->last == NULL) {
        chain->first = link;
    } else {
        chain->last->c = link;
    }
    chain->last = link;
}

static node_id next_arm(const struct emitter *e, node_id node) {
    while (node != NODE_NONE && kind_of(e, node) != NODE_MATCH_ARM) {
        node = node_next_sibling(e->tree, node);
    }
    return node;
}

/* Adds the chain to the statements; a name that gets the value gets nil where no arm fits. */
static void chain_finish(struct emitter *e, struct chain *chain, struct destination destination) {
    struct js *nothing = NULL;
    if (destination.kind == TO_NAME && (chain->last == NULL || chain->last->kind == JS_IF)) {
        struct js *assign = js_assign(e->arena, destination.name, "=", js_literal(e->arena, "null"));
        nothing = js_expression_statement(e->arena, assign);
    }
    if (chain->first == NULL) {
        if (nothing != NULL) {
            add_statement(e, nothing);
        }
        return;
    }
    if (nothing != NULL) {
        chain->last->c = js_block(e->arena);
        js_add(e->arena, &chain->last->c->list, nothing);
    }
    struct js *first = tidy_chain(e, chain->first);
    if (first->kind == JS_BLOCK && !js_declares_names(first)) {
        for (unsigned i = 0; i < first->list.of.count; i++) {
            add_statement(e, first->list.of.items[i]);
        }
        return;
    }
    add_statement(e, first);
}

/* A guard with statements is no link of a chain: the arm leaves the match by itself, and those behind it follow. */
static void add_guarded_arm(struct emitter *e, struct match_state *state, const struct arm *arm, struct js *body) {
    if (!js_leaves(body)) {
        struct js *leave = js_new(e->arena, JS_BREAK);
        if (state->label.size == 0) {
            state->label = fresh_text(e, STR("matched"));
        }
        leave->text = state->label;
        js_add(e->arena, &body->list, leave);
    }
    struct js *block = js_block(e->arena);
    block->list = arm->before;
    js_add(e->arena, &block->list, js_if(e->arena, arm->guard, body, NULL));
    struct js *condition = arm->tests.condition;
    add_statement(e, condition == NULL ? block : js_if(e->arena, condition, block, NULL));
}

static void lower_arms(struct emitter *e, struct match_state *state, node_id node, struct destination destination) {
    struct chain chain = {0};
    struct js_list *outside = e->statements;
    node_id child = next_arm(e, node_first_child(e->tree, node));
    for (; child != NODE_NONE; child = next_arm(e, node_next_sibling(e->tree, child))) {
        struct arm arm = test_arm(e, state, child);
        struct js *body = lower_arm(e, child, &arm.tests, destination);
        if (arm.guard != NULL) {
            if (chain.first != NULL) {
                add_statement(e, chain.first);
                chain.last->c = js_block(e->arena);
                redirect(e, &chain.last->c->list);
                chain = (struct chain){0};
            }
            add_guarded_arm(e, state, &arm, body);
            continue;
        }
        if (arm.tests.condition == NULL) {
            chain_add(&chain, body);
            break;
        }
        chain_add(&chain, placed(e, js_if(e->arena, arm.tests.condition, body, NULL), child));
    }
    chain_finish(e, &chain, destination);
    redirect(e, outside);
}

void lower_match(struct emitter *e, node_id node, struct destination destination) {
    struct match_state state = match_start(e, node, true);
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    lower_arms(e, &state, node, destination);
    redirect(e, outside);
    if (state.label.size > 0) {
        struct js *labeled = js_text(e->arena, JS_LABEL, state.label);
        labeled->a = block;
        add_statement(e, labeled);
        return;
    }
    for (unsigned i = 0; i < block->list.of.count; i++) {
        add_statement(e, block->list.of.items[i]);
    }
}

/* ---- as a value */

/* A guard with statements as a condition: the call of a function that has them. */
static struct js *guard_call(struct emitter *e, struct arm *arm) {
    struct js *function = thunk(e, &arm->before, arm->guard);
    struct js *call = js_call(e->arena, function);
    return (function->flags & JS_IS_ASYNC) != 0 ? js_await(e->arena, call) : call;
}

struct js *lower_match_expression(struct emitter *e, node_id node) {
    struct match_state state = match_start(e, node, false);
    VEC(struct choice) choices = {0};
    struct choice otherwise = {.value = js_literal(e->arena, "null")};
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) != NODE_MATCH_ARM) {
            continue;
        }
        struct arm arm = test_arm(e, &state, child);
        if (arm.guard != NULL) {
            pattern_require(e, &arm.tests, guard_call(e, &arm));
        }
        struct choice choice = lower_choice(e, node_child(e->tree, child, FIELD_BODY));
        if (arm.tests.condition == NULL) {
            otherwise = choice;
            break;
        }
        choice.condition = arm.tests.condition;
        vec_push(e->arena, &choices, choice);
    }
    return choose(e, choices.items, choices.count, otherwise);
}
