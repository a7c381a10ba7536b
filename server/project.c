/* project: reads, parses, analyses, links, checks and emits the files of one folder. */
#include "server/project.h"

#include "analysis/analyze.h"
#include "analysis/check.h"
#include "codegen/naming.h"
#include "parser/base/path.h"
#include "parser/text/text.h"
#include "server/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- where outputs go */

static bool exists_in(struct arena *arena, struct str folder, struct str name) {
    struct stat status;
    return stat(path_join(arena, folder, name).data, &status) == 0;
}

/* The nearest folder from `folder` up to `limit` that holds `name`; empty when none does. */
static struct str nearest_with(struct arena *arena, struct str folder, struct str limit, struct str name) {
    for (;;) {
        if (exists_in(arena, folder, name)) {
            return folder;
        }
        if (str_equal(folder, limit) || folder.size <= 1) {
            return (struct str){0};
        }
        folder = path_parent(arena, folder);
    }
}

struct project_place project_place_of(struct arena *arena, struct str folder, struct str limit) {
    struct project_place place = {.folder = path_normalise(arena, folder)};
    if (limit.size > 0 && !path_is_below(place.folder, limit)) {
        limit = place.folder;
    }
    place.root = nearest_with(arena, place.folder, limit, STR("tova.toml"));
    if (place.root.size == 0) {
        place.root = nearest_with(arena, place.folder, limit, STR(".tova-out"));
    }
    if (place.root.size == 0) {
        place.root = place.folder;
    }
    place.below =
        str_equal(place.root, place.folder) ? (struct str){0} : path_relative(arena, place.root, place.folder);
    struct output_place output = output_place(arena, place.root, place.below);
    place.output = path_join(arena, output.root, output.below);
    return place;
}

/* ---- loading */

static int compare_paths(const void *left, const void *right) {
    const struct str *a = left, *b = right;
    return str_compare(*a, *b);
}

/* The sources of the folder on disk and in the overlay, in order, each once. */
static struct scan_files list_files(struct project *project, const struct project_overlay *overlay) {
    struct scan_files files = scan_package(&project->arena, project->folder);
    if (overlay != NULL) {
        overlay->list(overlay->context, project->folder, &project->arena, &files);
    }
    if (files.list.count > 1) {
        qsort(files.list.items, files.list.count, sizeof *files.list.items, compare_paths);
    }
    unsigned kept = 0;
    for (unsigned i = 0; i < files.list.count; i++) {
        if (kept == 0 || !str_equal(files.list.items[kept - 1], files.list.items[i])) {
            files.list.items[kept++] = files.list.items[i];
        }
    }
    files.list.count = kept;
    return files;
}

static void report_unreadable(struct project *project, struct project_file *file, enum scan_read result) {
    bool large = result == SCAN_TOO_LARGE;
    diagnostic_add(&project->arena, &file->diagnostics, large ? DIAGNOSTIC_FILE_TOO_LARGE : DIAGNOSTIC_FILE_UNREADABLE,
                   (struct span){0, 0}, "%s",
                   large ? "This file is larger than 64 MiB and is left out." : "This file cannot be read.");
    file->has_errors = true;
}

/* Reads and parses; false when the file has gone since the folder was read. */
static bool open_file(struct project *project, struct project_file *file, const struct project_overlay *overlay) {
    if (overlay != NULL && overlay->open(overlay->context, file->path, &file->text, &file->tree)) {
        return true;
    }
    enum scan_read result = scan_read_file(file->path, &file->text);
    if (result == SCAN_MISSING) {
        return false;
    }
    if (result != SCAN_READ) {
        report_unreadable(project, file, result);
        return true;
    }
    struct syntax_tree *tree = syntax_parse(project->parser, file->text);
    text_unref(file->text); /* the tree holds it */
    project->trees[project->tree_count++] = tree;
    file->tree = tree;
    return true;
}

static bool load_file(struct project *project, struct project_file *file, const struct project_overlay *overlay) {
    if (!open_file(project, file, overlay)) {
        return false;
    }
    if (file->tree != NULL) {
        file->analysis = analyze(&project->arena, project->atoms, file->path, file->tree);
    }
    return true;
}

static void link_unit(struct project *project, struct project_unit *unit) {
    struct file_analysis **analyses = arena_array(&project->arena, struct file_analysis *, unit->file_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            analyses[count++] = unit->files[i].analysis;
        }
    }
    if (count > 0) {
        unit->program = program_create(&project->arena, project->atoms, analyses, count);
    }
}

static void check(struct project *project, struct project_unit *unit, struct project_file *file) {
    if (file->analysis != NULL) {
        file->diagnostics = check_file(&project->arena, file->analysis, unit->program->package);
    }
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        enum diagnostic_severity severity = file->diagnostics.list.items[i].severity;
        unit->errors += severity == SEVERITY_ERROR;
        project->warnings += severity == SEVERITY_WARNING;
        file->has_errors = file->has_errors || severity == SEVERITY_ERROR;
    }
}

static void add_unit(struct project *project, uint32_t first, uint32_t count) {
    struct project_unit *unit = &project->units[project->unit_count++];
    struct project_file *files = project->files + first;
    *unit = (struct project_unit){.files = files, .file_count = count};
    unit->base = naming_base(&project->arena, files[0].path, count);
    link_unit(project, unit);
    for (uint32_t i = 0; i < count; i++) {
        check(project, unit, &files[i]);
    }
    project->errors += unit->errors;
}

static void make_units(struct project *project) {
    bool merges = false;
    for (uint32_t i = 0; i < project->file_count; i++) {
        const struct syntax_tree *tree = project->files[i].tree;
        merges = merges || (tree != NULL && analyze_has_blocks(tree));
    }
    project->units = arena_array(&project->arena, struct project_unit, project->file_count + 1);
    uint32_t step = merges ? project->file_count : 1;
    for (uint32_t i = 0; i < project->file_count; i += step) {
        add_unit(project, i, step);
    }
}

/* Has one of the files a block? Most can be told from their text. */
static bool is_application(struct project *project, const struct scan_files *files,
                           const struct project_overlay *overlay) {
    bool found = false;
    for (unsigned i = 0; i < files->list.count && !found; i++) {
        struct text *text;
        const struct syntax_tree *tree = NULL;
        if (overlay != NULL && overlay->open(overlay->context, files->list.items[i], &text, &tree)) {
            found = analyze_has_blocks(tree);
        } else if (scan_read_file(files->list.items[i], &text) == SCAN_READ) {
            if (analyze_may_have_blocks(text_str(text))) {
                struct syntax_tree *own = syntax_parse(project->parser, text);
                found = analyze_has_blocks(own);
                syntax_tree_destroy(own);
            }
            text_unref(text);
        }
    }
    return found;
}

/* A module is loaded without its neighbours, of which it knows nothing. */
static void leave_neighbours(struct project *project, struct scan_files *files, struct str path,
                             const struct project_overlay *overlay) {
    for (unsigned i = 0; i < files->list.count; i++) {
        if (str_equal(files->list.items[i], path) && !is_application(project, files, overlay)) {
            files->list.items[0] = files->list.items[i];
            files->list.count = 1;
        }
    }
}

bool project_load(struct project *project, struct str path, const struct project_overlay *overlay) {
    memset(project, 0, sizeof *project);
    arena_init(&project->arena);
    project->atoms = atom_table_create();
    project->parser = syntax_parser_create();
    struct str absolute = scan_absolute(&project->arena, path);
    struct stat status;
    bool is_folder = stat(absolute.data, &status) == 0 && S_ISDIR(status.st_mode);
    project->folder = is_folder ? absolute : path_parent(&project->arena, absolute);
    struct scan_files files = list_files(project, overlay);
    if (!is_folder) {
        leave_neighbours(project, &files, absolute, overlay);
    }
    project->files = arena_array(&project->arena, struct project_file, files.list.count + 1);
    project->trees = arena_array(&project->arena, struct syntax_tree *, files.list.count + 1);
    for (unsigned i = 0; i < files.list.count; i++) {
        struct project_file *file = &project->files[project->file_count];
        *file = (struct project_file){.path = files.list.items[i]};
        project->file_count += load_file(project, file, overlay);
    }
    make_units(project);
    return project->file_count > 0;
}

struct project_unit *project_unit_of(const struct project *project, struct str path) {
    for (uint32_t i = 0; i < project->unit_count; i++) {
        struct project_unit *unit = &project->units[i];
        for (uint32_t k = 0; k < unit->file_count; k++) {
            if (str_equal(unit->files[k].path, path)) {
                return unit;
            }
        }
    }
    return NULL;
}

static bool has_error_at(const struct project_file *file, struct span span) {
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        bool meets = diagnostic->span.start <= span.end && span.start <= diagnostic->span.end;
        if (diagnostic->severity == SEVERITY_ERROR && meets) {
            return true;
        }
    }
    return false;
}

/* What could not be emitted becomes a diagnostic, unless one stands there already. */
static void report_gaps(struct project *project, struct project_unit *unit, struct project_file **files,
                        const struct emission *emission) {
    for (unsigned i = 0; i < emission->gaps.count; i++) {
        const struct emission_gap *gap = &emission->gaps.items[i];
        struct project_file *file = files[gap->file];
        if (!has_error_at(file, gap->span)) {
            diagnostic_add(&project->arena, &file->diagnostics, DIAGNOSTIC_NOT_EMITTED, gap->span,
                           "This cannot be compiled: %.*s. The output of this block is not written.",
                           STR_ARGUMENTS(gap->what));
            diagnostic_sort(&file->diagnostics);
            file->has_errors = true;
            unit->errors++;
            project->errors++;
        }
    }
}

void project_emit(struct project *project, struct project_unit *unit, uint32_t first_port, struct emission *emission) {
    if (unit->program == NULL) {
        memset(emission, 0, sizeof *emission);
        return;
    }
    struct diagnostic_list *diagnostics = arena_array(&project->arena, struct diagnostic_list, unit->file_count + 1);
    struct project_file **files = arena_array(&project->arena, struct project_file *, unit->file_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            files[count] = &unit->files[i];
            diagnostics[count++] = unit->files[i].diagnostics;
        }
    }
    struct emit_options options = {.base = unit->base, .diagnostics = diagnostics, .first_port = first_port};
    emit_program(unit->program, &options, emission);
    report_gaps(project, unit, files, emission);
}

void project_finish(struct project *project) {
    for (uint32_t i = 0; i < project->unit_count; i++) {
        program_finish(project->units[i].program);
    }
    for (uint32_t i = 0; i < project->tree_count; i++) {
        syntax_tree_destroy(project->trees[i]);
    }
    if (project->parser != NULL) {
        syntax_parser_destroy(project->parser);
    }
    if (project->atoms != NULL) {
        atom_table_destroy(project->atoms);
    }
    arena_finish(&project->arena);
    memset(project, 0, sizeof *project);
}
