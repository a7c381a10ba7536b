/* Names of outputs and of port variables (multi-server seed, "Named Server Blocks"). */
#include "tests/unit/unit.h"

#include "codegen/naming.h"

static void the_base_is_the_only_file_or_the_folder(void **state) {
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_str(naming_base(&arena, STR("/home/todo/main.tova"), 1), "main");
    assert_str(naming_base(&arena, STR("/home/todo/main.tova"), 2), "todo");
    arena_finish(&arena);
}

static void a_block_has_a_file(void **state) {
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_str(naming_file(&arena, STR("app"), BLOCK_MODULE, STR("")), "app.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_SHARED, STR("")), "app.shared.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_SERVER, STR("")), "app.server.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_SERVER, STR("api")), "app.server.api.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_BROWSER, STR("admin-2_x")), "app.client.admin-2_x.js");
    arena_finish(&arena);
}

static void what_no_file_system_takes_is_escaped(void **state) {
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_str(naming_file(&arena, STR("app"), BLOCK_SERVER, STR("../x")), "app.server.~2e~2e~2fx.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_SERVER, STR("a~20b")), "app.server.a~7e20b.js");
    assert_str(naming_file(&arena, STR("app"), BLOCK_SERVER, STR("über")), "app.server.über.js");
    arena_finish(&arena);
}

static void a_port_variable_has_a_place_for_each_character(void **state) {
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_str(naming_port_variable(&arena, STR("")), "PORT");
    assert_str(naming_port_variable(&arena, STR("api")), "PORT_API");
    assert_str(naming_port_variable(&arena, STR("Main-api 2")), "PORT_MAIN_API_2");
    assert_str(naming_port_variable(&arena, STR("caf\xC3\xA9\xC4\xB1\xF0\x9F\x98\x80x")), "PORT_CAF___X");
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_is_the_only_file_or_the_folder),
        cmocka_unit_test(a_block_has_a_file),
        cmocka_unit_test(what_no_file_system_takes_is_escaped),
        cmocka_unit_test(a_port_variable_has_a_place_for_each_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
