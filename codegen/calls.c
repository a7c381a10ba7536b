/* calls: calls, pipes, and what their arguments become by what is called. */
#include "codegen/emitter.h"

/* ---- `f(it * 2)`: an argument that speaks of `it` is a function of it */

static bool takes_it(const struct emitter *e, node_id argument) { return (e->file->marks[argument] & MARK_IT) != 0; }

static struct js *function_of_it(struct emitter *e, node_id argument) {
    struct function_state state;
    function_enter(e, &state, argument);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = lower_expression(e, argument);
    redirect(e, outside);
    function_leave(e);
    struct js *arrow = thunk(e, &statements, value);
    arrow->flags |= program_is_async(e->file, argument) ? (unsigned)JS_IS_ASYNC : 0;
    js_add(e->arena, &arrow->list, js_name(e->arena, "it"));
    return arrow;
}

/* ---- arguments */

struct arguments {
    struct js_list values;
    struct js_list named; /* PROPERTY nodes, for a callee whose parameters are not known */
};

/* The parameters of what is called, as symbols; false when they are not known. */
static bool parameters_of(struct program_symbol callee, uint32_t *first, uint32_t *count) {
    const struct symbol *data = symbol_data(callee);
    enum symbol_kind kind = symbol_kind_of(callee);
    if (kind != SYMBOL_FUNCTION && kind != SYMBOL_COMPONENT && kind != SYMBOL_TYPE && kind != SYMBOL_VARIANT) {
        return false;
    }
    *first = data->first_part;
    *count = data->part_count;
    return true;
}

static bool position_of(struct program_symbol callee, struct str name, unsigned *position) {
    uint32_t first, count;
    if (!parameters_of(callee, &first, &count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(analysis_name(callee.file, analysis_symbol(callee.file, first + i)->name), name)) {
            *position = i;
            return true;
        }
    }
    return false;
}

static void add_named(struct emitter *e, struct program_symbol callee, struct arguments *arguments, struct str name,
                      struct js *value) {
    unsigned position;
    if (!position_of(callee, name, &position)) {
        js_add(e->arena, &arguments->named, js_property(e->arena, key_text(e, name), value));
        return;
    }
    while (arguments->values.of.count <= position) {
        js_add(e->arena, &arguments->values, js_literal(e->arena, "undefined"));
    }
    arguments->values.of.items[position] = value;
}

static struct js *lower_argument(struct emitter *e, node_id node) {
    if (takes_it(e, node)) {
        return function_of_it(e, node);
    }
    if (kind_of(e, node) == NODE_SPREAD) {
        struct js *spread = js_new(e->arena, JS_SPREAD);
        spread->a = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
        return spread;
    }
    return lower_expression(e, node);
}

static bool is_placeholder(const struct emitter *e, node_id node) {
    return kind_of(e, node) == NODE_IDENTIFIER && str_equal(text_of(e, node), STR("_"));
}

/* Lowers the arguments of a call; `piped` (or NULL) takes the places of `_`, or the first place. */
static struct js_list lower_arguments(struct emitter *e, struct program_symbol callee, node_id list, struct js *piped) {
    struct arguments arguments = {0};
    bool has_placeholder = false;
    NODE_EACH(child, e->tree, list) { has_placeholder = has_placeholder || is_placeholder(e, child); }
    if (piped != NULL && !has_placeholder) {
        js_add(e->arena, &arguments.values, piped);
    }
    for (node_id child = node_first_plain(e->tree, list); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        unsigned mark = e->statements->of.count;
        enum node_kind kind = kind_of(e, child);
        bool named = kind == NODE_NAMED_ARGUMENT || kind == NODE_DEFAULT_BINDING;
        node_id value_node = named ? node_child(e->tree, child, FIELD_VALUE) : child;
        struct js *value = piped != NULL && is_placeholder(e, child) ? piped : lower_argument(e, value_node);
        protect_values(e, arguments.values.of.items, arguments.values.of.count, mark);
        if (named) {
            add_named(e, callee, &arguments, text_of(e, node_child(e->tree, child, FIELD_NAME)), value);
        } else if (kind == NODE_MISSING || kind == NODE_COLUMN_ASSIGNMENT) {
            not_emitted(e, child, "this argument");
        } else {
            js_add(e->arena, &arguments.values, value);
        }
    }
    if (arguments.named.of.count > 0) {
        struct js *object = js_new(e->arena, JS_OBJECT);
        object->list = arguments.named;
        js_add(e->arena, &arguments.values, object);
    }
    return arguments.values;
}

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
    return is_awaited(e, call) ? js_await(e->arena, value) : value;
}

static bool is_record(struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    return data->part_count > 0 && analysis_symbol(type.file, data->first_part)->kind == SYMBOL_FIELD;
}

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
        return js_await(e->arena, call_with(e, callee, arguments));
    }
    return awaited_if(e, call_with(e, placed(e, builtin_name(e, builtin), name), arguments), call);
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
    struct js *function = symbol.file != NULL ? symbol_value(e, symbol, callee) : lower_name(e, callee);
    if (symbol_kind_of(symbol) == SYMBOL_COMPONENT) {
        return component_call(e, symbol, function, arguments, NODE_NONE);
    }
    if (symbol_kind_of(symbol) == SYMBOL_TYPE && is_record(symbol)) {
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

static struct js *call_member(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    node_id object_node = node_child(e->tree, function, FIELD_OBJECT);
    node_id property = node_child(e->tree, function, FIELD_PROPERTY);
    bool is_new = str_equal(text_of(e, property), STR("new"));
    struct js *values[2] = {piped, NULL};
    unsigned mark = e->statements->of.count;
    struct js *callee = is_new ? lower_expression(e, object_node) : lower_member(e, function);
    protect_values(e, values, piped != NULL ? 1 : 0, mark);
    mark = e->statements->of.count;
    struct program_symbol target = rpc_target(e, function);
    if (symbol_kind_of(symbol_at_node(e, property)) == SYMBOL_VARIANT) {
        target = symbol_at_node(e, property);
    }
    struct js_list arguments = lower_arguments(e, target, list, values[0]);
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
    }
    return awaited_if(e, optional_if(e, call_with(e, callee, &arguments), call), call);
}

static struct js *call_value(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    struct js *values[2] = {piped, NULL};
    unsigned mark = e->statements->of.count;
    struct js *callee = lower_expression(e, function);
    protect_values(e, values, piped != NULL ? 1 : 0, mark);
    mark = e->statements->of.count;
    struct js_list arguments = lower_arguments(e, (struct program_symbol){NULL, 0}, list, values[0]);
    protect_values(e, &callee, 1, mark);
    return awaited_if(e, optional_if(e, call_with(e, callee, &arguments), call), call);
}

static struct js *call_any(struct emitter *e, node_id function, node_id call, node_id list, struct js *piped) {
    function = without_parentheses(e, function);
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
    struct js_list arguments = lower_arguments(e, symbol, list, piped);
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

/* The entries of a struct in the places of its fields; false when one of them names no field. */
static bool lower_entries(struct emitter *e, struct program_symbol type, node_id entries, struct arguments *arguments) {
    for (node_id entry = node_first_plain(e->tree, entries); entry != NODE_NONE;
         entry = node_next_plain(e->tree, entry)) {
        bool pair = kind_of(e, entry) == NODE_PAIR;
        node_id key = pair ? node_child(e->tree, entry, FIELD_KEY) : entry;
        unsigned position;
        if (kind_of(e, key) != NODE_IDENTIFIER || !position_of(type, text_of(e, key), &position)) {
            return false;
        }
        unsigned mark = e->statements->of.count;
        struct js *value = lower_expression(e, pair ? node_child(e->tree, entry, FIELD_VALUE) : entry);
        protect_values(e, arguments->values.of.items, arguments->values.of.count, mark);
        add_named(e, type, arguments, text_of(e, key), value);
    }
    return true;
}

/* `Point { x: 1, y: 2 }` is `Point(x: 1, y: 2)`. */
struct js *lower_struct_literal(struct emitter *e, node_id node) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    struct program_symbol type = symbol_at_node(e, name);
    bool record = symbol_kind_of(type) == SYMBOL_TYPE && is_record(type);
    struct arguments arguments = {0};
    bool made = (record || symbol_kind_of(type) == SYMBOL_VARIANT) &&
                lower_entries(e, type, node_child(e->tree, node, FIELD_ENTRIES), &arguments);
    if (!made) {
        not_emitted(e, node, "a struct whose fields are not known");
        return js_literal(e->arena, "undefined");
    }
    return call_named(e, name, NODE_NONE, &arguments.values);
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
    unsigned mark = e->statements->of.count;
    struct js_list arguments = lower_arguments(e, (struct program_symbol){NULL, 0}, list, NULL);
    protect_values(e, &member->a, 1, mark);
    struct js *twin = call_async_method(e, name, site, member, &arguments);
    return twin != NULL ? twin : awaited_if(e, call_with(e, member, &arguments), site);
}

static unsigned placeholders(const struct emitter *e, node_id call) {
    unsigned count = 0;
    NODE_EACH(child, e->tree, node_child(e->tree, call, FIELD_ARGUMENTS)) { count += is_placeholder(e, child); }
    return count;
}

struct js *lower_pipe(struct emitter *e, node_id node) {
    struct js *piped = lower_expression(e, node_child(e->tree, node, FIELD_LEFT));
    node_id right = without_parentheses(e, node_child(e->tree, node, FIELD_RIGHT));
    if (kind_of(e, right) == NODE_COLUMN) {
        return pipe_to_column(e, piped, right, NODE_NONE, node);
    }
    if (kind_of(e, right) == NODE_CALL_EXPRESSION) {
        node_id function = node_child(e->tree, right, FIELD_FUNCTION);
        if (kind_of(e, function) == NODE_COLUMN) {
            return pipe_to_column(e, piped, function, node_child(e->tree, right, FIELD_ARGUMENTS), node);
        }
        if (placeholders(e, right) > 1) {
            piped = stable_value(e, piped, "piped");
        }
        return call_any(e, function, node, node_child(e->tree, right, FIELD_ARGUMENTS), piped);
    }
    return call_any(e, right, node, NODE_NONE, piped);
}
