/* tova/compile: writes the outputs of what is saved. */
#include "server/lsp/methods/compile.h"

#include "server/lsp/handlers.h"

static void write_names(struct json_writer *json, const char *key, const struct compile_names *names) {
    json_key(json, key);
    json_open_array(json);
    for (unsigned i = 0; i < names->list.count; i++) {
        json_string(json, names->list.items[i]);
    }
    json_close_array(json);
}

void compile_write_result(struct json_writer *json, const struct compile_result *result) {
    write_names(json, "written", &result->written);
    write_names(json, "kept", &result->kept);
    write_names(json, "removed", &result->removed);
    json_member_number(json, "milliseconds", (int64_t)(result->nanoseconds / 1000000));
    json_member_number(json, "errors", result->errors);
}

enum rpc_error method_compile(struct request *request) {
    struct compile_params params = {0};
    struct compile_result result = {.errors = 0};
    if (!request_decode(request, &params_compile, &params)) {
        return RPC_INVALID_PARAMS;
    }
    struct str path = params.uri.size == 0 ? params.uri : request_path(request, params.uri);
    if (!request->host->compile(request->host->context, request->arena, path, &result, &request->problem)) {
        return RPC_REQUEST_FAILED;
    }
    json_open_object(request->result);
    compile_write_result(request->result, &result);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
