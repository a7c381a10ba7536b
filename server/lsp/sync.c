/* sync: notifications about documents, files, folders and settings, handed to the host. */
#include "server/lsp/handlers.h"

enum rpc_error sync_did_open(struct request *request) {
    struct open_params params = {0};
    if (!request_decode(request, &params_open, &params)) {
        return RPC_INVALID_PARAMS;
    }
    request->host->opened(request->host->context, request_path(request, params.uri), &params);
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_change(struct request *request) {
    struct changes_params params = {0};
    if (!request_decode(request, &params_changes, &params)) {
        return RPC_INVALID_PARAMS;
    }
    request->host->changed(request->host->context, request_path(request, params.uri), &params);
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_save(struct request *request) {
    struct save_params params = {0};
    if (!request_decode(request, &params_save, &params)) {
        return RPC_INVALID_PARAMS;
    }
    request->host->saved(request->host->context, request_path(request, params.uri), &params);
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_close(struct request *request) {
    struct document_params params = {0};
    if (!request_decode(request, &params_document, &params)) {
        return RPC_INVALID_PARAMS;
    }
    struct str path = request_path(request, params.uri);
    previews_closed(request->dispatch, path);
    request->host->closed(request->host->context, path);
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_change_configuration(struct request *request) {
    struct configuration_params params = {0};
    if (!request_decode(request, &params_configuration, &params)) {
        return RPC_INVALID_PARAMS;
    }
    if (params.has_settings) {
        lifecycle_apply(request->dispatch, &params.settings);
    } else {
        dispatch_ask_configuration(request->dispatch);
    }
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_change_watched_files(struct request *request) {
    struct watched_files_params params = {0};
    if (!request_decode(request, &params_watched_files, &params)) {
        return RPC_INVALID_PARAMS;
    }
    const struct watched_file_params *changes = params.changes.items;
    for (uint32_t i = 0; i < params.changes.count; i++) {
        request->host->file_changed(request->host->context, request_path(request, changes[i].uri));
    }
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_change_workspace_folders(struct request *request) {
    struct folders_params params = {0};
    if (!request_decode(request, &params_folders, &params)) {
        return RPC_INVALID_PARAMS;
    }
    request->host->folders_changed(request->host->context, &params);
    return RPC_NO_ERROR;
}
