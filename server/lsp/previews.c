/* previews: a list of what is looked at; each remembers the state of the workspace that it was made from. */
#include "server/lsp/previews.h"

#include "parser/base/limits.h"
#include "parser/base/xalloc.h"
#include "server/features/text_edits.h"
#include "server/lsp/encode.h"

#include <string.h>

enum {
    WATCHES_MOST = 64,
    LISTEN_NANOSECONDS = 1000 * 1000,
    PATIENCE_NANOSECONDS = 100 * 1000 * 1000, /* a text that is older than this is made even while messages wait */
};

struct preview_watch {
    struct preview_watch *next;
    int64_t id;            /* of a subscription; 0: an address that was read */
    struct str uri;        /* owned: that address */
    struct str path;       /* owned: of the source */
    struct str output;     /* owned: the name of the output */
    struct text *text;     /* as the client has it */
    struct strbuf outputs; /* the members that were sent with it */
    uint64_t revision;     /* of the host, when it was compared */
    bool stale;            /* the client has been told to read again */
};

/* ---- strings that a watch owns */

static struct str own(struct str text) {
    char *bytes = xmalloc(text.size + 1);
    memcpy(bytes, text.data, text.size);
    bytes[text.size] = '\0';
    return (struct str){bytes, text.size};
}

static void disown(struct str *text) {
    xfree((void *)(uintptr_t)text->data);
    *text = (struct str){0};
}

static void replace(struct str *text, struct str by) {
    if (!str_equal(*text, by)) {
        disown(text);
        *text = own(by);
    }
}

/* ---- the list */

static struct preview_watch *add(struct dispatch *dispatch, struct str path, struct str output, struct str text) {
    struct previews *previews = &dispatch->previews;
    if (previews->count == WATCHES_MOST) {
        return NULL;
    }
    struct preview_watch *watch = xcalloc(1, sizeof *watch);
    watch->path = own(path);
    watch->output = own(output);
    watch->text = text_create(text);
    watch->revision = dispatch->host->revision(dispatch->host->context);
    strbuf_init(&watch->outputs, LIMIT_MESSAGE_BYTES);
    watch->next = previews->first;
    previews->first = watch;
    previews->count++;
    return watch;
}

static void remove_at(struct previews *previews, struct preview_watch **link) {
    struct preview_watch *watch = *link;
    *link = watch->next;
    previews->count--;
    disown(&watch->uri);
    disown(&watch->path);
    disown(&watch->output);
    text_unref(watch->text);
    strbuf_finish(&watch->outputs);
    xfree(watch);
}

void previews_finish(struct previews *previews) {
    while (previews->first != NULL) {
        remove_at(previews, &previews->first);
    }
}

/* ---- what is written */

static void write_output(struct json_writer *json, const struct preview_output *output) {
    json_open_object(json);
    json_member_string(json, "name", output->name);
    json_member_string(json, "label", output->label);
    json_member_bool(json, "broken", output->broken);
    json_close_object(json);
}

void previews_write_outputs(struct json_writer *json, const struct preview *preview) {
    json_key(json, "output");
    write_output(json, &preview->outputs.items[preview->chosen]);
    json_key(json, "outputs");
    json_open_array(json);
    for (unsigned i = 0; i < preview->outputs.count; i++) {
        write_output(json, &preview->outputs.items[i]);
    }
    json_close_array(json);
}

/* Remembers what is told about all outputs; false when it was told before. */
static bool take_outputs(struct preview_watch *watch, const struct preview *preview) {
    struct strbuf outputs;
    struct json_writer json;
    strbuf_init(&outputs, LIMIT_MESSAGE_BYTES);
    json_init(&json, &outputs);
    json_open_object(&json);
    previews_write_outputs(&json, preview);
    json_close_object(&json);
    bool changed = !str_equal(strbuf_str(&outputs), strbuf_str(&watch->outputs));
    strbuf_finish(&watch->outputs);
    watch->outputs = outputs;
    return changed;
}

static void write_edits(struct dispatch *dispatch, struct json_writer *json, const struct preview_watch *watch,
                        const struct text_edits *edits) {
    struct encoder encoder = encoder_of(dispatch, json);
    json_key(json, "edits");
    json_open_array(json);
    for (unsigned i = 0; i < edits->list.count; i++) {
        json_open_object(json);
        encode_span(&encoder, "range", watch->text, edits->list.items[i].span);
        json_member_string(json, "newText", edits->list.items[i].text);
        json_close_object(json);
    }
    json_close_array(json);
}

/* ---- coming and going */

int64_t previews_subscribe(struct dispatch *dispatch, struct str path, const struct preview *preview) {
    struct preview_watch *watch =
        add(dispatch, path, preview->outputs.items[preview->chosen].name, preview->text);
    if (watch == NULL) {
        return 0;
    }
    take_outputs(watch, preview);
    return watch->id = ++dispatch->previews.last_id;
}

bool previews_unsubscribe(struct dispatch *dispatch, int64_t id) {
    for (struct preview_watch **link = &dispatch->previews.first; *link != NULL; link = &(*link)->next) {
        if ((*link)->id == id && id != 0) {
            remove_at(&dispatch->previews, link);
            return true;
        }
    }
    return false;
}

void previews_read(struct dispatch *dispatch, struct str uri, struct str path, struct str output, struct str text) {
    for (struct preview_watch **link = &dispatch->previews.first; *link != NULL; link = &(*link)->next) {
        if ((*link)->id == 0 && str_equal((*link)->uri, uri)) {
            remove_at(&dispatch->previews, link);
            break;
        }
    }
    struct preview_watch *watch = add(dispatch, path, output, text);
    if (watch != NULL) {
        watch->uri = own(uri);
    }
}

static void tell_closed(struct dispatch *dispatch, const struct preview_watch *watch) {
    struct json_writer json;
    dispatch_begin(dispatch, &json, "tova/previewChanged");
    json_open_object(&json);
    json_member_number(&json, "id", watch->id);
    json_member_bool(&json, "closed", true);
    json_close_object(&json);
    dispatch_end(dispatch, &json);
}

void previews_closed(struct dispatch *dispatch, struct str path) {
    struct preview_watch **link = &dispatch->previews.first;
    while (*link != NULL) {
        if ((*link)->id != 0 && str_equal((*link)->path, path)) {
            tell_closed(dispatch, *link);
            remove_at(&dispatch->previews, link);
        } else {
            link = &(*link)->next;
        }
    }
}

/* ---- telling what has changed */

/* One output that is made while messages may come. */
struct making {
    struct dispatch *dispatch;
    bool stopped;
};

static bool is_message_waiting(void *context) {
    struct making *making = context;
    struct previews *previews = &making->dispatch->previews;
    const struct lsp_host *host = making->dispatch->host;
    uint64_t now = host->clock(host->context);
    bool asks = !making->stopped && now - previews->listened >= LISTEN_NANOSECONDS &&
                now - previews->behind_since <= PATIENCE_NANOSECONDS;
    if (asks) {
        previews->listened = now;
        host->listen(host->context);
        making->stopped = dispatch_waits(making->dispatch);
    }
    return making->stopped;
}

/* Makes the output of a watch: the one that it has shown, or another one where that is no more. False when it was stopped;
 * *there is whether the package has outputs at all. */
static bool make(struct dispatch *dispatch, struct arena *arena, const struct preview_watch *watch,
                 struct preview *preview, bool *there) {
    const struct lsp_host *host = dispatch->host;
    struct feature_context context = {.arena = arena};
    int64_t version;
    bool open = host->snapshot(host->context, watch->path, &context, &version);
    const struct emission *emission = host->plan(host->context, watch->path);
    uint32_t chosen = emission == NULL ? PREVIEW_NONE : preview_choose(arena, NULL, emission, watch->output);
    if (chosen == PREVIEW_NONE && emission != NULL && watch->id != 0) {
        chosen = preview_choose(arena, open ? context.file : NULL, emission, (struct str){0});
    }
    *there = chosen != PREVIEW_NONE;
    if (*there) {
        struct making making = {.dispatch = dispatch};
        emission = host->make(host->context, chosen, (struct stop){is_message_waiting, &making});
        if (emission == NULL) {
            return false;
        }
        *preview = preview_of(arena, emission, chosen);
    }
    return true;
}

static void tell_changed(struct dispatch *dispatch, struct arena *arena, struct preview_watch *watch,
                         const struct preview *preview) {
    struct text_edits edits = text_edits_between(arena, text_str(watch->text), preview->text);
    bool other = take_outputs(watch, preview);
    if (edits.list.count == 0 && !other) {
        return;
    }
    int64_t version = 0;
    struct json_writer json;
    dispatch->host->version(dispatch->host->context, watch->path, &version);
    dispatch_begin(dispatch, &json, "tova/previewChanged");
    json_open_object(&json);
    json_member_number(&json, "id", watch->id);
    json_member_number(&json, "version", version);
    previews_write_outputs(&json, preview);
    write_edits(dispatch, &json, watch, &edits);
    json_close_object(&json);
    dispatch_end(dispatch, &json);
    replace(&watch->output, preview->outputs.items[preview->chosen].name);
    text_unref(watch->text);
    watch->text = text_create(preview->text);
}

static void tell_stale(struct dispatch *dispatch, struct preview_watch *watch, struct str text) {
    struct json_writer json;
    if (watch->stale || str_equal(text_str(watch->text), text)) {
        return;
    }
    watch->stale = true;
    dispatch_begin_request(dispatch, &json, "workspace/textDocumentContent/refresh", NULL);
    json_open_object(&json);
    json_member_string(&json, "uri", watch->uri);
    json_close_object(&json);
    dispatch_end(dispatch, &json);
}

static struct preview_watch *oldest(const struct dispatch *dispatch, uint64_t revision) {
    struct preview_watch *found = NULL;
    for (struct preview_watch *watch = dispatch->previews.first; watch != NULL; watch = watch->next) {
        if (watch->revision != revision && !watch->stale && (found == NULL || watch->revision < found->revision)) {
            found = watch;
        }
    }
    return found;
}

bool previews_push(struct dispatch *dispatch) {
    struct previews *previews = &dispatch->previews;
    const struct lsp_host *host = dispatch->host;
    uint64_t revision = host->revision(host->context);
    struct preview_watch *watch = oldest(dispatch, revision);
    if (watch == NULL) {
        previews->behind_since = 0;
        return false;
    }
    if (previews->behind_since == 0) {
        previews->behind_since = host->clock(host->context);
    }
    struct arena arena = {0};
    struct preview preview;
    bool there;
    if (make(dispatch, &arena, watch, &preview, &there)) {
        watch->revision = revision;
        previews->behind_since = host->clock(host->context);
        if (there && watch->id != 0) {
            tell_changed(dispatch, &arena, watch, &preview);
        } else if (watch->id == 0) {
            tell_stale(dispatch, watch, there ? preview.text : (struct str){0});
        }
    }
    arena_finish(&arena);
    return true;
}
