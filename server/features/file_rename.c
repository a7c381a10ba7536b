/* file_rename: every import of the workspace, by where its file and its module will be. */
#include "server/features/file_rename.h"

#include "parser/base/path.h"

#include <stdlib.h>

#define SUFFIX STR(".tova")

struct moving {
    struct arena *arena;
    const struct moved_path *moved;
    uint32_t count;
    const struct stop *stop;
    VEC(const struct package *) packages;
    struct edit_list edits;
};

/* Where a path will be. */
static struct str after(const struct moving *moving, struct str path) {
    for (uint32_t i = 0; i < moving->count; i++) {
        if (path_is_below(path, moving->moved[i].from)) {
            struct str rest = str_slice(path, moving->moved[i].from.size, path.size);
            return arena_concat(moving->arena, moving->moved[i].to, rest);
        }
    }
    return path;
}

static struct str without_suffix(struct str path) {
    return str_ends_with(path, SUFFIX) ? str_slice(path, 0, path.size - SUFFIX.size) : path;
}

/* How the file at `from` names the one at `to`, in the style of the text that it has for it. */
static struct str source_for(const struct moving *moving, const struct package *package, struct str from, struct str to,
                             struct str before) {
    struct arena *arena = moving->arena;
    struct str path = str_ends_with(before, SUFFIX) ? to : without_suffix(to);
    if (str_starts_with(before, STR("@/"))) {
        struct str root = module_root(package, from);
        if (root.size > 0 && path_is_below(to, root)) {
            return arena_concat(arena, STR("@/"), path_relative(arena, root, path));
        }
    }
    struct str relative = path_relative(arena, path_parent(arena, from), path);
    return str_starts_with(relative, STR("../")) ? relative : arena_concat(arena, STR("./"), relative);
}

static void move_import(struct moving *moving, const struct package *package, const struct summary *file,
                        const struct summary_module *use) {
    struct module module = module_find(moving->arena, package, file->path, use->source);
    bool is_file = module.kind == MODULE_SOURCE || (module.kind == MODULE_JAVASCRIPT && module.path.size > 0);
    if (!is_file || span_size(use->span) != use->source.size + 2) {
        return;
    }
    struct str from = after(moving, file->path), to = after(moving, module.path);
    bool stays = str_equal(from, file->path) && str_equal(to, module.path);
    if (module.kind == MODULE_JAVASCRIPT && !str_ends_with(module.path, path_name(use->source))) {
        return; /* the text has not the ending that the file has */
    }
    struct str source = stays ? use->source : source_for(moving, package, from, to, use->source);
    if (!str_equal(source, use->source)) {
        struct place place = feature_place_in(file, (struct span){use->span.start + 1, use->span.end - 1});
        vec_push(moving->arena, &moving->edits.list, (struct edit){.place = place, .replacement = source});
    }
}

static void add_package(void *context, const struct package *package) {
    struct moving *moving = context;
    vec_push(moving->arena, &moving->packages, package);
}

static int compare(const void *left, const void *right) {
    const struct edit *a = left, *b = right;
    int order = str_compare(a->place.path, b->place.path);
    return order != 0 ? order : a->place.span.start < b->place.span.start ? -1 : 1;
}

struct edit_list file_rename_edits(struct arena *arena, const struct sources *sources, const struct moved_path *moved,
                                   uint32_t count, const struct stop *stop) {
    struct moving moving = {.arena = arena, .moved = moved, .count = count, .stop = stop};
    sources->each_package(sources->context, add_package, &moving);
    for (unsigned p = 0; p < moving.packages.count && !stop_asked(stop); p++) {
        const struct package *package = moving.packages.items[p];
        for (uint32_t f = 0; f < package_file_count(package); f++) {
            const struct summary *file = package_file_at(package, f);
            for (uint32_t m = 0; m < file->module_count; m++) {
                move_import(&moving, package, file, &file->modules[m]);
            }
        }
    }
    if (moving.edits.list.count > 1) {
        qsort(moving.edits.list.items, moving.edits.list.count, sizeof *moving.edits.list.items, compare);
    }
    return moving.edits;
}
