/* encode: places, ranges, Markdown. */
#include "server/lsp/encode.h"

struct encoder encoder_of(struct dispatch *dispatch, struct json_writer *json) {
    return (struct encoder){.json = json,
                            .arena = dispatch->running != NULL ? &dispatch->running->waiting->arena : &dispatch->arena,
                            .host = dispatch->host,
                            .client = &dispatch->client,
                            .encoding = dispatch->encoding,
                            .stop = dispatch_stopping(dispatch)};
}

/* ---- places */

bool encode_locate(struct encoder *encoder, const struct place_list *places, struct location_list *locations) {
    bool fresh = true;
    struct text *text = NULL; /* of the file that the last place was in; places come in order of path */
    struct str path = {0}, uri = {0};
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct place *place = &places->list.items[i];
        if (stop_asked(&encoder->stop)) {
            fresh = false;
            break;
        }
        if (i == 0 || !str_equal(path, place->path)) {
            text_unref(text);
            path = place->path;
            text = encoder->host->text(encoder->host->context, path, place->hash);
            uri = encoder->host->uri(encoder->host->context, encoder->arena, path);
        }
        if (text == NULL) {
            fresh = false;
            continue;
        }
        struct span whole = span_size(place->whole) > 0 ? place->whole : place->span;
        vec_push(encoder->arena, &locations->list,
                 (struct location){.uri = uri,
                                   .range = range_of(text, place->span, encoder->encoding),
                                   .whole = range_of(text, whole, encoder->encoding)});
    }
    text_unref(text);
    return fresh;
}

void encode_position(struct json_writer *json, const char *key, struct position position) {
    json_key(json, key);
    json_open_object(json);
    json_member_number(json, "line", position.line);
    json_member_number(json, "character", position.column);
    json_close_object(json);
}

static void add_place(struct strbuf *out, struct position position) {
    strbuf_add_uint(out, position.line);
    strbuf_add(out, STR(",\"character\":"));
    strbuf_add_uint(out, position.column);
}

/* A range without its first bracket, in few pieces: answers have thousands of them. */
static void add_range(struct strbuf *out, struct range range) {
    strbuf_add(out, STR("\"start\":{\"line\":"));
    add_place(out, range.start);
    strbuf_add(out, STR("},\"end\":{\"line\":"));
    add_place(out, range.end);
    strbuf_add(out, STR("}}"));
}

void encode_range(struct encoder *encoder, const char *key, struct range range) {
    json_key(encoder->json, key);
    json_raw(encoder->json, STR("{"));
    add_range(encoder->json->out, range);
}

void encode_span(struct encoder *encoder, const char *key, const struct text *text, struct span span) {
    encode_range(encoder, key, range_of(text, span, encoder->encoding));
}

void encode_locations(struct encoder *encoder, const struct location_list *locations) {
    json_open_array(encoder->json);
    for (unsigned i = 0; i < locations->list.count && !stop_asked(&encoder->stop); i++) {
        json_open_object(encoder->json);
        json_member_string(encoder->json, "uri", locations->list.items[i].uri);
        encode_range(encoder, "range", locations->list.items[i].range);
        json_close_object(encoder->json);
    }
    json_close_array(encoder->json);
}

void encode_links(struct encoder *encoder, const struct location_list *locations, struct range origin) {
    json_open_array(encoder->json);
    for (unsigned i = 0; i < locations->list.count; i++) {
        const struct location *location = &locations->list.items[i];
        json_open_object(encoder->json);
        encode_range(encoder, "originSelectionRange", origin);
        json_member_string(encoder->json, "targetUri", location->uri);
        encode_range(encoder, "targetRange", location->whole);
        encode_range(encoder, "targetSelectionRange", location->range);
        json_close_object(encoder->json);
    }
    json_close_array(encoder->json);
}

void encode_markdown(struct json_writer *json, const char *key, struct str text) {
    json_key(json, key);
    json_open_object(json);
    json_member_string(json, "kind", STR("markdown"));
    json_member_string(json, "value", text);
    json_close_object(json);
}

struct str encode_range_text(struct encoder *encoder, struct range range) {
    enum { RANGE_BYTES = 256 };
    struct strbuf text;
    strbuf_init(&text, RANGE_BYTES);
    strbuf_add_byte(&text, '{');
    add_range(&text, range);
    struct str result = arena_str(encoder->arena, strbuf_str(&text));
    strbuf_finish(&text);
    return result;
}
