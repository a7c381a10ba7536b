/* The workspace after the edits, name by name beside the one before. */
#include "server/features/rename_steps.h"

#include "analysis/check.h"
#include "analysis/trial.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"

struct checking {
    struct renaming *renaming;
    const struct feature_context *context;
    struct trial *trial;
    const struct sources *after;
};

/* ---- places before and after */

/* The last edit that does not begin behind an offset, or NULL: of the file at this path. */
static const struct rename_edit *edit_before(const struct renaming *renaming, struct str path, uint32_t offset) {
    unsigned low = 0, high = renaming->edits.count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        const struct rename_edit *edit = &renaming->edits.items[middle];
        int order = str_compare(edit->file->path, path);
        if (order < 0 || (order == 0 && edit->span.start <= offset)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct rename_edit *edit = low == 0 ? NULL : &renaming->edits.items[low - 1];
    return edit != NULL && str_equal(edit->file->path, path) ? edit : NULL;
}

/* The edit that a name lies in, or NULL. */
static const struct rename_edit *edit_at(const struct renaming *renaming, struct str path, uint32_t offset) {
    const struct rename_edit *edit = edit_before(renaming, path, offset);
    return edit != NULL && offset < edit->span.end ? edit : NULL;
}

/* How much longer the edit makes the text. */
static int64_t growth(const struct rename_edit *edit) {
    return (int64_t)edit->replacement.size - (int64_t)span_size(edit->span);
}

/* Where an offset of the old text is in the new one; for a renamed name where the new one stands, or (`kept`) the old one. */
static uint32_t moved(const struct renaming *renaming, struct str path, uint32_t offset, bool kept) {
    const struct rename_edit *edit = edit_before(renaming, path, offset);
    if (edit == NULL) {
        return offset;
    }
    if (offset >= edit->span.end) {
        return (uint32_t)(offset + edit->shift);
    }
    int64_t start = (int64_t)edit->span.start + edit->shift - growth(edit);
    if (edit->occurrence != offset) {
        return (uint32_t)start; /* the other name of a pair that has become short */
    }
    return (uint32_t)(start + (kept && edit->kept > 0 ? edit->kept : edit->name));
}

static void add_shifts(struct renaming *renaming) {
    int64_t shift = 0;
    for (unsigned i = 0; i < renaming->edits.count; i++) {
        struct rename_edit *edit = &renaming->edits.items[i];
        bool same_file = i > 0 && renaming->edits.items[i - 1].file == edit->file;
        shift = (same_file ? shift : 0) + growth(edit);
        edit->shift = shift;
    }
}

static uint32_t declared_at(struct entity entity) {
    return node_span(entity.file->tree, entity_symbol(entity)->name_node).start;
}

static bool is_renamed(const struct renaming *renaming, struct entity entity) {
    for (unsigned i = 0; i < renaming->entities.list.count; i++) {
        if (entity_equal(renaming->entities.list.items[i], entity)) {
            return true;
        }
    }
    return false;
}

/* Is it the same thing in both? */
static bool same(const struct checking *checking, struct entity before, struct entity after) {
    if (before.kind != ENTITY_SYMBOL || after.kind != ENTITY_SYMBOL) {
        return entity_equal(before, after);
    }
    return str_equal(before.file->path, after.file->path) && entity_symbol(before)->kind == entity_symbol(after)->kind &&
           moved(checking->renaming, before.file->path, declared_at(before), !is_renamed(checking->renaming, before)) ==
               declared_at(after);
}

/* ---- problems */

static struct str describe(const struct checking *checking, struct entity entity) {
    struct arena *arena = checking->context->arena;
    if (entity.kind != ENTITY_SYMBOL) {
        return entity.kind == ENTITY_NONE ? STR("nothing that is known") : STR("a name of the library or of JavaScript");
    }
    struct str kind = symbol_kind_name(entity_symbol(entity)->kind);
    struct str place = rename_place(checking->context, entity.file, declared_at(entity));
    return arena_printf(arena, "the %.*s of %.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(place));
}

static void report(struct checking *checking, const struct file_analysis *file, uint32_t offset, struct entity would) {
    struct str place = rename_place(checking->context, file, offset);
    struct str what = describe(checking, would);
    struct str to = checking->renaming->to;
    checking->renaming->problem =
        arena_printf(checking->context->arena, "`%.*s` is taken: in %.*s it would mean %.*s.", STR_ARGUMENTS(to),
                     STR_ARGUMENTS(place), STR_ARGUMENTS(what));
}

/* ---- names */

/* The name node that begins at an offset. */
static node_id name_at(const struct syntax_tree *tree, uint32_t offset) {
    node_id node = node_at(tree, offset);
    return analysis_name_span(tree, node).start == offset ? node : NODE_NONE;
}

/* Is it written as the old name or the new one, or as the second name of a model? */
static bool is_spelled(const struct renaming *renaming, struct str text) {
    struct str names[] = {renaming->from, renaming->to};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool alias = renaming->model && text.size == names[i].size + STR("Model").size && str_starts_with(text, names[i]) &&
                     str_ends_with(text, STR("Model"));
        if (alias || str_equal(text, names[i])) {
            return true;
        }
    }
    return false;
}

/* Compares every name of one of the two spellings. */
static void check_names(struct checking *checking, struct resolver *before, struct resolver *after) {
    const struct renaming *renaming = checking->renaming;
    const struct file_analysis *file = before->file;
    for (node_id node = NODE_ROOT; node < file->tree->count && renaming->problem.size == 0; node++) {
        enum node_kind kind = node_kind(file->tree, node);
        if (kind != NODE_IDENTIFIER && kind != NODE_TAG_NAME && kind != NODE_ATTRIBUTE_NAME) {
            continue;
        }
        struct span span = analysis_name_span(file->tree, node);
        struct str text = text_slice(file->tree->text, span);
        text = str_slice(text, 0, str_find(text, '.', 0));
        if (!is_spelled(renaming, text)) {
            continue;
        }
        const struct rename_edit *edit = edit_at(renaming, file->path, span.start);
        if (edit != NULL && edit->occurrence != span.start) {
            continue; /* the other name of what becomes one name */
        }
        struct meaning old = resolver_meaning(before, node);
        uint32_t place = moved(renaming, file->path, span.start, false);
        struct meaning new = resolver_meaning(after, name_at(after->file->tree, place));
        bool as_field = edit != NULL && !is_renamed(renaming, old.entity) && is_renamed(renaming, old.field);
        struct entity wanted = as_field ? old.field : old.entity;
        bool short_now = new.shorthand && !old.shorthand;
        bool good = same(checking, wanted, new.entity) || (short_now && same(checking, wanted, new.field));
        if (!good || (edit == NULL && !same(checking, old.field, new.field))) {
            report(checking, file, span.start, new.entity);
        }
    }
}

/* ---- errors, and what the language makes of a function by its parameters' names */

static void check_errors(struct checking *checking, const struct resolver *before, const struct resolver *after) {
    struct arena *arena = checking->context->arena;
    unsigned counts[DIAGNOSTIC_CODE_COUNT] = {0};
    struct diagnostic_list old = check_file(arena, before->file, before->package, &checking->context->stop);
    struct diagnostic_list new = check_file(arena, after->file, after->package, &checking->context->stop);
    for (unsigned i = 0; i < old.list.count; i++) {
        counts[old.list.items[i].code]++;
    }
    for (unsigned i = 0; i < new.list.count && checking->renaming->problem.size == 0; i++) {
        const struct diagnostic *diagnostic = &new.list.items[i];
        if (counts[diagnostic->code] > 0) {
            counts[diagnostic->code]--;
        } else if (diagnostic->severity == SEVERITY_ERROR) {
            checking->renaming->problem = arena_str(arena, diagnostic->message);
        }
    }
}

static void check_flags(struct checking *checking, const struct file_analysis *before, const struct file_analysis *after) {
    static const unsigned ignored = SYMBOL_READ | SYMBOL_PASSED | SYMBOL_ASYNC;
    for (uint32_t i = 1; i < before->symbols.count && checking->renaming->problem.size == 0; i++) {
        const struct symbol *old = analysis_symbol(before, i);
        bool same_symbol = before->symbols.count == after->symbols.count &&
                           old->kind == analysis_symbol(after, i)->kind &&
                           ((old->flags ^ analysis_symbol(after, i)->flags) & ~ignored) == 0;
        if (!same_symbol) {
            struct str place = rename_place(checking->context, before, node_span(before->tree, old->name_node).start);
            struct str name = analysis_name(before, old->name);
            struct str to = checking->renaming->to;
            checking->renaming->problem =
                arena_printf(checking->context->arena, "With the name `%.*s`, `%.*s` of %.*s would be called in another way.",
                             STR_ARGUMENTS(to), STR_ARGUMENTS(name), STR_ARGUMENTS(place));
        }
    }
}

/* ---- all files that have one of the names */

static void check_one(struct checking *checking, const struct named_file *file) {
    const struct feature_context *context = checking->context;
    struct resolver before, after;
    const struct file_analysis *old = context->sources->analysis_of(context->sources->context, file->path);
    const struct file_analysis *new = checking->after->analysis_of(checking->after->context, file->path);
    if (old == NULL || new == NULL) {
        return;
    }
    resolver_init(&before, context->arena, context->sources, old, file->package);
    resolver_init(&after, context->arena, checking->after, new,
                  checking->after->package_of(checking->after->context, file->path));
    check_names(checking, &before, &after);
    check_errors(checking, &before, &after);
    check_flags(checking, old, new);
}

/* The text of the file whose edits begin at `first`. */
static struct str new_text(const struct renaming *renaming, unsigned first) {
    const struct file_analysis *file = renaming->edits.items[first].file;
    struct str old = text_str(file->tree->text);
    struct strbuf text;
    uint32_t from = 0;
    strbuf_init(&text, LIMIT_FILE_BYTES);
    for (unsigned i = first; i < renaming->edits.count && renaming->edits.items[i].file == file; i++) {
        const struct rename_edit *edit = &renaming->edits.items[i];
        strbuf_add(&text, str_slice(old, from, edit->span.start));
        strbuf_add(&text, edit->replacement);
        from = edit->span.end;
    }
    strbuf_add(&text, str_slice(old, from, old.size));
    struct str result = arena_str(renaming->context->arena, strbuf_str(&text));
    strbuf_finish(&text);
    return result;
}

void rename_check(struct renaming *renaming) {
    const struct feature_context *context = renaming->context;
    struct checking checking = {.renaming = renaming, .context = context};
    VEC(struct trial_text) texts = {0};
    add_shifts(renaming);
    for (unsigned i = 0; i < renaming->edits.count && !feature_stopped(context); i++) {
        const struct file_analysis *file = renaming->edits.items[i].file;
        if (i == 0 || renaming->edits.items[i - 1].file != file) {
            vec_push(context->arena, &texts, (struct trial_text){file->path, new_text(renaming, i)});
        }
    }
    checking.trial = trial_create(context->sources, texts.items, texts.count, &context->stop);
    checking.after = trial_sources(checking.trial);
    struct entity entity = renaming->entities.list.items[0];
    struct str aliases[] = {rename_alias(renaming, renaming->from), rename_alias(renaming, renaming->to)};
    atom_id names[] = {entity_symbol(entity)->name, atom_intern(context->file->atoms, renaming->to),
                       atom_find(context->file->atoms, aliases[0]), atom_find(context->file->atoms, aliases[1])};
    const struct package *package = context->sources->package_of(context->sources->context, entity.file->path);
    struct named_files files = occurrences_files(context->arena, context->sources, package, names, renaming->model ? 4 : 2);
    for (unsigned i = 0; i < files.list.count && renaming->problem.size == 0 && !feature_stopped(context); i++) {
        check_one(&checking, &files.list.items[i]);
    }
    trial_destroy(checking.trial);
}
