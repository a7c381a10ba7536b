/* tova/mapPosition: places of sources in outputs and back. */
#include "server/features/output_map.h"
#include "server/lsp/handlers.h"
#include "server/lsp/methods/outputs.h"

/* The text of an output as the client has it, with a reference for the caller. */
static struct text *text_of(struct request *request, const struct emission *emission, uint32_t output) {
    return text_create(preview_text(request->arena, &emission->outputs[output]));
}

/* Places come output by output. */
static void encode_output_places(struct encoder *encoder, struct request *request, const struct emission *emission,
                                 const struct output_places *places) {
    struct text *text = NULL;
    uint32_t output = PREVIEW_NONE;
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct output_place *place = &places->list.items[i];
        if (place->output != output) {
            text_unref(text);
            output = place->output;
            text = text_of(request, emission, output);
        }
        json_open_object(encoder->json);
        json_member_string(encoder->json, "output", emission->outputs[output].name);
        encode_span(encoder, "range", text, place->span);
        json_close_object(encoder->json);
    }
    text_unref(text);
}

static enum rpc_error map_forward(struct request *request, struct view *view, const struct map_params *params,
                                  struct output_places *places) {
    struct span range;
    uint32_t only = PREVIEW_NONE;
    if (!view_span(request, view, params->range, &range)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = outputs_choose(request, view->path, view->context.file, params->output, NULL, &only);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    only = params->output.size > 0 ? only : PREVIEW_NONE;
    const struct emission *emission = outputs_make(request, only == PREVIEW_NONE ? HOST_ALL_OUTPUTS : only);
    if (emission == NULL) {
        return RPC_SERVER_CANCELLED;
    }
    uint32_t first = preview_output_at(request->arena, view->context.file, emission, range.start);
    *places = output_map_forward(request->arena, emission, view->path, range, only, first);
    encode_output_places(&view->encoder, request, emission, places);
    return RPC_NO_ERROR;
}

static bool span_in(struct request *request, const struct text *text, struct range range, struct span *span) {
    enum position_encoding encoding = request->dispatch->encoding;
    return position_offset(text, range.start, encoding, &span->start) &&
           position_offset(text, range.end, encoding, &span->end) && span->start <= span->end;
}

static enum rpc_error map_back(struct request *request, struct view *view, const struct map_params *params) {
    uint32_t chosen;
    enum rpc_error error = outputs_choose(request, view->path, view->context.file, params->output, NULL, &chosen);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    const struct emission *emission = outputs_make(request, chosen);
    if (emission == NULL) {
        return RPC_SERVER_CANCELLED;
    }
    struct span range;
    struct text *text = text_of(request, emission, chosen);
    bool good = span_in(request, text, params->range, &range);
    text_unref(text);
    if (!good) {
        request->problem = STR("The output has no such range.");
        return RPC_INVALID_PARAMS;
    }
    struct place_list places = output_map_back(request->arena, &emission->outputs[chosen], range);
    struct location_list locations = {{0}};
    if (!encode_locate(&view->encoder, &places, &locations)) {
        return RPC_CONTENT_MODIFIED;
    }
    for (unsigned i = 0; i < locations.list.count; i++) {
        json_open_object(request->result);
        json_member_string(request->result, "uri", locations.list.items[i].uri);
        encode_range(&view->encoder, "range", locations.list.items[i].range);
        json_close_object(request->result);
    }
    return RPC_NO_ERROR;
}

enum rpc_error method_map_position(struct request *request) {
    struct map_params params = {0};
    struct view view;
    struct output_places places;
    if (!request_decode(request, &params_map, &params)) {
        return RPC_INVALID_PARAMS;
    }
    bool forward = str_equal(params.to, STR("output"));
    if (!forward && !str_equal(params.to, STR("source"))) {
        request->problem = STR("`to` is \"output\" or \"source\".");
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    json_open_object(request->result);
    json_key(request->result, "places");
    json_open_array(request->result);
    error = forward ? map_forward(request, &view, &params, &places) : map_back(request, &view, &params);
    json_close_array(request->result);
    json_close_object(request->result);
    return error;
}
