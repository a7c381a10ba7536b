/* project: reads, parses, analyses, links, checks and emits the files that were asked for and what they import. */
#include "server/project.h"

#include "analysis/analyze.h"
#include "analysis/check.h"
#include "codegen/naming.h"
#include "parser/base/path.h"
#include "parser/text/text.h"
#include "server/project_folders.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- files */

static void report_unreadable(struct project *project, struct project_file *file, enum scan_read result) {
    bool large = result == SCAN_TOO_LARGE;
    diagnostic_add(&project->arena, &file->diagnostics, large ? DIAGNOSTIC_FILE_TOO_LARGE : DIAGNOSTIC_FILE_UNREADABLE,
                   (struct span){0, 0}, "%s",
                   large ? "This file is larger than 64 MiB and is left out." : "This file cannot be read.");
    file->has_errors = true;
}

/* Reads and parses; false when the file has gone since the folder was read. */
static bool open_file(struct project *project, struct project_file *file) {
    const struct project_overlay *overlay = project->options.overlay;
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
    vec_push(&project->arena, &project->trees, tree);
    file->tree = tree;
    return true;
}

static bool load_file(struct project *project, struct project_file *file) {
    if (!open_file(project, file)) {
        return false;
    }
    if (file->tree != NULL) {
        file->analysis = analyze(&project->arena, project->atoms, file->path, file->tree);
    }
    return true;
}

/* ---- units */

static void add_unit(struct project *project, struct str folder, struct project_file *files, uint32_t count) {
    struct project_unit *unit = arena_new(&project->arena, struct project_unit);
    *unit = (struct project_unit){.folder = folder, .files = files, .file_count = count};
    unit->base = naming_base(&project->arena, files[0].path, count);
    vec_push(&project->arena, &project->units, unit);
    for (uint32_t i = 0; i < count; i++) {
        map_set(&project->unit_of_path, atom_intern(project->atoms, files[i].path), project->units.count);
        unit->wanted = unit->wanted || files[i].wanted;
    }
}

static bool is_wanted(const struct scan_files *wanted, struct str path) {
    for (unsigned i = 0; wanted != NULL && i < wanted->list.count; i++) {
        if (str_equal(wanted->list.items[i], path)) {
            return true;
        }
    }
    return wanted == NULL;
}

/* Loads files of a folder and makes units of them: one if they merge. `wanted` NULL: all are wanted. */
static void load_folder(struct project *project, struct project_folder *folder, const struct scan_files *paths,
                        const struct scan_files *wanted, bool imported) {
    struct project_file *files = arena_array(&project->arena, struct project_file, paths->list.count + 1);
    uint32_t count = 0;
    bool merges = folder->is_application;
    for (unsigned i = 0; i < paths->list.count; i++) {
        struct str path = paths->list.items[i];
        files[count] = (struct project_file){.path = path, .wanted = !imported && is_wanted(wanted, path)};
        if (load_file(project, &files[count])) {
            merges = merges || (files[count].tree != NULL && analyze_has_blocks(files[count].tree));
            count++;
        }
    }
    project->file_count += imported ? 0 : count;
    folder->is_application = merges;
    uint32_t step = merges ? count : 1;
    for (uint32_t i = 0; i < count; i += step) {
        add_unit(project, folder->path, files + i, step);
    }
}

/* ---- what is imported */

static bool is_known(const struct project *project, struct str path) {
    atom_id atom = atom_find(project->atoms, path);
    return atom != ATOM_NONE && map_get(&project->unit_of_path, atom, NULL);
}

static void load_import(struct project *project, struct str from, struct str source) {
    struct str path = module_source_path(&project->arena, &project->modules, from, source);
    if (path.size == 0 || is_known(project, path)) {
        return;
    }
    struct project_folder *folder = project_folder_at(project, path_parent(&project->arena, path));
    if (!is_wanted(&folder->sources, path)) {
        return;
    }
    struct scan_files one = {0};
    vec_push(&project->arena, &one.list, path);
    load_folder(project, folder, project_folder_merges(project, folder) ? &folder->sources : &one, NULL, true);
}

/* Units are added behind while they are gone through. */
static void load_imports(struct project *project) {
    for (unsigned i = 0; i < project->units.count; i++) {
        const struct project_unit *unit = project->units.items[i];
        for (uint32_t f = 0; f < unit->file_count; f++) {
            const struct file_analysis *file = unit->files[f].analysis;
            for (uint32_t m = 0; file != NULL && m < file->module_uses.count; m++) {
                load_import(project, file->path, file->module_uses.items[m].text);
            }
        }
    }
}

/* ---- linking and checking */

static void open_program(struct project *project, struct project_unit *unit) {
    struct file_analysis **analyses = arena_array(&project->arena, struct file_analysis *, unit->file_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            analyses[count++] = unit->files[i].analysis;
        }
    }
    if (count > 0) {
        unit->program = program_open(&project->arena, project->atoms, analyses, count);
        package_join(unit->program->package, &project->modules);
    }
}

static void link_units(struct project *project) {
    struct program **programs = arena_array(&project->arena, struct program *, project->units.count + 1);
    uint32_t count = 0;
    for (unsigned i = 0; i < project->units.count; i++) {
        open_program(project, project->units.items[i]);
        if (project->units.items[i]->program != NULL) {
            programs[count++] = project->units.items[i]->program;
        }
    }
    programs_link(&project->arena, programs, count);
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

static void check_unit(struct project *project, struct project_unit *unit) {
    for (uint32_t i = 0; i < unit->file_count; i++) {
        check(project, unit, &unit->files[i]);
    }
    project->errors += unit->errors;
}

/* ---- loading */

static void begin(struct project *project, struct str top, const struct project_options *options) {
    memset(project, 0, sizeof *project);
    arena_init(&project->arena);
    map_init(&project->folder_of_path);
    map_init(&project->unit_of_path);
    project->atoms = atom_table_create();
    project->parser = syntax_parser_create();
    if (options != NULL) {
        project->options = *options;
    }
    struct str limit = project->options.limit.size > 0 ? project->options.limit : top;
    project->options.limit = arena_str(&project->arena, limit);
    project->options.into = arena_str(&project->arena, project->options.into);
    project_modules_init(project);
}

static bool finish_loading(struct project *project, struct str top) {
    load_imports(project);
    project_folders_place(project, top);
    link_units(project);
    for (unsigned i = 0; i < project->units.count; i++) {
        check_unit(project, project->units.items[i]);
    }
    project->options.overlay = NULL; /* it is asked for nothing more */
    return project->file_count > 0;
}

bool project_load(struct project *project, struct str path, const struct project_options *options) {
    struct arena scratch = {0};
    struct stat status;
    struct str absolute = scan_absolute(&scratch, path);
    bool is_folder = stat(absolute.data, &status) == 0 && S_ISDIR(status.st_mode);
    struct str top = is_folder ? absolute : path_parent(&scratch, absolute);
    begin(project, top, options);
    struct project_folder *folder = project_folder_at(project, arena_str(&project->arena, top));
    struct scan_files one = {0};
    if (!is_folder && is_wanted(&folder->sources, absolute)) {
        vec_push(&project->arena, &one.list, arena_str(&project->arena, absolute));
    }
    bool whole = is_folder || (one.list.count > 0 && project_folder_merges(project, folder));
    load_folder(project, folder, whole ? &folder->sources : &one, is_folder ? NULL : &one, false);
    bool loaded = finish_loading(project, folder->path);
    arena_finish(&scratch);
    return loaded;
}

bool project_load_files(struct project *project, struct str top, const struct scan_files *files,
                        const struct project_options *options) {
    begin(project, top, options);
    for (unsigned i = 0, end = 0; i < files->list.count; i = end) {
        struct str path = path_parent(&project->arena, files->list.items[i]);
        struct scan_files wanted = {0};
        for (end = i; end < files->list.count && project_is_directly_in(files->list.items[end], path); end++) {
            vec_push(&project->arena, &wanted.list, files->list.items[end]);
        }
        struct project_folder *folder = project_folder_at(project, path);
        bool all = wanted.list.count == folder->sources.list.count;
        bool whole = all || project_folder_merges(project, folder);
        load_folder(project, folder, whole ? &folder->sources : &wanted, all ? NULL : &wanted, false);
    }
    return finish_loading(project, arena_str(&project->arena, top));
}

struct project_unit *project_unit_of(const struct project *project, struct str path) {
    uint64_t index;
    atom_id atom = atom_find(project->atoms, path);
    bool found = atom != ATOM_NONE && map_get(&project->unit_of_path, atom, &index);
    return found ? project->units.items[index - 1] : NULL;
}

/* ---- emitting */

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
    struct emit_options options = {
        .base = unit->base,
        .diagnostics = diagnostics,
        .first_port = first_port,
        .below = unit->place.below,
        .folder = unit->place.output,
    };
    emit_program(unit->program, &options, emission);
    report_gaps(project, unit, files, emission);
}

struct output_place project_output_place(struct arena *arena, const struct project *project,
                                         const struct project_unit *unit) {
    bool asked = project->options.into.size > 0 || project->options.run;
    return asked ? output_place_in(arena, unit->place.top, unit->place.below)
                 : output_place(arena, unit->place.root, unit->place.below);
}

void project_finish(struct project *project) {
    for (unsigned i = 0; i < project->units.count; i++) {
        program_finish(project->units.items[i]->program);
    }
    project_folders_finish(project);
    for (unsigned i = 0; i < project->trees.count; i++) {
        syntax_tree_destroy(project->trees.items[i]);
    }
    if (project->parser != NULL) {
        syntax_parser_destroy(project->parser);
    }
    if (project->atoms != NULL) {
        atom_table_destroy(project->atoms);
    }
    map_finish(&project->folder_of_path);
    map_finish(&project->unit_of_path);
    arena_finish(&project->arena);
    memset(project, 0, sizeof *project);
}
