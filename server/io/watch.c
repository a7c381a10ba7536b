/* watch: one libuv watcher a folder, changes gathered into batches. */
#include "server/io/watch.h"

#include "parser/base/arena.h"
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"

#include <string.h>
#include <sys/stat.h>

struct folder {
    uv_fs_event_t handle; /* first: the handle's memory is this block */
    struct watch *watch;
    struct folder *next;
    size_t path_size;
    char path[];
};

struct watch {
    struct watch_options options;
    uv_loop_t *loop;
    uv_timer_t *timer; /* a block of its own, so that the watch can go before it is closed */
    struct folder *folders;
    unsigned folder_count;
    struct arena batch; /* of the paths below */
    VEC(struct str) paths;
    uint64_t batch_started; /* milliseconds, of the loop's clock */
};

static bool is_left_out(struct str name) {
    return name.size == 0 || name.data[0] == '.' || str_equal(name, STR("node_modules"));
}

static bool is_folder(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static struct str folder_path(const struct folder *folder) { return (struct str){folder->path, folder->path_size}; }

static void on_batch_over(uv_timer_t *timer) {
    struct watch *watch = timer->data;
    if (watch->paths.count == 0) {
        return;
    }
    struct arena batch = watch->batch;
    struct str *paths = watch->paths.items;
    unsigned count = watch->paths.count;
    arena_init(&watch->batch);
    memset(&watch->paths, 0, sizeof watch->paths);
    watch->options.changed(watch->options.context, paths, count);
    arena_finish(&batch);
}

static void add_to_batch(struct watch *watch, struct str path) {
    uint64_t now = uv_now(watch->loop);
    if (watch->paths.count == 0) {
        watch->batch_started = now;
    }
    bool known = false;
    for (unsigned i = 0; i < watch->paths.count && !known; i++) {
        known = str_equal(watch->paths.items[i], path);
    }
    if (!known && watch->paths.count < LIMIT_FILES) {
        vec_push(&watch->batch, &watch->paths, arena_str(&watch->batch, path));
    }
    uint64_t waited = now - watch->batch_started;
    uint64_t left = waited < watch->options.longest ? watch->options.longest - waited : 0;
    uv_timer_start(watch->timer, on_batch_over, left < watch->options.settle ? left : watch->options.settle, 0);
}

static bool is_watched(const struct watch *watch, struct str path) {
    for (const struct folder *folder = watch->folders; folder != NULL; folder = folder->next) {
        if (str_equal(folder_path(folder), path)) {
            return true;
        }
    }
    return false;
}

/* The folder itself has gone: its watcher goes too. */
static void remove_folder(struct watch *watch, struct folder *gone) {
    struct folder **link = &watch->folders;
    while (*link != gone) {
        link = &(*link)->next;
    }
    *link = gone->next;
    watch->folder_count--;
    uv_close((uv_handle_t *)&gone->handle, loop_free_handle);
}

static void add_tree(struct watch *watch, struct str top, bool report);

static void on_event(uv_fs_event_t *handle, const char *name, int events, int status) {
    struct folder *folder = handle->data;
    struct watch *watch = folder->watch;
    struct arena scratch = {0};
    if (status != 0 || name == NULL) {
        add_to_batch(watch, folder_path(folder));
    } else if (!is_left_out(str_from_c(name))) {
        struct str path = path_join(&scratch, folder_path(folder), str_from_c(name));
        add_to_batch(watch, path);
        if (is_folder(path.data)) {
            add_tree(watch, path, true);
        }
    }
    if (!is_folder(folder->path)) {
        remove_folder(watch, folder);
    }
    arena_finish(&scratch);
}

static bool watch_one(struct watch *watch, struct str path) {
    if (watch->folder_count >= LIMIT_FILES) {
        return false;
    }
    struct folder *folder = xmalloc(sizeof *folder + path.size + 1);
    memset(folder, 0, sizeof *folder);
    folder->watch = watch;
    folder->path_size = path.size;
    memcpy(folder->path, path.data, path.size);
    folder->path[path.size] = '\0';
    uv_fs_event_init(watch->loop, &folder->handle);
    folder->handle.data = folder;
    if (uv_fs_event_start(&folder->handle, on_event, folder->path, 0) != 0) {
        uv_close((uv_handle_t *)&folder->handle, loop_free_handle);
        return false;
    }
    folder->next = watch->folders;
    watch->folders = folder;
    watch->folder_count++;
    return true;
}

struct pending_folder {
    struct str path;
    unsigned depth;
};

/* Watches the folders of a tree; `report` puts the files found on the way into the batch, for a tree that may have been
 * filled before it was watched. */
static void add_tree(struct watch *watch, struct str top, bool report) {
    struct arena scratch = {0};
    VEC(struct pending_folder) pending = {0};
    vec_push(&scratch, &pending, (struct pending_folder){arena_str(&scratch, top), 0});
    while (pending.count > 0) {
        struct pending_folder current = pending.items[--pending.count];
        if (!is_watched(watch, current.path)) {
            watch_one(watch, current.path);
        }
        uv_fs_t request;
        if (uv_fs_scandir(NULL, &request, current.path.data, 0, NULL) < 0) {
            uv_fs_req_cleanup(&request);
            continue;
        }
        uv_dirent_t entry;
        while (uv_fs_scandir_next(&request, &entry) == 0) {
            struct str name = str_from_c(entry.name);
            if (is_left_out(name)) {
                continue;
            }
            struct str path = path_join(&scratch, current.path, name);
            if (report) {
                add_to_batch(watch, path);
            }
            if (current.depth < LIMIT_FOLDER_DEPTH && is_folder(path.data)) {
                vec_push(&scratch, &pending, (struct pending_folder){path, current.depth + 1});
            }
        }
        uv_fs_req_cleanup(&request);
    }
    arena_finish(&scratch);
}

struct watch *watch_create(struct loop *loop, const struct watch_options *options) {
    struct watch *watch = xcalloc(1, sizeof *watch);
    watch->options = *options;
    watch->loop = loop_uv(loop);
    watch->timer = xcalloc(1, sizeof *watch->timer);
    uv_timer_init(watch->loop, watch->timer);
    watch->timer->data = watch;
    return watch;
}

bool watch_add(struct watch *watch, struct str folder) {
    struct arena scratch = {0};
    struct str path = path_normalise(&scratch, folder);
    bool added = is_watched(watch, path) || watch_one(watch, path);
    if (added) {
        add_tree(watch, path, false);
    }
    arena_finish(&scratch);
    return added;
}

void watch_destroy(struct watch *watch) {
    if (watch == NULL) {
        return;
    }
    while (watch->folders != NULL) {
        remove_folder(watch, watch->folders);
    }
    uv_close((uv_handle_t *)watch->timer, loop_free_handle);
    arena_finish(&watch->batch);
    xfree(watch);
}
