/* session_documents: the host's side of document synchronisation, and what features ask about documents. */
#include "parser/text/uri.h"
#include "server/scan.h"
#include "server/session_state.h"

static bool is_path(struct str path) { return path.size > 0 && path.data[0] == '/'; }

bool session_is_open(void *context, struct str path) {
    const struct session *session = context;
    return store_find(&session->store, path) != NULL;
}

/* ---- changes */

static void host_opened(void *context, struct str path, const struct open_params *params) {
    struct session *session = context;
    if (store_find(&session->store, path) != NULL) {
        session_log(session, "%.*s was opened twice", STR_ARGUMENTS(path));
    }
    struct document *document = store_open(&session->store, path, params->uri, params->version, params->text);
    document->changed_at = ++session->changes;
}

static void host_changed(void *context, struct str path, const struct changes_params *params) {
    struct session *session = context;
    struct document *document = store_find(&session->store, path);
    const struct change_params *changes = params->changes.items;
    if (document == NULL) {
        session_log(session, "%.*s was changed but is not open", STR_ARGUMENTS(path));
        return;
    }
    if (params->version < document->version) {
        session_log(session, "%.*s: version %lld came after version %lld", STR_ARGUMENTS(path),
                    (long long)params->version, (long long)document->version);
    }
    document->version = params->version;
    for (uint32_t i = 0; i < params->changes.count; i++) {
        if (!changes[i].has_range) {
            document_set_text(document, changes[i].text);
        } else if (!document_edit(document, changes[i].range, session->encoding, changes[i].text)) {
            session_log(session,
                        "%.*s: a change of version %lld lies outside the text; changes are left out until the "
                        "whole text comes",
                        STR_ARGUMENTS(path), (long long)params->version);
        }
    }
    document->changed_at = ++session->changes;
    document->unchecked = true;
}

/* What the client says it has saved, or what is on disk, is the truth about a document that may be out of step. */
static void put_in_step(struct session *session, struct document *document, const struct save_params *params) {
    struct text *disk = NULL;
    if (params->has_text) {
        if (str_equal(params->text, text_str(document->text))) {
            return;
        }
        session_log(session, "%.*s: the saved text is another than was known", STR_ARGUMENTS(document->path));
        document_set_text(document, params->text);
    } else if (document->out_of_step && is_path(document->path) && scan_read_file(document->path, &disk) == SCAN_READ) {
        document_set_text(document, text_str(disk));
        text_unref(disk);
    }
}

static void host_saved(void *context, struct str path, const struct save_params *params) {
    struct session *session = context;
    struct document *document = store_find(&session->store, path);
    if (document == NULL) {
        session_log(session, "%.*s was saved but is not open", STR_ARGUMENTS(path));
        return;
    }
    put_in_step(session, document, params);
    document_saved(document);
    dispatch_refresh_shown(&session->dispatch, SHOWN_LENSES); /* callers come and go without any signature changing */
    if (is_path(path)) {
        vec_push(&session->batch, &session->saved, arena_str(&session->batch, path));
    }
}

static void host_closed(void *context, struct str path) {
    struct session *session = context;
    struct document *document = store_find(&session->store, path);
    if (document == NULL) {
        return;
    }
    if (!session->dispatch.client.pulls_diagnostics) {
        dispatch_publish(&session->dispatch, path, 0, NULL, NULL);
    }
    store_close(&session->store, document);
    workspace_refresh(session->workspace, path);
}

/* ---- what features ask */

void session_update(struct session *session) {
    for (struct document *document = session->store.first; document != NULL; document = document->next) {
        store_update(&session->store, document);
    }
}

/* A question within another one shares what that has read. */
static void begin_reading(struct session *session) {
    session_update(session);
    if (!dispatch_is_within(&session->dispatch)) {
        reader_begin(&session->reader);
    }
}

static bool host_snapshot(void *context, struct str path, struct feature_context *snapshot, int64_t *version) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    if (document == NULL) {
        return false;
    }
    begin_reading(session);
    snapshot->file = document->analysis;
    snapshot->package = workspace_package(session->workspace, path);
    snapshot->sources = &session->reader.sources;
    *version = document->version;
    return true;
}

static const struct sources *host_sources(void *context, const struct atom_table **atoms) {
    struct session *session = context;
    begin_reading(session);
    *atoms = workspace_atoms(session->workspace);
    return &session->reader.sources;
}

static struct text *host_text(void *context, struct str path, uint64_t hash) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    if (document != NULL) {
        return text_ref(document->text);
    }
    struct text *read = reader_text(&session->reader, path, hash);
    return read != NULL ? read : workspace_text(session->workspace, path, hash);
}

static bool host_in_step(void *context, struct str path) {
    const struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    return document != NULL && !document->out_of_step;
}

static bool host_version(void *context, struct str path, int64_t *version) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    if (document != NULL) {
        *version = document->version;
    }
    return document != NULL;
}

static struct str host_uri(void *context, struct arena *arena, struct str path) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    if (document != NULL) {
        return document->uri;
    }
    return is_path(path) ? uri_from_path(arena, path) : path;
}

void session_host_documents(struct lsp_host *host) {
    host->opened = host_opened;
    host->changed = host_changed;
    host->saved = host_saved;
    host->closed = host_closed;
    host->snapshot = host_snapshot;
    host->sources = host_sources;
    host->text = host_text;
    host->in_step = host_in_step;
    host->version = host_version;
    host->uri = host_uri;
}
