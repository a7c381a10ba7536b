/* textDocument/hover. */
#include "server/features/hover.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_hover(struct encoder *encoder, const struct hover *hover, const struct text *text) {
    if (hover->markdown.size == 0) {
        json_null(encoder->json);
        return;
    }
    json_open_object(encoder->json);
    encode_markdown(encoder->json, "contents", hover->markdown);
    encode_span(encoder, "range", text, hover->span);
    json_close_object(encoder->json);
}

enum rpc_error method_hover(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error == RPC_NO_ERROR) {
        struct hover hover = hover_at(&view.context, offset);
        encode_hover(&view.encoder, &hover, view.text);
    }
    return error;
}
