/* type_hierarchy: the names of a type, by what they stand in. */
#include "server/features/type_hierarchy.h"

#include "analysis/models.h"
#include "analysis/occurrences.h"
#include "parser/base/path.h"

#include <stdlib.h>

static bool is_type(struct entity entity) {
    enum symbol_kind kind = entity_symbol(entity)->kind;
    return kind == SYMBOL_TYPE || kind == SYMBOL_TRAIT || kind == SYMBOL_VARIANT || kind == SYMBOL_MODEL;
}

/* What the name at a place means, when it is a type; of a model its type. */
static struct entity type_at(const struct feature_context *context, uint32_t offset) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct entity entity = resolver_meaning(&resolver, node_at(context->file->tree, offset)).entity;
    struct entity type = models_type_of(&resolver, entity);
    entity = entity_is(type) ? type : entity;
    return is_type(entity) ? entity : (struct entity){0};
}

static struct hierarchy_item item_of(const struct feature_context *context, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    struct block_key key = entity.file->blocks.items[symbol->block].key;
    struct str home = key.kind == BLOCK_MODULE ? path_name(entity.file->path)
                                               : block_key_label(context->arena, entity.file->atoms, key);
    struct str kind = symbol_kind_name(symbol->kind);
    return (struct hierarchy_item){
        .name = entity_name(entity),
        .detail = arena_printf(context->arena, "%.*s · %.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(home)),
        .kind = symbol_kind_lsp(symbol->kind),
        .place = feature_declaration(context, entity),
    };
}

bool type_hierarchy_prepare(const struct feature_context *context, uint32_t offset, struct hierarchy_item *item) {
    struct entity entity = type_at(context, offset);
    if (!entity_is(entity)) {
        return false;
    }
    *item = item_of(context, entity);
    return true;
}

/* ---- relations */

struct relatives {
    const struct feature_context *context;
    bool above; /* those above are wanted, else those below */
    VEC(struct entity) list;
};

static void add(struct relatives *relatives, struct entity entity) {
    for (unsigned i = 0; i < relatives->list.count; i++) {
        if (entity_equal(relatives->list.items[i], entity)) {
            return;
        }
    }
    if (is_type(entity)) {
        vec_push(relatives->context->arena, &relatives->list, entity);
    }
}

/* The name in an annotation. */
static node_id name_in(const struct syntax_tree *tree, node_id type) {
    return node_kind(tree, type) == NODE_IDENTIFIER ? type : node_child(tree, type, FIELD_NAME);
}

static void add_named(struct relatives *relatives, struct resolver *resolver, node_id type) {
    add(relatives, resolver_meaning(resolver, name_in(resolver->file->tree, type)).entity);
}

/* A name within `impl Trait for Type`, `derive [Trait]`, `type Union = A | B`. */
static void add_by_use(struct relatives *relatives, const struct occurrence *use) {
    const struct syntax_tree *tree = use->file->tree;
    node_id type = node_parent(tree, use->node);
    node_id around = type;
    struct resolver resolver;
    const struct feature_context *context = relatives->context;
    const struct package *package = context->sources->package_of(context->sources->context, use->file->path);
    if (package == NULL) {
        return;
    }
    resolver_init(&resolver, context->arena, context->sources, use->file, package);
    if (node_kind(tree, type) == NODE_ARRAY) { /* a list behind `derive` holds the names themselves */
        node_id declaration = node_parent(tree, type);
        if (!relatives->above && node_child(tree, declaration, FIELD_DERIVE) == type) {
            add_named(relatives, &resolver, node_child(tree, declaration, FIELD_NAME));
        }
        return;
    }
    do {
        type = around;
        around = node_parent(tree, around);
    } while (node_kind(tree, around) == NODE_UNION_TYPE || node_kind(tree, around) == NODE_GENERIC_TYPE);
    if (node_kind(tree, around) == NODE_IMPL_DECLARATION) {
        enum node_field other = relatives->above ? FIELD_TRAIT : FIELD_TYPE;
        bool here = node_child(tree, around, relatives->above ? FIELD_TYPE : FIELD_TRAIT) == type;
        if (here && node_child(tree, around, other) != NODE_NONE) {
            add_named(relatives, &resolver, node_child(tree, around, other));
        }
    } else if (relatives->above && node_kind(tree, around) == NODE_TYPE_DECLARATION &&
               node_kind(tree, type) == NODE_UNION_TYPE && node_child(tree, around, FIELD_VALUE) == type) {
        add_named(relatives, &resolver, node_child(tree, around, FIELD_NAME));
    }
}

/* What its own declaration says. */
static void add_by_declaration(struct relatives *relatives, struct entity entity) {
    const struct feature_context *context = relatives->context;
    const struct symbol *symbol = entity_symbol(entity);
    const struct syntax_tree *tree = entity.file->tree;
    struct resolver resolver;
    const struct package *package = context->sources->package_of(context->sources->context, entity.file->path);
    if (symbol->kind == SYMBOL_VARIANT && relatives->above) {
        entity.symbol = symbol->owner;
        add(relatives, entity);
    }
    if (symbol->kind != SYMBOL_TYPE || package == NULL) {
        return;
    }
    resolver_init(&resolver, context->arena, context->sources, entity.file, package);
    NODE_EACH(name, tree, relatives->above ? node_child(tree, symbol->node, FIELD_DERIVE) : NODE_NONE) {
        add_named(relatives, &resolver, name);
    }
    node_id value = node_child(tree, symbol->node, FIELD_VALUE);
    bool is_union = !relatives->above && node_kind(tree, value) == NODE_UNION_TYPE;
    for (node_id node = value; is_union && node < tree->nodes[value].next; node++) {
        if (node_kind(tree, node) == NODE_TYPE_NAME && node_kind(tree, node_parent(tree, node)) == NODE_UNION_TYPE) {
            add_named(relatives, &resolver, node);
        }
    }
    for (uint32_t i = symbol->first_part; !relatives->above && i < symbol->first_part + symbol->part_count; i++) {
        add(relatives, (struct entity){.kind = analysis_symbol(entity.file, i)->kind == SYMBOL_VARIANT ? ENTITY_SYMBOL : ENTITY_NONE,
                                       .file = entity.file,
                                       .symbol = i});
    }
}

static int compare_items(const void *a, const void *b) {
    const struct hierarchy_item *left = a, *right = b;
    return feature_compare_places(&left->place, &right->place);
}

static struct hierarchy_item_list find(const struct feature_context *context, uint32_t offset, bool above) {
    struct relatives relatives = {.context = context, .above = above};
    struct hierarchy_item_list items = {0};
    struct entity entity = type_at(context, offset);
    if (!entity_is(entity)) {
        return items;
    }
    add_by_declaration(&relatives, entity);
    struct occurrence_list uses = occurrences_of(context->arena, context->sources, &entity, 1, &context->stop);
    for (unsigned i = 0; i < uses.list.count; i++) {
        add_by_use(&relatives, &uses.list.items[i]);
    }
    for (unsigned i = 0; i < relatives.list.count; i++) {
        vec_push(context->arena, &items.list, item_of(context, relatives.list.items[i]));
    }
    if (items.list.count > 1) {
        qsort(items.list.items, items.list.count, sizeof *items.list.items, compare_items);
    }
    return items;
}

struct hierarchy_item_list type_hierarchy_supertypes(const struct feature_context *context, uint32_t offset) {
    return find(context, offset, true);
}

struct hierarchy_item_list type_hierarchy_subtypes(const struct feature_context *context, uint32_t offset) {
    return find(context, offset, false);
}
