/* framing: messages do not depend on where the bytes were cut; broken headers end the stream, large bodies do not. */
#include "parser/base/limits.h"
#include "server/lsp/framing.h"
#include "tests/unit/unit.h"

#include <string.h>

#define TWO_MESSAGES                                                                                                   \
    "Content-Length: 7\r\n\r\n{\"a\":1}"                                                                               \
    "content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n{}"

static void expect_two(struct framing *framing, struct str first, struct str second, unsigned *seen) {
    struct str pieces[] = {first, second}, body;
    for (int i = 0; i < 2; i++) {
        framing_push(framing, pieces[i]);
        while (framing_next(framing, &body) == FRAMING_MESSAGE) {
            assert_str(body, (*seen)++ == 0 ? "{\"a\":1}" : "{}");
        }
    }
}

static void every_split_gives_the_same_messages(void **state) {
    struct str stream = STR(TWO_MESSAGES);
    for (size_t cut = 0; cut <= stream.size; cut++) {
        struct framing framing;
        unsigned seen = 0;
        framing_init(&framing);
        expect_two(&framing, str_slice(stream, 0, cut), str_slice(stream, cut, stream.size), &seen);
        assert_int_equal(seen, 2);
        framing_finish(&framing);
    }
}

static void one_byte_at_a_time_gives_the_same_messages(void **state) {
    struct str stream = STR(TWO_MESSAGES), body;
    struct framing framing;
    unsigned seen = 0;
    framing_init(&framing);
    for (size_t i = 0; i < stream.size; i++) {
        framing_push(&framing, str_slice(stream, i, i + 1));
        while (framing_next(&framing, &body) == FRAMING_MESSAGE) {
            assert_str(body, seen++ == 0 ? "{\"a\":1}" : "{}");
        }
    }
    assert_int_equal(seen, 2);
    framing_finish(&framing);
}

static void an_empty_body_is_a_message(void **state) {
    struct framing framing;
    struct str body = STR("x");
    framing_init(&framing);
    framing_push(&framing, STR("Content-Length: 0\r\n\r\n"));
    assert_int_equal(framing_next(&framing, &body), FRAMING_MESSAGE);
    assert_int_equal(body.size, 0);
    assert_int_equal(framing_next(&framing, &body), FRAMING_MORE);
    framing_finish(&framing);
}

/* What the stream holds, and a word of what is said about it. */
static const char *const broken[][2] = {
    {"Content-Length: 2\n\n{}", "carriage return"},
    {"Content-Length: 2\nX: y\r\n\r\n{}", "carriage return"},
    {"Content-Length: -1\r\n\r\n", "number"},
    {"Content-Length: 1e3\r\n\r\n", "number"},
    {"Content-Length: 9999999999999999\r\n\r\n", "number"},
    {"Content-Length:\r\n\r\n", "number"},
    {"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "twice"},
    {"Content-Type: application/json\r\n\r\n{}", "no Content-Length"},
    {"\r\n\r\n{}", "no Content-Length"},
    {"hello\r\n\r\n", "colon"},
    {"Content-Length: 2\r\nContent-Type: a/b; charset=latin1\r\n\r\n{}", "UTF-8"},
};

static void a_header_that_cannot_be_understood_breaks_the_stream(void **state) {
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct framing framing;
        struct str body;
        framing_init(&framing);
        framing_push(&framing, str_from_c(broken[i][0]));
        assert_int_equal(framing_next(&framing, &body), FRAMING_BROKEN);
        struct str problem = framing_problem(&framing);
        assert_non_null(strstr(problem.data, broken[i][1]));
        framing_push(&framing, STR("Content-Length: 2\r\n\r\n{}"));
        assert_int_equal(framing_next(&framing, &body), FRAMING_BROKEN);
        framing_finish(&framing);
    }
}

static void headers_without_end_are_refused(void **state) {
    struct framing framing;
    struct str body;
    framing_init(&framing);
    for (size_t sent = 0; sent <= LIMIT_HEADER_BYTES; sent += 10) {
        framing_push(&framing, STR("X-Header: "));
    }
    assert_int_equal(framing_next(&framing, &body), FRAMING_BROKEN);
    framing_finish(&framing);
}

static void a_body_beyond_the_limit_is_skipped(void **state) {
    struct framing framing;
    struct str body;
    static char bytes[1024 * 1024];
    framing_init(&framing);
    framing_push(&framing, STR("Content-Length: 269484032\r\n\r\n")); /* 257 MiB */
    assert_int_equal(framing_next(&framing, &body), FRAMING_TOO_LARGE);
    for (int i = 0; i < 257; i++) {
        framing_push(&framing, (struct str){bytes, sizeof bytes});
        assert_int_equal(framing_next(&framing, &body), FRAMING_MORE);
    }
    assert_true(framing.input.capacity < sizeof bytes);
    framing_push(&framing, STR("Content-Length: 2\r\n\r\n{}"));
    assert_int_equal(framing_next(&framing, &body), FRAMING_MESSAGE);
    assert_str(body, "{}");
    framing_finish(&framing);
}

static void what_is_written_is_read_back(void **state) {
    struct framing framing;
    struct strbuf out;
    struct str body;
    strbuf_init(&out, 1000);
    framing_init(&framing);
    framing_write(&out, STR("{\"text\":\"ä\"}"));
    assert_str(strbuf_str(&out), "Content-Length: 13\r\n\r\n{\"text\":\"ä\"}");
    framing_push(&framing, strbuf_str(&out));
    assert_int_equal(framing_next(&framing, &body), FRAMING_MESSAGE);
    assert_str(body, "{\"text\":\"ä\"}");
    framing_finish(&framing);
    strbuf_finish(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_split_gives_the_same_messages),
        cmocka_unit_test(one_byte_at_a_time_gives_the_same_messages),
        cmocka_unit_test(an_empty_body_is_a_message),
        cmocka_unit_test(a_header_that_cannot_be_understood_breaks_the_stream),
        cmocka_unit_test(headers_without_end_are_refused),
        cmocka_unit_test(a_body_beyond_the_limit_is_skipped),
        cmocka_unit_test(what_is_written_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
