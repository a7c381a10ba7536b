/* store: applying changes; the document after random edits against one that was opened with the final text. */
#include "server/store.h"
#include "analysis/package.h"
#include "parser/base/strbuf.h"
#include "tests/unit/unit.h"

#include <string.h>

struct fixture {
    struct workspace *workspace;
    struct store store;
};

static bool is_open(void *context, struct str path) {
    const struct fixture *fixture = context;
    return store_find(&fixture->store, path) != NULL;
}

static void begin(struct fixture *fixture) {
    fixture->workspace = workspace_create(is_open, fixture);
    store_init(&fixture->store, fixture->workspace);
}

static void end(struct fixture *fixture) {
    store_finish(&fixture->store);
    workspace_destroy(fixture->workspace);
}

static struct document *open_text(struct fixture *fixture, struct str text) {
    return store_open(&fixture->store, STR("untitled:1"), STR("untitled:1"), 1, text);
}

static struct range range(uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column) {
    return (struct range){{line, column}, {end_line, end_column}};
}

static void changes_are_applied_one_after_the_other(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct document *document = open_text(&fixture, STR("browser {\n}\n"));
    assert_true(document_edit(document, range(0, 9, 0, 9), POSITION_UTF16, STR("\n  state a = 1")));
    assert_true(document_edit(document, range(1, 13, 1, 13), POSITION_UTF16, STR("\n  state b = 2")));
    assert_true(document_edit(document, range(1, 8, 1, 9), POSITION_UTF16, STR("first")));
    assert_str(text_str(document->text), "browser {\n  state first = 1\n  state b = 2\n}\n");
    store_update(&fixture.store, document);
    assert_true(document->analysis->tree->text == document->text);
    end(&fixture);
}

static void utf16_columns_count_units(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct document *document = open_text(&fixture, STR("a🎉b\nä\n"));
    assert_true(document_edit(document, range(0, 3, 0, 4), POSITION_UTF16, STR("c")));
    assert_str(text_str(document->text), "a🎉c\nä\n");
    assert_true(document_edit(document, range(1, 1, 1, 1), POSITION_UTF16, STR("!")));
    assert_str(text_str(document->text), "a🎉c\nä!\n");
    assert_true(document_edit(document, range(0, 5, 0, 6), POSITION_UTF8, STR("d")));
    assert_str(text_str(document->text), "a🎉d\nä!\n");
    end(&fixture);
}

static void the_line_behind_the_last_is_the_end(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct document *document = open_text(&fixture, STR("one\ntwo"));
    assert_true(document_edit(document, range(0, 0, 2, 0), POSITION_UTF16, STR("all")));
    assert_str(text_str(document->text), "all");
    assert_false(document->out_of_step);
    end(&fixture);
}

static void a_change_that_does_not_fit_leaves_the_text_alone(void **state) {
    static const struct range wrong[] = {
        {{9, 0}, {9, 1}}, /* no such line */
        {{0, 2}, {0, 1}}, /* reversed */
        {{0, 2}, {0, 3}}, /* inside a character */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct fixture fixture;
        begin(&fixture);
        struct document *document = open_text(&fixture, STR("a🎉b\n"));
        assert_false(document_edit(document, wrong[i], POSITION_UTF16, STR("x")));
        assert_str(text_str(document->text), "a🎉b\n");
        assert_true(document->out_of_step);
        assert_true(document_edit(document, range(0, 0, 0, 0), POSITION_UTF16, STR("y"))); /* told once, left out */
        assert_str(text_str(document->text), "a🎉b\n");
        document_set_text(document, STR("new\n"));
        assert_false(document->out_of_step);
        assert_true(document_edit(document, range(0, 0, 0, 0), POSITION_UTF16, STR("y")));
        assert_str(text_str(document->text), "ynew\n");
        store_update(&fixture.store, document);
        end(&fixture);
    }
}

static void closing_frees_and_forgets(void **state) {
    struct fixture fixture;
    begin(&fixture);
    struct document *document = open_text(&fixture, STR("x = 1\n"));
    store_update(&fixture.store, document);
    store_close(&fixture.store, document);
    assert_null(store_find(&fixture.store, STR("untitled:1")));
    assert_int_equal(fixture.store.count, 0);
    end(&fixture);
}

/* ---- random edits */

static const char *const program =
    "shared {\n  type User { id: Int, name: String }\n}\n\nserver \"api\" {\n  fn list_users() -> [User] {\n    []\n  }\n}\n\n"
    "browser {\n  state users: [User] = []\n  effect {\n    users = server.list_users()\n  }\n  component App {\n"
    "    <ul>\n      for user in users {\n        <li>\"{user.name} 🎉\"</li>\n      }\n    </ul>\n  }\n}\n";

static const char *const pieces[] = {"x", "}",  "{", "\"",    "server.",        "\n", " ",      "ä",
                                     "🎉", "()", "<", "</ul>", "fn f() { 1 }\n", "",   "// c\n", "<b>"};

static uint32_t next_number(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static uint32_t boundary(const struct text *text, uint32_t offset) {
    struct str bytes = text_str(text);
    while (offset > 0 && offset < bytes.size && ((unsigned char)bytes.data[offset] & 0xc0) == 0x80) {
        offset--;
    }
    return offset;
}

static void edit_randomly(struct document *document, uint32_t *seed) {
    uint32_t size = text_size(document->text);
    uint32_t start = boundary(document->text, next_number(seed, size + 1));
    uint32_t end = start + next_number(seed, 3) * next_number(seed, 8);
    end = boundary(document->text, end > size ? size : end);
    struct range place = range_of(document->text, (struct span){start, end < start ? start : end}, POSITION_UTF16);
    const char *piece = pieces[next_number(seed, sizeof pieces / sizeof *pieces)];
    assert_true(document_edit(document, place, POSITION_UTF16, str_from_c(piece)));
}

static void assert_same_tree(const struct syntax_tree *a, const struct syntax_tree *b) {
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->nodes, b->nodes, a->count * sizeof *a->nodes);
}

/* Two to four edits are merged into one before each parse. The text is made large, so that small files' fresh parse of
 * errors does not hide what merging does; healed, it must be what a fresh parse gives. */
static void after_random_edits_a_healed_tree_is_a_fresh_one(void **state) {
    struct strbuf large;
    strbuf_init(&large, 1024 * 1024);
    while (large.size < 20 * 1024) {
        strbuf_add_c(&large, program);
    }
    for (uint32_t seed = 1; seed <= 6; seed++) {
        struct fixture fixture;
        uint32_t numbers = seed;
        begin(&fixture);
        struct document *document = open_text(&fixture, strbuf_str(&large));
        store_update(&fixture.store, document);
        for (int round = 0; round < 20; round++) {
            uint32_t edits = 2 + next_number(&numbers, 3);
            for (uint32_t i = 0; i < edits; i++) {
                edit_randomly(document, &numbers);
            }
            store_update(&fixture.store, document);
            store_heal(&fixture.store, document);
            struct syntax_tree *fresh = syntax_parse(workspace_parser(fixture.workspace), document->text);
            assert_same_tree(document->tree, fresh);
            syntax_tree_destroy(fresh);
        }
        end(&fixture);
    }
    strbuf_finish(&large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_applied_one_after_the_other),
        cmocka_unit_test(utf16_columns_count_units),
        cmocka_unit_test(the_line_behind_the_last_is_the_end),
        cmocka_unit_test(a_change_that_does_not_fit_leaves_the_text_alone),
        cmocka_unit_test(closing_frees_and_forgets),
        cmocka_unit_test(after_random_edits_a_healed_tree_is_a_fresh_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
