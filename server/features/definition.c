/* definition: the target of a name, and the candidates of an ambiguous server function. */
#include "server/features/definition.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/peers.h"

/* The use of an RPC whose function name touches offset, or NULL. */
static const struct rpc_use *rpc_use_at(const struct feature_context *context, uint32_t offset) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        if (span_touches(node_span(file->tree, use->name_node), offset) &&
            peer_use_holds(context->package, file, use)) {
            return use;
        }
    }
    return NULL;
}

struct candidates {
    const struct feature_context *context;
    struct place_list places;
    atom_id name;
};

static void add_candidate(void *context, struct package_symbol endpoint) {
    struct candidates *candidates = context;
    if (endpoint.symbol->name == candidates->name) {
        vec_push(candidates->context->arena, &candidates->places.list,
                 feature_place_in(endpoint.file, endpoint.symbol->name_span));
    }
}

/* Does a call of this name reach no function or several, so that the candidates are all there is to show? */
static bool is_open(const struct package *package, const struct rpc_use *use) {
    struct package_symbol found;
    enum rpc_resolution resolution = package_resolve_rpc(package, use->server, use->name, &found);
    return resolution == RPC_AMBIGUOUS || resolution == RPC_UNKNOWN;
}

/* The word `db` of the `db { }` that makes the connection, in the same file. */
static void add_database(struct candidates *found, node_id node) {
    const struct file_analysis *file = found->context->file;
    struct block_key key = file->blocks.items[analysis_binding(file, node)->block].key;
    node_id directive = database_directive(file, key);
    if (directive != NODE_NONE) {
        struct span word = node_span(file->tree, node_child(file->tree, directive, FIELD_NAME));
        vec_push(found->context->arena, &found->places.list, feature_place(found->context, word));
    }
}

/* `events` of `events.f()` leads to the blocks of that server. */
static void add_server_blocks(const struct feature_context *context, uint32_t offset, struct place_list *places) {
    const struct file_analysis *file = context->file;
    node_id node = node_at(file->tree, offset);
    const struct rpc_use *use = peer_rpc_use(context->package, file, node_parent(file->tree, node));
    atom_id server = use == NULL || use->name_node == node ? ATOM_NONE : peer_server(context->package, use->server);
    for (uint32_t f = 0; server != ATOM_NONE && f < package_file_count(context->package); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        for (uint32_t i = 0; i < summary->block_count; i++) {
            if (block_key_equal(summary->blocks[i].key, (struct block_key){BLOCK_SERVER, server})) {
                vec_push(context->arena, &places->list, feature_place_in(summary, summary->blocks[i].name_span));
            }
        }
    }
}

struct place_list definition_of(const struct feature_context *context, uint32_t offset, struct span *origin) {
    const struct file_analysis *file = context->file;
    struct candidates found = {.context = context};
    struct target target = lookup_target(file, context->package, offset);
    const struct rpc_use *use = rpc_use_at(context, offset);
    if (origin != NULL) {
        *origin = use != NULL ? node_span(file->tree, use->name_node) : target.span;
    }

    if (use != NULL && is_open(context->package, use)) {
        found.name = use->name;
        package_each_endpoint(context->package, use->server != ATOM_NONE, use->server, add_candidate, &found);
    } else if (target.kind == TARGET_LOCAL) {
        const struct symbol *symbol = analysis_symbol(file, target.symbol);
        vec_push(context->arena, &found.places.list, feature_place(context, node_span(file->tree, symbol->name_node)));
    } else if (target.kind == TARGET_PACKAGE) {
        vec_push(context->arena, &found.places.list,
                 feature_place_in(target.member.file, target.member.symbol->name_span));
    } else if (target.kind == TARGET_BUILTIN && target.builtin == BUILTIN_DB) {
        add_database(&found, target.node);
    } else {
        add_server_blocks(context, offset, &found.places);
    }
    return found.places;
}
