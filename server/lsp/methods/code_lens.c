/* textDocument/codeLens and codeLens/resolve. Callers are counted when a lens is about to be shown; what is clicked is a command
 * of the client where it has told that it knows it, else the lens says what it has to say and does nothing. */
#include "server/features/code_lens.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

static void encode_title(struct json_writer *json, struct str title) {
    json_key(json, "command");
    json_open_object(json);
    json_member_string(json, "title", title);
    json_member_string(json, "command", STR(""));
    json_close_object(json);
}

/* The arguments are the document and the name of the test, or null for one without a name. */
static void encode_run(struct encoder *encoder, const struct code_lens *lens, struct str uri) {
    struct json_writer *json = encoder->json;
    json_key(json, "command");
    json_open_object(json);
    json_member_string(json, "title", lens->title);
    json_member_string(json, "command", STR("tova.runTest"));
    json_key(json, "arguments");
    json_open_array(json);
    json_string(json, uri);
    if (lens->name.size > 0) {
        json_string(json, lens->name);
    } else {
        json_null(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void encode_lens(struct encoder *encoder, const struct code_lens *lens, const struct text *text, struct str uri) {
    struct json_writer *json = encoder->json;
    bool runs = (encoder->client->commands & CLIENT_RUNS_TESTS) != 0;
    if (lens->kind == CODE_LENS_TEST && !runs) {
        return;
    }
    json_open_object(json);
    encode_span(encoder, "range", text, lens->span);
    switch (lens->kind) {
    case CODE_LENS_CALLERS:
        json_key(json, "data");
        json_open_object(json);
        json_member_string(json, "uri", uri);
        json_close_object(json);
        break;
    case CODE_LENS_SERVER:
        encode_title(json, lens->title);
        break;
    case CODE_LENS_TEST:
        encode_run(encoder, lens, uri);
        break;
    }
    json_close_object(json);
}

enum rpc_error method_code_lens(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct code_lens_list lenses = code_lenses(&view.context);
    request->dispatch->shown |= SHOWN_LENSES;
    json_open_array(request->result);
    for (unsigned i = 0; i < lenses.list.count; i++) {
        encode_lens(&view.encoder, &lenses.list.items[i], view.text, params.uri);
    }
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

/* ---- resolve */

static void encode_place(struct json_writer *json, struct position position) {
    json_open_object(json);
    json_member_number(json, "line", position.line);
    json_member_number(json, "character", position.column);
    json_close_object(json);
}

static void encode_callers(struct encoder *encoder, const struct callers *callers, const struct location_list *locations,
                           struct str uri, struct position position) {
    struct json_writer *json = encoder->json;
    if (locations->list.count == 0 || (encoder->client->commands & CLIENT_SHOWS_REFERENCES) == 0) {
        encode_title(json, callers->title);
        return;
    }
    json_key(json, "command");
    json_open_object(json);
    json_member_string(json, "title", callers->title);
    json_member_string(json, "command", STR("tova.showReferences"));
    json_key(json, "arguments");
    json_open_array(json);
    json_string(json, uri);
    encode_place(json, position);
    encode_locations(encoder, locations);
    json_close_array(json);
    json_close_object(json);
}

struct lens_params {
    struct str uri;
    struct range range;
};

/* A lens of a text that has changed may stand where no function is any more: it says nothing until the client asks again. */
enum rpc_error method_code_lens_resolve(struct request *request) {
    static const struct decode_field rows[] = {
        {"data.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct lens_params, uri), NULL},
        {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct lens_params, range), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct lens_params, rows);
    struct lens_params params = {0};
    struct view view;
    struct callers callers = {0};
    struct location_list locations = {0};
    uint32_t offset = 0;
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    for (int attempt = 0; attempt < 2; attempt++) {
        enum rpc_error error = view_open(request, params.uri, &view);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        locations = (struct location_list){0};
        callers = (struct callers){0};
        bool found = position_offset(view.text, params.range.start, view.encoder.encoding, &offset) &&
                     code_lens_callers(&view.context, offset, &callers);
        if (!found || encode_locate(&view.encoder, &callers.places, &locations)) {
            break;
        }
    }
    json_open_object(request->result);
    encode_range(&view.encoder, "range", params.range);
    encode_callers(&view.encoder, &callers, &locations, params.uri, params.range.start);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
