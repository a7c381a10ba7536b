/* scan: reads folders and files, within limits. */
#include "server/scan.h"

#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/base/xalloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOURCE_SUFFIX STR(".tova")

static int compare_paths(const void *left, const void *right) {
    const struct str *a = left, *b = right;
    return str_compare(*a, *b);
}

static void sort(struct scan_files *files) {
    if (files->list.count > 1) {
        qsort(files->list.items, files->list.count, sizeof *files->list.items, compare_paths);
    }
}

void scan_sort(struct scan_files *files) {
    sort(files);
    unsigned kept = 0;
    for (unsigned i = 0; i < files->list.count; i++) {
        if (kept == 0 || !str_equal(files->list.items[kept - 1], files->list.items[i])) {
            files->list.items[kept++] = files->list.items[i];
        }
    }
    files->list.count = kept;
}

static void add(struct arena *arena, struct scan_files *files, struct str path) {
    if (files->list.count >= LIMIT_FILES) {
        files->truncated = true;
    } else {
        vec_push(arena, &files->list, path);
    }
}

static bool is_source(struct str name) {
    return name.size > SOURCE_SUFFIX.size && str_ends_with(name, SOURCE_SUFFIX) && name.data[0] != '.';
}

static bool is_left_out(struct str name) { return name.data[0] == '.' || str_equal(name, STR("node_modules")); }

enum entry { ENTRY_FILE, ENTRY_FOLDER, ENTRY_OTHER };

/* A symbolic link counts as what it leads to when that is a file, and as nothing when it is a folder. */
static enum entry entry_kind(int folder, const struct dirent *entry) {
    struct stat status;
    if (entry->d_type == DT_REG) {
        return ENTRY_FILE;
    }
    if (entry->d_type == DT_DIR) {
        return ENTRY_FOLDER;
    }
    if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode)) {
        return ENTRY_FOLDER;
    }
    return fstatat(folder, entry->d_name, &status, 0) == 0 && S_ISREG(status.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

struct pending_folder {
    struct str path;
    unsigned depth;
};

struct tree {
    struct arena *arena;
    struct scan_files *files;
    VEC(struct pending_folder) pending;
};

/* Adds the sources directly in a folder, and its folders to what is pending when `pending` is wanted. */
static void scan_folder(struct tree *tree, struct pending_folder folder, bool deep) {
    DIR *directory = opendir(folder.path.data);
    if (directory == NULL) {
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        struct str name = str_from_c(entry->d_name);
        enum entry kind = is_left_out(name) ? ENTRY_OTHER : entry_kind(dirfd(directory), entry);
        if (kind == ENTRY_FILE && is_source(name)) {
            add(tree->arena, tree->files, path_join(tree->arena, folder.path, name));
        }
        if (kind == ENTRY_FOLDER && deep && folder.depth >= LIMIT_FOLDER_DEPTH) {
            tree->files->truncated = true;
        } else if (kind == ENTRY_FOLDER && deep) {
            vec_push(tree->arena, &tree->pending,
                     (struct pending_folder){path_join(tree->arena, folder.path, name), folder.depth + 1});
        }
    }
    closedir(directory);
}

struct scan_files scan_package(struct arena *arena, struct str folder) {
    struct scan_files files = {0};
    struct tree tree = {.arena = arena, .files = &files};
    scan_folder(&tree, (struct pending_folder){path_normalise(arena, folder), 0}, false);
    sort(&files);
    return files;
}

struct scan_files scan_tree(struct arena *arena, struct str path) {
    struct scan_files files = {0};
    struct tree tree = {.arena = arena, .files = &files};
    struct str top = path_normalise(arena, path);
    struct stat status;
    if (stat(top.data, &status) == 0 && S_ISREG(status.st_mode)) {
        add(arena, &files, top);
        return files;
    }
    vec_push(arena, &tree.pending, (struct pending_folder){top, 0});
    while (tree.pending.count > 0 && files.list.count < LIMIT_FILES) {
        scan_folder(&tree, tree.pending.items[--tree.pending.count], true);
    }
    sort(&files);
    return files;
}

struct scan_files scan_packages(struct arena *arena, const struct scan_files *files) {
    struct scan_files folders = {.truncated = files->truncated};
    for (unsigned i = 0; i < files->list.count; i++) {
        add(arena, &folders, path_parent(arena, files->list.items[i]));
    }
    scan_sort(&folders);
    return folders;
}

struct str scan_absolute(struct arena *arena, struct str path) {
    char *here = path.size > 0 && path.data[0] == '/' ? NULL : realpath(".", NULL);
    struct str absolute = here == NULL ? path_normalise(arena, path) : path_join(arena, str_from_c(here), path);
    free(here);
    return absolute;
}

static enum scan_read read_all(int descriptor, size_t size, struct text **text) {
    char *bytes = xmalloc(size + 1);
    size_t have = 0;
    ssize_t more = 1;
    while (more > 0 && have < size) {
        more = read(descriptor, bytes + have, size - have);
        have += more > 0 ? (size_t)more : 0;
    }
    struct str content = {bytes, have};
    if (str_starts_with(content, STR("\xef\xbb\xbf"))) {
        content = str_slice(content, 3, have);
    }
    if (more >= 0) {
        *text = text_create(content);
    }
    xfree(bytes);
    return more >= 0 ? SCAN_READ : SCAN_UNREADABLE;
}

enum scan_read scan_read_file(struct str path, struct text **text) {
    struct scan_status status;
    return scan_read_file_status(path, text, &status);
}

enum scan_read scan_read_file_status(struct str path, struct text **text, struct scan_status *found) {
    *found = (struct scan_status){.size = 0};
    struct arena scratch = {0};
    /* Without waiting: a named pipe must not hold up the reader before it is seen to be none of ours. */
    int descriptor = open(arena_str(&scratch, path).data, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool missing = descriptor < 0 && (errno == ENOENT || errno == ENOTDIR);
    arena_finish(&scratch);
    if (descriptor < 0) {
        return missing ? SCAN_MISSING : SCAN_UNREADABLE;
    }
    struct stat status;
    enum scan_read result = SCAN_UNREADABLE;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        *found = (struct scan_status){(uint64_t)status.st_size, status.st_mtim};
        bool fits = status.st_size <= LIMIT_FILE_BYTES;
        result = fits ? read_all(descriptor, (size_t)status.st_size, text) : SCAN_TOO_LARGE;
    }
    close(descriptor);
    return result;
}
