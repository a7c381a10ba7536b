/* folders: what is in a folder, sorted. */
#include "tests/markers/folders.h"

#include "parser/base/arena.h"
#include "parser/base/path.h"
#include "parser/base/vec.h"

#include <dirent.h>
#include <stdlib.h>

static int compare(const void *left, const void *right) {
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

void folders_each(const char *folder, void (*visit)(void *context, struct str path), void *context) {
    struct arena arena = {0};
    VEC(struct str) paths = {0};
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.') {
            vec_push(&arena, &paths, path_join(&arena, str_from_c(folder), str_from_c(entry->d_name)));
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    if (paths.count > 1) {
        qsort(paths.items, paths.count, sizeof *paths.items, compare);
    }
    for (unsigned i = 0; i < paths.count; i++) {
        visit(context, paths.items[i]);
    }
    arena_finish(&arena);
}
