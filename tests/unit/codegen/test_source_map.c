/* A place of an output leads to the token of the source that it comes from, and back; in the JSON as well. */
#include "tests/unit/unit.h"

#include "codegen/vlq.h"
#include "parser/text/position.h"
#include "tests/unit/codegen/program.h"

#include <string.h>

/* Names in the order of the source, with characters of two and four bytes before them on their lines. */
static const char *const sources[] = {
    "shared {\n"
    "  type User { id: Int, name: String }\n"
    "  fn label(user, suffix = \"\xc3\xa9\") { \"\xf0\x9f\x98\x80 {user.name} {suffix}\" }\n"
    "}\n"
    "server {\n"
    "  fn find_user(id: Int) -> User { User(id, \"\xc3\xa9\xc3\xa9\") }\n"
    "  fn delete(class) { /* \xf0\x9f\x98\x80 */ class + 1 }\n"
    "}\n",
    "browser {\n"
    "  state users = [1, 2]\n"
    "  computed size = len(users) * 3\n"
    "  fn add(user) { users = [...users, user, server.find_user(42)] }\n"
    "  component App {\n"
    "    <p class=\"\xc3\xa9\" on:click={fn(e) add(e.target)}>{size} of {label(users)}</p>\n"
    "  }\n"
    "}\n",
    NULL,
};

static const struct emit_options options = {.base = STR_INIT("app")};

static struct str source_of(const struct output *output, const struct mapping *mapping) {
    return text_slice(output->map.sources.items[mapping->source].text, mapping->span);
}

static bool is_name_start(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/* Every mapped name is the source's name, or says what that is. */
static void mapped_names_are_the_names_of_the_source(void **state) {
    struct program_case c;
    unsigned names = 0;
    (void)state;
    program_emit(&c, sources, &options);
    for (uint32_t i = 0; i < c.emission.count; i++) {
        const struct output *output = &c.emission.outputs[i];
        struct str code = strbuf_str(&output->code);
        for (unsigned m = 0; m < output->map.mappings.count; m++) {
            const struct mapping *mapping = &output->map.mappings.items[m];
            if (mapping->length == 0 || !is_name_start(code.data[mapping->output])) {
                continue;
            }
            struct str text = str_slice(code, mapping->output, mapping->output + mapping->length);
            struct str expected = mapping->name.size > 0 ? mapping->name : text;
            if (!str_equal(source_of(output, mapping), expected)) {
                fprintf(stderr, "%.*s: %.*s\n", STR_ARGUMENTS(output->name), STR_ARGUMENTS(text));
            }
            assert_true(str_equal(source_of(output, mapping), expected));
            names++;
        }
    }
    assert_true(names > 40);
    program_end(&c);
}

static uint32_t find(struct str text, const char *part) {
    const char *found = strstr(text.data, part);
    assert_non_null(found);
    return (uint32_t)(found - text.data);
}

static void expect_round_trip(const struct output *output, const char *in_output, uint32_t source,
                              const char *in_source, const char *token) {
    struct str code = strbuf_str(&output->code);
    struct str text = text_str(output->map.sources.items[source].text);
    uint32_t at = find(code, in_output);
    const struct mapping *mapping = source_map_at_output(&output->map, code, at);
    assert_non_null(mapping);
    assert_int_equal(mapping->source, source);
    assert_int_equal(mapping->span.start, find(text, in_source));
    assert_str(source_of(output, mapping), token);
    const struct mapping *back = source_map_at_source(&output->map, source, mapping->span.start);
    assert_non_null(back);
    assert_true(span_equal(back->span, mapping->span));
}

static void tokens_lead_to_their_source_and_back(void **state) {
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    const struct output *client = emission_find(&c.emission, STR("client"));
    const struct output *server = emission_find(&c.emission, STR("server"));
    const struct output *shared = emission_find(&c.emission, STR("shared"));
    expect_round_trip(client, "size = createComputed", 1, "size = len", "size");
    expect_round_trip(client, "users()) * 3", 1, "users) * 3", "users");
    expect_round_trip(client, "3);", 1, "3\n", "3");
    expect_round_trip(client, "setUsers([...", 1, "users = [...", "users");
    expect_round_trip(client, "find_user(42)", 1, "find_user(42)", "find_user");
    expect_round_trip(client, "42)", 1, "42)", "42");
    expect_round_trip(client, "target)", 1, "target)", "target");
    expect_round_trip(client, "\"p\", {", 1, "p class", "p");
    expect_round_trip(server, "class_ + 1", 0, "class + 1", "class");
    expect_round_trip(server, "delete_(class_", 0, "delete(", "delete");
    expect_round_trip(shared, "User {", 0, "User { id", "User");
    expect_round_trip(shared, "user.name}", 0, "user.name}", "user");
    program_end(&c);
}

/* ---- the JSON, read by itself */

struct reader {
    struct str mappings;
    size_t at;
    uint32_t line;
    int64_t column, source, source_line, source_column, name;
};

static struct str json_field(struct str json, const char *start, char end) {
    uint32_t from = find(json, start) + (uint32_t)strlen(start);
    return str_slice(json, from, str_find(json, end, from));
}

/* The next segment; false at the end. */
static bool next_segment(struct reader *reader, bool *mapped) {
    while (reader->at < reader->mappings.size &&
           (reader->mappings.data[reader->at] == ';' || reader->mappings.data[reader->at] == ',')) {
        if (reader->mappings.data[reader->at++] == ';') {
            reader->line++;
            reader->column = 0;
        }
    }
    int64_t number;
    if (!vlq_read(reader->mappings, &reader->at, &number)) {
        return false;
    }
    reader->column += number;
    *mapped = false;
    int64_t *fields[] = {&reader->source, &reader->source_line, &reader->source_column, &reader->name};
    for (unsigned i = 0; i < 4 && reader->at < reader->mappings.size; i++) {
        char next = reader->mappings.data[reader->at];
        if (next == ',' || next == ';') {
            break;
        }
        assert_true(vlq_read(reader->mappings, &reader->at, &number));
        *fields[i] += number;
        *mapped = true;
    }
    return true;
}

static void the_json_says_the_same_in_utf16(void **state) {
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    const struct output *shared = emission_find(&c.emission, STR("shared"));
    struct strbuf json;
    strbuf_init(&json, 1 << 20);
    output_map_text(shared, STR("/app/.tova-out"), &json);
    struct str text = strbuf_str(&json);
    assert_str(json_field(text, "\"sources\":[", ']'), "\"../0.tova\"");
    assert_str(json_field(text, "\"file\":\"", '"'), "app.shared.js");

    struct text *code = text_create(strbuf_str(&shared->code));
    struct reader reader = {.mappings = json_field(text, "\"mappings\":\"", '"')};
    bool mapped;
    unsigned segments = 0;
    while (next_segment(&reader, &mapped)) {
        const struct mapping *mapping = &shared->map.mappings.items[segments++];
        struct position output = position_of(code, mapping->output, POSITION_UTF16);
        struct position source =
            position_of(shared->map.sources.items[mapping->source].text, mapping->span.start, POSITION_UTF16);
        assert_true(mapped);
        assert_int_equal(reader.line, output.line);
        assert_int_equal(reader.column, output.column);
        assert_int_equal(reader.source_line, source.line);
        assert_int_equal(reader.source_column, source.column);
    }
    assert_int_equal(segments, shared->map.mappings.count);
    text_unref(code);
    strbuf_finish(&json);
    program_end(&c);
}

static void an_unmapped_line_leads_nowhere(void **state) {
    struct program_case c;
    (void)state;
    program_emit(&c, sources, &options);
    const struct output *server = emission_find(&c.emission, STR("server"));
    struct str code = strbuf_str(&server->code);
    assert_null(source_map_at_output(&server->map, code, find(code, "const body = await")));
    assert_null(source_map_at_output(&server->map, code, 0));
    program_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mapped_names_are_the_names_of_the_source),
        cmocka_unit_test(tokens_lead_to_their_source_and_back),
        cmocka_unit_test(the_json_says_the_same_in_utf16),
        cmocka_unit_test(an_unmapped_line_leads_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
