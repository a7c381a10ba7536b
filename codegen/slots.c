/* slots: what stands between the tags of a component, by name, and where the component shows it. */
#include "codegen/jsx.h"

#include "codegen/components.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"

static node_id attribute_named(const struct emitter *e, node_id element, struct str name) {
    NODE_EACH(child, e->tree, element) {
        if (kind_of(e, child) == NODE_JSX_ATTRIBUTE &&
            str_equal(text_of(e, node_child(e->tree, child, FIELD_NAME)), name)) {
            return child;
        }
    }
    return NODE_NONE;
}

static struct str text_of_attribute(const struct emitter *e, node_id attribute) {
    node_id value = node_child(e->tree, attribute, FIELD_VALUE);
    struct str text = text_of(e, value);
    bool quoted = kind_of(e, value) == NODE_STRING || kind_of(e, value) == NODE_SINGLE_STRING;
    return quoted && text.size >= 2 ? str_slice(text, 1, text.size - 1) : STR("");
}

struct str slot_of_child(const struct emitter *e, node_id child) {
    node_id parent = node_parent(e->tree, child);
    if (kind_of(e, child) != NODE_JSX_ELEMENT || kind_of(e, parent) != NODE_JSX_ELEMENT ||
        !is_component_tag(text_of(e, node_child(e->tree, parent, FIELD_NAME)))) {
        return STR("");
    }
    return text_of_attribute(e, attribute_named(e, child, STR("slot")));
}

/* () => [child, …] */
static struct js *children_function(struct emitter *e, const struct js_list *children) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    array->list = *children;
    return js_arrow(e->arena, array);
}

/* The children for one named slot, with all behind the first that are for the same. */
static void add_named(struct emitter *e, struct js *props, node_id first) {
    struct str name = slot_of_child(e, first);
    struct js_list children = {0};
    NODE_EACH(child, e->tree, node_parent(e->tree, first)) {
        if (str_equal(slot_of_child(e, child), name)) {
            if (child < first) {
                return; /* it has been added with that one */
            }
            js_add(e->arena, &children, lower_jsx(e, child));
        }
    }
    js_add(e->arena, &props->list, js_property(e->arena, key_text(e, name), children_function(e, &children)));
}

void add_slotted_children(struct emitter *e, node_id element, struct js *props) {
    NODE_EACH(child, e->tree, element) {
        if (slot_of_child(e, child).size > 0) {
            add_named(e, props, child);
        }
    }
    struct js_list children = {0};
    lower_children(e, element, &children);
    if (children.of.count > 0) {
        js_add(e->arena, &props->list, js_property(e->arena, STR("children"), children_function(e, &children)));
    }
}

/* What the slot hands to the content: `<slot item={item}/>`. */
static struct js *given_values(struct emitter *e, node_id slot) {
    struct js *given = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, slot) {
        node_id name = node_child(e->tree, child, FIELD_NAME);
        if (kind_of(e, child) != NODE_JSX_ATTRIBUTE || str_equal(text_of(e, name), STR("name"))) {
            continue;
        }
        node_id value = node_child(e->tree, child, FIELD_VALUE);
        value = kind_of(e, value) == NODE_JSX_EXPRESSION ? node_child(e->tree, value, FIELD_VALUE) : value;
        struct js *lowered = value == NODE_NONE ? js_literal(e->arena, "true") : lower_expression(e, value);
        component_prop(e, given, text_of(e, name), value, lowered);
    }
    return given;
}

struct js *slot_children(struct emitter *e, node_id name) {
    struct js *member = js_member(e->arena, js_name(e->arena, "props"), "children");
    member->place = place_of(e, name);
    struct js *call = js_call(e->arena, member);
    call->flags |= JS_IS_OPTIONAL;
    return call;
}

struct js *lower_slot(struct emitter *e, node_id node) {
    struct str name = text_of_attribute(e, attribute_named(e, node, STR("name")));
    struct js *content = js_member(e->arena, js_name(e->arena, "props"), "children");
    content->text = name.size > 0 ? name : content->text;
    struct js *given = given_values(e, node);
    struct js_list fallback = {0};
    lower_children(e, node, &fallback);
    if (name.size == 0 && given->list.of.count == 0 && fallback.of.count == 0) {
        return js_arrow(e->arena, slot_children(e, NODE_NONE));
    }
    bool gives = given->list.of.count > 0;
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_SLOTS, "slot"), content,
                               gives ? given : js_literal(e->arena, "null"));
    if (fallback.of.count > 0) {
        js_add(e->arena, &call->list, children_function(e, &fallback));
    }
    return js_arrow(e->arena, call);
}
