/* textDocument/documentLink. */
#include "server/features/document_link.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum rpc_error method_document_link(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct document_link_list links = document_links(&view.context);
    const struct lsp_host *host = request->host;
    json_open_array(request->result);
    for (unsigned i = 0; i < links.list.count; i++) {
        const struct document_link *link = &links.list.items[i];
        json_open_object(request->result);
        encode_span(&view.encoder, "range", view.text, link->span);
        json_member_string(request->result, "target", host->uri(host->context, request->arena, link->path));
        json_close_object(request->result);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
