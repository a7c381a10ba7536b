/* textDocument/documentColor and colorPresentation. */
#include "server/features/color.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

/* A part of a colour; four digits tell all 256 steps apart. */
static void encode_part(struct encoder *encoder, const char *key, double part) {
    json_key(encoder->json, key);
    json_raw(encoder->json, arena_printf(encoder->arena, "%.4g", part));
}

enum rpc_error method_document_color(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct color_list colors = colors_of(&view.context);
    json_open_array(request->result);
    for (unsigned i = 0; i < colors.list.count; i++) {
        const struct color_place *place = &colors.list.items[i];
        json_open_object(request->result);
        encode_span(&view.encoder, "range", view.text, place->span);
        json_key(request->result, "color");
        json_open_object(request->result);
        encode_part(&view.encoder, "red", place->color.red);
        encode_part(&view.encoder, "green", place->color.green);
        encode_part(&view.encoder, "blue", place->color.blue);
        encode_part(&view.encoder, "alpha", place->color.alpha);
        json_close_object(request->result);
        json_close_object(request->result);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_color_presentation(struct request *request) {
    static const struct decode_field rows[] = {
        {"color.red", DECODE_NUMBER, DECODE_REQUIRED, offsetof(struct color, red), NULL},
        {"color.green", DECODE_NUMBER, DECODE_REQUIRED, offsetof(struct color, green), NULL},
        {"color.blue", DECODE_NUMBER, DECODE_REQUIRED, offsetof(struct color, blue), NULL},
        {"color.alpha", DECODE_NUMBER, DECODE_REQUIRED, offsetof(struct color, alpha), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct color, rows);
    struct color color = {0};
    struct str forms[COLOR_FORMS];
    if (!request_decode(request, &table, &color)) {
        return RPC_INVALID_PARAMS;
    }
    color_write(request->arena, color, forms);
    json_open_array(request->result);
    for (size_t i = 0; i < COLOR_FORMS; i++) {
        json_open_object(request->result);
        json_member_string(request->result, "label", forms[i]);
        json_close_object(request->result);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
