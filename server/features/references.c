/* references: occurrences of declared things, names in strings, builtins of this file. */
#include "server/features/references.h"

#include "analysis/class_names.h"
#include "analysis/models.h"
#include "server/features/named_texts.h"

#include <stdlib.h>

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

/* ---- names that are no symbols: builtins in this file, servers in the package */

struct named {
    const struct feature_context *context;
    struct entity entity;
    struct str word; /* of builtins and names of JavaScript: how they are written */
    bool declaration;
    struct place_list places;
};

static bool text_fits(const struct named *named, const struct text_name *name) {
    return named->entity.kind == ENTITY_SERVER && name->kind == TEXT_NAME_SERVER &&
           atom_find(named->context->file->atoms, name->text) == named->entity.name;
}

/* The name of a server's block declares it. */
static bool text_declares(const struct syntax_tree *tree, const struct text_name *name) {
    return node_kind(tree, node_parent(tree, name->node)) == NODE_SERVER_BLOCK;
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

static void add_texts(const struct feature_context *context, enum text_name_kind kind, struct str text, bool declaration,
                      struct place_list *places) {
    struct named_text_list texts = named_texts(context, NAMED_IN_PACKAGE, kind, text);
    for (unsigned i = 0; i < texts.list.count; i++) {
        const struct named_text *one = &texts.list.items[i];
        if (declaration || !one->handles) {
            vec_push(context->arena, &places->list, feature_place_of(context, one->file, one->name.span));
        }
    }
}

static void add_paths(const struct feature_context *context, struct entity entity, bool declaration, struct place_list *places) {
    struct named_text_list paths = named_paths(context, NAMED_IN_PACKAGE, entity);
    bool declares = entity_symbol(entity)->name_node == NODE_NONE; /* of the block behind a route */
    for (unsigned i = 0; i < paths.list.count && (declaration || !declares); i++) {
        vec_push(context->arena, &places->list,
                 feature_place_of(context, paths.list.items[i].file, paths.list.items[i].name.span));
    }
}

/* Occurrences come in order; what strings add may not. */
static bool is_in_order(const struct place_list *places) {
    unsigned i = 1;
    while (i < places->list.count && feature_compare_places(&places->list.items[i - 1], &places->list.items[i]) <= 0) {
        i++;
    }
    return i >= places->list.count;
}

/* The occurrences of a declared thing, and the strings that name it. */
static struct place_list declared_places(const struct feature_context *context, struct entity entity, bool declaration) {
    struct place_list places = {0};
    struct occurrence_list found = references_occurrences(context, entity);
    for (unsigned i = 0; i < found.list.count && !feature_stopped(context); i++) {
        const struct occurrence *occurrence = &found.list.items[i];
        if (declaration || !occurrence->meaning.declaration || occurrence->as_field) {
            vec_push(context->arena, &places.list, feature_place_of(context, occurrence->file, occurrence->span));
        }
    }
    enum text_name_kind kind = named_text_kind(entity);
    if (kind != TEXT_NAME_NONE) {
        add_texts(context, kind, entity_name(entity), declaration, &places);
    }
    add_paths(context, entity, declaration, &places);
    if (!is_in_order(&places)) {
        qsort(places.list.items, places.list.count, sizeof *places.list.items, feature_compare_places);
    }
    return places;
}

/* The styles of a component declare its classes. */
static struct place_list class_places(const struct feature_context *context, const struct class_name *name, bool declaration) {
    struct place_list places = {0};
    struct class_places found = class_name_places(context->arena, context->file, name);
    for (unsigned i = 0; i < found.list.count; i++) {
        if (declaration || !found.list.items[i].declares) {
            vec_push(context->arena, &places.list, feature_place(context, found.list.items[i].span));
        }
    }
    return places;
}

struct place_list references_of(const struct feature_context *context, uint32_t offset, bool declaration) {
    struct class_name class = class_name_at(context->file, offset);
    if (class.component != NODE_NONE) {
        return class_places(context, &class, declaration);
    }
    struct named named = {.context = context, .declaration = declaration};
    struct text_name text = text_name_at(context->file, offset);
    struct place_list places = {0};
    switch (text.kind) {
    case TEXT_NAME_EVENT:
        add_texts(context, text.kind, text.text, declaration, &places);
        return places;
    case TEXT_NAME_SERVER:
        named.entity = (struct entity){.kind = ENTITY_SERVER, .name = atom_find(context->file->atoms, text.text)};
        break;
    case TEXT_NAME_NONE:
        named.entity = meaning_at(context, offset).entity;
        named.word = node_text(context->file->tree, node_at(context->file->tree, offset));
        break;
    case TEXT_NAME_MODULE:
    case TEXT_NAME_CLASS:
    case TEXT_NAME_JOB:
    case TEXT_NAME_VARIABLE:
    case TEXT_NAME_PARAMETER:
        named.entity = named_text_entity(context, &text);
        break;
    }
    bool declared = named.entity.kind == ENTITY_SYMBOL || named.entity.kind == ENTITY_NONE;
    return declared ? declared_places(context, named.entity, declaration) : named_places(&named);
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

static void add_text_highlights(const struct feature_context *context, const struct named_text_list *texts,
                                struct highlight_list *highlights) {
    for (unsigned i = 0; i < texts->list.count; i++) {
        vec_push(context->arena, &highlights->list, (struct highlight){texts->list.items[i].name.span, false});
    }
}

static int compare_highlights(const void *a, const void *b) {
    uint32_t left = ((const struct highlight *)a)->span.start, right = ((const struct highlight *)b)->span.start;
    return (left > right) - (left < right);
}

/* The strings of the file that name the thing, among its names. */
static void add_strings(const struct feature_context *context, struct entity entity, struct highlight_list *highlights) {
    enum text_name_kind kind = named_text_kind(entity);
    struct named_text_list paths = named_paths(context, NAMED_IN_FILE, entity);
    if (kind != TEXT_NAME_NONE) {
        struct named_text_list texts = named_texts(context, NAMED_IN_FILE, kind, entity_name(entity));
        add_text_highlights(context, &texts, highlights);
    }
    add_text_highlights(context, &paths, highlights);
    if (highlights->list.count > 1) {
        qsort(highlights->list.items, highlights->list.count, sizeof *highlights->list.items, compare_highlights);
    }
}

struct highlight_list highlights_at(const struct feature_context *context, uint32_t offset) {
    struct highlight_list highlights = {0};
    struct class_name class = class_name_at(context->file, offset);
    struct class_places classes = class_name_places(context->arena, context->file, &class);
    for (unsigned i = 0; i < classes.list.count; i++) {
        vec_push(context->arena, &highlights.list, (struct highlight){classes.list.items[i].span, classes.list.items[i].declares});
    }
    if (class.component != NODE_NONE) {
        return highlights;
    }
    struct text_name text = text_name_at(context->file, offset);
    struct entity entity =
        text.kind == TEXT_NAME_NONE ? meaning_at(context, offset).entity : named_text_entity(context, &text);
    if (text.kind == TEXT_NAME_EVENT) {
        struct named_text_list texts = named_texts(context, NAMED_IN_FILE, text.kind, text.text);
        add_text_highlights(context, &texts, &highlights);
        return highlights;
    }
    if (text.kind == TEXT_NAME_SERVER || (entity.kind != ENTITY_SYMBOL && entity.kind != ENTITY_NONE)) {
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
    add_strings(context, entity, &highlights);
    return highlights;
}
