/* textDocument/diagnostic and workspace/diagnostic: diagnostics for clients that ask for them. */
#include "server/features/diagnostics.h"
#include "server/lsp/handlers.h"
#include "server/lsp/view.h"

#include "parser/base/limits.h"

/* Says that nothing has changed, when the client has `previous` and that is so. */
static bool encode_unchanged(struct encoder *encoder, const struct package *package, struct str path, uint64_t hash,
                             struct str previous) {
    struct json_writer *json = encoder->json;
    bool same = previous.size > 0 && str_equal(previous, diagnostics_name(encoder->arena, hash, package, false));
    bool lead_away =
        !same && previous.size > 0 && str_equal(previous, diagnostics_name(encoder->arena, hash, package, true));
    if (!same && !lead_away) {
        return false;
    }
    encoder->host->diagnosed(encoder->host->context, path, lead_away);
    json_member_string(json, "kind", STR("unchanged"));
    json_member_string(json, "resultId", previous);
    return true;
}

static void encode_items(struct encoder *encoder, const struct feature_context *context, struct str path) {
    struct json_writer *json = encoder->json;
    const struct text *text = context->file->tree->text;
    const struct lsp_host *host = encoder->host;
    bool linked = diagnostics_need_marks(context->file);
    const uint8_t *marks = linked ? host->marks(host->context, path, context->file->tree) : NULL;
    struct diagnostic_list diagnostics = diagnostics_of(context, marks, NULL);
    bool lead_away = linked || diagnostics_lead_away(&diagnostics, path);
    if (stop_asked(&encoder->stop)) { /* some may be missing, and nobody will be told */
        return;
    }
    encoder->host->diagnosed(encoder->host->context, path, lead_away);
    json_member_string(json, "kind", STR("full"));
    json_member_string(json, "resultId", diagnostics_name(encoder->arena, text_hash(text), context->package, lead_away));
    json_key(json, "items");
    json_open_array(json);
    for (unsigned i = 0; i < diagnostics.list.count; i++) {
        encode_diagnostic(encoder, &diagnostics.list.items[i], path, text);
    }
    json_close_array(json);
}

/* Of a document that is out of step nothing is said: no position would fit what the client shows. */
static void encode_nothing(struct json_writer *json) {
    json_member_string(json, "kind", STR("full"));
    json_key(json, "items");
    json_open_array(json);
    json_close_array(json);
}

static void encode_open(struct encoder *encoder, const struct feature_context *context, struct str path,
                        struct str previous) {
    uint64_t hash = text_hash(context->file->tree->text);
    if (!encoder->host->in_step(encoder->host->context, path)) {
        encode_nothing(encoder->json);
    } else if (!encode_unchanged(encoder, context->package, path, hash, previous)) {
        encode_items(encoder, context, path);
    }
}

struct diagnostic_params {
    struct str uri, previous;
};

enum rpc_error method_diagnostic(struct request *request) {
    static const struct decode_field rows[] = {
        {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct diagnostic_params, uri), NULL},
        {"previousResultId", DECODE_STRING, 0, offsetof(struct diagnostic_params, previous), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct diagnostic_params, rows);
    struct diagnostic_params params = {0};
    struct view view;
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error == RPC_NO_ERROR && !request->host->is_settled(request->host->context)) {
        return RPC_LATER; /* what is missing would be reported, and be there a moment later */
    }
    if (error == RPC_NO_ERROR) {
        json_open_object(request->result);
        encode_open(&view.encoder, &view.context, view.path, params.previous);
        json_close_object(request->result);
    }
    return error;
}

/* ---- the whole workspace, some files at a time */

struct known_result {
    struct str uri, name;
};

struct workspace_params {
    struct decode_array previous; /* struct known_result */
};

/* What a request keeps between its slices. */
struct survey {
    VEC(struct str) paths;   /* of all files that are known */
    unsigned next;           /* the first that has no report */
    VEC(struct str) reports; /* JSON */
    struct workspace_params params;
};

static void add_path(void *context, struct str path) {
    struct request *request = context;
    struct survey *survey = *request->state;
    vec_push(request->arena, &survey->paths, arena_str(request->arena, path));
}

static enum rpc_error begin_survey(struct request *request) {
    static const struct decode_field known_rows[] = {
        {"uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct known_result, uri), NULL},
        {"value", DECODE_STRING, DECODE_REQUIRED, offsetof(struct known_result, name), NULL},
    };
    static const struct decode_table known_table = DECODE_TABLE(struct known_result, known_rows);
    static const struct decode_field rows[] = {
        {"previousResultIds", DECODE_ARRAY, 0, offsetof(struct workspace_params, previous), &known_table},
    };
    static const struct decode_table table = DECODE_TABLE(struct workspace_params, rows);
    struct survey *survey = arena_new(request->arena, struct survey);
    if (!request_decode(request, &table, &survey->params)) {
        return RPC_INVALID_PARAMS;
    }
    *request->state = survey;
    request->host->each_file(request->host->context, add_path, request);
    return RPC_NO_ERROR;
}

static struct str previous_of(const struct request *request, struct str uri) {
    const struct survey *survey = *request->state;
    const struct known_result *known = survey->params.previous.items;
    for (uint32_t i = 0; i < survey->params.previous.count; i++) {
        if (str_equal(known[i].uri, uri)) {
            return known[i].name;
        }
    }
    return (struct str){0};
}

/* Writes the report of a file that is not open, which is read for it unless the client knows its diagnostics. */
static void encode_closed(struct encoder *encoder, struct feature_context *context, struct str path,
                          struct str previous) {
    const struct lsp_host *host = encoder->host;
    uint64_t hash;
    const struct package *package = host->summary(host->context, path, &hash);
    if (package != NULL && encode_unchanged(encoder, package, path, hash, previous)) {
        return;
    }
    struct syntax_tree *tree = package == NULL ? NULL : host->read(host->context, path, hash, context);
    if (tree != NULL) {
        encode_items(encoder, context, path);
    } else {
        encode_nothing(encoder->json);
    }
    syntax_tree_destroy(tree);
}

/* Makes the next report, unless it is stopped meanwhile. */
static void survey_next(struct request *request) {
    struct survey *survey = *request->state;
    struct str path = survey->paths.items[survey->next];
    struct strbuf text;
    struct json_writer json;
    int64_t version;
    struct arena scratch = {0};
    struct feature_context context = {.arena = &scratch, .stop = request->stop};
    strbuf_init(&text, LIMIT_MESSAGE_BYTES);
    json_init(&json, &text);
    struct encoder encoder = encoder_of(request->dispatch, &json);
    encoder.arena = &scratch;
    struct str uri = request->host->uri(request->host->context, &scratch, path);
    json_open_object(&json);
    json_member_string(&json, "uri", uri);
    json_key(&json, "version");
    if (request->host->snapshot(request->host->context, path, &context, &version)) {
        json_number(&json, version);
        encode_open(&encoder, &context, path, previous_of(request, uri));
    } else {
        json_null(&json);
        encode_closed(&encoder, &context, path, previous_of(request, uri));
    }
    json_close_object(&json);
    if (!stop_asked(&request->stop)) {
        vec_push(request->arena, &survey->reports, arena_str(request->arena, strbuf_str(&text)));
        survey->next++;
    }
    strbuf_finish(&text);
    arena_finish(&scratch);
}

enum rpc_error method_workspace_diagnostic(struct request *request) {
    enum { SLICE_NANOSECONDS = 4 * 1000 * 1000 };
    const struct lsp_host *host = request->host;
    uint64_t start = host->clock(host->context);
    if (*request->state == NULL && !host->is_indexed(host->context)) {
        return request_await_index(request); /* files that have not been read would be missing without a word */
    }
    if (!host->is_settled(host->context)) {
        return RPC_LATER;
    }
    enum rpc_error error = *request->state == NULL ? begin_survey(request) : RPC_NO_ERROR;
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct survey *survey = *request->state;
    while (survey->next < survey->paths.count) {
        survey_next(request);
        if (stop_asked(&request->stop) || host->clock(host->context) - start > SLICE_NANOSECONDS) {
            return RPC_LATER;
        }
    }
    json_open_object(request->result);
    json_key(request->result, "items");
    json_open_array(request->result);
    for (unsigned i = 0; i < survey->reports.count; i++) {
        json_raw(request->result, survey->reports.items[i]);
    }
    json_close_array(request->result);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
