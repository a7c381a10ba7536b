/* textDocument/codeAction and codeAction/resolve. */
#include "server/features/code_action.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

#include <stddef.h>

enum { TRIGGERED_AUTOMATICALLY = 2 }; /* LSP 3.17 "CodeActionTriggerKind" */

/* ---- what is asked */

struct code_action_params {
    struct str uri;
    struct range range;
    struct decode_array only; /* struct str */
    bool has_only;
    uint32_t trigger;
};

static const struct decode_field code_action_rows[] = {
    {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct code_action_params, uri), NULL},
    {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct code_action_params, range), NULL},
    {"context.only", DECODE_STRINGS, 0, offsetof(struct code_action_params, only), NULL},
    {"context.only", DECODE_PRESENT, 0, offsetof(struct code_action_params, has_only), NULL},
    {"context.triggerKind", DECODE_UINT, 0, offsetof(struct code_action_params, trigger), NULL},
};
static const struct decode_table code_action_table = DECODE_TABLE(struct code_action_params, code_action_rows);

/* Actions on the whole file are not looked for behind the back of somebody who moves the cursor. */
static unsigned kinds_of(const struct code_action_params *params) {
    const struct str *only = params->only.items;
    unsigned kinds = params->has_only ? 0 : (unsigned)ACTION_ALL_KINDS;
    for (uint32_t i = 0; i < params->only.count; i++) {
        kinds |= code_action_kinds_of(only[i]);
    }
    if (!params->has_only && params->trigger == TRIGGERED_AUTOMATICALLY) {
        kinds &= ~(1u << ACTION_FIX_ALL | 1u << ACTION_ORGANIZE);
    }
    return kinds;
}

/* ---- answers */

/* What codeAction/resolve needs to find the action again: the `number`-th of its provider at this place of this version. */
static void encode_data(struct view *view, const struct code_action_params *params, const struct code_action *action,
                        unsigned number) {
    struct json_writer *json = view->encoder.json;
    json_key(json, "data");
    json_open_object(json);
    json_key(json, "textDocument");
    json_open_object(json);
    json_member_string(json, "uri", params->uri);
    json_close_object(json);
    encode_range(&view->encoder, "range", params->range);
    json_member_number(json, "version", view->version);
    json_member_number(json, "provider", action->provider);
    json_member_number(json, "number", number);
    json_close_object(json);
}

static void encode_head(struct view *view, const struct code_action *action) {
    struct encoder *encoder = &view->encoder;
    struct json_writer *json = encoder->json;
    json_member_string(json, "title", action->title);
    json_member_string(json, "kind", code_action_kind_name(action->kind));
    if (action->preferred && encoder->client->code_action_preferred) {
        json_member_bool(json, "isPreferred", true);
    }
    if (action->diagnostic != NULL) {
        json_key(json, "diagnostics");
        json_open_array(json);
        encode_diagnostic(encoder, action->diagnostic, view->path, view->text);
        json_close_array(json);
    }
}

/* What the action does in place of an edit: the client's own command where it has one. */
static void encode_deed(struct view *view, const struct code_action_params *params, const struct code_action *action) {
    static const struct {
        struct str what, command;
    } deeds[] = {[DEED_CURL] = {STR_INIT("curl"), STR_INIT("tova.curl")},
                 [DEED_FETCH] = {STR_INIT("fetch"), STR_INIT("tova.fetch")},
                 [DEED_APPEND] = {STR_INIT("request"), STR_INIT("tova.requests.append")}};
    struct json_writer *json = view->encoder.json;
    bool copies = action->deed != DEED_APPEND && (view->encoder.client->commands & CLIENT_COPIES) != 0;
    json_key(json, "command");
    json_open_object(json);
    json_member_string(json, "title", action->title);
    json_member_string(json, "command", copies ? STR("tova.copy") : deeds[action->deed].command);
    json_key(json, "arguments");
    json_open_array(json);
    if (copies) {
        json_string(json, action->text);
        json_string(json, deeds[action->deed].what);
    } else {
        json_string(json, params->uri);
        json_open_object(json);
        json_member_number(json, "line", params->range.start.line);
        json_member_number(json, "character", params->range.start.column);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

/* Writes an action; one whose edits count in a text that is gone is left out. */
static bool encode_edit(struct view *view, const struct code_action *action) {
    json_key(view->encoder.json, "edit");
    return encode_edits(&view->encoder, &action->edits);
}

static void encode_actions(struct view *view, const struct code_action_params *params,
                           const struct code_action_list *actions, bool lazy) {
    unsigned number = 0;
    for (unsigned i = 0; i < actions->list.count; i++) {
        const struct code_action *action = &actions->list.items[i];
        number = i > 0 && actions->list.items[i - 1].provider == action->provider ? number + 1 : 0;
        if (!lazy && !encode_edits_are_there(&view->encoder, &action->edits)) {
            continue;
        }
        json_open_object(view->encoder.json);
        encode_head(view, action);
        if (action->deed != DEED_EDITS) {
            encode_deed(view, params, action);
        } else if (lazy) {
            encode_data(view, params, action, number);
        } else {
            (void)encode_edit(view, action);
        }
        json_close_object(view->encoder.json);
    }
}

enum rpc_error method_code_action(struct request *request) {
    struct code_action_params params = {0};
    struct code_action_query query = {0};
    struct view view;
    if (!request_decode(request, &code_action_table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (!view_span(request, &view, params.range, &query.span)) {
        return RPC_INVALID_PARAMS;
    }
    const struct initialize_params *client = &request->dispatch->client;
    bool lazy = client->code_action_resolve && client->code_action_data;
    query.kinds = kinds_of(&params);
    query.edits = !lazy;
    struct code_action_list actions = {0};
    if (client->code_action_literals) {
        actions = code_actions_at(&view.context, &query);
    }
    json_open_array(request->result);
    encode_actions(&view, &params, &actions, lazy);
    json_close_array(request->result);
    return RPC_NO_ERROR;
}

/* ---- codeAction/resolve */

struct resolve_params {
    struct str uri;
    struct range range;
    int64_t version;
    uint32_t provider, number;
};

static const struct decode_field resolve_rows[] = {
    {"data.textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct resolve_params, uri), NULL},
    {"data.range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct resolve_params, range), NULL},
    {"data.version", DECODE_INT, DECODE_REQUIRED, offsetof(struct resolve_params, version), NULL},
    {"data.provider", DECODE_UINT, DECODE_REQUIRED, offsetof(struct resolve_params, provider), NULL},
    {"data.number", DECODE_UINT, DECODE_REQUIRED, offsetof(struct resolve_params, number), NULL},
};
static const struct decode_table resolve_table = DECODE_TABLE(struct resolve_params, resolve_rows);

enum rpc_error method_code_action_resolve(struct request *request) {
    struct resolve_params params = {0};
    struct view view;
    struct code_action_query query = {.kinds = ACTION_ALL_KINDS, .edits = true};
    if (!request_decode(request, &resolve_table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    if (view.version != params.version || params.provider >= ACTION_PROVIDER_COUNT) {
        request->problem = STR("The document has changed since the action was offered.");
        return RPC_CONTENT_MODIFIED;
    }
    if (!view_span(request, &view, params.range, &query.span)) {
        return RPC_INVALID_PARAMS;
    }
    query.providers = 1u << params.provider;
    struct code_action_list actions = code_actions_at(&view.context, &query);
    const struct code_action *action = params.number < actions.list.count ? &actions.list.items[params.number] : NULL;
    if (action == NULL || !encode_edits_are_there(&view.encoder, &action->edits)) {
        request->problem = STR("A file has changed since the action was offered.");
        return RPC_CONTENT_MODIFIED;
    }
    json_open_object(request->result);
    encode_head(&view, action);
    (void)encode_edit(&view, action);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
