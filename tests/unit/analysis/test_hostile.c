/* hostile: texts that nobody writes go through parsing, analysis and the messages on a stack of one megabyte. They end
 * in bounded time with bounded messages; the runner's timeout is what fails a text that takes too long. */
#include "analysis/analyze.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/syntax_errors.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
    NESTED = 100000,
    LINE_BYTES = 1024 * 1024,
    FILE_BYTES = 10 * 1024 * 1024,
    MOST_BYTES = 12 * 1024 * 1024,
    STACK_BYTES = 1024 * 1024,
};

struct outcome {
    struct str source;
    bool sound; /* without any error */
    uint32_t nodes, symbols, messages, all_messages;
};

static void *read_text(void *argument) {
    struct outcome *outcome = argument;
    struct syntax_parser *parser = syntax_parser_create();
    struct text *text = text_create(outcome->source);
    struct syntax_tree *tree = syntax_parse(parser, text);
    struct atom_table *atoms = atom_table_create();
    struct arena arena = {0};
    struct diagnostic_list messages = {0};
    syntax_errors_collect(&arena, tree, &messages);
    const struct file_analysis *file = analyze(&arena, atoms, STR("/hostile.tova"), tree);
    outcome->sound = !node_has_error(tree, NODE_ROOT);
    outcome->nodes = tree->count;
    outcome->symbols = file->symbols.count;
    outcome->messages = messages.list.count;
    outcome->all_messages = file->diagnostics.list.count;
    arena_finish(&arena);
    atom_table_destroy(atoms);
    syntax_tree_destroy(tree);
    text_unref(text);
    syntax_parser_destroy(parser);
    return NULL;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The source through every layer on a thread with a small stack. */
static struct outcome outcome_of(const char *what, struct str source) {
    struct outcome outcome = {.source = source};
    pthread_attr_t attributes;
    pthread_t thread;
    double start = seconds();
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, STACK_BYTES), 0);
    assert_int_equal(pthread_create(&thread, &attributes, read_text, &outcome), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    printf("# %s: %zu bytes, %.0f ms, %u nodes, %u messages\n", what, source.size, (seconds() - start) * 1000,
           outcome.nodes, outcome.all_messages);
    assert_true(outcome.nodes > NODE_ROOT);
    assert_true(outcome.sound || outcome.messages > 0);
    assert_in_range(outcome.messages, 0, LIMIT_DIAGNOSTICS);
    assert_in_range(outcome.all_messages, 0, LIMIT_DIAGNOSTICS);
    return outcome;
}

/* ---- depth */

struct nesting {
    const char *what, *before, *opened, *inside, *closed;
};

static void add_many(struct strbuf *source, const char *piece, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        strbuf_add_c(source, piece);
    }
}

static void nesting_of_every_kind_ends(void **state) {
    static const struct nesting all[] = {
        {"( )", "x = ", "(", "1", ")"},
        {"functions", "", "fn f(){", "1", "}\n"},
        {"elements", "x = ", "<a>", "t", "</a>"},
        {"( alone", "x = ", "(", "", ""},
        {"} alone", "", "}", "", ""},
        {"operators", "x = ", "-", "1", ""},
        {"interpolations", "x = ", "\"{", "1", "}\""},
        {"[ ]", "x = ", "[", "1", "]"},
        {"{ }", "x = ", "{a: ", "1", "}"},
        {"blocks", "", "if a {\n", "b\n", "}\n"},
        {"[ alone", "x = ", "[", "", ""},
        {"{ alone", "", "{", "", ""},
        {"< alone", "x = ", "<a>", "", ""},
    };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
        struct strbuf source;
        strbuf_init(&source, MOST_BYTES);
        strbuf_add_c(&source, all[i].before);
        add_many(&source, all[i].opened, NESTED);
        strbuf_add_c(&source, all[i].inside);
        add_many(&source, all[i].closed, NESTED);
        assert_false(source.overflow);
        outcome_of(all[i].what, strbuf_str(&source));
        strbuf_finish(&source);
    }
}

/* ---- size */

static void a_file_of_ten_megabytes_is_read_whole(void **state) {
    static const char piece[] = "fn add(first: Int, second = 2) -> Int {\n  return first + second\n}\n";
    static const char line[] =
        "// What people write about it is longer than what it does, as in most files of such a size.\n";
    struct strbuf source;
    strbuf_init(&source, MOST_BYTES);
    unsigned copies = 0;
    for (; source.size < FILE_BYTES; copies++) {
        strbuf_add_c(&source, piece);
        add_many(&source, line, 8);
    }
    struct outcome outcome = outcome_of("large file", strbuf_str(&source));
    assert_true(source.size >= FILE_BYTES);
    assert_true(outcome.sound);
    assert_true(outcome.symbols >= copies);
    strbuf_finish(&source);
}

static void a_line_of_a_megabyte_is_a_line(void **state) {
    static const char *const pieces[][3] = {
        {"x = [", "123456, ", "0]\n"}, {"x = \"", "abc ", "\"\n"}, {"x = \"", "abc ", "\n"},
        {"x = ", "name", "\n"},        {"// ", "word ", "\n"},     {"x = a", ".member", "\n"},
    };
    for (unsigned i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct strbuf source;
        strbuf_init(&source, MOST_BYTES);
        strbuf_add_c(&source, pieces[i][0]);
        add_many(&source, pieces[i][1], (unsigned)(LINE_BYTES / strlen(pieces[i][1])));
        strbuf_add_c(&source, pieces[i][2]);
        strbuf_add_c(&source, "fn behind() { 1 }\n");
        struct outcome outcome = outcome_of(pieces[i][1], strbuf_str(&source));
        assert_true(outcome.symbols > 1);
        strbuf_finish(&source);
    }
}

/* ---- bytes */

enum { COPIES = 4000 };

static void bytes_that_are_no_text_end(void **state) {
    static const struct str bytes[] = {
        STR_INIT("\0"),
        STR_INIT("\xff"),
        STR_INIT("\xc3"),
        STR_INIT("\xed\xa0\x80"),
        STR_INIT("\xf4\x90\x80\x80"),
        STR_INIT("\x80\x80"),
        STR_INIT("\"\0\xff"),
        STR_INIT("fn f\0() {\xff\n"),
        STR_INIT("<p>\0\xc3</p>"),
    };
    for (unsigned i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        struct strbuf source;
        strbuf_init(&source, MOST_BYTES);
        strbuf_add_c(&source, "fn before() { 1 }\n");
        for (unsigned k = 0; k < COPIES; k++) {
            strbuf_add(&source, bytes[i]);
        }
        struct outcome outcome = outcome_of("bytes", strbuf_str(&source));
        assert_true(outcome.symbols > 1);
        strbuf_finish(&source);
    }
}

/* The library of Debian 12 counts the children of a node in 16 bits: what would have more is given up, and says so. */
static void more_than_the_library_can_count_ends(void **state) {
    static const struct str pieces[] = {
        STR_INIT("fn f\0() {\xff\n"), STR_INIT("if "),       STR_INIT("fn f( "), STR_INIT("\"\"\"{\""),
        STR_INIT("@ ( # [ ] ) { "),    STR_INIT("/* a */ "), STR_INIT("- "),     STR_INIT("}\n)"),
    };
    for (unsigned i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct strbuf source;
        strbuf_init(&source, MOST_BYTES);
        for (unsigned k = 0; k < UINT16_MAX + 2; k++) {
            strbuf_add(&source, pieces[i]);
        }
        strbuf_add_c(&source, "\n@@@ )\n");
        struct outcome outcome = outcome_of("tokens", strbuf_str(&source));
        assert_false(outcome.sound);
        assert_true(outcome.messages > 0);
        strbuf_finish(&source);
    }
}

/* ---- line ends */

static struct outcome with_line_ends(struct str lines, const char *const ends[3]) {
    struct strbuf source;
    strbuf_init(&source, MOST_BYTES);
    unsigned line = 0;
    for (size_t i = 0; i < lines.size; i++) {
        if (lines.data[i] == '\n') {
            strbuf_add_c(&source, ends[line++ % 3]);
        } else {
            strbuf_add_byte(&source, lines.data[i]);
        }
    }
    struct outcome outcome = outcome_of("line ends", strbuf_str(&source));
    strbuf_finish(&source);
    return outcome;
}

static const char some_lines[] =
    "x = 1\ny = 2\n\nfn f(a) {\n  b = a\n\n  return b // of f\n}\n"
    "browser {\n  component A {\n    <p>\n      text {x}\n    </p>\n  }\n}\nz = [\n  1,\n  2\n]\n";

static void carriage_returns_before_line_feeds_change_nothing(void **state) {
    static const char *const ends[][3] = {{"\r\n", "\r\n", "\r\n"}, {"\n", "\r\n", "\n"}, {"\r\n", "\n", "\n"}};
    struct outcome first = with_line_ends(str_from_c(some_lines), (const char *const[3]){"\n", "\n", "\n"});
    assert_true(first.sound);
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct outcome outcome = with_line_ends(str_from_c(some_lines), ends[i]);
        assert_true(outcome.sound);
        assert_int_equal(outcome.nodes, first.nodes);
        assert_int_equal(outcome.symbols, first.symbols);
    }
}

/* The grammar takes a lone CR for white space, so only that these end is promised. */
static void carriage_returns_alone_end(void **state) {
    static const char *const ends[][3] = {{"\r", "\r", "\r"}, {"\n", "\r\n", "\r"}, {"\r", "\n", "\r\n"}};
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        with_line_ends(str_from_c(some_lines), ends[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_of_every_kind_ends),
        cmocka_unit_test(a_file_of_ten_megabytes_is_read_whole),
        cmocka_unit_test(a_line_of_a_megabyte_is_a_line),
        cmocka_unit_test(bytes_that_are_no_text_end),
        cmocka_unit_test(more_than_the_library_can_count_ends),
        cmocka_unit_test(carriage_returns_before_line_feeds_change_nothing),
        cmocka_unit_test(carriage_returns_alone_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
