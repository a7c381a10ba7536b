/* action_requests: the request to the endpoint that the cursor names, for others to send: where a server function is declared or
 * called, and on a route. */
#include "server/features/action.h"

#include "analysis/lookup.h"
#include "server/features/request_text.h"

/* The route whose head holds the cursor: its method, path or conditions, not the body of a handler that stands there. */
static const struct route *route_at(const struct action_maker *maker) {
    for (unsigned i = 0; i < maker->file->routes.count; i++) {
        const struct route *route = &maker->file->routes.items[i];
        struct span span = node_span(maker->tree, route->node);
        uint32_t handler = node_span(maker->tree, route->handler).start;
        bool named = node_kind(maker->tree, route->handler) == NODE_IDENTIFIER;
        span.end = named || handler == 0 ? span.end : handler;
        if (span_touches(span, maker->span.start)) {
            return route;
        }
    }
    return NULL;
}

static void offer(struct action_maker *maker, const char *title, enum code_action_deed deed, struct str text) {
    if (text.size > 0) {
        struct code_action *action = action_add(maker, "%s", title);
        action->deed = deed;
        action->text = text;
    }
}

static void offer_all(struct action_maker *maker, const struct endpoint_server *server, const struct endpoint_entry *entry) {
    offer(maker, "Copy as curl", DEED_CURL, request_as_curl(maker->arena, server, entry));
    offer(maker, entry->kind == ENDPOINT_SOCKET ? "Copy as WebSocket" : "Copy as fetch", DEED_FETCH,
          request_as_fetch(maker->arena, server, entry));
    offer(maker, "Add to requests.http", DEED_APPEND, request_as_http(maker->arena, server, entry));
}

static bool is_meant(const struct action_maker *maker, const struct endpoint_entry *entry, const struct route *route,
                     const struct target *target) {
    bool function = target->kind == TARGET_PACKAGE && entry->kind == ENDPOINT_RPC &&
                    entry->function.symbol == target->member.symbol;
    bool here = entry->kind != ENDPOINT_RPC && str_equal(entry->place.path, maker->file->path);
    return route != NULL ? here && span_equal(entry->place.span, node_span(maker->tree, route->node)) : function;
}

void action_requests(struct action_maker *maker) {
    const struct package *package = maker->context->package;
    const struct route *route = route_at(maker);
    struct target target = lookup_target(maker->file, package, maker->span.start);
    bool function = target.kind == TARGET_PACKAGE && (target.member.symbol->flags & SYMBOL_ENDPOINT) != 0;
    if (route == NULL && !function) {
        return;
    }
    struct endpoint_query query = {.arena = maker->arena,
                                   .atoms = maker->file->atoms,
                                   .package = package,
                                   .sources = maker->context->sources,
                                   .first_port = maker->context->first_port};
    struct endpoint_servers servers = endpoints_of(&query);
    for (unsigned s = 0; s < servers.list.count; s++) {
        const struct endpoint_server *server = &servers.list.items[s];
        for (unsigned i = 0; i < server->entries.count; i++) {
            if (is_meant(maker, &server->entries.items[i], route, &target)) {
                offer_all(maker, server, &server->entries.items[i]);
                return;
            }
        }
    }
}
