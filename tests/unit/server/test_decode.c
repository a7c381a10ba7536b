/* decode: the tables of the methods' parameters against messages as clients send them, right and wrong. */
#include "server/lsp/jsonrpc.h"
#include "server/lsp/params.h"
#include "tests/unit/unit.h"

#include <string.h>

struct decoded {
    struct arena arena;
    struct message message;
    struct str problem;
    bool ok;
};

static void decode(struct decoded *decoded, const char *params, const struct decode_table *table, void *target) {
    memset(decoded, 0, sizeof *decoded);
    struct str body = arena_printf(&decoded->arena, "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":%s}", params);
    message_parse(&decoded->message, &decoded->arena, body);
    assert_int_equal(decoded->message.kind, MESSAGE_NOTIFICATION);
    decoded->ok = decode_object(&decoded->arena, decoded->message.params, table, target, &decoded->problem);
}

static void finish(struct decoded *decoded) {
    message_finish(&decoded->message);
    arena_finish(&decoded->arena);
}

static void changes_come_in_order_with_and_without_range(void **state) {
    struct decoded decoded;
    struct changes_params params = {0};
    decode(&decoded,
           "{\"textDocument\":{\"uri\":\"file:///a\",\"version\":7},\"contentChanges\":["
           "{\"range\":{\"start\":{\"line\":1,\"character\":2},\"end\":{\"line\":3,\"character\":4}},\"rangeLength\":9,"
           "\"text\":\"x\"},{\"text\":\"all\"}]}",
           &params_changes, &params);
    assert_true(decoded.ok);
    const struct change_params *changes = params.changes.items;
    assert_int_equal(params.changes.count, 2);
    assert_int_equal(params.version, 7);
    assert_true(changes[0].has_range);
    assert_int_equal(changes[0].range.start.line, 1);
    assert_int_equal(changes[0].range.end.column, 4);
    assert_str(changes[0].text, "x");
    assert_false(changes[1].has_range);
    assert_str(changes[1].text, "all");
    finish(&decoded);
}

static void what_is_absent_or_null_stays_as_it_was(void **state) {
    struct decoded decoded;
    struct initialize_params params = {.process_id = 5};
    decode(&decoded, "{\"processId\":null,\"rootUri\":null,\"workspaceFolders\":null,\"capabilities\":{}}",
           &params_initialize, &params);
    assert_true(decoded.ok);
    assert_int_equal(params.process_id, 5);
    assert_int_equal(params.folders.count, 0);
    assert_false(params.has_settings);
    assert_false(params.snippets);
    finish(&decoded);
}

static void capabilities_are_found_where_they_stand(void **state) {
    struct decoded decoded;
    struct initialize_params params = {0};
    decode(&decoded,
           "{\"processId\":42,\"workspaceFolders\":[{\"uri\":\"file:///w\",\"name\":\"w\"}],\"capabilities\":{"
           "\"general\":{\"positionEncodings\":[\"utf-16\",7,\"utf-8\"]},\"textDocument\":{\"completion\":{"
           "\"completionItem\":{\"snippetSupport\":true,\"labelDetailsSupport\":true}}}},"
           "\"initializationOptions\":{\"compileOnSave\":\"off\",\"trusted\":false}}",
           &params_initialize, &params);
    assert_true(decoded.ok);
    assert_int_equal(params.process_id, 42);
    assert_int_equal(params.encodings.count, 2);
    assert_str(((const struct str *)params.encodings.items)[1], "utf-8");
    assert_str(((const struct folder_params *)params.folders.items)[0].uri, "file:///w");
    assert_true(params.snippets && params.label_details && params.has_settings);
    assert_str(params.settings.compile_on_save, "off");
    assert_true(params.settings.has_trusted && !params.settings.trusted);
    finish(&decoded);
}

static void wrong_params_are_refused_by_name(void **state) {
    static const struct {
        const char *params, *problem;
    } cases[] = {
        {"{}", "`textDocument.uri` is missing."},
        {"[1,2]", "`textDocument.uri` is missing."},
        {"{\"textDocument\":\"x\"}", "`textDocument.uri` is missing."},
        {"{\"textDocument\":{\"uri\":5}}", "`textDocument.uri` has the wrong type."},
        {"{\"textDocument\":{\"URI\":\"a\"}}", "`textDocument.uri` is missing."},
        {"{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":-1,\"character\":0}}",
         "`position.line` has the wrong type."},
        {"{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":1.5,\"character\":0}}",
         "`position.line` has the wrong type."},
        {"{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":0,\"character\":1e400}}",
         "`position.character` has the wrong type."},
        {"{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":0,\"character\":2147483648}}",
         "`position.character` has the wrong type."},
        {"{\"textDocument\":{\"uri\":\"a\"},\"position\":{\"line\":0}}", "`position.character` is missing."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decoded decoded;
        struct place_params params = {0};
        decode(&decoded, cases[i].params, &params_place, &params);
        assert_false(decoded.ok);
        assert_str(decoded.problem, cases[i].problem);
        finish(&decoded);
    }
}

static void a_wrong_element_of_an_array_is_refused_by_name(void **state) {
    struct decoded decoded;
    struct changes_params params = {0};
    decode(&decoded, "{\"textDocument\":{\"uri\":\"a\"},\"contentChanges\":[{\"text\":\"x\"},{}]}", &params_changes,
           &params);
    assert_false(decoded.ok);
    assert_str(decoded.problem, "`text` is missing.");
    finish(&decoded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_come_in_order_with_and_without_range),
        cmocka_unit_test(what_is_absent_or_null_stays_as_it_was),
        cmocka_unit_test(capabilities_are_found_where_they_stand),
        cmocka_unit_test(wrong_params_are_refused_by_name),
        cmocka_unit_test(a_wrong_element_of_an_array_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
