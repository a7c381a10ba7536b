/* textDocument/linkedEditingRange. */
#include "server/features/linked_editing.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum rpc_error method_linked_editing_range(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct linked_tags tags = linked_tags_at(&view.context, offset);
    if (!tags.found) {
        json_null(request->result);
        return RPC_NO_ERROR;
    }
    enum position_encoding encoding = view.encoder.encoding;
    json_open_object(request->result);
    json_key(request->result, "ranges");
    json_open_array(request->result);
    json_raw(request->result, encode_range_text(&view.encoder, range_of(view.text, tags.open, encoding)));
    json_raw(request->result, encode_range_text(&view.encoder, range_of(view.text, tags.close, encoding)));
    json_close_array(request->result);
    json_member_string(request->result, "wordPattern", STR("[A-Za-z][A-Za-z0-9_.-]*"));
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
