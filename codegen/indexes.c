/* indexes: `xs[i]`, places counted from the end, and slices. */
#include "codegen/expressions.h"

#include "codegen/imports.h"
#include "codegen/names.h"

#include <string.h>

static struct js *lower_slice(struct emitter *e, node_id node, node_id slice) {
    node_id nodes[4] = {node_child(e->tree, node, FIELD_OBJECT), node_child(e->tree, slice, FIELD_START),
                        node_child(e->tree, slice, FIELD_END), node_child(e->tree, slice, FIELD_STEP)};
    struct js *values[4];
    lower_operands(e, nodes, 4, values);
    bool stepped = nodes[3] != NODE_NONE;
    struct js *call = js_call(e->arena, stepped ? runtime_name(e, RUNTIME_OPERATORS, "sliced")
                                                : js_member(e->arena, values[0], "slice"));
    if (stepped) {
        js_add(e->arena, &call->list, values[0]);
    }
    bool end = nodes[2] != NODE_NONE || stepped;
    if (nodes[1] != NODE_NONE || end) {
        struct js *nothing = js_literal(e->arena, stepped ? "undefined" : "0");
        js_add(e->arena, &call->list, nodes[1] != NODE_NONE ? values[1] : nothing);
    }
    if (end) {
        js_add(e->arena, &call->list, nodes[2] != NODE_NONE ? values[2] : js_literal(e->arena, "undefined"));
    }
    if (stepped) {
        js_add(e->arena, &call->list, values[3]);
    }
    return call;
}

/* The place behind one. Behind -1 is the end, not place 0. */
static struct js *behind(struct emitter *e, node_id node, struct js *place) {
    struct str text = text_of(e, node);
    if (kind_of(e, node) == NODE_NUMBER && text.size < 9 && text.data[text.size - 1] < '9') {
        char *next = arena_alloc(e->arena, text.size + 1);
        memcpy(next, text.data, text.size);
        next[text.size - 1]++;
        return placed(e, js_text(e->arena, JS_LITERAL, (struct str){next, text.size}), node);
    }
    struct js *sum = js_binary(e->arena, place, "+", js_literal(e->arena, "1"));
    return js_binary(e->arena, sum, "||", js_literal(e->arena, "undefined"));
}

/* `xs[a..b]` is `xs[a:b]`. */
static struct js *lower_range_slice(struct emitter *e, node_id node, node_id range) {
    node_id nodes[3] = {node_child(e->tree, node, FIELD_OBJECT), node_child(e->tree, range, FIELD_LEFT),
                        node_child(e->tree, range, FIELD_RIGHT)};
    struct js *values[3];
    lower_operands(e, nodes, 3, values);
    if (str_equal(operator_of(e, range), STR("..="))) {
        values[2] = behind(e, nodes[2], values[2]);
    }
    return js_call2(e->arena, js_member(e->arena, values[0], "slice"), values[1], values[2]);
}

/* The n of `-n` where it is written out, as text; empty otherwise. */
static struct str counted_from_end(const struct emitter *e, node_id index) {
    node_id value = node_child(e->tree, index, FIELD_OPERAND);
    bool negative = kind_of(e, index) == NODE_UNARY_EXPRESSION && str_equal(operator_of(e, index), STR("-"));
    struct str digits = text_of(e, value);
    bool whole = negative && kind_of(e, value) == NODE_NUMBER && digits.data[0] >= '1' && digits.data[0] <= '9';
    return whole ? digits : STR("");
}

static bool is_assigned(const struct emitter *e, node_id node) {
    node_id list = node_parent(e->tree, node);
    node = kind_of(e, list) == NODE_EXPRESSION_LIST ? list : node;
    enum node_kind parent = kind_of(e, node_parent(e->tree, node));
    bool assignment = parent == NODE_ASSIGNMENT || parent == NODE_AUGMENTED_ASSIGNMENT;
    return assignment && node_field(e->tree, node) == FIELD_LEFT;
}

/* `items[-1]` is the last item: `items.at(-1)`, and `items[items.length - 1]` where it is assigned to. */
static struct js *lower_index_from_end(struct emitter *e, node_id node, struct str digits) {
    struct js *items = lower_expression(e, node_child(e->tree, node, FIELD_OBJECT));
    if (!is_assigned(e, node)) {
        struct js *at = js_member(e->arena, items, "at");
        at->flags |= optional_flag(e, node);
        return js_call1(e->arena, at, js_text(e->arena, JS_LITERAL, arena_concat(e->arena, STR("-"), digits)));
    }
    if (items->kind != JS_NAME) {
        struct js *name = fresh_name(e, "items");
        add_statement(e, js_declare(e->arena, "const", name, items));
        items = name;
    }
    struct js *length = js_member(e->arena, items, "length");
    return js_index(e->arena, items, js_binary(e->arena, length, "-", js_text(e->arena, JS_LITERAL, digits)));
}

struct js *lower_index(struct emitter *e, node_id node) {
    node_id index = node_child(e->tree, node, FIELD_INDEX);
    if (kind_of(e, index) == NODE_SLICE) {
        return lower_slice(e, node, index);
    }
    if (kind_of(e, index) == NODE_BINARY_EXPRESSION && str_starts_with(operator_of(e, index), STR(".."))) {
        return lower_range_slice(e, node, index);
    }
    struct str digits = counted_from_end(e, index);
    if (digits.size > 0) {
        return lower_index_from_end(e, node, digits);
    }
    node_id nodes[2] = {node_child(e->tree, node, FIELD_OBJECT), index};
    struct js *values[2];
    lower_operands(e, nodes, 2, values);
    struct js *result = js_index(e->arena, values[0], values[1]);
    result->flags |= optional_flag(e, node);
    return result;
}
