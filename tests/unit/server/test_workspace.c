/* workspace: packages are read at once when asked for and on other threads otherwise; the disk is followed, open files win. */
#include "server/workspace.h"
#include "analysis/analyze.h"
#include "server/indexer.h"
#include "server/io/loop.h"
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

/* A loop with an indexer that puts what it reads into the fixture's workspace. */
struct indexing {
    struct fixture fixture;
    struct loop *loop;
    struct indexer *indexer;
    unsigned found, finished;
};

static bool is_wanted(void *context, struct str path) {
    const struct indexing *indexing = context;
    return workspace_lacks(indexing->fixture.workspace, path);
}

static void on_found(void *context, struct summary *summary) {
    struct indexing *indexing = context;
    indexing->found++;
    workspace_offer(indexing->fixture.workspace, summary);
}

static void on_progress(void *context, uint32_t done, uint32_t total) { assert_true(done <= total); }

static void on_finished(void *context) {
    struct indexing *indexing = context;
    indexing->finished++;
    workspace_settle(indexing->fixture.workspace);
}

static const struct syntax_parser *on_parser(void *context) {
    struct indexing *indexing = context;
    return workspace_parser(indexing->fixture.workspace);
}

static void read_later(void *context, struct str path) {
    struct indexing *indexing = context;
    indexer_add_file(indexing->indexer, path);
}

static void begin_indexing(struct indexing *indexing) {
    memset(indexing, 0, sizeof *indexing);
    begin(&indexing->fixture);
    struct workspace *workspace = indexing->fixture.workspace;
    struct indexer_events events = {indexing, on_parser, is_wanted, on_found, on_progress, on_finished};
    indexing->loop = loop_create();
    indexing->indexer = indexer_create(indexing->loop, workspace_atoms(workspace), &events);
    workspace_read_later(workspace, read_later, indexing);
}

static void end_indexing(struct indexing *indexing) {
    indexer_destroy(indexing->indexer);
    loop_destroy(indexing->loop);
    end(&indexing->fixture);
}

static void a_folder_is_indexed_on_other_threads(void **state) {
    struct indexing indexing;
    begin_indexing(&indexing);
    struct workspace *workspace = indexing.fixture.workspace;
    struct str top = indexing.fixture.folder.path;
    assert_true(workspace_add_folder(workspace, top));
    assert_false(workspace_add_folder(workspace, top));
    indexer_add_folder(indexing.indexer, top);
    assert_true(indexer_is_busy(indexing.indexer));
    assert_int_equal(workspace_file_count(workspace), 0);
    loop_run(indexing.loop);
    assert_int_equal(workspace_file_count(workspace), 3);
    assert_int_equal(indexing.found, 3);
    assert_int_equal(indexing.finished, 1);
    assert_true(has_function(&indexing.fixture, "two/c.tova", "other"));
    workspace_remove_folder(workspace, folder_path(&indexing.fixture.folder, "one"));
    assert_int_equal(workspace_file_count(workspace), 1);
    end_indexing(&indexing);
}

static void what_was_seen_of_a_file_since_wins_over_the_indexer(void **state) {
    struct indexing indexing;
    begin_indexing(&indexing);
    struct workspace *workspace = indexing.fixture.workspace;
    struct folder *folder = &indexing.fixture.folder;
    struct str changed = folder_path(folder, "one/a.tova"), gone = folder_path(folder, "two/c.tova");
    workspace_add_folder(workspace, folder->path);
    /* Both are being read as they were when they change. */
    indexer_add_file(indexing.indexer, changed);
    indexer_add_file(indexing.indexer, gone);
    assert_true(indexer_owes(indexing.indexer));
    usleep(50 * 1000);
    folder_write(folder, "one/a.tova", "server {\n  fn second() { 1 }\n}\n");
    workspace_refresh(workspace, changed);
    unlink(gone.data);
    workspace_refresh(workspace, gone);
    loop_run(indexing.loop);
    assert_false(indexer_owes(indexing.indexer));
    assert_true(has_function(&indexing.fixture, "one/a.tova", "second"));
    assert_int_equal(package_file_count(package_of(&indexing.fixture, "two/c.tova")), 0);
    end_indexing(&indexing);
}

static void a_large_folder_is_read_in_part_and_the_rest_later(void **state) {
    struct indexing indexing;
    begin_indexing(&indexing);
    enum { FILES = 400 };
    static char text[64 * 1024];
    size_t size = 0;
    while (size + 64 < sizeof text) {
        size += (size_t)snprintf(text + size, 64, "fn f%u(a) { a + %u }\n", (unsigned)size, (unsigned)size);
    }
    for (unsigned i = 0; i < FILES; i++) {
        char name[32];
        snprintf(name, sizeof name, "many/f%03u.tova", i);
        folder_write(&indexing.fixture.folder, name, text);
    }
    struct workspace *workspace = indexing.fixture.workspace;
    package_of(&indexing.fixture, "many/f000.tova");
    uint32_t at_once = workspace_file_count(workspace);
    assert_true(at_once > 0 && at_once < FILES);
    assert_true(indexer_owes(indexing.indexer));
    loop_run(indexing.loop);
    assert_int_equal(workspace_file_count(workspace), FILES);
    assert_int_equal(indexing.found, FILES - at_once);
    assert_false(indexer_owes(indexing.indexer));
    end_indexing(&indexing);
}

static void an_indexer_may_go_while_it_reads(void **state) {
    for (unsigned i = 0; i < 20; i++) {
        struct indexing indexing;
        begin_indexing(&indexing);
        workspace_add_folder(indexing.fixture.workspace, indexing.fixture.folder.path);
        indexer_add_folder(indexing.indexer, indexing.fixture.folder.path);
        for (unsigned k = 0; k < i % 4; k++) {
            loop_run_ready(indexing.loop);
        }
        end_indexing(&indexing);
    }
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

static void a_text_of_another_hash_is_read_again_later(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct str path = folder_path(&fixture.folder, "one/a.tova");
    uint64_t hash = package_file(package_of(&fixture, "one/a.tova"), path)->hash;
    struct text *text = workspace_text(fixture.workspace, path, hash);
    assert_non_null(text);
    text_unref(text);
    folder_write(&fixture.folder, "one/a.tova", "\n\nserver {\n  fn first() { 1 }\n}\n");
    assert_null(workspace_text(fixture.workspace, path, hash));
    assert_int_equal(package_file(package_of(&fixture, "one/a.tova"), path)->hash, hash); /* nothing changes at once */
    assert_true(workspace_catch_up(fixture.workspace));
    assert_false(workspace_catch_up(fixture.workspace));
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
        cmocka_unit_test(a_folder_is_indexed_on_other_threads),
        cmocka_unit_test(what_was_seen_of_a_file_since_wins_over_the_indexer),
        cmocka_unit_test(a_large_folder_is_read_in_part_and_the_rest_later),
        cmocka_unit_test(an_indexer_may_go_while_it_reads),
        cmocka_unit_test(the_first_block_makes_an_application_of_modules),
        cmocka_unit_test(changes_on_disk_are_followed),
        cmocka_unit_test(a_text_of_another_hash_is_read_again_later),
        cmocka_unit_test(an_open_file_is_not_read_from_disk),
        cmocka_unit_test(a_document_without_a_file_is_a_package_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
