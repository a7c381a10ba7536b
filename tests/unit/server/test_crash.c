/* crash: shapes of messages hold no text of the user's, whatever the message is. */
#include "server/crash.h"
#include "tests/unit/unit.h"

#include <string.h>

static void assert_shape(const char *json, const char *wanted) {
    char out[CRASH_MESSAGE_BYTES];
    uint32_t size = crash_shape(str_from_c(json), out, sizeof out);
    assert_str(((struct str){out, size}), wanted);
}

static void strings_become_their_length(void **state) {
    assert_shape("{\"a\":\"secret\",\"b\":[\"x\",\"\"],\"c\":12,\"d\":null}", "{\"a\":\"…6\",\"b\":[\"…1\",\"…0\"],\"c\":12,\"d\":null}");
    assert_shape("{\"method\":\"textDocument/hover\",\"id\":\"mine\"}", "{\"method\":\"textDocument/hover\",\"id\":\"…4\"}");
    assert_shape("{\"method\" : \"a\", \"x\" : \"b\"}", "{\"method\" : \"a\", \"x\" : \"…1\"}");
}

static void quotes_within_a_string_do_not_end_it(void **state) {
    assert_shape("[\"a\\\"b: secret\"]", "[\"…12\"]");
    assert_shape("[\"\\\\\",\"secret\"]", "[\"…2\",\"…6\"]");
    assert_shape("[\"\\\\\\\":\"]", "[\"…5\"]");
}

/* Of a string without an end two bytes are taken for quotes. */
static void what_is_no_json_shows_no_string_either(void **state) {
    assert_shape("", "");
    assert_shape("[\"secret", "[\"…5\"");
    assert_shape("[\"secret\\", "[\"…6\"");
}

/* Of a long message the beginning. */
static void a_long_message_is_cut(void **state) {
    char json[4096], out[64];
    memset(json, '1', sizeof json);
    assert_int_equal(crash_shape((struct str){json, sizeof json}, out, sizeof out), sizeof out);
    assert_memory_equal(out, json, sizeof out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_become_their_length),
        cmocka_unit_test(quotes_within_a_string_do_not_end_it),
        cmocka_unit_test(what_is_no_json_shows_no_string_either),
        cmocka_unit_test(a_long_message_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
