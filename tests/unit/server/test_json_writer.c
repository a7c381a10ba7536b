/* json_writer: commas, escapes, and bytes that may not be sent as they are. */
#include "server/lsp/json_writer.h"
#include "tests/unit/unit.h"

static void commas_stand_between_and_nowhere_else(void **state) {
    struct strbuf out;
    struct json_writer json;
    strbuf_init(&out, 1000);
    json_init(&json, &out);
    json_open_object(&json);
    json_key(&json, "empty");
    json_open_array(&json);
    json_close_array(&json);
    json_key(&json, "list");
    json_open_array(&json);
    json_number(&json, -3);
    json_bool(&json, true);
    json_null(&json);
    json_open_object(&json);
    json_close_object(&json);
    json_close_array(&json);
    json_key_text(&json, STR("a \"key\""));
    json_raw(&json, STR("1e3"));
    json_member_string(&json, "s", STR("x"));
    json_close_object(&json);
    assert_str(strbuf_str(&out), "{\"empty\":[],\"list\":[-3,true,null,{}],\"a \\\"key\\\"\":1e3,\"s\":\"x\"}");
    strbuf_finish(&out);
}

static void assert_written(struct str value, const char *json_text) {
    struct strbuf out;
    struct json_writer json;
    strbuf_init(&out, 1000);
    json_init(&json, &out);
    json_string(&json, value);
    assert_str(strbuf_str(&out), json_text);
    strbuf_finish(&out);
}

static void strings_are_escaped(void **state) {
    assert_written(STR(""), "\"\"");
    assert_written(STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_written(STR("\n\r\t\b\f\x01\x1f\x7f"), "\"\\n\\r\\t\\b\\f\\u0001\\u001f\\u007f\"");
    assert_written(STR("nul \0 inside"), "\"nul \\u0000 inside\"");
    assert_written(STR("ä 日 🎉"), "\"ä 日 🎉\"");
}

static void malformed_bytes_become_replacement_characters(void **state) {
    assert_written(STR("\xff"), "\"\xef\xbf\xbd\"");
    assert_written(STR("a\xc3"), "\"a\xef\xbf\xbd\"");
    assert_written(STR("\xed\xa0\x80z"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"");
    assert_written(STR("\xef\xbf\xbd"), "\"\xef\xbf\xbd\"");
}

/* What a string is does not depend on where its parts stand: long ones are written in pieces. */
static void long_strings_are_escaped_everywhere(void **state) {
    static const struct {
        struct str value, written;
    } parts[] = {{{"\n", 1}, {"\\n", 2}},
                 {{"\x01", 1}, {"\\u0001", 6}},
                 {{"\xff", 1}, {"\xef\xbf\xbd", 3}},
                 {{"🎉", 4}, {"🎉", 4}},
                 {{"\"\\", 2}, {"\\\"\\\\", 4}}};
    enum { LONGEST = 40, SIZE = 10000 };
    for (unsigned gap = 0; gap < LONGEST; gap++) {
        struct strbuf value, written, out;
        struct json_writer json;
        strbuf_init(&value, SIZE * 2);
        strbuf_init(&written, SIZE * 8);
        strbuf_init(&out, SIZE * 8);
        strbuf_add_byte(&written, '"');
        for (unsigned i = 0; value.size < SIZE; i++) {
            strbuf_add_repeat(&value, 'x', gap + i % 3);
            strbuf_add_repeat(&written, 'x', gap + i % 3);
            strbuf_add(&value, parts[i % 5].value);
            strbuf_add(&written, parts[i % 5].written);
        }
        strbuf_add_byte(&written, '"');
        json_init(&json, &out);
        json_string(&json, strbuf_str(&value));
        assert_true(str_equal(strbuf_str(&out), strbuf_str(&written)));
        strbuf_finish(&value);
        strbuf_finish(&written);
        strbuf_finish(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(malformed_bytes_become_replacement_characters),
        cmocka_unit_test(long_strings_are_escaped_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
