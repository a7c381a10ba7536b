/* completionItem/resolve: the documentation of one item, which comes back as it was sent. */
#include "server/features/completion.h"
#include "server/lsp/handlers.h"
#include "server/lsp/json_copy.h"
#include "server/lsp/view.h"

struct resolve_params {
    struct str uri, name, owner, block_name;
    int64_t kind, block, number;
};

static const struct decode_field rows[] = {
    {"data.uri", DECODE_STRING, 0, offsetof(struct resolve_params, uri), NULL},
    {"data.name", DECODE_STRING, 0, offsetof(struct resolve_params, name), NULL},
    {"data.owner", DECODE_STRING, 0, offsetof(struct resolve_params, owner), NULL},
    {"data.blockName", DECODE_STRING, 0, offsetof(struct resolve_params, block_name), NULL},
    {"data.kind", DECODE_INT, 0, offsetof(struct resolve_params, kind), NULL},
    {"data.block", DECODE_INT, 0, offsetof(struct resolve_params, block), NULL},
    {"data.number", DECODE_INT, 0, offsetof(struct resolve_params, number), NULL},
};
static const struct decode_table table = DECODE_TABLE(struct resolve_params, rows);

/* What an item without data, or of a document that has been closed, is about is not known any more. */
static struct str find_documentation(struct request *request, const struct resolve_params *params) {
    struct view view;
    bool sane = params->kind > SUBJECT_NONE && params->kind <= SUBJECT_OBJECT && params->block >= 0 &&
                params->block < BLOCK_KIND_COUNT && params->number >= 0 && params->number < UINT32_MAX;
    if (!sane || params->uri.size == 0 || view_open(request, params->uri, &view) != RPC_NO_ERROR) {
        request->problem = (struct str){0};
        return (struct str){0};
    }
    struct completion_subject subject = {
        .kind = (enum completion_subject_kind)params->kind,
        .name = params->name,
        .owner = params->owner.size > 0 ? params->owner : view.path,
        .block = {(enum block_kind)params->block, atom_find(view.context.file->atoms, params->block_name)},
        .number = (uint32_t)params->number,
    };
    return completion_documentation(&view.context, &subject);
}

enum rpc_error method_completion_resolve(struct request *request) {
    struct resolve_params params = {0};
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    struct str documentation = find_documentation(request, &params);
    json_open_object(request->result);
    json_copy_members(request->result, request->params, documentation.size > 0 ? "documentation" : NULL);
    if (documentation.size > 0) {
        encode_markdown(request->result, "documentation", documentation);
    }
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
