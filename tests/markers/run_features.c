/* Runs the cases of the editor's features (README.md beside this file): packages with a cursor, and what is answered there.
 * Reading of the case files, building of the package and comparison are here; the answers are printed in answers.c. */
#include "tests/markers/answers.h"

#include "analysis/check.h"
#include "analysis/program.h"
#include "codegen/emit.h"
#include "codegen/naming.h"
#include "parser/base/path.h"
#include "server/reader.h"

#include <stdio.h>
#include <string.h>

enum { MAXIMUM = 64 * 1024 * 1024 };

struct source {
    struct str path, clean;
    struct document *document;
};

struct section {
    struct str name, text;
};

struct test_case {
    struct str name, common; /* common: the parts before the first case, for `-- with name --` */
    VEC(struct source) sources;
    VEC(struct section) sections;
    struct arena arena;
    struct str wanted; /* the common file that is being looked for */
    unsigned cursors, cursor_source;
    uint32_t offset, end; /* the cursor, or what is selected between two */
    struct workspace *workspace;
    struct store store;
    struct reader reader;
    struct program *program;
    struct emission emission;
    bool emitted;
};

struct run {
    struct str common;
    struct strbuf problems, updated;
    bool update;
    unsigned number, failed;
};

/* ---- reading */

static struct str until(struct str text, const char *mark, struct str *rest) {
    const char *found = text.size == 0 ? NULL : memmem(text.data, text.size, mark, strlen(mark));
    size_t at = found == NULL ? text.size : (size_t)(found - text.data);
    *rest = found == NULL ? (struct str){0} : str_slice(text, at + strlen(mark), text.size);
    return str_slice(text, 0, at);
}

static void add_source(struct test_case *test, struct str path, struct str text) {
    struct str rest;
    struct str before = until(text, "$0", &rest);
    struct source source = {.path = path_join(&test->arena, STR("/app"), path), .clean = text};
    if (before.size < text.size) {
        test->cursors++;
        test->cursor_source = test->sources.count;
        test->offset = test->end = (uint32_t)before.size;
        struct str behind;
        struct str selected = until(rest, "$0", &behind);
        if (selected.size < rest.size) {
            test->end += (uint32_t)selected.size;
            rest = arena_concat(&test->arena, selected, behind);
        }
        source.clean = arena_concat(&test->arena, before, rest);
    }
    vec_push(&test->arena, &test->sources, source);
}

/* Calls `add` for each part of a text that begins with "-- name --". */
static void each_part(struct test_case *test, struct str text,
                      void (*add)(struct test_case *test, struct str name, struct str text)) {
    struct str rest;
    if (str_starts_with(text, STR("-- "))) {
        rest = str_slice(text, 3, text.size);
    } else {
        until(text, "\n-- ", &rest);
    }
    while (rest.size > 0) {
        struct str next;
        struct str part = until(rest, "\n-- ", &next);
        struct str body;
        struct str name = until(part, " --", &body);
        if (body.size > 0) { /* without the newline of the heading, with the last one */
            body = (struct str){body.data + 1, body.size - 1 + (next.data != NULL)};
        }
        add(test, name, body);
        rest = next;
    }
}

/* The file of the file of cases whose name the last heading gave. */
static void add_common(struct test_case *test, struct str name, struct str text) {
    if (str_equal(name, test->wanted)) {
        add_source(test, name, text);
    }
}

static void add_part(struct test_case *test, struct str name, struct str text) {
    if (str_starts_with(name, STR("with "))) {
        test->wanted = str_slice(name, 5, name.size);
        each_part(test, test->common, add_common);
    } else if (str_ends_with(name, STR(".tova"))) {
        add_source(test, name, text);
    } else {
        vec_push(&test->arena, &test->sections, (struct section){name, text});
    }
}

/* ---- the package */

static bool is_open(void *context, struct str path) {
    const struct test_case *test = context;
    for (unsigned i = 0; i < test->sources.count; i++) {
        if (str_equal(test->sources.items[i].path, path)) {
            return true;
        }
    }
    return false;
}

/* All files are open documents of one workspace. */
static void load(struct test_case *test) {
    test->workspace = workspace_create(is_open, test);
    workspace_add_folder(test->workspace, STR("/app"));
    store_init(&test->store, test->workspace);
    reader_init(&test->reader, &test->store);
    for (unsigned i = 0; i < test->sources.count; i++) {
        struct source *source = &test->sources.items[i];
        source->document = store_open(&test->store, source->path, source->path, 1, source->clean);
        store_update(&test->store, source->document);
    }
}

static struct emission *emit(void *context) {
    struct test_case *test = context;
    if (test->emitted) {
        return &test->emission;
    }
    struct file_analysis **files = arena_array(&test->arena, struct file_analysis *, test->sources.count);
    struct diagnostic_list *diagnostics = arena_array(&test->arena, struct diagnostic_list, test->sources.count);
    for (unsigned i = 0; i < test->sources.count; i++) {
        files[i] = test->sources.items[i].document->analysis;
        diagnostics[i] = check_file(&test->arena, files[i], workspace_package(test->workspace, files[i]->path), NULL);
    }
    struct emit_options options = {.base = naming_base(&test->arena, test->sources.items[0].path, test->sources.count),
                                   .diagnostics = diagnostics};
    test->program = program_create(&test->arena, workspace_atoms(test->workspace), files, test->sources.count);
    emit_program(test->program, &options, &test->emission);
    test->emitted = true;
    return &test->emission;
}

static struct text *text_of(void *context, struct str path) {
    struct test_case *test = context;
    const struct document *document = store_find(&test->store, path);
    return document != NULL ? document->text : NULL;
}

static void unload(struct test_case *test) {
    if (test->emitted) {
        emission_finish(&test->emission);
        program_finish(test->program);
    }
    reader_finish(&test->reader);
    store_finish(&test->store);
    workspace_destroy(test->workspace);
}

/* ---- running */

static void ask(struct run *run, struct test_case *test, const struct section *section) {
    struct question question = {
        .context = {.arena = &test->arena,
                    .file = test->sources.items[test->cursor_source].document->analysis,
                    .package = workspace_package(test->workspace, test->sources.items[test->cursor_source].path),
                    .sources = &test->reader.sources},
        .offset = test->offset,
        .end = test->end,
        .text_of = text_of,
        .cases = test,
        .emit = emit,
    };
    struct strbuf answer;
    strbuf_init(&answer, MAXIMUM);
    if (!answer_write(&question, section->name, &answer)) {
        strbuf_printf(&run->problems, "unknown section `%.*s`\n", STR_ARGUMENTS(section->name));
    }
    struct str actual = str_trim(strbuf_str(&answer));
    if (!str_equal(actual, str_trim(section->text))) {
        strbuf_printf(&run->problems, "%.*s is\n%.*s\n", STR_ARGUMENTS(section->name), STR_ARGUMENTS(actual));
    }
    strbuf_printf(&run->updated, "-- %.*s --\n%.*s%s", STR_ARGUMENTS(section->name), STR_ARGUMENTS(actual),
                  actual.size > 0 ? "\n" : "");
    strbuf_finish(&answer);
}

static void report(struct run *run, struct str name) {
    bool good = run->problems.size == 0;
    run->failed += !good;
    printf("%s %u - %.*s\n", good ? "ok" : "not ok", ++run->number, STR_ARGUMENTS(name));
    for (struct str rest = strbuf_str(&run->problems); rest.size > 0;) {
        struct str line = until(rest, "\n", &rest);
        printf("# %.*s\n", STR_ARGUMENTS(line));
    }
    strbuf_clear(&run->problems);
}

static void run_case(struct run *run, struct str text) {
    struct test_case test = {.common = run->common};
    struct str body;
    test.name = until(text, "\n", &body);
    each_part(&test, body, add_part);
    if (test.cursors != 1 || test.sections.count == 0) {
        strbuf_add_c(&run->problems, "a case has one $0 and at least one section\n");
    }
    /* Everything before the first section stays; sections are written anew. */
    size_t kept = test.sections.count == 0 ? text.size : (size_t)(test.sections.items[0].name.data - 3 - text.data);
    strbuf_add_c(&run->updated, "=== ");
    strbuf_add(&run->updated, str_slice(text, 0, kept));
    if (run->problems.size == 0) {
        load(&test);
        for (unsigned i = 0; i < test.sections.count; i++) {
            ask(run, &test, &test.sections.items[i]);
        }
        unload(&test);
    }
    report(run, test.name);
    arena_finish(&test.arena);
}

static bool read_file(struct strbuf *bytes, const char *path) {
    FILE *file = fopen(path, "rb");
    char buffer[4096];
    size_t count;
    if (file == NULL) {
        return false;
    }
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(bytes, (struct str){buffer, count});
    }
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
    struct strbuf bytes;
    strbuf_init(&bytes, MAXIMUM);
    if (!read_file(&bytes, path)) {
        printf("Bail out! %s cannot be read\n", path);
        return false;
    }
    struct str rest;
    strbuf_clear(&run->updated);
    run->common = until(strbuf_str(&bytes), "=== ", &rest);
    strbuf_add(&run->updated, run->common);
    while (rest.size > 0) {
        struct str next;
        struct str text = until(rest, "\n=== ", &next);
        text.size += next.data != NULL; /* the newline before the next heading */
        run_case(run, text);
        strbuf_add_c(&run->updated, next.data != NULL ? "\n" : "");
        rest = next;
    }
    strbuf_finish(&bytes);
    return !run->update || write_file(path, strbuf_str(&run->updated));
}

int main(int count, char **words) {
    struct run run = {0};
    bool good = true;
    strbuf_init(&run.problems, MAXIMUM);
    strbuf_init(&run.updated, MAXIMUM);
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--update") == 0) {
            run.update = true;
        } else {
            good = run_file(&run, words[i]) && good;
        }
    }
    printf("1..%u\n", run.number);
    strbuf_finish(&run.problems);
    strbuf_finish(&run.updated);
    return good && run.failed == 0 ? 0 : 1;
}
