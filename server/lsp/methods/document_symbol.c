/* textDocument/documentSymbol: nested when the client can show that, else a flat list of SymbolInformation. */
#include "server/features/document_symbol.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_nested_symbols(struct encoder *encoder, const struct document_symbol_list *symbols,
                                  const struct text *text) {
    struct json_writer *json = encoder->json;
    unsigned open = 0; /* symbols whose children are being written */
    for (unsigned i = 0; i < symbols->list.count; i++) {
        const struct document_symbol *symbol = &symbols->list.items[i];
        for (; open > symbol->depth; open--) {
            json_close_array(json);
            json_close_object(json);
        }
        json_open_object(json);
        json_member_string(json, "name", symbol->name);
        if (symbol->detail.size > 0) {
            json_member_string(json, "detail", symbol->detail);
        }
        json_member_number(json, "kind", symbol->kind);
        encode_span(encoder, "range", text, symbol->span);
        encode_span(encoder, "selectionRange", text, symbol->selection);
        json_key(json, "children");
        json_open_array(json);
        open++;
    }
    for (; open > 0; open--) {
        json_close_array(json);
        json_close_object(json);
    }
}

static void encode_flat_symbols(struct encoder *encoder, const struct document_symbol_list *symbols,
                                const struct text *text, struct str uri) {
    struct json_writer *json = encoder->json;
    for (unsigned i = 0; i < symbols->list.count; i++) {
        const struct document_symbol *symbol = &symbols->list.items[i];
        json_open_object(json);
        json_member_string(json, "name", symbol->name);
        json_member_number(json, "kind", symbol->kind);
        json_key(json, "location");
        json_open_object(json);
        json_member_string(json, "uri", uri);
        encode_span(encoder, "range", text, symbol->span);
        json_close_object(json);
        json_close_object(json);
    }
}

static void encode_symbols(struct encoder *encoder, const struct document_symbol_list *symbols, const struct text *text,
                    struct str uri) {
    json_open_array(encoder->json);
    if (encoder->client->hierarchical_symbols) {
        encode_nested_symbols(encoder, symbols, text);
    } else {
        encode_flat_symbols(encoder, symbols, text, uri);
    }
    json_close_array(encoder->json);
}

enum rpc_error method_document_symbol(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error == RPC_NO_ERROR) {
        struct document_symbol_list symbols = document_symbols(&view.context);
        encode_symbols(&view.encoder, &symbols, view.text, params.uri);
    }
    return error;
}
