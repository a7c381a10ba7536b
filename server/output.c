/* output: opens folders part by part without following links, writes beside and renames. */
#include "server/output.h"

#include "codegen/runtime.h"
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/base/strbuf.h"
#include "parser/base/xalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUTPUT_FOLDER STR(".tova-out")
#define RUNTIME_FOLDER STR("runtime")

enum { NAME_BYTES = 255 };

struct writer {
    struct arena *arena;
    struct output_report *report;
    const struct output_folder *folder; /* that is being written */
    struct str prefix; /* of names in the report: "" or "runtime/" */
    struct stat status; /* of the file that is being written, once it is on disk; else zero */
};

struct output_place output_place(struct arena *arena, struct str root, struct str package) {
    return (struct output_place){.root = path_normalise(arena, root), .top = OUTPUT_FOLDER, .below = package};
}

struct output_place output_place_in(struct arena *arena, struct str folder, struct str below) {
    struct str root = folder;
    while (root.size > 1 && access(root.data, F_OK) != 0) {
        root = path_parent(arena, root);
    }
    struct str top = str_equal(root, folder) ? (struct str){0} : path_relative(arena, root, folder);
    return (struct output_place){root, top, below};
}

static struct str shown_place(struct arena *arena, const struct output_place *place) {
    return path_join(arena, place->top, place->below);
}

/* ---- folders */

/* Can it be the name of one file or folder inside another? Block names come from sources that nobody vouches for. */
static bool is_plain_name(struct str name) {
    return name.size > 0 && name.size <= NAME_BYTES && !str_equal(name, STR(".")) && !str_equal(name, STR("..")) &&
           memchr(name.data, '/', name.size) == NULL && memchr(name.data, '\0', name.size) == NULL;
}

/* Opens the folder `name` in `parent`, making it when it is not there; -1 when it is a link or cannot be opened. */
static int open_in(int parent, struct str name) {
    enum { HOW = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
    char part[NAME_BYTES + 1];
    if (!is_plain_name(name)) {
        errno = EINVAL;
        return -1;
    }
    snprintf(part, sizeof part, "%.*s", STR_ARGUMENTS(name));
    int folder = openat(parent, part, HOW);
    if (folder >= 0 || errno != ENOENT || (mkdirat(parent, part, 0777) != 0 && errno != EEXIST)) {
        return folder;
    }
    return openat(parent, part, HOW);
}

/* Opens each part of a path in a folder, which is closed; -1 with errno when that fails. */
static int open_below(int folder, struct str rest) {
    while (folder >= 0 && rest.size > 0) {
        size_t slash = str_find(rest, '/', 0);
        int inner = open_in(folder, str_slice(rest, 0, slash));
        int error = errno;
        close(folder);
        errno = error;
        folder = inner;
        rest = str_slice(rest, slash + 1, rest.size);
    }
    return folder;
}

int output_open_top(struct arena *arena, const struct output_place *place) {
    return open_below(open(arena_str(arena, place->root).data, O_RDONLY | O_DIRECTORY | O_CLOEXEC), place->top);
}

/* Takes the descriptor, which may be -1; false then. */
static bool hold(struct output_folder *folder, int descriptor) {
    folder->descriptor = descriptor;
    folder->is_open = descriptor >= 0;
    if (folder->is_open) {
        snprintf(folder->temporary, sizeof folder->temporary, ".tova-%ld.tmp", (long)gettid());
    }
    return folder->is_open;
}

/* Is it open, and still a folder of the disk? */
static bool is_held(const struct output_folder *folder) {
    struct stat status;
    return folder->is_open && fstat(folder->descriptor, &status) == 0 && status.st_nlink > 0;
}

/* Opens the folder of a place, unless that is open; false with errno when that fails. */
static bool open_place(struct arena *arena, const struct output_place *place, struct output_folder *folder) {
    const struct output_place *open = &folder->place;
    if (is_held(folder) && str_equal(open->below, place->below) && str_equal(open->top, place->top) &&
        str_equal(open->root, place->root)) {
        return true;
    }
    output_folder_close(folder);
    folder->place = *place;
    return hold(folder, open_below(output_open_top(arena, place), place->below));
}

void output_folder_close(struct output_folder *folder) {
    if (folder->is_open) {
        close(folder->descriptor);
        folder->is_open = false;
    }
}

/* ---- the report */

static void tell(struct writer *writer, struct str name, enum output_outcome outcome, struct str error) {
    struct output_report *report = writer->report;
    report->written += outcome == OUTPUT_WRITTEN;
    report->kept += outcome == OUTPUT_KEPT || outcome == OUTPUT_WITHHELD;
    report->failed += outcome == OUTPUT_FAILED;
    vec_push(writer->arena, &report->files,
             (struct output_file){.name = arena_concat(writer->arena, writer->prefix, name),
                                  .outcome = outcome,
                                  .error = error,
                                  .is_there = S_ISREG(writer->status.st_mode),
                                  .size = (uint64_t)writer->status.st_size,
                                  .modified = writer->status.st_mtim});
    writer->status = (struct stat){0};
}

static struct str reason(struct arena *arena, const char *what, int error) {
    char buffer[128];
    const char *why = error == ELOOP || error == ENOTDIR ? "a part of its path is a symbolic link or no folder"
                                                         : strerror_r(error, buffer, sizeof buffer);
    return arena_printf(arena, "it cannot be %s: %s.", what, why);
}

/* ---- files */

/* Has a file these bytes already? Its status then. */
static bool is_on_disk(int folder, const char *name, struct str bytes, struct stat *found) {
    int descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    struct stat status;
    bool same = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && (uint64_t)status.st_size == bytes.size;
    char *have = xmalloc(bytes.size);
    size_t size = 0;
    while (same && size < bytes.size) {
        ssize_t more = read(descriptor, have + size, bytes.size - size);
        same = more > 0;
        size += same ? (size_t)more : 0;
    }
    same = same && memcmp(have, bytes.data, bytes.size) == 0;
    xfree(have);
    close(descriptor);
    *found = same ? status : *found;
    return same;
}

static bool write_all(int descriptor, struct str bytes) {
    while (bytes.size > 0) {
        ssize_t size = write(descriptor, bytes.data, bytes.size);
        if (size < 0 && errno != EINTR) {
            return false;
        }
        bytes = str_slice(bytes, size > 0 ? (size_t)size : 0, bytes.size);
    }
    return true;
}

/* Makes a file that is not there yet; false with errno when that fails, and then there is none. Sets its status. */
static bool create(int folder, const char *name, struct str bytes, struct stat *status) {
    int descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return false;
    }
    bool written = write_all(descriptor, bytes) && fstat(descriptor, status) == 0;
    int error = errno;
    if (close(descriptor) != 0 && written) {
        written = false;
        error = errno;
    }
    if (!written) {
        unlinkat(folder, name, 0);
        errno = error;
    }
    return written;
}

/* Makes the file under another name and renames it over its place, so that nobody sees half of it, also when it is new; false
 * with errno when that fails. */
static bool replace(const struct output_folder *folder, const char *name, struct str bytes, struct stat *status) {
    int descriptor = folder->descriptor;
    bool created = create(descriptor, folder->temporary, bytes, status);
    if (!created && errno == EEXIST) { /* of a process that was ended before it could rename it */
        unlinkat(descriptor, folder->temporary, 0);
        created = create(descriptor, folder->temporary, bytes, status);
    }
    if (!created) {
        return false;
    }
    if (renameat(descriptor, folder->temporary, descriptor, name) == 0) {
        return true;
    }
    int error = errno;
    unlinkat(descriptor, folder->temporary, 0);
    errno = error;
    return false;
}

/* Is there a file of before? */
static bool look_at_file(struct writer *writer, const char *name) {
    struct stat status;
    bool there = fstatat(writer->folder->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
    writer->status = there ? status : (struct stat){0};
    return there;
}

static void write_file(struct writer *writer, struct str name, struct str bytes) {
    if (!is_plain_name(name)) {
        tell(writer, name, OUTPUT_FAILED, STR("its name cannot be the name of a file."));
        return;
    }
    const char *plain = arena_str(writer->arena, name).data;
    if (is_on_disk(writer->folder->descriptor, plain, bytes, &writer->status)) {
        tell(writer, name, OUTPUT_SAME, (struct str){0});
    } else if (replace(writer->folder, plain, bytes, &writer->status)) {
        tell(writer, name, OUTPUT_WRITTEN, (struct str){0});
    } else {
        struct str error = reason(writer->arena, "written", errno);
        look_at_file(writer, plain);
        tell(writer, name, OUTPUT_FAILED, error);
    }
}

static void keep_file(struct writer *writer, struct str name) {
    bool there = is_plain_name(name) && look_at_file(writer, arena_str(writer->arena, name).data);
    tell(writer, name, there ? OUTPUT_KEPT : OUTPUT_WITHHELD, (struct str){0});
}

static void write_output(struct writer *writer, const struct output *output, struct str folder) {
    struct str map_name = arena_concat(writer->arena, output->name, STR(".map"));
    if (output->broken) {
        keep_file(writer, output->name);
        keep_file(writer, map_name);
        return;
    }
    struct strbuf text;
    strbuf_init(&text, LIMIT_OUTPUT_BYTES);
    output_file_text(output, &text);
    bool whole = !text.overflow;
    if (whole) {
        write_file(writer, output->name, strbuf_str(&text));
    } else {
        tell(writer, output->name, OUTPUT_FAILED, STR("it is too large."));
    }
    strbuf_clear(&text);
    output_map_text(output, folder, &text);
    if (whole && !text.overflow) {
        write_file(writer, map_name, strbuf_str(&text));
    }
    strbuf_finish(&text);
}

struct runtime_set output_runtime(const struct emission *emission) {
    struct runtime_set modules = {{0}};
    for (uint32_t i = 0; i < emission->count; i++) {
        runtime_add_all(&modules, emission->outputs[i].runtime);
    }
    return modules;
}

static bool is_empty(struct runtime_set modules) {
    for (int i = 0; i < (int)RUNTIME_MODULE_COUNT; i++) {
        if (runtime_has(modules, (enum runtime_module)i)) {
            return false;
        }
    }
    return true;
}

void output_write_runtime(struct arena *arena, const struct output_place *place, struct runtime_set modules,
                          struct output_report *report) {
    struct writer writer = {.arena = arena, .report = report, .prefix = STR("runtime/")};
    modules = runtime_closure(modules);
    if (is_empty(modules)) {
        return;
    }
    struct output_folder folder;
    if (!hold(&folder, open_below(output_open_top(arena, place), RUNTIME_FOLDER))) {
        tell(&writer, RUNTIME_FOLDER, OUTPUT_FAILED, reason(arena, "opened", errno));
        return;
    }
    writer.folder = &folder;
    for (int i = 0; i < (int)RUNTIME_MODULE_COUNT; i++) {
        enum runtime_module module = (enum runtime_module)i;
        if (runtime_has(modules, module)) {
            write_file(&writer, runtime_file_name(module), runtime_file_text(module));
        }
    }
    output_folder_close(&folder);
}

void output_write_files(struct arena *arena, struct output_folder *held, const struct output_place *place,
                        const struct emission *emission, struct output_report *report) {
    struct writer writer = {.arena = arena, .report = report, .folder = held};
    if (emission->count == 0) {
        return;
    }
    if (!open_place(arena, place, held)) {
        tell(&writer, shown_place(arena, place), OUTPUT_FAILED, reason(arena, "opened", errno));
        return;
    }
    struct str folder = path_join(arena, path_join(arena, place->root, place->top), place->below);
    for (uint32_t i = 0; i < emission->count; i++) {
        write_output(&writer, &emission->outputs[i], folder);
    }
}

bool output_write(struct arena *arena, const struct output_place *place, const struct emission *emission,
                  struct output_report *report) {
    struct output_folder folder = {.is_open = false};
    memset(report, 0, sizeof *report);
    output_write_files(arena, &folder, place, emission, report);
    output_folder_close(&folder);
    if (report->failed == 0) {
        output_write_runtime(arena, place, output_runtime(emission), report);
    }
    return report->failed == 0;
}

bool output_write_plain(struct arena *arena, const struct output_place *place, struct str name, struct str bytes) {
    struct output_folder folder = {.is_open = false};
    const char *plain = arena_str(arena, name).data;
    struct stat status;
    bool written = open_place(arena, place, &folder) && is_plain_name(name) &&
                   (is_on_disk(folder.descriptor, plain, bytes, &status) || replace(&folder, plain, bytes, &status));
    output_folder_close(&folder);
    return written;
}

void output_remove(struct arena *arena, const struct output_place *place, struct str path,
                   struct output_report *report) {
    struct str below = str_equal(path_name(path), path) ? (struct str){0} : path_parent(arena, path);
    struct output_place home = {place->root, place->top, below};
    struct output_folder folder = {.is_open = false};
    struct writer writer = {.arena = arena, .report = report, .folder = &folder};
    if (!open_place(arena, &home, &folder)) {
        return;
    }
    if (unlinkat(folder.descriptor, arena_str(arena, path_name(path)).data, 0) == 0) {
        struct str base = path_join(arena, STR("/"), place->below);
        tell(&writer, path_relative(arena, base, path_join(arena, STR("/"), path)), OUTPUT_REMOVED, (struct str){0});
    }
    output_folder_close(&folder);
}
