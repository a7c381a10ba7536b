/* workspace_folder: a directory's files, as one package or as many. */
#include "server/workspace_folder.h"

#include "parser/base/xalloc.h"

#include <string.h>

struct workspace_folder *workspace_folder_create(atom_id path, struct atom_table *atoms, const struct modules *modules) {
    struct workspace_folder *folder = xcalloc(1, sizeof *folder);
    folder->path = path;
    folder->atoms = atoms;
    folder->modules = modules;
    return folder;
}

void workspace_folder_destroy(struct workspace_folder *folder) {
    if (folder == NULL) {
        return;
    }
    for (uint32_t i = 0; i < folder->count; i++) {
        package_destroy(folder->packages[i]);
    }
    xfree(folder->packages);
    xfree(folder);
}

/* The position of the package of a file, or where it would be inserted. */
static bool find_package(const struct workspace_folder *folder, struct str path, uint32_t *position) {
    uint32_t low = 0;
    uint32_t high = folder->count;
    while (low < high && folder->with_blocks == 0) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(package_file_at(folder->packages[middle], 0)->path, path);
        if (order == 0) {
            *position = middle;
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *position = low;
    return folder->with_blocks > 0 && folder->count > 0 && package_file(folder->packages[0], path) != NULL;
}

static void insert_package(struct workspace_folder *folder, struct package *package, uint32_t position) {
    if (folder->count == folder->capacity) {
        folder->capacity = folder->capacity == 0 ? 4 : folder->capacity * 2;
        folder->packages = xrealloc(folder->packages, folder->capacity * sizeof(struct package *));
    }
    struct package **place = folder->packages + position;
    memmove(place + 1, place, (folder->count - position) * sizeof(struct package *));
    *place = package;
    folder->count++;
}

static void remove_package(struct workspace_folder *folder, uint32_t position) {
    struct package **place = folder->packages + position;
    package_destroy(*place);
    memmove(place, place + 1, (folder->count - position - 1) * sizeof(struct package *));
    folder->count--;
}

struct package *workspace_folder_package(const struct workspace_folder *folder, struct str path) {
    uint32_t position;
    return find_package(folder, path, &position) ? folder->packages[position] : NULL;
}

struct package *workspace_folder_application(const struct workspace_folder *folder) {
    return folder->with_blocks > 0 && folder->count > 0 ? folder->packages[0] : NULL;
}

const struct summary *workspace_folder_file(const struct workspace_folder *folder, struct str path) {
    const struct package *package = workspace_folder_package(folder, path);
    return package == NULL ? NULL : package_file(package, path);
}

/* Puts a summary where it belongs as things are. */
static void place_summary(struct workspace_folder *folder, struct summary *summary) {
    uint32_t position;
    bool merges = workspace_folder_application(folder) != NULL;
    if (!find_package(folder, summary->path, &position) && !merges) {
        struct package *package = package_create(folder->atoms);
        package_join(package, folder->modules);
        insert_package(folder, package, position);
    }
    package_put(folder->packages[position], summary);
}

static void regroup(struct workspace_folder *folder) {
    struct workspace_folder before = *folder;
    folder->packages = NULL;
    folder->count = folder->capacity = 0;
    for (uint32_t i = 0; i < before.count; i++) {
        while (package_file_count(before.packages[i]) > 0) {
            place_summary(folder, package_take(before.packages[i]));
        }
        package_destroy(before.packages[i]);
    }
    xfree(before.packages);
}

static void count_blocks(struct workspace_folder *folder, int change) {
    bool merged = folder->with_blocks > 0;
    folder->with_blocks = (uint32_t)((int64_t)folder->with_blocks + change);
    if (merged != (folder->with_blocks > 0)) {
        regroup(folder);
    }
}

void workspace_folder_put(struct workspace_folder *folder, struct summary *summary) {
    const struct summary *before = workspace_folder_file(folder, summary->path);
    int change = (int)summary_has_blocks(summary) - (before != NULL ? (int)summary_has_blocks(before) : 0);
    /* In first, so that no regrouping meets a folder that counts a block which none of its files has. */
    place_summary(folder, summary);
    count_blocks(folder, change);
}

bool workspace_folder_remove(struct workspace_folder *folder, struct str path) {
    uint32_t position;
    if (!find_package(folder, path, &position)) {
        return false;
    }
    struct package *package = folder->packages[position];
    int change = -(int)summary_has_blocks(package_file(package, path));
    package_remove(package, path);
    if (package_file_count(package) == 0) {
        remove_package(folder, position);
    }
    count_blocks(folder, change);
    return true;
}

void workspace_folder_each(const struct workspace_folder *folder,
                           void (*visit)(void *visitor, const struct package *package, const struct summary *file),
                           void *visitor) {
    for (uint32_t i = 0; i < folder->count; i++) {
        for (uint32_t f = 0; f < package_file_count(folder->packages[i]); f++) {
            visit(visitor, folder->packages[i], package_file_at(folder->packages[i], f));
        }
    }
}
