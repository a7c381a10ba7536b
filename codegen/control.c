/* control: `if`, loops, `try`, `with`, comprehensions and `?`. */
#include "codegen/statements.h"

#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"

/* ---- if */

static node_id next_elif(const struct emitter *e, node_id child) {
    do {
        child = node_next_sibling(e->tree, child);
    } while (child != NODE_NONE && kind_of(e, child) != NODE_ELIF_CLAUSE);
    return child;
}

/* Builds the branches from `clause` (the `if` or an elif) on; an elif whose condition needs statements nests. */
static void lower_branches(struct emitter *e, node_id node, node_id clause, struct destination destination) {
    struct js *first = NULL;
    struct js *last = NULL;
    struct js_list *outside = e->statements;
    while (clause != NODE_NONE) {
        struct js_list statements = {0};
        redirect(e, &statements);
        struct js *condition = lower_expression(e, node_child(e->tree, clause, FIELD_CONDITION));
        redirect(e, outside);
        struct js *body = lower_block(e, node_child(e->tree, clause, FIELD_CONSEQUENCE), destination);
        struct js *branch = placed(e, js_if(e->arena, condition, body, NULL), clause);
        if (last == NULL || statements.of.count > 0) {
            if (last != NULL) {
                last->c = js_block(e->arena);
                e->statements = &last->c->list;
                outside = e->statements;
            }
            for (unsigned i = 0; i < statements.of.count; i++) {
                add_statement(e, statements.of.items[i]);
            }
            add_statement(e, branch);
        } else {
            last->c = branch;
        }
        first = first == NULL ? branch : first;
        last = branch;
        clause = next_elif(e, clause == node ? node_first_child(e->tree, node) : clause);
    }
    node_id alternative = node_child(e->tree, node, FIELD_ALTERNATIVE);
    if (alternative != NODE_NONE && last != NULL) {
        struct js *body = lower_block(e, alternative, destination);
        last->c = body->list.of.count > 0 ? body : NULL;
    }
}

void lower_if(struct emitter *e, node_id node, struct destination destination) {
    struct js_list *outside = e->statements;
    lower_branches(e, node, node, destination);
    e->statements = outside;
}

/* ---- loops */

static void add_loop(struct emitter *e, struct js *loop, struct str label) {
    if (label.size == 0) {
        add_statement(e, loop);
        return;
    }
    struct js *labeled = js_text(e->arena, JS_LABEL, label);
    labeled->a = loop;
    add_statement(e, labeled);
}

/* `a..b` of two plain numbers that ascends: a counting loop says it best. */
static bool counts_up(const struct emitter *e, node_id iterable) {
    iterable = without_parentheses(e, iterable);
    if (kind_of(e, iterable) != NODE_BINARY_EXPRESSION || !str_starts_with(operator_of(e, iterable), STR(".."))) {
        return false;
    }
    struct str start = text_of(e, node_child(e->tree, iterable, FIELD_LEFT));
    struct str end = text_of(e, node_child(e->tree, iterable, FIELD_RIGHT));
    if (kind_of(e, node_child(e->tree, iterable, FIELD_LEFT)) != NODE_NUMBER ||
        kind_of(e, node_child(e->tree, iterable, FIELD_RIGHT)) != NODE_NUMBER) {
        return false;
    }
    for (size_t i = 0; i < start.size; i++) {
        if (start.data[i] < '0' || start.data[i] > '9') {
            return false;
        }
    }
    for (size_t i = 0; i < end.size; i++) {
        if (end.data[i] < '0' || end.data[i] > '9') {
            return false;
        }
    }
    return start.size < end.size || (start.size == end.size && str_compare(start, end) <= 0);
}

static struct js *counting_loop(struct emitter *e, node_id iterable, struct js *target) {
    iterable = without_parentheses(e, iterable);
    bool inclusive = str_equal(operator_of(e, iterable), STR("..="));
    struct js *loop = js_new(e->arena, JS_FOR);
    loop->a = js_declare(e->arena, "let", target, lower_expression(e, node_child(e->tree, iterable, FIELD_LEFT)));
    loop->b = js_binary(e->arena, target, inclusive ? "<=" : "<",
                        lower_expression(e, node_child(e->tree, iterable, FIELD_RIGHT)));
    loop->c = js_text(e->arena, JS_LITERAL, arena_concat(e->arena, target->text, STR("++")));
    return loop;
}

static struct js *loop_target(struct emitter *e, node_id first) {
    node_id second = node_next_same_field(e->tree, first);
    if (second == NODE_NONE) {
        return lower_target(e, first);
    }
    struct js *targets = js_new(e->arena, JS_ARRAY);
    for (node_id pattern = first; pattern != NODE_NONE; pattern = node_next_same_field(e->tree, pattern)) {
        js_add(e->arena, &targets->list, lower_target(e, pattern));
    }
    return targets;
}

/* `{k: v for k, v in xs}` goes through pairs; `for i, v in xs` numbers what it goes through. */
static bool makes_record(const struct emitter *e, node_id clause) {
    return kind_of(e, clause) == NODE_COMPREHENSION_CLAUSE && kind_of(e, node_parent(e->tree, clause)) == NODE_OBJECT;
}

/* A record that is written out, or a constant that is one: a loop goes through its pairs. */
static bool is_record_value(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    const struct symbol *data = kind_of(e, node) == NODE_IDENTIFIER ? analysis_symbol_of(e->file, node) : NULL;
    if (data != NULL && data->kind == SYMBOL_CONSTANT && data->value != NODE_NONE) {
        node = data->value;
    }
    return kind_of(e, node) == NODE_OBJECT;
}

static struct js *each_loop(struct emitter *e, node_id node, node_id iterable, struct js *target) {
    node_id first = node_child(e->tree, node, FIELD_PATTERN);
    struct js *loop = js_text(e->arena, JS_FOR_OF, STR("const"));
    struct js *items = lower_expression(e, iterable);
    bool paired = node_next_same_field(e->tree, first) != NODE_NONE;
    loop->a = target;
    loop->b = items;
    if (!paired && is_record_value(e, iterable)) {
        loop->b = js_call1(e->arena, js_member(e->arena, global_name(e, "Object"), "entries"), items);
    }
    if (paired) {
        const char *form = makes_record(e, node) ? "pairsOf" : "pairs";
        loop->b = js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, form), items);
    }
    loop->flags |= node_child(e->tree, node, FIELD_ASYNC) != NODE_NONE ? (unsigned)JS_IS_AWAITED_LOOP : 0;
    return loop;
}

/* The loop without its body; *body is where that goes. */
static struct js *loop_over(struct emitter *e, node_id node, struct js **body) {
    node_id pattern = node_child(e->tree, node, FIELD_PATTERN);
    node_id iterable = node_child(e->tree, node, FIELD_ITERABLE);
    struct js *target = loop_target(e, pattern);
    bool counting = target->kind == JS_NAME && counts_up(e, iterable) && kind_of(e, node) == NODE_FOR_EXPRESSION;
    struct js *loop = counting ? counting_loop(e, iterable, target) : each_loop(e, node, iterable, target);
    *body = js_block(e->arena);
    if (counting) {
        loop->d = *body;
    } else {
        loop->c = *body;
    }
    return loop;
}

static void lower_when(struct emitter *e, node_id condition) {
    if (condition != NODE_NONE) {
        struct js *skip = js_new(e->arena, JS_CONTINUE);
        add_statement(e, js_if(e->arena, js_not(e->arena, lower_expression(e, condition)), skip, NULL));
    }
}

static void lower_loop_body(struct emitter *e, node_id node, struct loop_state *loop) {
    loop->parent = e->function->loop;
    e->function->loop = loop;
    lower_statements(e, node_child(e->tree, node, FIELD_BODY), NOWHERE);
    e->function->loop = loop->parent;
}

/* A block whose braces hold no name needs none. */
static void add_statements_of(struct emitter *e, struct js *block) {
    if (js_declares_names(block)) {
        add_statement(e, block);
        return;
    }
    for (unsigned i = 0; i < block->list.of.count; i++) {
        add_statement(e, block->list.of.items[i]);
    }
}

/* `else` runs when the loop came to its end; a `break` leaves the block around both. */
static void lower_loop_else(struct emitter *e, node_id alternative, struct js *loop, const struct loop_state *state) {
    if (state->outside.size == 0) {
        add_loop(e, loop, state->name);
        add_statements_of(e, lower_block(e, alternative, NOWHERE));
        return;
    }
    struct js *labeled = js_text(e->arena, JS_LABEL, state->outside);
    labeled->a = js_block(e->arena);
    struct js_list *outside = redirect(e, &labeled->a->list);
    add_loop(e, loop, state->name);
    add_statements_of(e, lower_block(e, alternative, NOWHERE));
    redirect(e, outside);
    add_statement(e, labeled);
}

/* JavaScript wants nested labels to differ. */
static struct str label_name(struct emitter *e, struct str label) {
    bool taken = label.size > 0 && name_is_reserved(label);
    for (const struct loop_state *loop = e->function->loop; loop != NULL && label.size > 0; loop = loop->parent) {
        taken = taken || str_equal(loop->name, label);
    }
    return taken ? fresh_text(e, arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(label))) : label;
}

void lower_for(struct emitter *e, node_id node, struct str label) {
    node_id alternative = node_child(e->tree, node, FIELD_ALTERNATIVE);
    struct js *body;
    struct js *loop = loop_over(e, node, &body);
    struct js_list *outside = redirect(e, &body->list);
    lower_when(e, node_child(e->tree, node, FIELD_WHEN));
    struct loop_state state = {.label = label, .name = label_name(e, label), .has_else = alternative != NODE_NONE};
    lower_loop_body(e, node, &state);
    redirect(e, outside);
    if (alternative != NODE_NONE) {
        lower_loop_else(e, alternative, loop, &state);
    } else {
        add_loop(e, loop, state.name);
    }
}

void lower_while(struct emitter *e, node_id node, struct str label) {
    struct js *loop = js_new(e->arena, JS_WHILE);
    loop->b = js_block(e->arena);
    struct js_list *outside = redirect(e, &loop->b->list);
    node_id condition_node = node_child(e->tree, node, FIELD_CONDITION);
    struct js *condition =
        condition_node == NODE_NONE ? js_literal(e->arena, "true") : lower_expression(e, condition_node);
    if (loop->b->list.of.count > 0) {
        struct js *leave = js_new(e->arena, JS_BREAK);
        add_statement(e, js_if(e->arena, js_not(e->arena, condition), leave, NULL));
        condition = js_literal(e->arena, "true");
    }
    loop->a = condition;
    struct loop_state state = {.label = label, .name = label_name(e, label)};
    lower_loop_body(e, node, &state);
    redirect(e, outside);
    add_loop(e, loop, state.name);
}

/* ---- try and with */

void lower_try(struct emitter *e, node_id node, struct destination destination) {
    struct js *try = js_new(e->arena, JS_TRY);
    try->a = lower_block(e, node_child(e->tree, node, FIELD_BODY), destination);
    node_id handler = node_child(e->tree, node, FIELD_HANDLER);
    node_id name = node_child(e->tree, node, FIELD_NAME);
    if (handler != NODE_NONE) {
        try->b = name == NODE_NONE ? NULL : lower_target(e, name);
        try->c = lower_block(e, handler, destination);
    }
    node_id finalizer = node_child(e->tree, node, FIELD_FINALIZER);
    if (finalizer != NODE_NONE) {
        try->d = lower_block(e, finalizer, NOWHERE);
    }
    if (try->c == NULL && try->d == NULL) {
        not_emitted(e, node, "a `try` without `catch` and `finally`");
        try = try->a;
    }
    add_statement(e, try);
}

void lower_with(struct emitter *e, node_id node, struct destination destination) {
    struct js *value = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    struct js *name = lower_target(e, node_child(e->tree, node, FIELD_NAME));
    struct js *block = js_block(e->arena);
    js_add(e->arena, &block->list, js_declare(e->arena, "const", name, value));
    struct js *try = js_new(e->arena, JS_TRY);
    try->a = lower_block(e, node_child(e->tree, node, FIELD_BODY), destination);
    try->d = js_block(e->arena);
    struct js *release = js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "release"), name);
    js_add(e->arena, &try->d->list, js_expression_statement(e->arena, release));
    js_add(e->arena, &block->list, try);
    add_statement(e, block);
}

/* ---- comprehensions: loops that fill a list */

static void lower_clauses(struct emitter *e, node_id clause, struct js *result, node_id element) {
    while (clause != NODE_NONE && kind_of(e, clause) != NODE_COMPREHENSION_CLAUSE) {
        clause = node_next_sibling(e->tree, clause);
    }
    if (clause == NODE_NONE) {
        bool pair = kind_of(e, element) == NODE_PAIR;
        struct js *value;
        if (pair) {
            node_id key = node_child(e->tree, element, FIELD_KEY);
            key = kind_of(e, key) == NODE_ARRAY ? node_first_plain(e->tree, key) : key;
            struct js *target = js_index(e->arena, result, lower_expression(e, key));
            value = js_assign(e->arena, target, "=", lower_expression(e, node_child(e->tree, element, FIELD_VALUE)));
        } else {
            value = js_call1(e->arena, js_member(e->arena, result, "push"), lower_expression(e, element));
        }
        add_statement(e, js_expression_statement(e->arena, value));
        return;
    }
    node_id next = node_next_sibling(e->tree, clause);
    node_id condition = node_child(e->tree, clause, FIELD_CONDITION);
    struct js *body;
    if (condition != NODE_NONE) {
        struct js *test = lower_expression(e, condition);
        body = js_block(e->arena);
        add_statement(e, js_if(e->arena, test, body, NULL));
    } else {
        add_statement(e, loop_over(e, clause, &body));
    }
    struct js_list *outside = redirect(e, &body->list);
    e->depth++;
    lower_clauses(e, next, result, element);
    e->depth--;
    redirect(e, outside);
}

/* The loop of a comprehension, and the condition behind it or NODE_NONE. Answers the number of clauses. */
static unsigned clauses_of(const struct emitter *e, node_id node, node_id *loop, node_id *condition) {
    unsigned clauses = 0;
    *loop = NODE_NONE;
    *condition = NODE_NONE;
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_COMPREHENSION_CLAUSE) {
            clauses++;
            *loop = clauses == 1 ? child : *loop;
            *condition = clauses == 2 ? node_child(e->tree, child, FIELD_CONDITION) : *condition;
        }
    }
    return clauses;
}

/* One loop and perhaps one condition read best as filter and map. */
bool comprehension_is_simple(const struct emitter *e, node_id node) {
    node_id loop, condition;
    unsigned clauses = clauses_of(e, node, &loop, &condition);
    node_id element = node_first_plain(e->tree, node);
    bool paired = node_next_same_field(e->tree, node_child(e->tree, loop, FIELD_PATTERN)) != NODE_NONE;
    for (node_id n = node; n < e->tree->nodes[node].next; n++) {
        if (program_is_awaited(e->file, n) || kind_of(e, n) == NODE_AWAIT_EXPRESSION ||
            kind_of(e, n) == NODE_YIELD_EXPRESSION) {
            return false;
        }
    }
    return !paired && kind_of(e, element) != NODE_PAIR && clauses <= 2 && (clauses == 1 || condition != NODE_NONE) &&
           is_simple(e, element) && (condition == NODE_NONE || is_simple(e, condition));
}

static struct js *simple_comprehension(struct emitter *e, node_id node, node_id element) {
    node_id loop, condition;
    (void)clauses_of(e, node, &loop, &condition);
    struct js *items = lower_expression(e, node_child(e->tree, loop, FIELD_ITERABLE));
    struct js *target = lower_target(e, node_child(e->tree, loop, FIELD_PATTERN));
    bool itself = kind_of(e, element) == NODE_IDENTIFIER && target->kind == JS_NAME &&
                  str_equal(text_of(e, element), target->text);
    node_id parts[2] = {condition, itself && condition != NODE_NONE ? NODE_NONE : element};
    for (int i = 0; i < 2; i++) {
        if (parts[i] != NODE_NONE) {
            struct js_list statements = {0};
            struct js_list *outside = redirect(e, &statements);
            struct js *value = lower_expression(e, parts[i]);
            redirect(e, outside);
            struct js *arrow = thunk(e, &statements, value);
            js_add(e->arena, &arrow->list, target);
            items = js_call2(e->arena, runtime_name(e, RUNTIME_CORE, i == 0 ? "filter" : "map"), items, arrow);
        }
    }
    return items;
}

struct js *lower_comprehension(struct emitter *e, node_id node) {
    node_id element = node_first_plain(e->tree, node);
    if (comprehension_is_simple(e, node)) {
        return simple_comprehension(e, node, element);
    }
    bool pairs = kind_of(e, element) == NODE_PAIR;
    struct js *result = fresh_name(e, pairs ? "record" : "items");
    add_statement(e, js_declare(e->arena, "const", result, js_new(e->arena, pairs ? JS_OBJECT : JS_ARRAY)));
    lower_clauses(e, node_next_sibling(e->tree, element), result, element);
    return result;
}

/* ---- `e?` */

struct js *lower_propagate(struct emitter *e, node_id node) {
    struct js *value = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    bool inside = e->function != NULL && !e->function->is_module;
    if (!inside) {
        return js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "innerOrThrow"), value);
    }
    struct js *outcome = fresh_name(e, "outcome");
    add_statement(e, js_declare(e->arena, "const", outcome, value));
    struct js *test = js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "failed"), outcome);
    struct js *check = js_if(e->arena, test, js_return(e->arena, outcome), NULL);
    check->flags |= JS_IS_SHORT;
    add_statement(e, check);
    return js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "inner"), outcome);
}
