/* block_server: a server block as a module that listens: database, functions, routes, endpoints, page. */
#include "codegen/blocks.h"

#include "codegen/concurrency.h"
#include "codegen/imports.h"
#include "codegen/members.h"
#include "codegen/names.h"
#include "codegen/naming.h"
#include "codegen/server_data.h"
#include "codegen/server_parts.h"
#include "codegen/server_peers.h"
#include "codegen/server_routes.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"

/* ---- directives */

static bool lower_server_member(struct emitter *e, node_id node);

/* Words whose functions the program itself may call, but that start nothing here. */
static void lower_middleware(struct emitter *e, node_id node) {
    node_id function = node_child_of_kind(e->tree, node, NODE_FUNCTION_DECLARATION);
    struct program_symbol symbol = symbol_at_node(e, node_child(e->tree, function, FIELD_NAME));
    if (symbol.file == NULL) {
        not_emitted(e, node, "a middleware without a function");
        return;
    }
    lower_statement(e, function, NOWHERE);
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
    struct js *call = js_call1(e->arena, server_name(e, USES_MIDDLEWARE), name);
    if ((symbol_data(symbol)->flags & SYMBOL_NEXT_MIDDLEWARE) != 0) {
        struct js *options = js_new(e->arena, JS_OBJECT);
        js_add(e->arena, &options->list, js_property(e->arena, STR("next"), js_literal(e->arena, "true")));
        js_add(e->arena, &call->list, options);
    }
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

static void lower_server_directive(struct emitter *e, node_id node) {
    struct str word = text_of(e, node_child(e->tree, node, FIELD_NAME));
    const struct directive *directive = directive_of_node(e->tree, node);
    if (directive != NULL && directive->emission == DIRECTIVE_IS_FEATURE) {
        lower_feature(e, node, directive);
    } else if (directive != NULL && directive->id == DIRECTIVE_DB) {
        lower_db(e, node);
    } else if (directive != NULL && directive->id == DIRECTIVE_DISCOVER) {
        lower_discover(e, node);
    } else if (directive != NULL && directive->id == DIRECTIVE_ENV) {
        lower_environment(e, node);
    } else if (directive != NULL && directive->id == DIRECTIVE_ROUTES) {
        lower_route_group(e, node, lower_server_member);
    } else if (directive != NULL && directive->id == DIRECTIVE_MIDDLEWARE) {
        lower_middleware(e, node);
    } else if (directive != NULL && directive->id == DIRECTIVE_CONCURRENT) {
        lower_concurrent(e, node);
    } else {
        struct str what = arena_printf(e->arena, "`%.*s` of a server", STR_ARGUMENTS(word));
        not_emitted(e, node, what.data);
    }
}

static bool lower_server_member(struct emitter *e, node_id node) {
    switch ((int)kind_of(e, node)) {
    case NODE_DIRECTIVE:
        lower_server_directive(e, node);
        return true;
    case NODE_ROUTE_DECLARATION:
        lower_route(e, node);
        return true;
    case NODE_MODEL_DECLARATION:
        lower_model(e, node);
        return true;
    case NODE_TYPE_DECLARATION:
        lower_type(e, node, false);
        return true;
    case NODE_IMPL_DECLARATION:
        return true;
    default:
        return false;
    }
}

/* ---- the head: const { … } = createServer({ … }); */

static struct js *servers_object(struct emitter *e) {
    struct js *servers = js_new(e->arena, JS_OBJECT);
    for (uint32_t i = 0; i < e->emission->count; i++) {
        const struct output *output = &e->emission->outputs[i];
        if (output->kind == OUTPUT_SERVER && output->block.name != ATOM_NONE) {
            struct str port = arena_printf(e->arena, "%u", (unsigned)output->port);
            struct str name = atom_text(e->program->atoms, output->block.name);
            js_add(e->arena, &servers->list,
                   js_property(e->arena, key_text(e, name), js_text(e->arena, JS_LITERAL, port)));
        }
    }
    return servers;
}

static bool is_first_server(const struct emitter *e) {
    return e->program->servers.count == 0 || block_key_equal(e->program->servers.keys[0], e->output->block);
}

static struct js *create_server(struct emitter *e) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    if (e->output->block.name != ATOM_NONE) {
        struct str name = atom_text(e->program->atoms, e->output->block.name);
        js_add(e->arena, &options->list, js_property(e->arena, STR("name"), js_string(e->arena, name)));
    }
    struct str port = arena_printf(e->arena, "%u", (unsigned)e->output->port);
    js_add(e->arena, &options->list, js_property(e->arena, STR("port"), js_text(e->arena, JS_LITERAL, port)));
    bool serves_page = server_is_using(e, USES_PAGE);
    if (e->program->servers.count > 1 && !serves_page) {
        js_add(e->arena, &options->list, js_property(e->arena, STR("servers"), servers_object(e)));
    }
    if (serves_page && e->options->below.size > 0) {
        struct str up = naming_way_up(e->arena, e->options->below);
        struct str root = arena_printf(e->arena, "`${import.meta.dir}/%.*s`", STR_ARGUMENTS(str_slice(up, 0, up.size - 1)));
        js_add(e->arena, &options->list, js_property(e->arena, STR("root"), js_text(e->arena, JS_LITERAL, root)));
    }
    if (server_is_using(e, USES_ROUTE) && program_has_collections(e)) {
        js_add(e->arena, &options->list, js_property(e->arena, STR("collections"), js_text(e->arena, JS_LITERAL, STR("true"))));
    }
    struct js *names = js_new(e->arena, JS_OBJECT);
    for (unsigned use = 0; use < SERVER_USE_COUNT; use++) {
        if (server_is_using(e, (enum server_use)use)) {
            struct js *entry = js_new(e->arena, JS_SHORTHAND);
            entry->a = server_name(e, (enum server_use)use);
            js_add(e->arena, &names->list, entry);
        }
    }
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_SERVER, "createServer"), options);
    struct js *head = js_declare(e->arena, "const", names, call);
    head->flags |= JS_BLANK_BEFORE;
    return head;
}

/* ---- the page */

static const struct output *output_of(const struct emitter *e, enum output_kind kind) {
    for (uint32_t i = 0; i < e->emission->count; i++) {
        if (e->emission->outputs[i].kind == kind) {
            return &e->emission->outputs[i];
        }
    }
    return NULL;
}

/* The modules of other programs that a page and the shared output load, and what those load. */
static struct runtime_set add_foreign_modules(struct emitter *e, const struct output *client, const struct output *shared,
                                       struct js *modules) {
    struct program_files files = {arena_array(e->arena, const struct file_analysis *, e->program->group->file_count + 1), 0};
    const struct output *loaded[] = {client, shared};
    for (size_t i = 0; i < sizeof loaded / sizeof *loaded; i++) {
        const struct foreign_files *foreign =
            loaded[i] == NULL ? NULL : &e->foreign_of[loaded[i] - e->emission->outputs];
        for (unsigned f = 0; foreign != NULL && f < foreign->list.count; f++) {
            program_files_add(&files, foreign->list.items[f]);
        }
    }
    program_files_follow(e->arena, e->program, &files);
    for (uint32_t i = 0; i < files.count; i++) {
        js_add(e->arena, &modules->list, js_string(e->arena, path_below_top(e, output_of_file(e, files.items[i]))));
    }
    struct runtime_set runtime = {{0}};
    for (int i = 0; i < RUNTIME_MODULE_COUNT && files.count > 0; i++) {
        /* Which of them they need is known only when they are emitted. */
        if (runtime_is_for_browser((enum runtime_module)i)) {
            runtime_add(&runtime, (enum runtime_module)i);
        }
    }
    return runtime;
}

static struct js *page_modules(struct emitter *e, const struct output *client) {
    struct js *modules = js_new(e->arena, JS_ARRAY);
    js_add(e->arena, &modules->list, js_string(e->arena, path_below_top(e, client->name)));
    const struct output *shared = output_of(e, OUTPUT_SHARED);
    struct runtime_set runtime = client->runtime;
    if (shared != NULL && !shared->empty) {
        js_add(e->arena, &modules->list, js_string(e->arena, path_below_top(e, shared->name)));
        runtime_add_all(&runtime, shared->runtime);
    }
    runtime_add_all(&runtime, add_foreign_modules(e, client, shared, modules));
    runtime = runtime_closure(runtime);
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        enum runtime_module module = (enum runtime_module)i;
        if (runtime_has(runtime, module)) {
            struct str file = runtime_file_name(module);
            struct str path = arena_printf(e->arena, "runtime/%.*s", STR_ARGUMENTS(file));
            js_add(e->arena, &modules->list, js_string(e->arena, path));
        }
    }
    return modules;
}

static void emit_page(struct emitter *e, const struct output *client) {
    struct str base = e->emission->base;
    struct str path = STR("/");
    struct str title = base;
    if (client->block.name != ATOM_NONE) {
        struct str name = atom_text(e->program->atoms, client->block.name);
        path = arena_printf(e->arena, "/%.*s", STR_ARGUMENTS(name));
        title = arena_printf(e->arena, "%.*s %.*s", STR_ARGUMENTS(base), STR_ARGUMENTS(name));
    }
    struct js *page = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &page->list, js_property(e->arena, STR("title"), js_string(e->arena, title)));
    js_add(e->arena, &page->list, js_property(e->arena, STR("script"), js_string(e->arena, path_below_top(e, client->name))));
    js_add(e->arena, &page->list, js_property(e->arena, STR("modules"), page_modules(e, client)));
    if (e->program->servers.count > 1) {
        js_add(e->arena, &page->list, js_property(e->arena, STR("servers"), servers_object(e)));
    }
    if (runtime_has(runtime_closure(client->runtime), RUNTIME_ROUTER)) {
        js_add(e->arena, &page->list, js_property(e->arena, STR("routes"), js_literal(e->arena, "true")));
    }
    struct js *call = js_call2(e->arena, server_name(e, USES_PAGE), js_string(e->arena, path), page);
    struct js *statement = js_expression_statement(e->arena, call);
    statement->flags |= JS_BLANK_BEFORE;
    add_statement(e, statement);
}

void emit_server(struct emitter *e) {
    emit_peers(e);
    members_lower(e, lower_server_member, false);
    emit_request_ids(e);
    emit_rpc_endpoints(e);
    if (e->options->describe) {
        emit_description(e);
        return;
    }
    emit_openapi(e);
    finish_database(e);
    if (is_first_server(e)) {
        for (uint32_t i = 0; i < e->emission->count; i++) {
            if (e->emission->outputs[i].kind == OUTPUT_CLIENT) {
                emit_page(e, &e->emission->outputs[i]);
            }
        }
    }
    if (e->options->cases != EMIT_NO_CASES) {
        js_insert(e->arena, e->statements, 0, create_server(e));
        return;
    }
    struct js *listen = js_expression_statement(e->arena, js_call(e->arena, server_name(e, USES_LISTEN)));
    listen->flags |= JS_BLANK_BEFORE;
    add_statement(e, listen);
    js_insert(e->arena, e->statements, 0, create_server(e));
}
