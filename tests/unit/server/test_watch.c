/* watch: changes come in batches, from folders of all depths and of all times. */
#include "server/io/watch.h"
#include "parser/base/vec.h"
#include "server/io/wakeup.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

struct seen {
    struct folder folder;
    struct loop *loop;
    struct watch *watch;
    struct wakeup *limit;
    VEC(struct str) paths;
    unsigned batches, wanted;
};

static void on_changed(void *context, const struct str *paths, size_t count) {
    struct seen *seen = context;
    seen->batches++;
    for (size_t i = 0; i < count; i++) {
        vec_push(&seen->folder.arena, &seen->paths, arena_str(&seen->folder.arena, paths[i]));
    }
    if (seen->batches >= seen->wanted) {
        loop_stop(seen->loop);
    }
}

static void on_limit(void *context) {
    struct seen *seen = context;
    loop_stop(seen->loop);
}

static void begin(struct seen *seen) {
    memset(seen, 0, sizeof *seen);
    folder_create(&seen->folder);
    folder_write(&seen->folder, "a/b/old.tova", "");
    folder_write(&seen->folder, ".hidden/x", "");
    folder_write(&seen->folder, "node_modules/x", "");
    seen->loop = loop_create();
    struct watch_options options = {.settle = 30, .longest = 200, .changed = on_changed, .context = seen};
    seen->watch = watch_create(seen->loop, &options);
    seen->limit = wakeup_create(seen->loop, on_limit, seen);
    assert_true(watch_add(seen->watch, seen->folder.path));
}

static void end(struct seen *seen) {
    wakeup_destroy(seen->limit);
    watch_destroy(seen->watch);
    loop_destroy(seen->loop);
    folder_destroy(&seen->folder);
}

/* Runs until `batches` more have come, for at most a minute. */
static void wait_for(struct seen *seen, unsigned batches) {
    seen->wanted = seen->batches + batches;
    wakeup_start(seen->limit, 60 * 1000, 0);
    loop_run(seen->loop);
    wakeup_stop(seen->limit);
}

static unsigned times_seen(struct seen *seen, const char *name) {
    unsigned count = 0;
    struct str path = folder_path(&seen->folder, name);
    for (unsigned i = 0; i < seen->paths.count; i++) {
        count += str_equal(seen->paths.items[i], path);
    }
    return count;
}

static void a_burst_is_one_batch_that_names_each_path_once(void **state) {
    struct seen seen;
    begin(&seen);
    for (int i = 0; i < 5; i++) {
        folder_write(&seen.folder, "a/b/old.tova", "changed");
        folder_write(&seen.folder, "top.tova", "changed");
    }
    wait_for(&seen, 1);
    assert_int_equal(seen.batches, 1);
    assert_int_equal(times_seen(&seen, "a/b/old.tova"), 1);
    assert_int_equal(times_seen(&seen, "top.tova"), 1);
    end(&seen);
}

static void hidden_folders_are_not_told(void **state) {
    struct seen seen;
    begin(&seen);
    folder_write(&seen.folder, ".hidden/x", "changed");
    folder_write(&seen.folder, "node_modules/x", "changed");
    folder_write(&seen.folder, ".secret", "changed");
    folder_write(&seen.folder, "told.tova", "");
    wait_for(&seen, 1);
    assert_int_equal(seen.paths.count, 1);
    end(&seen);
}

static void folders_that_appear_later_are_watched_too(void **state) {
    struct seen seen;
    begin(&seen);
    folder_write(&seen.folder, "new/deep/first.tova", "");
    wait_for(&seen, 1);
    assert_int_equal(times_seen(&seen, "new/deep/first.tova"), 1);
    folder_write(&seen.folder, "new/deep/second.tova", "");
    wait_for(&seen, 1);
    assert_int_equal(times_seen(&seen, "new/deep/second.tova"), 1);
    end(&seen);
}

static void files_and_folders_that_go_are_told(void **state) {
    struct seen seen;
    begin(&seen);
    unlink(folder_path(&seen.folder, "a/b/old.tova").data);
    rmdir(folder_path(&seen.folder, "a/b").data);
    wait_for(&seen, 1);
    assert_int_equal(times_seen(&seen, "a/b/old.tova"), 1);
    folder_write(&seen.folder, "a/b/again.tova", "");
    wait_for(&seen, 1);
    assert_int_equal(times_seen(&seen, "a/b/again.tova"), 1);
    end(&seen);
}

static void a_folder_that_is_not_there_cannot_be_watched(void **state) {
    struct seen seen;
    begin(&seen);
    assert_false(watch_add(seen.watch, folder_path(&seen.folder, "nowhere")));
    end(&seen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_is_one_batch_that_names_each_path_once),
        cmocka_unit_test(hidden_folders_are_not_told),
        cmocka_unit_test(folders_that_appear_later_are_watched_too),
        cmocka_unit_test(files_and_folders_that_go_are_told),
        cmocka_unit_test(a_folder_that_is_not_there_cannot_be_watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
