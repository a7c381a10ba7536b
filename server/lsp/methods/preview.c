/* tova/preview. */
#include "server/features/preview.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_output(struct json_writer *json, const struct preview_output *output) {
    json_member_string(json, "name", output->name);
    json_member_string(json, "label", output->label);
    json_member_bool(json, "broken", output->broken);
}

static void encode_preview(struct encoder *encoder, const struct preview *preview, int64_t version) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    json_key(json, "output");
    json_open_object(json);
    encode_output(json, &preview->outputs.items[preview->chosen]);
    json_close_object(json);
    json_key(json, "outputs");
    json_open_array(json);
    for (unsigned i = 0; i < preview->outputs.count; i++) {
        json_open_object(json);
        encode_output(json, &preview->outputs.items[i]);
        json_close_object(json);
    }
    json_close_array(json);
    json_member_string(json, "text", preview->text);
    json_member_string(json, "languageId", STR("javascript"));
    json_member_number(json, "version", version);
    json_close_object(json);
}

enum rpc_error method_preview(struct request *request) {
    struct preview_params params = {0};
    struct view view;
    struct emission emission;
    struct preview preview;
    if (!request_decode(request, &params_preview, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (!request->host->emit(request->host->context, view.path, &emission)) {
        request->problem = STR("The package has nothing to emit.");
        return RPC_REQUEST_FAILED;
    }
    bool found = preview_of(request->arena, view.context.file, &emission, params.output, &preview);
    emission_finish(&emission);
    if (!found) {
        request->problem = params.output.size == 0 ? STR("The package has nothing to emit.")
                                                   : arena_printf(request->arena, "The package has no output `%.*s`.",
                                                                  STR_ARGUMENTS(params.output));
        return RPC_REQUEST_FAILED;
    }
    encode_preview(&view.encoder, &preview, view.version);
    return RPC_NO_ERROR;
}
