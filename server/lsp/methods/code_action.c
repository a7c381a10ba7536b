/* textDocument/codeAction. */
#include "server/features/code_action.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_code_action(struct view *view, const struct code_action *action) {
    struct encoder *encoder = &view->encoder;
    struct json_writer *json = encoder->json;
    json_open_object(json);
    json_member_string(json, "title", action->title);
    json_member_string(json, "kind", STR("quickfix"));
    json_member_bool(json, "isPreferred", true);
    json_key(json, "diagnostics");
    json_open_array(json);
    encode_diagnostic(encoder, &action->diagnostic, view->path, view->text);
    json_close_array(json);
    json_key(json, "edit");
    encode_edits(encoder, &action->edits);
    json_close_object(json);
}

enum rpc_error method_code_action(struct request *request) {
    struct range_params params = {0};
    struct view view;
    struct span span = {0};
    enum rpc_error error = view_open_range(request, &params, &view, &span);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct code_action_list actions = {0};
    if (request->dispatch->client.code_action_literals) {
        actions = code_actions_in(&view.context, span);
    }
    json_open_array(request->result);
    for (unsigned i = 0; i < actions.list.count; i++) {
        encode_code_action(&view, &actions.list.items[i]);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}
