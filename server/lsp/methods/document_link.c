/* textDocument/documentLink. */
#include "server/features/document_link.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

/* A line of a file as editors understand it in an address: `#L12`. */
static struct str target_of(struct request *request, const struct document_link *link) {
    if (link->address.size > 0) {
        return link->address;
    }
    struct str uri = request->host->uri(request->host->context, request->arena, link->path);
    return link->line == 0 ? uri : arena_printf(request->arena, "%.*s#L%u", STR_ARGUMENTS(uri), link->line);
}

enum rpc_error method_document_link(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct document_link_list links = document_links(&view.context);
    json_open_array(request->result);
    for (unsigned i = 0; i < links.list.count; i++) {
        const struct document_link *link = &links.list.items[i];
        json_open_object(request->result);
        encode_span(&view.encoder, "range", view.text, link->span);
        json_member_string(request->result, "target", target_of(request, link));
        json_close_object(request->result);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
