/* view: from params to a snapshot and offsets. */
#include "server/lsp/view.h"

enum rpc_error view_open(struct request *request, struct str uri, struct view *view) {
    struct dispatch *dispatch = request->dispatch;
    view->path = request_path(request, uri);
    view->context = (struct feature_context){.arena = request->arena,
                                             .stop = request->stop,
                                             .snippets = dispatch->client.snippets,
                                             .first_port = dispatch->first_port};
    view->encoder = encoder_of(dispatch, request->result);
    if (!request->host->snapshot(request->host->context, view->path, &view->context, &view->version)) {
        request->problem = arena_printf(request->arena, "The document %.*s is not open.", STR_ARGUMENTS(uri));
        return RPC_INVALID_PARAMS;
    }
    view->text = view->context.file->tree->text;
    return RPC_NO_ERROR;
}

enum rpc_error view_open_file(struct request *request, struct str uri, struct view *view) {
    const struct lsp_host *host = request->host;
    const struct atom_table *atoms;
    if (view_open(request, uri, view) == RPC_NO_ERROR) {
        return RPC_NO_ERROR;
    }
    const struct sources *sources = host->sources(host->context, &atoms);
    view->context.sources = sources;
    view->context.package = sources->package_of(sources->context, view->path);
    view->context.file = view->context.package == NULL ? NULL : sources->analysis_of(sources->context, view->path);
    if (view->context.file == NULL) {
        request->problem = arena_printf(request->arena, "There is no file %.*s.", STR_ARGUMENTS(uri));
        return RPC_INVALID_PARAMS;
    }
    view->text = view->context.file->tree->text;
    return RPC_NO_ERROR;
}

bool view_offset(struct request *request, const struct view *view, struct position position, uint32_t *offset) {
    if (position_offset(view->text, position, request->dispatch->encoding, offset)) {
        return true;
    }
    request->problem = arena_printf(request->arena, "The document has no position %u:%u.", (unsigned)position.line,
                                    (unsigned)position.column);
    return false;
}

bool view_span(struct request *request, const struct view *view, struct range range, struct span *span) {
    enum position_encoding encoding = request->dispatch->encoding;
    bool past = range.end.line >= text_line_count(view->text); /* as many clients mean "to the end" */
    span->end = text_size(view->text);
    if (position_offset(view->text, range.start, encoding, &span->start) &&
        (past || position_offset(view->text, range.end, encoding, &span->end)) && span->start <= span->end) {
        return true;
    }
    request->problem = STR("The document has no such range.");
    return false;
}

enum rpc_error view_open_document(struct request *request, struct document_params *params, struct view *view) {
    return request_decode(request, &params_document, params) ? view_open(request, params->uri, view) : RPC_INVALID_PARAMS;
}

enum rpc_error view_open_place(struct request *request, struct place_params *params, struct view *view,
                               uint32_t *offset) {
    if (!request_decode(request, &params_place, params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params->uri, view);
    return error == RPC_NO_ERROR && !view_offset(request, view, params->position, offset) ? RPC_INVALID_PARAMS : error;
}

enum rpc_error view_open_range(struct request *request, struct range_params *params, struct view *view,
                               struct span *span) {
    if (!request_decode(request, &params_range, params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params->uri, view);
    return error == RPC_NO_ERROR && !view_span(request, view, params->range, span) ? RPC_INVALID_PARAMS : error;
}
