/* dispatch: the table, what is received, and what is handled when. */
#include "server/lsp/dispatch.h"

#include "parser/base/limits.h"
#include "parser/text/uri.h"
#include "server/features/semantic_tokens.h"
#include "server/lsp/encode.h"
#include "server/lsp/handlers.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum method_kind { REQUEST, NOTIFICATION, EARLY_REQUEST, EARLY_NOTIFICATION };

struct method {
    struct str name;
    enum rpc_error (*handle)(struct request *request);
    enum method_kind kind;
    enum lane lane;
    struct str capabilities;
};

static const struct method methods[] = {
#define METHOD(name, handler, kind, lane, capabilities)                                                                \
    {STR_INIT(name), handler, kind, LANE_##lane, STR_INIT(capabilities)},
#include "server/lsp/methods.def"
};

enum {
    METHOD_COUNT = sizeof methods / sizeof *methods,
    LISTEN_NANOSECONDS = 250 * 1000,     /* how often long work listens */
    YIELD_NANOSECONDS = 5 * 1000 * 1000, /* how long it works before it makes room for what is more urgent */
    PATIENCE_NANOSECONDS = 100 * 1000 * 1000, /* how long what nobody has asked for makes room */
    INTERRUPTIONS_MOST = 3,              /* then it is done to its end, so that it ends */
};

void dispatch_init(struct dispatch *dispatch, const struct lsp_host *host) {
    memset(dispatch, 0, sizeof *dispatch);
    dispatch->host = host;
    dispatch->hints = (struct inlay_settings){.parameter_names = true, .await = true, .types = true};
    token_results_init(&dispatch->tokens, host->clock(host->context));
    arena_init(&dispatch->arena);
    strbuf_init(&dispatch->out, LIMIT_MESSAGE_BYTES);
    strbuf_init(&dispatch->around_out, LIMIT_MESSAGE_BYTES);
    strbuf_init(&dispatch->note, LIMIT_MESSAGE_BYTES);
}

void dispatch_finish(struct dispatch *dispatch) {
    queue_finish(&dispatch->queue);
    queue_finish(&dispatch->sliced);
    previews_finish(&dispatch->previews);
    token_results_finish(&dispatch->tokens);
    latency_finish(&dispatch->latency);
    arena_finish(&dispatch->arena);
    strbuf_finish(&dispatch->out);
    strbuf_finish(&dispatch->around_out);
    strbuf_finish(&dispatch->note);
}

void dispatch_write_capabilities(struct json_writer *json) {
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (methods[i].capabilities.size > 0) {
            json_raw(json, methods[i].capabilities);
        }
    }
}

_Static_assert((int)METHOD_COUNT <= (int)LATENCY_METHODS, "latency has to count every method");

/* ---- receiving */

bool request_decode(struct request *request, const struct decode_table *table, void *params) {
    return decode_object(request->arena, request->params, table, params, &request->problem);
}

static struct str path_of(struct arena *arena, struct str uri) {
    struct str path;
    return uri_to_path(arena, uri, &path) ? path : arena_str(arena, uri);
}

struct str request_path(struct request *request, struct str uri) { return path_of(request->arena, uri); }

static int compare_method(const void *key, const void *element) {
    const struct str *name = key;
    const struct method *method = element;
    return str_compare(*name, method->name);
}

static const struct method *find_method(struct str name) {
    return bsearch(&name, methods, METHOD_COUNT, sizeof *methods, compare_method);
}

static bool is_request(const struct method *method) {
    return method->kind == REQUEST || method->kind == EARLY_REQUEST;
}

/* Says what the queue has to know of a message. */
static void classify(struct waiting *waiting) {
    const struct message *message = &waiting->message;
    if (message->kind != MESSAGE_REQUEST && message->kind != MESSAGE_NOTIFICATION) {
        return;
    }
    const cJSON *document = cJSON_GetObjectItemCaseSensitive(message->params, "textDocument");
    const cJSON *uri = cJSON_GetObjectItemCaseSensitive(document, "uri");
    waiting->method = find_method(message->method);
    if (waiting->method != NULL && message->kind == MESSAGE_REQUEST) {
        waiting->lane = waiting->method->lane;
    }
    if (cJSON_IsString(uri)) {
        waiting->path = path_of(&waiting->arena, str_from_c(uri->valuestring));
        waiting->edits = str_equal(message->method, STR("textDocument/didChange")) ||
                         str_equal(message->method, STR("textDocument/didClose")) ||
                         str_equal(message->method, STR("textDocument/didOpen"));
    }
}

static void answer_early(struct dispatch *dispatch, struct queue *queue, struct waiting *waiting, enum rpc_error error,
                         struct str problem) {
    dispatch_send_error(dispatch, waiting->message.id, error, problem);
    queue_release(queue, waiting);
}

/* A request that is not known, or is answered already, is none of the client's mistakes (LSP 3.17 "Cancellation Support"). */
static void cancel(struct dispatch *dispatch, struct str id) {
    struct queue *queues[] = {&dispatch->queue, &dispatch->sliced};
    for (int i = 0; i < 2; i++) {
        struct waiting *waiting = queue_take_id(queues[i], id);
        if (waiting != NULL) {
            answer_early(dispatch, queues[i], waiting, RPC_REQUEST_CANCELLED, STR("The request was cancelled."));
            return;
        }
    }
    for (struct running *running = dispatch->running; running != NULL; running = running->around) {
        const struct message *message = &running->waiting->message;
        if (message->kind == MESSAGE_REQUEST && str_equal(message->id, id)) {
            running->stop = STOP_CANCELLED;
        }
    }
}

/* Work on the text that a message changes is of no use any more. */
static void outdate(struct dispatch *dispatch, const struct waiting *change) {
    for (struct running *running = dispatch->running; running != NULL; running = running->around) {
        if (running->waiting->lane == LANE_WORKER && running->stop != STOP_CANCELLED &&
            str_equal(change->path, running->waiting->path)) {
            running->stop = STOP_MODIFIED;
        }
    }
}

void dispatch_receive(struct dispatch *dispatch, struct str body) {
    struct waiting *waiting = queue_new(&dispatch->queue);
    message_parse(&waiting->message, &waiting->arena, body);
    waiting->size = body.size;
    waiting->received = dispatch->host->clock(dispatch->host->context);
    if (waiting->message.cancels.size > 0) {
        cancel(dispatch, waiting->message.cancels);
        queue_release(&dispatch->queue, waiting);
        return;
    }
    classify(waiting);
    if (waiting->edits) {
        outdate(dispatch, waiting);
    }
    queue_add(&dispatch->queue, waiting);
}

/* ---- while a handler runs */

static void run(struct dispatch *dispatch, struct queue *queue, struct waiting *waiting);

/* Answers what somebody waits for within what is worked on, when that changes nothing meanwhile. */
static void answer_urgent(struct dispatch *dispatch) {
    const struct running *running = dispatch->running;
    struct waiting *waiting;
    if (running != NULL && (running->waiting->lane != LANE_WORKER || running->around != NULL)) {
        return;
    }
    struct strbuf out = dispatch->out;
    dispatch->out = dispatch->around_out;
    while ((waiting = queue_take_urgent(&dispatch->queue)) != NULL) {
        run(dispatch, &dispatch->queue, waiting);
    }
    dispatch->around_out = dispatch->out;
    dispatch->out = out;
}

/* Reads what has come, when it was not done just now. */
static bool listen(struct dispatch *dispatch) {
    const struct lsp_host *host = dispatch->host;
    if (host->clock(host->context) - dispatch->listened < LISTEN_NANOSECONDS) {
        return false;
    }
    host->listen(host->context);
    answer_urgent(dispatch);
    dispatch->listened = host->clock(host->context);
    return true;
}

/* `stop` of the request that is being handled. */
static bool is_stopped(void *context) {
    struct dispatch *dispatch = context;
    struct running *running = dispatch->running;
    if (running == NULL || running->stop != STOP_NONE || !listen(dispatch)) {
        return running != NULL && running->stop != STOP_NONE;
    }
    const struct waiting *waiting = running->waiting;
    bool may_yield = waiting->lane == LANE_WORKER && waiting->interruptions < INTERRUPTIONS_MOST;
    if (running->stop == STOP_NONE && may_yield && dispatch->listened - running->started > YIELD_NANOSECONDS &&
        queue_presses(&dispatch->queue)) {
        running->stop = STOP_YIELD;
    }
    return running->stop != STOP_NONE;
}

/* `stop` of what nobody has asked for. */
static bool is_interrupted(void *context) {
    struct dispatch *dispatch = context;
    if (!dispatch->interrupted && listen(dispatch)) {
        bool patient = dispatch->listened - dispatch->wanted_since < PATIENCE_NANOSECONDS;
        dispatch->interrupted = patient && queue_presses(&dispatch->queue);
    }
    return dispatch->interrupted;
}

struct stop dispatch_making_room(struct dispatch *dispatch, uint64_t since) {
    dispatch->wanted_since = since;
    dispatch->interrupted = false;
    return (struct stop){.asked = is_interrupted, .context = dispatch};
}

static bool attend(void *context) {
    listen(context);
    return false;
}

struct stop dispatch_attending(struct dispatch *dispatch) { return (struct stop){.asked = attend, .context = dispatch}; }

bool dispatch_is_within(const struct dispatch *dispatch) {
    return dispatch->running != NULL && dispatch->running->around != NULL;
}

struct stop dispatch_stopping(struct dispatch *dispatch) {
    return (struct stop){.asked = is_stopped, .context = dispatch};
}

enum rpc_error request_await_index(struct request *request) {
    request->dispatch->running->waiting->awaits_index = true;
    return RPC_LATER;
}

/* May this method be handled in this phase? Writes the error that refuses a request. */
static bool phase_allows(const struct dispatch *dispatch, const struct method *method, enum rpc_error *error,
                         const char **problem) {
    bool early = method != NULL && (method->kind == EARLY_REQUEST || method->kind == EARLY_NOTIFICATION);
    if (dispatch->phase == DISPATCH_FRESH && !early) {
        *error = RPC_NOT_INITIALIZED;
        *problem = "The client must send `initialize` first.";
        return false;
    }
    if (dispatch->phase == DISPATCH_SHUT_DOWN && !(early && method->kind == EARLY_NOTIFICATION)) {
        *error = RPC_INVALID_REQUEST;
        *problem = "The server has been shut down.";
        return false;
    }
    return true;
}

static void log_problem(struct dispatch *dispatch, struct str method, struct str problem) {
    dispatch->host->log(dispatch->host->context,
                        arena_printf(&dispatch->arena, "%.*s: %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(problem)));
}

/* ---- requests */

/* Answers a request that ended early, or puts it where it is handled again; true when it has been kept. */
static bool end_early(struct dispatch *dispatch, struct waiting *waiting) {
    switch (dispatch->running->stop) {
    case STOP_NONE:
        break;
    case STOP_CANCELLED:
        dispatch_send_error(dispatch, waiting->message.id, RPC_REQUEST_CANCELLED, STR("The request was cancelled."));
        break;
    case STOP_MODIFIED:
        dispatch_send_error(dispatch, waiting->message.id, RPC_CONTENT_MODIFIED, STR("The text has changed since."));
        break;
    case STOP_YIELD:
        if (waiting->path.size > 0 && queue_edits(&dispatch->queue, waiting->path)) {
            dispatch_send_error(dispatch, waiting->message.id, RPC_CONTENT_MODIFIED, STR("The text has changed since."));
            break;
        }
        waiting->interruptions++;
        queue_add(waiting->state != NULL ? &dispatch->sliced : &dispatch->queue, waiting);
        return true;
    }
    return false;
}

/* Calls the handler; true when the request has been kept for later. */
static bool answer(struct dispatch *dispatch, struct waiting *waiting, struct request *request) {
    struct json_writer json;
    dispatch_begin_answer(dispatch, &json, waiting->message.id);
    request->result = &json;
    enum rpc_error error = waiting->method->handle(request);
    if (dispatch->running->stop != STOP_NONE) {
        return end_early(dispatch, waiting);
    }
    if (error == RPC_LATER) {
        queue_add(&dispatch->sliced, waiting);
        return true;
    }
    if (error == RPC_NO_ERROR && !dispatch->out.overflow) {
        dispatch_end_answer(dispatch, &json);
    } else {
        dispatch_send_error(dispatch, waiting->message.id, error != RPC_NO_ERROR ? error : RPC_REQUEST_FAILED,
                            error != RPC_NO_ERROR ? request->problem : STR("The answer is too large."));
    }
    return false;
}

static bool handle_request(struct dispatch *dispatch, struct waiting *waiting, struct request *request) {
    const struct method *method = waiting->method;
    struct str id = waiting->message.id;
    enum rpc_error error = RPC_NO_ERROR;
    const char *problem = NULL;
    if (!phase_allows(dispatch, method, &error, &problem)) {
        dispatch_send_error(dispatch, id, error, str_from_c(problem));
    } else if (method == NULL || !is_request(method)) {
        struct str text =
            arena_printf(request->arena, "There is no request `%.*s`.", STR_ARGUMENTS(waiting->message.method));
        dispatch_send_error(dispatch, id, RPC_METHOD_NOT_FOUND, text);
    } else if (waiting->lane == LANE_WORKER && waiting->path.size > 0 && queue_edits(&dispatch->queue, waiting->path)) {
        dispatch_send_error(dispatch, id, RPC_CONTENT_MODIFIED, STR("The text has changed since."));
    } else {
        return answer(dispatch, waiting, request);
    }
    return false;
}

static void handle_notification(struct dispatch *dispatch, const struct waiting *waiting, struct request *request) {
    const struct method *method = waiting->method;
    struct str name = waiting->message.method;
    enum rpc_error error = RPC_NO_ERROR;
    const char *problem = NULL;
    if (method == NULL || is_request(method)) {
        if (!str_starts_with(name, STR("$/"))) {
            log_problem(dispatch, name, STR("there is no such notification"));
        }
    } else if (!phase_allows(dispatch, method, &error, &problem)) {
        log_problem(dispatch, name, str_from_c(problem));
    } else if (method->handle(request) != RPC_NO_ERROR) {
        log_problem(dispatch, name, request->problem);
    }
}

/* ---- handling */

/* True when the message has been kept for later. */
static bool handle(struct dispatch *dispatch, struct waiting *waiting) {
    struct request request = {.dispatch = dispatch,
                              .host = dispatch->host,
                              .arena = &waiting->arena,
                              .params = waiting->message.params,
                              .stop = dispatch_stopping(dispatch),
                              .state = &waiting->state};
    switch (waiting->message.kind) {
    case MESSAGE_INVALID:
        dispatch_send_error(dispatch, waiting->message.id, waiting->message.error,
                            str_from_c(waiting->message.problem));
        break;
    case MESSAGE_REQUEST:
        return handle_request(dispatch, waiting, &request);
    case MESSAGE_NOTIFICATION:
        handle_notification(dispatch, waiting, &request);
        break;
    case MESSAGE_RESPONSE:
        dispatch_answered(dispatch, &waiting->message);
        break;
    }
    return false;
}

static void run(struct dispatch *dispatch, struct queue *queue, struct waiting *waiting) {
    const struct lsp_host *host = dispatch->host;
    struct running running = {.waiting = waiting, .around = dispatch->running, .started = host->clock(host->context)};
    dispatch->listened = running.started;
    dispatch->running = &running;
    bool kept = handle(dispatch, waiting);
    dispatch->running = running.around;
    uint64_t ended = host->clock(host->context);
    if (!kept && waiting->method != NULL) {
        latency_add(&dispatch->latency, (unsigned)(waiting->method - methods), waiting->method->name,
                    ended - waiting->received);
    }
    if (waiting->message.method.size > 0) {
        host->handled(host->context, waiting->message.method, ended - running.started);
    }
    if (!kept) {
        queue_release(queue, waiting);
    }
    if (running.around == NULL) {
        arena_clear(&dispatch->arena);
    }
}

bool dispatch_step(struct dispatch *dispatch) {
    bool received = dispatch->queue.first != NULL;
    struct queue *queue = received ? &dispatch->queue : &dispatch->sliced;
    struct waiting *waiting = received || queue->first == NULL
                                  ? queue_take(queue)
                                  : queue_take_ready(queue, dispatch->host->is_indexed(dispatch->host->context));
    if (waiting != NULL) {
        waiting->awaits_index = false;
        run(dispatch, queue, waiting);
    }
    return waiting != NULL;
}

bool dispatch_waits(const struct dispatch *dispatch) { return dispatch->queue.first != NULL; }

void dispatch_abandon(struct dispatch *dispatch) {
    struct waiting *waiting;
    while ((waiting = queue_take(&dispatch->sliced)) != NULL) {
        answer_early(dispatch, &dispatch->sliced, waiting, RPC_SERVER_CANCELLED, STR("The server ends."));
    }
}
