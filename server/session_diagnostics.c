/* session_diagnostics: which documents have to be checked, one at a time, and telling what was found. */
#include "analysis/modules.h"
#include "server/features/diagnostics.h"
#include "server/session_state.h"

/* Keeps where the errors of a check stand, for the preview, which is broken there. */
static void keep_errors(struct document *document, const struct diagnostic_list *diagnostics) {
    arena_clear(&document->errors_arena);
    document->errors = (struct diagnostic_list){0};
    for (unsigned i = 0; i < diagnostics->list.count; i++) {
        const struct diagnostic *found = &diagnostics->list.items[i];
        if (found->severity == SEVERITY_ERROR) {
            struct diagnostic error = {.code = found->code, .severity = found->severity, .span = found->span};
            vec_push(&document->errors_arena, &document->errors.list, error);
        }
    }
    document->errors_known = !document->out_of_step;
}

/* Remembers what the diagnostics that are told depend on. */
static void remember(struct document *document, const struct package *package, bool lead_away) {
    document->unchecked = false;
    document->errors_known = false;
    document->checked_surface = module_surface(package);
    document->checked_texts = lead_away ? module_texts(package) : 0;
}

/* Checks a document and tells what was found, unless something came that is more urgent: then it is to be checked still. Of one that is
 * out of step nothing is said: no position would fit what the client shows. */
static void publish(struct session *session, struct document *document) {
    struct arena scratch = {0};
    struct diagnostic_list diagnostics = {0};
    bool linked = !document->out_of_step && document->check.needs_program;
    const uint8_t *marks = linked ? session_marks(session, document->path, document->tree) : NULL;
    const struct package *package = workspace_package(session->workspace, document->path);
    session->checking_since = session->checking_since == 0 ? loop_clock() : session->checking_since;
    struct feature_context context = {.arena = &scratch,
                                      .file = document->analysis,
                                      .package = package,
                                      .stop = dispatch_making_room(&session->dispatch, session->checking_since)};
    if (!document->out_of_step) {
        diagnostics = diagnostics_of(&context, marks, &document->check);
    }
    bool whole = !session->dispatch.interrupted;
    if (whole) {
        remember(document, package, linked || diagnostics_lead_away(&diagnostics, document->path));
        if (!linked) { /* else what is emitted says it too */
            keep_errors(document, &diagnostics);
        }
        dispatch_publish(&session->dispatch, document->path, document->version, document->text, &diagnostics);
        session->checking_since = 0;
    }
    document->unchecked = !whole;
    arena_finish(&scratch);
}

static void host_diagnosed(void *context, struct str path, bool lead_away) {
    struct session *session = context;
    struct document *document = store_find(&session->store, path);
    /* What a client that is pushed asks for besides, it is told all the same. */
    if (document != NULL && session->dispatch.client.pulls_diagnostics) {
        remember(document, workspace_package(session->workspace, path), lead_away);
    }
}

void session_host_diagnostics(struct lsp_host *host) { host->diagnosed = host_diagnosed; }

/* The document that was changed last of those whose version has not been checked. */
static struct document *changed_document(const struct session *session) {
    struct document *newest = NULL;
    for (struct document *document = session->store.first; document != NULL; document = document->next) {
        if (document->unchecked && (newest == NULL || document->changed_at > newest->changed_at)) {
            newest = document;
        }
    }
    return newest;
}

/* A document for which what it sees of other files is not what it was when it was checked. */
static struct document *touched_document(struct session *session) {
    uint64_t now = workspace_version(session->workspace);
    for (struct document *document = session->store.first; document != NULL; document = document->next) {
        if (document->compared_at == now || document->unchecked) {
            continue;
        }
        document->compared_at = now;
        const struct package *package = workspace_package(session->workspace, document->path);
        if (document->checked_surface != module_surface(package) ||
            (document->checked_texts != 0 && document->checked_texts != module_texts(package))) {
            return document;
        }
    }
    return NULL;
}

/* What a client that asks by itself was told of a document may have changed; what it changes itself it asks about. */
static bool refresh_next(struct session *session) {
    struct document *document = touched_document(session);
    if (document != NULL) {
        document->unchecked = true; /* until it asks */
        dispatch_refresh_shown(&session->dispatch, SHOWN_LENSES | SHOWN_HINTS | SHOWN_TOKENS);
        dispatch_refresh_diagnostics(&session->dispatch);
    }
    return document != NULL;
}

bool session_check_next(struct session *session) {
    session_update(session);
    if (indexer_owes(session->indexer)) { /* what is missing would be reported, and be there a moment later */
        return false;
    }
    if (session->dispatch.client.pulls_diagnostics) {
        return refresh_next(session);
    }
    struct document *document = changed_document(session);
    bool touched = document == NULL;
    if (touched) {
        document = touched_document(session);
    }
    if (document != NULL && touched) {
        dispatch_refresh_shown(&session->dispatch, SHOWN_LENSES | SHOWN_HINTS | SHOWN_TOKENS);
    }
    if (document != NULL) {
        publish(session, document);
    }
    return document != NULL;
}
