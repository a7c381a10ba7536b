/* places: find, locate, and once more when a text was gone. */
#include "server/lsp/places.h"

enum rpc_error places_answer(struct request *request, find_places *find) {
    struct place_params params = {0};
    struct view view;
    struct location_list locations = {0};
    uint32_t offset = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        enum rpc_error error = view_open_place(request, &params, &view, &offset);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        locations = (struct location_list){0};
        struct place_list places = find(&view, &params, offset);
        if (encode_locate(&view.encoder, &places, &locations)) {
            break;
        }
    }
    encode_locations(&view.encoder, &locations);
    return RPC_NO_ERROR;
}

enum rpc_error places_answer_links(struct request *request, find_links *find, bool links) {
    struct place_params params = {0};
    struct view view;
    struct location_list locations = {0};
    struct span origin = {0, 0};
    uint32_t offset = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        enum rpc_error error = view_open_place(request, &params, &view, &offset);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        locations = (struct location_list){0};
        struct place_list places = find(&view.context, offset, &origin);
        if (encode_locate(&view.encoder, &places, &locations)) {
            break;
        }
    }
    if (links) {
        encode_links(&view.encoder, &locations, range_of(view.text, origin, view.encoder.encoding));
    } else {
        encode_locations(&view.encoder, &locations);
    }
    return RPC_NO_ERROR;
}
