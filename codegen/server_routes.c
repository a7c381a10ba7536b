/* server_routes: `route` declarations: what a handler is given, from the path, the query and the body. */
#include "codegen/server_routes.h"

#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"
#include "codegen/validation.h"

struct route_parts {
    node_id node;
    struct str method, path;
    bool has_body;
    node_id body_type; /* of `body: T`, where requests of this method have one */
};

static struct str path_in_group(struct emitter *e, struct str path) {
    for (const struct route_group *group = e->group; group != NULL; group = group->parent) {
        bool root = str_equal(path, STR("/"));
        path = arena_printf(e->arena, "%.*s%.*s", STR_ARGUMENTS(group->prefix), root ? 0 : (int)path.size, path.data);
    }
    return path;
}

bool method_has_body(struct str method) {
    return str_equal(method, STR("POST")) || str_equal(method, STR("PUT")) || str_equal(method, STR("PATCH"));
}

static struct route_parts route_of(struct emitter *e, node_id node) {
    struct route_parts route = {.node = node};
    struct str method = text_of(e, node_child(e->tree, node, FIELD_METHOD));
    char *upper = arena_alloc(e->arena, method.size + 1);
    for (size_t i = 0; i < method.size; i++) {
        char byte = method.data[i];
        upper[i] = byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
    }
    route.method = (struct str){upper, method.size};
    (void)node_string_value(e->arena, e->tree, node_child(e->tree, node, FIELD_PATH), &route.path);
    route.path = path_in_group(e, route.path);
    route.has_body = method_has_body(route.method);
    route.body_type = route.has_body ? node_child(e->tree, node, FIELD_BODY_TYPE) : NODE_NONE;
    return route;
}

bool path_has_parameter(struct str path, struct str name) {
    for (size_t start = 0; start < path.size;) {
        size_t end = str_find(path, '/', start);
        struct str segment = str_slice(path, start, end);
        bool parameter = segment.size > 0 && (segment.data[0] == ':' || segment.data[0] == '*');
        if (parameter && str_equal(str_slice(segment, 1, segment.size), name)) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

/* Text from a path or a query as the declared type of a parameter, in its file. */
static struct js *converted(struct emitter *e, const struct symbol *parameter, struct js *text, struct js_list *top) {
    const struct syntax_tree *tree = e->tree;
    node_id type = parameter->type;
    bool rest = (parameter->flags & SYMBOL_REST) != 0;
    static const struct {
        struct str type;
        const char *function;
    } conversions[] = {{STR_INIT("Int"), "toInt"}, {STR_INIT("Float"), "toFloat"}, {STR_INIT("Bool"), "toBool"}};
    for (size_t i = 0; !rest && i < sizeof conversions / sizeof *conversions; i++) {
        if (str_equal(node_text(tree, type), conversions[i].type)) {
            return js_call1(e->arena, runtime_name(e, RUNTIME_SERVER, conversions[i].function), text);
        }
    }
    if (type == NODE_NONE || str_equal(node_text(tree, type), STR("String"))) {
        return text;
    }
    struct js_list *inside = redirect(e, top);
    struct js *schema = rest ? rest_schema(e, type) : type_schema(e, type);
    redirect(e, inside);
    return schema_is_any(schema) ? text : js_call2(e->arena, runtime_name(e, RUNTIME_SERVER, "fromText"), text, schema);
}

static struct js *part_of_request(struct emitter *e, struct js *holder, struct str name) {
    if (name.size == 0) {
        return holder; /* a parameter that is taken apart: its parts have the names */
    }
    struct js *member = js_member(e->arena, holder, "");
    member->text = name;
    return member;
}

/* The request itself, or `params`: all that the path holds. */
static struct js *whole_argument(struct emitter *e, const struct route_parts *route, const struct endpoint *endpoint,
                                 uint32_t index) {
    const struct symbol *function = symbol_data(endpoint->function);
    const struct symbol *parameter = analysis_symbol(endpoint->function.file, function->first_part + index);
    struct str name = analysis_name(endpoint->function.file, parameter->name);
    bool takes_request = (function->flags & SYMBOL_REQUEST) != 0;
    if (takes_request && index == 0) {
        return endpoint->request;
    }
    bool params = takes_request && str_equal(name, STR("params")) && !path_has_parameter(route->path, name);
    return params ? js_member(e->arena, endpoint->request, "params") : NULL;
}

/* With `body: T` the body as a whole is the parameter `body`, and the one that is a T. */
static bool is_whole_body(struct emitter *e, const struct route_parts *route, const struct symbol *parameter,
                          struct program_symbol function) {
    if (route->body_type == NODE_NONE) {
        return false;
    }
    struct str type = node_text(function.file->tree, parameter->type);
    return str_equal(analysis_name(function.file, parameter->name), STR("body")) ||
           str_equal(type, text_of(e, route->body_type));
}

/* const id = toInt(req.params.id); Returns whether the body is read. */
static bool declare_argument(struct emitter *e, const struct route_parts *route, const struct endpoint *endpoint,
                             uint32_t index) {
    const struct file_analysis *file = endpoint->function.file;
    const struct symbol *parameter = analysis_symbol(file, symbol_data(endpoint->function)->first_part + index);
    struct str name = analysis_name(file, parameter->name);
    struct js *value;
    bool body = false;
    bool path = path_has_parameter(route->path, name);
    if (path || !route->has_body) {
        struct js *holder = js_member(e->arena, endpoint->request, path ? "params" : "query");
        uint32_t before = e->file_index;
        enter_file(e, file_index_of(e, file));
        value = converted(e, parameter, part_of_request(e, holder, name), endpoint->top);
        enter_file(e, before);
    } else {
        body = true;
        value = is_whole_body(e, route, parameter, endpoint->function) ? endpoint->body
                                                                       : part_of_request(e, endpoint->body, name);
        if ((parameter->flags & SYMBOL_HAS_DEFAULT) != 0) {
            value = js_binary(e->arena, value, "??", js_literal(e->arena, "undefined"));
        }
    }
    if ((parameter->flags & SYMBOL_REST) != 0) {
        value = several_arguments(e, value);
    }
    add_statement(e, js_declare(e->arena, "const", endpoint->names[index], value));
    return body;
}

/* The function of a route, where the route names it. */
static struct js *handler_name(struct emitter *e, struct program_symbol function, node_id handler) {
    struct js *name = placed(e, js_text(e->arena, JS_NAME, name_of_symbol(e, function)), handler);
    name->place.name = str_equal(name->text, text_of(e, handler)) ? STR("") : text_of(e, handler);
    return name;
}

/* A handler that gets its parameters by their names. */
static struct js *handler_by_names(struct emitter *e, const struct route_parts *route, struct program_symbol function,
                                   node_id node) {
    const struct symbol *data = symbol_data(function);
    struct js *name = handler_name(e, function, node);
    if (data->part_count == 0) {
        return js_arrow(e->arena, js_call(e->arena, name));
    }
    struct function_state state;
    function_enter(e, &state, data->node);
    struct endpoint endpoint = endpoint_start(e, function);
    if ((data->flags & SYMBOL_REQUEST) != 0) {
        endpoint.request = endpoint.names[0];
    }
    struct js *block = js_block(e->arena);
    struct js_list *top = redirect(e, &block->list);
    bool reads_body = false;
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct js *whole = whole_argument(e, route, &endpoint, i);
        if (whole != NULL) {
            endpoint.names[i] = whole;
        } else {
            reads_body = declare_argument(e, route, &endpoint, i) || reads_body;
        }
    }
    if (reads_body) {
        struct js *json = js_await(e->arena, js_call(e->arena, js_member(e->arena, endpoint.request, "json")));
        js_insert(e->arena, &block->list, 0, js_declare(e->arena, "const", endpoint.body, json));
    }
    struct program_symbol none = {NULL, 0};
    lower_validation(e, function, none, endpoint.names, top);
    shape_arguments(e, function, none, endpoint.names, top);
    struct js *call = endpoint_call(e, &endpoint);
    call->a->place = name->place;
    add_statement(e, js_return(e->arena, call));
    redirect(e, top);
    function_leave(e);
    struct js *handler = js_arrow(e->arena, block);
    handler->flags |= JS_IS_ASYNC;
    js_add(e->arena, &handler->list, endpoint.request);
    return handler;
}

/* `(req, params) => …` gets the parameters of the path beside the request. */
static struct js *handler_lambda(struct emitter *e, node_id lambda) {
    struct js *function = lower_expression(e, lambda);
    if ((function->kind == JS_ARROW || function->kind == JS_FUNCTION) && function->list.of.count == 2) {
        struct js *request = js_name(e->arena, "req");
        struct js *call = js_call2(e->arena, function, request, js_member(e->arena, request, "params"));
        struct js *outer = js_arrow(e->arena, call);
        js_add(e->arena, &outer->list, request);
        return outer;
    }
    return function;
}

/* `route GET "/" { … }`: a function of the request; parameters of the path are names that it may use. */
static struct js *handler_block(struct emitter *e, const struct route_parts *route, node_id block) {
    const struct scope *scope = &e->file->scopes.items[e->file->node_scope[block]];
    struct function_state state;
    function_enter(e, &state, block);
    struct js *request = js_name(e->arena, "req");
    struct js *body = js_block(e->arena);
    struct js_list *outside = redirect(e, &body->list);
    for (unsigned i = 0; i < scope->symbols.count; i++) {
        struct program_symbol symbol = {e->file, scope->symbols.items[i]};
        const struct symbol *data = symbol_data(symbol);
        struct str name = analysis_name(e->file, data->name);
        if (data->kind == SYMBOL_PARAMETER && str_equal(name, STR("req"))) {
            request = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
        } else if (data->kind == SYMBOL_PARAMETER && path_has_parameter(route->path, name) && (data->flags & SYMBOL_READ) != 0) {
            struct js *value = part_of_request(e, js_member(e->arena, request, "params"), name);
            struct js *local = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
            add_statement(e, js_declare(e->arena, "const", local, value));
        }
    }
    struct js *inner = lower_body(e, block, block, RETURNED);
    for (unsigned i = 0; i < inner->list.of.count; i++) {
        add_statement(e, inner->list.of.items[i]);
    }
    redirect(e, outside);
    function_leave(e);
    struct js *handler = js_arrow(e->arena, body);
    handler->flags |= (e->file->marks[block] & MARK_ASYNC) != 0 ? (unsigned)JS_IS_ASYNC : 0;
    js_add(e->arena, &handler->list, request);
    return handler;
}

static void add_route(struct emitter *e, const struct route_parts *route, enum server_use use, struct js *handler,
                      struct js *options) {
    struct js *call = js_call(e->arena, server_name(e, use));
    if (use == USES_ROUTE) {
        js_add(e->arena, &call->list, js_string(e->arena, route->method));
    }
    struct js *path = js_string(e->arena, route->path);
    js_add(e->arena, &call->list, placed(e, path, node_child(e->tree, route->node, FIELD_PATH)));
    js_add(e->arena, &call->list, handler);
    if (options != NULL) {
        js_add(e->arena, &call->list, options);
    }
    add_statement(e, placed(e, js_expression_statement(e->arena, call), route->node));
}

/* Does the handler that is written in the route take a WebSocket? */
static bool is_socket_route(const struct emitter *e, node_id node) {
    for (uint32_t i = 0; i < e->file->routes.count; i++) {
        if (e->file->routes.items[i].node == node) {
            return e->file->routes.items[i].socket;
        }
    }
    return false;
}

void lower_route(struct emitter *e, node_id node) {
    struct route_parts route = route_of(e, node);
    node_id handler = without_parentheses(e, node_child(e->tree, node, FIELD_HANDLER));
    struct program_symbol function = symbol_at_node(e, handler);
    bool named = symbol_kind_of(function) == SYMBOL_FUNCTION;
    if (kind_of(e, handler) == NODE_IDENTIFIER && !named && symbol_kind_of(function) != SYMBOL_CONSTANT) {
        not_emitted(e, node, "a route whose handler is no function");
        return;
    }
    unsigned flags = named ? symbol_data(function)->flags : 0;
    struct program_symbol none = {NULL, 0};
    if ((flags & SYMBOL_SOCKET) != 0 || is_socket_route(e, node)) {
        struct js *taker = named ? handler_name(e, function, handler) : lower_expression(e, handler);
        add_route(e, &route, USES_SOCKET, taker, route_options(e, node, named ? function : none, NODE_NONE));
        return;
    }
    bool takes_request = (flags & SYMBOL_REQUEST) != 0 && symbol_data(function)->part_count == 1;
    struct js *value = kind_of(e, handler) == NODE_BLOCK ? handler_block(e, &route, handler)
                       : !named                          ? handler_lambda(e, handler)
                       : takes_request                   ? handler_name(e, function, handler)
                                                         : handler_by_names(e, &route, function, handler);
    vec_push(e->arena, &e->routes_shown,
             ((struct route_shown){e->file_index, node, route.method, route.path, named ? function : none}));
    note_change(e, 0);
    if (route.body_type != NODE_NONE) {
        (void)type_schema(e, route.body_type); /* its constant, above the comment */
    }
    endpoint_comment(e, route.method, route.path);
    struct js *options = route_options(e, node, named ? function : none, route.body_type);
    add_route(e, &route, USES_ROUTE, value, options);
}
