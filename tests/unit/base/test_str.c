/* str: slices, and the distance of names. */
#include "parser/base/str.h"
#include "tests/unit/unit.h"

static void comparing(void **state) {
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_true(str_equal((struct str){0}, STR("")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\x80"), STR("a")) > 0);
    assert_int_equal(str_compare(STR(""), (struct str){0}), 0);
    assert_true(str_starts_with(STR("server.f"), STR("server")));
    assert_false(str_starts_with(STR("serv"), STR("server")));
    assert_true(str_ends_with(STR("a.tova"), STR(".tova")));
    assert_false(str_ends_with(STR("tova"), STR(".tova")));
    assert_str(str_from_c(NULL), "");
}

static void slices_are_clamped(void **state) {
    assert_str(str_slice(STR("hello"), 1, 3), "el");
    assert_str(str_slice(STR("hello"), 3, 99), "lo");
    assert_str(str_slice(STR("hello"), 9, 12), "");
    assert_str(str_slice(STR("hello"), 4, 2), "");
    assert_str(str_slice((struct str){0}, 0, 1), "");
}

static void finding_and_trimming(void **state) {
    assert_int_equal(str_find(STR("a.b.c"), '.', 0), 1);
    assert_int_equal(str_find(STR("a.b.c"), '.', 2), 3);
    assert_int_equal(str_find(STR("a.b.c"), '.', 4), 5);
    assert_int_equal(str_find(STR("a"), 'a', 7), 1);
    assert_str(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_str(str_trim(STR("   ")), "");
}

static void distance_counts_edits(void **state) {
    static const struct {
        const char *a, *b;
        unsigned distance;
    } cases[] = {
        {"", "", 0},       {"abc", "abc", 0},   {"abc", "", 3},           {"abc", "abd", 1},
        {"abc", "acb", 1}, {"abc", "abcd", 1},  {"kitten", "sitting", 3}, {"get_user", "getuser", 1},
        {"ca", "abc", 3},  {"flaw", "lawn", 2}, {"aaaa", "bbbb", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str a = str_from_c(cases[i].a);
        struct str b = str_from_c(cases[i].b);
        assert_int_equal(str_distance(a, b, 10), cases[i].distance);
        assert_int_equal(str_distance(b, a, 10), cases[i].distance);
        for (unsigned limit = 0; limit < 5; limit++) {
            assert_int_equal(str_distance(a, b, limit), cases[i].distance < limit + 1 ? cases[i].distance : limit + 1);
        }
    }
}

static void long_names_are_far(void **state) {
    char bytes[65];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 'a';
    }
    assert_int_equal(str_distance((struct str){bytes, 65}, (struct str){bytes, 65}, 2), 3);
    assert_int_equal(str_distance((struct str){bytes, 64}, (struct str){bytes, 64}, 2), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(finding_and_trimming),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(long_names_are_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
