/* hover: server functions as requests see them, and servers. */
#include "server/features/hover_parts.h"

#include "analysis/directives.h"
#include "analysis/peers.h"
#include "codegen/naming.h"
#include "server/features/callers.h"
#include "server/features/endpoint_guards.h"
#include "server/features/request_body.h"

enum {
    RPC_SECONDS = 30,
    PEER_SECONDS = 10,
    NAMES = 12
}; /* how long pages and peers wait (codegen/runtime/rpc.js, peers.js) */

/* ---- how it is reached */

struct route_lines {
    struct strbuf *out;
    const struct atom_table *atoms;
};

static void add_route(void *visitor, const struct summary *file, const struct summary_route *route) {
    const struct route_lines *routes = visitor;
    (void)file;
    struct str method = atom_text(routes->atoms, route->method);
    strbuf_printf(routes->out, "\nroute `%.*s %.*s`\n", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path));
}

/* Why a server function has no endpoint, in words. */
static const char *without_endpoint(unsigned flags) {
    if (flags & SYMBOL_SOCKET) {
        return "no RPC endpoint: it is handed a WebSocket";
    }
    if (flags & SYMBOL_REQUEST) {
        return "no RPC endpoint: it is handed the request";
    }
    return "no RPC endpoint";
}

struct str hover_server(const struct feature_context *context, struct block_key block) {
    struct arena *arena = context->arena;
    const struct atom_table *atoms = context->file->atoms;
    struct str name = atom_text(atoms, block.name);
    struct str server = name.size == 0 ? STR("server") : arena_printf(arena, "server `%.*s`", STR_ARGUMENTS(name));
    struct str variable = naming_port_variable(arena, name);
    struct str output = naming_output(arena, context->package, atoms, block);
    uint32_t port = naming_port(arena, context->package, block, context->first_port);
    return arena_printf(arena, " · %.*s · port %u (`%.*s`) · `%.*s`\n", STR_ARGUMENTS(server), (unsigned)port,
                        STR_ARGUMENTS(variable), STR_ARGUMENTS(output));
}

void hover_add_endpoint(struct strbuf *out, const struct feature_context *context, struct package_symbol member,
                        struct str server) {
    const struct summary_symbol *symbol = member.symbol;
    struct route_lines routes = {out, context->file->atoms};
    if (symbol->flags & SYMBOL_ENDPOINT) {
        strbuf_add(out, STR("`POST /rpc/"));
        strbuf_add(out, atom_text(context->file->atoms, symbol->name));
        strbuf_add_byte(out, '`');
    } else {
        strbuf_add_c(out, without_endpoint(symbol->flags));
    }
    strbuf_add(out, server);
    callers_each_route(context->package, symbol, add_route, &routes);
}

/* ---- what a request needs */

static void add_list(struct strbuf *out, const char *before, const struct text_list *texts) {
    for (unsigned i = 0; i < texts->list.count; i++) {
        strbuf_printf(out, "%s`%.*s`", i == 0 ? before : ", ", STR_ARGUMENTS(texts->list.items[i]));
    }
}

static void add_security(struct strbuf *out, const struct feature_context *context,
                         const struct summary_symbol *function) {
    struct text_list guards = endpoint_guards(context, function);
    struct text_list servers = endpoint_server_guards(context, function->block);
    if (guards.list.count == 0) {
        strbuf_add_c(out, "\nNo condition: whoever reaches the server may call it");
    }
    add_list(out, "\nOnly with ", &guards);
    add_list(out, " · server: ", &servers);
    strbuf_add_byte(out, '\n');
}

static void add_callers(struct strbuf *out, const struct feature_context *context, struct package_symbol function) {
    unsigned count = callers_of(context, function).list.count;
    if (count == 0) {
        strbuf_add_c(out, "\nno caller in this workspace");
    } else {
        strbuf_printf(out, "\n%u caller%s", count, count == 1 ? "" : "s");
    }
    strbuf_printf(out, " · a page waits %d s for the answer, another server %d s\n", (int)RPC_SECONDS,
                  (int)PEER_SECONDS);
}

void hover_add_request(struct strbuf *out, const struct feature_context *context, struct package_symbol function) {
    size_t start;
    if (function.symbol->parameter_count > 0) {
        strbuf_add_c(out, "\nBody:\n```json\n");
        request_body_example(context, function, out);
        strbuf_add_c(out, "\n```\n\nChecked, or else 400: ");
        start = out->size;
        request_body_rules(context, function, out);
        strbuf_add_c(out, out->size == start ? "nothing, as no parameter has a type\n" : "\n");
    }
    add_security(out, context, function.symbol);
    add_callers(out, context, function);
}

/* ---- servers */

struct offered {
    struct strbuf *out;
    const struct feature_context *context;
    unsigned count;
};

static void add_offered(void *visitor, struct package_symbol endpoint) {
    struct offered *offered = visitor;
    if (offered->count++ < NAMES) {
        struct str name = atom_text(offered->context->file->atoms, endpoint.symbol->name);
        strbuf_printf(offered->out, "%s`%.*s`", offered->count == 1 ? "\n" : ", ", STR_ARGUMENTS(name));
    }
}

/* `discover "events" at …` of this file, as it is written. */
static void add_discovery(struct strbuf *out, const struct feature_context *context, struct str identifier) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 0; i < file->discovered.count; i++) {
        const struct discovered *found = &file->discovered.items[i];
        if (str_equal(analysis_name(file, found->name), identifier)) {
            hover_add_signature(out, node_text(file->tree, found->node));
            return;
        }
    }
}

void hover_add_server(struct strbuf *out, const struct feature_context *context, atom_id server) {
    struct str name = atom_text(context->file->atoms, server);
    struct offered offered = {.out = out, .context = context};
    atom_id called = peer_server(context->package, server);
    bool any = str_equal(name, STR("server")) || server == ATOM_NONE;
    add_discovery(out, context, name);
    if (any) {
        strbuf_add_c(out, "Calls the function of whichever server has it: `POST /rpc/<function>`.\n");
    } else if (called == ATOM_NONE) {
        strbuf_add_c(out, "\na server that this workspace does not have\n");
        return;
    } else {
        struct str where = hover_server(context, (struct block_key){BLOCK_SERVER, called});
        strbuf_add_byte(out, '\n');
        strbuf_add(out, str_slice(where, STR(" · ").size, where.size));
    }
    package_each_endpoint(context->package, !any, any ? ATOM_NONE : server, add_offered, &offered);
    if (offered.count > NAMES) {
        strbuf_printf(out, " and %u more", offered.count - NAMES);
    }
    strbuf_add_c(out, offered.count > 0 ? "\n" : "");
}
