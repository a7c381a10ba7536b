/* run_golden: emits every case of a folder and compares each output with its expectation.
 *
 * A case is a folder with `.tova` files (a package) and `expected/` with the outputs; one whose name begins with `tests_`
 * is emitted with its tests. With TOVA_UPDATE=1 in the environment expectations are written instead. A run over all cases
 * also asks that every kind of node that has an output occurs in one of them. `--print FILE...` only prints the outputs of a
 * package. Speaks TAP. */
#include "analysis/analyze.h"
#include "analysis/check.h"
#include "codegen/emit.h"
#include "parser/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAXIMUM_FILES = 64, MAXIMUM_BYTES = 1 << 24 };

struct sources {
    struct str names[MAXIMUM_FILES]; /* absolute paths of the package, made up so that outputs are the same anywhere */
    struct strbuf texts[MAXIMUM_FILES];
    unsigned count;
};

struct package_run {
    struct arena arena;
    struct atom_table *atoms;
    struct syntax_parser *parser;
    struct syntax_tree *trees[MAXIMUM_FILES];
    struct file_analysis *files[MAXIMUM_FILES];
    struct program *program;
    struct emission emission;
};

static bool read_file(const char *path, struct strbuf *text) {
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return false;
    }
    char chunk[4096];
    for (size_t size; (size = fread(chunk, 1, sizeof chunk, in)) > 0;) {
        strbuf_add(text, (struct str){chunk, size});
    }
    fclose(in);
    return true;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that end with `ending`, sorted; the count. The caller frees each. */
static unsigned list_folder(const char *folder, const char *ending, char **names, unsigned maximum) {
    DIR *directory = opendir(folder);
    unsigned count = 0;
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        bool fits = entry->d_name[0] != '.' && str_ends_with(str_from_c(entry->d_name), str_from_c(ending));
        if (fits && count < maximum) {
            names[count++] = strdup(entry->d_name);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    qsort(names, count, sizeof *names, compare_names);
    return count;
}

static void run_package(struct package_run *run, const struct sources *sources, struct str base,
                        enum emit_cases cases) {
    arena_init(&run->arena);
    run->atoms = atom_table_create();
    run->parser = syntax_parser_create();
    for (unsigned i = 0; i < sources->count; i++) {
        struct text *text = text_create(strbuf_str(&sources->texts[i]));
        run->trees[i] = syntax_parse(run->parser, text);
        text_unref(text);
        run->files[i] = analyze(&run->arena, run->atoms, sources->names[i], run->trees[i]);
    }
    run->program = program_create(&run->arena, run->atoms, run->files, sources->count);
    struct emit_options options = {.base = base, .cases = cases};
    emit_program(run->program, &options, &run->emission);
}

static void end_package(struct package_run *run, unsigned count) {
    emission_finish(&run->emission);
    program_finish(run->program);
    for (unsigned i = 0; i < count; i++) {
        syntax_tree_destroy(run->trees[i]);
    }
    syntax_parser_destroy(run->parser);
    atom_table_destroy(run->atoms);
    arena_finish(&run->arena);
}

static void report_diagnostics(struct package_run *run, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        struct diagnostic_list found = check_file(&run->arena, run->files[i], run->program->package, NULL);
        for (unsigned d = 0; d < found.list.count; d++) {
            const struct diagnostic *diagnostic = &found.list.items[d];
            struct str code = diagnostic_code_name(diagnostic->code);
            if (diagnostic->severity == SEVERITY_ERROR) {
                uint32_t line = text_line_of(run->trees[i]->text, diagnostic->span.start) + 1;
                struct str name = path_name(run->files[i]->path);
                fprintf(stderr, "%.*s:%u: %.*s %.*s\n", STR_ARGUMENTS(name), (unsigned)line, STR_ARGUMENTS(code),
                        STR_ARGUMENTS(diagnostic->message));
            }
        }
    }
}

static void print_outputs(const struct emission *emission) {
    for (uint32_t i = 0; i < emission->count; i++) {
        const struct output *output = &emission->outputs[i];
        printf("// ======== %.*s (%.*s)%s\n", STR_ARGUMENTS(output->name), STR_ARGUMENTS(output->label),
               output->broken ? " BROKEN" : "");
        fwrite(output->code.data, 1, output->code.size, stdout);
    }
}

/* ---- which kinds of nodes the cases show */

/* Kinds that have no output of their own to show: what is broken, and what the compiler says that it does not compile. */
static const enum node_kind without_output[] = {
    NODE_NULL,
    NODE_TOKEN,
    NODE_ERROR,
    NODE_MISSING,
    NODE_UNTERMINATED,
    NODE_BARE_BLOCK,
    NODE_STRAY_BRACE,
    NODE_STRAY_TAG,
    NODE_CONFIG_ENTRY,
    NODE_LET_DECLARATION,
    NODE_CSS_TEXT,
    NODE_STYLE_BLOCK,
    NODE_ROUTE_DECORATOR,
    NODE_SEQUENCE_EXPRESSION,
    NODE_FOREIGN,
};

static void note_kinds(const struct syntax_tree *tree, bool *seen) {
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        seen[node_kind(tree, node)] = true;
    }
}

static bool check_kinds(bool *seen, unsigned number) {
    bool good = true;
    for (size_t i = 0; i < sizeof without_output / sizeof *without_output; i++) {
        seen[without_output[i]] = true;
    }
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        if (!seen[kind]) {
            struct str name = node_kind_name((enum node_kind)kind);
            fprintf(stderr, "  no case has a %.*s\n", STR_ARGUMENTS(name));
            good = false;
        }
    }
    printf("%s %u - every kind of node\n", good ? "ok" : "not ok", number);
    return good;
}

/* ---- cases */

static bool write_file(const char *path, struct str text) {
    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        fprintf(stderr, "cannot write %s: %s\n", path, strerror(errno));
        return false;
    }
    bool done = fwrite(text.data, 1, text.size, out) == text.size;
    return fclose(out) == 0 && done;
}

static void show_difference(struct str name, struct str expected, struct str actual) {
    size_t line = 1;
    size_t start = 0;
    size_t at = 0;
    while (at < expected.size && at < actual.size && expected.data[at] == actual.data[at]) {
        if (expected.data[at++] == '\n') {
            line++;
            start = at;
        }
    }
    struct str wanted = str_slice(expected, start, str_find(expected, '\n', start));
    struct str found = str_slice(actual, start, str_find(actual, '\n', start));
    fprintf(stderr, "  %.*s line %zu\n    expected: %.*s\n    actual:   %.*s\n", STR_ARGUMENTS(name), line,
            STR_ARGUMENTS(wanted), STR_ARGUMENTS(found));
}

static bool check_output(struct arena *arena, const char *folder, const struct output *output, bool update) {
    const char *path = arena_printf(arena, "%s/expected/%.*s", folder, STR_ARGUMENTS(output->name)).data;
    struct str actual = strbuf_str(&output->code);
    if (update) {
        return write_file(path, actual);
    }
    struct strbuf expected;
    strbuf_init(&expected, MAXIMUM_BYTES);
    bool same = read_file(path, &expected) && str_equal(strbuf_str(&expected), actual);
    if (!same) {
        show_difference(output->name, strbuf_str(&expected), actual);
    }
    strbuf_finish(&expected);
    return same;
}

/* A file in expected/ that no output has is an output that has been lost. */
static bool check_none_lost(const char *expected, const struct emission *emission) {
    char *names[MAXIMUM_FILES];
    unsigned count = list_folder(expected, ".js", names, MAXIMUM_FILES);
    bool good = true;
    for (unsigned n = 0; n < count; n++) {
        bool found = false;
        for (uint32_t i = 0; i < emission->count; i++) {
            found = found || str_equal(emission->outputs[i].name, str_from_c(names[n]));
        }
        if (!found) {
            fprintf(stderr, "  %s is expected and was not emitted\n", names[n]);
            good = false;
        }
        free(names[n]);
    }
    return good;
}

static bool run_case(const char *folder, const char *name, bool update, unsigned number, bool *seen) {
    static struct sources sources;
    char *names[MAXIMUM_FILES];
    sources.count = list_folder(folder, ".tova", names, MAXIMUM_FILES);
    struct arena arena;
    arena_init(&arena);
    for (unsigned i = 0; i < sources.count; i++) {
        strbuf_init(&sources.texts[i], MAXIMUM_BYTES);
        read_file(arena_printf(&arena, "%s/%s", folder, names[i]).data, &sources.texts[i]);
        sources.names[i] = arena_printf(&arena, "/app/%s", names[i]);
        free(names[i]);
    }
    struct package_run run = {0};
    bool tests = str_starts_with(str_from_c(name), STR("tests_"));
    run_package(&run, &sources, STR("app"), tests ? EMIT_TESTS : EMIT_NO_CASES);
    const char *expected = arena_printf(&arena, "%s/expected", folder).data;
    if (update) {
        mkdir(expected, 0777);
    }
    bool broken_wanted = str_starts_with(str_from_c(name), STR("broken"));
    bool good = sources.count > 0;
    for (uint32_t i = 0; i < run.emission.count; i++) {
        good = check_output(&arena, folder, &run.emission.outputs[i], update) && good;
        if (run.emission.outputs[i].broken && !broken_wanted) {
            fprintf(stderr, "  %s: something was not emitted\n", name);
            good = false;
        }
    }
    good = check_none_lost(expected, &run.emission) && good;
    if (!broken_wanted) {
        report_diagnostics(&run, sources.count);
    }
    for (unsigned i = 0; i < sources.count; i++) {
        note_kinds(run.trees[i], seen);
    }
    end_package(&run, sources.count);
    for (unsigned i = 0; i < sources.count; i++) {
        strbuf_finish(&sources.texts[i]);
    }
    arena_finish(&arena);
    printf("%s %u - %s\n", good ? "ok" : "not ok", number, name);
    return good;
}

static int run_cases(const char *folder, const char *filter) {
    const char *wanted = getenv("TOVA_UPDATE");
    bool update = wanted != NULL && strcmp(wanted, "1") == 0;
    char *names[1024];
    struct arena arena;
    arena_init(&arena);
    unsigned count = list_folder(folder, "", names, 1024);
    unsigned failed = 0;
    unsigned ran = 0;
    bool seen[NODE_KIND_COUNT] = {false};
    for (unsigned i = 0; i < count; i++) {
        struct stat status;
        const char *path = arena_printf(&arena, "%s/%s", folder, names[i]).data;
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
            (filter == NULL || strstr(names[i], filter) != NULL)) {
            failed += !run_case(path, names[i], update, ++ran, seen);
        }
        free(names[i]);
    }
    if (filter == NULL) {
        failed += !check_kinds(seen, ++ran);
    }
    printf("1..%u\n", ran);
    arena_finish(&arena);
    return failed > 0 || ran == 0;
}

static int print_files(int count, char **paths) {
    static struct sources sources;
    for (int i = 0; i < count && i < MAXIMUM_FILES; i++) {
        strbuf_init(&sources.texts[i], MAXIMUM_BYTES);
        if (!read_file(paths[i], &sources.texts[i])) {
            fprintf(stderr, "cannot read %s\n", paths[i]);
            return 1;
        }
        sources.names[i] = str_from_c(paths[i]);
        sources.count++;
    }
    struct package_run run = {0};
    run_package(&run, &sources, path_stem(str_from_c(paths[0])), EMIT_NO_CASES);
    print_outputs(&run.emission);
    report_diagnostics(&run, sources.count);
    end_package(&run, sources.count);
    for (unsigned i = 0; i < sources.count; i++) {
        strbuf_finish(&sources.texts[i]);
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count >= 3 && strcmp(arguments[1], "--print") == 0) {
        return print_files(count - 2, arguments + 2);
    }
    if (count < 2) {
        fputs("usage: run_golden FOLDER [FILTER] | run_golden --print FILE...\n", stderr);
        return 2;
    }
    return run_cases(arguments[1], count > 2 ? arguments[2] : NULL);
}
