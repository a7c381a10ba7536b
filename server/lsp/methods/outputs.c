/* outputs: choosing and making. */
#include "server/lsp/methods/outputs.h"

enum rpc_error outputs_choose(struct request *request, struct str path, const struct file_analysis *file,
                              struct str name, const uint32_t *offset, uint32_t *chosen) {
    const struct emission *emission = request->host->plan(request->host->context, path);
    uint32_t found = PREVIEW_NONE;
    if (emission != NULL && offset != NULL && name.size == 0) {
        found = preview_output_at(request->arena, file, emission, *offset);
    }
    if (emission != NULL && found == PREVIEW_NONE) {
        found = preview_choose(request->arena, file, emission, name);
    }
    if (found == PREVIEW_NONE) {
        request->problem =
            emission == NULL || name.size == 0
                ? STR("The package has nothing to emit.")
                : arena_printf(request->arena, "The package has no output `%.*s`.", STR_ARGUMENTS(name));
        return RPC_REQUEST_FAILED;
    }
    *chosen = found;
    return RPC_NO_ERROR;
}

const struct emission *outputs_make(struct request *request, uint32_t chosen) {
    return request->host->make(request->host->context, chosen, request->stop);
}
