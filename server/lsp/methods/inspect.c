/* tova/syntaxTree and tova/documentText: a document as the daemon sees it. */
#include "server/features/inspect.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

#include <stddef.h>

struct syntax_tree_params {
    struct str uri;
    bool has_range;
    struct range range;
};

enum rpc_error method_syntax_tree(struct request *request) {
    static const struct decode_field rows[] = {
        {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct syntax_tree_params, uri), NULL},
        {"range", DECODE_PRESENT, 0, offsetof(struct syntax_tree_params, has_range), NULL},
        {"range", DECODE_RANGE, 0, offsetof(struct syntax_tree_params, range), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct syntax_tree_params, rows);
    struct syntax_tree_params params = {0};
    struct view view;
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct span span = {0, text_size(view.text)};
    if (params.has_range && !view_span(request, &view, params.range, &span)) {
        return RPC_INVALID_PARAMS;
    }
    json_open_object(request->result);
    json_member_string(request->result, "text", inspect_syntax(&view.context, span));
    json_close_object(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_document_text(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    json_open_object(request->result);
    json_member_string(request->result, "text", text_str(view.text));
    json_member_number(request->result, "version", view.version);
    json_member_string(request->result, "hash",
                       arena_printf(request->arena, "%016llx", (unsigned long long)text_hash(view.text)));
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
