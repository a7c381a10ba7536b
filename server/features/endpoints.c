/* endpoints: from summaries what there is, from trees what stands around it. */
#include "server/features/endpoints.h"

#include "analysis/directives.h"
#include "codegen/naming.h"
#include "server/features/callers.h"
#include "server/features/endpoint_examples.h"

struct collector {
    const struct endpoint_query *query;
    struct example_maker examples;
    struct endpoint_server *server;
    bool identity_known;
    enum endpoint_identity identity; /* what `auth` of the server means */
    struct str key_header;
};

static struct str text_of(const struct collector *c, atom_id atom) { return atom_text(c->query->atoms, atom); }

/* The analysis of a file whose text is still that of its summary, or NULL. */
static const struct file_analysis *analysis_of(const struct collector *c, const struct summary *file) {
    const struct sources *sources = c->query->sources;
    return sources == NULL ? NULL : sources->analysis_of(sources->context, file->path);
}

/* ---- parameters */

static bool is_in_path(struct str path, struct str name) {
    for (size_t start = 0, end; start < path.size; start = end + 1) {
        end = str_find(path, '/', start);
        struct str part = str_slice(path, start, end);
        bool varies = part.size > 1 && (part.data[0] == ':' || part.data[0] == '*');
        if (varies && str_equal(str_slice(part, 1, part.size), name)) {
            return true;
        }
    }
    return false;
}

static void add_parameter(struct collector *c, struct endpoint_entry *entry, struct str name, struct str type) {
    struct endpoint_parameter parameter = {
        .name = name,
        .type = type,
        .in_path = is_in_path(entry->path, name),
        .example = example_of(&c->examples, type, name),
    };
    vec_push(c->query->arena, &entry->parameters, parameter);
}

/* What a parameter is taken apart into, as it is written: `{ name, age }`. */
static struct str pattern_of(const struct collector *c, struct package_symbol function, uint32_t parameter) {
    const struct file_analysis *file = analysis_of(c, function.file);
    const struct symbol *symbol = file == NULL || function.symbol->local >= file->symbols.count
                                      ? NULL
                                      : analysis_symbol(file, function.symbol->local);
    if (symbol == NULL || parameter >= symbol->part_count) {
        return STR("_");
    }
    node_id pattern = analysis_symbol(file, symbol->first_part + parameter)->name_node;
    return arena_str(c->query->arena, node_text(file->tree, pattern));
}

/* Those of its function, the request itself left out. */
static void add_parameters(struct collector *c, struct endpoint_entry *entry, struct package_symbol symbol) {
    const struct summary_symbol *function = symbol.symbol;
    bool request = (function->flags & SYMBOL_REQUEST) != 0;
    c->examples.file = symbol.file;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const struct summary_parameter *parameter = &function->parameters[i];
        struct str name = text_of(c, parameter->name);
        bool whole = request && (i == 0 || str_equal(name, STR("params")));
        if (whole) {
            continue;
        }
        bool apart = name.size == 0;
        add_parameter(c, entry, apart ? pattern_of(c, symbol, i) : name, parameter->type);
        struct endpoint_parameter *added = &entry->parameters.items[entry->parameters.count - 1];
        added->apart = apart;
        added->rest = parameter->rest;
        added->optional = parameter->has_default || parameter->rest || example_may_be_nil(&c->examples, parameter->type);
    }
}

/* What the path holds and no parameter of the function takes. */
static void add_path_parameters(struct collector *c, struct endpoint_entry *entry) {
    for (size_t start = 0, end; start < entry->path.size; start = end + 1) {
        end = str_find(entry->path, '/', start);
        struct str part = str_slice(entry->path, start, end);
        bool known = part.size < 2 || (part.data[0] != ':' && part.data[0] != '*');
        for (unsigned i = 0; i < entry->parameters.count && !known; i++) {
            known = str_equal(entry->parameters.items[i].name, str_slice(part, 1, part.size));
        }
        if (!known) {
            add_parameter(c, entry, str_slice(part, 1, part.size), STR("String"));
        }
    }
}

static struct str joined(struct arena *arena, struct str before, struct str member) {
    bool both = before.size > 0 && member.size > 0;
    return arena_printf(arena, "%.*s%s%.*s", STR_ARGUMENTS(before), both ? ", " : "", STR_ARGUMENTS(member));
}

/* {"name": …} of what goes into the body of a route, which is all of it for what is taken apart. */
static struct str body_of(const struct collector *c, const struct endpoint_entry *entry) {
    struct arena *arena = c->query->arena;
    struct str text = STR("");
    for (unsigned i = 0; i < entry->parameters.count; i++) {
        const struct endpoint_parameter *parameter = &entry->parameters.items[i];
        struct str example = parameter->example;
        bool object = str_starts_with(example, STR("{"));
        if (parameter->in_path || (parameter->apart && !object && entry->parameters.count > 1)) {
            continue;
        }
        if (parameter->apart && !object) {
            return example;
        }
        if (parameter->apart) {
            text = joined(arena, text, str_slice(example, 1, example.size - 1));
        } else {
            bool list = parameter->rest && !str_starts_with(str_trim(parameter->type), STR("["));
            struct str name = example_string(arena, parameter->name);
            text = joined(arena, text,
                          arena_printf(arena, "%.*s: %s%.*s%s", STR_ARGUMENTS(name), list ? "[" : "", STR_ARGUMENTS(example),
                                       list ? "]" : ""));
        }
    }
    return arena_printf(arena, "{%.*s}", STR_ARGUMENTS(text));
}

/* ---- conditions */

static bool says(const struct file_analysis *file, node_id node, struct str word) {
    return str_equal(node_text(file->tree, node), word);
}

/* What `auth { type: …, header: … }` of the server asks for. */
static void read_auth(struct collector *c, const struct file_analysis *file, node_id directive) {
    node_id at = NODE_NONE;
    struct directive_entry entry;
    node_id block = node_child_of_kind(file->tree, directive, NODE_BLOCK);
    while (directive_next_entry(file->tree, block, &at, &entry)) {
        struct str value = str_trim(node_text(file->tree, entry.value));
        struct str text;
        (void)(node_string_value(c->query->arena, file->tree, entry.value, &text) ? (value = text) : value);
        if (says(file, entry.key, STR("type"))) {
            c->identity = str_equal(value, STR("api_key"))   ? IDENTITY_KEY
                          : str_equal(value, STR("session")) ? IDENTITY_COOKIE
                                                             : IDENTITY_TOKEN;
        } else if (says(file, entry.key, STR("header"))) {
            c->key_header = value;
        }
    }
}

static void find_auth(struct collector *c) {
    const struct package *package = c->query->package;
    if (c->identity_known) {
        return;
    }
    c->identity_known = true;
    c->identity = IDENTITY_TOKEN;
    c->key_header = STR("X-API-Key");
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct file_analysis *file = analysis_of(c, package_file_at(package, f));
        for (unsigned b = 2; file != NULL && b < file->blocks.count; b++) {
            if (!block_key_equal(file->blocks.items[b].key, c->server->key)) {
                continue;
            }
            NODE_EACH(member, file->tree, node_child(file->tree, file->blocks.items[b].node, FIELD_BODY)) {
                bool directive = node_kind(file->tree, member) == NODE_DIRECTIVE;
                if (directive && says(file, node_child(file->tree, member, FIELD_NAME), STR("auth"))) {
                    read_auth(c, file, member);
                }
            }
        }
    }
}

static bool asks_who(struct str guard) {
    return str_equal(guard, STR("auth")) || str_starts_with(guard, STR("role("));
}

/* `upload("photo")`: the name of the field. */
static void read_upload(struct endpoint_entry *entry, struct str guard) {
    size_t quote = str_find(guard, '"', 0);
    size_t end = str_find(guard, '"', quote + 1);
    if (str_starts_with(guard, STR("upload(")) && end < guard.size) {
        entry->upload = str_slice(guard, quote + 1, end);
    }
}

static void add_guard(struct collector *c, struct endpoint_entry *entry, struct str guard) {
    for (unsigned i = 0; i < entry->guards.count; i++) {
        if (str_equal(entry->guards.items[i], guard)) {
            return;
        }
    }
    vec_push(c->query->arena, &entry->guards, guard);
    read_upload(entry, guard);
    if (asks_who(guard)) {
        find_auth(c);
        entry->identity = c->identity;
        entry->key_header = c->key_header;
    }
}

/* The node of a route of this file, and its conditions. */
static node_id route_node(const struct file_analysis *file, const struct summary_route *route) {
    for (unsigned i = 0; i < file->routes.count; i++) {
        if (span_equal(node_span(file->tree, file->routes.items[i].node), route->span)) {
            return file->routes.items[i].node;
        }
    }
    return NODE_NONE;
}

static void add_guards(struct collector *c, struct endpoint_entry *entry, const struct file_analysis *file, node_id route) {
    NODE_EACH(child, file->tree, route) {
        if (node_kind(file->tree, child) == NODE_ROUTE_DECORATOR) {
            add_guard(c, entry, arena_str(c->query->arena, node_text(file->tree, child)));
        }
    }
}

/* ---- functions */

struct visited {
    struct collector *c;
    struct endpoint_entry *entry;
};

static void add_guards_of_route(void *context, const struct summary *summary, const struct summary_route *route) {
    struct visited *visited = context;
    const struct file_analysis *file = analysis_of(visited->c, summary);
    if (file != NULL) {
        add_guards(visited->c, visited->entry, file, route_node(file, route));
    }
}

static struct str result_of(const struct collector *c, struct package_symbol function) {
    const struct file_analysis *file = analysis_of(c, function.file);
    const struct summary_symbol *symbol = function.symbol;
    if (file == NULL || symbol->local >= file->symbols.count || analysis_symbol(file, symbol->local)->name != symbol->name) {
        return STR("");
    }
    return arena_str(c->query->arena, node_text(file->tree, analysis_symbol(file, symbol->local)->type));
}

static void find_callers(struct collector *c, struct endpoint_entry *entry) {
    struct feature_context context = {.arena = c->query->arena, .package = c->query->package, .sources = c->query->sources};
    if (c->query->callers && entry->function.symbol != NULL) {
        entry->callers = callers_of(&context, entry->function);
    }
}

static void add_function(struct collector *c, struct package_symbol function) {
    struct arena *arena = c->query->arena;
    struct str name = text_of(c, function.symbol->name);
    struct endpoint_entry entry = {
        .kind = ENDPOINT_RPC,
        .name = name,
        .method = STR("POST"),
        .path = arena_printf(arena, "/rpc/%.*s", STR_ARGUMENTS(name)),
        .place = feature_place_in(function.file, function.symbol->span),
        .selection = function.symbol->name_span,
        .returns = result_of(c, function),
        .function = function,
    };
    add_parameters(c, &entry, function);
    entry.body = example_body(&c->examples, function.symbol);
    struct visited visited = {c, &entry};
    callers_each_route(c->query->package, function.symbol, add_guards_of_route, &visited);
    entry.upload = STR("");
    find_callers(c, &entry);
    vec_push(arena, &c->server->entries, entry);
}

static void add_functions(struct collector *c, const struct summary *file) {
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        bool endpoint = symbol->kind == SYMBOL_FUNCTION && (symbol->flags & SYMBOL_ENDPOINT) != 0;
        if (endpoint && block_key_equal(symbol->block, c->server->key)) {
            add_function(c, (struct package_symbol){file, symbol});
        }
    }
}

/* ---- routes */

static bool has_body(struct str method) {
    return str_equal(method, STR("POST")) || str_equal(method, STR("PUT")) || str_equal(method, STR("PATCH"));
}

/* What only the tree of the route says. */
static void read_route(struct collector *c, struct endpoint_entry *entry, const struct file_analysis *file, node_id node) {
    struct arena *arena = c->query->arena;
    node_id body = node_child(file->tree, node, FIELD_BODY_TYPE);
    node_id result = node_child(file->tree, node, FIELD_RETURN_TYPE);
    add_guards(c, entry, file, node);
    if (result != NODE_NONE) {
        entry->returns = arena_str(arena, node_text(file->tree, result));
    }
    if (body != NODE_NONE && has_body(entry->method)) {
        c->examples.file = package_file(c->query->package, file->path);
        entry->body = example_of(&c->examples, node_text(file->tree, body), STR("body"));
    }
    node_id path = node_child(file->tree, node, FIELD_PATH);
    entry->selection = path == NODE_NONE ? entry->selection : node_span(file->tree, path);
}

static void add_route(struct collector *c, const struct summary *file, const struct summary_route *route) {
    struct endpoint_entry entry = {
        .kind = ENDPOINT_ROUTE,
        .name = STR(""),
        .method = text_of(c, route->method),
        .path = route->path,
        .place = feature_place_in(file, route->span),
        .selection = route->span,
        .returns = STR(""),
        .body = STR(""),
        .upload = STR(""),
    };
    struct package_symbol function = {NULL, NULL};
    if (route->handler != ATOM_NONE) {
        function = package_lookup(c->query->package, route->block, route->handler, false);
        entry.name = text_of(c, route->handler);
    }
    bool socket = route->socket || (function.symbol != NULL && (function.symbol->flags & SYMBOL_SOCKET) != 0);
    if (socket) {
        entry.kind = ENDPOINT_SOCKET;
    } else if (function.symbol != NULL) {
        entry.function = function;
        entry.returns = result_of(c, function);
        add_parameters(c, &entry, function);
    }
    add_path_parameters(c, &entry);
    if (!socket && has_body(entry.method)) {
        entry.body = body_of(c, &entry);
    }
    if (package_refusing_middleware(c->query->package, c->server->key).symbol != NULL) {
        entry.identity = IDENTITY_TOKEN; /* it looks at the request in its own way; a token is the usual one */
    }
    const struct file_analysis *analysis = analysis_of(c, file);
    if (analysis != NULL) {
        read_route(c, &entry, analysis, route_node(analysis, route));
    }
    vec_push(c->query->arena, &c->server->entries, entry);
}

static void add_routes(struct collector *c, const struct summary *file) {
    for (uint32_t i = 0; i < file->route_count; i++) {
        if (block_key_equal(file->routes[i].block, c->server->key)) {
            add_route(c, file, &file->routes[i]);
        }
    }
}

/* ---- servers */

static void collect(struct collector *c) {
    const struct package *package = c->query->package;
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        add_functions(c, package_file_at(package, f));
    }
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        add_routes(c, package_file_at(package, f));
    }
}

struct endpoint_servers endpoints_of(const struct endpoint_query *query) {
    struct endpoint_servers servers = {0};
    struct package_servers keys = package_servers(query->arena, query->package);
    for (uint32_t i = 0; i < keys.count; i++) {
        struct str name = atom_text(query->atoms, keys.keys[i].name);
        struct endpoint_server server = {
            .key = keys.keys[i],
            .name = name,
            .label = block_key_label(query->arena, query->atoms, keys.keys[i]),
            .port = naming_port(query->arena, query->package, keys.keys[i], query->first_port),
            .variable = naming_port_variable(query->arena, name),
            .output = naming_output(query->arena, query->package, query->atoms, keys.keys[i]),
        };
        struct collector collector = {
            .query = query,
            .examples = {.arena = query->arena,
                         .atoms = query->atoms,
                         .package = query->package,
                         .sources = query->sources,
                         .block = keys.keys[i]},
            .server = &server,
        };
        collect(&collector);
        vec_push(query->arena, &servers.list, server);
    }
    return servers;
}
