/* components: states, computed values, effects, stores, and components as functions of their props. */
#include "codegen/components.h"

#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/jsx.h"
#include "codegen/jsx_templates.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/styles.h"
#include "codegen/symbols_in.h"

/* ---- states and their relatives */

static struct js *state_pair(struct emitter *e, node_id name) {
    struct program_symbol symbol = symbol_at_node(e, name);
    struct js *pair = js_new(e->arena, JS_ARRAY);
    js_add(e->arena, &pair->list, lower_target(e, name));
    js_add(e->arena, &pair->list, js_text(e->arena, JS_NAME, setter_of_symbol(e, symbol)));
    return pair;
}

void lower_state(struct emitter *e, node_id node) {
    if (symbol_at_node(e, node_child(e->tree, node, FIELD_NAME)).file == NULL) {
        not_emitted(e, node, "a state where none can be declared");
        return;
    }
    struct js *initial = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    if (program_is_async(e->file, node)) {
        not_emitted(e, node, "a state whose first value has to be waited for (set it in an effect)");
        initial = js_literal(e->arena, "null");
    }
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "createSignal"), initial);
    struct js *pair = state_pair(e, node_child(e->tree, node, FIELD_NAME));
    add_statement(e, placed(e, js_declare(e->arena, "const", pair, call), node));
}

/* The body of what runs again and again, as a function without parameters. */
static struct js *value_function(struct emitter *e, node_id node, node_id value) {
    struct function_state state;
    function_enter(e, &state, node);
    state.is_followed = true;
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *lowered = NULL;
    if (is_statement_like(kind_of(e, value)) && !is_simple(e, value)) {
        lower_into(e, value, RETURNED);
    } else {
        lowered = lower_expression(e, value);
    }
    redirect(e, outside);
    function_leave(e);
    struct js *function = thunk(e, &statements, lowered);
    function->flags |= program_is_async(e->file, node) ? (unsigned)JS_IS_ASYNC : 0;
    return function;
}

void lower_computed(struct emitter *e, node_id node) {
    struct js *function = value_function(e, node, node_child(e->tree, node, FIELD_VALUE));
    if (program_is_async(e->file, node)) {
        not_emitted(e, node, "a computed value that has to be waited for (set a state in an effect)");
    }
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "createComputed"), function);
    struct js *name = lower_target(e, node_child(e->tree, node, FIELD_NAME));
    add_statement(e, placed(e, js_declare(e->arena, "const", name, call), node));
}

void lower_effect(struct emitter *e, node_id node) {
    struct function_state state;
    function_enter(e, &state, node);
    struct js *body = waiting_body(e, node_child(e->tree, node, FIELD_BODY), node);
    function_leave(e);
    body->flags |= body->kind == JS_ARROW && program_is_async(e->file, node) ? (unsigned)JS_IS_ASYNC : 0;
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "createEffect"), body);
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

/* ---- stores: a function that is called once and gives an object of getters, setters and functions */

static void add_getter(struct emitter *e, struct js *object, node_id name, struct js *value) {
    struct js *getter = js_text(e->arena, JS_GETTER, text_of(e, name));
    getter->place = place_of(e, name);
    getter->a = js_short_block(e->arena, js_return(e->arena, value));
    js_add(e->arena, &object->list, getter);
}

static void add_setter(struct emitter *e, struct js *object, node_id name) {
    struct js *setter = js_text(e->arena, JS_SETTER, text_of(e, name));
    struct js *value = js_name(e->arena, "value");
    js_add(e->arena, &setter->list, value);
    struct js *call =
        js_call1(e->arena, js_text(e->arena, JS_NAME, setter_of_symbol(e, symbol_at_node(e, name))), value);
    setter->a = js_short_block(e->arena, js_expression_statement(e->arena, call));
    js_add(e->arena, &object->list, setter);
}

static void add_store_member(struct emitter *e, struct js *object, node_id member) {
    enum node_kind kind = kind_of(e, member);
    node_id name = node_child(e->tree, member, FIELD_NAME);
    if (kind == NODE_ASSIGNMENT) {
        name = node_child(e->tree, member, FIELD_LEFT);
    }
    if (kind_of(e, name) != NODE_IDENTIFIER) {
        return;
    }
    struct program_symbol symbol = symbol_at_node(e, name);
    if (symbol.file == NULL) {
        return;
    }
    struct js *value = symbol_value(e, symbol, name);
    if (kind == NODE_FUNCTION_DECLARATION) {
        struct js *entry = js_new(e->arena, JS_SHORTHAND);
        entry->a = value;
        bool same = str_equal(value->text, text_of(e, name));
        js_add(e->arena, &object->list, same ? entry : js_property(e->arena, text_of(e, name), value));
        return;
    }
    add_getter(e, object, name, value);
    if (kind == NODE_STATE_DECLARATION) {
        add_setter(e, object, name);
    }
}

void lower_store(struct emitter *e, node_id node) {
    struct function_state state;
    function_enter(e, &state, node);
    node_id body = node_child(e->tree, node, FIELD_BODY);
    struct js *block = lower_body(e, body, node, NOWHERE);
    struct js *object = js_new(e->arena, JS_OBJECT);
    object->flags |= JS_IS_BROKEN;
    NODE_EACH(child, e->tree, body) { add_store_member(e, object, child); }
    struct js *result = js_return(e->arena, object);
    result->flags |= JS_BLANK_BEFORE;
    js_add(e->arena, &block->list, result);
    function_leave(e);
    struct js *call = js_call(e->arena, js_arrow(e->arena, block));
    struct js *name = lower_target(e, node_child(e->tree, node, FIELD_NAME));
    add_statement(e, placed(e, js_declare(e->arena, "const", name, call), node));
}

/* ---- components */

static bool is_markup(enum node_kind kind) { return kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT; }

static bool holds_markup(const struct emitter *e, node_id node) {
    for (node_id n = node; node != NODE_NONE && n < e->tree->nodes[node].next; n++) {
        if (is_markup(kind_of(e, n))) {
            return true;
        }
    }
    return false;
}

/* A statement of a component's body that is part of what it shows. */
static bool is_root(const struct emitter *e, node_id node) {
    enum node_kind kind = kind_of(e, node);
    bool control = kind == NODE_IF_EXPRESSION || kind == NODE_MATCH_EXPRESSION || kind == NODE_FOR_EXPRESSION;
    return is_markup(kind) || (control && holds_markup(e, node));
}

/* `if`, `match` and `for` at the top of a body change with what they read. */
static struct js *lower_root(struct emitter *e, node_id node) {
    if (is_markup(kind_of(e, node))) {
        return lower_markup(e, node);
    }
    struct function_state state;
    function_enter(e, &state, node);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = NULL;
    if (kind_of(e, node) == NODE_FOR_EXPRESSION) {
        value = lower_jsx(e, node);
    } else {
        lower_into(e, node, RETURNED);
    }
    redirect(e, outside);
    function_leave(e);
    return thunk(e, &statements, value);
}

/* A parameter with a default is read through a function of its own. */
static void add_default(struct emitter *e, node_id parameter) {
    node_id name = parameter_name(e, parameter);
    node_id value = node_child(e->tree, parameter, FIELD_DEFAULT);
    if (value == NODE_NONE || kind_of(e, name) != NODE_IDENTIFIER) {
        return;
    }
    struct js *member = js_member(e->arena, js_name(e->arena, "props"), "");
    member->text = text_of(e, name);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *fallback = lower_expression(e, value);
    redirect(e, outside);
    struct js *read = js_conditional(e->arena, js_binary(e->arena, member, "===", js_literal(e->arena, "undefined")),
                                     fallback, member);
    add_statement(e, js_declare(e->arena, "const", lower_target(e, name), thunk(e, &statements, read)));
}

static void add_roots(struct emitter *e, const struct js_list *roots) {
    if (roots->of.count == 1 && roots->of.items[0]->kind != JS_ARROW) {
        add_statement(e, js_return(e->arena, roots->of.items[0]));
    } else if (roots->of.count > 0) {
        struct js *fragment = js_call(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "fragment"));
        fragment->list = *roots;
        add_statement(e, js_return(e->arena, fragment));
    } else {
        add_statement(e, js_return(e->arena, js_literal(e->arena, "null")));
    }
}

static void lower_component_body(struct emitter *e, node_id body) {
    struct js_list roots = {0};
    NODE_EACH(child, e->tree, body) {
        node_id shown = node_shown_value(e->tree, child);
        if (shown != NODE_NONE || is_root(e, child)) {
            js_add(e->arena, &roots, lower_root(e, shown != NODE_NONE ? shown : child));
        } else if (node_is_comment(e->tree, child)) {
            add_comment(e, child);
        } else if (kind_of(e, child) != NODE_STYLE_BLOCK) {
            unsigned mark = e->statements->of.count;
            lower_statement(e, child, NOWHERE);
            if (e->statements->of.count > mark && has_blank_before(e, child)) {
                e->statements->of.items[mark]->flags |= JS_BLANK_BEFORE;
            }
        }
    }
    unsigned mark = e->statements->of.count;
    add_roots(e, &roots);
    if (mark > 0) {
        e->statements->of.items[mark]->flags |= JS_BLANK_BEFORE;
    }
}

static bool has_slot(const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    for (node_id n = node; n < tree->nodes[node].next; n++) {
        const struct binding *binding = analysis_binding(file, n);
        if ((node_kind(tree, n) == NODE_TAG_NAME && str_equal(node_text(tree, n), STR("slot"))) ||
            (binding != NULL && binding->builtin == BUILTIN_CHILDREN + 1)) {
            return true;
        }
    }
    return false;
}

bool component_takes_props(const struct emitter *e, struct program_symbol component) {
    const struct symbol *data = symbol_data(component);
    return data == NULL || data->part_count > 0 || has_slot(component.file, data->node);
}

/* Does a component provide something itself? What it provides is for what it shows alone. */
static bool provides(const struct emitter *e, node_id component) {
    node_id end = e->tree->nodes[component].next;
    for (node_id n = component + 1; n < end; n++) {
        if (kind_of(e, n) == NODE_COMPONENT_DECLARATION) {
            n = e->tree->nodes[n].next - 1;
        } else if (calls_builtin(e->file, n, BUILTIN_PROVIDE)) {
            return true;
        }
    }
    return false;
}

/* { return scoped(() => { … }); } */
static struct js *scoped_body(struct emitter *e, struct js *body) {
    struct js *outer = js_block(e->arena);
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_CONTEXT, "scoped"), js_arrow(e->arena, body));
    js_add(e->arena, &outer->list, js_return(e->arena, call));
    return outer;
}

struct js *lower_component(struct emitter *e, node_id node) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    node_id member = node_child(e->tree, node, FIELD_MEMBER);
    struct program_symbol symbol = symbol_at_node(e, name);
    struct str text = member != NODE_NONE || symbol.file == NULL ? STR("") : name_of_symbol(e, symbol);
    struct js *function = placed(e, js_text(e->arena, JS_FUNCTION, text), name);
    function->a = js_block(e->arena);
    struct component_style *outer_style = e->style;
    e->style = style_of_component(e, node);
    function->flags |= e->style != NULL ? (unsigned)JS_BLANK_BEFORE : 0;
    struct function_state state;
    function_enter(e, &state, node);
    state.is_component = true;
    struct js_list *outside = redirect(e, &function->a->list);
    node_id parameters = node_child(e->tree, node, FIELD_PARAMETERS);
    NODE_EACH(child, e->tree, parameters) {
        if (kind_of(e, child) == NODE_PARAMETER && kind_of(e, parameter_name(e, child)) == NODE_IDENTIFIER) {
            add_default(e, child);
        } else if (!node_is_comment(e->tree, child)) {
            not_emitted(e, child, "a parameter of a component that is no plain name");
        }
    }
    lower_component_body(e, node_child(e->tree, node, FIELD_BODY));
    e->style = outer_style;
    redirect(e, outside);
    if (provides(e, node)) {
        function->a = scoped_body(e, function->a);
    }
    function_leave(e);
    if (plain_count(e, parameters) > 0 || has_slot(e->file, node)) {
        js_add(e->arena, &function->list, js_name(e->arena, "props"));
    }
    if (program_is_async(e->file, node)) {
        not_emitted(e, node, "a component whose body has to wait (load in an effect)");
        function->flags |= JS_IS_ASYNC;
    }
    if (member == NODE_NONE) {
        return function;
    }
    struct js *holder = symbol.file != NULL ? symbol_value(e, symbol, name) : lower_name(e, name);
    struct js *target = js_member(e->arena, holder, "");
    target->text = text_of(e, member);
    target->place = place_of(e, member);
    return js_expression_statement(e->arena, js_assign(e->arena, target, "=", function));
}

/* ---- calls */

struct js *reactive_value(struct emitter *e, node_id node, enum reactivity least) {
    struct js_list statements = {0};
    struct function_state state;
    function_enter(e, &state, node);
    state.is_followed = true;
    struct js_list *outside = redirect(e, &statements);
    struct js *value = lower_expression(e, node);
    redirect(e, outside);
    function_leave(e);
    bool function = value->kind == JS_ARROW || value->kind == JS_FUNCTION;
    if (!function && (reactivity_of(e, node) >= least || statements.of.count > 0)) {
        bool plain_read = statements.of.count == 0 && (value->flags & JS_IS_READ) != 0;
        return plain_read ? value->a : thunk(e, &statements, value);
    }
    return value;
}

void component_prop(struct emitter *e, struct js *props, struct str name, node_id node, struct js *value) {
    bool reactive =
        node != NODE_NONE && value->kind != JS_ARROW && reactivity_of(e, node) == REACTIVE_STRICT &&
        value->kind != JS_AWAIT &&
        !(kind_of(e, node) == NODE_IDENTIFIER && symbol_kind_of(symbol_at_node(e, node)) == SYMBOL_FUNCTION);
    if (reactive) {
        struct js *getter = js_text(e->arena, JS_GETTER, key_text(e, name));
        getter->a = js_short_block(e->arena, js_return(e->arena, value));
        js_add(e->arena, &props->list, getter);
        return;
    }
    if (value->kind == JS_NAME && str_equal(value->text, name)) {
        struct js *entry = js_new(e->arena, JS_SHORTHAND);
        entry->a = value;
        js_add(e->arena, &props->list, entry);
    } else {
        js_add(e->arena, &props->list, js_property(e->arena, key_text(e, name), value));
    }
}

static struct str parameter_at(struct program_symbol component, unsigned index) {
    const struct symbol *data = symbol_data(component);
    if (index >= data->part_count) {
        return STR("");
    }
    return analysis_name(component.file, analysis_symbol(component.file, data->first_part + index)->name);
}

/* `UserItem(user)`: positions become props by the names of the parameters. */
struct js *component_call(struct emitter *e, struct program_symbol component, struct js *callee,
                          const struct js_list *arguments, node_id list) {
    struct js *props = js_new(e->arena, JS_OBJECT);
    unsigned index = 0;
    for (; arguments != NULL && index < arguments->of.count; index++) {
        struct str name = parameter_at(component, index);
        if (name.size > 0) {
            component_prop(e, props, name, NODE_NONE, arguments->of.items[index]);
        }
    }
    for (node_id child = node_first_plain(e->tree, list); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        bool named = kind_of(e, child) == NODE_NAMED_ARGUMENT;
        node_id node = named ? node_child(e->tree, child, FIELD_VALUE) : child;
        struct str name = named ? text_of(e, node_child(e->tree, child, FIELD_NAME)) : parameter_at(component, index++);
        if (name.size == 0 || kind_of(e, child) == NODE_SPREAD || kind_of(e, child) == NODE_MISSING) {
            not_emitted(e, child, "an argument that the component has no parameter for");
            continue;
        }
        component_prop(e, props, name, node, lower_expression(e, node));
    }
    struct js *result = js_call(e->arena, callee);
    if (props->list.of.count > 0 || component_takes_props(e, component)) {
        js_add(e->arena, &result->list, props);
    }
    return result;
}
