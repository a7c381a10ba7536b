/* language: requests about a place in a document: snapshot, feature, encoding. */
#include "server/features/code_action.h"
#include "server/features/completion.h"
#include "server/features/definition.h"
#include "server/features/document_symbol.h"
#include "server/features/hover.h"
#include "server/features/preview.h"
#include "server/features/references.h"
#include "server/lsp/encode.h"
#include "server/lsp/handlers.h"

/* A document as one request sees it. */
struct view {
    struct str path;
    struct feature_context context;
    const struct text *text;
    int64_t version;
    uint32_t offset; /* bytes, of the place that was asked about */
    struct encoder encoder;
};

static bool open_view(struct request *request, struct str uri, struct view *view) {
    struct dispatch *dispatch = request->dispatch;
    view->path = request_path(request, uri);
    view->context = (struct feature_context){.arena = request->arena, .snippets = dispatch->client.snippets};
    view->encoder = encoder_of(dispatch, request->result);
    if (!request->host->snapshot(request->host->context, view->path, &view->context, &view->version)) {
        request->problem = arena_printf(request->arena, "The document %.*s is not open.", STR_ARGUMENTS(uri));
        return false;
    }
    view->text = view->context.file->tree->text;
    return true;
}

/* Opens the document of a position request. A position that its text does not have is the client's mistake. */
static enum rpc_error open_place(struct request *request, struct place_params *params, struct view *view) {
    if (!request_decode(request, &params_place, params) || !open_view(request, params->uri, view)) {
        return RPC_INVALID_PARAMS;
    }
    if (position_offset(view->text, params->position, request->dispatch->encoding, &view->offset)) {
        return RPC_NO_ERROR;
    }
    request->problem = arena_printf(request->arena, "The document has no position %u:%u.",
                                    (unsigned)params->position.line, (unsigned)params->position.column);
    return RPC_INVALID_PARAMS;
}

enum rpc_error language_hover(struct request *request) {
    struct place_params params = {0};
    struct view view;
    enum rpc_error error = open_place(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct hover hover = hover_at(&view.context, view.offset);
    encode_hover(&view.encoder, &hover, view.text);
    return RPC_NO_ERROR;
}

enum rpc_error language_completion(struct request *request) {
    struct place_params params = {0};
    struct view view;
    enum rpc_error error = open_place(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct completion_list items = completions_at(&view.context, view.offset);
    encode_completions(&view.encoder, &items, view.text);
    return RPC_NO_ERROR;
}

typedef struct place_list find_places(const struct view *view, const struct place_params *params);

static struct place_list find_definition(const struct view *view, const struct place_params *params) {
    return definition_of(&view->context, view->offset, NULL);
}

static struct place_list find_references(const struct view *view, const struct place_params *params) {
    return references_of(&view->context, view->offset, params->declaration);
}

/* Asks a second time when a file has changed on disk since it was indexed: by then it is indexed again. */
static enum rpc_error answer_places(struct request *request, find_places *find) {
    struct place_params params = {0};
    struct view view;
    struct location_list locations = {0};
    for (int attempt = 0; attempt < 2; attempt++) {
        enum rpc_error error = open_place(request, &params, &view);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        locations = (struct location_list){0};
        struct place_list places = find(&view, &params);
        if (encode_locate(&view.encoder, &places, &locations)) {
            break;
        }
    }
    encode_locations(&view.encoder, &locations);
    return RPC_NO_ERROR;
}

enum rpc_error language_definition(struct request *request) { return answer_places(request, find_definition); }

enum rpc_error language_references(struct request *request) { return answer_places(request, find_references); }

enum rpc_error language_document_symbol(struct request *request) {
    struct document_params params = {0};
    struct view view;
    if (!request_decode(request, &params_document, &params) || !open_view(request, params.uri, &view)) {
        return RPC_INVALID_PARAMS;
    }
    struct document_symbol_list symbols = document_symbols(&view.context);
    encode_symbols(&view.encoder, &symbols, view.text, params.uri);
    return RPC_NO_ERROR;
}

enum rpc_error language_code_action(struct request *request) {
    struct range_params params = {0};
    struct view view;
    struct span span;
    if (!request_decode(request, &params_range, &params) || !open_view(request, params.uri, &view)) {
        return RPC_INVALID_PARAMS;
    }
    if (!position_offset(view.text, params.range.start, request->dispatch->encoding, &span.start) ||
        !position_offset(view.text, params.range.end, request->dispatch->encoding, &span.end)) {
        request->problem = STR("The document has no such range.");
        return RPC_INVALID_PARAMS;
    }
    struct code_action_list actions = {0};
    if (request->dispatch->client.code_action_literals) {
        actions = code_actions_in(&view.context, span);
    }
    encode_code_actions(&view.encoder, &actions, view.text, view.path);
    return RPC_NO_ERROR;
}

enum rpc_error language_preview(struct request *request) {
    struct preview_params params = {0};
    struct view view;
    struct emission emission;
    struct preview preview;
    if (!request_decode(request, &params_preview, &params) || !open_view(request, params.uri, &view)) {
        return RPC_INVALID_PARAMS;
    }
    if (!request->host->emit(request->host->context, view.path, &emission)) {
        request->problem = STR("The package has nothing to emit.");
        return RPC_REQUEST_FAILED;
    }
    bool found = preview_of(request->arena, view.context.file, &emission, params.output, &preview);
    emission_finish(&emission);
    if (!found) {
        request->problem = params.output.size == 0 ? STR("The package has nothing to emit.")
                                                   : arena_printf(request->arena, "The package has no output `%.*s`.",
                                                                  STR_ARGUMENTS(params.output));
        return RPC_REQUEST_FAILED;
    }
    encode_preview(&view.encoder, &preview, view.version);
    return RPC_NO_ERROR;
}
