/* workspace/executeCommand: requests to endpoints as text, for clients that cannot copy by themselves, and into requests.http. The
 * arguments of each command are a document's URI and a position in it. */
#include "parser/base/path.h"
#include "server/features/code_action.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

#include <cjson/cJSON.h>
#include <stddef.h>

enum { MESSAGE_INFORMATION = 3 }; /* LSP 3.17 "MessageType" */

/* ---- what is asked */

struct command_params {
    struct str command;
};

struct position_params {
    struct position position;
};

static const struct decode_field command_rows[] = {
    {"command", DECODE_STRING, DECODE_REQUIRED, offsetof(struct command_params, command), NULL},
};
static const struct decode_table command_table = DECODE_TABLE(struct command_params, command_rows);

static const struct decode_field position_rows[] = {
    {"line", DECODE_UINT, DECODE_REQUIRED, offsetof(struct position_params, position.line), NULL},
    {"character", DECODE_UINT, DECODE_REQUIRED, offsetof(struct position_params, position.column), NULL},
};
static const struct decode_table position_table = DECODE_TABLE(struct position_params, position_rows);

static enum rpc_error open_arguments(struct request *request, struct view *view, uint32_t *offset) {
    const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(request->params, "arguments");
    const cJSON *uri = cJSON_GetArrayItem(arguments, 0);
    struct position_params params = {0};
    if (!cJSON_IsString(uri) ||
        !decode_object(request->arena, cJSON_GetArrayItem(arguments, 1), &position_table, &params, &request->problem)) {
        request->problem = STR("The arguments are a document's URI and a position.");
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, str_from_c(uri->valuestring), view);
    return error == RPC_NO_ERROR && !view_offset(request, view, params.position, offset) ? RPC_INVALID_PARAMS : error;
}

/* The action at a place that does a deed, or NULL. */
static const struct code_action *action_at(struct view *view, uint32_t offset, enum code_action_deed deed) {
    struct code_action_query query = {.span = {offset, offset}, .kinds = 1u << ACTION_REQUEST};
    struct code_action_list actions = code_actions_at(&view->context, &query);
    for (unsigned i = 0; i < actions.list.count; i++) {
        if (actions.list.items[i].deed == deed) {
            return &actions.list.items[i];
        }
    }
    return NULL;
}

/* ---- what is done */

/* Gives the text, and shows it to whoever cannot do anything with that. */
static enum rpc_error give(struct request *request, const struct view *view, const struct code_action *action) {
    struct json_writer json;
    (void)view;
    json_string(request->result, action->text);
    if ((request->dispatch->client.commands & CLIENT_COPIES) == 0) {
        dispatch_begin(request->dispatch, &json, "window/showMessage");
        json_open_object(&json);
        json_member_number(&json, "type", MESSAGE_INFORMATION);
        json_member_string(&json, "message", action->text);
        json_close_object(&json);
        dispatch_end(request->dispatch, &json);
    }
    return RPC_NO_ERROR;
}

static void write_create(struct json_writer *json, struct str uri) {
    json_open_object(json);
    json_member_string(json, "kind", STR("create"));
    json_member_string(json, "uri", uri);
    json_key(json, "options");
    json_open_object(json);
    json_member_bool(json, "ignoreIfExists", true);
    json_close_object(json);
    json_close_object(json);
}

static void write_edits(struct encoder *encoder, struct position end, struct str text) {
    json_open_array(encoder->json);
    json_open_object(encoder->json);
    encode_range(encoder, "range", (struct range){end, end});
    json_member_string(encoder->json, "newText", text);
    json_close_object(encoder->json);
    json_close_array(encoder->json);
}

/* A WorkspaceEdit that adds text at the end of a file, which is made when there is none. */
static void write_addition(struct encoder *encoder, struct str uri, bool create, struct position end, struct str text) {
    struct json_writer *json = encoder->json;
    bool documents = encoder->client->document_changes || create;
    json_open_object(json);
    json_key(json, documents ? "documentChanges" : "changes");
    documents ? json_open_array(json) : json_open_object(json);
    if (create) {
        write_create(json, uri);
    }
    if (documents) {
        json_open_object(json);
        json_key(json, "textDocument");
        json_open_object(json);
        json_member_string(json, "uri", uri);
        json_key(json, "version");
        json_null(json);
        json_close_object(json);
        json_key(json, "edits");
    } else {
        json_key_text(json, uri);
    }
    write_edits(encoder, end, text);
    if (documents) {
        json_close_object(json);
    }
    documents ? json_close_array(json) : json_close_object(json);
    json_close_object(json);
}

static enum rpc_error append(struct request *request, const struct view *view, const struct code_action *action) {
    struct dispatch *dispatch = request->dispatch;
    const struct lsp_host *host = request->host;
    struct str path = path_join(request->arena, path_parent(request->arena, view->path), STR("requests.http"));
    struct text *old = host->text(host->context, path, 0);
    if (!dispatch->client.applies_edits || (old == NULL && !dispatch->client.creates_files)) {
        text_unref(old);
        request->problem = STR("The editor cannot write requests.http by itself: it takes no such edits.");
        return RPC_REQUEST_FAILED;
    }
    struct position end = old == NULL ? (struct position){0, 0} : position_of(old, text_size(old), dispatch->encoding);
    bool apart = old != NULL && text_size(old) > 0;
    bool open_line = apart && text_str(old).data[text_size(old) - 1] != '\n';
    struct str text = arena_printf(request->arena, "%s%s%.*s", open_line ? "\n" : "", apart ? "\n" : "",
                                   STR_ARGUMENTS(action->text));
    struct json_writer json;
    dispatch_begin_request(dispatch, &json, "workspace/applyEdit", NULL);
    struct encoder encoder = encoder_of(dispatch, &json);
    encoder.arena = request->arena;
    json_open_object(&json);
    json_member_string(&json, "label", STR("Add to requests.http"));
    json_key(&json, "edit");
    write_addition(&encoder, host->uri(host->context, request->arena, path), old == NULL, end, text);
    json_close_object(&json);
    dispatch_end(dispatch, &json);
    text_unref(old);
    json_null(request->result);
    return RPC_NO_ERROR;
}

enum rpc_error method_execute_command(struct request *request) {
    static const struct {
        struct str name;
        enum code_action_deed deed;
        enum rpc_error (*run)(struct request *request, const struct view *view, const struct code_action *action);
    } commands[] = {
        {STR_INIT("tova.curl"), DEED_CURL, give},
        {STR_INIT("tova.fetch"), DEED_FETCH, give},
        {STR_INIT("tova.requests.append"), DEED_APPEND, append},
    };
    struct command_params params = {0};
    struct view view;
    uint32_t offset = 0;
    if (!request_decode(request, &command_table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (!str_equal(commands[i].name, params.command)) {
            continue;
        }
        enum rpc_error error = open_arguments(request, &view, &offset);
        if (error != RPC_NO_ERROR) {
            return error;
        }
        const struct code_action *action = action_at(&view, offset, commands[i].deed);
        if (action == NULL) {
            request->problem = STR("Nothing that can be asked for stands there.");
            return RPC_REQUEST_FAILED;
        }
        return commands[i].run(request, &view, action);
    }
    request->problem = arena_printf(request->arena, "There is no command `%.*s`.", STR_ARGUMENTS(params.command));
    return RPC_INVALID_PARAMS;
}
