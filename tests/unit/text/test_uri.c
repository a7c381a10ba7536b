/* uri: RFC 3986 and RFC 8089 examples, and what must be refused. */
#include "parser/text/uri.h"
#include "tests/unit/unit.h"

static void file_uris_become_paths(void **state) {
    static const char *const cases[][2] = {
        {"file:///a/b.tova", "/a/b.tova"},
        {"file:///a%20b/%C3%A9", "/a b/\xc3\xa9"},
        {"file://localhost/a", "/a"},
        {"FILE:///a", "/a"},
        {"file:///a/../b/./c//d", "/b/c/d"},
        {"file:///a?query", "/a"},
        {"file:///a#part", "/a"},
        {"file:///a%23b", "/a#b"},
        {"file:///a%2Fb", "/a/b"},
        {"file:///", "/"},
        {"file:///a%25%32%30", "/a%20"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str path = {0};
        assert_true(uri_to_path(&arena, str_from_c(cases[i][0]), &path));
        assert_str(path, cases[i][1]);
    }
    arena_finish(&arena);
}

static void others_are_refused(void **state) {
    static const char *const cases[] = {
        "http:///a",           "untitled:Untitled-1", "file://host/a", "file:a",        "file:/a", "file://",
        "file:///%",           "file:///%4",          "file:///%G0",   "file:///a%00b", "",        "/a",
        "file://localhosts/a",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str path = STR("untouched");
        assert_false(uri_to_path(&arena, str_from_c(cases[i]), &path));
        assert_str(path, "untouched");
    }
    arena_finish(&arena);
}

static void paths_become_uris(void **state) {
    struct arena arena = {0};
    assert_str(uri_from_path(&arena, STR("/a/b-c_d.e~f")), "file:///a/b-c_d.e~f");
    assert_str(uri_from_path(&arena, STR("/a b#?%:\xc3\xa9")), "file:///a%20b%23%3F%25%3A%C3%A9");
    arena_finish(&arena);
}

static void every_byte_goes_there_and_back(void **state) {
    struct arena arena = {0};
    char path[257] = "/";
    for (int i = 1; i < 256; i++) {
        path[i] = (char)(i == '/' ? 'x' : i);
    }
    struct str back = {0};
    assert_true(uri_to_path(&arena, uri_from_path(&arena, str_from_c(path)), &back));
    assert_str(back, path);
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_uris_become_paths),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(paths_become_uris),
        cmocka_unit_test(every_byte_goes_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
