/* syntax_errors: sources with the diagnostics that they must give, written under the places they point at.
 *
 *   === title of the case
 *     x = f(1          source, indented by two blanks
 *   !      ^ E004 …    a diagnostic of the line above: `^` for each character of its span; then, if it has them,
 *   !      ~ …         the related place, on the line where that is, and
 *   !      + …         the fix: the title and, behind a `:`, the replacement if there is one, its line end as ⏎
 *
 * Each source must give the same with CR and with CR LF at its line ends.
 *
 * `test_syntax_errors --update FILE...`, or TOVA_UPDATE in the environment, writes what is into the files.
 */
#include "parser/base/strbuf.h"
#include "parser/base/utf.h"
#include "parser/syntax/syntax_errors.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

static bool update;

/* ---- what is: a source with its diagnostics */

/* A line end as a sign. */
static struct str on_one_line(struct arena *arena, struct str text) {
    size_t end = str_find(text, '\n', 0);
    return end == text.size ? text
                            : arena_printf(arena, "%.*s⏎%.*s", (int)end, text.data, (int)(text.size - end - 1),
                                           text.data + end + 1);
}

static void print_mark(const struct text *text, struct span span, char sign, struct str said, struct strbuf *out) {
    struct span line = text_line(text, text_line_of(text, span.start));
    if (span.end > line.end) {
        span.end = line.end;
    }
    size_t width = utf_utf32_length(text_slice(text, span));
    strbuf_add_c(out, "! ");
    strbuf_add_repeat(out, ' ', utf_utf32_length(text_slice(text, (struct span){line.start, span.start})));
    strbuf_add_repeat(out, sign, width > 0 ? width : 1);
    strbuf_printf(out, " %.*s\n", STR_ARGUMENTS(said));
}

static void print_diagnostic(struct arena *arena, const struct text *text, const struct diagnostic *diagnostic,
                             uint32_t line, struct strbuf *out) {
    if (text_line_of(text, diagnostic->span.start) == line) {
        struct str code = diagnostic_code_name(diagnostic->code);
        print_mark(text, diagnostic->span, '^',
                   arena_printf(arena, "%.*s %.*s", STR_ARGUMENTS(code), STR_ARGUMENTS(diagnostic->message)), out);
    }
    if (diagnostic->related.message.size != 0 && text_line_of(text, diagnostic->related.span.start) == line) {
        print_mark(text, diagnostic->related.span, '~', diagnostic->related.message, out);
    }
    if (diagnostic->fix.title.size != 0 && text_line_of(text, diagnostic->fix.span.start) == line) {
        struct str said = diagnostic->fix.title;
        if (diagnostic->fix.replacement.size != 0) {
            said = arena_printf(arena, "%.*s: %.*s", STR_ARGUMENTS(said),
                                STR_ARGUMENTS(on_one_line(arena, diagnostic->fix.replacement)));
        }
        print_mark(text, diagnostic->fix.span, '+', said, out);
    }
}

static void print_source(struct syntax_parser *parser, struct str source, struct strbuf *out) {
    struct arena arena = {0};
    struct diagnostic_list found = {0};
    struct text *text = text_create(source);
    struct syntax_tree *tree = syntax_parse(parser, text);
    syntax_errors_collect(&arena, tree, &found);
    uint32_t lines = text_line_count(text);
    for (uint32_t line = 0; line < lines; line++) {
        struct str bytes = text_slice(text, text_line(text, line));
        if (line + 1 < lines || bytes.size != 0) {
            strbuf_printf(out, "%s%.*s\n", bytes.size != 0 ? "  " : "", STR_ARGUMENTS(bytes));
        }
        for (unsigned i = 0; i < found.list.count; i++) {
            print_diagnostic(&arena, text, &found.list.items[i], line, out);
        }
    }
    syntax_tree_destroy(tree);
    text_unref(text);
    arena_finish(&arena);
}

/* What `source` gives with other line ends, which is printed with LF. */
static void print_with_ends(struct syntax_parser *parser, struct str source, const char *end, struct strbuf *out) {
    struct strbuf changed;
    strbuf_init(&changed, MOST_BYTES);
    for (size_t from = 0; from < source.size;) {
        size_t line_end = str_find(source, '\n', from);
        strbuf_add(&changed, str_slice(source, from, line_end));
        strbuf_add_c(&changed, line_end < source.size ? end : "");
        from = line_end + 1;
    }
    print_source(parser, strbuf_str(&changed), out);
    strbuf_finish(&changed);
}

static void print_case(struct syntax_parser *parser, struct str source, struct strbuf *out) {
    static const char *const ends[] = {"\r", "\r\n"};
    size_t before = out->size;
    print_source(parser, source, out);
    for (unsigned i = 0; i < 2; i++) {
        struct strbuf other;
        strbuf_init(&other, MOST_BYTES);
        print_with_ends(parser, source, ends[i], &other);
        struct str said = strbuf_str(out);
        if (!str_equal(str_slice(said, before, said.size), strbuf_str(&other))) {
            fprintf(stderr, "with other line ends (%u):\n%.*sinstead of\n%.*s", i, STR_ARGUMENTS(strbuf_str(&other)),
                    STR_ARGUMENTS(str_slice(said, before, said.size)));
            fail();
        }
        strbuf_finish(&other);
    }
}

/* ---- the files */

static struct str next_line(struct str text, size_t *from) {
    size_t end = str_find(text, '\n', *from);
    struct str line = str_slice(text, *from, end);
    *from = end + 1;
    return line;
}

/* Writes what the whole file should say. */
static unsigned print_file(struct str text, struct strbuf *out) {
    struct syntax_parser *parser = syntax_parser_create();
    struct strbuf source;
    strbuf_init(&source, MOST_BYTES);
    unsigned cases = 0;
    for (size_t from = 0; from < text.size;) {
        struct str line = next_line(text, &from);
        bool title = str_starts_with(line, STR("==="));
        if (title) {
            strbuf_add(out, line);
            strbuf_add_byte(out, '\n');
            cases++;
        } else if (str_starts_with(line, STR("  "))) {
            strbuf_add(&source, str_slice(line, 2, line.size));
            strbuf_add_byte(&source, '\n');
        } else if (line.size == 0) {
            strbuf_add_byte(&source, '\n');
        }
        if (from >= text.size || str_starts_with(str_slice(text, from, text.size), STR("==="))) {
            print_case(parser, strbuf_str(&source), out);
            strbuf_clear(&source);
        }
    }
    strbuf_finish(&source);
    syntax_parser_destroy(parser);
    return cases;
}

static void write_file(const char *path, struct str content) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data, 1, content.size, file), content.size);
    assert_int_equal(fclose(file), 0);
}

static void print_difference(struct str expected, struct str actual) {
    size_t from = 0;
    size_t other = 0;
    while (from < expected.size && other < actual.size) {
        struct str a = next_line(expected, &from);
        struct str b = next_line(actual, &other);
        if (str_equal(a, b)) {
            continue;
        }
        fprintf(stderr, "expected %.*s\nis       %.*s\n", STR_ARGUMENTS(a), STR_ARGUMENTS(b));
        return;
    }
}

static void says_what_the_file_says(void **state) {
    const char *path = *state;
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct str expected = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    struct strbuf actual;
    strbuf_init(&actual, MOST_BYTES);
    unsigned cases = print_file(expected, &actual);
    assert_true(cases > 0);
    bool same = str_equal(expected, strbuf_str(&actual));
    if (!same && update) {
        write_file(path, strbuf_str(&actual));
    } else if (!same) {
        print_difference(expected, strbuf_str(&actual));
    }
    strbuf_finish(&actual);
    assert_true(same || update);
}

int main(int count, char **arguments) {
    bool option = count > 1 && strcmp(arguments[1], "--update") == 0;
    int first = option ? 2 : 1;
    update = option || getenv("TOVA_UPDATE") != NULL;
    if (first >= count) {
        return EXIT_FAILURE;
    }
    size_t files = (size_t)(count - first);
    struct CMUnitTest *tests = calloc(files, sizeof *tests);
    if (tests == NULL) {
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < files; i++) {
        char *path = arguments[first + (int)i];
        const char *slash = strrchr(path, '/');
        tests[i] = (struct CMUnitTest){slash != NULL ? slash + 1 : path, says_what_the_file_says, NULL, NULL, path};
    }
    int failed = _cmocka_run_group_tests("syntax_errors", tests, files, NULL, NULL);
    free(tests);
    return failed;
}
