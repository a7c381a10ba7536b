/* reader: what is kept from one question to the next, and that it is what the disk says. */
#include "server/reader.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

struct fixture {
    struct folder folder;
    struct workspace *workspace;
    struct store store;
    struct reader reader;
};

static bool is_open(void *context, struct str path) {
    const struct fixture *fixture = context;
    return store_find(&fixture->store, path) != NULL;
}

static void begin(struct fixture *fixture) {
    folder_create(&fixture->folder);
    folder_write(&fixture->folder, "a.tova", "pub fn first() { 1 }\n");
    folder_write(&fixture->folder, "b.tova", "pub fn second() { 2 }\n");
    fixture->workspace = workspace_create(is_open, fixture);
    store_init(&fixture->store, fixture->workspace);
    reader_init(&fixture->reader, &fixture->store);
    reader_begin(&fixture->reader);
}

static void end(struct fixture *fixture) {
    reader_finish(&fixture->reader);
    store_finish(&fixture->store);
    workspace_destroy(fixture->workspace);
    folder_destroy(&fixture->folder);
}

static const struct file_analysis *read_one(struct fixture *fixture, const char *name) {
    const struct sources *sources = &fixture->reader.sources;
    return sources->analysis_of(sources->context, folder_path(&fixture->folder, name));
}

static void a_file_that_stays_is_read_once(void **state) {
    struct fixture fixture;
    begin(&fixture);
    const struct file_analysis *first = read_one(&fixture, "a.tova");
    assert_non_null(first);
    assert_true(read_one(&fixture, "a.tova") == first);
    reader_begin(&fixture.reader);
    assert_true(read_one(&fixture, "a.tova") == first);
    end(&fixture);
}

static void a_file_that_has_changed_is_read_again_when_that_is_known(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_non_null(read_one(&fixture, "a.tova"));
    folder_write(&fixture.folder, "a.tova", "pub fn other() { 10 }\n");
    assert_non_null(read_one(&fixture, "a.tova")); /* the same question */
    reader_begin(&fixture.reader);
    assert_null(read_one(&fixture, "a.tova")); /* its summary is that of the old text */
    assert_true(workspace_catch_up(fixture.workspace));
    reader_begin(&fixture.reader);
    const struct file_analysis *second = read_one(&fixture, "a.tova");
    assert_non_null(second);
    assert_str(text_str(second->tree->text), "pub fn other() { 10 }\n");
    end(&fixture);
}

static void a_file_that_is_not_there_is_no_file(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_null(read_one(&fixture, "c.tova"));
    assert_null(read_one(&fixture, "c.tova"));
    assert_int_equal(unlink(folder_path(&fixture.folder, "b.tova").data), 0);
    assert_null(read_one(&fixture, "b.tova"));
    end(&fixture);
}

static void an_open_document_stands_before_the_disk(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct str path = folder_path(&fixture.folder, "a.tova");
    assert_non_null(read_one(&fixture, "a.tova"));
    struct document *document = store_open(&fixture.store, path, path, 1, STR("pub fn typed() { 3 }\n"));
    assert_true(read_one(&fixture, "a.tova") == document->analysis);
    end(&fixture);
}

static void texts_are_those_that_the_question_has_read(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct str path = folder_path(&fixture.folder, "a.tova");
    const struct file_analysis *file = read_one(&fixture, "a.tova");
    uint64_t hash = text_hash(file->tree->text);
    struct text *text = reader_text(&fixture.reader, path, hash);
    assert_true(text == file->tree->text);
    text_unref(text);
    assert_null(reader_text(&fixture.reader, path, hash + 1));
    assert_null(reader_text(&fixture.reader, folder_path(&fixture.folder, "b.tova"), hash));
    reader_begin(&fixture.reader);
    assert_null(reader_text(&fixture.reader, path, hash));
    end(&fixture);
}

static void nothing_is_kept_that_is_given_back(void **state) {
    struct fixture fixture;
    begin(&fixture);
    assert_non_null(read_one(&fixture, "a.tova"));
    assert_true(fixture.reader.size > 0);
    reader_release(&fixture.reader);
    assert_int_equal(fixture.reader.size, 0);
    assert_int_equal(fixture.reader.count, 0);
    assert_non_null(read_one(&fixture, "b.tova"));
    end(&fixture);
}

/* Many large files: after each question no more is kept than the bound, and each answer is right. */
static void what_is_kept_is_bounded(void **state) {
    enum { FILES = 24, FUNCTIONS = 6000, BOUND = 32 * 1024 * 1024 };
    struct fixture fixture;
    struct strbuf source;
    char name[32];
    begin(&fixture);
    strbuf_init(&source, 1u << 20);
    for (int i = 0; i < FUNCTIONS; i++) {
        strbuf_printf(&source, "fn f%d(x) { x + %d }\n", i, i);
    }
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "m%d.tova", i);
        folder_write(&fixture.folder, name, source.data);
    }
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < FILES; i++) {
            snprintf(name, sizeof name, "m%d.tova", i);
            assert_non_null(read_one(&fixture, name));
        }
        assert_true(fixture.reader.size > BOUND); /* or the test says nothing */
        reader_begin(&fixture.reader);
        assert_in_range(fixture.reader.size, 1, BOUND);
    }
    strbuf_finish(&source);
    end(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_stays_is_read_once),
        cmocka_unit_test(a_file_that_has_changed_is_read_again_when_that_is_known),
        cmocka_unit_test(a_file_that_is_not_there_is_no_file),
        cmocka_unit_test(an_open_document_stands_before_the_disk),
        cmocka_unit_test(texts_are_those_that_the_question_has_read),
        cmocka_unit_test(nothing_is_kept_that_is_given_back),
        cmocka_unit_test(what_is_kept_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
