/* jsx_attributes: the attributes of a tag as the props object of tova_el or of a component. */
#include "codegen/jsx.h"

#include "codegen/assignments.h"
#include "codegen/components.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/jsx_templates.h"
#include "codegen/names.h"
#include "codegen/styles.h"
#include "codegen/symbols_in.h"

static void add_property(struct emitter *e, struct js *props, struct str key, struct js *value, node_id name) {
    struct js *property = js_property(e->arena, key_text(e, key), value);
    property->place = place_of(e, name);
    if (!str_equal(property->text, text_of(e, name))) {
        property->place.name = text_of(e, name);
    }
    js_add(e->arena, &props->list, property);
}

static node_id inner_value(const struct emitter *e, node_id attribute) {
    node_id value = node_child(e->tree, attribute, FIELD_VALUE);
    return kind_of(e, value) == NODE_JSX_EXPRESSION ? node_child(e->tree, value, FIELD_VALUE) : value;
}

/* ---- events: `on:click.prevent={f}` */

static struct str lower_case(struct emitter *e, struct str text) {
    char *result = arena_alloc(e->arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        result[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (struct str){result, text.size};
}

/* Several listeners of one event, with modifiers of their own, are a list. */
static void add_listener(struct emitter *e, struct js *props, struct str key, struct js *handler, node_id name) {
    for (unsigned i = 0; i < props->list.of.count; i++) {
        struct js *property = props->list.of.items[i];
        if (property->kind != JS_PROPERTY || !str_equal(property->text, key_text(e, key))) {
            continue;
        }
        if (property->b->kind != JS_ARRAY) {
            struct js *list = js_new(e->arena, JS_ARRAY);
            js_add(e->arena, &list->list, property->b);
            property->b = list;
        }
        js_add(e->arena, &property->b->list, handler);
        return;
    }
    add_property(e, props, key, handler, name);
}

static void add_event(struct emitter *e, struct js *props, node_id attribute, struct str event) {
    node_id name = node_child(e->tree, attribute, FIELD_NAME);
    node_id value = inner_value(e, attribute);
    size_t dot = str_find(event, '.', 0);
    struct str type = lower_case(e, str_slice(event, 0, dot));
    struct js *handler = value == NODE_NONE ? js_arrow(e->arena, js_block(e->arena)) : lower_expression(e, value);
    if (dot < event.size) {
        struct js *modifiers = js_new(e->arena, JS_ARRAY);
        while (dot < event.size) {
            size_t end = str_find(event, '.', dot + 1);
            js_add(e->arena, &modifiers->list, js_string(e->arena, str_slice(event, dot + 1, end)));
            dot = end;
        }
        handler = js_call2(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "on"), handler, modifiers);
    }
    add_listener(e, props, arena_concat(e->arena, STR("on"), type), handler, name);
}

/* ---- bindings: `bind:value={name}` */

static struct js *getter_of(struct emitter *e, node_id value) {
    struct js *read = lower_expression(e, value);
    return (read->flags & JS_IS_READ) != 0 ? read->a : js_arrow(e->arena, read);
}

static struct js *setter_for(struct emitter *e, node_id value, const char *parameter) {
    struct js *name = js_name(e->arena, parameter);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *assign = assign_to(e, value, name);
    redirect(e, outside);
    bool setter = assign->kind == JS_CALL && assign->list.of.count == 1 && assign->list.of.items[0] == name;
    if (setter && statements.of.count == 0) {
        return assign->a;
    }
    struct js *arrow;
    if (statements.of.count == 0 && assign->kind == JS_CALL) {
        arrow = js_arrow(e->arena, assign);
    } else {
        js_add(e->arena, &statements, js_expression_statement(e->arena, assign));
        arrow = thunk(e, &statements, NULL);
    }
    js_add(e->arena, &arrow->list, name);
    return arrow;
}

static void add_binding(struct emitter *e, struct js *props, node_id attribute, struct str what) {
    node_id name = node_child(e->tree, attribute, FIELD_NAME);
    node_id value = inner_value(e, attribute);
    enum node_kind kind = kind_of(e, value);
    if (kind != NODE_IDENTIFIER && kind != NODE_MEMBER_EXPRESSION && kind != NODE_INDEX_EXPRESSION) {
        not_emitted(e, attribute, "a binding to something that cannot be assigned");
        return;
    }
    if (str_equal(what, STR("this"))) {
        bool is_ref = kind == NODE_IDENTIFIER && symbol_kind_of(symbol_at_node(e, value)) == SYMBOL_CONSTANT;
        add_property(e, props, STR("ref"), is_ref ? lower_expression(e, value) : setter_for(e, value, "element"), name);
        return;
    }
    struct js *pair = js_new(e->arena, JS_ARRAY);
    js_add(e->arena, &pair->list, getter_of(e, value));
    js_add(e->arena, &pair->list, setter_for(e, value, "value"));
    add_property(e, props, text_of(e, name), pair, name);
}

/* ---- plain attributes */

static struct js *attribute_value(struct emitter *e, node_id attribute) {
    node_id value = inner_value(e, attribute);
    if (value == NODE_NONE) {
        return js_literal(e->arena, "true");
    }
    if (kind_of(e, value) == NODE_MISSING) {
        not_emitted(e, attribute, "an attribute without its value");
        return js_literal(e->arena, "undefined");
    }
    bool is_class = kind_of(e, value) == NODE_STRING &&
                    str_equal(text_of(e, node_child(e->tree, attribute, FIELD_NAME)), STR("class"));
    struct js *with_variants = is_class ? style_class(e, value) : NULL;
    return with_variants != NULL ? with_variants : reactive_value(e, value, REACTIVE_LOCAL);
}

/* `slot="header"` of a child of a component says where the child goes, and is no attribute of it. */
static bool says_slot(const struct emitter *e, node_id attribute) {
    return str_equal(text_of(e, node_child(e->tree, attribute, FIELD_NAME)), STR("slot")) &&
           slot_of_child(e, node_parent(e->tree, attribute)).size > 0;
}

static void add_attribute(struct emitter *e, struct js *props, node_id attribute, bool component) {
    node_id name = node_child(e->tree, attribute, FIELD_NAME);
    struct str text = text_of(e, name);
    if (says_slot(e, attribute)) {
        return;
    }
    if (str_equal(text, STR("bind:form"))) {
        not_emitted(e, attribute, "this form of attribute");
    } else if (analysis_directive_prefix(text) > 0) {
        add_property(e, props, text, lower_element_directive(e, attribute), name);
    } else if (str_starts_with(text, STR("on:"))) {
        add_event(e, props, attribute, str_slice(text, 3, text.size));
    } else if (str_starts_with(text, STR("bind:"))) {
        add_binding(e, props, attribute, str_slice(text, 5, text.size));
    } else if (component && inner_value(e, attribute) != NODE_NONE) {
        node_id value = inner_value(e, attribute);
        component_prop(e, props, text, value, lower_expression(e, value));
    } else {
        struct js *value = attribute_value(e, attribute);
        if (value->kind == JS_NAME && str_equal(value->text, text)) {
            struct js *entry = js_new(e->arena, JS_SHORTHAND);
            entry->a = value;
            js_add(e->arena, &props->list, entry);
            return;
        }
        add_property(e, props, text, value, name);
    }
}

/* An attribute or `{...e}`; other children of an element add nothing. */
static void add_prop(struct emitter *e, struct js *props, node_id child, bool component) {
    if (kind_of(e, child) == NODE_JSX_ATTRIBUTE) {
        add_attribute(e, props, child, component);
    } else if (kind_of(e, child) == NODE_JSX_SPREAD) {
        struct js *spread = js_new(e->arena, JS_SPREAD);
        spread->a = lower_expression(e, node_child(e->tree, child, FIELD_VALUE));
        js_add(e->arena, &props->list, spread);
    }
}

/* ---- what the HTML of a template can hold */

/* Names whose attribute is not all that they set, or that are looked at when the page runs. */
static bool is_looked_at(struct str name) {
    static const struct str names[] = {
        STR_INIT("value"),    STR_INIT("checked"), STR_INIT("selected"),   STR_INIT("disabled"),  STR_INIT("multiple"),
        STR_INIT("muted"),    STR_INIT("readonly"), STR_INIT("style"),     STR_INIT("show"),      STR_INIT("ref"),
        STR_INIT("key"),      STR_INIT("slot"),    STR_INIT("children"),   STR_INIT("is"),        STR_INIT("href"),
        STR_INIT("src"),      STR_INIT("action"),  STR_INIT("formaction"), STR_INIT("poster"),    STR_INIT("data"),
        STR_INIT("background"), STR_INIT("ping"),  STR_INIT("srcdoc"),     STR_INIT("innerhtml"), STR_INIT("outerhtml"),
        STR_INIT("indeterminate"), STR_INIT("srcset"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i], name)) {
            return true;
        }
    }
    return str_starts_with(name, STR("on"));
}

static bool is_plain_attribute(struct str name) {
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        if (!((byte >= 'a' && byte <= 'z') || (i > 0 && ((byte >= '0' && byte <= '9') || byte == '-')))) {
            return false;
        }
    }
    return name.size > 0 && !is_looked_at(name);
}

/* Other attributes of the element have a say in this one. */
static bool is_overruled(const struct emitter *e, node_id attribute, struct str name) {
    bool is_class = str_equal(name, STR("class"));
    if (is_class && e->style != NULL && e->style->variants.count > 0) {
        return true;
    }
    NODE_EACH(child, e->tree, node_parent(e->tree, attribute)) {
        struct str other = text_of(e, node_child(e->tree, child, FIELD_NAME));
        if (kind_of(e, child) == NODE_JSX_SPREAD || (is_class && str_starts_with(other, STR("class:"))) ||
            (child != attribute && str_equal(other, name))) {
            return true;
        }
    }
    return false;
}

bool jsx_static_attribute(struct emitter *e, node_id attribute, struct str *value) {
    struct str name = text_of(e, node_child(e->tree, attribute, FIELD_NAME));
    if (!is_plain_attribute(name) || is_overruled(e, attribute, name) || says_slot(e, attribute)) {
        return false;
    }
    node_id node = inner_value(e, attribute);
    bool spelled_out = str_starts_with(name, STR("aria-")) || str_starts_with(name, STR("data-"));
    if (node == NODE_NONE) {
        *value = spelled_out ? STR("true") : STR("");
        return true;
    }
    bool text = kind_of(e, node) == NODE_STRING || kind_of(e, node) == NODE_SINGLE_STRING;
    if (!text || node_child_of_kind(e->tree, node, NODE_INTERPOLATION) != NODE_NONE) {
        return false;
    }
    struct js *template = js_new(e->arena, JS_TEMPLATE);
    string_parts(e, node, template);
    *value = template->list.of.count > 0 ? template->list.of.items[0]->a->text : STR("");
    return template->list.of.count <= 1 && str_find(*value, '\r', 0) == value->size &&
           str_find(*value, '\0', 0) == value->size;
}

struct js *lower_changing_attributes(struct emitter *e, node_id element) {
    struct js *props = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, element) {
        struct str value;
        bool is_static = kind_of(e, child) == NODE_JSX_ATTRIBUTE && jsx_static_attribute(e, child, &value);
        if (!is_static) {
            add_prop(e, props, child, false);
        }
    }
    return props;
}

struct js *lower_attributes(struct emitter *e, node_id element, bool component) {
    struct js *props = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, element) { add_prop(e, props, child, component); }
    if (!component && e->style != NULL) {
        struct js *mark = js_property(e->arena, key_text(e, e->style->attribute), js_string(e->arena, STR("")));
        js_add(e->arena, &props->list, mark);
    }
    return props;
}
