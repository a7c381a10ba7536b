/* session: the loop, the client's bytes, the lifecycle and the timers. */
#include "server/session.h"

#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/base/xalloc.h"
#include "parser/text/uri.h"
#include "server/lsp/endpoints.h"
#include "server/session_state.h"

#include <string.h>

enum {
    PARENT_MILLISECONDS = 500,
    HEAL_MILLISECONDS = 300,
    REST_MILLISECONDS = 700, /* behind that */
    LAST_FLUSH_MILLISECONDS = 2000,
    SLICE_NANOSECONDS = 4 * 1000 * 1000,
    QUEUE_MESSAGES = 2048, /* received and not handled; with more than this nothing is read */
    QUEUE_BYTES = 32 * 1024 * 1024,
};

static void on_turn(void *context);

/* ---- the end */

static void stop(void *context) {
    struct session *session = context;
    loop_stop(session->loop);
}

/* Ends the process with `code` once everything that was written has left. */
static void end(struct session *session, int code) {
    if (session->ending) {
        return;
    }
    session->ending = true;
    session->exit_code = code;
    wakeup_start(session->last_flush, LAST_FLUSH_MILLISECONDS, 0);
    transport_close(session->transport, stop, session);
}

static void end_without_exit(struct session *session) {
    if (session->ending) {
        return;
    }
    session_log(session, "the client has gone");
    session->ending = true;
    session->exit_code = 1;
    loop_stop(session->loop);
}

/* What came before the end of the input is still done, if there is somebody to read the answers. */
static void on_transport_ended(void *context) {
    struct session *session = context;
    session->input_ended = true;
    if (transport_is_broken(session->transport)) {
        end_without_exit(session);
    } else {
        session_wake(session);
    }
}

static void on_parent_watch(void *context) {
    struct session *session = context;
    if (session->parent > 0 && !loop_process_exists(session->parent)) {
        end_without_exit(session);
    }
}

/* ---- messages */

static void host_send(void *context, struct str body) {
    struct session *session = context;
    strbuf_clear(&session->frame);
    framing_write(&session->frame, body);
    transport_write(session->transport, strbuf_str(&session->frame));
}

static uint64_t host_clock(void *context) { return loop_clock(); }

static void host_exit(void *context, int code) {
    session_update(context);
    session_compile_saved(context);
    end(context, code);
}

static void take_message(struct session *session, enum framing_status status, struct str body) {
    switch (status) {
    case FRAMING_MORE:
        break;
    case FRAMING_MESSAGE:
        crash_remember(&session->crash, (loop_clock() - session->born) / 1000000, body);
        dispatch_receive(&session->dispatch, body);
        break;
    case FRAMING_TOO_LARGE:
        dispatch_refuse(&session->dispatch, RPC_INVALID_REQUEST, STR("A message of more than 256 MiB was left out."));
        break;
    case FRAMING_BROKEN:
        session_log(session, "the stream is broken: %.*s", STR_ARGUMENTS(framing_problem(&session->framing)));
        session->stream_broken = true;
        session->input_ended = true;
        break;
    }
}

/* Is more waiting than should be kept in memory? */
static bool is_overfull(const struct session *session) {
    const struct queue *queue = &session->dispatch.queue;
    return queue->count > QUEUE_MESSAGES || queue->size > QUEUE_BYTES;
}

static void receive(struct session *session, struct str bytes) {
    enum framing_status status;
    if (session->stream_broken) {
        return;
    }
    mirror_add(&session->mirror, loop_clock(), bytes);
    framing_push(&session->framing, bytes);
    do {
        struct str body = {0};
        status = framing_next(&session->framing, &body);
        take_message(session, status, body);
    } while (status != FRAMING_MORE && status != FRAMING_BROKEN);
    if (is_overfull(session)) {
        transport_hold(session->transport, true);
    }
}

static void on_bytes(void *context, struct str bytes) {
    struct session *session = context;
    receive(session, bytes);
    if (!session->listening) {
        wakeup_start(session->heal, HEAL_MILLISECONDS, 0);
        wakeup_stop(session->rest);
        on_turn(session);
    }
}

static void listen(struct session *session) {
    session->listening = true;
    transport_poll(session->transport);
    session->listening = false;
}

static void host_listen(void *context) { listen(context); }

/* ---- work */

/* Nothing more will come, and all that came has been handled. */
static void conclude(struct session *session) {
    if (session->stream_broken) {
        dispatch_refuse(&session->dispatch, RPC_PARSE_ERROR, framing_problem(&session->framing));
        end(session, 1);
    } else {
        end_without_exit(session);
    }
}

/* Handles the next message, and then looks at the files that turned out to be others than was known. */
static bool handle_next(struct session *session) {
    bool handled = dispatch_step(&session->dispatch);
    workspace_catch_up(session->workspace);
    return handled;
}

/* Does a part of what is to be done, the most urgent one; false when there is nothing, or the client has to read first. */
static bool work(struct session *session) {
    if (session->ending || transport_is_congested(session->transport)) {
        return false;
    }
    session->handling_since = loop_clock();
    if (dispatch_waits(&session->dispatch)) {
        handle_next(session);
        if (session->dispatch.queue.count < QUEUE_MESSAGES / 2 && session->dispatch.queue.size < QUEUE_BYTES / 2) {
            transport_hold(session->transport, false);
        }
        return true;
    }
    if (session_refresh_next(session)) {
        return true;
    }
    if (session_check_next(session)) {
        return true;
    }
    if (session->saved.count > 0 && session->compile_when != COMPILE_ON_IDLE) {
        session_compile_saved(session);
        return true;
    }
    if (previews_push(&session->dispatch)) {
        return true;
    }
    /* What is left are requests in slices, which may wait for the indexer; its end wakes us. */
    if (!indexer_owes(session->indexer) && handle_next(session)) {
        return true;
    }
    if (session->input_ended) {
        conclude(session);
    }
    return false;
}

static void on_turn(void *context) {
    struct session *session = context;
    uint64_t start = loop_clock();
    bool more = true;
    while (more && loop_clock() - start < SLICE_NANOSECONDS) {
        listen(session);
        more = work(session);
    }
    session_tell_status(session);
    if (more) {
        idle_start(session->turn);
    } else {
        endpoints_note(&session->dispatch);
        reader_begin(&session->reader); /* what was read of closed files is no longer borrowed */
        idle_stop(session->turn);
    }
}

void session_wake(struct session *session) { idle_start(session->turn); }

static void on_drained(void *context) { session_wake(context); }

/* ---- lifecycle */

static void keep_folder(struct session *session, struct arena *scratch, struct str uri) {
    struct str path;
    if (uri_to_path(scratch, uri, &path)) {
        vec_push(&session->arena, &session->folders, arena_str(&session->arena, path));
    }
}

static void host_initialize(void *context, const struct initialize_params *params, enum position_encoding encoding) {
    struct session *session = context;
    struct arena scratch = {0};
    session->encoding = encoding;
    session->parent = params->process_id;
    if (session->parent > 0) {
        wakeup_start(session->parent_watch, PARENT_MILLISECONDS, PARENT_MILLISECONDS);
    }
    const struct folder_params *folders = params->folders.items;
    for (uint32_t i = 0; i < params->folders.count; i++) {
        keep_folder(session, &scratch, folders[i].uri);
    }
    if (params->folders.count == 0 && params->root_uri.size > 0) {
        keep_folder(session, &scratch, params->root_uri);
    } else if (params->folders.count == 0 && str_starts_with(params->root_path, STR("/"))) {
        vec_push(&session->arena, &session->folders, path_normalise(&session->arena, params->root_path));
    }
    arena_finish(&scratch);
}

static void on_watched(void *context, const struct str *paths, size_t count) {
    struct session *session = context;
    session->handling_since = loop_clock();
    for (size_t i = 0; i < count; i++) {
        session_file_changed(session, paths[i]);
    }
}

static void host_initialized(void *context) {
    struct session *session = context;
    struct watch_options options = {.settle = 50, .longest = 500, .changed = on_watched, .context = session};
    if (session->started) {
        session_log(session, "the client said `initialized` twice");
        return;
    }
    session->started = true;
    if (!session->dispatch.client.watch_registration) {
        session->watch = watch_create(session->loop, &options);
    }
    for (unsigned i = 0; i < session->folders.count; i++) {
        session_add_folder(session, session->folders.items[i]);
    }
    session_tell_crash(session);
    dispatch_register_watch(&session->dispatch);
    dispatch_ask_configuration(&session->dispatch);
}

static void set_compile_when(struct session *session, struct str word) {
    static const struct str words[] = {[COMPILE_OFF] = STR_INIT("off"),
                                       [COMPILE_ON_SAVE] = STR_INIT("onSave"),
                                       [COMPILE_ON_IDLE] = STR_INIT("onIdle")};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i])) {
            session->compile_when = (enum compile_when)i;
            return;
        }
    }
    if (word.size > 0) {
        session_log(session, "compileOnSave is \"off\", \"onSave\" or \"onIdle\", not \"%.*s\"", STR_ARGUMENTS(word));
    }
}

static void host_configure(void *context, const struct settings_params *settings) {
    struct session *session = context;
    struct str on_save = settings->compile_on_save, trace = settings->trace;
    set_compile_when(session, on_save);
    if (settings->has_trusted) {
        session->trusted = settings->trusted;
    }
    if (trace.size > 0) {
        session_set_trace(session, trace);
    }
}

static void host_folders_changed(void *context, const struct folders_params *params) {
    struct session *session = context;
    struct arena scratch = {0};
    struct str path;
    const struct folder_params *removed = params->removed.items, *added = params->added.items;
    for (uint32_t i = 0; i < params->removed.count; i++) {
        if (uri_to_path(&scratch, removed[i].uri, &path)) {
            workspace_remove_folder(session->workspace, path);
        }
    }
    for (uint32_t i = 0; i < params->added.count; i++) {
        if (uri_to_path(&scratch, added[i].uri, &path)) {
            session_add_folder(session, path);
        }
    }
    arena_finish(&scratch);
}

static void on_heal(void *context) {
    struct session *session = context;
    for (struct document *document = session->store.first; document != NULL; document = document->next) {
        store_heal(&session->store, document);
    }
    session_compile_saved(session);
    wakeup_start(session->rest, REST_MILLISECONDS, 0);
    session_wake(session);
}

static void on_rest(void *context) {
    struct session *session = context;
    reader_release(&session->reader);
    if (session->dispatch.previews.count == 0) {
        session_outputs_forget(session);
    }
    xalloc_trim();
}

static void on_retry(void *context) {
    session_compile_held(context);
    session_wake(context); /* for what has come meanwhile */
}

static uint64_t host_revision(void *context) {
    struct session *session = context;
    session_update(session);
    return workspace_version(session->workspace);
}

/* ---- wiring */

static void start(struct session *session, const struct session_options *options) {
    struct transport_events events = {.context = session, .bytes = on_bytes, .ended = on_transport_ended,
                                      .drained = on_drained};
    loop_ignore_broken_pipes();
    session->born = loop_clock();
    session->crash_folder = options->crash_folder;
    crash_init(&session->crash, options->crash_folder, options->version);
    session->loop = loop_create();
    session->parent_watch = wakeup_create(session->loop, on_parent_watch, session);
    session->heal = wakeup_create(session->loop, on_heal, session);
    session->rest = wakeup_create(session->loop, on_rest, session);
    session->last_flush = wakeup_create(session->loop, stop, session);
    session->turn = idle_create(session->loop, on_turn, session);
    session->workspace = workspace_create(session_is_open, session);
    session->retry = wakeup_create(session->loop, on_retry, session);
    session_outputs_init(session);
    session->compile_when = COMPILE_ON_SAVE;
    session->trusted = true;
    session->read_only = options->read_only;
    session->exit_code = 1;
    store_init(&session->store, session->workspace);
    reader_init(&session->reader, &session->store);
    framing_init(&session->framing);
    strbuf_init(&session->frame, (size_t)LIMIT_MESSAGE_BYTES + LIMIT_HEADER_BYTES);
    session->host = (struct lsp_host){.context = session,
                                      .send = host_send,
                                      .listen = host_listen,
                                      .clock = host_clock,
                                      .exit = host_exit,
                                      .initialize = host_initialize,
                                      .initialized = host_initialized,
                                      .configure = host_configure,
                                      .folders_changed = host_folders_changed,
                                      .marks = session_marks,
                                      .plan = session_plan,
                                      .make = session_make,
                                      .revision = host_revision,
                                      .compile = session_compile};
    session_host_documents(&session->host);
    session_host_indexing(&session->host);
    session_host_inspect(&session->host);
    session_host_log(&session->host);
    session_host_diagnostics(&session->host);
    session_start_indexing(session);
    dispatch_init(&session->dispatch, &session->host);
    session->transport = transport_create(session->loop, options->input, options->output, &events);
}

static void finish(struct session *session) {
    transport_destroy(session->transport);
    watch_destroy(session->watch);
    idle_destroy(session->turn);
    wakeup_destroy(session->last_flush);
    wakeup_destroy(session->rest);
    wakeup_destroy(session->heal);
    wakeup_destroy(session->retry);
    session_outputs_forget(session);
    wakeup_destroy(session->parent_watch);
    indexer_destroy(session->indexer);
    loop_destroy(session->loop); /* waits for the indexer's threads, which share the atoms */
    reader_finish(&session->reader);
    store_finish(&session->store);
    workspace_destroy(session->workspace);
    dispatch_finish(&session->dispatch);
    framing_finish(&session->framing);
    strbuf_finish(&session->frame);
    arena_finish(&session->arena);
    arena_finish(&session->batch);
    arena_finish(&session->changed_arena);
    arena_finish(&session->held_arena);
}

int session_run(const struct session_options *options) {
    struct session session;
    memset(&session, 0, sizeof session);
    if (!log_open(&session.log, options->log_path, options->level)) {
        session_log(&session, "the log file %s cannot be opened", options->log_path);
        return 2;
    }
    if (!mirror_open(&session.mirror, options->mirror_path, loop_clock())) {
        session_log(&session, "the recording %s cannot be made, so nothing is recorded", options->mirror_path);
    }
    start(&session, options);
    loop_run(session.loop);
    finish(&session);
    mirror_close(&session.mirror);
    crash_finish(&session.crash);
    log_close(&session.log);
    return session.exit_code;
}
