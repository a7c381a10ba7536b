/* scan: which files are found, and which can be read. */
#include "server/scan.h"
#include "server/project.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

static void only_sources_outside_hidden_folders_are_found(void **state) {
    struct folder folder;
    folder_create(&folder);
    folder_write(&folder, "b/app.tova", "");
    folder_write(&folder, "a.tova", "");
    folder_write(&folder, "a.txt", "");
    folder_write(&folder, ".hidden.tova", "");
    folder_write(&folder, ".tova", "");
    folder_write(&folder, ".git/x.tova", "");
    folder_write(&folder, ".tova-out/x.tova", "");
    folder_write(&folder, "node_modules/m/x.tova", "");
    folder_write(&folder, "b/c/deep.tova", "");
    assert_int_equal(symlink("..", folder_path(&folder, "b/loop").data), 0);
    struct scan_files files = scan_tree(&folder.arena, folder.path);
    assert_int_equal(files.list.count, 3);
    assert_true(str_ends_with(files.list.items[0], STR("/a.tova")));
    assert_true(str_ends_with(files.list.items[1], STR("/b/app.tova")));
    assert_true(str_ends_with(files.list.items[2], STR("/b/c/deep.tova")));
    assert_int_equal(scan_package(&folder.arena, folder.path).list.count, 1);
    assert_int_equal(scan_packages(&folder.arena, &files).list.count, 3);
    folder_destroy(&folder);
}

static void a_file_gives_itself_and_a_missing_folder_nothing(void **state) {
    struct folder folder;
    folder_create(&folder);
    folder_write(&folder, "a.tova", "");
    assert_int_equal(scan_tree(&folder.arena, folder_path(&folder, "a.tova")).list.count, 1);
    assert_int_equal(scan_tree(&folder.arena, folder_path(&folder, "nowhere")).list.count, 0);
    folder_destroy(&folder);
}

static void only_regular_files_are_read(void **state) {
    struct folder folder;
    struct text *text = NULL;
    folder_create(&folder);
    folder_write(&folder, "bom.tova", "\xef\xbb\xbfx = 1");
    assert_int_equal(scan_read_file(folder_path(&folder, "bom.tova"), &text), SCAN_READ);
    assert_str(text_str(text), "x = 1");
    text_unref(text);
    assert_int_equal(mkfifo(folder_path(&folder, "pipe.tova").data, 0600), 0);
    assert_int_equal(scan_read_file(folder_path(&folder, "pipe.tova"), &text), SCAN_UNREADABLE);
    assert_int_equal(scan_read_file(folder.path, &text), SCAN_UNREADABLE);
    assert_int_equal(scan_read_file(folder_path(&folder, "none.tova"), &text), SCAN_MISSING);
    folder_destroy(&folder);
}

static void expect_place(struct folder *folder, const char *package, const char *limit, const char *root,
                         const char *below) {
    struct project_place place =
        project_place_of(&folder->arena, folder_path(folder, package), folder_path(folder, limit));
    assert_str(place.root, folder_path(folder, root).data);
    assert_str(place.below, below);
    struct str output = path_join(&folder->arena, folder_path(folder, root), STR(".tova-out"));
    assert_str(place.output, path_join(&folder->arena, output, str_from_c(below)).data);
}

static void outputs_go_beneath_the_root_of_the_project(void **state) {
    struct folder folder;
    folder_create(&folder);
    folder_write(&folder, "plain/src/app.tova", "");
    folder_write(&folder, "named/tova.toml", "");
    folder_write(&folder, "named/web/admin/app.tova", "");
    folder_write(&folder, "built/.tova-out/x", "");
    folder_write(&folder, "built/web/app.tova", "");
    expect_place(&folder, "plain/src", "plain", "plain/src", "");
    expect_place(&folder, "named/web/admin", ".", "named", "web/admin");
    expect_place(&folder, "named/web/admin", "named/web", "named/web/admin", "");
    expect_place(&folder, "built/web", ".", "built", "web");
    expect_place(&folder, "named", ".", "named", "");
    folder_destroy(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_sources_outside_hidden_folders_are_found),
        cmocka_unit_test(a_file_gives_itself_and_a_missing_folder_nothing),
        cmocka_unit_test(only_regular_files_are_read),
        cmocka_unit_test(outputs_go_beneath_the_root_of_the_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
