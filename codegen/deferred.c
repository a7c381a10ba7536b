/* deferred: what `defer` puts off: its statements, and the function that runs them where it stands in no straight run of a
   function (in a branch, in a loop, at the level of a module). */
#include "codegen/statements.h"

#include "codegen/imports.h"
#include "codegen/names.h"

void lower_deferred(struct emitter *e, node_id body) {
    if (kind_of(e, body) == NODE_BLOCK) {
        lower_statements(e, body, NOWHERE);
    } else {
        lower_into(e, body, NOWHERE);
    }
}

/* The body of a `defer` as a function of its own, which no jump leaves and no `yield` stops. */
static struct js *deferred_function(struct emitter *e, node_id body) {
    struct function_state *function = e->function;
    struct function_state around = *function;
    function->loop = NULL;
    function->generator = false;
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    lower_deferred(e, body);
    redirect(e, outside);
    function->loop = around.loop;
    function->generator = around.generator;
    struct js *arrow = js_arrow(e->arena, block);
    arrow->flags |= js_awaits(block) ? (unsigned)JS_IS_ASYNC : 0;
    return arrow;
}

/* Outside of functions: `using` runs it when the module has run. */
static void lower_deferred_of_module(struct emitter *e, node_id node) {
    struct js *arrow = deferred_function(e, node_child(e->tree, node, FIELD_BODY));
    bool waits = (arrow->flags & JS_IS_ASYNC) != 0;
    struct js *put_off = runtime_name(e, RUNTIME_OPERATORS, waits ? "putOffAsync" : "putOff");
    add_statement(e, js_declare(e->arena, waits ? "await using" : "using", fresh_name(e, "deferred"),
                                js_call1(e->arena, put_off, arrow)));
}

void lower_deferred_later(struct emitter *e, node_id node, struct destination destination) {
    if (e->function == NULL || e->function->deferred == NULL) {
        lower_deferred_of_module(e, node);
        return;
    }
    struct js *push = js_member(e->arena, e->function->deferred, "push");
    struct js *arrow = deferred_function(e, node_child(e->tree, node, FIELD_BODY));
    add_statement(e, js_expression_statement(e->arena, js_call1(e->arena, push, arrow)));
}
