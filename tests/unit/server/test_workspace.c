/* workspace: packages are read at once when asked for and in slices otherwise; the disk is followed, open files win. */
#include "server/workspace.h"
#include "analysis/analyze.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

struct fixture {
    struct folder folder;
    struct workspace *workspace;
    struct str open; /* the one path that is open, or empty */
};

static bool is_open(void *context, struct str path) {
    const struct fixture *fixture = context;
    return fixture->open.size > 0 && str_equal(fixture->open, path);
}

static void begin(struct fixture *fixture) {
    memset(fixture, 0, sizeof *fixture);
    folder_create(&fixture->folder);
    folder_write(&fixture->folder, "one/a.tova", "server {\n  fn first() { 1 }\n}\n");
    folder_write(&fixture->folder, "one/b.tova", "browser {\n  state x = 1\n}\n");
    folder_write(&fixture->folder, "two/c.tova", "server {\n  fn other() { 1 }\n}\n");
    fixture->workspace = workspace_create(is_open, fixture);
}

static void end(struct fixture *fixture) {
    workspace_destroy(fixture->workspace);
    folder_destroy(&fixture->folder);
}

static struct package *package_of(struct fixture *fixture, const char *name) {
    return workspace_package(fixture->workspace, folder_path(&fixture->folder, name));
}

/* Does the unnamed server of the file's package have a function of this name? */
static bool has_function(struct fixture *fixture, const char *file, const char *name) {
    struct block_key server = {BLOCK_SERVER, ATOM_NONE};
    atom_id atom = atom_intern(workspace_atoms(fixture->workspace), str_from_c(name));
    return package_member(package_of(fixture, file), server, atom).symbol != NULL;
}

static void a_package_is_read_when_it_is_asked_for(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_int_equal(package_file_count(package_of(&fixture, "one/b.tova")), 2);
    assert_true(has_function(&fixture, "one/b.tova", "first"));
    assert_false(has_function(&fixture, "one/b.tova", "other"));
    assert_int_equal(workspace_file_count(fixture.workspace), 2);
    end(&fixture);
}

static void a_folder_is_read_in_slices(void **state) {
    struct fixture fixture;
    begin(&fixture);
    workspace_add_folder(fixture.workspace, fixture.folder.path);
    workspace_add_folder(fixture.workspace, fixture.folder.path);
    assert_int_equal(workspace_file_count(fixture.workspace), 0);
    while (workspace_step(fixture.workspace, 1)) {}
    assert_int_equal(workspace_file_count(fixture.workspace), 3);
    workspace_remove_folder(fixture.workspace, folder_path(&fixture.folder, "one"));
    assert_int_equal(workspace_file_count(fixture.workspace), 1);
    end(&fixture);
}

static void the_first_block_makes_an_application_of_modules(void **state) {
    struct fixture fixture;
    begin(&fixture);
    folder_write(&fixture.folder, "lib/a.tova", "fn f() { 1 }\n");
    folder_write(&fixture.folder, "lib/b.tova", "fn g() { 1 }\n");
    folder_write(&fixture.folder, "lib/c.tova", "fn h() { 1 }\n");
    assert_int_equal(package_file_count(package_of(&fixture, "lib/b.tova")), 1);
    assert_string_equal(package_file_at(package_of(&fixture, "lib/b.tova"), 0)->path.data,
                        folder_path(&fixture.folder, "lib/b.tova").data);
    folder_write(&fixture.folder, "lib/b.tova", "server {\n}\n");
    workspace_refresh(fixture.workspace, folder_path(&fixture.folder, "lib/b.tova"));
    assert_int_equal(package_file_count(package_of(&fixture, "lib/a.tova")), 3);
    assert_ptr_equal(package_of(&fixture, "lib/a.tova"), package_of(&fixture, "lib/c.tova"));
    unlink(folder_path(&fixture.folder, "lib/b.tova").data);
    workspace_refresh(fixture.workspace, folder_path(&fixture.folder, "lib"));
    assert_int_equal(package_file_count(package_of(&fixture, "lib/a.tova")), 1);
    assert_ptr_not_equal(package_of(&fixture, "lib/a.tova"), package_of(&fixture, "lib/c.tova"));
    assert_int_equal(package_file_count(package_of(&fixture, "lib/b.tova")), 0);
    assert_int_equal(workspace_file_count(fixture.workspace), 2);
    end(&fixture);
}

static void changes_on_disk_are_followed(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_true(has_function(&fixture, "one/a.tova", "first"));
    folder_write(&fixture.folder, "one/a.tova", "server {\n  fn second() { 1 }\n}\n");
    workspace_refresh(fixture.workspace, folder_path(&fixture.folder, "one/a.tova"));
    assert_false(has_function(&fixture, "one/a.tova", "first"));
    assert_true(has_function(&fixture, "one/a.tova", "second"));
    unlink(folder_path(&fixture.folder, "one/a.tova").data);
    folder_write(&fixture.folder, "one/new.tova", "server {\n  fn third() { 1 }\n}\n");
    workspace_refresh(fixture.workspace, folder_path(&fixture.folder, "one"));
    assert_false(has_function(&fixture, "one/b.tova", "second"));
    assert_true(has_function(&fixture, "one/b.tova", "third"));
    end(&fixture);
}

static void a_text_of_another_hash_is_read_again(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct str path = folder_path(&fixture.folder, "one/a.tova");
    uint64_t hash = package_file(package_of(&fixture, "one/a.tova"), path)->hash;
    struct text *text = workspace_text(fixture.workspace, path, hash);
    assert_non_null(text);
    text_unref(text);
    folder_write(&fixture.folder, "one/a.tova", "\n\nserver {\n  fn first() { 1 }\n}\n");
    assert_null(workspace_text(fixture.workspace, path, hash));
    hash = package_file(package_of(&fixture, "one/a.tova"), path)->hash;
    text = workspace_text(fixture.workspace, path, hash);
    assert_non_null(text);
    text_unref(text);
    end(&fixture);
}

/* Puts in what an editor has open. */
static void put(struct fixture *fixture, struct str path, const char *source) {
    struct arena arena = {0};
    struct text *text = text_create(str_from_c(source));
    struct syntax_tree *tree = syntax_parse(workspace_parser(fixture->workspace), text);
    workspace_put(fixture->workspace, summary_create(analyze(&arena, workspace_atoms(fixture->workspace), path, tree)));
    syntax_tree_destroy(tree);
    text_unref(text);
    arena_finish(&arena);
}

static void an_open_file_is_not_read_from_disk(void **state) {
    struct fixture fixture;
    begin(&fixture);
    fixture.open = folder_path(&fixture.folder, "one/a.tova");
    assert_int_equal(package_file_count(package_of(&fixture, "one/a.tova")), 1);
    put(&fixture, fixture.open, "server {\n  fn unsaved() { 1 }\n}\n");
    workspace_refresh(fixture.workspace, fixture.open);
    assert_true(has_function(&fixture, "one/a.tova", "unsaved"));
    fixture.open = (struct str){0};
    workspace_refresh(fixture.workspace, folder_path(&fixture.folder, "one/a.tova"));
    assert_true(has_function(&fixture, "one/a.tova", "first"));
    end(&fixture);
}

static void a_document_without_a_file_is_a_package_by_itself(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_int_equal(package_file_count(workspace_package(fixture.workspace, STR("untitled:1"))), 0);
    put(&fixture, STR("untitled:1"), "server {\n  fn one() { 1 }\n}\n");
    put(&fixture, STR("untitled:2"), "server {\n  fn two() { 1 }\n}\n");
    struct package *package = workspace_package(fixture.workspace, STR("untitled:1"));
    assert_int_equal(package_file_count(package), 1);
    assert_ptr_equal(workspace_package(fixture.workspace, STR("untitled:1")), package);
    assert_ptr_not_equal(workspace_package(fixture.workspace, STR("untitled:2")), package);
    workspace_refresh(fixture.workspace, STR("untitled:1"));
    assert_int_equal(package_file_count(workspace_package(fixture.workspace, STR("untitled:1"))), 0);
    end(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_is_read_when_it_is_asked_for),
        cmocka_unit_test(a_folder_is_read_in_slices),
        cmocka_unit_test(the_first_block_makes_an_application_of_modules),
        cmocka_unit_test(changes_on_disk_are_followed),
        cmocka_unit_test(a_text_of_another_hash_is_read_again),
        cmocka_unit_test(an_open_file_is_not_read_from_disk),
        cmocka_unit_test(a_document_without_a_file_is_a_package_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
