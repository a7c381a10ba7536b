/* references: occurrences of declared things, names in strings, builtins of this file. */
#include "server/features/references.h"

#include "analysis/models.h"
#include "analysis/text_names.h"

/* The entity, and what is one thing with it. */
static struct entity_list family_of(const struct feature_context *context, struct entity entity) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    return entity.kind == ENTITY_SYMBOL ? models_family(&resolver, entity) : (struct entity_list){0};
}

struct occurrence_list references_occurrences(const struct feature_context *context, struct entity entity) {
    struct entity_list family = family_of(context, entity);
    return occurrences_of(context->arena, context->sources, family.list.items, family.list.count, &context->stop);
}

static struct meaning meaning_at(const struct feature_context *context, uint32_t offset) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct meaning meaning = resolver_meaning(&resolver, node_at(context->file->tree, offset));
    if (!entity_is(meaning.entity)) {
        meaning.entity = meaning.field;
    }
    return meaning;
}

/* ---- names that are no symbols: builtins in this file, servers and events in the package */

struct named {
    const struct feature_context *context;
    struct entity entity;
    struct str word; /* of builtins and names of JavaScript: how they are written */
    struct text_name text;
    bool declaration;
    struct place_list places;
};

static bool text_fits(const struct named *named, const struct text_name *name) {
    if (named->entity.kind == ENTITY_SERVER) {
        return name->kind == TEXT_NAME_SERVER &&
               atom_find(named->context->file->atoms, name->text) == named->entity.name;
    }
    return name->kind == named->text.kind && str_equal(name->text, named->text.text);
}

/* What declares: the name of a server's block, the word behind `subscribe`. */
static bool text_declares(const struct syntax_tree *tree, const struct text_name *name) {
    enum node_kind parent = node_kind(tree, node_parent(tree, name->node));
    return parent == NODE_SERVER_BLOCK || (parent == NODE_DIRECTIVE && name->kind == TEXT_NAME_EVENT);
}

/* Can the node be a use at all? That is cheaper to know than what it means. */
static bool may_name(const struct named *named, const struct syntax_tree *tree, node_id node) {
    if (named->entity.kind == ENTITY_SERVER) {
        return node_kind(tree, node) == NODE_IDENTIFIER && node_field(tree, node) == FIELD_OBJECT;
    }
    return entity_is(named->entity) && str_equal(node_text(tree, node), named->word);
}

static void add_named_in(struct named *named, const struct file_analysis *file, const struct package *package) {
    const struct feature_context *context = named->context;
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, file, package);
    for (node_id node = NODE_ROOT; node < file->tree->count; node++) {
        bool uses = may_name(named, file->tree, node) &&
                    entity_equal(resolver_meaning(&resolver, node).entity, named->entity);
        struct text_name name = uses ? (struct text_name){0} : text_name_of(file, node);
        if (!uses && (name.kind == TEXT_NAME_NONE || !text_fits(named, &name))) {
            continue;
        }
        if (uses || named->declaration || !text_declares(file->tree, &name)) {
            struct span span = uses ? analysis_name_span(file->tree, node) : name.span;
            vec_push(context->arena, &named->places.list, feature_place_of(context, file, span));
        }
    }
}

static struct place_list named_places(struct named *named) {
    const struct feature_context *context = named->context;
    bool of_file = named->entity.kind != ENTITY_NONE && named->entity.kind != ENTITY_SERVER;
    if (of_file) {
        add_named_in(named, context->file, context->package);
        return named->places;
    }
    for (uint32_t f = 0; f < package_file_count(context->package) && !feature_stopped(context); f++) {
        struct str path = package_file_at(context->package, f)->path;
        const struct file_analysis *file = context->sources->analysis_of(context->sources->context, path);
        if (file != NULL) {
            add_named_in(named, file, context->package);
        }
    }
    return named->places;
}

/* ---- references */

struct place_list references_of(const struct feature_context *context, uint32_t offset, bool declaration) {
    struct named named = {.context = context, .declaration = declaration};
    named.text = text_name_at(context->file, offset);
    if (named.text.kind == TEXT_NAME_SERVER) {
        named.entity = (struct entity){.kind = ENTITY_SERVER, .name = atom_find(context->file->atoms, named.text.text)};
    } else if (named.text.kind == TEXT_NAME_NONE) {
        named.entity = meaning_at(context, offset).entity;
        named.word = node_text(context->file->tree, node_at(context->file->tree, offset));
    }
    if (named.text.kind == TEXT_NAME_EVENT ||
        (named.entity.kind != ENTITY_SYMBOL && named.entity.kind != ENTITY_NONE)) {
        return named_places(&named);
    }
    struct place_list places = {0};
    struct occurrence_list found = references_occurrences(context, named.entity);
    for (unsigned i = 0; i < found.list.count; i++) {
        const struct occurrence *occurrence = &found.list.items[i];
        if (declaration || !occurrence->meaning.declaration || occurrence->as_field) {
            vec_push(context->arena, &places.list, feature_place_of(context, occurrence->file, occurrence->span));
        }
    }
    return places;
}

/* ---- highlights */

static bool writes(const struct occurrence *occurrence) {
    const struct syntax_tree *tree = occurrence->file->tree;
    node_id node = occurrence->node;
    if (occurrence->meaning.declaration || occurrence->meaning.access == ACCESS_WRITE) {
        return !occurrence->as_field;
    }
    node_id member = node_parent(tree, node); /* `a.b = 1` writes b */
    enum node_kind statement = node_kind(tree, node_parent(tree, member));
    return node_field(tree, node) == FIELD_PROPERTY && node_field(tree, member) == FIELD_LEFT &&
           (statement == NODE_ASSIGNMENT || statement == NODE_AUGMENTED_ASSIGNMENT);
}

struct highlight_list highlights_at(const struct feature_context *context, uint32_t offset) {
    struct highlight_list highlights = {0};
    struct text_name text = text_name_at(context->file, offset);
    struct entity entity = meaning_at(context, offset).entity;
    if (text.kind != TEXT_NAME_NONE || (entity.kind != ENTITY_SYMBOL && entity.kind != ENTITY_NONE)) {
        struct place_list places = references_of(context, offset, true);
        for (unsigned i = 0; i < places.list.count; i++) {
            if (str_equal(places.list.items[i].path, context->file->path)) {
                vec_push(context->arena, &highlights.list, (struct highlight){places.list.items[i].span, false});
            }
        }
        return highlights;
    }
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct entity_list family = family_of(context, entity);
    struct occurrence_list found = occurrences_in(&resolver, family.list.items, family.list.count);
    for (unsigned i = 0; i < found.list.count; i++) {
        const struct occurrence *occurrence = &found.list.items[i];
        vec_push(context->arena, &highlights.list, (struct highlight){occurrence->span, writes(occurrence)});
    }
    return highlights;
}
