/* waiting_effects: effects that wait, and read or wait again after that. Their body is given `track` (runs.js): what is read by
 * it counts as read by the run, and what is waited for by it comes only while the run is the last one. */
#include "codegen/components.h"

#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"

struct waiting_effect {
    struct waiting_effect *outer;
    const struct function_state *state;
    node_id body;
    node_id first; /* what is awaited first, when that is a call over the network, which needs no help (rpc.js) */
    uint32_t from; /* byte offset: what stands behind it happens after the first wait */
    struct js *track;
};

static bool is_function(enum node_kind kind) {
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
}

static bool is_loop(enum node_kind kind) {
    return kind == NODE_FOR_EXPRESSION || kind == NODE_WHILE_EXPRESSION || kind == NODE_LOOP_EXPRESSION;
}

static bool is_wait(const struct emitter *e, node_id node) {
    if (kind_of(e, node) == NODE_AWAIT_EXPRESSION) {
        node_id inner = without_parentheses(e, node_child(e->tree, node, FIELD_VALUE));
        return !program_is_awaited(e->file, inner);
    }
    return program_is_awaited(e->file, node);
}

/* The node of a body's own, after `node`; what stands in functions is theirs. */
static node_id next_own(const struct emitter *e, node_id node) {
    return is_function(kind_of(e, node)) ? e->tree->nodes[node].next : node + 1;
}

/* Finds the first wait and where what comes after it begins; returns how many waits there are. */
static unsigned find_waits(const struct emitter *e, struct waiting_effect *effect) {
    unsigned count = 0;
    node_id end = e->tree->nodes[effect->body].next;
    for (node_id n = effect->body; n < end; n = next_own(e, n)) {
        if (!is_wait(e, n)) {
            continue;
        }
        count++;
        uint32_t from = node_span(e->tree, n).end;
        for (node_id around = n; around != effect->body; around = node_parent(e->tree, around)) {
            from = is_loop(kind_of(e, around)) ? node_span(e->tree, around).start : from;
        }
        if (effect->first == NODE_NONE || from < effect->from) {
            effect->first = n;
            effect->from = from;
        }
    }
    const struct rpc_use *use = program_rpc_use(e->file, node_child(e->tree, effect->first, FIELD_FUNCTION));
    if (effect->first != NODE_NONE &&
        (use == NULL || use->server != ATOM_NONE || node_span(e->tree, effect->first).start > effect->from)) {
        effect->first = NODE_NONE;
    }
    return count;
}

/* What an effect sets itself it does not follow: it would never come to rest. */
static bool sets(const struct emitter *e, node_id body, struct program_symbol symbol) {
    node_id end = e->tree->nodes[body].next;
    for (node_id n = body; n < end; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->access == ACCESS_WRITE) {
            struct program_symbol written = symbol_at_node(e, n);
            if (written.file == symbol.file && written.symbol == symbol.symbol) {
                return true;
            }
        }
    }
    return false;
}

static bool is_followed(const struct emitter *e, const struct waiting_effect *effect, node_id node,
                        struct program_symbol symbol) {
    enum symbol_kind kind = symbol_kind_of(symbol);
    bool changes = kind == SYMBOL_STATE || kind == SYMBOL_COMPUTED || kind == SYMBOL_STORE;
    return changes && node_span(e->tree, node).start >= effect->from && !sets(e, effect->body, symbol);
}

static bool reads_after(const struct emitter *e, const struct waiting_effect *effect) {
    node_id end = e->tree->nodes[effect->body].next;
    for (node_id n = effect->body; n < end; n = next_own(e, n)) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->access == ACCESS_READ && is_followed(e, effect, n, symbol_at_node(e, n))) {
            return true;
        }
    }
    return false;
}

static struct js *tracked(struct emitter *e, struct js *read) {
    return js_call1(e->arena, e->waiting->track, read);
}

/* Is what is lowered the body of a waiting effect itself? */
static bool is_own_code(const struct emitter *e) { return e->waiting != NULL && e->function == e->waiting->state; }

struct js *followed_read(struct emitter *e, struct program_symbol symbol, node_id node, struct js *read) {
    if (!is_own_code(e) || !is_followed(e, e->waiting, node, symbol)) {
        return read;
    }
    return tracked(e, (read->flags & JS_IS_READ) != 0 ? read->a : js_arrow(e->arena, read));
}

struct js *awaited_value(struct emitter *e, struct js *value, node_id node) {
    if (!is_own_code(e) || (e->waiting->first != NODE_NONE && e->waiting->first == node)) {
        return js_await(e->arena, value);
    }
    return js_await(e->arena, tracked(e, js_awaits(value) ? value : js_arrow(e->arena, value)));
}

struct js *waiting_body(struct emitter *e, node_id body, node_id effect_node) {
    struct waiting_effect effect = {.outer = e->waiting, .state = e->function, .body = body};
    unsigned waits = find_waits(e, &effect);
    bool helped = waits > 1 || (waits == 1 && (effect.first == NODE_NONE || reads_after(e, &effect)));
    if (!helped) {
        return js_arrow(e->arena, lower_body(e, body, effect_node, NOWHERE));
    }
    effect.track = fresh_name(e, "track");
    e->waiting = &effect;
    struct js *arrow = js_arrow(e->arena, lower_body(e, body, effect_node, NOWHERE));
    e->waiting = effect.outer;
    js_add(e->arena, &arrow->list, effect.track);
    arrow->flags |= JS_IS_ASYNC;
    return js_call1(e->arena, runtime_name(e, RUNTIME_RUNS, "inRuns"), arrow);
}
