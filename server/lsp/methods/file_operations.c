/* workspace/willRenameFiles, and what a client tells of files that it has made, renamed or deleted. */
#include "server/features/file_rename.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static struct moved_path *moved_paths(struct request *request, const struct file_moves_params *params) {
    const struct file_move_params *files = params->files.items;
    struct moved_path *moved = arena_array(request->arena, struct moved_path, params->files.count + 1);
    for (uint32_t i = 0; i < params->files.count; i++) {
        moved[i] = (struct moved_path){request_path(request, files[i].from), request_path(request, files[i].to)};
    }
    return moved;
}

enum rpc_error method_will_rename_files(struct request *request) {
    struct file_moves_params params = {0};
    const struct lsp_host *host = request->host;
    const struct atom_table *atoms;
    if (!request_decode(request, &params_file_moves, &params)) {
        return RPC_INVALID_PARAMS;
    }
    const struct moved_path *moved = moved_paths(request, &params);
    struct encoder encoder = encoder_of(request->dispatch, request->result);
    for (int attempt = 0; attempt < 2; attempt++) {
        const struct sources *sources = host->sources(host->context, &atoms);
        struct edit_list edits =
            file_rename_edits(request->arena, sources, moved, params.files.count, &request->stop);
        if (encode_edits(&encoder, &edits)) {
            return RPC_NO_ERROR;
        }
    }
    request->problem = STR("The files change while they are read. Try again.");
    return RPC_CONTENT_MODIFIED;
}

enum rpc_error sync_did_rename_files(struct request *request) {
    struct file_moves_params params = {0};
    if (!request_decode(request, &params_file_moves, &params)) {
        return RPC_INVALID_PARAMS;
    }
    const struct moved_path *moved = moved_paths(request, &params);
    for (uint32_t i = 0; i < params.files.count; i++) {
        request->host->file_changed(request->host->context, moved[i].from);
        request->host->file_changed(request->host->context, moved[i].to);
    }
    return RPC_NO_ERROR;
}

static enum rpc_error files_changed(struct request *request) {
    struct watched_files_params params = {0};
    if (!request_decode(request, &params_made_files, &params)) {
        return RPC_INVALID_PARAMS;
    }
    const struct watched_file_params *files = params.changes.items;
    for (uint32_t i = 0; i < params.changes.count; i++) {
        request->host->file_changed(request->host->context, request_path(request, files[i].uri));
    }
    return RPC_NO_ERROR;
}

enum rpc_error sync_did_create_files(struct request *request) { return files_changed(request); }

enum rpc_error sync_did_delete_files(struct request *request) { return files_changed(request); }
