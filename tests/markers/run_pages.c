/* Runs the examples of the pages behind `tova explain` (analysis/explanations): of every code, the wrong program shows the
 * code, once in a file, and nothing else; the right one shows nothing. As in a folder, files without blocks are modules of
 * their own, and all others are one program. `run_pages FOLDER` prints TAP. */
#include "analysis/analyze.h"
#include "analysis/check.h"
#include "analysis/modules.h"
#include "parser/base/strbuf.h"

#include <stdio.h>

enum { MAXIMUM = 1024 * 1024, FILES = 8 };

/* No short text shows these: they are about size, or about the file itself. */
static const char *const without_example[] = {"E009", "E011", "E012"};

struct source {
    struct str path, text;
    struct syntax_tree *tree;
    struct file_analysis *file;
    struct package *package; /* the program's, or its own */
};

struct program {
    struct source sources[FILES];
    unsigned count;
    struct package *package;
    struct modules modules;
};

struct page {
    struct arena arena;
    struct str text;
    struct program wrong, right;
    struct strbuf problems;
};

/* ---- reading */

static bool read_file(struct page *page, const char *folder, struct str code) {
    char path[4096];
    char buffer[4096];
    size_t count;
    snprintf(path, sizeof path, "%s/%.*s.md", folder, STR_ARGUMENTS(code));
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    struct strbuf bytes;
    strbuf_init(&bytes, MAXIMUM);
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(&bytes, (struct str){buffer, count});
    }
    page->text = arena_str(&page->arena, strbuf_str(&bytes));
    strbuf_finish(&bytes);
    return fclose(file) == 0;
}

static struct str next_line(struct str *rest) {
    size_t end = str_find(*rest, '\n', 0);
    struct str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->size);
    return line;
}

/* "```tova wrong b.tova" … "```" */
static void read_example(struct page *page, struct program *program, struct str name, struct str *rest) {
    struct str path = arena_printf(&page->arena, "/app/%.*s", STR_ARGUMENTS(name.size > 0 ? name : STR("app.tova")));
    const char *start = rest->data;
    size_t size = 0;
    while (rest->size > 0) {
        struct str line = next_line(rest);
        if (str_starts_with(line, STR("```"))) {
            break;
        }
        size += line.size + 1;
    }
    if (program->count < FILES) {
        program->sources[program->count++] =
            (struct source){.path = path, .text = {start, size}};
    }
}

static void read_examples(struct page *page) {
    static const struct str wrong = STR_INIT("```tova wrong");
    static const struct str right = STR_INIT("```tova right");
    struct str rest = page->text;
    while (rest.size > 0) {
        struct str line = next_line(&rest);
        if (str_starts_with(line, wrong)) {
            read_example(page, &page->wrong, str_trim(str_slice(line, wrong.size, line.size)), &rest);
        } else if (str_starts_with(line, right)) {
            read_example(page, &page->right, str_trim(str_slice(line, right.size, line.size)), &rest);
        } else if (str_starts_with(line, STR("```"))) {
            strbuf_printf(&page->problems, "a fence is neither wrong nor right: %.*s\n", STR_ARGUMENTS(line));
        }
    }
}

/* ---- checking */

static unsigned compare(struct page *page, const struct diagnostic_list *list, struct str code, struct str path) {
    unsigned met = 0;
    for (unsigned i = 0; i < list->list.count; i++) {
        const struct diagnostic *diagnostic = &list->list.items[i];
        struct str name = diagnostic_code_name(diagnostic->code);
        if (str_equal(name, code)) {
            met++;
        } else {
            strbuf_printf(&page->problems, "unexpected in %.*s at byte %u: %.*s %.*s\n", STR_ARGUMENTS(path),
                          diagnostic->span.start, STR_ARGUMENTS(name), STR_ARGUMENTS(diagnostic->message));
        }
    }
    return met;
}

/* ---- the files of an example */

static const struct package *package_of(void *context, struct str path) {
    const struct program *program = context;
    for (unsigned i = 0; i < program->count; i++) {
        if (str_equal(program->sources[i].path, path)) {
            return program->sources[i].package;
        }
    }
    return NULL;
}

static struct str root_of(void *context, struct str path) {
    (void)context;
    (void)path;
    return STR("/app");
}

static bool has_nothing(void *context, struct str name) {
    (void)context;
    (void)name;
    return false;
}

static void each_neighbour(void *context, struct str path, void (*visit)(void *visitor, const struct package *package),
                           void *visitor) {
    const struct program *program = context;
    for (unsigned i = 0; i < program->count; i++) {
        if (program->sources[i].package != program->package && !str_equal(program->sources[i].path, path)) {
            visit(visitor, program->sources[i].package);
        }
    }
}

static void add_source(struct page *page, struct program *program, struct source *source, struct atom_table *atoms,
                       struct syntax_parser *parser) {
    struct text *text = text_create(source->text);
    source->tree = syntax_parse(parser, text);
    text_unref(text);
    source->file = analyze(&page->arena, atoms, source->path, source->tree);
    source->package = source->file->blocks.count > 2 ? program->package : package_create(atoms);
    package_join(source->package, &program->modules);
    package_put(source->package, summary_create(source->file));
}

static void finish_source(const struct program *program, struct source *source) {
    if (source->package != program->package) {
        package_destroy(source->package);
    }
    syntax_tree_destroy(source->tree);
}

/* In how many files the program shows the code; everything else, and a second time in one file, is a problem. */
static unsigned run(struct page *page, struct program *program, struct str code) {
    struct atom_table *atoms = atom_table_create();
    struct syntax_parser *parser = syntax_parser_create();
    unsigned files = 0;
    program->package = package_create(atoms);
    program->modules = (struct modules){.context = program,
                                        .package_of = package_of,
                                        .root_of = root_of,
                                        .has_file = has_nothing,
                                        .has_standard = has_nothing,
                                        .each_neighbour = each_neighbour};
    for (unsigned i = 0; i < program->count; i++) {
        add_source(page, program, &program->sources[i], atoms, parser);
    }
    for (unsigned i = 0; i < program->count; i++) {
        struct source *source = &program->sources[i];
        struct diagnostic_list list = check_file(&page->arena, source->file, source->package, NULL);
        unsigned met = compare(page, &list, code, source->path);
        files += met > 0;
        if (met > 1) {
            strbuf_printf(&page->problems, "%.*s shows it %u times\n", STR_ARGUMENTS(source->path), met);
        }
    }
    for (unsigned i = 0; i < program->count; i++) {
        finish_source(program, &program->sources[i]);
    }
    package_destroy(program->package);
    syntax_parser_destroy(parser);
    atom_table_destroy(atoms);
    return files;
}

static bool has_example(struct str code) {
    for (size_t i = 0; i < sizeof without_example / sizeof *without_example; i++) {
        if (str_equal(code, str_from_c(without_example[i]))) {
            return false;
        }
    }
    return true;
}

static void check_page(struct page *page, struct str code) {
    read_examples(page);
    if (!has_example(code)) {
        return;
    }
    if (page->wrong.count == 0 || page->right.count == 0) {
        strbuf_add_c(&page->problems, "a wrong or a right example is missing\n");
        return;
    }
    unsigned wrong = run(page, &page->wrong, code);
    unsigned right = run(page, &page->right, code);
    if (wrong == 0 || right != 0) {
        strbuf_printf(&page->problems, "shown by %u files of the wrong example and %u of the right one\n", wrong, right);
    }
}

static bool run_page(const char *folder, struct str code, int number) {
    struct page page = {0};
    arena_init(&page.arena);
    strbuf_init(&page.problems, MAXIMUM);
    if (read_file(&page, folder, code)) {
        check_page(&page, code);
    } else {
        strbuf_add_c(&page.problems, "there is no page\n");
    }
    bool good = page.problems.size == 0;
    printf("%s %d - the page of %.*s\n", good ? "ok" : "not ok", number, STR_ARGUMENTS(code));
    struct str rest = strbuf_str(&page.problems);
    while (rest.size > 0) {
        struct str line = next_line(&rest);
        printf("# %.*s\n", STR_ARGUMENTS(line));
    }
    strbuf_finish(&page.problems);
    arena_finish(&page.arena);
    return good;
}

int main(int count, char **words) {
    bool good = count == 2;
    for (int i = 0; i < DIAGNOSTIC_CODE_COUNT && count == 2; i++) {
        good = run_page(words[1], diagnostic_code_name((enum diagnostic_code)i), i + 1) && good;
    }
    printf("1..%d\n", DIAGNOSTIC_CODE_COUNT);
    return good ? 0 : 1;
}
