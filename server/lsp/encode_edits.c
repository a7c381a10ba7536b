/* encode_edits: changes of sources as a WorkspaceEdit. */
#include "server/lsp/encode.h"

/* The edits of one file: from `first` up to the return value. */
static unsigned end_of_file(const struct edit_list *edits, unsigned first) {
    unsigned end = first;
    while (end < edits->list.count &&
           str_equal(edits->list.items[end].place.path, edits->list.items[first].place.path)) {
        end++;
    }
    return end;
}

static void encode_file_edits(struct encoder *encoder, const struct edit_list *edits, unsigned first, unsigned end,
                              const struct text *text, bool warned) {
    json_open_array(encoder->json);
    for (unsigned i = first; i < end; i++) {
        json_open_object(encoder->json);
        encode_span(encoder, "range", text, edits->list.items[i].place.span);
        json_member_string(encoder->json, "newText", edits->list.items[i].replacement);
        if (warned) {
            json_member_string(encoder->json, "annotationId", STR(ANNOTATION_ID));
        }
        json_close_object(encoder->json);
    }
    json_close_array(encoder->json);
}

/* The opening of a TextDocumentEdit, up to its edits. */
static void open_document_edit(struct encoder *encoder, struct str path, struct str uri) {
    struct json_writer *json = encoder->json;
    int64_t version = 0;
    json_open_object(json);
    json_key(json, "textDocument");
    json_open_object(json);
    json_member_string(json, "uri", uri);
    if (encoder->host->version(encoder->host->context, path, &version)) {
        json_member_number(json, "version", version);
    } else {
        json_key(json, "version");
        json_null(json);
    }
    json_close_object(json);
    json_key(json, "edits");
}

bool encode_edits_are_there(struct encoder *encoder, const struct edit_list *edits) {
    bool all = true;
    for (unsigned i = 0; i < edits->list.count && !stop_asked(&encoder->stop); i = end_of_file(edits, i)) {
        const struct place *place = &edits->list.items[i].place;
        struct text *text = encoder->host->text(encoder->host->context, place->path, place->hash);
        all = all && text != NULL;
        text_unref(text);
    }
    return all && !stop_asked(&encoder->stop);
}

static void encode_annotation(struct json_writer *json, const char *label, struct str warning) {
    json_key(json, "changeAnnotations");
    json_open_object(json);
    json_key(json, ANNOTATION_ID);
    json_open_object(json);
    json_member_string(json, "label", str_from_c(label));
    json_member_bool(json, "needsConfirmation", true);
    json_member_string(json, "description", warning);
    json_close_object(json);
    json_close_object(json);
}

bool encode_edits(struct encoder *encoder, const struct edit_list *edits) {
    return encode_edits_warned(encoder, edits, "", (struct str){0});
}

bool encode_edits_warned(struct encoder *encoder, const struct edit_list *edits, const char *label, struct str warning) {
    struct json_writer *json = encoder->json;
    bool documents = encoder->client->document_changes;
    bool warned = warning.size > 0 && documents && encoder->client->change_annotations;
    if (!encode_edits_are_there(encoder, edits)) {
        return false;
    }
    json_open_object(json);
    json_key(json, documents ? "documentChanges" : "changes");
    documents ? json_open_array(json) : json_open_object(json);
    for (unsigned i = 0, end = 0; i < edits->list.count && !stop_asked(&encoder->stop); i = end) {
        const struct place *place = &edits->list.items[i].place;
        struct text *text = encoder->host->text(encoder->host->context, place->path, place->hash);
        struct str uri = encoder->host->uri(encoder->host->context, encoder->arena, place->path);
        end = end_of_file(edits, i);
        if (documents) {
            open_document_edit(encoder, place->path, uri);
        } else {
            json_key_text(json, uri);
        }
        encode_file_edits(encoder, edits, i, end, text, warned);
        if (documents) {
            json_close_object(json);
        }
        text_unref(text);
    }
    documents ? json_close_array(json) : json_close_object(json);
    if (warned) {
        encode_annotation(json, label, warning);
    }
    json_close_object(json);
    return true;
}
