/* client: writes an editor's messages and reads the daemon's. */
#include "server/lsp/client.h"

#include "parser/base/limits.h"
#include "server/lsp/json_writer.h"

#include <cjson/cJSON.h>
#include <stddef.h>

void client_init(struct client *client) {
    *client = (struct client){.last_id = 0};
    strbuf_init(&client->output, LIMIT_MESSAGE_BYTES);
    framing_init(&client->input);
}

void client_finish(struct client *client) {
    strbuf_finish(&client->output);
    framing_finish(&client->input);
}

/* ---- writing */

/* A message that is being written: its parameters are open and get their members. */
struct draft {
    struct client *client;
    struct strbuf body;
    struct json_writer json;
};

static void begin(struct draft *draft, struct client *client, const char *method) {
    draft->client = client;
    strbuf_init(&draft->body, LIMIT_MESSAGE_BYTES);
    json_init(&draft->json, &draft->body);
    json_open_object(&draft->json);
    json_member_string(&draft->json, "jsonrpc", STR("2.0"));
    json_member_string(&draft->json, "method", str_from_c(method));
}

static void begin_request(struct draft *draft, struct client *client, const char *method) {
    begin(draft, client, method);
    json_member_number(&draft->json, "id", ++client->last_id);
}

static void begin_params(struct draft *draft) {
    json_key(&draft->json, "params");
    json_open_object(&draft->json);
}

static void add_position(struct draft *draft, const char *key, struct position position) {
    json_key(&draft->json, key);
    json_open_object(&draft->json);
    json_member_number(&draft->json, "line", position.line);
    json_member_number(&draft->json, "character", position.column);
    json_close_object(&draft->json);
}

static void begin_document(struct draft *draft, struct str uri) {
    json_key(&draft->json, "textDocument");
    json_open_object(&draft->json);
    json_member_string(&draft->json, "uri", uri);
}

static void send(struct draft *draft) {
    json_close_object(&draft->json);
    framing_write(&draft->client->output, strbuf_str(&draft->body));
    strbuf_finish(&draft->body);
}

static void send_params(struct draft *draft) {
    json_close_object(&draft->json);
    send(draft);
}

static uint32_t ask_at(struct client *client, const char *method, struct str uri, struct position position) {
    struct draft draft;
    begin_request(&draft, client, method);
    begin_params(&draft);
    begin_document(&draft, uri);
    json_close_object(&draft.json);
    add_position(&draft, "position", position);
    send_params(&draft);
    return client->last_id;
}

uint32_t client_initialize(struct client *client, struct str root_uri) {
    struct draft draft;
    begin_request(&draft, client, "initialize");
    begin_params(&draft);
    json_key(&draft.json, "processId");
    json_null(&draft.json);
    json_member_string(&draft.json, "rootUri", root_uri);
    json_key(&draft.json, "workspaceFolders");
    json_open_array(&draft.json);
    json_open_object(&draft.json);
    json_member_string(&draft.json, "uri", root_uri);
    json_member_string(&draft.json, "name", STR("demo"));
    json_close_object(&draft.json);
    json_close_array(&draft.json);
    json_key(&draft.json, "capabilities");
    json_open_object(&draft.json);
    json_close_object(&draft.json);
    send_params(&draft);
    return client->last_id;
}

uint32_t client_completion(struct client *client, struct str uri, struct position position) {
    return ask_at(client, "textDocument/completion", uri, position);
}

uint32_t client_definition(struct client *client, struct str uri, struct position position) {
    return ask_at(client, "textDocument/definition", uri, position);
}

uint32_t client_hover(struct client *client, struct str uri, struct position position) {
    return ask_at(client, "textDocument/hover", uri, position);
}

uint32_t client_preview(struct client *client, struct str uri, struct str output) {
    struct draft draft;
    begin_request(&draft, client, "tova/preview");
    begin_params(&draft);
    begin_document(&draft, uri);
    json_close_object(&draft.json);
    json_member_string(&draft.json, "output", output);
    send_params(&draft);
    return client->last_id;
}

uint32_t client_shutdown(struct client *client) {
    struct draft draft;
    begin_request(&draft, client, "shutdown");
    send(&draft);
    return client->last_id;
}

void client_initialized(struct client *client) {
    struct draft draft;
    begin(&draft, client, "initialized");
    begin_params(&draft);
    send_params(&draft);
}

void client_open(struct client *client, struct str uri, struct str text) {
    struct draft draft;
    begin(&draft, client, "textDocument/didOpen");
    begin_params(&draft);
    begin_document(&draft, uri);
    json_member_string(&draft.json, "languageId", STR("tova"));
    json_member_number(&draft.json, "version", 1);
    json_member_string(&draft.json, "text", text);
    json_close_object(&draft.json);
    send_params(&draft);
}

void client_change(struct client *client, struct str uri, uint32_t version, struct range range, struct str text) {
    struct draft draft;
    begin(&draft, client, "textDocument/didChange");
    begin_params(&draft);
    begin_document(&draft, uri);
    json_member_number(&draft.json, "version", version);
    json_close_object(&draft.json);
    json_key(&draft.json, "contentChanges");
    json_open_array(&draft.json);
    json_open_object(&draft.json);
    json_key(&draft.json, "range");
    json_open_object(&draft.json);
    add_position(&draft, "start", range.start);
    add_position(&draft, "end", range.end);
    json_close_object(&draft.json);
    json_member_string(&draft.json, "text", text);
    json_close_object(&draft.json);
    json_close_array(&draft.json);
    send_params(&draft);
}

void client_save(struct client *client, struct str uri, struct str text) {
    struct draft draft;
    begin(&draft, client, "textDocument/didSave");
    begin_params(&draft);
    begin_document(&draft, uri);
    json_close_object(&draft.json);
    json_member_string(&draft.json, "text", text);
    send_params(&draft);
}

uint32_t client_request(struct client *client, const char *method, struct str params) {
    struct draft draft;
    begin_request(&draft, client, method);
    json_key(&draft.json, "params");
    json_raw(&draft.json, params);
    send(&draft);
    return client->last_id;
}

void client_exit(struct client *client) {
    struct draft draft;
    begin(&draft, client, "exit");
    send(&draft);
}

/* ---- reading */

void client_push(struct client *client, struct str bytes) { framing_push(&client->input, bytes); }

bool client_next(struct client *client, struct arena *arena, struct message *message) {
    struct str body;
    switch (framing_next(&client->input, &body)) {
    case FRAMING_MORE:
        return false;
    case FRAMING_MESSAGE:
        message_parse(message, arena, body);
        return true;
    case FRAMING_TOO_LARGE:
    case FRAMING_BROKEN:
        *message = (struct message){.kind = MESSAGE_INVALID};
        return true;
    }
    return false;
}

uint32_t client_response_id(const struct message *message) {
    if (message->kind != MESSAGE_RESPONSE) {
        return 0;
    }
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(message->document, "id");
    return cJSON_IsNumber(id) && id->valueint > 0 ? (uint32_t)id->valueint : 0;
}

static bool decode(const struct message *message, struct arena *arena, const struct decode_table *table, void *target) {
    struct str problem;
    return decode_object(arena, message->document, table, target, &problem);
}

static bool is_notification(const struct message *message, const char *method) {
    return message->kind == MESSAGE_NOTIFICATION && str_equal(message->method, str_from_c(method));
}

static const struct decode_field diagnostic_fields[] = {
    {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct client_diagnostic, range), NULL},
    {"severity", DECODE_UINT, 0, offsetof(struct client_diagnostic, severity), NULL},
    {"code", DECODE_STRING, 0, offsetof(struct client_diagnostic, code), NULL},
    {"message", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_diagnostic, message), NULL},
};
static const struct decode_table diagnostic_table = DECODE_TABLE(struct client_diagnostic, diagnostic_fields);

bool client_read_diagnostics(const struct message *message, struct arena *arena, struct client_diagnostics *found) {
    static const struct decode_field fields[] = {
        {"params.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_diagnostics, uri), NULL},
        {"params.version", DECODE_UINT, 0, offsetof(struct client_diagnostics, version), NULL},
        {"params.diagnostics", DECODE_ARRAY, DECODE_REQUIRED, offsetof(struct client_diagnostics, list),
         &diagnostic_table},
    };
    static const struct decode_table table = DECODE_TABLE(struct client_diagnostics, fields);
    *found = (struct client_diagnostics){.version = 0};
    return is_notification(message, "textDocument/publishDiagnostics") && decode(message, arena, &table, found);
}

static const struct decode_field completion_fields[] = {
    {"label", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_completion, label), NULL},
    {"detail", DECODE_STRING, 0, offsetof(struct client_completion, detail), NULL},
    {"documentation.value", DECODE_STRING, 0, offsetof(struct client_completion, documentation), NULL},
};
static const struct decode_table completion_table = DECODE_TABLE(struct client_completion, completion_fields);

bool client_read_completions(const struct message *message, struct arena *arena, struct decode_array *found) {
    /* A list, or an object that holds one (LSP 3.17 "CompletionList"). */
    static const struct decode_field fields[] = {{"result.items", DECODE_ARRAY, DECODE_REQUIRED, 0, &completion_table}};
    static const struct decode_field bare_fields[] = {{"result", DECODE_ARRAY, DECODE_REQUIRED, 0, &completion_table}};
    static const struct decode_table table = DECODE_TABLE(struct decode_array, fields);
    static const struct decode_table bare_table = DECODE_TABLE(struct decode_array, bare_fields);
    return decode(message, arena, &table, found) || decode(message, arena, &bare_table, found);
}

static const struct decode_field location_fields[] = {
    {"uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_location, uri), NULL},
    {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct client_location, range), NULL},
};
static const struct decode_table location_table = DECODE_TABLE(struct client_location, location_fields);

bool client_read_location(const struct message *message, struct arena *arena, struct client_location *found) {
    static const struct decode_field one_fields[] = {
        {"result.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_location, uri), NULL},
        {"result.range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct client_location, range), NULL},
    };
    static const struct decode_field list_fields[] = {{"result", DECODE_ARRAY, DECODE_REQUIRED, 0, &location_table}};
    static const struct decode_table one_table = DECODE_TABLE(struct client_location, one_fields);
    static const struct decode_table list_table = DECODE_TABLE(struct decode_array, list_fields);
    struct decode_array list = {NULL, 0};
    if (decode(message, arena, &one_table, found)) {
        return true;
    }
    if (!decode(message, arena, &list_table, &list) || list.count == 0) {
        return false;
    }
    *found = *(const struct client_location *)list.items;
    return true;
}

bool client_read_hover(const struct message *message, struct arena *arena, struct str *markdown) {
    static const struct decode_field fields[] = {{"result.contents.value", DECODE_STRING, DECODE_REQUIRED, 0, NULL}};
    static const struct decode_table table = DECODE_TABLE(struct str, fields);
    return decode(message, arena, &table, markdown);
}

bool client_read_preview(const struct message *message, struct arena *arena, struct client_preview *found) {
    static const struct decode_field fields[] = {
        {"result.output.name", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_preview, name), NULL},
        {"result.text", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_preview, text), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct client_preview, fields);
    return decode(message, arena, &table, found);
}

bool client_read_compiled(const struct message *message, struct arena *arena, struct client_compiled *found) {
    static const struct decode_field fields[] = {
        {"params.written", DECODE_STRINGS, DECODE_REQUIRED, offsetof(struct client_compiled, written), NULL},
        {"params.kept", DECODE_STRINGS, 0, offsetof(struct client_compiled, kept), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct client_compiled, fields);
    return is_notification(message, "tova/compiled") && decode(message, arena, &table, found);
}
