/* New texts analysed, derived packages around them, and the old ones for the rest. */
#include "analysis/trial.h"

#include "analysis/analyze.h"
#include "analysis/package_index.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"

struct trial_file {
    struct str path;
    struct syntax_tree *tree;
    struct file_analysis *analysis;
    struct summary *summary; /* owned by the package */
    const struct package *before;
};

struct trial_package {
    const struct package *before;
    struct package *after;
};

struct trial {
    struct arena arena;
    const struct sources *base;
    struct sources sources;
    struct modules modules;
    const struct modules *base_modules; /* or NULL */
    VEC(struct trial_file) files;
    VEC(struct trial_package) packages;
    struct map file_of_path;    /* atom of a path: index into files + 1 */
    struct map after_of_before; /* address of a package: index into packages + 1 */
    struct atom_table *atoms;   /* or NULL, without files */
};

/* ---- what it answers */

static const struct package *after(const struct trial *trial, const struct package *package) {
    uint64_t index;
    bool changed = map_get(&trial->after_of_before, (uintptr_t)package, &index);
    return changed ? trial->packages.items[index - 1].after : package;
}

static const struct file_analysis *analysis_of(void *context, struct str path) {
    const struct trial *trial = context;
    uint64_t index;
    atom_id atom = trial->atoms == NULL ? ATOM_NONE : atom_find(trial->atoms, path);
    if (atom != ATOM_NONE && map_get(&trial->file_of_path, atom, &index)) {
        return trial->files.items[index - 1].analysis;
    }
    return trial->base->analysis_of(trial->base->context, path);
}

static const struct package *package_of(void *context, struct str path) {
    const struct trial *trial = context;
    return after(trial, trial->base->package_of(trial->base->context, path));
}

struct mapped_visit {
    const struct trial *trial;
    void (*visit)(void *visitor, const struct package *package);
    void *visitor;
};

static void visit_after(void *context, const struct package *package) {
    struct mapped_visit *mapped = context;
    mapped->visit(mapped->visitor, after(mapped->trial, package));
}

static void each_package(void *context, void (*visit)(void *visitor, const struct package *package), void *visitor) {
    const struct trial *trial = context;
    struct mapped_visit mapped = {trial, visit, visitor};
    trial->base->each_package(trial->base->context, visit_after, &mapped);
}

static const struct package *module_package_of(void *context, struct str path) {
    const struct trial *trial = context;
    return after(trial, trial->base_modules->package_of(trial->base_modules->context, path));
}

static struct str root_of(void *context, struct str path) {
    const struct trial *trial = context;
    return trial->base_modules->root_of(trial->base_modules->context, path);
}

static bool has_file(void *context, struct str path) {
    const struct trial *trial = context;
    return trial->base_modules->has_file(trial->base_modules->context, path);
}

static bool has_standard(void *context, struct str name) {
    const struct trial *trial = context;
    return trial->base_modules->has_standard(trial->base_modules->context, name);
}

static void each_neighbour(void *context, struct str path, void (*visit)(void *visitor, const struct package *package),
                           void *visitor) {
    const struct trial *trial = context;
    struct mapped_visit mapped = {trial, visit, visitor};
    trial->base_modules->each_neighbour(trial->base_modules->context, path, visit_after, &mapped);
}

struct file_visit {
    const struct trial *trial;
    void (*visit)(void *visitor, const struct package *package, const struct summary *file);
    void *visitor;
};

static void visit_file_after(void *context, const struct package *package, const struct summary *file) {
    struct file_visit *visit = context;
    const struct package *now = after(visit->trial, package);
    visit->visit(visit->visitor, now, now == package ? file : package_file(now, file->path));
}

static void each_file(void *context,
                      void (*visit)(void *visitor, const struct package *package, const struct summary *file),
                      void *visitor) {
    const struct trial *trial = context;
    struct file_visit mapped = {trial, visit, visitor};
    if (trial->base_modules->each_file != NULL) {
        trial->base_modules->each_file(trial->base_modules->context, visit_file_after, &mapped);
    }
}

/* ---- making it */

static void add_file(struct trial *trial, struct syntax_parser *parser, const struct trial_text *changed) {
    const struct package *before = trial->base->package_of(trial->base->context, changed->path);
    if (before == NULL) {
        return;
    }
    struct text *text = text_create(changed->text);
    struct trial_file file = {.path = changed->path, .before = before, .tree = syntax_parse(parser, text)};
    text_unref(text);
    file.analysis = analyze(&trial->arena, before->atoms, changed->path, file.tree);
    file.summary = summary_create(file.analysis);
    vec_push(&trial->arena, &trial->files, file);
    trial->atoms = before->atoms;
    map_set(&trial->file_of_path, atom_intern(before->atoms, changed->path), trial->files.count);
}

static void derive(struct trial *trial, const struct package *before) {
    if (after(trial, before) != before) {
        return;
    }
    VEC(struct summary *) changed = {0};
    for (unsigned i = 0; i < trial->files.count; i++) {
        if (trial->files.items[i].before == before) {
            vec_push(&trial->arena, &changed, trial->files.items[i].summary);
        }
    }
    struct trial_package package = {before, package_derive(before, changed.items, changed.count)};
    if (before->modules != NULL) {
        trial->base_modules = before->modules;
        package_join(package.after, &trial->modules);
    }
    vec_push(&trial->arena, &trial->packages, package);
    map_set(&trial->after_of_before, (uintptr_t)before, trial->packages.count);
}

struct trial *trial_create(const struct sources *sources, const struct trial_text *texts, uint32_t count,
                           const struct stop *stop) {
    struct trial *trial = xcalloc(1, sizeof *trial);
    struct syntax_parser *parser = syntax_parser_create();
    trial->base = sources;
    map_init(&trial->file_of_path);
    map_init(&trial->after_of_before);
    trial->sources = (struct sources){
        .context = trial, .analysis_of = analysis_of, .package_of = package_of, .each_package = each_package};
    trial->modules = (struct modules){.context = trial,
                                      .package_of = module_package_of,
                                      .root_of = root_of,
                                      .has_file = has_file,
                                      .has_standard = has_standard,
                                      .each_neighbour = each_neighbour,
                                      .each_file = each_file};
    for (uint32_t i = 0; i < count && !stop_asked(stop); i++) {
        add_file(trial, parser, &texts[i]);
    }
    for (unsigned i = 0; i < trial->files.count; i++) {
        derive(trial, trial->files.items[i].before);
    }
    syntax_parser_destroy(parser);
    return trial;
}

const struct sources *trial_sources(const struct trial *trial) { return &trial->sources; }

void trial_destroy(struct trial *trial) {
    if (trial == NULL) {
        return;
    }
    for (unsigned i = 0; i < trial->packages.count; i++) {
        package_destroy(trial->packages.items[i].after);
    }
    for (unsigned i = 0; i < trial->files.count; i++) {
        syntax_tree_destroy(trial->files.items[i].tree);
    }
    map_finish(&trial->file_of_path);
    map_finish(&trial->after_of_before);
    arena_finish(&trial->arena);
    xfree(trial);
}
