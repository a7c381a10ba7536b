/* textDocument/completion. */
#include "server/features/completion.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

enum { COMPLETION_DEPRECATED = 1, KIND_MODULE = 9, FORMAT_PLAIN = 1, FORMAT_SNIPPET = 2 };

/* What the items of one list share. */
struct listing {
    struct encoder *encoder;
    const struct view *view;
    struct str uri;
    struct str insert, replace; /* JSON of the ranges: up to the place, and up to the end of the name */
    int format;                 /* insertTextFormat of those that say none; 0: each says its own */
};

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

/* Where a member follows the name often, its dot takes the item. */
static void encode_commit_characters(struct encoder *encoder, const struct completion_item *item) {
    if (encoder->client->commit_characters && item->kind == KIND_MODULE && !item->is_snippet) {
        json_key(encoder->json, "commitCharacters");
        json_raw(encoder->json, STR("[\".\"]"));
    }
}

/* Both ranges, as members of the object that is open. */
static void encode_both_ranges(const struct listing *listing) {
    struct json_writer *json = listing->encoder->json;
    json_key(json, "insert");
    json_raw(json, listing->insert);
    json_key(json, "replace");
    json_raw(json, listing->replace);
}

static void encode_text_edit(const struct listing *listing, const struct completion_item *item) {
    struct json_writer *json = listing->encoder->json;
    if (listing->encoder->client->default_range) {
        if (!str_equal(item->insert, item->label)) {
            json_member_string(json, "textEditText", item->insert);
        }
        return;
    }
    json_key(json, "textEdit");
    json_open_object(json);
    if (listing->encoder->client->insert_replace) {
        encode_both_ranges(listing);
    } else {
        json_key(json, "range");
        json_raw(json, listing->insert);
    }
    json_member_string(json, "newText", item->insert);
    json_close_object(json);
}

static void encode_additional_edits(const struct listing *listing, const struct completion_item *item) {
    struct json_writer *json = listing->encoder->json;
    if (item->edits.list.count == 0) {
        return;
    }
    json_key(json, "additionalTextEdits");
    json_open_array(json);
    for (unsigned i = 0; i < item->edits.list.count; i++) {
        json_open_object(json);
        encode_span(listing->encoder, "range", listing->view->text, item->edits.list.items[i].place.span);
        json_member_string(json, "newText", item->edits.list.items[i].replacement);
        json_close_object(json);
    }
    json_close_array(json);
}

/* What completionItem/resolve needs to know: the subject. What is left out is nothing, or the document's own. */
static void encode_data(const struct listing *listing, const struct completion_subject *subject) {
    struct json_writer *json = listing->encoder->json;
    struct str block = atom_text(listing->view->context.file->atoms, subject->block.name);
    json_key(json, "data");
    json_open_object(json);
    json_member_string(json, "uri", listing->uri);
    json_member_number(json, "kind", subject->kind);
    json_member_string(json, "name", subject->name);
    if (subject->owner.size > 0 && !str_equal(subject->owner, listing->view->path)) {
        json_member_string(json, "owner", subject->owner);
    }
    if (subject->block.kind != BLOCK_MODULE) {
        json_member_number(json, "block", subject->block.kind);
    }
    if (block.size > 0) {
        json_member_string(json, "blockName", block);
    }
    if (subject->number > 0) {
        json_member_number(json, "number", subject->number);
    }
    json_close_object(json);
}

static void encode_documentation(const struct listing *listing, const struct completion_item *item) {
    const struct completion_subject *subject = &item->subject;
    if (listing->encoder->client->resolves_documentation && subject->kind != SUBJECT_NONE) {
        encode_data(listing, subject);
        return;
    }
    struct str documentation = completion_documentation(&listing->view->context, subject);
    if (documentation.size > 0) {
        encode_markdown(listing->encoder->json, "documentation", documentation);
    }
}

static int format_of(const struct completion_item *item) { return item->is_snippet ? FORMAT_SNIPPET : FORMAT_PLAIN; }

static void encode_completion(const struct listing *listing, const struct completion_item *item) {
    struct encoder *encoder = listing->encoder;
    struct json_writer *json = encoder->json;
    struct str detail = item->detail;
    if (item->home.size > 0 && !encoder->client->label_details) {
        detail = arena_concat(encoder->arena, arena_concat(encoder->arena, detail, STR(" · ")), item->home);
    }
    json_open_object(json);
    json_member_string(json, "label", item->label);
    json_member_number(json, "kind", item->kind);
    encode_label_details(encoder, item);
    if (detail.size > 0) {
        json_member_string(json, "detail", detail);
    }
    if (item->deprecated && encoder->client->deprecated_tags) {
        json_key(json, "tags");
        json_open_array(json);
        json_number(json, COMPLETION_DEPRECATED);
        json_close_array(json);
    }
    encode_documentation(listing, item);
    json_member_string(json, "sortText", completion_rank(encoder->arena, item));
    if (item->filter.size > 0) {
        json_member_string(json, "filterText", item->filter);
    }
    if (item->best && encoder->client->preselect) {
        json_member_bool(json, "preselect", true);
    }
    if (format_of(item) != listing->format) {
        json_member_number(json, "insertTextFormat", format_of(item));
    }
    encode_text_edit(listing, item);
    encode_additional_edits(listing, item);
    encode_commit_characters(encoder, item);
    json_close_object(json);
}

/* The insertTextFormat that most items have. */
static int usual_format(const struct completion_list *items) {
    unsigned snippets = 0;
    for (unsigned i = 0; i < items->list.count; i++) {
        snippets += items->list.items[i].is_snippet;
    }
    return 2 * snippets > items->list.count ? FORMAT_SNIPPET : FORMAT_PLAIN;
}

/* What all items share, for clients that read it there. */
static void encode_defaults(const struct listing *listing) {
    struct json_writer *json = listing->encoder->json;
    const struct initialize_params *client = listing->encoder->client;
    if (!client->default_range && listing->format == 0) {
        return;
    }
    json_key(json, "itemDefaults");
    json_open_object(json);
    if (client->default_range && client->insert_replace) {
        json_key(json, "editRange");
        json_open_object(json);
        encode_both_ranges(listing);
        json_close_object(json);
    } else if (client->default_range) {
        json_key(json, "editRange");
        json_raw(json, listing->insert);
    }
    if (listing->format != 0) {
        json_member_number(json, "insertTextFormat", listing->format);
    }
    json_close_object(json);
}

static void encode_completions(struct view *view, struct str uri, const struct completion_list *items) {
    struct encoder *encoder = &view->encoder;
    struct span whole = {items->replace.start, items->replace_end};
    struct listing listing = {
        .encoder = encoder,
        .view = view,
        .uri = uri,
        .insert = encode_range_text(encoder, range_of(view->text, items->replace, encoder->encoding)),
        .replace = encode_range_text(encoder, range_of(view->text, whole, encoder->encoding)),
        .format = encoder->client->default_format ? usual_format(items) : 0,
    };
    json_open_object(encoder->json);
    json_member_bool(encoder->json, "isIncomplete", items->incomplete);
    encode_defaults(&listing);
    json_key(encoder->json, "items");
    json_open_array(encoder->json);
    for (unsigned i = 0; i < items->list.count; i++) {
        encode_completion(&listing, &items->list.items[i]);
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
        struct completion_list items = completions_at(&view.context, offset, params.trigger);
        encode_completions(&view, params.uri, &items);
    }
    return error;
}
