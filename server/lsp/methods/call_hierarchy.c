/* textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls. */
#include "server/features/call_hierarchy.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

/* The places of one call: its item's first. */
static bool locate(struct encoder *encoder, const struct call_item *item, const struct place_list *from,
                   struct location_list *locations) {
    struct place_list places = {0};
    vec_push(encoder->arena, &places.list, item->place);
    for (unsigned i = 0; i < from->list.count; i++) {
        vec_push(encoder->arena, &places.list, from->list.items[i]);
    }
    return encode_locate(encoder, &places, locations) && locations->list.count == places.list.count;
}

static void encode_item(struct encoder *encoder, const struct call_item *item, const struct location *location) {
    encode_hierarchy_item(encoder, item->name, item->kind, item->detail, location);
}

enum rpc_error method_prepare_call_hierarchy(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    struct call_item item;
    struct location_list locations = {0};
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (!call_hierarchy_prepare(&view.context, offset, &item) ||
        !locate(&view.encoder, &item, &(struct place_list){0}, &locations)) {
        json_null(request->result);
        return RPC_NO_ERROR;
    }
    json_open_array(request->result);
    encode_item(&view.encoder, &item, &locations.list.items[0]);
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

static void encode_call(struct encoder *encoder, const struct call *call, const char *side) {
    struct location_list locations = {0};
    if (!locate(encoder, &call->item, &call->from, &locations)) {
        return;
    }
    json_open_object(encoder->json);
    json_key(encoder->json, side);
    encode_item(encoder, &call->item, &locations.list.items[0]);
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
    struct call_item_params params = {0};
    struct view view;
    uint32_t offset = 0;
    if (!request_decode(request, &params_call_item, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open_file(request, params.uri, &view);
    if (error != RPC_NO_ERROR || !view_offset(request, &view, params.position, &offset)) {
        return RPC_INVALID_PARAMS;
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
