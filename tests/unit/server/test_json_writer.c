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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(malformed_bytes_become_replacement_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
