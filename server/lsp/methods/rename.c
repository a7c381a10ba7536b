/* textDocument/rename: the edits, or an error with the reason why there are none. */
#include "server/features/rename.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum { MESSAGE_WARNING = 2 }; /* LSP 3.17 "MessageType" */

/* A client that asks nobody before it makes edits is told beside them. */
static void warn(struct request *request, struct str warning) {
    const struct initialize_params *client = &request->dispatch->client;
    struct json_writer json;
    if (warning.size == 0 || (client->document_changes && client->change_annotations)) {
        return;
    }
    dispatch_begin(request->dispatch, &json, "window/showMessage");
    json_open_object(&json);
    json_member_number(&json, "type", MESSAGE_WARNING);
    json_member_string(&json, "message", warning);
    json_close_object(&json);
    dispatch_end(request->dispatch, &json);
}

enum rpc_error method_rename(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        enum rpc_error error = view_open_place(request, &params, &view, &offset);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        struct rename rename = rename_to(&view.context, offset, params.new_name);
        if (rename.problem.size > 0) {
            request->problem = rename.problem;
            return RPC_REQUEST_FAILED;
        }
        if (encode_edits_warned(&view.encoder, &rename.edits, "Rename a column", rename.warning)) {
            warn(request, rename.warning);
            return RPC_NO_ERROR;
        }
    }
    request->problem = STR("The files change while they are read. Try again.");
    return RPC_CONTENT_MODIFIED;
}
