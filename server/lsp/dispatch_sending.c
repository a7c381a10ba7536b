/* dispatch_sending: answers, notifications, requests to the client and what becomes of their answers. */
#include "parser/base/limits.h"
#include "server/lsp/dispatch.h"
#include "server/lsp/encode.h"
#include "server/lsp/handlers.h"

#include <cjson/cJSON.h>
#include <stdio.h>

enum { KEPT_BYTES = 1024 * 1024 }; /* the memory of a larger message is given back */

static void begin(struct strbuf *buffer, struct json_writer *json) {
    strbuf_clear(buffer);
    json_init(json, buffer);
    json_open_object(json);
    json_member_string(json, "jsonrpc", STR("2.0"));
}

static void end(struct dispatch *dispatch, struct strbuf *buffer, struct json_writer *json) {
    json_close_object(json);
    dispatch->host->send(dispatch->host->context, strbuf_str(buffer));
    if (buffer->capacity > KEPT_BYTES) {
        strbuf_finish(buffer);
    }
}

/* ---- answers */

void dispatch_begin_answer(struct dispatch *dispatch, struct json_writer *json, struct str id) {
    begin(&dispatch->out, json);
    json_key(json, "id");
    json_raw(json, id);
    json_key(json, "result");
}

void dispatch_end_answer(struct dispatch *dispatch, struct json_writer *json) { end(dispatch, &dispatch->out, json); }

void dispatch_send_error(struct dispatch *dispatch, struct str id, enum rpc_error error, struct str problem) {
    struct json_writer json;
    begin(&dispatch->note, &json);
    json_key(&json, "id");
    json_raw(&json, id);
    json_key(&json, "error");
    json_open_object(&json);
    json_member_number(&json, "code", error);
    json_member_string(&json, "message", problem);
    json_close_object(&json);
    end(dispatch, &dispatch->note, &json);
}

void dispatch_refuse(struct dispatch *dispatch, enum rpc_error error, struct str problem) {
    dispatch_send_error(dispatch, STR("null"), error, problem);
}

/* ---- notifications and requests */

void dispatch_begin(struct dispatch *dispatch, struct json_writer *json, const char *method) {
    begin(&dispatch->note, json);
    json_member_string(json, "method", str_from_c(method));
    json_key(json, "params");
}

static void begin_request(struct dispatch *dispatch, struct json_writer *json, const char *method,
                          void (*answered)(struct dispatch *dispatch, const struct cJSON *result)) {
    uint32_t id = ++dispatch->next_id;
    if (answered != NULL) { /* a client that answers nothing makes the oldest be forgotten */
        dispatch->asked[id % DISPATCH_ASKED_MOST] = (struct dispatch_asked){id, answered};
    }
    begin(&dispatch->note, json);
    json_member_number(json, "id", id);
    json_member_string(json, "method", str_from_c(method));
}

void dispatch_begin_request(struct dispatch *dispatch, struct json_writer *json, const char *method,
                            void (*answered)(struct dispatch *dispatch, const struct cJSON *result)) {
    begin_request(dispatch, json, method, answered);
    json_key(json, "params");
}

void dispatch_ask(struct dispatch *dispatch, const char *method,
                  void (*answered)(struct dispatch *dispatch, const struct cJSON *result)) {
    struct json_writer json;
    begin_request(dispatch, &json, method, answered);
    end(dispatch, &dispatch->note, &json);
}

void dispatch_end(struct dispatch *dispatch, struct json_writer *json) { end(dispatch, &dispatch->note, json); }

void dispatch_answered(struct dispatch *dispatch, const struct message *message) {
    char id[16];
    for (int i = 0; i < DISPATCH_ASKED_MOST; i++) {
        struct dispatch_asked asked = dispatch->asked[i];
        snprintf(id, sizeof id, "%u", (unsigned)asked.id);
        if (asked.id > 0 && str_equal(message->id, str_from_c(id))) {
            dispatch->asked[i].id = 0;
            asked.answered(dispatch, cJSON_GetObjectItemCaseSensitive(message->document, "result"));
            return;
        }
    }
}

/* ---- what is said */

/* An array with one value for the one section that was asked for. */
static void configured(struct dispatch *dispatch, const struct cJSON *result) {
    if (cJSON_IsArray(result) && cJSON_IsObject(result->child)) {
        lifecycle_configure(dispatch, result->child);
    }
}

void dispatch_ask_configuration(struct dispatch *dispatch) {
    struct json_writer json;
    if (!dispatch->client.configuration) {
        return;
    }
    dispatch_begin_request(dispatch, &json, "workspace/configuration", configured);
    json_raw(&json, STR("{\"items\":[{\"section\":\"tova\"}]}"));
    dispatch_end(dispatch, &json);
}

void dispatch_register_watch(struct dispatch *dispatch) {
    struct json_writer json;
    if (!dispatch->client.watch_registration) {
        return;
    }
    dispatch_begin_request(dispatch, &json, "client/registerCapability", NULL);
    json_raw(&json, STR("{\"registrations\":[{\"id\":\"sources\",\"method\":\"workspace/didChangeWatchedFiles\","
                        "\"registerOptions\":{\"watchers\":[{\"globPattern\":\"**/*.tova\"}]}}]}"));
    dispatch_end(dispatch, &json);
}

static void refreshed(struct dispatch *dispatch, const struct cJSON *result) {
    dispatch->refreshing = false;
    if (dispatch->refresh_again) {
        dispatch_refresh_diagnostics(dispatch);
    }
}

void dispatch_refresh_diagnostics(struct dispatch *dispatch) {
    dispatch->refresh_again = dispatch->refreshing;
    if (!dispatch->client.refreshes_diagnostics || dispatch->refreshing) {
        return;
    }
    dispatch->refreshing = true;
    dispatch_ask(dispatch, "workspace/diagnostic/refresh", refreshed);
}

void dispatch_refresh_shown(struct dispatch *dispatch, unsigned shown) {
    const struct initialize_params *client = &dispatch->client;
    const struct {
        enum shown shown;
        bool able;
        const char *method;
    } kinds[] = {
        {SHOWN_LENSES, client->refreshes_lenses, "workspace/codeLens/refresh"},
        {SHOWN_HINTS, client->refreshes_hints, "workspace/inlayHint/refresh"},
        {SHOWN_TOKENS, client->refreshes_tokens, "workspace/semanticTokens/refresh"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].able && (dispatch->shown & shown & (unsigned)kinds[i].shown) != 0) {
            dispatch->shown &= ~(unsigned)kinds[i].shown;
            dispatch_ask(dispatch, kinds[i].method, NULL);
        }
    }
}

void dispatch_publish(struct dispatch *dispatch, struct str path, int64_t version, const struct text *text,
                      const struct diagnostic_list *diagnostics) {
    struct json_writer json;
    struct arena scratch = {0}; /* the request's arena may be in use: closing a document publishes */
    dispatch_begin(dispatch, &json, "textDocument/publishDiagnostics");
    struct encoder encoder = encoder_of(dispatch, &json);
    encoder.arena = &scratch;
    encode_diagnostics(&encoder, path, version, text, diagnostics);
    dispatch_end(dispatch, &json);
    arena_finish(&scratch);
}
