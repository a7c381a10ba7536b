/* project: reads, parses, analyses, links and checks the files that were asked for and what they import. */
#include "server/project.h"

#include "analysis/analyze.h"
#include "analysis/check.h"
#include "codegen/naming.h"
#include "parser/base/path.h"
#include "parser/text/text.h"
#include "server/project_folders.h"
#include "server/project_workers.h"
#include "server/workers.h"

#include <string.h>
#include <sys/stat.h>

/* ---- files */

static void report_unreadable(struct arena *arena, struct project_file *file, enum scan_read result) {
    bool large = result == SCAN_TOO_LARGE;
    diagnostic_add(arena, &file->diagnostics, large ? DIAGNOSTIC_FILE_TOO_LARGE : DIAGNOSTIC_FILE_UNREADABLE,
                   (struct span){0, 0}, "%s",
                   large ? "This file is larger than 64 MiB and is left out." : "This file cannot be read.");
    file->has_errors = true;
}

static void take_diagnostics(struct project_worker *worker, struct project_file *file,
                             const struct diagnostic_list *diagnostics) {
    for (unsigned i = 0; diagnostics != NULL && i < diagnostics->list.count; i++) {
        vec_push(&worker->arena, &file->diagnostics.list, diagnostics->list.items[i]);
    }
    file->is_checked = diagnostics != NULL;
}

/* Parses the file's text for the project alone. */
static void parse_file(struct project *project, struct project_worker *worker, struct project_file *file) {
    if (worker->parser == NULL) {
        worker->parser = syntax_parser_create_like(project->parser);
    }
    struct syntax_tree *tree = syntax_parse_in(worker->parser, &worker->arena, file->text);
    vec_push(&worker->arena, &worker->trees, tree);
    file->tree = tree;
}

/* Reads and parses; false when the file has gone since the folder was read. */
static bool open_file(struct project *project, struct project_worker *worker, struct project_file *file) {
    const struct project_overlay *overlay = project->options.overlay;
    struct project_source known = {0};
    if (overlay != NULL && overlay->open(overlay->context, file->path, &known)) {
        file->text = known.text;
        file->tree = known.tree;
        if (file->tree == NULL) {
            parse_file(project, worker, file);
        }
        file->analysis = known.analysis == NULL ? NULL : analysis_copy(&worker->arena, known.analysis);
        file->summary = known.summary;
        take_diagnostics(worker, file, known.diagnostics);
        return true;
    }
    enum scan_read result = scan_read_file_status(file->path, &file->text, &file->status);
    if (result == SCAN_MISSING) {
        return false;
    }
    if (result != SCAN_READ) {
        report_unreadable(&worker->arena, file, result);
        return true;
    }
    parse_file(project, worker, file);
    text_unref(file->text); /* the tree holds it */
    return true;
}

/* Files of one folder that are loaded together. */
struct load {
    struct project_folder *folder;
    struct project_file *files;
    uint32_t count;
    bool imported;
};

struct loading {
    struct project *project;
    VEC(struct load) loads;
    struct project_file **files; /* of all loads */
    uint32_t count;
};

static void load_file(void *context, unsigned number, uint32_t item) {
    struct loading *loading = context;
    struct project *project = loading->project;
    struct project_worker *worker = &project->workers[number];
    struct project_file *file = loading->files[item];
    file->is_there = open_file(project, worker, file);
    if (file->tree != NULL && file->analysis == NULL) {
        file->analysis = analyze(&worker->arena, project->atoms, file->path, file->tree);
    }
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

/* Has files of a folder loaded. `wanted` NULL: all are wanted. */
static void add_load(struct loading *loading, struct project_folder *folder, const struct scan_files *paths,
                     const struct scan_files *wanted, bool imported) {
    struct arena *arena = &loading->project->arena;
    struct load load = {.folder = folder, .count = paths->list.count, .imported = imported};
    load.files = arena_array(arena, struct project_file, paths->list.count + 1);
    for (unsigned i = 0; i < paths->list.count; i++) {
        struct str path = paths->list.items[i];
        load.files[i] = (struct project_file){.path = path, .wanted = !imported && is_wanted(wanted, path)};
    }
    loading->count += load.count;
    vec_push(arena, &loading->loads, load);
}

/* Makes units of what was loaded: one if the files merge. */
static void add_units(struct project *project, const struct load *load) {
    uint32_t count = 0;
    bool merges = load->folder->is_application;
    for (uint32_t i = 0; i < load->count; i++) {
        if (load->files[i].is_there) {
            load->files[count] = load->files[i];
            merges = merges || (load->files[i].tree != NULL && analyze_has_blocks(load->files[i].tree));
            count++;
        }
    }
    project->file_count += load->imported ? 0 : count;
    load->folder->is_application = merges;
    uint32_t step = merges ? count : 1;
    for (uint32_t i = 0; i < count; i += step) {
        add_unit(project, load->folder->path, load->files + i, step);
    }
}

static void load_all(struct loading *loading) {
    struct project *project = loading->project;
    loading->files = arena_array(&project->arena, struct project_file *, loading->count + 1);
    uint32_t count = 0;
    for (unsigned i = 0; i < loading->loads.count; i++) {
        for (uint32_t f = 0; f < loading->loads.items[i].count; f++) {
            loading->files[count++] = &loading->loads.items[i].files[f];
        }
    }
    /* Open buffers belong to the caller's thread. */
    unsigned workers = project->options.overlay == NULL ? project->worker_count : 1;
    workers_run(workers, count, load_file, loading);
    for (unsigned i = 0; i < loading->loads.count; i++) {
        add_units(project, &loading->loads.items[i]);
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
    struct loading loading = {.project = project};
    add_load(&loading, folder, project_folder_merges(project, folder) ? &folder->sources : &one, NULL, true);
    load_all(&loading);
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

static void open_program(void *context, unsigned number, uint32_t item) {
    struct project *project = context;
    struct arena *arena = &project->workers[number].arena;
    struct project_unit *unit = project->units.items[item];
    struct file_analysis **analyses = arena_array(arena, struct file_analysis *, unit->file_count + 1);
    struct summary **summaries = arena_array(arena, struct summary *, unit->file_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            analyses[count] = unit->files[i].analysis;
            summaries[count++] = unit->files[i].summary;
        }
    }
    if (count > 0) {
        unit->program = program_open(arena, project->atoms, analyses, summaries, count, project->options.for_editors);
        package_join(unit->program->package, &project->modules);
    }
}

static void link_program(void *context, unsigned number, uint32_t item) {
    struct project *project = context;
    if (project->units.items[item]->program != NULL) {
        program_link(&project->workers[number].arena, project->units.items[item]->program);
    }
}

static void read_calls(void *context, unsigned number, uint32_t item) {
    struct project *project = context;
    if (project->units.items[item]->program != NULL) {
        program_read_calls(&project->workers[number].arena, project->units.items[item]->program);
    }
}

static void link_units(struct project *project) {
    workers_run(project->worker_count, project->units.count, open_program, project);
    struct program **programs = arena_array(&project->arena, struct program *, project->units.count + 1);
    uint32_t count = 0;
    for (unsigned i = 0; i < project->units.count; i++) {
        if (project->units.items[i]->program != NULL) {
            programs[count++] = project->units.items[i]->program;
        }
    }
    programs_gather(&project->arena, programs, count);
    workers_run(project->worker_count, project->units.count, link_program, project);
    workers_run(project->worker_count, project->units.count, read_calls, project);
    programs_infer(programs, count);
}

static void check_file_of(struct project_worker *worker, struct project_unit *unit, struct project_file *file, bool strict) {
    if (file->analysis != NULL && !file->is_checked) {
        struct diagnostic_list found = check_file(&worker->scratch, file->analysis, unit->program->package, NULL);
        file->diagnostics = diagnostic_list_copy(&worker->arena, &found);
        arena_clear(&worker->scratch);
    }
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        if (strict && diagnostic_is_type(diagnostic->code)) {
            diagnostic->severity = SEVERITY_ERROR;
        }
        enum diagnostic_severity severity = diagnostic->severity;
        unit->errors += severity == SEVERITY_ERROR;
        unit->warnings += severity == SEVERITY_WARNING;
        file->has_errors = file->has_errors || severity == SEVERITY_ERROR;
    }
}

static void check_unit(void *context, unsigned number, uint32_t item) {
    struct project *project = context;
    struct project_unit *unit = project->units.items[item];
    for (uint32_t i = 0; i < unit->file_count; i++) {
        check_file_of(&project->workers[number], unit, &unit->files[i], project->options.strict);
    }
}

static void check_units(struct project *project) {
    workers_run(project->worker_count, project->units.count, check_unit, project);
    for (unsigned i = 0; i < project->units.count; i++) {
        project->errors += project->units.items[i]->errors;
        project->warnings += project->units.items[i]->warnings;
    }
}

/* ---- loading */

static void begin(struct project *project, struct str top, const struct project_options *options) {
    memset(project, 0, sizeof *project);
    arena_init(&project->arena);
    map_init(&project->folder_of_path);
    map_init(&project->unit_of_path);
    project->parser = syntax_parser_create();
    if (options != NULL) {
        project->options = *options;
    }
    project_workers_create(project);
    project->asking = workers_lock_create();
    project->atoms = project->options.atoms != NULL ? project->options.atoms : atom_table_create();
    struct str limit = project->options.limit.size > 0 ? project->options.limit : top;
    project->options.limit = arena_str(&project->arena, limit);
    project->options.into = arena_str(&project->arena, project->options.into);
    project_modules_init(project);
}

static bool finish_loading(struct project *project, struct str top) {
    load_imports(project);
    project_folders_place(project, top);
    project_circles_find(project);
    link_units(project);
    check_units(project);
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
    struct loading loading = {.project = project};
    add_load(&loading, folder, whole ? &folder->sources : &one, is_folder ? NULL : &one, false);
    load_all(&loading);
    bool loaded = finish_loading(project, folder->path);
    arena_finish(&scratch);
    return loaded;
}

bool project_load_files(struct project *project, struct str top, const struct scan_files *files,
                        const struct project_options *options) {
    begin(project, top, options);
    struct loading loading = {.project = project};
    for (unsigned i = 0, end = 0; i < files->list.count; i = end) {
        struct str path = path_parent(&project->arena, files->list.items[i]);
        struct scan_files wanted = {0};
        for (end = i; end < files->list.count && project_is_directly_in(files->list.items[end], path); end++) {
            vec_push(&project->arena, &wanted.list, files->list.items[end]);
        }
        struct project_folder *folder = project_folder_at(project, path);
        bool all = wanted.list.count == folder->sources.list.count;
        bool whole = all || project_folder_merges(project, folder);
        add_load(&loading, folder, whole ? &folder->sources : &wanted, all ? NULL : &wanted, false);
    }
    load_all(&loading);
    return finish_loading(project, arena_str(&project->arena, top));
}

struct project_unit *project_unit_of(const struct project *project, struct str path) {
    uint64_t index;
    atom_id atom = atom_find(project->atoms, path);
    bool found = atom != ATOM_NONE && map_get(&project->unit_of_path, atom, &index);
    return found ? project->units.items[index - 1] : NULL;
}

void project_finish(struct project *project) {
    for (unsigned i = 0; i < project->units.count; i++) {
        program_finish(project->units.items[i]->program);
    }
    project_folders_finish(project);
    project_workers_finish(project);
    workers_lock_destroy(project->asking);
    if (project->parser != NULL) {
        syntax_parser_destroy(project->parser);
    }
    if (project->atoms != NULL && project->atoms != project->options.atoms) {
        atom_table_destroy(project->atoms);
    }
    map_finish(&project->folder_of_path);
    map_finish(&project->unit_of_path);
    arena_finish(&project->arena);
    memset(project, 0, sizeof *project);
}
