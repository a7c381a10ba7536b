/* jsx_directives: `use:`, `transition:` and their like on elements; `animate`, `font` and hooks in components. */
#include "codegen/jsx.h"

#include "analysis/directives.h"
#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"

/* A value as a function that reads it: the signal itself where it is one. */
static struct js *reading(struct emitter *e, node_id value) {
    struct function_state state;
    function_enter(e, &state, value);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *lowered = lower_expression(e, value);
    redirect(e, outside);
    function_leave(e);
    bool plain_read = statements.of.count == 0 && (lowered->flags & JS_IS_READ) != 0;
    return plain_read ? lowered->a : thunk(e, &statements, lowered);
}

static node_id value_of(const struct emitter *e, node_id attribute) {
    node_id value = node_child(e->tree, attribute, FIELD_VALUE);
    return kind_of(e, value) == NODE_JSX_EXPRESSION ? node_child(e->tree, value, FIELD_VALUE) : value;
}

/* `tooltip` of `use:tooltip`, `lib.tooltip`, or a motion of the library. */
static struct js *named_function(struct emitter *e, node_id attribute_name, size_t prefix) {
    struct str text = text_of(e, attribute_name);
    size_t end = str_find(text, '.', prefix);
    struct str name = str_slice(text, prefix, end);
    const struct binding *binding = analysis_binding(e->file, attribute_name);
    if (binding == NULL) {
        /* The names of motions are those that transitions.js exports. */
        struct str copy = arena_str(e->arena, name);
        return runtime_name(e, RUNTIME_TRANSITIONS, copy.data);
    }
    struct program_symbol symbol = symbol_at_node(e, attribute_name);
    struct js *value = symbol.file == NULL ? js_text(e->arena, JS_NAME, name) : symbol_value(e, symbol, attribute_name);
    while (end < text.size) {
        size_t next = str_find(text, '.', end + 1);
        struct js *member = js_member(e->arena, value, "");
        member->text = str_slice(text, end + 1, next);
        value = member;
        end = next;
    }
    return value;
}

static const struct {
    struct str prefix;
    enum runtime_module module;
    const char *function;
} makers[] = {
    {STR_INIT("use:"), RUNTIME_ACTIONS, "action"},
    {STR_INIT("transition:"), RUNTIME_TRANSITIONS, "transition"},
    {STR_INIT("in:"), RUNTIME_TRANSITIONS, "enter"},
    {STR_INIT("out:"), RUNTIME_TRANSITIONS, "leave"},
};

/* action(tooltip, () => text()), transition(fade, () => ({ duration: 300 })), rise(() => shown()) */
struct js *lower_element_directive(struct emitter *e, node_id attribute) {
    node_id name = node_child(e->tree, attribute, FIELD_NAME);
    struct str text = text_of(e, name);
    struct js *function = named_function(e, name, analysis_directive_prefix(text));
    struct js *call = NULL;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (str_starts_with(text, makers[i].prefix)) {
            call = js_call1(e->arena, runtime_name(e, makers[i].module, makers[i].function), function);
        }
    }
    call = call == NULL ? js_call(e->arena, function) : call;
    node_id value = value_of(e, attribute);
    if (value != NODE_NONE && kind_of(e, value) != NODE_MISSING) {
        js_add(e->arena, &call->list, reading(e, value));
    }
    return call;
}

/* ---- animate */

/* fade({ from: 0, to: 1 }) */
static struct js *lower_part(struct emitter *e, node_id call) {
    struct str name = arena_str(e->arena, text_of(e, node_child(e->tree, call, FIELD_FUNCTION)));
    struct js *result = js_call(e->arena, runtime_name(e, RUNTIME_ANIMATIONS, name.data));
    struct js *options = js_new(e->arena, JS_OBJECT);
    NODE_EACH(argument, e->tree, node_child(e->tree, call, FIELD_ARGUMENTS)) {
        if (kind_of(e, argument) == NODE_NAMED_ARGUMENT) {
            struct str key = text_of(e, node_child(e->tree, argument, FIELD_NAME));
            struct js *value = lower_expression(e, node_child(e->tree, argument, FIELD_VALUE));
            js_add(e->arena, &options->list, js_property(e->arena, key_text(e, key), value));
        } else if (!node_is_comment(e->tree, argument)) {
            not_emitted(e, argument, "a value of an animation without its name");
        }
    }
    if (options->list.of.count > 0) {
        js_add(e->arena, &result->list, options);
    }
    return result;
}

/* The parts that move together, into `step`. */
static void add_parts(struct emitter *e, node_id node, struct js *step) {
    node = without_parentheses(e, node);
    if (kind_of(e, node) == NODE_BINARY_EXPRESSION) {
        add_parts(e, node_child(e->tree, node, FIELD_LEFT), step);
        add_parts(e, node_child(e->tree, node, FIELD_RIGHT), step);
    } else if (kind_of(e, node) == NODE_CALL_EXPRESSION) {
        js_add(e->arena, &step->list, lower_part(e, node));
    } else {
        not_emitted(e, node, "a step of an animation that is no part of one");
    }
}

/* The steps that follow each other. */
static void add_steps(struct emitter *e, node_id node, struct js *steps) {
    node = without_parentheses(e, node);
    if (kind_of(e, node) == NODE_SEQUENCE_EXPRESSION) {
        add_steps(e, node_child(e->tree, node, FIELD_LEFT), steps);
        add_steps(e, node_child(e->tree, node, FIELD_RIGHT), steps);
        return;
    }
    struct js *step = js_new(e->arena, JS_ARRAY);
    add_parts(e, node, step);
    js_add(e->arena, &steps->list, step);
}

static bool is_steps(struct str key) { return str_equal(key, STR("enter")) || str_equal(key, STR("exit")); }

static struct js *options_of(struct emitter *e, node_id directive) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    struct directive_entry entry;
    node_id block = node_child_of_kind(e->tree, directive, NODE_BLOCK);
    for (node_id at = NODE_NONE; directive_next_entry(e->tree, block, &at, &entry);) {
        struct str key = text_of(e, entry.key);
        struct js *value = NULL;
        if (entry.value != NODE_NONE && is_steps(key)) {
            value = js_new(e->arena, JS_ARRAY);
            add_steps(e, entry.value, value);
        } else {
            value = entry.value == NODE_NONE ? js_literal(e->arena, "true") : lower_expression(e, entry.value);
        }
        js_add(e->arena, &options->list, js_property(e->arena, key_text(e, key), value));
    }
    return options;
}

/* const rise = animation({ enter: [[fade()], [slide({ y: 20 })]], duration: 300 }); */
static void lower_animate(struct emitter *e, node_id node) {
    node_id name = node_first_plain(e->tree, node);
    if (kind_of(e, name) != NODE_IDENTIFIER) {
        not_emitted(e, node, "an animation without a name");
        return;
    }
    struct js *options = options_of(e, node); /* a statement of its own: imports are written in the order of their use */
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_ANIMATIONS, "animation"), options);
    add_statement(e, placed(e, js_declare(e->arena, "const", lower_target(e, name), call), node));
}

/* useFont("code", "./fonts/code.woff2", { weight: "400" }); */
static void lower_font(struct emitter *e, node_id node) {
    node_id name = node_first_plain(e->tree, node);
    node_id url = node_child_of_kind(e->tree, node, NODE_STRING);
    if (kind_of(e, name) != NODE_IDENTIFIER || url == NODE_NONE) {
        not_emitted(e, node, "a font without a name or without the place that it is from");
        return;
    }
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_FONTS, "useFont"), js_string(e->arena, text_of(e, name)),
                               lower_expression(e, url));
    struct js *options = options_of(e, node);
    if (options->list.of.count > 0) {
        js_add(e->arena, &call->list, options);
    }
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

/* onMount(() => { … }); */
static void lower_hook(struct emitter *e, node_id node, const char *hook) {
    struct function_state state;
    function_enter(e, &state, node);
    node_id body = node_child_of_kind(e->tree, node, NODE_BLOCK);
    struct js *arrow = js_arrow(e->arena, lower_body(e, body, node, NOWHERE));
    function_leave(e);
    arrow->flags |= program_is_async(e->file, node) ? (unsigned)JS_IS_ASYNC : 0;
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_SCOPES, hook), arrow);
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

bool lower_component_directive(struct emitter *e, node_id node) {
    const struct directive *directive = directive_of_node(e->tree, node);
    switch (directive == NULL ? DIRECTIVE_COUNT : (int)directive->id) {
    case DIRECTIVE_ANIMATE:
        lower_animate(e, node);
        return true;
    case DIRECTIVE_FONT:
        lower_font(e, node);
        return true;
    case DIRECTIVE_ON_MOUNT:
        lower_hook(e, node, "onMount");
        return true;
    case DIRECTIVE_ON_UNMOUNT:
        lower_hook(e, node, "onCleanup");
        return true;
    default:
        return false;
    }
}
