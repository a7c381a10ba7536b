/* The folders of a project: their sources, whether these merge, and where outputs go. */
#include "server/project_folders.h"

#include "analysis/analyze.h"
#include "parser/base/path.h"

#include <stdlib.h>
#include <unistd.h>

#define OUTPUT_FOLDER STR(".tova-out")

/* ---- where outputs go */

/* The nearest folder from `folder` up to `limit` that holds `name`; empty when none does. */
static struct str nearest_with(struct arena *arena, struct str folder, struct str limit, struct str name) {
    for (;;) {
        if (access(path_join(arena, folder, name).data, F_OK) == 0) {
            return folder;
        }
        if (str_equal(folder, limit) || folder.size <= 1) {
            return (struct str){0};
        }
        folder = path_parent(arena, folder);
    }
}

/* A limit that is not above a folder is none of it. */
static struct str limit_of(struct str folder, struct str limit) {
    return limit.size > 0 && !path_is_below(folder, limit) ? folder : limit;
}

static struct str common_ancestor(struct arena *arena, struct str a, struct str b) {
    while (!path_is_below(b, a)) {
        a = path_parent(arena, a);
    }
    return a;
}

static struct project_place place_at(struct arena *arena, struct str folder, struct str root, struct str top) {
    struct project_place place = {.folder = folder, .root = root, .top = top};
    place.below = str_equal(root, folder) ? (struct str){0} : path_relative(arena, root, folder);
    place.output = path_join(arena, top, place.below);
    return place;
}

struct project_place project_place_of(struct arena *arena, struct str folder, struct str limit) {
    folder = path_normalise(arena, folder);
    limit = limit_of(folder, limit);
    struct str root = nearest_with(arena, folder, limit, STR("tova.toml"));
    if (root.size == 0) {
        root = nearest_with(arena, folder, limit, OUTPUT_FOLDER);
    }
    root = root.size == 0 ? folder : root;
    return place_at(arena, folder, root, path_join(arena, root, OUTPUT_FOLDER));
}

struct str project_root_of(struct arena *arena, struct str folder, struct str limit) {
    limit = limit_of(folder, limit);
    struct str root = nearest_with(arena, folder, limit, STR("tova.toml"));
    return root.size > 0 ? root : limit.size > 0 ? limit : folder;
}

/* ---- folders */

static struct scan_files list_sources(struct project *project, struct str path) {
    const struct project_overlay *overlay = project->options.overlay;
    struct scan_files files = scan_package(&project->arena, path);
    if (overlay == NULL) {
        return files;
    }
    overlay->list(overlay->context, path, &project->arena, &files);
    scan_sort(&files);
    return files;
}

struct project_folder *project_folder_at(struct project *project, struct str path) {
    uint64_t index;
    atom_id atom = atom_intern(project->atoms, path);
    if (map_get(&project->folder_of_path, atom, &index)) {
        return project->folders.items[index - 1];
    }
    struct project_folder *folder = arena_new(&project->arena, struct project_folder);
    *folder = (struct project_folder){.path = path, .leader = project->folders.count, .top = path};
    folder->sources = list_sources(project, path);
    folder->root = project_root_of(&project->arena, path, project->options.limit);
    vec_push(&project->arena, &project->folders, folder);
    map_set(&project->folder_of_path, atom, project->folders.count);
    return folder;
}

static bool text_has_blocks(struct project *project, struct text *text) {
    bool found = analyze_may_have_blocks(text_str(text));
    if (found) {
        struct syntax_tree *own = syntax_parse(project->parser, text);
        found = analyze_has_blocks(own);
        syntax_tree_destroy(own);
    }
    return found;
}

static bool file_has_blocks(struct project *project, struct str path) {
    const struct project_overlay *overlay = project->options.overlay;
    struct project_source known;
    struct text *text;
    if (overlay != NULL && overlay->open(overlay->context, path, &known)) {
        return known.tree != NULL ? analyze_has_blocks(known.tree) : text_has_blocks(project, known.text);
    }
    if (scan_read_file(path, &text) != SCAN_READ) {
        return false;
    }
    bool found = text_has_blocks(project, text);
    text_unref(text);
    return found;
}

bool project_folder_merges(struct project *project, struct project_folder *folder) {
    for (unsigned i = 0; folder->kind == FOLDER_UNASKED && i < folder->sources.list.count; i++) {
        if (file_has_blocks(project, folder->sources.list.items[i])) {
            folder->kind = FOLDER_MERGES;
        }
    }
    folder->kind = folder->kind == FOLDER_UNASKED ? FOLDER_SEPARATE : folder->kind;
    folder->is_application = folder->kind == FOLDER_MERGES;
    return folder->is_application;
}

bool project_is_directly_in(struct str path, struct str folder) {
    size_t size = folder.size == 1 ? 0 : folder.size; /* "/" ends with its slash */
    return path.size > size + 1 && str_starts_with(path, folder) && path.data[size] == '/' &&
           str_find(path, '/', size + 1) == path.size;
}

/* ---- one root for folders that import from each other */

static unsigned leader_of(const struct project *project, unsigned folder) {
    while (project->folders.items[folder]->leader != folder) {
        folder = project->folders.items[folder]->leader;
    }
    return folder;
}

unsigned project_folder_index(const struct project *project, struct str path) {
    uint64_t index = 1;
    map_get(&project->folder_of_path, atom_find(project->atoms, path), &index);
    return (unsigned)index - 1;
}

static void join(struct project *project, unsigned a, unsigned b) {
    a = leader_of(project, a);
    b = leader_of(project, b);
    if (a != b) {
        struct project_folder *leader = project->folders.items[a];
        leader->top = common_ancestor(&project->arena, leader->top, project->folders.items[b]->top);
        project->folders.items[b]->leader = a;
    }
}

static void join_imported(struct project *project, struct project_unit *unit, const struct file_analysis *file) {
    for (uint32_t m = 0; m < file->module_uses.count; m++) {
        struct str path =
            module_source_path(&project->arena, &project->modules, file->path, file->module_uses.items[m].text);
        struct project_unit *other = path.size == 0 ? NULL : project_unit_of(project, path);
        if (other != NULL && other != unit) {
            vec_push(&project->arena, &unit->imports, other);
        }
        if (other != NULL && !str_equal(other->folder, unit->folder)) {
            join(project, project_folder_index(project, unit->folder), project_folder_index(project, other->folder));
        }
    }
}

static struct project_place place_of_units(struct project *project, struct project_folder *folder, struct str top) {
    struct arena *arena = &project->arena;
    unsigned leader = leader_of(project, folder->leader);
    struct str common = project->folders.items[leader]->top;
    struct str into = project->options.into;
    if (into.size > 0) {
        return place_at(arena, folder->path, common_ancestor(arena, top, common), into);
    }
    struct project_place place = project_place_of(arena, folder->path, project->options.limit);
    if (!path_is_below(common, place.root)) {
        place = project_place_of(arena, common_ancestor(arena, place.root, common), project->options.limit);
    }
    static const struct str cases[] = {[EMIT_NO_CASES] = STR_INIT(""),
                                       [EMIT_TESTS] = STR_INIT(".test"),
                                       [EMIT_BENCHES] = STR_INIT(".bench")};
    struct str own = project->options.run          ? STR(".run")
                     : project->options.production ? STR(".production")
                                                   : cases[project->options.cases];
    return place_at(arena, folder->path, place.root, path_join(arena, place.top, own));
}

static void place_unit(struct project *project, struct project_unit *unit, struct str top) {
    struct project_folder *folder = project->folders.items[project_folder_index(project, unit->folder)];
    if (!folder->has_place) {
        folder->place = place_of_units(project, folder, top);
        folder->has_place = true;
    }
    unit->place = folder->place;
}

void project_folders_place(struct project *project, struct str top) {
    for (unsigned i = 0; i < project->units.count; i++) {
        struct project_unit *unit = project->units.items[i];
        for (uint32_t f = 0; f < unit->file_count; f++) {
            if (unit->files[f].analysis != NULL) {
                join_imported(project, unit, unit->files[f].analysis);
            }
        }
    }
    for (unsigned i = 0; i < project->units.count; i++) {
        place_unit(project, project->units.items[i], top);
    }
}
