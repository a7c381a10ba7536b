/* folders: a temporary folder for one test, and files in it. */
#ifndef TOVA_TESTS_UNIT_SERVER_FOLDERS_H
#define TOVA_TESTS_UNIT_SERVER_FOLDERS_H

#include "parser/base/arena.h"
#include "parser/base/path.h"
#include "parser/base/str.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    struct arena arena;
    struct str path; /* absolute, without symbolic links */
};

/* A new temporary folder. */
static inline void folder_create(struct folder *folder) {
    memset(folder, 0, sizeof *folder);
    const char *base = access("/tmp", W_OK) == 0 ? "/tmp" : ".";
    char name[64];
    snprintf(name, sizeof name, "%s/tova-test-XXXXXX", base);
    char *made = mkdtemp(name);
    char *real = made == NULL ? NULL : realpath(made, NULL);
    if (real == NULL) {
        abort();
    }
    folder->path = arena_str(&folder->arena, str_from_c(real));
    free(real);
}

/* For nftw(). */
static inline int folder_remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw) {
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

/* Removes it with everything in it. */
static inline void folder_destroy(struct folder *folder) {
    nftw(folder->path.data, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_finish(&folder->arena);
}

/* The path of a name in the folder; NUL-terminated. */
static inline struct str folder_path(struct folder *folder, const char *name) {
    return path_join(&folder->arena, folder->path, str_from_c(name));
}

/* Writes a file, making the folders before it. */
static inline void folder_write(struct folder *folder, const char *name, const char *content) {
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        struct str part = {name, (size_t)(slash - name)};
        mkdir(path_join(&folder->arena, folder->path, part).data, 0755);
    }
    FILE *file = fopen(folder_path(folder, name).data, "wb");
    if (file == NULL) {
        abort();
    }
    fputs(content, file);
    fclose(file);
}

/* The content of a file; empty when it is not there. Lives with the folder. */
static inline struct str folder_read(struct folder *folder, const char *name) {
    char buffer[64 * 1024];
    FILE *file = fopen(folder_path(folder, name).data, "rb");
    if (file == NULL) {
        return (struct str){0};
    }
    size_t size = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    return arena_str(&folder->arena, (struct str){buffer, size});
}

/* Is there something of this name? */
static inline bool folder_has(struct folder *folder, const char *name) {
    struct stat status;
    return lstat(folder_path(folder, name).data, &status) == 0;
}

#endif
