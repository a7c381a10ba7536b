/* textDocument/prepareTypeHierarchy, typeHierarchy/supertypes and subtypes. */
#include "server/features/type_hierarchy.h"
#include "server/lsp/handlers.h"
#include "server/lsp/hierarchy.h"

enum rpc_error method_prepare_type_hierarchy(struct request *request) {
    return hierarchy_prepare(request, type_hierarchy_prepare);
}

static enum rpc_error answer(struct request *request,
                             struct hierarchy_item_list (*find)(const struct feature_context *context, uint32_t offset)) {
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = hierarchy_open(request, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct hierarchy_item_list items = find(&view.context, offset);
    json_open_array(request->result);
    for (unsigned i = 0; i < items.list.count && !stop_asked(&request->stop); i++) {
        struct location location;
        if (hierarchy_locate(&view.encoder, &items.list.items[i], &location)) {
            hierarchy_encode(&view.encoder, &items.list.items[i], &location);
        }
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_supertypes(struct request *request) { return answer(request, type_hierarchy_supertypes); }

enum rpc_error method_subtypes(struct request *request) { return answer(request, type_hierarchy_subtypes); }
