/* path: tables of paths and what becomes of them. */
#include "parser/base/path.h"
#include "tests/unit/unit.h"

static void normalise_removes_what_is_redundant(void **state) {
    static const char *const cases[][2] = {
        {"/a/b", "/a/b"},
        {"/a//b/", "/a/b"},
        {"/a/./b", "/a/b"},
        {"/a/../b", "/b"},
        {"/..", "/"},
        {"/../../a", "/a"},
        {"/", "/"},
        {"//", "/"},
        {"", "."},
        {".", "."},
        {"a/..", "."},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"./a", "a"},
        {"../../a/..", "../.."},
        {"/a/b/c/../../d", "/a/d"},
        {"a/b/../c/./d//", "a/c/d"},
        {"/...", "/..."},
        {"/a/.b/..c", "/a/.b/..c"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_str(path_normalise(&arena, str_from_c(cases[i][0])), cases[i][1]);
    }
    arena_finish(&arena);
}

static void join_lets_an_absolute_child_win(void **state) {
    struct arena arena = {0};
    assert_str(path_join(&arena, STR("/a/b"), STR("c")), "/a/b/c");
    assert_str(path_join(&arena, STR("/a/b"), STR("../c")), "/a/c");
    assert_str(path_join(&arena, STR("/a/b"), STR("/c")), "/c");
    assert_str(path_join(&arena, STR("/"), STR("c")), "/c");
    assert_str(path_join(&arena, STR(""), STR("c")), "c");
    arena_finish(&arena);
}

static void parts_of_a_path(void **state) {
    struct arena arena = {0};
    assert_str(path_parent(&arena, STR("/a/b.tova")), "/a");
    assert_str(path_parent(&arena, STR("/a")), "/");
    assert_str(path_parent(&arena, STR("/")), "/");
    assert_str(path_parent(&arena, STR("a")), ".");
    assert_str(path_parent(&arena, STR("a/b")), "a");
    assert_str(path_name(STR("/a/b.tova")), "b.tova");
    assert_str(path_name(STR("b")), "b");
    assert_str(path_name(STR("/")), "");
    assert_str(path_stem(STR("/a/b.tova")), "b");
    assert_str(path_stem(STR("/a.d/b")), "b");
    assert_str(path_stem(STR("b.server.js")), "b.server");
    assert_str(path_stem(STR(".hidden")), ".hidden");
    arena_finish(&arena);
}

static void below_respects_whole_names(void **state) {
    assert_true(path_is_below(STR("/a/b"), STR("/a")));
    assert_true(path_is_below(STR("/a"), STR("/a")));
    assert_true(path_is_below(STR("/a"), STR("/")));
    assert_false(path_is_below(STR("/ab"), STR("/a")));
    assert_false(path_is_below(STR("/"), STR("/a")));
}

static void relative_and_join_are_inverse(void **state) {
    static const char *const cases[][3] = {
        {"/a/b", "/a/b/c", "c"},
        {"/a/b", "/a/c", "../c"},
        {"/a/b", "/a/b", "."},
        {"/", "/a/b", "a/b"},
        {"/a/b", "/", "../.."},
        {"/a/bc", "/a/b", "../b"},
        {"/a/b/c", "/x/y", "../../../x/y"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str base = str_from_c(cases[i][0]);
        struct str relative = path_relative(&arena, base, str_from_c(cases[i][1]));
        assert_str(relative, cases[i][2]);
        assert_str(path_join(&arena, base, relative), cases[i][1]);
    }
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normalise_removes_what_is_redundant),
        cmocka_unit_test(join_lets_an_absolute_child_win),
        cmocka_unit_test(parts_of_a_path),
        cmocka_unit_test(below_respects_whole_names),
        cmocka_unit_test(relative_and_join_are_inverse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
