/* textDocument/completion. */
#include "server/features/completion.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_label_details(struct encoder *encoder, const struct completion_item *item) {
    if (!encoder->client->label_details || (item->parameters.size == 0 && item->home.size == 0)) {
        return;
    }
    json_key(encoder->json, "labelDetails");
    json_open_object(encoder->json);
    if (item->parameters.size > 0) {
        json_member_string(encoder->json, "detail", item->parameters);
    }
    if (item->home.size > 0) {
        json_member_string(encoder->json, "description", item->home);
    }
    json_close_object(encoder->json);
}

/* `place` is the JSON of the range that is replaced, the same for all items. */
static void encode_completion(struct encoder *encoder, const struct completion_item *item, struct str place) {
    struct json_writer *json = encoder->json;
    struct str detail = item->detail;
    if (item->home.size > 0 && !encoder->client->label_details) {
        detail = arena_printf(encoder->arena, "%.*s · %.*s", STR_ARGUMENTS(detail), STR_ARGUMENTS(item->home));
    }
    json_open_object(json);
    json_member_string(json, "label", item->label);
    json_member_number(json, "kind", item->kind);
    encode_label_details(encoder, item);
    if (detail.size > 0) {
        json_member_string(json, "detail", detail);
    }
    if (item->documentation.size > 0) {
        encode_markdown(json, "documentation", item->documentation);
    }
    json_member_string(json, "sortText", arena_concat(encoder->arena, (struct str){&item->group, 1}, item->label));
    json_member_number(json, "insertTextFormat", item->is_snippet ? 2 : 1);
    json_member_string(json, "insertText", item->insert);
    json_key(json, "textEdit");
    json_open_object(json);
    json_key(json, "range");
    json_raw(json, place);
    json_member_string(json, "newText", item->insert);
    json_close_object(json);
    json_close_object(json);
}

static void encode_completions(struct encoder *encoder, const struct completion_list *items, const struct text *text) {
    struct str place = encode_range_text(encoder, range_of(text, items->replace, encoder->encoding));
    json_open_object(encoder->json);
    json_member_bool(encoder->json, "isIncomplete", false);
    json_key(encoder->json, "items");
    json_open_array(encoder->json);
    for (unsigned i = 0; i < items->list.count; i++) {
        encode_completion(encoder, &items->list.items[i], place);
    }
    json_close_array(encoder->json);
    json_close_object(encoder->json);
}

enum rpc_error method_completion(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error == RPC_NO_ERROR) {
        struct completion_list items = completions_at(&view.context, offset);
        encode_completions(&view.encoder, &items, view.text);
    }
    return error;
}
