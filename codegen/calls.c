/* calls: calls, pipes, and what their arguments become by what is called. */
#include "codegen/expressions.h"

#include "analysis/placeholders.h"
#include "codegen/arguments.h"
#include "codegen/components.h"
#include "codegen/imports.h"
#include "codegen/methods.h"
#include "codegen/symbols_in.h"

/* ---- callees */

static struct js *call_with(struct emitter *e, struct js *callee, const struct js_list *arguments) {
    struct js *call = js_call(e->arena, callee);
    call->list = *arguments;
    return call;
}

/* `f?.()` asks whether there is a function to call. `site` may be a pipe, or NODE_NONE. */
static struct js *optional_if(const struct emitter *e, struct js *call, node_id site) {
    bool optional = kind_of(e, site) == NODE_CALL_EXPRESSION && node_child(e->tree, site, FIELD_OPERATOR) != NODE_NONE;
    call->flags |= optional ? (unsigned)JS_IS_OPTIONAL : 0;
    return call;
}

static struct js *construct(struct emitter *e, struct js *callee, const struct js_list *arguments) {
    struct js *node = js_new(e->arena, JS_NEW);
    node->a = callee;
    node->list = *arguments;
    return node;
}

/* Is the value of a call (or of a pipe into one) awaited, by itself or by an `await` around it? */
static bool is_awaited(const struct emitter *e, node_id call) {
    return call != NODE_NONE && (program_is_awaited(e->file, call) || e->awaited == call);
}

static struct js *awaited_if(struct emitter *e, struct js *value, node_id call) {
    return is_awaited(e, call) ? awaited_value(e, value, call) : value;
}

static bool is_function_value(const struct js *value) { return value->kind == JS_ARROW || value->kind == JS_FUNCTION; }

/* Calls a builtin; a call that waits for its callbacks means the builtin's other form. */
static struct js *call_builtin(struct emitter *e, enum builtin builtin, node_id name, node_id call,
                               const struct js_list *arguments) {
    const struct builtin_info *info = builtin_info(builtin);
    if (is_awaited(e, call) && info->async_twin.size > 0) {
        char *twin = arena_alloc(e->arena, info->async_twin.size + 1);
        for (size_t i = 0; i < info->async_twin.size; i++) {
            twin[i] = info->async_twin.data[i];
        }
        struct js *callee = placed(e, runtime_name(e, RUNTIME_CORE, twin), name);
        callee->place.name = text_of(e, name);
        return awaited_value(e, call_with(e, callee, arguments), call);
    }
    bool loads = builtin == BUILTIN_LAZY && arguments->of.count == 1 && is_function_value(arguments->of.items[0]);
    struct js *callee = placed(e, loads ? runtime_name(e, RUNTIME_LAZY, "lazy") : builtin_name(e, builtin), name);
    callee->place.name = text_of(e, name);
    struct js *result = call_with(e, callee, arguments);
    if (builtin == BUILTIN_PROVIDE && arguments->of.count == 2) {
        struct js *value = arguments->of.items[1];
        result->list.of.items[1] = (value->flags & JS_IS_READ) != 0 ? value->a : js_arrow(e->arena, value);
    }
    return builtin == BUILTIN_INJECT ? js_call(e->arena, result) : awaited_if(e, result, call);
}

struct js *call_named(struct emitter *e, node_id callee, node_id call, struct js_list *arguments) {
    struct program_symbol symbol = symbol_at_node(e, callee);
    const struct binding *binding = analysis_binding(e->file, callee);
    if (symbol.file == NULL && binding != NULL && binding->builtin != 0) {
        enum builtin builtin = (enum builtin)(binding->builtin - 1);
        if (builtin == BUILTIN_NONE) {
            return lower_name(e, callee);
        }
        return call_builtin(e, builtin, callee, call, arguments);
    }
    if (symbol_kind_of(symbol) == SYMBOL_MODEL) {
        struct program_symbol type = type_named(e, symbol_data(symbol)->name);
        symbol = type.file != NULL ? type : symbol;
    }
    struct js *function = symbol.file != NULL ? named_value(e, symbol, callee) : lower_name(e, callee);
    if (symbol_kind_of(symbol) == SYMBOL_COMPONENT) {
        return component_call(e, symbol, function, arguments, NODE_NONE);
    }
    if (type_is_record(symbol)) {
        return construct(e, function, arguments);
    }
    if (symbol_kind_of(symbol) == SYMBOL_VARIANT && symbol_data(symbol)->part_count == 0) {
        return function;
    }
    return awaited_if(e, optional_if(e, call_with(e, function, arguments), call), call);
}

/* ---- members */

/* `xs.map(f)` with an f that must be awaited is the builtin's form for that; `member` is `xs.map`. */
static struct js *call_async_method(struct emitter *e, node_id name, node_id call, struct js *member,
                                    const struct js_list *arguments) {
    enum builtin builtin;
    if (call == NODE_NONE || !program_has_async_callback(e->file, call) ||
        !builtin_of_method(text_of(e, name), &builtin)) {
        return NULL;
    }
    bool optional = (member->flags & JS_IS_OPTIONAL) != 0;
    struct js *object = optional ? stable_value(e, member->a, "list") : member->a;
    struct js_list all = {0};
    js_add(e->arena, &all, object);
    for (unsigned i = 0; i < arguments->of.count; i++) {
        js_add(e->arena, &all, arguments->of.items[i]);
    }
    struct js *twin = call_builtin(e, builtin, name, call, &all);
    if (!optional) {
        return twin;
    }
    struct js *absent = js_binary(e->arena, object, "==", js_literal(e->arena, "null"));
    return js_conditional(e->arena, absent, js_literal(e->arena, "undefined"), twin);
}

static struct program_symbol rpc_target(const struct emitter *e, node_id member) {
    const struct rpc_use *use = program_rpc_use(e->file, member);
    return use == NULL ? (struct program_symbol){NULL, 0} : program_rpc_target(e->program, e->file, use);
}

static bool has_named_arguments(const struct emitter *e, node_id list) {
    return node_child_of_kind(e->tree, list, NODE_NAMED_ARGUMENT) != NODE_NONE;
}

/* What `a.b` means as a callee: a server's function, a variant, a type of which `.new` makes one, a method. */
static struct callee member_callee(struct emitter *e, node_id member, node_id list) {
    node_id property = node_child(e->tree, member, FIELD_PROPERTY);
    struct str name = text_of(e, property);
    struct program_symbol remote = rpc_target(e, member);
    if (remote.file != NULL) {
        return callee_of_symbol(remote, name);
    }
    if (symbol_kind_of(symbol_at_node(e, property)) == SYMBOL_VARIANT) {
        return callee_of_symbol(symbol_at_node(e, property), name);
    }
    node_id object = node_child(e->tree, member, FIELD_OBJECT);
    if (str_equal(name, STR("new")) && kind_of(e, object) == NODE_IDENTIFIER) {
        return callee_of_name(e, object);
    }
    return has_named_arguments(e, list) ? callee_of_method(e, name) : (struct callee){.name = name};
}

static struct js *call_member(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    node_id object_node = node_child(e->tree, function, FIELD_OBJECT);
    node_id property = node_child(e->tree, function, FIELD_PROPERTY);
    /* a type may have a function of this name, which is then called like any other */
    bool is_new = str_equal(text_of(e, property), STR("new")) &&
                  symbol_kind_of(symbol_at_node(e, property)) != SYMBOL_FUNCTION;
    struct js *values[2] = {piped, NULL};
    unsigned mark = e->statements->of.count;
    struct js *callee = is_new ? lower_expression(e, object_node) : lower_member(e, function);
    protect_values(e, values, piped != NULL ? 1 : 0, mark);
    mark = e->statements->of.count;
    struct callee target = member_callee(e, function, list);
    struct js_list arguments = lower_arguments(e, &target, list, values[0]);
    if (e->statements->of.count > mark && callee->kind == JS_MEMBER && !js_is_stable(callee->a)) {
        protect_values(e, &callee->a, 1, mark);
    }
    if (is_new) {
        return construct(e, callee, &arguments);
    }
    if (callee->kind == JS_MEMBER) {
        struct js *twin = call_async_method(e, property, call, callee, &arguments);
        if (twin != NULL) {
            return twin;
        }
        enum builtin builtin;
        enum method_form form = method_form_of(e, function, &builtin);
        if (form != METHOD_OWN) {
            return method_call(e, form, builtin, callee, &arguments);
        }
    }
    return awaited_if(e, optional_if(e, call_with(e, callee, &arguments), call), call);
}

static struct js *call_value(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    struct js *values[2] = {piped, NULL};
    unsigned mark = e->statements->of.count;
    struct js *callee = lower_expression(e, function);
    protect_values(e, values, piped != NULL ? 1 : 0, mark);
    mark = e->statements->of.count;
    struct js_list arguments = lower_arguments(e, &(struct callee){0}, list, values[0]);
    protect_values(e, &callee, 1, mark);
    return awaited_if(e, optional_if(e, call_with(e, callee, &arguments), call), call);
}

static struct js *call_any(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    function = without_parentheses(e, function);
    report_lost_wait(e, call);
    if (kind_of(e, function) == NODE_MEMBER_EXPRESSION) {
        return call_member(e, function, call, list, piped);
    }
    if (kind_of(e, function) != NODE_IDENTIFIER) {
        return call_value(e, function, call, list, piped);
    }
    struct program_symbol symbol = symbol_at_node(e, function);
    if (symbol_kind_of(symbol) == SYMBOL_MODEL) {
        struct program_symbol type = type_named(e, symbol_data(symbol)->name);
        symbol = type.file != NULL ? type : symbol;
    }
    if (symbol_kind_of(symbol) == SYMBOL_COMPONENT && piped == NULL) {
        return component_call(e, symbol, symbol_value(e, symbol, function), NULL, list);
    }
    struct callee callee = callee_of_name(e, function);
    struct js_list arguments = lower_arguments(e, &callee, list, piped);
    return call_named(e, function, call, &arguments);
}

struct js *lower_call(struct emitter *e, node_id node) {
    node_id function = node_child(e->tree, node, FIELD_FUNCTION);
    if (kind_of(e, function) == NODE_COLUMN) {
        not_emitted(e, node, "a call on a column");
        return js_literal(e->arena, "undefined");
    }
    return call_any(e, function, node, node_child(e->tree, node, FIELD_ARGUMENTS), NULL);
}

/* `Point { x: 1, y: 2 }` is `Point(x: 1, y: 2)`. */
struct js *lower_struct_literal(struct emitter *e, node_id node) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    struct program_symbol type = symbol_at_node(e, name);
    if (symbol_kind_of(type) == SYMBOL_MODEL) {
        type = type_named(e, symbol_data(type)->name);
    }
    bool record = type_is_record(type);
    struct callee callee = callee_of_symbol(type, text_of(e, name));
    struct js_list values = {0};
    bool made = (record || symbol_kind_of(type) == SYMBOL_VARIANT) &&
                lower_entries(e, &callee, node_child(e->tree, node, FIELD_ENTRIES), &values);
    if (!made) {
        not_emitted(e, node, "a struct whose fields are not known");
        return js_literal(e->arena, "undefined");
    }
    return call_named(e, name, NODE_NONE, &values);
}

/* ---- pipes */

/* `x |> .p` and `x |> .m(a)`. */
static struct js *pipe_to_column(struct emitter *e, struct js *piped, node_id column, node_id list, node_id site) {
    node_id name = node_child(e->tree, column, FIELD_NAME);
    struct js *member = js_member(e->arena, piped, "");
    member->text = text_of(e, name);
    member->place = place_of(e, name);
    if (list == NODE_NONE) {
        return member;
    }
    report_lost_wait(e, site);
    unsigned mark = e->statements->of.count;
    struct callee callee =
        has_named_arguments(e, list) ? callee_of_method(e, member->text) : (struct callee){.name = member->text};
    struct js_list arguments = lower_arguments(e, &callee, list, NULL);
    protect_values(e, &member->a, 1, mark);
    struct js *twin = call_async_method(e, name, site, member, &arguments);
    enum builtin builtin;
    enum method_form form =
        twin != NULL ? METHOD_OWN
                     : method_form_of_piped(e, node_child(e->tree, site, FIELD_LEFT), member->text, &builtin);
    if (form != METHOD_OWN) {
        return method_call(e, form, builtin, member, &arguments);
    }
    return twin != NULL ? twin : awaited_if(e, call_with(e, member, &arguments), site);
}

static unsigned placeholders(const struct emitter *e, node_id call) {
    unsigned count = 0;
    NODE_EACH(child, e->tree, node_child(e->tree, call, FIELD_ARGUMENTS)) {
        count += placeholder_is_argument(e->tree, child);
    }
    return count;
}

/* Puts a value into what stands right of `|>`; `site` is what the analysis marks as awaited. */
static struct js *pipe_into(struct emitter *e, struct js *piped, node_id right, node_id site) {
    right = without_parentheses(e, right);
    if (kind_of(e, right) == NODE_COLUMN) {
        return pipe_to_column(e, piped, right, NODE_NONE, site);
    }
    if (kind_of(e, right) == NODE_CALL_EXPRESSION) {
        node_id function = node_child(e->tree, right, FIELD_FUNCTION);
        if (kind_of(e, function) == NODE_COLUMN) {
            return pipe_to_column(e, piped, function, node_child(e->tree, right, FIELD_ARGUMENTS), site);
        }
        if (placeholders(e, right) > 1) {
            piped = stable_value(e, piped, "piped");
        }
        return call_any(e, function, site, node_child(e->tree, right, FIELD_ARGUMENTS), piped);
    }
    return call_any(e, right, site, NODE_NONE, piped);
}

struct js *lower_pipe(struct emitter *e, node_id node) {
    struct js *piped = lower_expression(e, node_child(e->tree, node, FIELD_LEFT));
    node_id right = node_child(e->tree, node, FIELD_RIGHT);
    node_id head = right;
    while (kind_of(e, head) == NODE_BINARY_EXPRESSION) {
        head = node_child(e->tree, head, FIELD_LEFT);
    }
    if (placeholder_fills(e->tree, right)) {
        struct js *before = e->placeholder;
        e->placeholder = stable_value(e, piped, "piped");
        struct js *value = lower_expression(e, right);
        e->placeholder = before;
        return value;
    }
    if (head == right) {
        return pipe_into(e, piped, right, node);
    }
    struct pipe_head before = e->pipe_head;
    e->pipe_head = (struct pipe_head){head, piped};
    struct js *value = lower_expression(e, right);
    e->pipe_head = before;
    return value;
}

struct js *lower_pipe_head(struct emitter *e, node_id node) {
    struct js *piped = e->pipe_head.value;
    e->pipe_head = (struct pipe_head){NODE_NONE, NULL};
    return pipe_into(e, piped, node, node);
}
