/* textDocument/documentHighlight. */
#include "server/features/references.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum { HIGHLIGHT_READ = 2, HIGHLIGHT_WRITE = 3 }; /* LSP DocumentHighlightKind */

enum rpc_error method_document_highlight(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct highlight_list highlights = highlights_at(&view.context, offset);
    json_open_array(request->result);
    for (unsigned i = 0; i < highlights.list.count; i++) {
        json_open_object(request->result);
        encode_span(&view.encoder, "range", view.text, highlights.list.items[i].span);
        json_member_number(request->result, "kind", highlights.list.items[i].write ? HIGHLIGHT_WRITE : HIGHLIGHT_READ);
        json_close_object(request->result);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
