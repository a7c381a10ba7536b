/* workspace/symbol and workspaceSymbol/resolve: a client that asks for the range of the chosen one alone spares the others' files
 * from being read. */
#include "server/features/workspace_symbol.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_head(struct json_writer *json, struct str name, int64_t kind, struct str container) {
    json_member_string(json, "name", name);
    json_member_number(json, "kind", kind);
    json_member_string(json, "containerName", container);
}

static void encode_later(struct encoder *encoder, const struct found_symbol *symbol) {
    struct json_writer *json = encoder->json;
    const struct place *place = &symbol->place;
    json_open_object(json);
    encode_head(json, symbol->name, symbol->kind, symbol->container);
    json_key(json, "location");
    json_open_object(json);
    json_member_string(json, "uri", encoder->host->uri(encoder->host->context, encoder->arena, place->path));
    json_close_object(json);
    json_key(json, "data");
    json_open_object(json);
    json_member_number(json, "start", place->span.start);
    json_member_number(json, "end", place->span.end);
    json_close_object(json);
    json_close_object(json);
}

static void encode_whole(struct encoder *encoder, struct str name, int64_t kind, struct str container,
                         const struct place *place) {
    struct place_list places = {0};
    struct location_list locations = {0};
    vec_push(encoder->arena, &places.list, *place);
    if (!encode_locate(encoder, &places, &locations)) {
        return;
    }
    json_open_object(encoder->json);
    encode_head(encoder->json, name, kind, container);
    json_key(encoder->json, "location");
    json_open_object(encoder->json);
    json_member_string(encoder->json, "uri", locations.list.items[0].uri);
    encode_range(encoder, "range", locations.list.items[0].range);
    json_close_object(encoder->json);
    json_close_object(encoder->json);
}

enum rpc_error method_workspace_symbol(struct request *request) {
    struct symbol_query_params params = {0};
    const struct lsp_host *host = request->host;
    const struct atom_table *atoms;
    if (!request_decode(request, &params_symbol_query, &params)) {
        return RPC_INVALID_PARAMS;
    }
    if (!host->is_indexed(host->context)) {
        return request_await_index(request); /* what has not been read would be missing without a word */
    }
    const struct sources *sources = host->sources(host->context, &atoms);
    struct encoder encoder = encoder_of(request->dispatch, request->result);
    struct found_symbol_list found = workspace_symbols(request->arena, sources, atoms, params.query, &request->stop);
    json_open_array(request->result);
    for (unsigned i = 0; i < found.list.count; i++) {
        const struct found_symbol *symbol = &found.list.items[i];
        if (!host->is_shown(host->context, symbol->place.path)) {
            continue;
        }
        if (request->dispatch->client.symbol_ranges) {
            encode_later(&encoder, symbol);
        } else {
            encode_whole(&encoder, symbol->name, symbol->kind, symbol->container, &symbol->place);
        }
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

/* The file may have changed since: the name is looked for again, as near to its place as it can be. */
static struct place place_again(const struct feature_context *context, const struct symbol_params *params) {
    const struct summary *file = package_file(context->package, context->file->path);
    struct place best = feature_place_in(file, (struct span){params->start, params->end});
    bool found = false;
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        struct span span = symbol->name_span;
        if (str_equal(atom_text(context->file->atoms, symbol->name), params->name) &&
            (!found || span.start == params->start)) {
            best.span = span;
            found = true;
        }
    }
    uint32_t size = text_size(context->file->tree->text);
    best.span = (struct span){best.span.start > size ? size : best.span.start, best.span.end > size ? size : best.span.end};
    return best;
}

enum rpc_error method_workspace_symbol_resolve(struct request *request) {
    struct symbol_params params = {0};
    struct view view;
    if (!request_decode(request, &params_symbol, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open_file(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct place place = place_again(&view.context, &params);
    json_open_object(request->result);
    encode_head(request->result, params.name, params.kind, params.container);
    json_key(request->result, "location");
    json_open_object(request->result);
    json_member_string(request->result, "uri", params.uri);
    encode_span(&view.encoder, "range", view.text, place.span);
    json_close_object(request->result);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
