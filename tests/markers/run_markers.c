/* Runs marked sources (README.md beside this file): cases of small packages with their diagnostics written into the text.
 * Parsing of the case files and the comparison are here; listings are in listings.c. */
#include "tests/markers/listings.h"

#include "analysis/analyze.h"
#include "analysis/check.h"
#include "parser/base/strbuf.h"
#include "parser/base/xalloc.h"

#define OPEN "\xC2\xAB"      /* « */
#define CLOSE "\xC2\xBB"     /* » */
#define BAR "\xC2\xA6"       /* ¦ */
#define ARROW "\xE2\x87\x92" /* ⇒ */

enum { MAXIMUM = 64 * 1024 * 1024 };

struct expectation {
    struct span span;
    struct str code, part, replacement;
    bool fixed, met;
};

struct source {
    struct str path, clean;
    VEC(struct expectation) expected;
    struct file_analysis *analysis;
    struct syntax_tree *tree;
};

struct section {
    struct str name, text;
};

struct test_case {
    struct str name;
    VEC(struct source) sources;
    VEC(struct section) sections;
};

struct run {
    struct arena arena; /* of the file of cases */
    struct strbuf problems;
    struct strbuf updated;
    bool update;
    unsigned number, failed;
};

/* ---- reading */

static bool starts_with_at(struct str text, size_t at, const char *prefix) {
    return str_starts_with(str_slice(text, at, text.size), str_from_c(prefix));
}

static struct str until(struct str text, const char *mark, struct str *rest) {
    for (size_t i = 0; i < text.size; i++) {
        if (starts_with_at(text, i, mark)) {
            *rest = str_slice(text, i + str_from_c(mark).size, text.size);
            return str_slice(text, 0, i);
        }
    }
    *rest = (struct str){0};
    return text;
}

/* "CODE part ⇒ replacement" */
static struct expectation parse_expectation(struct str text, struct span span) {
    struct str rest;
    struct expectation expectation = {.span = span};
    struct str before = until(text, ARROW, &rest);
    expectation.fixed = before.size != text.size;
    expectation.replacement = str_trim(rest);
    expectation.code = until(str_trim(before), " ", &rest);
    expectation.part = str_trim(rest);
    return expectation;
}

static void add_expectations(struct run *run, struct source *source, struct str notes, struct span span) {
    while (notes.size > 0) {
        struct str note = until(notes, BAR, &notes);
        vec_push(&run->arena, &source->expected, parse_expectation(note, span));
    }
}

/* Removes the marks of a text, remembering what they expect. */
static struct source parse_source(struct run *run, struct str path, struct str text) {
    struct source source = {.path = path};
    struct strbuf clean;
    uint32_t starts[32];
    unsigned depth = 0;
    strbuf_init(&clean, MAXIMUM);
    for (size_t i = 0; i < text.size;) {
        if (starts_with_at(text, i, OPEN) && depth < 32) {
            starts[depth++] = (uint32_t)clean.size;
            i += 2;
        } else if (starts_with_at(text, i, BAR) && depth > 0) {
            struct str rest;
            struct str notes = until(str_slice(text, i + 2, text.size), CLOSE, &rest);
            add_expectations(run, &source, notes, (struct span){starts[--depth], (uint32_t)clean.size});
            i = text.size - rest.size;
        } else {
            strbuf_add_byte(&clean, text.data[i++]);
        }
    }
    source.clean = arena_str(&run->arena, strbuf_str(&clean));
    strbuf_finish(&clean);
    return source;
}

/* "-- name --" as a line: writes the name. */
static bool heading(struct str line, struct str *name) {
    line = str_trim(line);
    if (line.size < 7 || !str_starts_with(line, STR("-- ")) || !str_ends_with(line, STR(" --"))) {
        return false;
    }
    *name = str_slice(line, 3, line.size - 3);
    return true;
}

static void finish_part(struct run *run, struct test_case *test, struct str name, struct str text) {
    if (name.size == 0) {
        return;
    }
    if (str_find(name, '.', 0) < name.size) {
        vec_push(&run->arena, &test->sources, parse_source(run, name, text));
    } else {
        vec_push(&run->arena, &test->sections, (struct section){name, text});
    }
}

static struct test_case parse_case(struct run *run, struct str name, struct str text) {
    struct test_case test = {.name = name};
    struct str part = {0};
    struct str rest = text;
    size_t start = 0;
    while (rest.size > 0) {
        size_t at = (size_t)(rest.data - text.data);
        struct str next;
        struct str found;
        struct str line = until(rest, "\n", &next);
        if (heading(line, &found)) {
            finish_part(run, &test, part, str_slice(text, start, at));
            part = found;
            start = next.data == NULL ? text.size : (size_t)(next.data - text.data);
        }
        rest = next;
    }
    finish_part(run, &test, part, str_slice(text, start, text.size));
    return test;
}

/* ---- comparing */

static bool meets(const struct expectation *expected, const struct diagnostic *actual) {
    bool part = expected->part.size == 0;
    for (size_t i = 0; !part && i + expected->part.size <= actual->message.size; i++) {
        part = str_equal(str_slice(actual->message, i, i + expected->part.size), expected->part);
    }
    bool fix = !expected->fixed ||
               (actual->fix.title.size > 0 && str_equal(str_trim(actual->fix.replacement), expected->replacement));
    return !expected->met && part && fix && span_equal(expected->span, actual->span) &&
           str_equal(expected->code, diagnostic_code_name(actual->code));
}

static void describe(struct run *run, const struct source *source, struct span span, struct str code, struct str text,
                     const char *what) {
    struct position at = position_of(source->tree->text, span.start, POSITION_UTF8);
    struct str marked = text_slice(source->tree->text, span);
    strbuf_printf(&run->problems, "%s %.*s:%u:%u `%.*s` %.*s %.*s\n", what, STR_ARGUMENTS(source->path), at.line + 1,
                  at.column + 1, STR_ARGUMENTS(marked), STR_ARGUMENTS(code), STR_ARGUMENTS(text));
}

static void compare_diagnostics(struct run *run, struct source *source, const struct diagnostic_list *list) {
    for (unsigned i = 0; i < list->list.count; i++) {
        const struct diagnostic *actual = &list->list.items[i];
        bool met = false;
        for (unsigned e = 0; e < source->expected.count && !met; e++) {
            met = meets(&source->expected.items[e], actual);
            source->expected.items[e].met |= met;
        }
        if (!met) {
            describe(run, source, actual->span, diagnostic_code_name(actual->code), actual->message, "unexpected");
            if (actual->fix.title.size > 0) {
                strbuf_printf(&run->problems, "           ⇒ %.*s\n", STR_ARGUMENTS(actual->fix.replacement));
            }
        }
    }
    for (unsigned e = 0; e < source->expected.count; e++) {
        const struct expectation *expected = &source->expected.items[e];
        if (!expected->met) {
            describe(run, source, expected->span, expected->code, expected->part, "missing   ");
        }
    }
}

static void compare_section(struct run *run, const struct section *section, struct program *program,
                            struct strbuf *text) {
    struct strbuf actual;
    strbuf_init(&actual, MAXIMUM);
    if (!listing_write(program, section->name, &actual)) {
        strbuf_printf(&run->problems, "unknown section `%.*s`\n", STR_ARGUMENTS(section->name));
    }
    if (!str_equal(str_trim(strbuf_str(&actual)), str_trim(section->text))) {
        strbuf_printf(&run->problems, "section %.*s is\n%.*s", STR_ARGUMENTS(section->name),
                      STR_ARGUMENTS(strbuf_str(&actual)));
    }
    strbuf_printf(text, "-- %.*s --\n%.*s\n", STR_ARGUMENTS(section->name), STR_ARGUMENTS(strbuf_str(&actual)));
    strbuf_finish(&actual);
}

/* ---- running */

static void check_sources(struct run *run, struct test_case *test, struct program *program, struct arena *arena) {
    for (unsigned i = 0; i < test->sources.count; i++) {
        struct diagnostic_list list = check_file(arena, test->sources.items[i].analysis, program->package, NULL);
        compare_diagnostics(run, &test->sources.items[i], &list);
    }
}

static void run_package(struct run *run, struct test_case *test, struct strbuf *sections) {
    struct arena arena;
    struct atom_table *atoms = atom_table_create();
    struct syntax_parser *parser = syntax_parser_create();
    arena_init(&arena);
    struct file_analysis **files = arena_array(&arena, struct file_analysis *, test->sources.count + 1);
    for (unsigned i = 0; i < test->sources.count; i++) {
        struct source *source = &test->sources.items[i];
        struct text *text = text_create(source->clean);
        source->tree = syntax_parse(parser, text);
        text_unref(text);
        files[i] = source->analysis = analyze(&arena, atoms, source->path, source->tree);
    }
    struct program *program = program_create(&arena, atoms, files, test->sources.count);
    check_sources(run, test, program, &arena);
    for (unsigned i = 0; i < test->sections.count; i++) {
        compare_section(run, &test->sections.items[i], program, sections);
    }
    program_finish(program);
    for (unsigned i = 0; i < test->sources.count; i++) {
        syntax_tree_destroy(test->sources.items[i].tree);
    }
    syntax_parser_destroy(parser);
    arena_finish(&arena);
    atom_table_destroy(atoms);
}

static void report(struct run *run, struct str name) {
    bool good = run->problems.size == 0;
    run->failed += !good;
    printf("%s %u - %.*s\n", good ? "ok" : "not ok", ++run->number, STR_ARGUMENTS(name));
    struct str rest = strbuf_str(&run->problems);
    while (rest.size > 0) {
        struct str line = until(rest, "\n", &rest);
        printf("# %.*s\n", STR_ARGUMENTS(line));
    }
    strbuf_clear(&run->problems);
}

static void run_case(struct run *run, struct str name, struct str text) {
    struct test_case test = parse_case(run, name, text);
    struct strbuf sections;
    strbuf_init(&sections, MAXIMUM);
    run_package(run, &test, &sections);
    size_t end = text.size;
    for (unsigned i = 0; i < test.sections.count; i++) {
        size_t start = (size_t)(test.sections.items[i].text.data - text.data) - 2; /* inside its heading */
        while (start > 0 && !starts_with_at(text, start, "\n-- ")) {
            start--;
        }
        end = start + 1 < end ? start + 1 : end;
    }
    strbuf_printf(&run->updated, "=== %.*s\n", STR_ARGUMENTS(name));
    strbuf_add(&run->updated, str_slice(text, 0, end));
    strbuf_add(&run->updated, strbuf_str(&sections));
    strbuf_finish(&sections);
    report(run, name);
}

static bool read_file(struct run *run, const char *path, struct str *text) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    struct strbuf bytes;
    char buffer[4096];
    size_t count;
    strbuf_init(&bytes, MAXIMUM);
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(&bytes, (struct str){buffer, count});
    }
    *text = arena_str(&run->arena, strbuf_str(&bytes));
    strbuf_finish(&bytes);
    return fclose(file) == 0;
}

static bool write_file(const char *path, struct str text) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return false;
    }
    bool written = fwrite(text.data, 1, text.size, file) == text.size;
    return fclose(file) == 0 && written;
}

static bool run_file(struct run *run, const char *path) {
    struct str text;
    if (!read_file(run, path, &text)) {
        printf("Bail out! %s cannot be read\n", path);
        return false;
    }
    struct str rest;
    strbuf_clear(&run->updated);
    strbuf_add(&run->updated, until(text, "=== ", &rest));
    while (rest.size > 0) {
        struct str next;
        struct str body = until(rest, "\n=== ", &next);
        struct str lines;
        struct str name = until(body, "\n", &lines);
        if (next.data != NULL) {
            lines.size += 1; /* the newline before the next heading */
        }
        run_case(run, name, lines);
        rest = next;
    }
    return !run->update || write_file(path, strbuf_str(&run->updated));
}

int main(int count, char **words) {
    struct run run = {0};
    bool good = true;
    strbuf_init(&run.problems, MAXIMUM);
    strbuf_init(&run.updated, MAXIMUM);
    for (int i = 1; i < count; i++) {
        if (str_equal(str_from_c(words[i]), STR("--update"))) {
            run.update = true;
        } else {
            good = run_file(&run, words[i]) && good;
        }
    }
    printf("1..%u\n", run.number);
    strbuf_finish(&run.problems);
    strbuf_finish(&run.updated);
    arena_finish(&run.arena);
    return good && run.failed == 0 ? 0 : 1;
}
