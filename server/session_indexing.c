/* session_indexing: files that are not open: read by the indexer, and again when they change on disk. */
#include "server/session_state.h"

#include "analysis/analyze.h"
#include "server/scan.h"

enum { REFRESH_NANOSECONDS = 10 * 1000 * 1000 }; /* how long changed files may hold up the message that tells of them */

/* ---- the indexer */

static const struct syntax_parser *on_parser(void *context) {
    struct session *session = context;
    return workspace_parser(session->workspace);
}

static bool on_wanted(void *context, struct str path) {
    const struct session *session = context;
    return workspace_lacks(session->workspace, path);
}

static void on_found(void *context, struct summary *summary) {
    struct session *session = context;
    workspace_offer(session->workspace, summary);
}

static void on_progress(void *context, uint32_t done, uint32_t total) {
    struct session *session = context;
    if (total > 0) {
        progress_report(&session->dispatch, done, total);
    }
}

static void on_finished(void *context) {
    struct session *session = context;
    workspace_settle(session->workspace);
    progress_end(&session->dispatch);
    session_log_at(session, LOG_DEBUG, "%u files are indexed", (unsigned)workspace_file_count(session->workspace));
    session_wake(session);
}

static void read_later(void *context, struct str path) {
    struct session *session = context;
    indexer_add_file(session->indexer, path);
}

void session_start_indexing(struct session *session) {
    struct indexer_events events = {.context = session,
                                    .parser = on_parser,
                                    .wanted = on_wanted,
                                    .found = on_found,
                                    .progress = on_progress,
                                    .finished = on_finished};
    struct workspace *workspace = session->workspace;
    session->indexer = indexer_create(session->loop, workspace_atoms(workspace), &events);
    workspace_read_later(workspace, read_later, session);
}

void session_add_folder(struct session *session, struct str folder) {
    if (workspace_add_folder(session->workspace, folder)) {
        indexer_add_folder(session->indexer, folder);
    }
    if (session->watch != NULL && !watch_add(session->watch, folder)) {
        session_log(session, "%.*s cannot be watched", STR_ARGUMENTS(folder));
    }
}

static void host_cancel_indexing(void *context) {
    struct session *session = context;
    indexer_cancel(session->indexer);
}

/* ---- what changes on disk */

/* A file of an open document may have been written by somebody else than the client. */
static void compare_saved(struct document *document) {
    struct text *disk = NULL;
    bool read = scan_read_file(document->path, &disk) == SCAN_READ;
    document_file_changed(document, read ? disk : NULL);
    text_unref(disk);
}

static void refresh(struct session *session, struct str path) {
    struct document *document = store_find(&session->store, path);
    if (document != NULL && document->saved != NULL) {
        compare_saved(document);
    }
    workspace_refresh(session->workspace, path);
    if (!indexer_is_busy(session->indexer)) {
        workspace_settle(session->workspace);
    }
    session_wake(session);
}

void session_file_changed(struct session *session, struct str path) {
    bool has_time = loop_clock() - session->handling_since < REFRESH_NANOSECONDS;
    if (has_time && session->changed_files.count == 0) {
        refresh(session, path);
    } else {
        vec_push(&session->changed_arena, &session->changed_files, arena_str(&session->changed_arena, path));
    }
}

bool session_refresh_next(struct session *session) {
    if (session->changed_next == session->changed_files.count) {
        return false;
    }
    refresh(session, session->changed_files.items[session->changed_next++]);
    if (session->changed_next == session->changed_files.count) {
        arena_finish(&session->changed_arena);
        memset(&session->changed_files, 0, sizeof session->changed_files);
        session->changed_next = 0;
    }
    return true;
}

/* ---- what features ask about them */

static bool host_is_settled(void *context) {
    const struct session *session = context;
    return !indexer_owes(session->indexer);
}

static bool host_is_indexed(void *context) {
    const struct session *session = context;
    return !indexer_is_busy(session->indexer);
}

static bool host_is_shown(void *context, struct str path) {
    const struct session *session = context;
    return workspace_shows(session->workspace, path);
}

struct path_visit {
    const struct workspace *workspace;
    void (*visit)(void *visitor, struct str path);
    void *visitor;
};

static void visit_files(void *context, const struct package *package) {
    const struct path_visit *visit = context;
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        struct str path = package_file_at(package, i)->path;
        if (workspace_shows(visit->workspace, path)) {
            visit->visit(visit->visitor, path);
        }
    }
}

static void host_each_file(void *context, void (*visit)(void *visitor, struct str path), void *visitor) {
    struct session *session = context;
    struct path_visit paths = {session->workspace, visit, visitor};
    session_update(session); /* what was opened and is on no disk is known by then */
    workspace_each_package(session->workspace, visit_files, &paths);
}

static const struct package *host_summary(void *context, struct str path, uint64_t *hash) {
    struct session *session = context;
    const struct package *package = workspace_package(session->workspace, path);
    const struct summary *summary = package_file(package, path);
    if (summary != NULL) {
        *hash = summary->hash;
    }
    return summary != NULL ? package : NULL;
}

static struct syntax_tree *host_read(void *context, struct str path, uint64_t hash, struct feature_context *snapshot) {
    struct session *session = context;
    struct text *text = workspace_text(session->workspace, path, hash);
    if (text == NULL) {
        return NULL;
    }
    struct syntax_tree *tree = syntax_parse(workspace_parser(session->workspace), text);
    text_unref(text); /* the tree holds it */
    snapshot->file = analyze(snapshot->arena, workspace_atoms(session->workspace), path, tree);
    snapshot->package = workspace_package(session->workspace, path);
    return tree;
}

static void host_file_changed(void *context, struct str path) { session_file_changed(context, path); }

void session_host_indexing(struct lsp_host *host) {
    host->file_changed = host_file_changed;
    host->cancel_indexing = host_cancel_indexing;
    host->is_settled = host_is_settled;
    host->is_indexed = host_is_indexed;
    host->is_shown = host_is_shown;
    host->each_file = host_each_file;
    host->summary = host_summary;
    host->read = host_read;
}
