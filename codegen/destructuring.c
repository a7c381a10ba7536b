/* destructuring: what stands left of `=`, in parameters and in loops, as patterns of JavaScript. */
#include "codegen/assignments.h"

#include "codegen/expressions.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

static struct js *target_name(struct emitter *e, node_id node) {
    struct str text = text_of(e, node);
    if (str_equal(text, STR("_"))) {
        return js_text(e->arena, JS_NAME, fresh_text(e, STR("_")));
    }
    struct program_symbol symbol = symbol_at_node(e, node);
    struct js *name = js_text(e->arena, JS_NAME, symbol.file != NULL ? name_of_symbol(e, symbol) : text);
    name->place = place_of(e, node);
    if (!str_equal(name->text, text)) {
        name->place.name = text;
    }
    return name;
}

static struct js *target_rest(struct emitter *e, node_id node) {
    struct js *rest = js_new(e->arena, JS_SPREAD);
    rest->a = lower_target(e, node_child(e->tree, node, FIELD_VALUE));
    return rest;
}

static struct js *target_default(struct emitter *e, node_id node) {
    struct js *target = js_new(e->arena, JS_DEFAULTED);
    target->a = lower_target(e, node_child(e->tree, node, FIELD_NAME));
    target->b = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    return target;
}

static struct js *target_array(struct emitter *e, node_id node) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        bool hole = kind_of(e, child) == NODE_IDENTIFIER && str_equal(text_of(e, child), STR("_"));
        js_add(e->arena, &array->list, hole ? js_new(e->arena, JS_HOLE) : lower_target(e, child));
    }
    return array;
}

/* `a` or `a = 1` inside of an object pattern. */
static struct js *target_shorthand(struct emitter *e, node_id node) {
    bool has_default = kind_of(e, node) == NODE_DEFAULT_BINDING;
    node_id name = has_default ? node_child(e->tree, node, FIELD_NAME) : node;
    struct js *target = target_name(e, name);
    struct js *value = has_default ? lower_expression(e, node_child(e->tree, node, FIELD_VALUE)) : NULL;
    if (str_equal(target->text, text_of(e, name))) {
        struct js *entry = js_new(e->arena, JS_SHORTHAND);
        entry->a = target;
        entry->b = value;
        return entry;
    }
    if (value != NULL) {
        struct js *defaulted = js_new(e->arena, JS_DEFAULTED);
        defaulted->a = target;
        defaulted->b = value;
        target = defaulted;
    }
    return js_property(e->arena, text_of(e, name), target);
}

static struct js *target_object(struct emitter *e, node_id node) {
    struct js *object = js_new(e->arena, JS_OBJECT);
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        enum node_kind kind = kind_of(e, child);
        struct js *entry;
        if (kind == NODE_PAIR) {
            node_id key = node_child(e->tree, child, FIELD_KEY);
            struct str text = text_of(e, key);
            (void)node_string_value(e->arena, e->tree, key, &text);
            entry = js_property(e->arena, key_text(e, text), lower_target(e, node_child(e->tree, child, FIELD_VALUE)));
            entry->place = place_of(e, key);
        } else {
            entry = kind == NODE_SPREAD ? target_rest(e, child) : target_shorthand(e, child);
        }
        js_add(e->arena, &object->list, entry);
    }
    return object;
}

static struct js *target_of_kind(struct emitter *e, node_id node) {
    switch ((int)kind_of(e, node)) {
    case NODE_IDENTIFIER:
        return target_name(e, node);
    case NODE_SPREAD:
        return target_rest(e, node);
    case NODE_DEFAULT_BINDING:
        return target_default(e, node);
    case NODE_ARRAY:
    case NODE_EXPRESSION_LIST:
    case NODE_PAREN_LIST:
        return target_array(e, node);
    case NODE_OBJECT:
        return target_object(e, node);
    default:
        not_emitted(e, node, "this pattern");
        return fresh_name(e, "unknown");
    }
}

struct js *lower_target(struct emitter *e, node_id node) {
    if (e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, node, "too deeply nested");
        return fresh_name(e, "unknown");
    }
    e->depth++;
    struct js *target = target_of_kind(e, without_parentheses(e, node));
    e->depth--;
    return target;
}
