/* lifecycle: initialize to exit, trace and settings. */
#include "server/lsp/endpoints.h"
#include "server/lsp/handlers.h"

#include <string.h>

enum rpc_error lifecycle_ignore(struct request *request) { return RPC_NO_ERROR; }

static struct str encoding_name(enum position_encoding encoding) {
    static const struct str names[] = {
        [POSITION_UTF8] = STR_INIT("utf-8"), [POSITION_UTF16] = STR_INIT("utf-16"), [POSITION_UTF32] = STR_INIT("utf-32")};
    return names[encoding];
}

/* LSP 3.17 "PositionEncodingKind": UTF-8 costs nothing here; UTF-16 is what every client has to understand, so UTF-32
 * is taken only where it is preferred to that. */
static enum position_encoding choose_encoding(const struct decode_array *offered) {
    enum position_encoding first = POSITION_UTF16;
    const struct str *encodings = offered->items;
    for (uint32_t i = offered->count; i-- > 0;) {
        if (str_equal(encodings[i], encoding_name(POSITION_UTF8))) {
            return POSITION_UTF8;
        }
        if (str_equal(encodings[i], encoding_name(POSITION_UTF16))) {
            first = POSITION_UTF16;
        } else if (str_equal(encodings[i], encoding_name(POSITION_UTF32))) {
            first = POSITION_UTF32;
        }
    }
    return first;
}

static bool holds(const struct decode_array *strings, struct str wanted) {
    const struct str *items = strings->items;
    for (uint32_t i = 0; i < strings->count; i++) {
        if (str_equal(items[i], wanted)) {
            return true;
        }
    }
    return false;
}

static unsigned known_commands(const struct decode_array *names) {
    static const struct {
        struct str name;
        enum client_command command;
    } known[] = {
        {STR_INIT("tova.copy"), CLIENT_COPIES},
        {STR_INIT("tova.runTest"), CLIENT_RUNS_TESTS},
        {STR_INIT("tova.showReferences"), CLIENT_SHOWS_REFERENCES},
    };
    const struct str *items = names->items;
    unsigned commands = 0;
    for (uint32_t i = 0; i < names->count; i++) {
        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            commands |= str_equal(items[i], known[k].name) ? (unsigned)known[k].command : 0;
        }
    }
    return commands;
}

static void write_initialize_result(struct request *request) {
    struct json_writer *json = request->result;
    json_open_object(json);
    json_key(json, "capabilities");
    json_open_object(json);
    json_member_string(json, "positionEncoding", encoding_name(request->dispatch->encoding));
    dispatch_write_capabilities(json);
    json_close_object(json);
    json_key(json, "serverInfo");
    json_open_object(json);
    json_member_string(json, "name", STR("tova"));
    json_member_string(json, "version", STR(TOVA_VERSION));
    json_close_object(json);
    json_close_object(json);
}

enum rpc_error lifecycle_initialize(struct request *request) {
    struct dispatch *dispatch = request->dispatch;
    struct initialize_params params = {0};
    if (dispatch->phase != DISPATCH_FRESH) {
        request->problem = STR("The server is initialized already.");
        return RPC_INVALID_REQUEST;
    }
    if (!request_decode(request, &params_initialize, &params)) {
        return RPC_INVALID_PARAMS;
    }
    dispatch->phase = DISPATCH_RUNNING;
    dispatch->encoding = choose_encoding(&params.encodings);
    request->host->initialize(request->host->context, &params, dispatch->encoding);
    if (params.has_settings) {
        lifecycle_apply(dispatch, &params.settings);
    }
    dispatch->client = params;
    dispatch->client.commands = known_commands(&params.command_names);
    dispatch->client.resolves_documentation = holds(&params.completion_resolves, STR("documentation"));
    dispatch->client.completion_resolves = (struct decode_array){0};
    dispatch->client.default_range = holds(&params.completion_defaults, STR("editRange"));
    dispatch->client.default_format = holds(&params.completion_defaults, STR("insertTextFormat"));
    dispatch->client.completion_defaults = (struct decode_array){0};
    dispatch->client.command_names = (struct decode_array){0};
    dispatch->client.creates_files = holds(&params.resource_operations, STR("create"));
    dispatch->client.resource_operations = (struct decode_array){0};
    memset(&dispatch->client.folders, 0, sizeof dispatch->client.folders);
    memset(&dispatch->client.encodings, 0, sizeof dispatch->client.encodings);
    dispatch->client.root_uri = dispatch->client.root_path = (struct str){0};
    dispatch->client.settings = (struct settings_params){0};
    write_initialize_result(request);
    return RPC_NO_ERROR;
}

enum rpc_error lifecycle_initialized(struct request *request) {
    request->host->initialized(request->host->context);
    return RPC_NO_ERROR;
}

enum rpc_error lifecycle_shutdown(struct request *request) {
    request->dispatch->phase = DISPATCH_SHUT_DOWN;
    dispatch_abandon(request->dispatch);
    json_null(request->result);
    return RPC_NO_ERROR;
}

/* LSP 3.17 "Exit Notification": 0 after a shutdown, 1 without one. */
enum rpc_error lifecycle_exit(struct request *request) {
    request->host->exit(request->host->context, request->dispatch->phase == DISPATCH_SHUT_DOWN ? 0 : 1);
    return RPC_NO_ERROR;
}

struct trace_params {
    struct str value;
};

enum rpc_error lifecycle_set_trace(struct request *request) {
    static const struct decode_field rows[] = {
        {"value", DECODE_STRING, DECODE_REQUIRED, offsetof(struct trace_params, value), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct trace_params, rows);
    struct trace_params params = {0};
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    struct settings_params settings = {.trace = params.value};
    lifecycle_apply(request->dispatch, &settings);
    return RPC_NO_ERROR;
}

void lifecycle_apply(struct dispatch *dispatch, const struct settings_params *settings) {
    struct inlay_settings *hints = &dispatch->hints;
    hints->parameter_names = settings->hints.has_parameter_names ? settings->hints.parameter_names : hints->parameter_names;
    hints->await = settings->hints.has_await ? settings->hints.await : hints->await;
    hints->types = settings->hints.has_types ? settings->hints.types : hints->types;
    dispatch->host->configure(dispatch->host->context, settings);
    dispatch_refresh_shown(dispatch, SHOWN_HINTS);
    if (settings->has_first_port && settings->first_port >= 0 && settings->first_port <= UINT16_MAX) {
        dispatch->first_port = (uint32_t)settings->first_port;
        dispatch_refresh_shown(dispatch, SHOWN_LENSES);
        endpoints_note(dispatch);
    }
}

void lifecycle_configure(struct dispatch *dispatch, const struct cJSON *settings_json) {
    struct settings_params settings = {0};
    struct str problem;
    if (decode_object(&dispatch->arena, settings_json, &params_settings, &settings, &problem)) {
        lifecycle_apply(dispatch, &settings);
    }
}
