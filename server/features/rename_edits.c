/* One edit for each occurrence that is written with the old name. */
#include "server/features/rename_steps.h"

#include <stdlib.h>

/* ---- pairs whose two names become one */

/* `name: name`; the value is a name too. */
static bool is_pair(const struct syntax_tree *tree, node_id pair, node_id *key, node_id *value) {
    enum node_kind kind = node_kind(tree, pair);
    *key = node_child(tree, pair, FIELD_KEY);
    *value = node_child(tree, pair, FIELD_VALUE);
    return (kind == NODE_PAIR || kind == NODE_PAIR_PATTERN) && node_kind(tree, *key) == NODE_IDENTIFIER &&
           node_kind(tree, *value) == NODE_IDENTIFIER;
}

/* Does the file write such pairs short, as far as the nearest one says that has but one name? */
static bool is_short_style(const struct syntax_tree *tree, node_id pair) {
    bool short_style = true;
    node_id nearest = NODE_NONE;
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        node_id key, value;
        enum node_kind parent = node_kind(tree, node_parent(tree, node));
        bool is_short = node_kind(tree, node) == NODE_IDENTIFIER && (parent == NODE_OBJECT || parent == NODE_OBJECT_PATTERN);
        bool is_long = is_pair(tree, node, &key, &value) && str_equal(node_text(tree, key), node_text(tree, value));
        node_id distance = node < pair ? pair - node : node - pair;
        if ((is_short || is_long) && node != pair && (nearest == NODE_NONE || distance < nearest)) {
            nearest = distance;
            short_style = is_short;
        }
    }
    return short_style;
}

/* Does the pair around a name become short? Only one that is written on one line, as `key: value`. */
static bool becomes_short(const struct renaming *renaming, const struct syntax_tree *tree, node_id node, node_id *pair) {
    node_id key, value;
    *pair = node_parent(tree, node);
    if (!is_pair(tree, *pair, &key, &value)) {
        return false;
    }
    bool plain = node_span(tree, value).start == node_span(tree, key).end + 2 &&
                 node_child(tree, *pair, FIELD_DEFAULT) == NODE_NONE;
    return plain && str_equal(node_text(tree, node == key ? value : key), renaming->to) &&
           is_short_style(tree, *pair);
}

/* ---- imports under a name of their own */

static bool is_own_import(const struct renaming *renaming, const struct occurrence *occurrence) {
    struct entity entity = renaming->entities.list.items[0];
    return entity_symbol(entity)->kind == SYMBOL_IMPORT && occurrence->file == entity.file &&
           node_kind(entity.file->tree, node_parent(entity.file->tree, occurrence->node)) == NODE_IMPORT_NAME;
}

static struct rename_edit import_edit(const struct renaming *renaming, const struct occurrence *occurrence) {
    struct arena *arena = renaming->context->arena;
    const struct syntax_tree *tree = occurrence->file->tree;
    node_id import = node_parent(tree, occurrence->node);
    node_id name = node_child(tree, import, FIELD_NAME);
    node_id alias = node_child(tree, import, FIELD_ALIAS);
    struct str there = node_text(tree, name);
    struct rename_edit edit = {.file = occurrence->file, .span = occurrence->span, .replacement = renaming->to};
    if (alias == NODE_NONE) {
        edit.replacement = arena_printf(arena, "%.*s as %.*s", STR_ARGUMENTS(there), STR_ARGUMENTS(renaming->to));
        edit.name = (uint32_t)there.size + 4;
    } else if (str_equal(there, renaming->to)) {
        edit.span = node_span(tree, import);
    }
    return edit;
}

/* ---- all */

struct str rename_alias(const struct renaming *renaming, struct str name) {
    return arena_concat(renaming->context->arena, name, STR("Model"));
}

static struct rename_edit edit_of(const struct renaming *renaming, const struct occurrence *occurrence, struct str from,
                                  struct str to) {
    struct arena *arena = renaming->context->arena;
    const struct syntax_tree *tree = occurrence->file->tree;
    struct rename_edit edit = {.file = occurrence->file, .span = occurrence->span, .replacement = to};
    node_id pair;
    edit.span.end = edit.span.start + (uint32_t)from.size; /* of `<Card.Header>` and `use:tip.once` the first word */
    if (is_own_import(renaming, occurrence)) {
        edit = import_edit(renaming, occurrence);
    } else if (occurrence->meaning.shorthand && occurrence->as_field) {
        edit.replacement = arena_printf(arena, "%.*s: %.*s", STR_ARGUMENTS(to), STR_ARGUMENTS(from));
        edit.kept = (uint32_t)to.size + 2;
    } else if (occurrence->meaning.shorthand) {
        edit.replacement = arena_printf(arena, "%.*s: %.*s", STR_ARGUMENTS(from), STR_ARGUMENTS(to));
        edit.name = (uint32_t)from.size + 2;
    } else if (becomes_short(renaming, tree, occurrence->node, &pair)) {
        edit.span = node_span(tree, pair);
    }
    edit.occurrence = occurrence->span.start;
    return edit;
}

static void add_edit(struct renaming *renaming, const struct occurrence *occurrence, struct str from, struct str to) {
    struct rename_edit edit = edit_of(renaming, occurrence, from, to);
    unsigned at = renaming->edits.count;
    vec_push(renaming->context->arena, &renaming->edits, edit);
    if (occurrence->meaning.declaration && entity_symbol(occurrence->meaning.entity)->kind == SYMBOL_MODEL) {
        rename_keep_table(renaming, occurrence->meaning.entity, &edit);
        renaming->edits.items[at] = edit;
    }
}

static int compare_edits(const void *a, const void *b) {
    const struct rename_edit *left = a, *right = b;
    int order = left->file == right->file ? 0 : str_compare(left->file->path, right->file->path);
    return order != 0 ? order : (left->span.start > right->span.start) - (left->span.start < right->span.start);
}

static bool is_in_order(const struct renaming *renaming) {
    unsigned i = 1;
    while (i < renaming->edits.count && compare_edits(&renaming->edits.items[i - 1], &renaming->edits.items[i]) <= 0) {
        i++;
    }
    return i >= renaming->edits.count;
}

void rename_make_edits(struct renaming *renaming) {
    const struct feature_context *context = renaming->context;
    struct str alias = rename_alias(renaming, renaming->from);
    struct str new_alias = rename_alias(renaming, renaming->to);
    struct occurrence_list found = occurrences_of(context->arena, context->sources, renaming->entities.list.items,
                                                  renaming->entities.list.count, &context->stop);
    for (unsigned i = 0; i < found.list.count && !feature_stopped(context); i++) {
        const struct occurrence *occurrence = &found.list.items[i];
        struct str text = text_slice(occurrence->file->tree->text, occurrence->span);
        text = str_slice(text, 0, str_find(text, '.', 0));
        if (str_equal(text, renaming->from)) {
            add_edit(renaming, occurrence, renaming->from, renaming->to);
        } else if (renaming->model && str_equal(text, alias)) {
            add_edit(renaming, occurrence, alias, new_alias);
        }
    }
    rename_columns(renaming);
    rename_jobs(renaming);
    rename_paths(renaming);
    if (!is_in_order(renaming)) {
        qsort(renaming->edits.items, renaming->edits.count, sizeof *renaming->edits.items, compare_edits);
    }
}
