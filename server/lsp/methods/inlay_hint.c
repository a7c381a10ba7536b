/* textDocument/inlayHint and inlayHint/resolve. Where a hint leads and what it explains is looked up when somebody points at it:
 * it is what the name that it comes from means. */
#include "server/features/inlay_hint.h"

#include "server/features/definition.h"
#include "server/features/hover.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum { HINT_TYPE = 1, HINT_PARAMETER = 2 }; /* LSP 3.17 InlayHintKind */

/* `await` is of no kind. */
static void encode_kind(struct json_writer *json, enum inlay_kind kind) {
    if (kind != INLAY_AWAIT) {
        json_member_number(json, "kind", kind == INLAY_TYPE ? HINT_TYPE : HINT_PARAMETER);
    }
}

static void encode_hint(const struct view *view, struct json_writer *json, const struct inlay_hint *hint, struct str uri) {
    enum position_encoding encoding = view->encoder.encoding;
    json_open_object(json);
    encode_position(json, "position", position_of(view->text, hint->offset, encoding));
    json_member_string(json, "label", hint->label);
    encode_kind(json, hint->kind);
    if (hint->kind != INLAY_TYPE) {
        json_member_bool(json, "paddingRight", true);
    }
    json_key(json, "data");
    json_open_object(json);
    json_member_string(json, "uri", uri);
    json_member_number(json, "version", view->version);
    encode_position(json, "about", position_of(view->text, hint->about, encoding));
    json_close_object(json);
    json_close_object(json);
}

enum rpc_error method_inlay_hint(struct request *request) {
    struct range_params params = {0};
    struct view view;
    struct span within = {0, 0};
    enum rpc_error error = view_open_range(request, &params, &view, &within);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    request->dispatch->shown |= SHOWN_HINTS;
    const struct inlay_settings *settings = &request->dispatch->hints;
    const uint8_t *marks = settings->await ? request->host->marks(request->host->context, view.path, view.context.file->tree) : NULL;
    struct inlay_hint_list hints = inlay_hints(&view.context, within, settings, marks);
    json_open_array(request->result);
    for (unsigned i = 0; i < hints.list.count; i++) {
        encode_hint(&view, request->result, &hints.list.items[i], params.uri);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

/* ---- resolve */

struct hint_params {
    struct str uri, label;
    int64_t version;
    struct position position, about;
    uint32_t kind;
    bool padding;
};

static const struct decode_field hint_rows[] = {
    {"data.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct hint_params, uri), NULL},
    {"data.version", DECODE_INT, DECODE_REQUIRED, offsetof(struct hint_params, version), NULL},
    {"data.about.line", DECODE_UINT, DECODE_REQUIRED, offsetof(struct hint_params, about.line), NULL},
    {"data.about.character", DECODE_UINT, DECODE_REQUIRED, offsetof(struct hint_params, about.column), NULL},
    {"label", DECODE_STRING, DECODE_REQUIRED, offsetof(struct hint_params, label), NULL},
    {"position.line", DECODE_UINT, DECODE_REQUIRED, offsetof(struct hint_params, position.line), NULL},
    {"position.character", DECODE_UINT, DECODE_REQUIRED, offsetof(struct hint_params, position.column), NULL},
    {"kind", DECODE_UINT, 0, offsetof(struct hint_params, kind), NULL},
    {"paddingRight", DECODE_BOOL, 0, offsetof(struct hint_params, padding), NULL},
};
static const struct decode_table hint_table = DECODE_TABLE(struct hint_params, hint_rows);

static void encode_resolved(struct encoder *encoder, const struct hint_params *params, const struct hover *hover,
                            const struct location_list *locations) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    encode_position(json, "position", params->position);
    json_key(json, "label");
    json_open_array(json);
    json_open_object(json);
    json_member_string(json, "value", params->label);
    if (locations->list.count > 0) {
        json_key(json, "location");
        json_open_object(json);
        json_member_string(json, "uri", locations->list.items[0].uri);
        encode_range(encoder, "range", locations->list.items[0].range);
        json_close_object(json);
    }
    json_close_object(json);
    json_close_array(json);
    if (params->kind != 0) {
        json_member_number(json, "kind", params->kind);
    }
    if (params->padding) {
        json_member_bool(json, "paddingRight", true);
    }
    if (hover->markdown.size > 0) {
        encode_markdown(json, "tooltip", hover->markdown);
    }
    json_close_object(json);
}

/* A hint of an older text stays as it is: the client is about to ask for new ones. */
enum rpc_error method_inlay_hint_resolve(struct request *request) {
    struct hint_params params = {0};
    struct view view;
    struct hover hover = {0};
    struct location_list locations = {0};
    uint32_t offset = 0;
    if (!request_decode(request, &hint_table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (view.version == params.version && position_offset(view.text, params.about, view.encoder.encoding, &offset)) {
        bool type = params.kind == HINT_TYPE;
        struct span origin;
        struct place_list places =
            type ? type_definition_of(&view.context, offset, &origin) : definition_of(&view.context, offset, &origin);
        hover = hover_at(&view.context, offset);
        encode_locate(&view.encoder, &places, &locations);
    }
    encode_resolved(&view.encoder, &params, &hover, &locations);
    return RPC_NO_ERROR;
}
