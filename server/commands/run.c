/* `tova run`: compiles the program of a file and becomes Bun running it. */
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
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What of an emission is to run: the module of the file, else the only server. NULL after saying why there is none. */
static struct output *find_program(const struct emission *emission, struct str path) {
    struct output *program = NULL;
    unsigned servers = 0;
    for (uint32_t i = 0; i < emission->count; i++) {
        struct output *output = &emission->outputs[i];
        if (output->kind == OUTPUT_MODULE && str_equal(path_stem(output->name), path_stem(path))) {
            return output;
        }
        if (output->kind == OUTPUT_SERVER) {
            program = output;
            servers++;
        }
    }
    if (servers == 1) {
        return program;
    }
    struct str name = path_name(path);
    if (servers > 1) {
        command_failed("%.*s has %u servers, and `tova run` starts one program; `tova dev` runs them all.",
                       STR_ARGUMENTS(name), servers);
    } else {
        command_failed("%.*s has nothing to run: no statement outside of blocks, and no server.", STR_ARGUMENTS(name));
    }
    return NULL;
}

/* Does the module level of the file declare a function `main`? */
static bool has_main(const struct project *project, const struct project_unit *unit, struct str path) {
    atom_id name = atom_find(project->atoms, STR("main"));
    for (uint32_t i = 0; i < unit->file_count && name != ATOM_NONE; i++) {
        const struct file_analysis *file = unit->files[i].analysis;
        if (file == NULL || !str_equal(unit->files[i].path, path)) {
            continue;
        }
        for (unsigned k = 1; k < file->symbols.count; k++) {
            const struct symbol *symbol = &file->symbols.items[k];
            bool is_module_level =
                (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && file->blocks.items[symbol->block].key.kind == BLOCK_MODULE;
            if (symbol->name == name && symbol->kind == SYMBOL_FUNCTION && is_module_level) {
                return true;
            }
        }
    }
    return false;
}

/* The program calls its `main` with the arguments; a whole number that it gives is the status. */
static void add_call_of_main(struct output *output) {
    strbuf_add_c(&output->code, "\nconst __status = await main(process.argv.slice(2));\n"
                                "if (Number.isInteger(__status)) process.exitCode = __status;\n");
}

/* Writes the outputs of a unit. False after saying why not. */
static bool write_outputs(struct arena *arena, const struct project *project, const struct project_unit *unit,
                          const struct emission *emission) {
    struct output_place place = project_output_place(arena, project, unit);
    struct output_report report = {.failed = 0};
    output_write(arena, &place, emission, &report);
    for (unsigned i = 0; i < report.files.count; i++) {
        const struct output_file *file = &report.files.items[i];
        if (file->outcome == OUTPUT_FAILED) {
            command_failed("%.*s: %.*s", STR_ARGUMENTS(file->name), STR_ARGUMENTS(file->error));
        }
    }
    return report.failed == 0;
}

/* Writes the modules that the program imports. False after telling their errors. */
static bool write_imported(struct arena *arena, struct project *project, const struct project_unit *program) {
    bool good = true;
    for (unsigned i = 0; i < project->units.count; i++) {
        struct project_unit *unit = project->units.items[i];
        struct emission emission;
        if (unit == program) {
            continue;
        }
        project_emit(project, unit, 0, &emission);
        report_unit(project, unit, false);
        good = unit->errors == 0 && write_outputs(arena, project, unit, &emission) && good;
        emission_finish(&emission);
    }
    return good;
}

/* What Bun is to run: the output, and before it the module that tells uncaught errors. Absolute paths. */
struct run_files {
    struct str output, before;
};

/* Compiles; false after saying why there is nothing to run. */
static bool compile(struct arena *arena, struct str path, const char *word, bool strict, struct run_files *program) {
    struct project project;
    struct emission emission = {.count = 0};
    struct str folder = path_parent(arena, path);
    struct str limit = command_limit(arena, folder);
    struct project_options options = {.limit = limit, .run = true, .strict = strict};
    bool compiled = false;
    struct project_unit *unit = project_load(&project, path, &options) ? project_unit_of(&project, path) : NULL;
    if (unit == NULL) {
        command_failed("there is no .tova file at %s", word);
        goto out;
    }
    project_emit(&project, unit, 0, &emission);
    report_unit(&project, unit, false);
    if (unit->errors > 0) {
        goto out;
    }
    struct output *output = find_program(&emission, path);
    if (output != NULL && output->kind == OUTPUT_MODULE && has_main(&project, unit, path)) {
        add_call_of_main(output);
    }
    if (output != NULL) {
        runtime_add(&output->runtime, RUNTIME_TRACES_UNCAUGHT);
    }
    if (output != NULL && write_imported(arena, &project, unit) &&
        write_outputs(arena, &project, unit, &emission)) {
        struct str before = runtime_file_name(RUNTIME_TRACES_UNCAUGHT);
        program->output = path_join(arena, unit->place.output, output->name);
        program->before = path_join(arena, path_join(arena, unit->place.top, STR("runtime")), before);
        compiled = true;
    }
out:
    emission_finish(&emission);
    project_finish(&project);
    return compiled;
}

static char *writable(struct arena *arena, struct str text) {
    char *copy = arena_array(arena, char, text.size + 1);
    memcpy(copy, text.data, text.size);
    return copy;
}

/* Becomes Bun; returns only when that fails. The program asks TOVA_SCRIPT where its source is. */
static void become(struct arena *arena, const char *bun, struct str path, const struct run_files *program,
                   char **words, unsigned count) {
    enum { OWN = 4 };
    char **arguments = arena_array(arena, char *, count + OWN + 1);
    arguments[0] = writable(arena, str_from_c(bun));
    arguments[1] = writable(arena, STR("--preload"));
    arguments[2] = writable(arena, program->before);
    arguments[3] = writable(arena, program->output);
    for (unsigned i = 0; i < count; i++) {
        arguments[i + OWN] = words[i];
    }
    setenv("TOVA_SCRIPT", writable(arena, path), true);
    fflush(NULL);
    execv(bun, arguments);
    command_failed("%s cannot be started: %s", bun, strerror(errno));
}

/* Options stand before FILE, as what is behind it is the program's; `--strict` may stand right behind it too, where the
 * documents have it (tooling/cli.md). */
static bool read_options(int argc, char **argv, bool *strict, int *words, int *status) {
    static const struct option options[] = {{"strict", no_argument, NULL, 't'}, {NULL, 0, NULL, 0}};
    int option;
    *strict = false;
    while ((option = command_option(argc, argv, "+", options, status)) == 't') {
        *strict = true;
    }
    bool behind = optind + 1 < argc && strcmp(argv[optind + 1], "--strict") == 0;
    *strict = *strict || behind;
    *words = optind + 1 + behind;
    return option != COMMAND_OPTION_STOP;
}

int command_run(int argc, char **argv) {
    int status, words;
    bool strict;
    if (!read_options(argc, argv, &strict, &words, &status)) {
        return status;
    }
    if (optind >= argc) {
        return command_misused("run", "it needs the FILE to run.");
    }
    struct arena arena;
    struct run_files program;
    const char *bun;
    const char *word = argv[optind];
    arena_init(&arena);
    status = COMMAND_FAILED;
    struct str path = scan_absolute(&arena, str_from_c(word));
    if (!str_ends_with(path, STR(".tova"))) {
        status = command_misused("run", "%s is no .tova file.", word);
    } else if (bun_find(&arena, &bun) && compile(&arena, path, word, strict, &program)) {
        become(&arena, bun, path, &program, argv + words, (unsigned)(argc - words));
    }
    arena_finish(&arena);
    return status;
}
