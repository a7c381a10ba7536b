/* jsx_control: `if`, `for` and `match` between tags. */
#include "codegen/jsx_control.h"

#include "codegen/assignments.h"
#include "codegen/choices.h"
#include "codegen/components.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/jsx.h"
#include "codegen/jsx_templates.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

/* The children of a branch as one value. */
static struct js *branch_value(struct emitter *e, node_id parent) {
    struct js_list children = {0};
    lower_children(e, parent, &children);
    if (children.of.count == 0) {
        return js_literal(e->arena, "null");
    }
    if (children.of.count == 1) {
        return children.of.items[0];
    }
    struct js *array = js_new(e->arena, JS_ARRAY);
    array->list = children;
    return array;
}

struct js *jsx_control_if(struct emitter *e, node_id node) {
    struct js *first = js_conditional(e->arena, NULL, NULL, NULL);
    struct js *last = first;
    first->a = lower_expression(e, node_child(e->tree, node, FIELD_CONDITION));
    first->b = branch_value(e, node_child(e->tree, node, FIELD_CONSEQUENCE));
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_JSX_ELIF) {
            struct js *condition = lower_expression(e, node_child(e->tree, child, FIELD_CONDITION));
            struct js *value = branch_value(e, node_child(e->tree, child, FIELD_CONSEQUENCE));
            last->c = js_conditional(e->arena, condition, value, NULL);
            last = last->c;
        }
    }
    node_id alternative = node_child(e->tree, node, FIELD_ALTERNATIVE);
    last->c = alternative == NODE_NONE ? js_literal(e->arena, "null") : branch_value(e, alternative);
    return first;
}

/* The only thing in a block of markup, when that is an element. */
static node_id only_element(const struct emitter *e, node_id block) {
    node_id only = NODE_NONE;
    NODE_EACH(child, e->tree, block) {
        if (node_is_comment(e->tree, child)) {
            continue;
        }
        if (only != NODE_NONE || kind_of(e, child) != NODE_JSX_ELEMENT) {
            return NODE_NONE;
        }
        only = child;
    }
    return only;
}

/* A body of `for` between statements of a component is a plain block of markup. */
static struct js *for_body(struct emitter *e, node_id body) {
    if (kind_of(e, body) == NODE_JSX_BLOCK) {
        node_id element = only_element(e, body);
        return element != NODE_NONE ? lower_markup(e, element) : branch_value(e, body);
    }
    node_id last = NODE_NONE;
    NODE_EACH(child, e->tree, body) {
        if (!node_is_comment(e->tree, child)) {
            if (last != NODE_NONE) {
                lower_statement(e, last, NOWHERE);
            }
            last = child;
        }
    }
    if (last == NODE_NONE) {
        return js_literal(e->arena, "null");
    }
    return kind_of(e, last) == NODE_JSX_ELEMENT ? lower_markup(e, last) : lower_expression(e, last);
}

struct js *jsx_control_for(struct emitter *e, node_id node) {
    node_id pattern = node_child(e->tree, node, FIELD_PATTERN);
    node_id second = node_next_same_field(e->tree, pattern);
    struct js *items = lower_expression(e, node_child(e->tree, node, FIELD_ITERABLE));
    struct js_list parameters = {0};
    if (second != NODE_NONE) {
        struct js *pair = js_new(e->arena, JS_ARRAY);
        js_add(e->arena, &pair->list, lower_target(e, pattern));
        js_add(e->arena, &pair->list, lower_target(e, second));
        js_add(e->arena, &parameters, pair);
        items = js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "pairs"), items);
    } else {
        js_add(e->arena, &parameters, lower_target(e, pattern));
    }
    struct function_state state;
    function_enter(e, &state, node);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = for_body(e, node_child(e->tree, node, FIELD_BODY));
    redirect(e, outside);
    function_leave(e);
    struct js *arrow = thunk(e, &statements, value);
    arrow->list = parameters;
    return js_call1(e->arena, js_member(e->arena, items, "map"), arrow);
}

/* ---- `for x in xs key={x.id}`: nodes stay with their items */

/* The names of a loop: `item`, or `index, item` where it goes through pairs. */
struct loop_names {
    node_id index; /* NODE_NONE where only the item has a name */
    node_id item;
};

static struct loop_names names_of_loop(const struct emitter *e, node_id node) {
    node_id first = node_child(e->tree, node, FIELD_PATTERN);
    node_id second = node_next_same_field(e->tree, first);
    return second == NODE_NONE ? (struct loop_names){NODE_NONE, first} : (struct loop_names){first, second};
}

/* The item is a name, or a pattern that takes it apart. */
static bool has_keys(const struct emitter *e, node_id node) {
    struct loop_names names = names_of_loop(e, node);
    enum node_kind kind = kind_of(e, names.item);
    bool known = kind == NODE_IDENTIFIER ? symbol_at_node(e, names.item).file != NULL
                                         : kind == NODE_OBJECT || kind == NODE_ARRAY || kind == NODE_PAREN_LIST;
    return known && node_child(e->tree, node, FIELD_KEY) != NODE_NONE &&
           (names.index == NODE_NONE || kind_of(e, names.index) == NODE_IDENTIFIER);
}

static struct js *function_of_item(struct emitter *e, node_id node, struct js *item, node_id part, bool key) {
    struct function_state state;
    function_enter(e, &state, node);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = key ? lower_expression(e, node_child(e->tree, part, FIELD_VALUE)) : for_body(e, part);
    redirect(e, outside);
    function_leave(e);
    struct js *arrow = thunk(e, &statements, value);
    struct loop_names names = names_of_loop(e, node);
    js_add(e->arena, &arrow->list, item);
    if (names.index != NODE_NONE) {
        js_add(e->arena, &arrow->list, lower_target(e, names.index));
    }
    return arrow;
}

static struct js *signal_read(struct emitter *e, struct js *name) {
    struct js *read = js_call(e->arena, name);
    read->flags |= JS_IS_READ;
    return read;
}

static void read_instead(struct emitter *e, node_id name, struct js *value) {
    struct program_symbol symbol = symbol_at_node(e, name);
    if (symbol.file != NULL) {
        vec_push(e->arena, &e->stand_ins, ((struct stand_in){e->file_index, symbol.symbol, value}));
    }
}

static struct js *signal_of(struct emitter *e, node_id name) {
    return js_text(e->arena, JS_NAME, name_of_symbol(e, symbol_at_node(e, name)));
}

/* (({ done = false }) => done)(row()): where a part of a pattern has a default, or is what the others leave. */
static void read_through_pattern(struct emitter *e, node_id pattern, node_id part, struct js *whole) {
    node_id name = node_child(e->tree, part, kind_of(e, part) == NODE_SPREAD ? FIELD_VALUE : FIELD_NAME);
    struct js *arrow = js_arrow(e->arena, signal_of(e, name));
    js_add(e->arena, &arrow->list, lower_target(e, pattern));
    read_instead(e, name, js_call1(e->arena, arrow, whole));
}

static void read_parts(struct emitter *e, node_id pattern, struct js *whole, unsigned depth);

static void read_part(struct emitter *e, node_id pattern, node_id part, struct js *whole, struct js *value, unsigned depth) {
    if (kind_of(e, part) == NODE_DEFAULT_BINDING || kind_of(e, part) == NODE_SPREAD) {
        read_through_pattern(e, pattern, part, whole);
    } else {
        read_parts(e, part, value, depth + 1);
    }
}

/* The names of a pattern as parts of the item at present: `row().id`. */
static void read_parts(struct emitter *e, node_id pattern, struct js *whole, unsigned depth) {
    pattern = without_parentheses(e, pattern);
    if (kind_of(e, pattern) == NODE_IDENTIFIER || depth >= LIMIT_SYNTAX_DEPTH) {
        read_instead(e, pattern, whole);
        return;
    }
    unsigned index = 0;
    for (node_id part = node_first_plain(e->tree, pattern); part != NODE_NONE; part = node_next_plain(e->tree, part)) {
        struct js *value;
        node_id target = part;
        if (kind_of(e, pattern) == NODE_OBJECT) {
            bool pair = kind_of(e, part) == NODE_PAIR;
            node_id key = pair ? node_child(e->tree, part, FIELD_KEY) : part;
            struct str text = text_of(e, key);
            (void)node_string_value(e->arena, e->tree, key, &text);
            value = name_is_plain(text) ? js_member(e->arena, whole, "")
                                        : js_index(e->arena, whole, js_string(e->arena, text));
            value->text = name_is_plain(text) ? text : value->text;
            target = pair ? node_child(e->tree, part, FIELD_VALUE) : part;
        } else {
            struct str at = arena_printf(e->arena, "%u", index++);
            value = js_index(e->arena, whole, js_text(e->arena, JS_LITERAL, at));
        }
        read_part(e, pattern, target, whole, value, depth);
    }
}

/* The name that the key begins with is the item, or a part of it. */
static struct row_key key_of_rows(const struct emitter *e, node_id node) {
    node_id key = node_child(e->tree, node_child(e->tree, node, FIELD_KEY), FIELD_VALUE);
    node_id root = key;
    while (kind_of(e, root) == NODE_MEMBER_EXPRESSION) {
        root = node_child(e->tree, root, FIELD_OBJECT);
    }
    node_id item = names_of_loop(e, node).item;
    struct program_symbol symbol = symbol_at_node(e, kind_of(e, item) == NODE_IDENTIFIER ? item : root);
    node_id name = symbol.file == e->file ? symbol_data(symbol)->name_node : NODE_NONE;
    bool own = name >= item && name < e->tree->nodes[item].next;
    return (struct row_key){e->file_index, key, own ? symbol.symbol : 0};
}

/* keyed(users, (user) => user.id, (user) => …): in the last one the item, its parts and its index are read as signals. */
static struct js *lower_keyed_for(struct emitter *e, node_id node) {
    struct loop_names names = names_of_loop(e, node);
    bool named = kind_of(e, names.item) == NODE_IDENTIFIER;
    struct js *items = reactive_value(e, node_child(e->tree, node, FIELD_ITERABLE), REACTIVE_NOT);
    struct js *call = js_call(e->arena, runtime_name(e, RUNTIME_DOM_LISTS, "keyed"));
    js_add(e->arena, &call->list, items);
    struct js *target = lower_target(e, names.item);
    js_add(e->arena, &call->list, function_of_item(e, node, target, node_child(e->tree, node, FIELD_KEY), true));
    unsigned stand_ins = e->stand_ins.count;
    struct js *item = named ? target : fresh_name(e, "item");
    read_parts(e, names.item, signal_read(e, named ? signal_of(e, names.item) : item), 0);
    if (names.index != NODE_NONE && symbol_at_node(e, names.index).file != NULL) {
        read_instead(e, names.index, signal_read(e, signal_of(e, names.index)));
    }
    vec_push(e->arena, &e->row_keys, key_of_rows(e, node));
    js_add(e->arena, &call->list, function_of_item(e, node, item, node_child(e->tree, node, FIELD_BODY), false));
    e->stand_ins.count = stand_ins;
    e->row_keys.count--;
    return call;
}

struct js *jsx_control_child(struct emitter *e, node_id node, enum reactivity least) {
    struct function_state state;
    function_enter(e, &state, node);
    state.is_followed = true;
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = NULL;
    node_id watched = node;
    bool keeps = false;
    if (kind_of(e, node) == NODE_JSX_IF) {
        value = jsx_control_if(e, node);
    } else if (kind_of(e, node) == NODE_JSX_FOR && has_keys(e, node)) {
        value = lower_keyed_for(e, node);
        keeps = true;
    } else if (kind_of(e, node) == NODE_JSX_FOR) {
        value = jsx_control_for(e, node);
        watched = node_child(e->tree, node, FIELD_ITERABLE);
    } else if (is_simple(e, node)) {
        value = lower_match_expression(e, node);
    } else {
        lower_match(e, node, RETURNED);
    }
    redirect(e, outside);
    function_leave(e);
    bool changes = !keeps && (reactivity_of(e, watched) >= least || statements.of.count > 0);
    return changes ? thunk(e, &statements, value) : value;
}
