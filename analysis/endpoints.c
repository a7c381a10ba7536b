/* Server functions as others see them: which get POST /rpc/<name>, which take a socket or a request; and routes. */
#include "analysis/binder.h"
#include "analysis/types.h"

#include <stdlib.h>

static bool name_is(struct binder *b, const struct symbol *symbol, struct str text) {
    return str_equal(analysis_name(b->file, symbol->name), text);
}

static bool type_is(struct binder *b, const struct symbol *symbol, struct str text) {
    return str_equal(node_text(b->tree, symbol->type), text);
}

static bool is_named_socket(struct binder *b, const struct symbol *parameter) {
    return type_is(b, parameter, STR("WebSocket")) ||
           (parameter->type == NODE_NONE && (name_is(b, parameter, STR("ws")) || name_is(b, parameter, STR("socket"))));
}

/* A function takes a socket when its body uses a parameter as one (bind_calls.c), or when the parameter says so. */
static bool settle_parameter(struct binder *b, struct symbol *parameter) {
    parameter->flags |= is_named_socket(b, parameter) ? (unsigned)SYMBOL_SOCKET : 0;
    return (parameter->flags & SYMBOL_SOCKET) != 0;
}

static void settle_socket(struct binder *b, struct symbol *function) {
    for (uint32_t i = 0; i < function->part_count; i++) {
        bool socket = settle_parameter(b, symbol_at(b, function->first_part + i));
        function->flags |= socket ? (unsigned)SYMBOL_SOCKET : 0;
    }
}

static void settle_request(struct binder *b, struct symbol *function) {
    const struct symbol *first = symbol_at(b, function->part_count > 0 ? function->first_part : 0);
    bool untyped = first->type == NODE_NONE;
    if (function->part_count > 0 && ((untyped && (name_is(b, first, STR("req")) || name_is(b, first, STR("res")))) ||
                                     type_is(b, first, STR("Request")))) {
        function->flags |= SYMBOL_REQUEST;
    }
}

/* Does it need a function, which nobody can send? */
static bool takes_function(struct binder *b, const struct symbol *function) {
    for (uint32_t i = 0; i < function->part_count; i++) {
        const struct symbol *parameter = symbol_at(b, function->first_part + i);
        bool needed = (parameter->flags & (SYMBOL_HAS_DEFAULT | SYMBOL_REST)) == 0;
        bool typed = node_kind(b->tree, types_bare(b->tree, parameter->type)) == NODE_FUNCTION_TYPE ||
                     type_is(b, parameter, STR("Function"));
        if (needed && typed) {
            return true;
        }
    }
    return false;
}

/* Private names, hooks of directives and bodiless declarations are called by the program alone. */
static bool is_offered(struct binder *b, const struct symbol *function) {
    struct str name = analysis_name(b->file, function->name);
    enum node_kind parent = node_kind(b->tree, node_parent(b->tree, function->node));
    return name.size > 0 && name.data[0] != '_' && parent != NODE_DIRECTIVE && parent != NODE_EXTERN_DECLARATION &&
           (function->flags & (SYMBOL_SOCKET | SYMBOL_REQUEST | SYMBOL_GUARD)) == 0 && !takes_function(b, function);
}

void endpoints_settle(struct binder *b) {
    for (uint32_t i = 1; i < b->file->symbols.count; i++) {
        struct symbol *symbol = symbol_at(b, i);
        bool member =
            (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && b->file->blocks.items[symbol->block].key.kind == BLOCK_SERVER;
        if (!member || symbol->kind != SYMBOL_FUNCTION) {
            continue;
        }
        settle_socket(b, symbol);
        settle_request(b, symbol);
        if (is_offered(b, symbol)) {
            symbol->flags |= SYMBOL_ENDPOINT;
        }
    }
}

/* ---- routes */

static atom_id upper_atom(struct binder *b, struct str text) {
    struct str copy = arena_str(&b->scratch, text);
    char *data = arena_array(&b->scratch, char, copy.size + 1);
    for (size_t i = 0; i < copy.size; i++) {
        char c = copy.data[i];
        data[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return atom_intern(b->file->atoms, (struct str){data, copy.size});
}

/* `with auth, role("admin")`: the program's own functions, or words of the runtime (check_names.c lets those pass). A function
 * that makes a condition is for the server alone. */
static void bind_route_decorator(struct binder *b, node_id node) {
    node_id name = node_child(b->tree, node, FIELD_NAME);
    node_id arguments = node_child(b->tree, node, FIELD_ARGUMENTS);
    bind_name(b, name, arguments == NODE_NONE ? ACCESS_READ : ACCESS_CALL);
    symbol_at(b, name_at(b, name_of(b, name))->value)->flags |= SYMBOL_GUARD;
    bind_node(b, arguments);
}

/* `route GET "/users/:id" { … }`: a function that knows `req`, and what the path has. */
static void bind_route_block(struct binder *b, node_id block, struct str path) {
    struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, block);
    symbol_declare_as(b, SYMBOL_PARAMETER, block, name_intern(b, STR("req")));
    for (size_t start = 0; start < path.size;) {
        size_t end = str_find(path, '/', start);
        struct str segment = str_slice(path, start, end);
        bool varies = segment.size > 1 && (segment.data[0] == ':' || segment.data[0] == '*');
        if (varies) {
            symbol_declare_as(b, SYMBOL_PARAMETER, block, name_intern(b, str_slice(segment, 1, segment.size)));
        }
        start = end + 1;
    }
    bind_body(b, block);
    scope_close(b, frame);
}

/* With the prefixes of the groups around it. */
static struct str whole_path(struct binder *b, node_id node, struct str path) {
    for (node_id group = node_ancestor(b->tree, node_parent(b->tree, node), NODE_DIRECTIVE); group != NODE_NONE;
         group = node_ancestor(b->tree, node_parent(b->tree, group), NODE_DIRECTIVE)) {
        struct str prefix;
        if (node_string_value(b->arena, b->tree, node_child_of_kind(b->tree, group, NODE_STRING), &prefix)) {
            bool root = str_equal(path, STR("/"));
            path = arena_printf(b->arena, "%.*s%.*s", STR_ARGUMENTS(prefix), root ? 0 : (int)path.size, path.data);
        }
    }
    return path;
}

static void check_method(struct binder *b, node_id method) {
    static const struct str known[] = {STR_INIT("GET"),   STR_INIT("POST"), STR_INIT("PUT"),    STR_INIT("DELETE"),
                                       STR_INIT("PATCH"), STR_INIT("HEAD"), STR_INIT("OPTIONS")};
    struct str word = node_text(b->tree, method);
    struct str upper = analysis_name(b->file, upper_atom(b, word));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_equal(upper, known[i])) {
            return;
        }
    }
    REPORT(b, MISPLACED, method,
           "`%.*s` is no method of HTTP. A route answers to GET, POST, PUT, DELETE, PATCH, HEAD or OPTIONS.",
           STR_ARGUMENTS(word));
}

/* Every request's path begins with a slash; `*` stands for any. */
static void check_path(struct binder *b, node_id node, struct str path) {
    if (path.size == 0 || path.data[0] == '/' || path.data[0] == '*') {
        return;
    }
    struct diagnostic *diagnostic =
        REPORT(b, OPTION_VALUE, node, "No request has the path `%.*s`: write `/%.*s`.", STR_ARGUMENTS(path),
               STR_ARGUMENTS(path));
    uint32_t start = node_span(b->tree, node).start + 1;
    diagnostic->fix.title = STR("Begin the path with `/`");
    diagnostic->fix.span = (struct span){start, start};
    diagnostic->fix.replacement = STR("/");
}

void bind_route(struct binder *b, node_id node) {
    rule_place(b, node);
    check_method(b, node_child(b->tree, node, FIELD_METHOD));
    struct str path = {0};
    if (node_string_value(b->arena, b->tree, node_child(b->tree, node, FIELD_PATH), &path)) {
        struct str own = path;
        path = whole_path(b, node, path);
        if (path.data == own.data) {
            check_path(b, node_child(b->tree, node, FIELD_PATH), path);
        }
    }
    node_id handler = node_child(b->tree, node, FIELD_HANDLER);
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) == NODE_ROUTE_DECORATOR) {
            bind_route_decorator(b, child);
        }
    }
    bind_type(b, node_child(b->tree, node, FIELD_BODY_TYPE));
    bind_type(b, node_child(b->tree, node, FIELD_RETURN_TYPE));
    if (node_kind(b->tree, handler) == NODE_BLOCK) {
        bind_route_block(b, handler, path);
    } else {
        bind_node(b, handler);
    }
    vec_push(b->arena, &b->file->routes,
             (struct route){.node = node,
                            .method = upper_atom(b, node_text(b->tree, node_child(b->tree, node, FIELD_METHOD))),
                            .path = path,
                            .handler = handler,
                            .block = b->block});
}

static int compare_routes(const void *a, const void *b) {
    node_id left = ((const struct route *)a)->node;
    node_id right = ((const struct route *)b)->node;
    return left < right ? -1 : left > right;
}

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

/* The expression inside of parentheses. */
static node_id handler_inside(struct binder *b, node_id handler) {
    while (node_kind(b->tree, handler) == NODE_PAREN_LIST) {
        handler = node_first_plain(b->tree, handler);
    }
    return handler;
}

bool route_is_handled_by(struct binder *b, node_id function) {
    node_id parent = node_parent(b->tree, function);
    while (node_kind(b->tree, parent) == NODE_PAREN_LIST) {
        parent = node_parent(b->tree, parent);
    }
    return node_kind(b->tree, parent) == NODE_ROUTE_DECLARATION &&
           handler_inside(b, node_child(b->tree, parent, FIELD_HANDLER)) == function;
}

static bool takes_socket(struct binder *b, node_id handler) {
    handler = handler_inside(b, handler);
    bool socket = false;
    if (is_function_value(node_kind(b->tree, handler))) {
        const struct scope *scope = &b->file->scopes.items[b->file->node_scope[handler]];
        for (unsigned i = 0; i < scope->symbols.count; i++) {
            struct symbol *symbol = symbol_at(b, scope->symbols.items[i]);
            socket = (symbol->kind == SYMBOL_PARAMETER && settle_parameter(b, symbol)) || socket;
        }
    }
    return socket;
}

void routes_settle(struct binder *b) {
    struct file_analysis *file = b->file;
    if (file->routes.count > 1) {
        qsort(file->routes.items, file->routes.count, sizeof *file->routes.items, compare_routes);
    }
    for (unsigned i = 0; i < file->routes.count; i++) {
        struct route *route = &file->routes.items[i];
        route->binding = node_kind(b->tree, route->handler) == NODE_IDENTIFIER ? file->node_binding[route->handler] : 0;
        route->socket = takes_socket(b, route->handler);
    }
}
