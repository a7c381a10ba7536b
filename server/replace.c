/* replace: rename and exchange of folders. */
#include "server/replace.h"

#include "parser/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".tova-production"

enum { OPEN_FOLDERS = 16 };

static bool is_empty_folder(const char *path) {
    DIR *entries = opendir(path);
    if (entries == NULL) {
        return false;
    }
    bool empty = true;
    for (const struct dirent *entry = readdir(entries); entry != NULL && empty; entry = readdir(entries)) {
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    closedir(entries);
    return empty;
}

bool replace_is_allowed(struct arena *arena, struct str place) {
    const char *path = arena_str(arena, place).data;
    struct stat status;
    if (lstat(path, &status) != 0) {
        return errno == ENOENT;
    }
    return S_ISDIR(status.st_mode) &&
           (lstat(path_join(arena, place, STR(MARK)).data, &status) == 0 || is_empty_folder(path));
}

/* Makes an absolute folder and those above it. */
static bool make_folders(struct arena *arena, struct str folder) {
    for (size_t end = 1; end <= folder.size; end++) {
        bool whole = end == folder.size || folder.data[end] == '/';
        if (whole && mkdir(arena_str(arena, str_slice(folder, 0, end)).data, 0777) != 0 && errno != EEXIST) {
            return false;
        }
    }
    return true;
}

struct str replace_begin(struct arena *arena, struct str place) {
    struct str parent = path_parent(arena, place);
    struct str name = path_name(place);
    struct str made = path_join(arena, parent, arena_printf(arena, ".%.*s.%ld.new", STR_ARGUMENTS(name), (long)getpid()));
    replace_remove(made);
    if (!make_folders(arena, parent) || mkdir(made.data, 0777) != 0) {
        return (struct str){0};
    }
    int mark = open(path_join(arena, made, STR(MARK)).data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (mark < 0 || close(mark) != 0) {
        int error = errno;
        replace_remove(made);
        errno = error;
        return (struct str){0};
    }
    return made;
}

/* For file systems that cannot exchange: the place is without a folder for a moment. */
static bool exchange_by_names(const char *made, const char *place) {
    char aside[4096];
    if (snprintf(aside, sizeof aside, "%s.old", made) >= (int)sizeof aside || rename(place, aside) != 0) {
        return false;
    }
    if (rename(made, place) != 0) {
        int error = errno;
        rename(aside, place);
        errno = error;
        return false;
    }
    return rename(aside, made) == 0;
}

bool replace_end(struct str made, struct str place) {
    if (renameat2(AT_FDCWD, made.data, AT_FDCWD, place.data, RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (renameat2(AT_FDCWD, made.data, AT_FDCWD, place.data, RENAME_EXCHANGE) != 0) {
        bool unable = errno == EINVAL || errno == ENOSYS;
        bool done = unable && (rename(made.data, place.data) == 0 || exchange_by_names(made.data, place.data));
        if (!done) {
            return false;
        }
    }
    replace_remove(made);
    return true;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    remove(path);
    return 0;
}

void replace_remove(struct str folder) { nftw(folder.data, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS); }
