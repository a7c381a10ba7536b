/* textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls. */
#include "server/features/call_hierarchy.h"
#include "server/lsp/handlers.h"
#include "server/lsp/hierarchy.h"

enum rpc_error method_prepare_call_hierarchy(struct request *request) {
    return hierarchy_prepare(request, call_hierarchy_prepare);
}

/* The places of one call: its item's first. */
static bool locate(struct encoder *encoder, const struct call *call, struct location_list *locations) {
    struct place_list places = {0};
    vec_push(encoder->arena, &places.list, call->item.place);
    for (unsigned i = 0; i < call->from.list.count; i++) {
        vec_push(encoder->arena, &places.list, call->from.list.items[i]);
    }
    return encode_locate(encoder, &places, locations) && locations->list.count == places.list.count;
}

static void encode_call(struct encoder *encoder, const struct call *call, const char *side) {
    struct location_list locations = {0};
    if (!locate(encoder, call, &locations)) {
        return;
    }
    json_open_object(encoder->json);
    json_key(encoder->json, side);
    hierarchy_encode(encoder, &call->item, &locations.list.items[0]);
    json_key(encoder->json, "fromRanges");
    json_open_array(encoder->json);
    for (unsigned i = 1; i < locations.list.count; i++) {
        json_raw(encoder->json, encode_range_text(encoder, locations.list.items[i].range));
    }
    json_close_array(encoder->json);
    json_close_object(encoder->json);
}

static enum rpc_error answer(struct request *request,
                             struct call_list (*find)(const struct feature_context *context, uint32_t offset),
                             const char *side) {
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = hierarchy_open(request, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct call_list calls = find(&view.context, offset);
    json_open_array(request->result);
    for (unsigned i = 0; i < calls.list.count && !stop_asked(&request->stop); i++) {
        encode_call(&view.encoder, &calls.list.items[i], side);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_incoming_calls(struct request *request) {
    return answer(request, call_hierarchy_incoming, "from");
}

enum rpc_error method_outgoing_calls(struct request *request) {
    return answer(request, call_hierarchy_outgoing, "to");
}
