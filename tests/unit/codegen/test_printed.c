/* An emission that takes over text of an earlier one is the same, mappings included, as one that takes over nothing. */
#include "tests/unit/unit.h"

#include "tests/unit/codegen/program.h"

#include <string.h>

#define HEAD "shared {\n  type User { id: Int, name: String }\n  fn label(user) { user.name }\n}\n"
#define BODY                                                                                                           \
    "browser {\n  state size = 1\n  fn more(class) { size += class } // behind it\n\n  // Above.\n"                     \
    "  fn less() { if size > 2 { size = server.find(size, \"a long text\", \"a second one\", [1, 2, 3], \"and more\") } }\n"  \
    "  component App { <p on:click={fn() more(2)}>{size}</p> }\n}\n"
#define SERVER "server {\n  fn find(id: Int, a, b, c, d) { id + 1 }\n}\n"

/* The states of a file, each an edit of the one before. */
static const char *const states[] = {
    HEAD SERVER BODY,
    "// Everything moves.\n\n" HEAD SERVER BODY,
    HEAD "server {\n  fn find(id: Int, a, b, c, d) { id + 22 }\n}\n" BODY,
    HEAD SERVER "browser {\n  state first = 0\n}\n" BODY,
    HEAD BODY SERVER,
    HEAD "server {\n  fn find(id: Int, a, b, c, d) { id + }\n}\n" BODY,
    "shared {\n  type User { id: Int, name: String }\n}\n" BODY,
    SERVER,
    HEAD SERVER BODY,
};

static void expect_same_output(const struct output *again, const struct output *fresh) {
    assert_true(str_equal(strbuf_str(&again->code), strbuf_str(&fresh->code)));
    assert_int_equal(again->map.mappings.count, fresh->map.mappings.count);
    for (unsigned i = 0; i < fresh->map.mappings.count; i++) {
        const struct mapping *left = &again->map.mappings.items[i];
        const struct mapping *right = &fresh->map.mappings.items[i];
        assert_int_equal(left->output, right->output);
        assert_int_equal(left->length, right->length);
        assert_int_equal(left->source, right->source);
        assert_true(span_equal(left->span, right->span));
        assert_true(str_equal(left->name, right->name));
    }
}

static void expect_same(const struct emission *again, const struct emission *fresh) {
    assert_int_equal(again->count, fresh->count);
    for (uint32_t i = 0; i < fresh->count; i++) {
        expect_same_output(&again->outputs[i], &fresh->outputs[i]);
    }
}

static void text_that_is_taken_over_is_what_would_be_printed(void **state) {
    static const struct emission nothing;
    struct program_case before = {.emission = nothing};
    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const char *const sources[] = {states[i], "shared {\n  fn other() { label(User(1, \"x\")) }\n}\n", NULL};
        struct emit_options options = {.base = STR("app")};
        struct program_case fresh;
        struct program_case again;
        program_emit(&fresh, sources, &options);
        options.before = &before.emission;
        program_emit(&again, sources, &options);
        expect_same(&again.emission, &fresh.emission);
        program_end(&fresh);
        if (i > 0) {
            program_end(&before);
        }
        before = again;
    }
    program_end(&before);
}

static uint64_t hash_of(const struct output *output, const char *start) {
    for (unsigned i = 0; i < output->printed.of.count; i++) {
        const struct printed *line = &output->printed.of.items[i];
        const char *found = strstr(output->code.data + line->code, start);
        if (found != NULL && found < output->code.data + line->code_end) {
            return line->hash;
        }
    }
    fail_msg("there is no line with %s", start);
    return 0;
}

/* What has only moved is known again, what says something else is not. */
static void only_what_says_the_same_is_known_again(void **state) {
    static const struct emission nothing;
    const struct emit_options options = {.base = STR("app"), .before = &nothing};
    const char *const first[] = {states[0], NULL}, *const moved[] = {states[1], NULL}, *const other[] = {states[2], NULL};
    struct program_case cases[3];
    (void)state;
    program_emit(&cases[0], first, &options);
    program_emit(&cases[1], moved, &options);
    program_emit(&cases[2], other, &options);
    const struct output *servers[3];
    for (int i = 0; i < 3; i++) {
        servers[i] = emission_find(&cases[i].emission, STR("server"));
    }
    assert_true(hash_of(servers[0], "function find(") == hash_of(servers[1], "function find("));
    assert_true(hash_of(servers[0], "function find(") != hash_of(servers[2], "function find("));
    for (int i = 0; i < 3; i++) {
        program_end(&cases[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_taken_over_is_what_would_be_printed),
        cmocka_unit_test(only_what_says_the_same_is_known_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
