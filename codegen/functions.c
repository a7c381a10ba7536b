/* functions: declarations, lambdas, parameters and bodies. */
#include "codegen/functions.h"

#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"

void function_enter(struct emitter *e, struct function_state *state, node_id node) {
    *state = (struct function_state){
        .parent = e->function,
        .node = node,
        .has_type = node_child(e->tree, node, FIELD_RETURN_TYPE) != NODE_NONE,
    };
    e->function = state;
}

void function_leave(struct emitter *e) { e->function = e->function->parent; }

struct js *thunk(struct emitter *e, struct js_list *statements, struct js *value) {
    struct js *body = value;
    if (statements->of.count > 0 || value == NULL) {
        body = js_block(e->arena);
        body->list = *statements;
        if (value != NULL) {
            js_add(e->arena, &body->list, js_return(e->arena, value));
        }
    }
    struct js *arrow = js_arrow(e->arena, body);
    arrow->flags |= js_awaits(body) ? (unsigned)JS_IS_ASYNC : 0;
    return arrow;
}

/* ---- parameters */

static struct js *defaulted(struct emitter *e, struct js *target, struct js *value) {
    struct js *node = js_new(e->arena, JS_DEFAULTED);
    node->a = target;
    node->b = value;
    return node;
}

/* if (name === undefined) { …; name = value; } */
static struct js *given_later(struct emitter *e, struct js *name, const struct js_list *statements, struct js *value) {
    struct js *block = js_block(e->arena);
    block->list = *statements;
    struct js *assign = js_assign(e->arena, name, "=", value);
    js_add(e->arena, &block->list, js_expression_statement(e->arena, assign));
    struct js *test = js_binary(e->arena, name, "===", js_literal(e->arena, "undefined"));
    return js_if(e->arena, test, block, NULL);
}

/* A head has no room for statements, `await` and `yield`: what needs them is done first in the body. */
static struct js *lower_parameter(struct emitter *e, node_id node, struct js_list *prologue) {
    enum node_kind kind = kind_of(e, node);
    node_id value_node = node_child(e->tree, node, kind == NODE_DEFAULT_BINDING ? FIELD_VALUE : FIELD_DEFAULT);
    struct js_list of_target = {0};
    struct js_list of_value = {0};
    struct js_list *outside = redirect(e, &of_target);
    struct js *target = lower_target(e, parameter_name(e, node));
    redirect(e, &of_value);
    struct js *value = value_node == NODE_NONE ? NULL : lower_expression(e, value_node);
    redirect(e, outside);
    bool rest = kind == NODE_REST_PARAMETER || kind == NODE_SPREAD;
    bool late_target = of_target.of.count > 0 || js_pauses(target);
    bool late_value = value != NULL && (of_value.of.count > 0 || js_pauses(value));
    struct js *name = late_target || (late_value && target->kind != JS_NAME) ? fresh_name(e, "given") : target;
    if (late_value) {
        js_add(e->arena, prologue, given_later(e, name, &of_value, value));
    }
    if (name != target) {
        for (unsigned i = 0; i < of_target.of.count; i++) {
            js_add(e->arena, prologue, of_target.of.items[i]);
        }
        js_add(e->arena, prologue, js_declare(e->arena, "const", target, name));
    }
    if (rest) {
        struct js *spread = js_new(e->arena, JS_SPREAD);
        spread->a = name;
        return spread;
    }
    return value == NULL || late_value ? name : defaulted(e, name, value);
}

static bool is_receiver(const struct emitter *e, node_id node) {
    return kind_of(e, node) == NODE_PARAMETER && str_equal(text_of(e, parameter_name(e, node)), STR("self"));
}

/* A parameter of a type with a condition is checked before the body runs; one that may be left out, when it is given. */
static void check_parameter(struct emitter *e, node_id node, struct js *parameter, struct js_list *prologue) {
    struct js *name = parameter->kind == JS_DEFAULTED ? parameter->a : parameter;
    struct js *check = name->kind == JS_NAME ? refined_value(e, node_child(e->tree, node, FIELD_TYPE), name) : name;
    if (check == name) {
        return;
    }
    struct js *statement = js_expression_statement(e->arena, check);
    if (node_child(e->tree, node, FIELD_OPTIONAL) != NODE_NONE) {
        struct js *given = js_binary(e->arena, name, "!==", js_literal(e->arena, "undefined"));
        statement = js_if(e->arena, given, statement, NULL);
        statement->flags |= JS_IS_SHORT;
    }
    js_add(e->arena, prologue, statement);
}

static bool is_below(const struct emitter *e, node_id node, enum node_kind kind) {
    return may_have(e, kind) && node_ancestor(e->tree, node, kind) != NODE_NONE;
}

void lower_parameters(struct emitter *e, node_id parameters, struct js_list *list, struct js_list *prologue) {
    if (kind_of(e, parameters) == NODE_IDENTIFIER) {
        js_add(e->arena, list, lower_target(e, parameters));
        return;
    }
    bool method = is_below(e, parameters, NODE_IMPL_DECLARATION) || is_below(e, parameters, NODE_TRAIT_DECLARATION);
    NODE_EACH(child, e->tree, parameters) {
        enum node_kind kind = kind_of(e, child);
        if (node_is_comment(e->tree, child) || kind == NODE_MISSING || kind == NODE_ERROR ||
            (method && is_receiver(e, child))) {
            continue;
        }
        struct js *parameter = lower_parameter(e, child, prologue);
        js_add(e->arena, list, parameter);
        check_parameter(e, child, parameter, prologue);
    }
}

/* ---- bodies */

static bool is_generator(const struct emitter *e, node_id function) {
    node_id end = may_have(e, NODE_YIELD_EXPRESSION) ? e->tree->nodes[function].next : function;
    for (node_id n = function + 1; n < end;) {
        enum node_kind kind = kind_of(e, n);
        if (kind == NODE_YIELD_EXPRESSION) {
            return true;
        }
        bool inner = kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
        n = inner ? e->tree->nodes[n].next : n + 1;
    }
    return false;
}

/* `defer` below the top level of a body runs by a list that is worked off at the end. */
static bool has_nested_defer(const struct emitter *e, node_id body) {
    node_id end = may_have(e, NODE_DEFER_STATEMENT) ? e->tree->nodes[body].next : body;
    for (node_id n = body; body != NODE_NONE && n < end;) {
        enum node_kind kind = kind_of(e, n);
        if (kind == NODE_DEFER_STATEMENT && node_parent(e->tree, n) != body) {
            return true;
        }
        bool inner = kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
        n = inner ? e->tree->nodes[n].next : n + 1;
    }
    return false;
}

/* const deferred = []; try { … } finally { for (const run of deferred.reverse()) run(); } */
static struct js *with_deferred(struct emitter *e, struct js *deferred, struct js *body, bool async) {
    struct js *outer = js_block(e->arena);
    js_add(e->arena, &outer->list, js_declare(e->arena, "const", deferred, js_new(e->arena, JS_ARRAY)));
    struct js *run = fresh_name(e, "run");
    struct js *call = js_call(e->arena, run);
    struct js *loop = js_text(e->arena, JS_FOR_OF, STR("const"));
    loop->a = run;
    loop->b = js_call(e->arena, js_member(e->arena, deferred, "reverse"));
    loop->c = js_block(e->arena);
    js_add(e->arena, &loop->c->list, js_expression_statement(e->arena, async ? js_await(e->arena, call) : call));
    struct js *try = js_new(e->arena, JS_TRY);
    try->a = body;
    try->d = js_block(e->arena);
    js_add(e->arena, &try->d->list, loop);
    js_add(e->arena, &outer->list, try);
    return outer;
}

struct js *lower_body(struct emitter *e, node_id body, node_id function, struct destination destination) {
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    if (has_nested_defer(e, body)) {
        e->function->deferred = fresh_name(e, "deferred");
    }
    if (kind_of(e, body) == NODE_BLOCK) {
        lower_statements(e, body, destination);
    } else {
        lower_statement(e, body, destination);
    }
    redirect(e, outside);
    if (e->function->deferred != NULL) {
        return with_deferred(e, e->function->deferred, block, program_is_async(e->file, function));
    }
    return block;
}

static void prepend(struct emitter *e, struct js *block, const struct js_list *prologue) {
    for (unsigned i = 0; i < prologue->of.count; i++) {
        js_insert(e->arena, &block->list, i, prologue->of.items[i]);
    }
}

/* Middleware and socket handlers answer by what they do, not by what they return. */
static bool returns_nothing(const struct emitter *e, node_id node) {
    const struct symbol *data = symbol_data(symbol_at_node(e, node_child(e->tree, node, FIELD_NAME)));
    if (data == NULL) {
        return false;
    }
    bool middleware = data->kind == SYMBOL_MIDDLEWARE && (data->flags & SYMBOL_NEXT_MIDDLEWARE) == 0;
    return middleware || (data->flags & SYMBOL_SOCKET) != 0;
}

struct js *lower_function_declaration(struct emitter *e, node_id node, struct str name) {
    struct js *function = placed(e, js_text(e->arena, JS_FUNCTION, name), node_child(e->tree, node, FIELD_NAME));
    if (!str_equal(name, text_of(e, node_child(e->tree, node, FIELD_NAME)))) {
        function->place.name = text_of(e, node_child(e->tree, node, FIELD_NAME));
    }
    struct function_state state;
    struct js_list prologue = {0};
    function_enter(e, &state, node);
    state.generator = is_generator(e, node);
    function->flags |= program_is_async(e->file, node) ? (unsigned)JS_IS_ASYNC : 0;
    function->flags |= state.generator ? (unsigned)JS_IS_GENERATOR : 0;
    lower_parameters(e, node_child(e->tree, node, FIELD_PARAMETERS), &function->list, &prologue);
    node_id body = node_child(e->tree, node, FIELD_BODY);
    struct destination destination = state.generator || returns_nothing(e, node) ? NOWHERE : RETURNED;
    function->a = body == NODE_NONE ? js_block(e->arena) : lower_body(e, body, node, destination);
    prepend(e, function->a, &prologue);
    function_leave(e);
    return function;
}

/* `@memoize`: the function's name gets what remembers its results, so that its own calls go there too. */
void lower_decorators(struct emitter *e, node_id decorated, struct js *function) {
    NODE_EACH(child, e->tree, decorated) {
        node_id name = node_child(e->tree, child, FIELD_NAME);
        if (kind_of(e, child) == NODE_DECORATOR && str_equal(text_of(e, name), STR("memoize"))) {
            struct js *own = js_text(e->arena, JS_NAME, function->text);
            struct js *memoize = placed(e, builtin_name(e, BUILTIN_MEMOIZE), name);
            struct js *assign = js_assign(e->arena, own, "=", js_call1(e->arena, memoize, own));
            add_statement(e, js_expression_statement(e->arena, assign));
        }
    }
}

/* A block of one statement that is a value becomes the arrow function's expression. */
static struct js *arrow_body(struct js *block) {
    if (block->list.of.count != 1) {
        return block;
    }
    struct js *only = block->list.of.items[0];
    if (only->kind == JS_RETURN && only->a != NULL) {
        return only->a;
    }
    bool call = only->kind == JS_EXPRESSION && (only->a->kind == JS_CALL || only->a->kind == JS_AWAIT);
    return call ? only->a : block;
}

/* `fn(x) if x { a } else { b }`: short enough for `x ? a : b`. */
static bool reads_as_choice(const struct emitter *e, node_id body) {
    body = without_parentheses(e, body);
    enum node_kind kind = kind_of(e, body);
    if (kind != NODE_IF_EXPRESSION && kind != NODE_MATCH_EXPRESSION) {
        return false;
    }
    unsigned branches = 0;
    NODE_EACH(child, e->tree, body) {
        branches += kind_of(e, child) == NODE_MATCH_ARM || kind_of(e, child) == NODE_ELIF_CLAUSE;
    }
    return branches <= (kind == NODE_IF_EXPRESSION ? 0 : 2) && is_simple(e, body);
}

static struct js *returning(struct emitter *e, node_id body) {
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    struct js *value = lower_expression(e, body);
    add_statement(e, js_return(e->arena, value));
    redirect(e, outside);
    return block;
}

struct js *lower_lambda(struct emitter *e, node_id node) {
    struct function_state state;
    struct js_list prologue = {0};
    struct js_list parameters = {0};
    function_enter(e, &state, node);
    state.generator = is_generator(e, node);
    lower_parameters(e, node_child(e->tree, node, FIELD_PARAMETERS), &parameters, &prologue);
    node_id body = node_child(e->tree, node, FIELD_BODY);
    struct js *block = reads_as_choice(e, body) && !state.generator
                           ? returning(e, body)
                           : lower_body(e, body, node, state.generator ? NOWHERE : RETURNED);
    prepend(e, block, &prologue);
    function_leave(e);
    struct js *function;
    if (state.generator) {
        function = js_new(e->arena, JS_FUNCTION);
        function->a = block;
        function->flags |= JS_IS_GENERATOR;
    } else {
        function = js_arrow(e->arena, arrow_body(block));
    }
    function->list = parameters;
    function->flags |= program_is_async(e->file, node) ? (unsigned)JS_IS_ASYNC : 0;
    return function;
}
