/* strbuf: growing, its maximum, and taking bytes from the front. */
#include "parser/base/strbuf.h"
#include "tests/unit/unit.h"

static void builds_text(void **state) {
    struct strbuf buffer;
    strbuf_init(&buffer, 1000);
    assert_string_equal(buffer.data, "");
    strbuf_add(&buffer, STR("a"));
    strbuf_add_c(&buffer, "bc");
    strbuf_add_byte(&buffer, 'd');
    strbuf_add_repeat(&buffer, ' ', 2);
    strbuf_add_uint(&buffer, 0);
    strbuf_add_uint(&buffer, UINT64_MAX);
    strbuf_printf(&buffer, "<%s %d>", "x", -5);
    strbuf_printf(&buffer, "%s", "");
    assert_str(strbuf_str(&buffer), "abcd  018446744073709551615<x -5>");
    assert_int_equal(buffer.data[buffer.size], 0);
    assert_false(buffer.overflow);
    strbuf_finish(&buffer);
    strbuf_finish(&buffer);
}

static void stops_at_its_maximum_with_a_true_beginning(void **state) {
    struct strbuf buffer;
    strbuf_init(&buffer, 5);
    strbuf_add(&buffer, STR("abc"));
    strbuf_add(&buffer, STR("def"));
    assert_true(buffer.overflow);
    strbuf_add(&buffer, STR("g"));
    strbuf_printf(&buffer, "%s", "h");
    strbuf_add_repeat(&buffer, 'i', 1);
    assert_str(strbuf_str(&buffer), "abc");
    strbuf_clear(&buffer);
    assert_false(buffer.overflow);
    strbuf_add(&buffer, STR("12345"));
    assert_str(strbuf_str(&buffer), "12345");
    assert_false(buffer.overflow);
    strbuf_finish(&buffer);
}

static void consumes_from_the_front(void **state) {
    struct strbuf buffer;
    strbuf_init(&buffer, 100);
    strbuf_consume(&buffer, 0);
    strbuf_add(&buffer, STR("header body"));
    strbuf_consume(&buffer, 7);
    assert_str(strbuf_str(&buffer), "body");
    strbuf_truncate(&buffer, 2);
    assert_str(strbuf_str(&buffer), "bo");
    assert_int_equal(buffer.data[2], 0);
    strbuf_finish(&buffer);
}

static void grows_over_many_additions(void **state) {
    struct strbuf buffer;
    strbuf_init(&buffer, 1000000);
    for (unsigned i = 0; i < 100000; i++) {
        strbuf_add_byte(&buffer, (char)('a' + i % 26));
    }
    assert_int_equal(buffer.size, 100000);
    for (unsigned i = 0; i < 100000; i++) {
        assert_int_equal(buffer.data[i], 'a' + i % 26);
    }
    strbuf_finish(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_text),
        cmocka_unit_test(stops_at_its_maximum_with_a_true_beginning),
        cmocka_unit_test(consumes_from_the_front),
        cmocka_unit_test(grows_over_many_additions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
