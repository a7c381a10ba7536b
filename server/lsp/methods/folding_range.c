/* textDocument/foldingRange: whole lines for a client that folds nothing else. */
#include "server/features/folding.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_kind(struct json_writer *json, enum fold_kind kind) {
    static const struct str names[] = {
        [FOLD_CODE] = {NULL, 0},
        [FOLD_COMMENT] = STR_INIT("comment"),
        [FOLD_IMPORTS] = STR_INIT("imports"),
        [FOLD_REGION] = STR_INIT("region"),
    };
    if (names[kind].size > 0) {
        json_member_string(json, "kind", names[kind]);
    }
}

static void encode_lines(struct json_writer *json, uint32_t first, uint32_t last, enum fold_kind kind) {
    json_open_object(json);
    json_member_number(json, "startLine", first);
    json_member_number(json, "endLine", last);
    encode_kind(json, kind);
    json_close_object(json);
}

static void encode_fold(struct json_writer *json, struct range range, enum fold_kind kind) {
    json_open_object(json);
    json_member_number(json, "startLine", range.start.line);
    json_member_number(json, "startCharacter", range.start.column);
    json_member_number(json, "endLine", range.end.line);
    json_member_number(json, "endCharacter", range.end.column);
    encode_kind(json, kind);
    json_close_object(json);
}

/* One a line: of several that begin on it, the first is the largest. */
static void encode_line_folds(struct encoder *encoder, const struct text *text, const struct fold_list *found,
                              uint32_t limit) {
    uint32_t next = 0;
    uint32_t count = 0;
    for (unsigned i = 0; i < found->list.count && count < limit; i++) {
        uint32_t first;
        uint32_t last;
        if (fold_lines(text, &found->list.items[i], &first, &last) && first >= next) {
            encode_lines(encoder->json, first, last, found->list.items[i].kind);
            next = first + 1;
            count++;
        }
    }
}

static void encode_folds(struct encoder *encoder, const struct text *text, const struct fold_list *found) {
    uint32_t limit = encoder->client->folding_limit == 0 ? UINT32_MAX : encoder->client->folding_limit;
    json_open_array(encoder->json);
    if (encoder->client->line_folding_only) {
        encode_line_folds(encoder, text, found, limit);
    } else {
        for (unsigned i = 0; i < found->list.count && i < limit; i++) {
            const struct fold *fold = &found->list.items[i];
            encode_fold(encoder->json, range_of(text, fold->span, encoder->encoding), fold->kind);
        }
    }
    json_close_array(encoder->json);
}

enum rpc_error method_folding_range(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error == RPC_NO_ERROR) {
        struct fold_list found = folds(&view.context);
        encode_folds(&view.encoder, view.text, &found);
    }
    return error;
}
