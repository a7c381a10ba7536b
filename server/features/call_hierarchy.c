/* call_hierarchy: occurrences grouped by what they stand in. */
#include "server/features/call_hierarchy.h"

#include "analysis/occurrences.h"
#include "parser/base/path.h"

enum { KIND_MODULE = 2, KIND_METHOD = 6, KIND_EVENT = 24 }; /* LSP SymbolKind */

static bool can_be_called(struct entity entity) {
    enum symbol_kind kind = entity_symbol(entity)->kind;
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_MIDDLEWARE || kind == SYMBOL_COMPONENT;
}

/* ---- items */

static struct str place_name(const struct feature_context *context, const struct file_analysis *file, uint32_t block,
                             const struct symbol *symbol) {
    if (symbol != NULL && symbol->owner != 0 && analysis_symbol(file, symbol->owner)->kind == SYMBOL_STORE) {
        return analysis_name(file, analysis_symbol(file, symbol->owner)->name);
    }
    struct block_key key = file->blocks.items[block].key;
    return key.kind == BLOCK_MODULE ? path_name(file->path) : block_key_label(context->arena, file->atoms, key);
}

static struct hierarchy_item item_of_entity(const struct feature_context *context, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    return (struct hierarchy_item){.name = entity_name(entity),
                              .detail = place_name(context, entity.file, symbol->block, symbol),
                              .kind = symbol_kind_lsp(symbol->kind),
                              .place = feature_declaration(context, entity)};
}

/* What is no function but has code of its own. */
static struct hierarchy_item item_of_node(const struct feature_context *context, const struct file_analysis *file,
                                     node_id node, uint32_t block) {
    const struct syntax_tree *tree = file->tree;
    struct span whole = node_span(tree, node);
    struct hierarchy_item item = {.detail = place_name(context, file, block, NULL), .kind = KIND_EVENT};
    node_id word = node_child(tree, node, FIELD_NAME);
    struct span selection = {whole.start, whole.start};
    switch ((int)node_kind(tree, node)) {
    case NODE_EFFECT_DECLARATION:
        item.name = STR("effect");
        selection.end += 6;
        break;
    case NODE_COMPUTED_DECLARATION:
    case NODE_STATE_DECLARATION:
    case NODE_DIRECTIVE:
        item.name = node_text(tree, word);
        selection = node_span(tree, word);
        break;
    case NODE_ROUTE_DECLARATION: {
        struct str method = node_text(tree, node_child(tree, node, FIELD_METHOD));
        struct str path = text_slice(tree->text, node_span(tree, node_child(tree, node, FIELD_PATH)));
        path = path.size >= 2 ? str_slice(path, 1, path.size - 1) : path;
        item.name = arena_printf(context->arena, "%.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(path));
        item.kind = KIND_METHOD;
        selection = node_span(tree, node_child(tree, node, FIELD_PATH));
        break;
    }
    default:
        item.name = node == NODE_ROOT ? path_name(file->path) : item.detail;
        item.kind = KIND_MODULE;
        break;
    }
    item.place = feature_place_of(context, file, selection);
    item.place.whole = whole;
    return item;
}

/* ---- what a place stands in */

static bool is_function(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_COMPONENT_DECLARATION;
}

static bool has_code(enum node_kind kind) {
    return kind == NODE_EFFECT_DECLARATION || kind == NODE_COMPUTED_DECLARATION || kind == NODE_STATE_DECLARATION ||
           kind == NODE_ROUTE_DECLARATION || kind == NODE_DIRECTIVE || kind == NODE_SERVER_BLOCK ||
           kind == NODE_BROWSER_BLOCK || kind == NODE_SHARED_BLOCK || kind == NODE_SOURCE_FILE;
}

/* The nearest function or component around a node (itself included), else the nearest other thing with code. */
static node_id container_of(const struct syntax_tree *tree, node_id node) {
    node_id other = NODE_NONE;
    for (; node != NODE_NONE; node = node_parent(tree, node)) {
        if (is_function(node_kind(tree, node)) && node_child(tree, node, FIELD_NAME) != NODE_NONE) {
            return node;
        }
        if (other == NODE_NONE && has_code(node_kind(tree, node))) {
            other = node;
        }
    }
    return other;
}

static struct hierarchy_item item_of_container(const struct feature_context *context, const struct file_analysis *file,
                                          node_id container, uint32_t block) {
    const struct binding *name = analysis_binding(file, node_child(file->tree, container, FIELD_NAME));
    if (is_function(node_kind(file->tree, container)) && name != NULL && name->symbol != 0) {
        return item_of_entity(context, (struct entity){.kind = ENTITY_SYMBOL, .file = file, .symbol = name->symbol});
    }
    return item_of_node(context, file, container, block);
}

static uint32_t block_at(const struct file_analysis *file, node_id node) {
    uint32_t block = 1;
    for (unsigned i = 2; i < file->blocks.count; i++) {
        node_id start = file->blocks.items[i].node;
        block = start <= node && node < file->tree->nodes[start].next ? i : block;
    }
    return block;
}

/* ---- calls */

/* Adds a place to the call of this item, which is none of the `first` ones, or a call. */
static void add_call(const struct feature_context *context, struct call_list *calls, unsigned first,
                     const struct hierarchy_item *item, struct place from) {
    for (unsigned i = first; i < calls->list.count; i++) {
        struct call *call = &calls->list.items[i];
        if (span_equal(call->item.place.span, item->place.span) && str_equal(call->item.place.path, item->place.path) &&
            str_equal(call->item.name, item->name)) {
            vec_push(context->arena, &call->from.list, from);
            return;
        }
    }
    struct call call = {.item = *item};
    vec_push(context->arena, &call.from.list, from);
    vec_push(context->arena, &calls->list, call);
}

/* Is it a use that can lead to a call, and not an import or an annotation? */
static bool is_call(const struct syntax_tree *tree, node_id node, const struct meaning *meaning) {
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    node_id element = node_parent(tree, node);
    bool closing = parent == NODE_JSX_ELEMENT && node_field(tree, node) == FIELD_CLOSE_NAME;
    bool listed = parent == NODE_IMPORT_NAME || parent == NODE_IMPORT_STATEMENT || parent == NODE_ALIAS ||
                  node_kind(tree, node_parent(tree, element)) == NODE_EXPORT_STATEMENT;
    return !meaning->declaration && !closing && !listed && meaning->access != ACCESS_TYPE && meaning->access != ACCESS_DECLARE;
}

static struct entity entity_at(const struct feature_context *context, uint32_t offset) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    return resolver_meaning(&resolver, node_at(context->file->tree, offset)).entity;
}

bool call_hierarchy_prepare(const struct feature_context *context, uint32_t offset, struct hierarchy_item *item) {
    struct entity entity = entity_at(context, offset);
    if (!can_be_called(entity)) {
        return false;
    }
    *item = item_of_entity(context, entity);
    return true;
}

struct call_list call_hierarchy_incoming(const struct feature_context *context, uint32_t offset) {
    struct call_list calls = {0};
    struct entity entity = entity_at(context, offset);
    if (!can_be_called(entity)) {
        return calls;
    }
    struct occurrence_list found = occurrences_of(context->arena, context->sources, &entity, 1, &context->stop);
    unsigned first = 0; /* of the file; occurrences come in order of path, and callers stand where they call */
    for (unsigned i = 0; i < found.list.count && !feature_stopped(context); i++) {
        const struct occurrence *occurrence = &found.list.items[i];
        const struct file_analysis *file = occurrence->file;
        first = i > 0 && occurrence[-1].file == file ? first : calls.list.count;
        if (is_call(file->tree, occurrence->node, &occurrence->meaning)) {
            node_id container = container_of(file->tree, occurrence->node);
            struct hierarchy_item item = item_of_container(context, file, container, block_at(file, occurrence->node));
            add_call(context, &calls, first, &item, feature_place_of(context, file, occurrence->span));
        }
    }
    return calls;
}

struct call_list call_hierarchy_outgoing(const struct feature_context *context, uint32_t offset) {
    struct call_list calls = {0};
    struct resolver resolver;
    const struct file_analysis *file = context->file;
    node_id container = container_of(file->tree, node_at(file->tree, offset));
    resolver_init(&resolver, context->arena, context->sources, file, context->package);
    for (node_id node = container; container != NODE_NONE && node < file->tree->nodes[container].next; node++) {
        struct meaning meaning = resolver_meaning(&resolver, node);
        bool called = can_be_called(meaning.entity) && is_call(file->tree, node, &meaning);
        if (called && container_of(file->tree, node) == container) {
            struct hierarchy_item item = item_of_entity(context, meaning.entity);
            add_call(context, &calls, 0, &item, feature_place_of(context, file, analysis_name_span(file->tree, node)));
        }
    }
    return calls;
}
