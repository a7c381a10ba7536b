/* textDocument/prepareRename: the range of the name, or an error with the reason why it cannot be renamed. */
#include "server/features/rename.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum rpc_error method_prepare_rename(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct rename rename = rename_prepare(&view.context, offset);
    if (rename.problem.size > 0) {
        request->problem = rename.problem;
        return RPC_REQUEST_FAILED;
    }
    json_open_object(request->result);
    encode_span(&view.encoder, "range", view.text, rename.span);
    json_member_string(request->result, "placeholder", rename.name);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
