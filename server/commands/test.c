/* `tova test` and `tova bench`: compile the `test` or `bench` blocks with what they stand in, and become Bun running them. */
#include "codegen/emit.h"
#include "parser/base/path.h"
#include "server/commands/bun.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/output.h"
#include "server/project.h"
#include "server/scan.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct cases_run {
    struct arena arena;
    enum emit_cases kind;
    struct str filter; /* empty: all */
    bool coverage;
    struct str runtime;           /* the folder of the runtime */
    VEC(struct str) outputs;      /* those with cases */
    unsigned errors, failed;
};

static bool read_options(struct cases_run *run, int argc, char **argv, int *status) {
    static const struct option options[] = {{"filter", required_argument, NULL, 'f'},
                                            {"bench", no_argument, NULL, 'b'},
                                            {"coverage", no_argument, NULL, 'c'},
                                            {NULL, 0, NULL, 0}};
    for (;;) {
        switch (command_option(argc, argv, "", options, status)) {
        case 'f':
            run->filter = str_from_c(optarg);
            break;
        case 'b':
            run->kind = EMIT_BENCHES;
            break;
        case 'c':
            run->coverage = true;
            break;
        case COMMAND_OPTION_STOP:
            return false;
        case COMMAND_OPTION_END:
            return true;
        }
    }
}

/* ---- compiling */

static void add_outputs(struct cases_run *run, const struct project_unit *unit, struct emission *emission) {
    for (uint32_t i = 0; i < emission->count; i++) {
        struct output *output = &emission->outputs[i];
        if (output->cases == 0) {
            continue;
        }
        if (run->kind == EMIT_BENCHES) {
            runtime_add(&output->runtime, RUNTIME_BENCH_MAIN);
        }
        run->runtime = path_join(&run->arena, unit->place.top, STR("runtime"));
        vec_push(&run->arena, &run->outputs, path_join(&run->arena, unit->place.output, output->name));
    }
}

static void compile_unit(struct cases_run *run, struct project *project, struct project_unit *unit) {
    struct emission emission;
    struct output_report report = {.failed = 0};
    struct output_place place = project_output_place(&run->arena, project, unit);
    project_emit(project, unit, 0, &emission);
    run->errors += unit->errors;
    report_unit(project, unit, false);
    add_outputs(run, unit, &emission);
    output_write(&run->arena, &place, &emission, &report);
    run->failed += report.failed;
    for (unsigned i = 0; i < report.files.count; i++) {
        const struct output_file *file = &report.files.items[i];
        if (file->outcome == OUTPUT_FAILED) {
            command_failed("%.*s: %.*s", STR_ARGUMENTS(file->name), STR_ARGUMENTS(file->error));
        }
    }
    emission_finish(&emission);
}

/* False after saying why there is nothing to run. */
static bool compile(struct cases_run *run, const char *word) {
    struct str path;
    struct scan_files files;
    if (!command_sources(&run->arena, word, &path, &files)) {
        return false;
    }
    bool is_file = files.list.count == 1 && str_equal(files.list.items[0], path);
    struct str top = is_file ? path_parent(&run->arena, path) : path;
    struct project project;
    struct project_options options = {.limit = command_limit(&run->arena, top), .cases = run->kind};
    project_load_files(&project, top, &files, &options);
    for (unsigned i = 0; i < project.units.count; i++) {
        compile_unit(run, &project, project.units.items[i]);
    }
    project_finish(&project);
    if (run->errors == 0 && run->failed == 0 && run->outputs.count == 0) {
        command_failed("there is no `%s` block at %s", run->kind == EMIT_BENCHES ? "bench" : "test", word);
    }
    return run->errors == 0 && run->failed == 0 && run->outputs.count > 0;
}

/* ---- running */

struct words {
    VEC(char *) list; /* ends with NULL once it is whole */
};

static void add_word(struct cases_run *run, struct words *words, struct str text) {
    char *copy = arena_array(&run->arena, char, text.size + 1);
    if (text.size > 0) {
        memcpy(copy, text.data, text.size);
    }
    vec_push(&run->arena, &words->list, copy);
}

/* The text as a regular expression that finds just this. */
static struct str as_pattern(struct arena *arena, struct str text) {
    char *pattern = arena_array(arena, char, 2 * text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("\\^$.|?*+()[]{}", text.data[i]) != NULL) {
            pattern[size++] = '\\';
        }
        pattern[size++] = text.data[i];
    }
    return (struct str){pattern, size};
}

static void add_test_words(struct cases_run *run, struct words *words) {
    add_word(run, words, STR("test"));
    if (run->filter.size > 0) {
        add_word(run, words, STR("--test-name-pattern"));
        add_word(run, words, as_pattern(&run->arena, run->filter));
    }
    if (run->coverage) {
        add_word(run, words, STR("--coverage"));
    }
}

/* Becomes Bun; returns only when that fails. */
static void become(struct cases_run *run, const char *bun) {
    struct words words = {{NULL, 0, 0}};
    add_word(run, &words, str_from_c(bun));
    if (run->kind == EMIT_BENCHES) {
        add_word(run, &words, path_join(&run->arena, run->runtime, runtime_file_name(RUNTIME_BENCH_MAIN)));
        add_word(run, &words, run->filter);
    } else {
        add_test_words(run, &words);
    }
    for (unsigned i = 0; i < run->outputs.count; i++) {
        add_word(run, &words, run->outputs.items[i]);
    }
    vec_push(&run->arena, &words.list, NULL);
    fflush(NULL);
    execv(bun, words.list.items);
    command_failed("%s cannot be started: %s", bun, strerror(errno));
}

static int run_cases(int argc, char **argv, enum emit_cases kind) {
    struct cases_run run = {.kind = kind};
    const char *bun;
    arena_init(&run.arena);
    int status;
    const char *word = read_options(&run, argc, argv, &status) ? command_one_path(argc, argv, &status) : NULL;
    if (word != NULL) {
        status = COMMAND_FAILED;
        if (bun_find(&run.arena, &bun) && compile(&run, word)) {
            become(&run, bun);
        }
    }
    arena_finish(&run.arena);
    return status;
}

int command_test(int argc, char **argv) { return run_cases(argc, argv, EMIT_TESTS); }

int command_bench(int argc, char **argv) { return run_cases(argc, argv, EMIT_BENCHES); }
