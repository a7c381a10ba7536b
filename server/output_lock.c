/* output_lock: flock, and names in the files that are locked. */
#include "server/output_lock.h"

#include "parser/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HOLDER_BYTES = 256, POLL_MILLISECONDS = 5, FOLDER_DEPTH = 32 };

static const char *file_name(enum output_lock_kind kind) { return kind == OUTPUT_LOCK_WRITE ? ".lock" : ".watch"; }

/* ---- what was left behind */

static bool is_temporary(const char *name) {
    size_t size = strlen(name);
    return strncmp(name, ".tova-", 6) == 0 && size > 4 && strcmp(name + size - 4, ".tmp") == 0;
}

/* Removes half-written files in a folder and below. Takes over the descriptor. */
static void sweep(int folder, unsigned depth) {
    DIR *entries = fdopendir(folder);
    if (entries == NULL) {
        close(folder);
        return;
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (is_temporary(entry->d_name)) {
            unlinkat(dirfd(entries), entry->d_name, 0);
        } else if (entry->d_name[0] != '.' && depth < FOLDER_DEPTH) {
            int inner = openat(dirfd(entries), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (inner >= 0) {
                sweep(inner, depth + 1);
            }
        }
    }
    closedir(entries);
}

/* ---- the files */

static int open_file(int folder, enum output_lock_kind kind, int flags) {
    int file = openat(folder, file_name(kind), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, 0666);
    struct stat status;
    if (file >= 0 && (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(file);
        file = -1;
    }
    return file;
}

static struct str read_holder(struct arena *arena, int file) {
    char text[HOLDER_BYTES];
    ssize_t size = pread(file, text, sizeof text, 0);
    struct str line = {text, size > 0 ? (size_t)size : 0};
    line = str_slice(line, 0, str_find(line, '\n', 0));
    for (size_t i = 0; i < line.size; i++) {
        text[i] = text[i] < ' ' || text[i] == 0x7f ? '?' : text[i]; /* anybody may have written it */
    }
    return line.size == 0 ? STR("another process") : arena_str(arena, line);
}

static bool lock_file(int file, unsigned milliseconds) {
    struct timespec pause = {0, POLL_MILLISECONDS * 1000 * 1000};
    for (unsigned waited = 0; flock(file, LOCK_EX | LOCK_NB) != 0; waited += POLL_MILLISECONDS) {
        if (waited >= milliseconds) {
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

/* Says who holds it. Text that is there already is that of a process which did not come to its end. */
static void sign(int folder, int file, enum output_lock_kind kind, const char *who) {
    char text[HOLDER_BYTES];
    struct stat status;
    int size = snprintf(text, sizeof text, "%s, process %ld\n", who, (long)getpid());
    if (kind == OUTPUT_LOCK_WRITE && fstat(file, &status) == 0 && status.st_size > 0) {
        int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (again >= 0) {
            sweep(again, 0);
        }
    }
    /* A full disk takes no text; the lock holds all the same. */
    if (ftruncate(file, 0) != 0 || pwrite(file, text, (size_t)size, 0) != size) {
        return;
    }
}

bool output_lock_take(struct arena *arena, const struct output_place *place, enum output_lock_kind kind, const char *who,
                      unsigned milliseconds, struct output_lock *lock, struct str *holder) {
    *lock = (struct output_lock){-1};
    int folder = output_open_top(arena, place);
    int file = folder < 0 ? -1 : open_file(folder, kind, O_CREAT);
    bool taken = true;
    if (file >= 0 && lock_file(file, milliseconds)) {
        sign(folder, file, kind, who);
        lock->descriptor = file;
    } else if (file >= 0) {
        taken = errno != EWOULDBLOCK;
        *holder = read_holder(arena, file);
        close(file);
    }
    if (folder >= 0) {
        close(folder);
    }
    return taken;
}

void output_lock_release(struct output_lock *lock) {
    if (lock->descriptor < 0) {
        return;
    }
    /* Without a text: whoever comes next knows that everything was written whole. Else it looks for what was not. */
    int file = lock->descriptor;
    bool emptied = ftruncate(file, 0) == 0;
    close(file);
    lock->descriptor = -1;
    (void)emptied;
}

bool output_lock_is_watched(struct arena *arena, const struct output_place *place, struct str *holder) {
    struct str top = path_join(arena, place->root, place->top);
    int folder = open(top.data, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int file = folder < 0 ? -1 : open_file(folder, OUTPUT_LOCK_WATCH, 0);
    bool watched = file >= 0 && flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (watched) {
        *holder = read_holder(arena, file);
    }
    if (file >= 0) {
        close(file);
    }
    if (folder >= 0) {
        close(folder);
    }
    return watched;
}

/* ---- all folders of a project */

static bool is_first_of_top(const struct project *project, unsigned index) {
    for (unsigned i = 0; i < index; i++) {
        if (str_equal(project->units.items[i]->place.top, project->units.items[index]->place.top)) {
            return false;
        }
    }
    return true;
}

static struct output_place top_place(struct arena *arena, const struct project *project, unsigned index) {
    struct output_place place = project_output_place(arena, project, project->units.items[index]);
    place.below = (struct str){0};
    return place;
}

bool output_locks_take(struct arena *arena, const struct project *project, const struct output_writer *writer,
                       struct output_locks *locks) {
    *locks = (struct output_locks){.watched = false};
    for (unsigned i = 0; i < project->units.count; i++) {
        if (!is_first_of_top(project, i)) {
            continue;
        }
        struct output_lock lock = {-1};
        struct output_place place = top_place(arena, project, i);
        locks->watched = !writer->beside_watchers && output_lock_is_watched(arena, &place, &locks->holder);
        if (locks->watched || !output_lock_take(arena, &place, OUTPUT_LOCK_WRITE, writer->who, writer->milliseconds, &lock,
                                                &locks->holder)) {
            output_locks_release(locks);
            return false;
        }
        vec_push(arena, &locks->list, lock);
    }
    return true;
}

void output_locks_release(struct output_locks *locks) {
    for (unsigned i = 0; i < locks->list.count; i++) {
        output_lock_release(&locks->list.items[i]);
    }
    locks->list.count = 0;
}

static bool is_known(const struct output_watches *watches, struct str top) {
    for (unsigned i = 0; i < watches->tops.count; i++) {
        if (str_equal(watches->tops.items[i], top)) {
            return true;
        }
    }
    return false;
}

bool output_watches_add(struct arena *arena, struct output_watches *watches, const struct project *project,
                        const char *who, struct str *holder) {
    for (unsigned i = 0; i < project->units.count; i++) {
        struct str top = project->units.items[i]->place.top;
        struct output_lock lock = {-1};
        struct output_place place = top_place(arena, project, i);
        if (is_known(watches, top)) {
            continue;
        }
        if (!output_lock_take(arena, &place, OUTPUT_LOCK_WATCH, who, 0, &lock, holder)) {
            return false;
        }
        vec_push(arena, &watches->tops, arena_str(arena, top));
        vec_push(arena, &watches->list, lock);
    }
    return true;
}

void output_watches_release(struct output_watches *watches) {
    for (unsigned i = 0; i < watches->list.count; i++) {
        output_lock_release(&watches->list.items[i]);
    }
    *watches = (struct output_watches){.tops = {0}};
}
