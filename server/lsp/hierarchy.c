/* hierarchy: items of call and type hierarchies, out and in. */
#include "server/lsp/hierarchy.h"

bool hierarchy_locate(struct encoder *encoder, const struct hierarchy_item *item, struct location *location) {
    struct place_list places = {0};
    struct location_list locations = {0};
    vec_push(encoder->arena, &places.list, item->place);
    if (!encode_locate(encoder, &places, &locations) || locations.list.count != 1) {
        return false;
    }
    *location = locations.list.items[0];
    return true;
}

void hierarchy_encode(struct encoder *encoder, const struct hierarchy_item *item, const struct location *location) {
    json_open_object(encoder->json);
    json_member_string(encoder->json, "name", item->name);
    json_member_number(encoder->json, "kind", item->kind);
    json_member_string(encoder->json, "detail", item->detail);
    json_member_string(encoder->json, "uri", location->uri);
    encode_range(encoder, "range", location->whole);
    encode_range(encoder, "selectionRange", location->range);
    json_close_object(encoder->json);
}

enum rpc_error hierarchy_prepare(struct request *request,
                                 bool (*prepare)(const struct feature_context *context, uint32_t offset,
                                                 struct hierarchy_item *item)) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    struct hierarchy_item item;
    struct location location;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (!prepare(&view.context, offset, &item) || !hierarchy_locate(&view.encoder, &item, &location)) {
        json_null(request->result);
        return RPC_NO_ERROR;
    }
    json_open_array(request->result);
    hierarchy_encode(&view.encoder, &item, &location);
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error hierarchy_open(struct request *request, struct view *view, uint32_t *offset) {
    struct hierarchy_item_params params = {0};
    if (!request_decode(request, &params_hierarchy_item, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open_file(request, params.uri, view);
    return error == RPC_NO_ERROR && !view_offset(request, view, params.position, offset) ? RPC_INVALID_PARAMS : error;
}
