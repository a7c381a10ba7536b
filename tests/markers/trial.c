/* trial: a package made anew from edited texts. */
#include "tests/markers/trial.h"

#include "analysis/analyze.h"
#include "analysis/check.h"

struct str trial_edited(const struct trial *trial, const struct edit_list *edits, unsigned first, unsigned end) {
    struct arena *arena = trial->context->arena;
    struct str text = text_str(trial->text_of(trial->cases, edits->list.items[first].place.path));
    struct str result = STR("");
    size_t at = 0;
    for (unsigned i = first; i < end; i++) {
        const struct edit *edit = &edits->list.items[i];
        struct str kept = str_slice(text, at, edit->place.span.start);
        result = arena_concat(arena, result, arena_concat(arena, kept, edit->replacement));
        at = edit->place.span.end;
    }
    return arena_concat(arena, result, str_slice(text, at, text.size));
}

struct made {
    struct file_analysis *file;
    struct syntax_tree *tree;
    struct text *text;
};

/* The text of a file, with its edits made, with a reference for the caller. */
static struct text *text_after(const struct trial *trial, const struct edit_list *edits, struct str path) {
    unsigned first = 0;
    while (first < edits->list.count && !str_equal(edits->list.items[first].place.path, path)) {
        first++;
    }
    unsigned end = first;
    while (end < edits->list.count && str_equal(edits->list.items[end].place.path, path)) {
        end++;
    }
    return end > first ? text_create(trial_edited(trial, edits, first, end)) : text_ref(trial->text_of(trial->cases, path));
}

unsigned trial_errors(const struct trial *trial, const struct edit_list *edits, uint64_t *codes) {
    const struct package *old = trial->context->package;
    struct atom_table *atoms = trial->context->file->atoms;
    struct arena arena = {0};
    struct package *package = package_create(atoms);
    uint32_t count = package_file_count(old);
    struct made *made = arena_array(&arena, struct made, count);
    unsigned errors = 0;
    for (uint32_t f = 0; f < count; f++) {
        struct str path = package_file_at(old, f)->path;
        made[f].text = text_after(trial, edits, path);
        made[f].tree = syntax_parse(trial->parser, made[f].text);
        made[f].file = analyze(&arena, atoms, path, made[f].tree);
        package_put(package, summary_create(made[f].file));
    }
    for (uint32_t f = 0; f < count; f++) {
        struct diagnostic_list list = check_file(&arena, made[f].file, package, NULL);
        for (unsigned i = 0; i < list.list.count; i++) {
            bool error = list.list.items[i].severity == SEVERITY_ERROR;
            errors += error;
            if (error && codes != NULL) {
                *codes |= (uint64_t)1 << (list.list.items[i].code % 64);
            }
        }
    }
    for (uint32_t f = 0; f < count; f++) {
        syntax_tree_destroy(made[f].tree);
        text_unref(made[f].text);
    }
    package_destroy(package);
    arena_finish(&arena);
    return errors;
}
