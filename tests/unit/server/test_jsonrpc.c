/* jsonrpc: envelopes, ids as they came, and the inputs that cJSON alone reads wrong. */
#include "parser/text/position.h"
#include "server/lsp/decode.h"
#include "server/lsp/jsonrpc.h"
#include "tests/unit/unit.h"

#include <string.h>

struct parsed {
    struct arena arena;
    struct message message;
};

static void parse(struct parsed *parsed, struct str body) {
    memset(parsed, 0, sizeof *parsed);
    message_parse(&parsed->message, &parsed->arena, body);
}

static void finish(struct parsed *parsed) {
    message_finish(&parsed->message);
    arena_finish(&parsed->arena);
}

static void expect_id(const char *body, const char *id) {
    struct parsed parsed;
    parse(&parsed, str_from_c(body));
    assert_int_equal(parsed.message.kind, MESSAGE_REQUEST);
    assert_str(parsed.message.id, id);
    finish(&parsed);
}

static void ids_are_kept_as_they_came(void **state) {
    expect_id("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}", "1");
    expect_id("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\" : 9007199254740993 }", "9007199254740993");
    expect_id("{\"id\":12345678901234567890,\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "12345678901234567890");
    expect_id("{\"id\":\"a \\\"quoted\\\" }\",\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "\"a \\\"quoted\\\" }\"");
    expect_id("{\"id\":-5,\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "-5");
}

static void ids_inside_the_params_are_not_the_id(void **state) {
    expect_id("{\"params\":{\"id\":7,\"x\":[{\"id\":8}]},\"jsonrpc\":\"2.0\",\"method\":\"id\",\"id\":3}", "3");
    expect_id("{\"params\":{\"text\":\"\\\"id\\\":9\"},\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":4}", "4");
}

static void kinds_are_told_apart(void **state) {
    static const struct {
        const char *body;
        enum message_kind kind;
        int error;
    } cases[] = {
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", MESSAGE_NOTIFICATION, 0},
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null}", MESSAGE_NOTIFICATION, 0},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", MESSAGE_RESPONSE, 0},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}", MESSAGE_RESPONSE, 0},
        {"{\"jsonrpc\":\"2.0\",\"id\":1}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"id\":1,\"method\":\"m\"}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"JSONRPC\":\"2.0\",\"Method\":\"m\"}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"jsonrpc\":\"2.0\",\"method\":5}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":5}", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"[{\"jsonrpc\":\"2.0\",\"method\":\"m\"}]", MESSAGE_INVALID, RPC_INVALID_REQUEST},
        {"", MESSAGE_INVALID, RPC_PARSE_ERROR},
        {"{", MESSAGE_INVALID, RPC_PARSE_ERROR},
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\"} x", MESSAGE_INVALID, RPC_PARSE_ERROR},
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\"} \r\n\t", MESSAGE_NOTIFICATION, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed;
        parse(&parsed, str_from_c(cases[i].body));
        assert_int_equal(parsed.message.kind, cases[i].kind);
        assert_int_equal(parsed.message.error, cases[i].error);
        finish(&parsed);
    }
}

static void deep_nesting_is_refused_and_does_no_harm(void **state) {
    static char deep[200000];
    memset(deep, '[', sizeof deep);
    struct parsed parsed;
    parse(&parsed, (struct str){deep, sizeof deep});
    assert_int_equal(parsed.message.error, RPC_PARSE_ERROR);
    finish(&parsed);
}

struct text_params {
    struct str text;
};

/* Decodes `{"text": "<json>"}` inside a message; the result lives in `parsed`. */
static struct str decoded(struct parsed *parsed, const char *json, size_t size) {
    static const struct decode_field rows[] = {
        {"text", DECODE_STRING, DECODE_REQUIRED, offsetof(struct text_params, text), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct text_params, rows);
    struct text_params params = {0};
    struct str problem = {0};
    struct arena arena = {0};
    struct str head = STR("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"text\":\"");
    struct str body = arena_concat(&arena, arena_concat(&arena, head, (struct str){json, size}), STR("\"}}"));
    parse(parsed, body);
    assert_int_equal(parsed->message.kind, MESSAGE_NOTIFICATION);
    assert_true(decode_object(&parsed->arena, parsed->message.params, &table, &params, &problem));
    arena_finish(&arena);
    return params.text;
}

static void expect_text(const char *json, const char *bytes, size_t size) {
    struct parsed parsed;
    struct str text = decoded(&parsed, json, strlen(json));
    assert_int_equal(text.size, size);
    assert_memory_equal(text.data, bytes, size);
    finish(&parsed);
}

static void strings_that_cjson_alone_would_lose_arrive_whole(void **state) {
    expect_text("a\\u0000b", "a\0b", 3);
    expect_text("\\u0000\\u0000", "\0\0", 2);
    expect_text("half \\ud83d pair", "half \xef\xbf\xbd pair", 13);
    expect_text("\\udc00\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd", 6);
    expect_text("\\ud83c\\udf89", "\xf0\x9f\x8e\x89", 4);
    expect_text("\\ud83d\\ud83c\\udf89", "\xef\xbf\xbd\xf0\x9f\x8e\x89", 7);
    expect_text("bytes \xff\xc0\x80 end", "bytes \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd end", 19);
    expect_text("a backslash \\\\ud83d", "a backslash \\ud83d", 18);
    expect_text("\xc3\xa4\\n\\t\\\"", "\xc3\xa4\n\t\"", 5);
}

static void a_raw_nul_is_no_json(void **state) {
    struct parsed parsed;
    parse(&parsed, STR("{\"jsonrpc\":\"2.0\",\"method\":\"a\0b\"}"));
    assert_int_equal(parsed.message.error, RPC_PARSE_ERROR);
    finish(&parsed);
}

static void clean_bodies_are_not_copied(void **state) {
    struct arena arena = {0};
    struct str body = STR("{\"text\":\"\xc3\xa4 \\n\"}");
    assert_ptr_equal(message_sanitise(&arena, body).data, body.data);
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_kept_as_they_came),
        cmocka_unit_test(ids_inside_the_params_are_not_the_id),
        cmocka_unit_test(kinds_are_told_apart),
        cmocka_unit_test(deep_nesting_is_refused_and_does_no_harm),
        cmocka_unit_test(strings_that_cjson_alone_would_lose_arrive_whole),
        cmocka_unit_test(a_raw_nul_is_no_json),
        cmocka_unit_test(clean_bodies_are_not_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
