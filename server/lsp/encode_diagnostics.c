/* encode_diagnostics: diagnostics with related places, tags and fixes. */
#include "server/lsp/encode.h"

static void encode_related(struct encoder *encoder, const struct diagnostic_related *related, struct str path,
                           const struct text *text) {
    if (related->message.size == 0 || !encoder->client->related_information) {
        return;
    }
    struct text *other = NULL;
    if (related->path.size > 0 && !str_equal(related->path, path)) {
        other = encoder->host->text(encoder->host->context, related->path, 0);
        if (other == NULL) {
            return;
        }
        path = related->path;
    }
    struct json_writer *json = encoder->json;
    json_key(json, "relatedInformation");
    json_open_array(json);
    json_open_object(json);
    json_key(json, "location");
    json_open_object(json);
    json_member_string(json, "uri", encoder->host->uri(encoder->host->context, encoder->arena, path));
    encode_span(encoder, "range", other != NULL ? other : text, related->span);
    json_close_object(json);
    json_member_string(json, "message", related->message);
    json_close_object(json);
    json_close_array(json);
    text_unref(other);
}

static void encode_tags(struct json_writer *json, unsigned tags) {
    if (tags == 0) {
        return;
    }
    json_key(json, "tags");
    json_open_array(json);
    for (int tag = DIAGNOSTIC_TAG_UNNECESSARY; tag <= DIAGNOSTIC_TAG_DEPRECATED; tag++) {
        if (tags & 1u << tag) {
            json_number(json, tag);
        }
    }
    json_close_array(json);
}

static void encode_fix(struct encoder *encoder, const struct diagnostic_fix *fix, const struct text *text) {
    if (fix->title.size == 0) {
        return;
    }
    json_key(encoder->json, "data");
    json_open_object(encoder->json);
    json_key(encoder->json, "fix");
    json_open_object(encoder->json);
    json_member_string(encoder->json, "title", fix->title);
    encode_span(encoder, "range", text, fix->span);
    json_member_string(encoder->json, "newText", fix->replacement);
    json_close_object(encoder->json);
    json_close_object(encoder->json);
}

void encode_diagnostic(struct encoder *encoder, const struct diagnostic *diagnostic, struct str path,
                              const struct text *text) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    encode_span(encoder, "range", text, diagnostic->span);
    json_member_number(json, "severity", diagnostic->severity);
    json_member_string(json, "code", diagnostic_code_name(diagnostic->code));
    json_member_string(json, "source", STR("tova"));
    json_member_string(json, "message", diagnostic->message);
    encode_tags(json, diagnostic->tags);
    encode_related(encoder, &diagnostic->related, path, text);
    encode_fix(encoder, &diagnostic->fix, text);
    json_close_object(json);
}

void encode_diagnostics(struct encoder *encoder, struct str path, int64_t version, const struct text *text,
                        const struct diagnostic_list *diagnostics) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    json_member_string(json, "uri", encoder->host->uri(encoder->host->context, encoder->arena, path));
    if (text != NULL) {
        json_member_number(json, "version", version);
    }
    json_key(json, "diagnostics");
    json_open_array(json);
    for (unsigned i = 0; text != NULL && i < diagnostics->list.count; i++) {
        encode_diagnostic(encoder, &diagnostics->list.items[i], path, text);
    }
    json_close_array(json);
    json_close_object(json);
}
