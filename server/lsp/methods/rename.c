/* textDocument/rename: the edits, or an error with the reason why there are none. */
#include "server/features/rename.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

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
        if (encode_edits(&view.encoder, &rename.edits)) {
            return RPC_NO_ERROR;
        }
    }
    request->problem = STR("The files change while they are read. Try again.");
    return RPC_CONTENT_MODIFIED;
}
