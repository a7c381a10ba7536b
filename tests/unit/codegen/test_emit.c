/* What a program becomes as a whole: which outputs, their names and ports, and what errors do to them. */
#include "tests/unit/unit.h"

#include "codegen/runtime.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"
#include "tests/unit/codegen/program.h"

#include <string.h>

static const struct emit_options options = {.base = STR_INIT("app")};

static struct str names_of_outputs(struct arena *arena, const struct emission *emission) {
    struct str names = STR("");
    for (uint32_t i = 0; i < emission->count; i++) {
        names = arena_printf(arena, "%.*s%.*s ", STR_ARGUMENTS(names), STR_ARGUMENTS(emission->outputs[i].name));
    }
    return names;
}

static void outputs_stand_in_the_order_of_their_kinds_and_ports(void **state) {
    static const char *const sources[] = {
        "browser \"admin\" { component App { <p>a</p> } }\nserver \"z\" { fn f() { 1 } }\nbrowser { state x = 1 }\n",
        "shared { type T { a: Int } }\nserver \"b\" { fn g() { 1 } }\nserver { fn h() { 1 } }\n",
        NULL,
    };
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    assert_str(names_of_outputs(&c.arena, &c.emission), "app.shared.js app.server.js app.server.z.js app.server.b.js "
                                                        "app.client.js app.client.admin.js ");
    assert_int_equal(c.emission.outputs[1].port, 3000);
    assert_int_equal(c.emission.outputs[2].port, 3001);
    assert_int_equal(c.emission.outputs[3].port, 3002);
    assert_str(c.emission.outputs[2].label, "server:z");
    assert_str(c.emission.outputs[4].label, "browser");
    program_end(&c);
}

static void blocks_with_different_names_have_different_files(void **state) {
    static const char *const sources[] = {
        "server \"a b\" { fn f() { 1 } }\nserver \"a_b\" { fn g() { 2 } }\n"
        "browser \"x/y\" { state n = 1 }\nbrowser \"x.y\" { state n = 1 }\n",
        NULL,
    };
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    assert_str(names_of_outputs(&c.arena, &c.emission),
               "app.server.a~20b.js app.server.a_b.js app.client.x~2fy.js app.client.x~2ey.js ");
    program_end(&c);
}

static void an_output_answers_to_all_its_names(void **state) {
    static const char *const sources[] = {"server \"api\" { fn f() { 1 } }\nbrowser { state x = 1 }\n", NULL};
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    const struct output *server = &c.emission.outputs[0];
    assert_ptr_equal(emission_find(&c.emission, STR("server.api")), server);
    assert_ptr_equal(emission_find(&c.emission, STR("server:api")), server);
    assert_ptr_equal(emission_find(&c.emission, STR("app.server.api.js")), server);
    assert_ptr_equal(emission_find(&c.emission, STR("client")), emission_find(&c.emission, STR("browser")));
    assert_non_null(emission_find(&c.emission, STR("client")));
    assert_null(emission_find(&c.emission, STR("server")));
    assert_null(emission_find(&c.emission, STR("shared")));
    program_end(&c);
}

static void ports_count_from_the_first(void **state) {
    static const char *const sources[] = {"server \"a\" { fn f() { 1 } }\nserver \"b\" { fn g() { 1 } }\n", NULL};
    struct emit_options from = {.base = STR("x"), .first_port = 4100};
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &from);
    assert_int_equal(c.emission.outputs[1].port, 4101);
    assert_non_null(strstr(c.emission.outputs[1].code.data, "port: 4101"));
    program_end(&c);
}

/* Emits `source` with one error at its "$" and says which outputs are broken. */
static void emit_with_error(const char *source, enum diagnostic_code code, bool *server, bool *client, bool *shared) {
    const char *sources[] = {source, NULL};
    uint32_t at = (uint32_t)(strchr(source, '$') - source);
    struct diagnostic error = {.code = code, .severity = SEVERITY_ERROR, .span = {at, at + 1}};
    struct diagnostic_list list = {{&error, 1, 1}};
    struct emit_options with_errors = {.base = STR("app"), .diagnostics = &list};
    struct program_case c;
    program_emit(&c, sources, &with_errors);
    *server = emission_find(&c.emission, STR("server"))->broken;
    *client = emission_find(&c.emission, STR("client"))->broken;
    *shared = emission_find(&c.emission, STR("shared"))->broken;
    program_end(&c);
}

static void an_error_breaks_the_outputs_of_its_block(void **state) {
    bool server, client, shared;
    (void)state;
    emit_with_error("shared { fn h() { 1 } }\nserver { fn f() { $1 } }\nbrowser { state x = 1 }\n",
                    DIAGNOSTIC_UNDEFINED_NAME, &server, &client, &shared);
    assert_true(server);
    assert_false(client);
    assert_false(shared);
    emit_with_error("shared { fn h() { 1 } }\nserver { fn f() { 1 } }\nbrowser { state x = $1 }\n", DIAGNOSTIC_SYNTAX,
                    &server, &client, &shared);
    assert_false(server);
    assert_true(client);
}

static void a_syntax_error_outside_of_blocks_breaks_every_block_of_its_file(void **state) {
    bool server, client, shared;
    (void)state;
    emit_with_error("shared { fn h() { 1 } }\nserver { fn f() { 1 } }\n\nx = $1\n\nbrowser { state y = 1 }\n",
                    DIAGNOSTIC_SYNTAX, &server, &client, &shared);
    assert_true(server && client && shared);
    emit_with_error("shared { fn h() { 1 } }\nserver { fn f() { 1 } }\n\nx = $1\n\nbrowser { state y = 1 }\n",
                    DIAGNOSTIC_UNDEFINED_NAME, &server, &client, &shared);
    assert_true(shared);
    assert_false(server || client);
}

static void a_block_with_a_syntax_error_says_so(void **state) {
    static const char *const sources[] = {"server { fn f() { 1 }\n fn g( { 2 }\n}\nbrowser { state x = 1 }\n", NULL};
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    const struct output *server = emission_find(&c.emission, STR("server"));
    assert_true(server->broken);
    assert_non_null(strstr(server->code.data, "// Not emitted: "));
    assert_non_null(strstr(server->code.data, "function f()"));
    assert_false(emission_find(&c.emission, STR("client"))->broken);
    program_end(&c);
}

static void the_same_sources_give_the_same_bytes(void **state) {
    static const char *const sources[] = {
        "shared { type A { x: Int } }\nserver { fn f(a: A) { [y for y in [1, 2] if y > a.x] } }\n"
        "browser { state n = 1\n component App { <p>{n} {server.f(n)}</p> } }\n",
        NULL,
    };
    struct program_case a, b;
    (void)state;
    program_emit(&a, sources, &options);
    program_emit(&b, sources, &options);
    assert_int_equal(a.emission.count, b.emission.count);
    for (uint32_t i = 0; i < a.emission.count; i++) {
        assert_true(str_equal(strbuf_str(&a.emission.outputs[i].code), strbuf_str(&b.emission.outputs[i].code)));
    }
    program_end(&a);
    program_end(&b);
}

static void a_file_names_its_map(void **state) {
    static const char *const sources[] = {"x = 1\n", NULL};
    struct program_case c;
    struct strbuf file;
    (void)state;
    program_emit(&c, sources, &options);
    strbuf_init(&file, 4096);
    output_file_text(&c.emission.outputs[0], &file);
    assert_str(strbuf_str(&file), "const x = 1;\n//# sourceMappingURL=app.js.map\n");
    strbuf_finish(&file);
    program_end(&c);
}

/* Nesting beyond the limit becomes a comment and not a crash. */
static void deep_nesting_is_given_up(void **state) {
    enum { DEPTH = 20000 };
    static char text[DEPTH * 2 + 16];
    const char *const sources[] = {text, NULL};
    struct program_case c;
    (void)state;
    memcpy(text, "x = ", 4);
    memset(text + 4, '(', DEPTH);
    text[4 + DEPTH] = '1';
    memset(text + 5 + DEPTH, ')', DEPTH);
    program_emit(&c, sources, &options);
    assert_int_equal(c.emission.count, 1);
    memset(text + 4, '[', DEPTH);
    memset(text + 5 + DEPTH, ']', DEPTH);
    program_end(&c);
    program_emit(&c, sources, &options);
    assert_true(c.emission.outputs[0].broken);
    program_end(&c);
}

static void the_runtime_is_closed_under_its_imports(void **state) {
    (void)state;
    for (unsigned i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        struct runtime_set closure = runtime_closure(runtime_only((enum runtime_module)i));
        struct str text = runtime_file_text((enum runtime_module)i);
        struct runtime_set again = runtime_closure(closure);
        assert_true(text.size > 0 && runtime_has(closure, (enum runtime_module)i));
        assert_memory_equal(&closure, &again, sizeof closure);
        /* Each file that the text imports is in the closure. */
        for (unsigned k = 0; k < RUNTIME_MODULE_COUNT; k++) {
            char import[128];
            struct str file = runtime_file_name((enum runtime_module)k);
            snprintf(import, sizeof import, "from \"./%.*s\"", STR_ARGUMENTS(file));
            bool imported = strstr(text.data, import) != NULL;
            assert_true(!imported || runtime_has(closure, (enum runtime_module)k));
            assert_true(!imported || !runtime_is_for_browser((enum runtime_module)i) ||
                        runtime_is_for_browser((enum runtime_module)k));
        }
    }
}

/* The runner's timeout is what fails a walk over all names for each of them. */
static void names_among_very_many_others_are_told_apart(void **state) {
    enum { NAMES = 400000, SOURCE_BYTES = 16 * 1024 * 1024 };
    struct program_case c;
    struct strbuf source;
    char line[64];
    (void)state;
    strbuf_init(&source, SOURCE_BYTES);
    strbuf_add_c(&source, "fn count(shown) {\nfor shown in [shown] {\n");
    for (unsigned i = 0; i < NAMES; i++) {
        snprintf(line, sizeof line, "name%u = %u\n", i, i);
        strbuf_add_c(&source, line);
    }
    strbuf_add_c(&source, "print(shown, name7)\n}\n}\n");
    assert_false(source.overflow);
    program_emit(&c, (const char *const[]){source.data, NULL}, &options);
    const char *code = c.emission.outputs[0].code.data;
    assert_non_null(strstr(code, "for (const shown2 of [shown]) {"));
    assert_non_null(strstr(code, "const name399999 = 399999;"));
    assert_non_null(strstr(code, "print(shown2, name7);"));
    program_end(&c);
    strbuf_finish(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_stand_in_the_order_of_their_kinds_and_ports),
        cmocka_unit_test(blocks_with_different_names_have_different_files),
        cmocka_unit_test(an_output_answers_to_all_its_names),
        cmocka_unit_test(ports_count_from_the_first),
        cmocka_unit_test(an_error_breaks_the_outputs_of_its_block),
        cmocka_unit_test(a_syntax_error_outside_of_blocks_breaks_every_block_of_its_file),
        cmocka_unit_test(a_block_with_a_syntax_error_says_so),
        cmocka_unit_test(the_same_sources_give_the_same_bytes),
        cmocka_unit_test(a_file_names_its_map),
        cmocka_unit_test(deep_nesting_is_given_up),
        cmocka_unit_test(the_runtime_is_closed_under_its_imports),
        cmocka_unit_test(names_among_very_many_others_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
