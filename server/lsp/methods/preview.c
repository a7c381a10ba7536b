/* tova/preview, tova/previewSubscribe, tova/previewUnsubscribe, workspace/textDocumentContent: outputs as text. */
#include "parser/base/path.h"
#include "parser/text/uri.h"
#include "server/lsp/handlers.h"
#include "server/lsp/methods/outputs.h"

static void encode_preview(struct json_writer *json, const struct preview *preview, int64_t version) {
    json_open_object(json);
    previews_write_outputs(json, preview);
    json_member_string(json, "text", preview->text);
    json_member_string(json, "languageId", STR("javascript"));
    json_member_number(json, "version", version);
    json_close_object(json);
}

/* The output that is asked for, made. */
static enum rpc_error preview_asked(struct request *request, struct view *view, struct preview *preview) {
    struct preview_params params = {0};
    uint32_t offset = 0;
    uint32_t chosen;
    if (!request_decode(request, &params_preview, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, view);
    if (error == RPC_NO_ERROR && params.has_position && !view_offset(request, view, params.position, &offset)) {
        error = RPC_INVALID_PARAMS;
    }
    if (error == RPC_NO_ERROR) {
        error = outputs_choose(request, view->path, view->context.file, params.output,
                               params.has_position ? &offset : NULL, &chosen);
    }
    const struct emission *emission = error == RPC_NO_ERROR ? outputs_make(request, chosen) : NULL;
    if (emission != NULL) {
        *preview = preview_of(request->arena, emission, chosen);
    }
    return error == RPC_NO_ERROR && emission == NULL ? RPC_SERVER_CANCELLED : error;
}

enum rpc_error method_preview(struct request *request) {
    struct view view;
    struct preview preview;
    enum rpc_error error = preview_asked(request, &view, &preview);
    if (error == RPC_NO_ERROR) {
        encode_preview(request->result, &preview, view.version);
    }
    return error;
}

enum rpc_error method_preview_subscribe(struct request *request) {
    struct view view;
    struct preview preview;
    enum rpc_error error = preview_asked(request, &view, &preview);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    int64_t id = previews_subscribe(request->dispatch, view.path, &preview);
    if (id == 0) {
        request->problem = STR("There are too many previews.");
        return RPC_REQUEST_FAILED;
    }
    json_open_object(request->result);
    json_member_number(request->result, "id", id);
    json_key(request->result, "preview");
    encode_preview(request->result, &preview, view.version);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_preview_unsubscribe(struct request *request) {
    struct preview_end_params params = {0};
    if (!request_decode(request, &params_preview_end, &params)) {
        return RPC_INVALID_PARAMS;
    }
    if (!previews_unsubscribe(request->dispatch, params.id)) {
        request->problem = STR("There is no such preview.");
        return RPC_INVALID_PARAMS;
    }
    json_null(request->result);
    return RPC_NO_ERROR;
}

/* ---- LSP 3.18 "Text Document Content" */

/* tova-output:///folder/app.tova/app.server.api.js: the path of the source, then the name of the output. */
static bool read_address(struct arena *arena, struct str uri, struct str *path, struct str *output) {
    struct str scheme = STR("tova-output:");
    struct str whole;
    if (!str_starts_with(uri, scheme) ||
        !uri_to_path(arena, arena_concat(arena, STR("file:"), str_slice(uri, scheme.size, uri.size)), &whole)) {
        return false;
    }
    *output = path_name(whole);
    *path = path_parent(arena, whole);
    return str_ends_with(*path, STR(".tova"));
}

enum rpc_error method_text_document_content(struct request *request) {
    struct content_params params = {0};
    struct str path, output;
    uint32_t chosen;
    if (!request_decode(request, &params_content, &params)) {
        return RPC_INVALID_PARAMS;
    }
    if (!read_address(request->arena, params.uri, &path, &output)) {
        request->problem = arena_printf(request->arena, "%.*s is not the address of an output.", STR_ARGUMENTS(params.uri));
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = outputs_choose(request, path, NULL, output, NULL, &chosen);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    const struct emission *emission = outputs_make(request, chosen);
    if (emission == NULL) {
        return RPC_SERVER_CANCELLED;
    }
    struct str text = preview_text(request->arena, &emission->outputs[chosen]);
    if (request->dispatch->client.text_documents_refresh) {
        previews_read(request->dispatch, params.uri, path, output, text);
    }
    json_open_object(request->result);
    json_member_string(request->result, "text", text);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
