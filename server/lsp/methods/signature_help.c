/* textDocument/signatureHelp. */
#include "server/features/signature_help.h"

#include "parser/base/utf.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

/* How many units of the encoding the first `size` bytes are. */
static uint32_t units(struct str text, uint32_t size, enum position_encoding encoding) {
    uint32_t count = 0;
    for (size_t at = 0, next = 0; at < size && at < text.size; at = next) {
        uint32_t point = utf_decode(text, at, &next);
        count += encoding == POSITION_UTF8                      ? (uint32_t)(next - at)
                 : encoding == POSITION_UTF16 && point > 0xffff ? 2
                                                                : 1;
    }
    return count;
}

static void encode_parameters(struct encoder *encoder, const struct signature_help *help) {
    struct json_writer *json = encoder->json;
    json_key(json, "parameters");
    json_open_array(json);
    for (unsigned i = 0; i < help->parameters.count; i++) {
        struct span span = help->parameters.items[i];
        json_open_object(json);
        if (encoder->client->label_offsets) {
            json_key(json, "label");
            json_open_array(json);
            json_number(json, units(help->label, span.start, encoder->encoding));
            json_number(json, units(help->label, span.end, encoder->encoding));
            json_close_array(json);
        } else {
            json_member_string(json, "label", str_slice(help->label, span.start, span.end));
        }
        json_close_object(json);
    }
    json_close_array(json);
}

/* A number that no parameter has stands for none, but for clients that know a word for it. */
static void encode_active(struct encoder *encoder, const struct signature_help *help) {
    if (help->active >= help->parameters.count && encoder->client->no_active_parameter) {
        json_key(encoder->json, "activeParameter");
        json_null(encoder->json);
    } else {
        json_member_number(encoder->json, "activeParameter", help->active);
    }
}

static void encode_help(struct encoder *encoder, const struct signature_help *help) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    json_key(json, "signatures");
    json_open_array(json);
    json_open_object(json);
    json_member_string(json, "label", help->label);
    if (help->documentation.size > 0) {
        encode_markdown(json, "documentation", help->documentation);
    }
    encode_parameters(encoder, help);
    if (encoder->client->active_parameter) {
        encode_active(encoder, help);
    }
    json_close_object(json);
    json_close_array(json);
    json_member_number(json, "activeSignature", 0);
    encode_active(encoder, help);
    json_close_object(json);
}

enum rpc_error method_signature_help(struct request *request) {
    struct place_params params = {0};
    struct view view;
    uint32_t offset = 0;
    enum rpc_error error = view_open_place(request, &params, &view, &offset);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct signature_help help = signature_help_at(&view.context, offset);
    if (help.label.size > 0) {
        encode_help(&view.encoder, &help);
    } else {
        json_null(request->result);
    }
    return RPC_NO_ERROR;
}
