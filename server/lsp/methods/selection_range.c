/* textDocument/selectionRange: for each position the ranges around it, each in the next larger one. */
#include "server/features/selection.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

struct selection_params {
    struct str uri;
    struct decode_array positions; /* struct position */
};

static const struct decode_field position_rows[] = {
    {"line", DECODE_UINT, DECODE_REQUIRED, offsetof(struct position, line), NULL},
    {"character", DECODE_UINT, DECODE_REQUIRED, offsetof(struct position, column), NULL},
};
static const struct decode_table position_table = DECODE_TABLE(struct position, position_rows);

/* A place with nothing around it, as in an empty text, is itself. */
static void encode_selection(struct encoder *encoder, const struct view *view, uint32_t offset) {
    struct span_list spans = selection_at(&view->context, offset);
    if (spans.list.count == 0) {
        vec_push(view->context.arena, &spans.list, (struct span){offset, offset});
    }
    for (unsigned i = 0; i < spans.list.count; i++) {
        if (i > 0) {
            json_key(encoder->json, "parent");
        }
        json_open_object(encoder->json);
        encode_span(encoder, "range", view->text, spans.list.items[i]);
    }
    for (unsigned i = 0; i < spans.list.count; i++) {
        json_close_object(encoder->json);
    }
}

enum rpc_error method_selection_range(struct request *request) {
    static const struct decode_field rows[] = {
        {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct selection_params, uri), NULL},
        {"positions", DECODE_ARRAY, DECODE_REQUIRED, offsetof(struct selection_params, positions), &position_table},
    };
    static const struct decode_table table = DECODE_TABLE(struct selection_params, rows);
    struct selection_params params = {0};
    struct view view;
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    const struct position *positions = params.positions.items;
    uint32_t *offsets = arena_array(request->arena, uint32_t, params.positions.count + 1);
    for (uint32_t i = 0; error == RPC_NO_ERROR && i < params.positions.count; i++) {
        error = view_offset(request, &view, positions[i], &offsets[i]) ? RPC_NO_ERROR : RPC_INVALID_PARAMS;
    }
    if (error != RPC_NO_ERROR) {
        return error;
    }
    json_open_array(request->result);
    for (uint32_t i = 0; i < params.positions.count; i++) {
        encode_selection(&view.encoder, &view, offsets[i]);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
