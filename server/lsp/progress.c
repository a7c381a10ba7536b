/* progress: window/workDoneProgress/create, then $/progress by its token. */
#include "server/lsp/progress.h"

#include "server/lsp/dispatch.h"
#include "server/lsp/handlers.h"

#include <stdio.h>

enum { REPORT_NANOSECONDS = 100 * 1000 * 1000 };

static struct str token_of(const struct dispatch *dispatch, char *buffer, size_t size) {
    snprintf(buffer, size, "tova/index/%u", (unsigned)dispatch->progress.number);
    return str_from_c(buffer);
}

/* Sends one value of the work: `kind` is "begin", "report" or "end". */
static void send(struct dispatch *dispatch, const char *kind) {
    struct json_writer json;
    char token[32], message[48];
    const struct progress *progress = &dispatch->progress;
    bool ends = str_equal(str_from_c(kind), STR("end"));
    dispatch_begin(dispatch, &json, "$/progress");
    json_open_object(&json);
    json_member_string(&json, "token", token_of(dispatch, token, sizeof token));
    json_key(&json, "value");
    json_open_object(&json);
    json_member_string(&json, "kind", str_from_c(kind));
    if (str_equal(str_from_c(kind), STR("begin"))) {
        json_member_string(&json, "title", STR("Reading Tova files"));
        json_member_bool(&json, "cancellable", true);
    }
    if (!ends && progress->total > 0) {
        snprintf(message, sizeof message, "%u/%u", (unsigned)progress->done, (unsigned)progress->total);
        json_member_string(&json, "message", str_from_c(message));
        json_member_number(&json, "percentage", (int64_t)progress->done * 100 / progress->total);
    }
    json_close_object(&json);
    json_close_object(&json);
    dispatch_end(dispatch, &json);
}

static void created(struct dispatch *dispatch, const struct cJSON *result) {
    struct progress *progress = &dispatch->progress;
    if (progress->state != PROGRESS_ASKED || progress->over || result == NULL) {
        progress->state = PROGRESS_NONE;
        return;
    }
    progress->state = PROGRESS_SHOWN;
    progress->told = dispatch->host->clock(dispatch->host->context);
    send(dispatch, "begin");
}

static void ask(struct dispatch *dispatch) {
    struct json_writer json;
    char token[32];
    dispatch->progress.state = PROGRESS_ASKED;
    dispatch->progress.over = false;
    dispatch->progress.number++;
    dispatch_begin_request(dispatch, &json, "window/workDoneProgress/create", created);
    json_open_object(&json);
    json_member_string(&json, "token", token_of(dispatch, token, sizeof token));
    json_close_object(&json);
    dispatch_end(dispatch, &json);
}

void progress_report(struct dispatch *dispatch, uint32_t done, uint32_t total) {
    struct progress *progress = &dispatch->progress;
    if (!dispatch->client.work_done_progress) {
        return;
    }
    progress->done = done;
    progress->total = total;
    uint64_t now = dispatch->host->clock(dispatch->host->context);
    if (progress->state == PROGRESS_NONE) {
        ask(dispatch);
    } else if (progress->state == PROGRESS_SHOWN && now - progress->told >= REPORT_NANOSECONDS) {
        progress->told = now;
        send(dispatch, "report");
    }
}

void progress_end(struct dispatch *dispatch) {
    struct progress *progress = &dispatch->progress;
    if (progress->state == PROGRESS_SHOWN) {
        send(dispatch, "end");
        progress->state = PROGRESS_NONE;
    }
    progress->over = true;
}

struct progress_cancel_params {
    struct str token;
};

enum rpc_error progress_cancel(struct request *request) {
    static const struct decode_field rows[] = {
        {"token", DECODE_STRING, DECODE_REQUIRED, offsetof(struct progress_cancel_params, token), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct progress_cancel_params, rows);
    struct progress_cancel_params params = {0};
    char token[32];
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    if (str_equal(params.token, token_of(request->dispatch, token, sizeof token))) {
        request->host->cancel_indexing(request->host->context);
    }
    return RPC_NO_ERROR;
}
