/* dispatch: the table, the answers, and the messages that the server starts itself. */
#include "server/lsp/dispatch.h"

#include "parser/base/limits.h"
#include "parser/text/uri.h"
#include "server/lsp/encode.h"
#include "server/lsp/handlers.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum method_kind { REQUEST, NOTIFICATION, EARLY_REQUEST, EARLY_NOTIFICATION };

struct method {
    struct str name;
    enum rpc_error (*handle)(struct request *request);
    enum method_kind kind;
    struct str capabilities;
};

static const struct method methods[] = {
#define METHOD(name, handler, kind, lane, capabilities) {STR_INIT(name), handler, kind, STR_INIT(capabilities)},
#include "server/lsp/methods.def"
};

enum {
    METHOD_COUNT = sizeof methods / sizeof *methods,
    KEPT_BYTES = 1024 * 1024, /* the memory of a larger answer is given back */
};

void dispatch_init(struct dispatch *dispatch, const struct lsp_host *host) {
    memset(dispatch, 0, sizeof *dispatch);
    dispatch->host = host;
    arena_init(&dispatch->arena);
    strbuf_init(&dispatch->out, LIMIT_MESSAGE_BYTES);
}

void dispatch_finish(struct dispatch *dispatch) {
    arena_finish(&dispatch->arena);
    strbuf_finish(&dispatch->out);
}

/* ---- writing */

static void begin_message(struct dispatch *dispatch, struct json_writer *json) {
    strbuf_clear(&dispatch->out);
    json_init(json, &dispatch->out);
    json_open_object(json);
    json_member_string(json, "jsonrpc", STR("2.0"));
}

static void send_message(struct dispatch *dispatch, struct json_writer *json) {
    json_close_object(json);
    dispatch->host->send(dispatch->host->context, strbuf_str(&dispatch->out));
    if (dispatch->out.capacity > KEPT_BYTES) {
        strbuf_finish(&dispatch->out);
    }
}

void dispatch_begin(struct dispatch *dispatch, struct json_writer *json, const char *method) {
    begin_message(dispatch, json);
    json_member_string(json, "method", str_from_c(method));
    json_key(json, "params");
}

void dispatch_end(struct dispatch *dispatch, struct json_writer *json) { send_message(dispatch, json); }

static void send_error(struct dispatch *dispatch, struct str id, enum rpc_error error, struct str problem) {
    struct json_writer json;
    begin_message(dispatch, &json);
    json_key(&json, "id");
    json_raw(&json, id);
    json_key(&json, "error");
    json_open_object(&json);
    json_member_number(&json, "code", error);
    json_member_string(&json, "message", problem);
    json_close_object(&json);
    send_message(dispatch, &json);
}

void dispatch_refuse(struct dispatch *dispatch, enum rpc_error error, struct str problem) {
    send_error(dispatch, STR("null"), error, problem);
}

/* Begins a request to the client; returns its number. */
static uint32_t begin_request(struct dispatch *dispatch, struct json_writer *json, const char *method) {
    uint32_t id = ++dispatch->next_id;
    begin_message(dispatch, json);
    json_member_number(json, "id", id);
    json_member_string(json, "method", str_from_c(method));
    json_key(json, "params");
    return id;
}

void dispatch_ask_configuration(struct dispatch *dispatch) {
    struct json_writer json;
    if (!dispatch->client.configuration) {
        return;
    }
    dispatch->configuration_id = begin_request(dispatch, &json, "workspace/configuration");
    json_raw(&json, STR("{\"items\":[{\"section\":\"tova\"}]}"));
    send_message(dispatch, &json);
}

void dispatch_register_watch(struct dispatch *dispatch) {
    struct json_writer json;
    if (!dispatch->client.watch_registration) {
        return;
    }
    begin_request(dispatch, &json, "client/registerCapability");
    json_raw(&json, STR("{\"registrations\":[{\"id\":\"sources\",\"method\":\"workspace/didChangeWatchedFiles\","
                        "\"registerOptions\":{\"watchers\":[{\"globPattern\":\"**/*.tova\"}]}}]}"));
    send_message(dispatch, &json);
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

void dispatch_write_capabilities(struct json_writer *json) {
    for (int i = 0; i < METHOD_COUNT; i++) {
        if (methods[i].capabilities.size > 0) {
            json_raw(json, methods[i].capabilities);
        }
    }
}

/* ---- reading */

bool request_decode(struct request *request, const struct decode_table *table, void *params) {
    return decode_object(request->arena, request->params, table, params, &request->problem);
}

struct str request_path(struct request *request, struct str uri) {
    struct str path;
    return uri_to_path(request->arena, uri, &path) ? path : arena_str(request->arena, uri);
}

static int compare_method(const void *key, const void *element) {
    const struct str *name = key;
    const struct method *method = element;
    return str_compare(*name, method->name);
}

static const struct method *find_method(struct str name) {
    return bsearch(&name, methods, METHOD_COUNT, sizeof *methods, compare_method);
}

static bool is_request(const struct method *method) { return method->kind == REQUEST || method->kind == EARLY_REQUEST; }

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

static void handle_request(struct dispatch *dispatch, const struct message *message, struct request *request) {
    const struct method *method = find_method(message->method);
    enum rpc_error error = RPC_NO_ERROR;
    const char *problem = NULL;
    if (!phase_allows(dispatch, method, &error, &problem)) {
        send_error(dispatch, message->id, error, str_from_c(problem));
        return;
    }
    if (method == NULL || !is_request(method)) {
        struct str text = arena_printf(request->arena, "There is no request `%.*s`.", STR_ARGUMENTS(message->method));
        send_error(dispatch, message->id, RPC_METHOD_NOT_FOUND, text);
        return;
    }
    struct json_writer json;
    struct strbuf *out = &dispatch->out;
    begin_message(dispatch, &json);
    json_key(&json, "id");
    json_raw(&json, message->id);
    json_key(&json, "result");
    request->result = &json;
    error = method->handle(request);
    if (error == RPC_NO_ERROR && !out->overflow) {
        send_message(dispatch, &json);
    } else {
        send_error(dispatch, message->id, error != RPC_NO_ERROR ? error : RPC_REQUEST_FAILED,
                   error != RPC_NO_ERROR ? request->problem : STR("The answer is too large."));
    }
}

static void handle_notification(struct dispatch *dispatch, const struct message *message, struct request *request) {
    const struct method *method = find_method(message->method);
    enum rpc_error error = RPC_NO_ERROR;
    const char *problem = NULL;
    if (method == NULL || is_request(method)) {
        if (!str_starts_with(message->method, STR("$/"))) {
            log_problem(dispatch, message->method, STR("there is no such notification"));
        }
    } else if (!phase_allows(dispatch, method, &error, &problem)) {
        log_problem(dispatch, message->method, str_from_c(problem));
    } else if (method->handle(request) != RPC_NO_ERROR) {
        log_problem(dispatch, message->method, request->problem);
    }
}

/* The answers that matter are those to workspace/configuration: an array with one value for the one section. */
static void handle_response(struct dispatch *dispatch, const struct message *message) {
    char id[16];
    snprintf(id, sizeof id, "%u", (unsigned)dispatch->configuration_id);
    const cJSON *result = cJSON_GetObjectItemCaseSensitive(message->document, "result");
    if (dispatch->configuration_id == 0 || !str_equal(message->id, str_from_c(id))) {
        return;
    }
    dispatch->configuration_id = 0;
    if (cJSON_IsArray(result) && cJSON_IsObject(result->child)) {
        lifecycle_configure(dispatch, result->child);
    }
}

void dispatch_message(struct dispatch *dispatch, struct str body) {
    struct message message;
    message_parse(&message, &dispatch->arena, body);
    struct request request = {
        .dispatch = dispatch, .host = dispatch->host, .arena = &dispatch->arena, .params = message.params};
    switch (message.kind) {
    case MESSAGE_INVALID:
        send_error(dispatch, message.id, message.error, str_from_c(message.problem));
        break;
    case MESSAGE_REQUEST:
        handle_request(dispatch, &message, &request);
        break;
    case MESSAGE_NOTIFICATION:
        handle_notification(dispatch, &message, &request);
        break;
    case MESSAGE_RESPONSE:
        handle_response(dispatch, &message);
        break;
    }
    if (message.method.size > 0) {
        dispatch->host->handled(dispatch->host->context, message.method);
    }
    message_finish(&message);
    arena_clear(&dispatch->arena);
}
