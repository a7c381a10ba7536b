/* tova/endpoints: what the servers of the workspace answer, for tree views. */
#include "server/lsp/endpoints.h"

#include "codegen/naming.h"
#include "parser/base/hash.h"
#include "parser/base/path.h"
#include "server/features/request_text.h"
#include "server/lsp/handlers.h"

#include <stdlib.h>

/* ---- one endpoint */

static const char *kind_name(enum endpoint_kind kind) {
    switch (kind) {
    case ENDPOINT_RPC:
        return "rpc";
    case ENDPOINT_ROUTE:
        return "route";
    case ENDPOINT_SOCKET:
        return "socket";
    }
    return "";
}

static void write_position(struct json_writer *json, const char *key, struct position position) {
    json_key(json, key);
    json_open_object(json);
    json_member_number(json, "line", position.line);
    json_member_number(json, "character", position.column);
    json_close_object(json);
}

static void write_range(struct json_writer *json, const char *key, const struct text *text, struct span span,
                        enum position_encoding encoding) {
    struct range range = range_of(text, span, encoding);
    json_key(json, key);
    json_open_object(json);
    write_position(json, "start", range.start);
    write_position(json, "end", range.end);
    json_close_object(json);
}

static void write_place(struct json_writer *json, const struct endpoint_entry *entry, const struct endpoint_texts *texts) {
    struct text *text = texts->text_of(texts->context, &entry->place);
    json_member_string(json, "uri", texts->name_of(texts->context, entry->place.path));
    if (text != NULL) {
        write_range(json, "range", text, entry->place.span, texts->encoding);
        write_range(json, "selectionRange", text, entry->selection, texts->encoding);
    }
    text_unref(text);
}

static void write_parameters(struct json_writer *json, const struct endpoint_entry *entry) {
    json_key(json, "parameters");
    json_open_array(json);
    for (unsigned i = 0; i < entry->parameters.count; i++) {
        const struct endpoint_parameter *parameter = &entry->parameters.items[i];
        json_open_object(json);
        json_member_string(json, "name", parameter->name);
        json_member_string(json, "type", parameter->type);
        json_member_bool(json, "optional", parameter->optional);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_entry(struct json_writer *json, struct arena *arena, const struct endpoint_server *server,
                        const struct endpoint_entry *entry, const struct endpoint_texts *texts) {
    json_open_object(json);
    json_member_string(json, "name", entry->name);
    json_member_string(json, "kind", str_from_c(kind_name(entry->kind)));
    json_member_string(json, "method", entry->method);
    json_member_string(json, "path", entry->path);
    write_place(json, entry, texts);
    write_parameters(json, entry);
    json_member_string(json, "returns", entry->returns);
    json_key(json, "guards");
    json_open_array(json);
    for (unsigned i = 0; i < entry->guards.count; i++) {
        json_string(json, entry->guards.items[i]);
    }
    json_close_array(json);
    json_member_number(json, "callers", entry->callers.list.count);
    json_member_string(json, "curl", request_as_curl(arena, server, entry));
    json_member_string(json, "fetch", request_as_fetch(arena, server, entry));
    json_close_object(json);
}

/* ---- servers and packages */

void endpoints_write_servers(struct json_writer *json, struct arena *arena, const struct endpoint_servers *servers,
                             const struct endpoint_texts *texts) {
    json_open_array(json);
    for (unsigned i = 0; i < servers->list.count; i++) {
        const struct endpoint_server *server = &servers->list.items[i];
        json_open_object(json);
        json_member_string(json, "name", server->name);
        json_member_string(json, "label", server->label);
        json_member_number(json, "port", server->port);
        json_member_string(json, "variable", server->variable);
        json_member_string(json, "output", server->output);
        json_key(json, "endpoints");
        json_open_array(json);
        for (unsigned e = 0; e < server->entries.count; e++) {
            write_entry(json, arena, server, &server->entries.items[e], texts);
        }
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

struct found {
    struct arena *arena;
    const struct lsp_host *host;
    VEC(const struct package *) list;
};

static void keep_package(void *context, const struct package *package) {
    struct found *found = context;
    struct arena scratch = {0};
    if (package_file_count(package) > 0 && found->host->is_shown(found->host->context, package_file_at(package, 0)->path) &&
        package_servers(&scratch, package).count > 0) {
        vec_push(found->arena, &found->list, package);
    }
    arena_finish(&scratch);
}

static int compare_packages(const void *left, const void *right) {
    const struct package *a = *(const struct package *const *)left;
    const struct package *b = *(const struct package *const *)right;
    return str_compare(package_file_at(a, 0)->path, package_file_at(b, 0)->path);
}

static struct found packages_of(struct arena *arena, const struct lsp_host *host, const struct sources *sources) {
    struct found found = {.arena = arena, .host = host};
    sources->each_package(sources->context, keep_package, &found);
    if (found.list.count > 1) {
        qsort(found.list.items, found.list.count, sizeof *found.list.items, compare_packages);
    }
    return found;
}

static struct text *host_text(void *context, const struct place *place) {
    const struct request *request = context;
    return request->host->text(request->host->context, place->path, place->hash);
}

static struct str host_name(void *context, struct str path) {
    const struct request *request = context;
    return request->host->uri(request->host->context, request->arena, path);
}

static void write_package(struct request *request, const struct package *package, const struct sources *sources,
                          const struct atom_table *atoms) {
    struct json_writer *json = request->result;
    struct endpoint_query query = {.arena = request->arena,
                                   .atoms = atoms,
                                   .package = package,
                                   .sources = sources,
                                   .callers = true,
                                   .first_port = request->dispatch->first_port};
    struct endpoint_servers servers = endpoints_of(&query);
    struct endpoint_texts texts = {request, host_text, host_name, request->dispatch->encoding};
    struct str first = package_file_at(package, 0)->path;
    json_open_object(json);
    json_member_string(json, "uri", host_name(request, path_parent(request->arena, first)));
    json_member_string(json, "name", naming_base(request->arena, first, package_file_count(package)));
    json_key(json, "servers");
    endpoints_write_servers(json, request->arena, &servers, &texts);
    json_close_object(json);
}

/* ---- has it changed? */

static uint64_t surface_of(struct arena *arena, const struct lsp_host *host, const struct sources *sources,
                           uint32_t first_port) {
    uint64_t hash = hash_number(HASH_SEED, first_port);
    struct found found = packages_of(arena, host, sources);
    for (unsigned i = 0; i < found.list.count; i++) {
        hash = hash_number(hash, package_surface(found.list.items[i]));
    }
    return hash;
}

void endpoints_note(struct dispatch *dispatch) {
    struct arena scratch = {0};
    const struct atom_table *atoms;
    if (!dispatch->endpoints_asked) {
        return;
    }
    const struct sources *sources = dispatch->host->sources(dispatch->host->context, &atoms);
    uint64_t surface = surface_of(&scratch, dispatch->host, sources, dispatch->first_port);
    arena_finish(&scratch);
    if (surface != dispatch->endpoints_surface) {
        struct json_writer json;
        dispatch->endpoints_surface = surface;
        dispatch_begin(dispatch, &json, "tova/endpointsChanged");
        json_open_object(&json);
        json_close_object(&json);
        dispatch_end(dispatch, &json);
    }
}

enum rpc_error method_endpoints(struct request *request) {
    struct dispatch *dispatch = request->dispatch;
    const struct atom_table *atoms;
    const struct sources *sources = request->host->sources(request->host->context, &atoms);
    struct found found = packages_of(request->arena, request->host, sources);
    json_open_object(request->result);
    json_key(request->result, "packages");
    json_open_array(request->result);
    for (unsigned i = 0; i < found.list.count && !stop_asked(&request->stop); i++) {
        write_package(request, found.list.items[i], sources, atoms);
    }
    json_close_array(request->result);
    json_close_object(request->result);
    dispatch->endpoints_asked = true;
    dispatch->endpoints_surface = surface_of(request->arena, request->host, sources, dispatch->first_port);
    return RPC_NO_ERROR;
}
