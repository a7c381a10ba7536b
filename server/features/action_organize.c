/* action_organize: imports that stand together, in order, those of one module together, without what nothing uses. Comments
 * directly above an import move with it; an import without names (it runs the module) stays where it is, and parts those before
 * it from those behind. */
#include "server/features/action.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 100 };

struct entry {
    struct str source, comments; /* the string with its quotes; the comments above with their line ends */
    struct str default_name, namespace_name;
    VEC(struct str) names; /* "a", "a as b" */
    unsigned order;
};

struct run {
    struct action_maker *maker;
    VEC(struct entry) entries;
    struct span span;
    struct str indentation;
};

static bool is_unused(struct action_maker *maker, node_id name) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    for (unsigned i = 0; i < diagnostics->list.count; i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (diagnostic->code == DIAGNOSTIC_UNUSED_IMPORT && span_equal(diagnostic->span, node_span(maker->tree, name))) {
            return true;
        }
    }
    return false;
}

/* The text of a name that is used, or nothing. */
static struct str used_name(struct action_maker *maker, node_id name) {
    return name == NODE_NONE || is_unused(maker, name) ? (struct str){0} : node_text(maker->tree, name);
}

/* ---- reading */

static bool holds_comment(const struct syntax_tree *tree, node_id node) {
    for (node_id inner = node; inner < tree->nodes[node].next; inner++) {
        if (node_is_comment(tree, inner)) {
            return true;
        }
    }
    return false;
}

/* Alone on its lines, whole, and with names: one that may be moved. */
static bool is_movable(const struct syntax_tree *tree, node_id import) {
    struct span span = node_span(tree, import);
    bool names = node_child(tree, import, FIELD_DEFAULT) != NODE_NONE || node_child(tree, import, FIELD_NAMESPACE) != NODE_NONE ||
                 node_child(tree, import, FIELD_NAMES) != NODE_NONE;
    return node_kind(tree, import) == NODE_IMPORT_STATEMENT && names && !node_has_error(tree, import) &&
           !holds_comment(tree, import) && !span_equal(action_whole_lines(tree, span), span);
}

static void add_entry(struct run *run, node_id import) {
    struct action_maker *maker = run->maker;
    const struct syntax_tree *tree = maker->tree;
    uint32_t start = node_span(tree, import).start;
    uint32_t above = action_start_with_comments(tree, import);
    node_id alias = node_child(tree, import, FIELD_NAMESPACE);
    struct entry entry = {
        .source = node_text(tree, node_child(tree, import, FIELD_SOURCE)),
        .comments = text_slice(tree->text, (struct span){above, start}),
        .default_name = used_name(maker, node_child(tree, import, FIELD_DEFAULT)),
        .namespace_name = used_name(maker, alias),
        .order = run->entries.count,
    };
    NODE_EACH(name, tree, node_child(tree, import, FIELD_NAMES)) {
        node_id local = node_child(tree, name, FIELD_ALIAS);
        local = local != NODE_NONE ? local : node_child(tree, name, FIELD_NAME);
        if (local != NODE_NONE && !is_unused(maker, local)) {
            vec_push(maker->arena, &entry.names, node_text(tree, name));
        }
    }
    if (run->entries.count == 0) {
        run->span.start = above;
        run->indentation = action_indentation(tree, start);
    }
    run->span.end = node_span(tree, import).end;
    vec_push(maker->arena, &run->entries, entry);
}

/* ---- order */

static int rank_of(struct str source) {
    static const struct str beginnings[] = {STR_INIT("tova:"), STR_INIT("@/"), STR_INIT("../"), STR_INIT("./")};
    struct str text = str_slice(source, 1, source.size);
    for (int i = 0; i < (int)(sizeof beginnings / sizeof *beginnings); i++) {
        if (str_starts_with(text, beginnings[i])) {
            return i + 1;
        }
    }
    return 0;
}

static int compare_entries(const void *left, const void *right) {
    const struct entry *a = left;
    const struct entry *b = right;
    int order = rank_of(a->source) - rank_of(b->source);
    order = order != 0 ? order : str_compare(a->source, b->source);
    return order != 0 ? order : a->order < b->order ? -1 : a->order > b->order;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* May the second one, of the same module, be said with the first? */
static bool may_merge(const struct entry *a, const struct entry *b) {
    bool spaces = a->namespace_name.size > 0 || b->namespace_name.size > 0;
    bool defaults = a->default_name.size > 0 && b->default_name.size > 0;
    return str_equal(a->source, b->source) && !spaces && !defaults && b->comments.size == 0;
}

static void merge(struct run *run) {
    unsigned kept = 0;
    for (unsigned i = 0; i < run->entries.count; i++) {
        struct entry *entry = &run->entries.items[i];
        struct entry *last = kept == 0 ? NULL : &run->entries.items[kept - 1];
        if (last == NULL || !may_merge(last, entry)) {
            run->entries.items[kept++] = *entry;
            continue;
        }
        last->default_name = last->default_name.size > 0 ? last->default_name : entry->default_name;
        for (unsigned n = 0; n < entry->names.count; n++) {
            vec_push(run->maker->arena, &last->names, entry->names.items[n]);
        }
    }
    run->entries.count = kept;
}

/* ---- writing */

static struct str names_text(struct run *run, const struct entry *entry, struct str glue, struct str edge) {
    struct str text = STR("");
    for (unsigned i = 0; i < entry->names.count; i++) {
        if (i > 0 && str_equal(entry->names.items[i], entry->names.items[i - 1])) {
            continue;
        }
        text = arena_printf(run->maker->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(text), i > 0 ? (int)glue.size : 0, glue.data,
                            STR_ARGUMENTS(entry->names.items[i]));
    }
    return arena_printf(run->maker->arena, "{%.*s%.*s%.*s}", STR_ARGUMENTS(edge), STR_ARGUMENTS(text), STR_ARGUMENTS(edge));
}

static struct str entry_text(struct run *run, struct entry *entry) {
    struct arena *arena = run->maker->arena;
    struct str head = entry->default_name;
    if (entry->names.count > 1) {
        qsort(entry->names.items, entry->names.count, sizeof *entry->names.items, compare_names);
    }
    if (entry->namespace_name.size > 0) {
        head = arena_printf(arena, "%.*s%s* as %.*s", STR_ARGUMENTS(head), head.size > 0 ? ", " : "",
                            STR_ARGUMENTS(entry->namespace_name));
    }
    struct str names = entry->names.count == 0 ? (struct str){0} : names_text(run, entry, STR(", "), STR(" "));
    size_t columns = STR("import , from ").size + head.size + names.size + entry->source.size;
    if (columns > MOST_COLUMNS) {
        struct str line = arena_printf(arena, "\n%.*s", STR_ARGUMENTS(run->indentation));
        struct str inner = arena_concat(arena, line, STR("  "));
        names = names_text(run, entry, arena_concat(arena, STR(","), inner), inner);
        names = arena_printf(arena, "%.*s%.*s}", (int)(names.size - 1 - inner.size), names.data, STR_ARGUMENTS(line));
    }
    return arena_printf(arena, "%.*simport %.*s%s%.*s from %.*s", STR_ARGUMENTS(entry->comments), STR_ARGUMENTS(head),
                        head.size > 0 && names.size > 0 ? ", " : "", STR_ARGUMENTS(names), STR_ARGUMENTS(entry->source));
}

static struct str run_text(struct run *run) {
    struct str text = STR("");
    for (unsigned i = 0; i < run->entries.count; i++) {
        struct entry *entry = &run->entries.items[i];
        if (entry->names.count == 0 && entry->default_name.size == 0 && entry->namespace_name.size == 0) {
            continue;
        }
        text = arena_printf(run->maker->arena, "%.*s%s%.*s%.*s", STR_ARGUMENTS(text), text.size > 0 ? "\n" : "",
                            text.size > 0 ? (int)run->indentation.size : 0, run->indentation.data,
                            STR_ARGUMENTS(entry_text(run, entry)));
    }
    return text;
}

/* Adds the edit of a run whose text becomes another, and the action with the first of them. */
static void finish(struct run *run, struct code_action **action) {
    struct action_maker *maker = run->maker;
    if (run->entries.count > 0) {
        qsort(run->entries.items, run->entries.count, sizeof *run->entries.items, compare_entries);
        merge(run);
        struct str text = run_text(run);
        struct span span = text.size > 0 ? run->span : action_whole_lines(maker->tree, run->span);
        if (!str_equal(text, text_slice(maker->tree->text, span))) {
            *action = *action != NULL ? *action : action_add(maker, "Organize imports");
            action_edit(maker, *action, span, text);
        }
    }
    *run = (struct run){.maker = maker};
}

bool action_import_without_unused(struct action_maker *maker, node_id import, struct span *span, struct str *text) {
    struct run run = {.maker = maker};
    if (!is_movable(maker->tree, import)) {
        return false;
    }
    add_entry(&run, import);
    run.entries.items[0].comments = STR("");
    *text = run_text(&run);
    *span = text->size > 0 ? node_span(maker->tree, import) : action_whole_lines(maker->tree, node_span(maker->tree, import));
    return true;
}

/* Is there nothing but white space and the import's own comments between a run and the import? */
static bool follows(const struct run *run, const struct syntax_tree *tree, node_id import) {
    uint32_t above = action_start_with_comments(tree, import);
    struct str between = text_slice(tree->text, (struct span){run->span.end, above});
    return run->entries.count == 0 || str_trim(between).size == 0;
}

static void organize(struct action_maker *maker, node_id container, struct code_action **action) {
    struct run run = {.maker = maker};
    NODE_EACH(child, maker->tree, container) {
        if (node_is_comment(maker->tree, child)) {
            continue;
        }
        bool movable = is_movable(maker->tree, child);
        if (!movable || !follows(&run, maker->tree, child)) {
            finish(&run, action);
        }
        if (movable) {
            add_entry(&run, child);
        }
    }
    finish(&run, action);
}

void action_organize(struct action_maker *maker) {
    struct code_action *action = NULL;
    if (maker->file->module_uses.count == 0) {
        return;
    }
    organize(maker, NODE_ROOT, &action);
    for (unsigned i = 2; i < maker->file->blocks.count; i++) {
        organize(maker, node_child(maker->tree, maker->file->blocks.items[i].node, FIELD_BODY), &action);
    }
}
