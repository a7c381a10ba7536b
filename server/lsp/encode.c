/* encode: locations, hover, completion, symbols, preview. */
#include "server/lsp/encode.h"

struct encoder encoder_of(struct dispatch *dispatch, struct json_writer *json) {
    return (struct encoder){.json = json,
                            .arena = &dispatch->arena,
                            .host = dispatch->host,
                            .client = &dispatch->client,
                            .encoding = dispatch->encoding};
}

/* ---- places */

bool encode_locate(struct encoder *encoder, const struct place_list *places, struct location_list *locations) {
    bool fresh = true;
    struct text *text = NULL; /* of the file that the last place was in; places come in order of path */
    struct str path = {0}, uri = {0};
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct place *place = &places->list.items[i];
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
        vec_push(encoder->arena, &locations->list,
                 (struct location){.uri = uri, .range = range_of(text, place->span, encoder->encoding)});
    }
    text_unref(text);
    return fresh;
}

static void encode_position(struct json_writer *json, const char *key, struct position position) {
    json_key(json, key);
    json_open_object(json);
    json_member_number(json, "line", position.line);
    json_member_number(json, "character", position.column);
    json_close_object(json);
}

void encode_range(struct encoder *encoder, const char *key, struct range range) {
    json_key(encoder->json, key);
    json_open_object(encoder->json);
    encode_position(encoder->json, "start", range.start);
    encode_position(encoder->json, "end", range.end);
    json_close_object(encoder->json);
}

static void encode_span(struct encoder *encoder, const char *key, const struct text *text, struct span span) {
    encode_range(encoder, key, range_of(text, span, encoder->encoding));
}

void encode_locations(struct encoder *encoder, const struct location_list *locations) {
    json_open_array(encoder->json);
    for (unsigned i = 0; i < locations->list.count; i++) {
        json_open_object(encoder->json);
        json_member_string(encoder->json, "uri", locations->list.items[i].uri);
        encode_range(encoder, "range", locations->list.items[i].range);
        json_close_object(encoder->json);
    }
    json_close_array(encoder->json);
}

/* ---- hover and completion */

static void encode_markdown(struct json_writer *json, const char *key, struct str text) {
    json_key(json, key);
    json_open_object(json);
    json_member_string(json, "kind", STR("markdown"));
    json_member_string(json, "value", text);
    json_close_object(json);
}

void encode_hover(struct encoder *encoder, const struct hover *hover, const struct text *text) {
    if (hover->markdown.size == 0) {
        json_null(encoder->json);
        return;
    }
    json_open_object(encoder->json);
    encode_markdown(encoder->json, "contents", hover->markdown);
    encode_span(encoder, "range", text, hover->span);
    json_close_object(encoder->json);
}

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

static struct str range_text(struct encoder *encoder, struct range range) {
    return arena_printf(
        encoder->arena, "{\"start\":{\"line\":%u,\"character\":%u},\"end\":{\"line\":%u,\"character\":%u}}",
        (unsigned)range.start.line, (unsigned)range.start.column, (unsigned)range.end.line, (unsigned)range.end.column);
}

void encode_completions(struct encoder *encoder, const struct completion_list *items, const struct text *text) {
    struct str place = range_text(encoder, range_of(text, items->replace, encoder->encoding));
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

/* ---- symbols */

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

void encode_symbols(struct encoder *encoder, const struct document_symbol_list *symbols, const struct text *text,
                    struct str uri) {
    json_open_array(encoder->json);
    if (encoder->client->hierarchical_symbols) {
        encode_nested_symbols(encoder, symbols, text);
    } else {
        encode_flat_symbols(encoder, symbols, text, uri);
    }
    json_close_array(encoder->json);
}

/* ---- preview */

static void encode_output(struct json_writer *json, const struct preview_output *output) {
    json_member_string(json, "name", output->name);
    json_member_string(json, "label", output->label);
    json_member_bool(json, "broken", output->broken);
}

void encode_preview(struct encoder *encoder, const struct preview *preview, int64_t version) {
    struct json_writer *json = encoder->json;
    json_open_object(json);
    json_key(json, "output");
    json_open_object(json);
    encode_output(json, &preview->outputs.items[preview->chosen]);
    json_close_object(json);
    json_key(json, "outputs");
    json_open_array(json);
    for (unsigned i = 0; i < preview->outputs.count; i++) {
        json_open_object(json);
        encode_output(json, &preview->outputs.items[i]);
        json_close_object(json);
    }
    json_close_array(json);
    json_member_string(json, "text", preview->text);
    json_member_string(json, "languageId", STR("javascript"));
    json_member_number(json, "version", version);
    json_close_object(json);
}
