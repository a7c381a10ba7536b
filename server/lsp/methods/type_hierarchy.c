/* textDocument/prepareTypeHierarchy, typeHierarchy/supertypes and subtypes. */
#include "server/features/type_hierarchy.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

/* Writes the item; not when its file is gone, or another one by now. */
static void encode_item(struct encoder *encoder, const struct type_item *item) {
    struct place_list places = {0};
    struct location_list locations = {0};
    vec_push(encoder->arena, &places.list, item->place);
    if (encode_locate(encoder, &places, &locations) && locations.list.count == 1) {
        encode_hierarchy_item(encoder, item->name, item->kind, item->detail, &locations.list.items[0]);
    }
}

enum rpc_error method_prepare_type_hierarchy(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    struct type_item item;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (!type_hierarchy_prepare(&view.context, offset, &item)) {
        json_null(request->result);
        return RPC_NO_ERROR;
    }
    json_open_array(request->result);
    encode_item(&view.encoder, &item);
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

static enum rpc_error answer(struct request *request,
                             struct type_item_list (*find)(const struct feature_context *context, uint32_t offset)) {
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
    struct type_item_list items = find(&view.context, offset);
    json_open_array(request->result);
    for (unsigned i = 0; i < items.list.count && !stop_asked(&request->stop); i++) {
        encode_item(&view.encoder, &items.list.items[i]);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_supertypes(struct request *request) { return answer(request, type_hierarchy_supertypes); }

enum rpc_error method_subtypes(struct request *request) { return answer(request, type_hierarchy_subtypes); }
