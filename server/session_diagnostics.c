/* session_diagnostics: which documents have to be checked, one at a time, and telling what was found. */
#include "analysis/modules.h"
#include "server/features/diagnostics.h"
#include "server/session_state.h"

/* Of a document that is out of step nothing is said: no position would fit what the client shows. */
static void publish(struct session *session, struct document *document, const struct package *package) {
    struct arena scratch = {0};
    struct diagnostic_list diagnostics = {0};
    struct feature_context context = {.arena = &scratch, .file = document->analysis, .package = package};
    if (!document->out_of_step) {
        diagnostics = diagnostics_of(&context);
    }
    document->checked_texts = diagnostics_lead_away(&diagnostics, document->path) ? module_texts(package) : 0;
    dispatch_publish(&session->dispatch, document->path, document->version, document->text, &diagnostics);
    arena_finish(&scratch);
}

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
        if (document->compared_at == now) {
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

bool session_check_next(struct session *session) {
    session_update(session);
    if (indexer_owes(session->indexer)) { /* what is missing would be reported, and be there a moment later */
        return false;
    }
    struct document *document = changed_document(session);
    bool pulls = session->dispatch.client.pulls_diagnostics, changed = document != NULL;
    if (document == NULL) {
        document = touched_document(session);
    }
    if (document == NULL) {
        return false;
    }
    struct package *package = workspace_package(session->workspace, document->path);
    document->checked_surface = module_surface(package);
    if (!changed) {
        dispatch_refresh_shown(&session->dispatch, SHOWN_LENSES | SHOWN_HINTS | SHOWN_TOKENS);
    }
    document->unchecked = false;
    if (!pulls) {
        publish(session, document, package);
    } else if (!changed) { /* what the client changes itself it asks about by itself */
        dispatch_refresh_diagnostics(&session->dispatch);
    }
    return true;
}
