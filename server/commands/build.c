/* `tova build`: writes the outputs of every package at or below a path. */
#include "codegen/emit.h"
#include "parser/base/path.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/io/loop.h"
#include "server/output.h"
#include "server/project.h"
#include "server/scan.h"

#include <stdio.h>

struct build {
    struct arena arena;
    struct str top;  /* the folder that was asked for, or the folder of the file */
    struct str into; /* -o DIR, absolute; empty: each project's own output folder */
    bool quiet;
    unsigned written, same, kept, removed, failed, errors;
};

static bool read_options(struct build *build, int argc, char **argv, int *status) {
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'}, {"quiet", no_argument, NULL, 'q'}, {NULL, 0, NULL, 0}};
    for (;;) {
        switch (command_option(argc, argv, "o:q", options, status)) {
        case 'o':
            build->into = scan_absolute(&build->arena, str_from_c(optarg));
            break;
        case 'q':
            build->quiet = true;
            break;
        case COMMAND_OPTION_STOP:
            return false;
        case COMMAND_OPTION_END:
            return true;
        }
    }
}

static void tell(struct build *build, const struct output_file *file, const struct project_unit *unit) {
    bool is_map = str_ends_with(file->name, STR(".map"));
    bool is_runtime = str_starts_with(file->name, STR("runtime/"));
    struct str folder = is_runtime ? unit->place.top : unit->place.output;
    struct str path = command_shown_path(&build->arena, path_join(&build->arena, folder, file->name));
    switch (file->outcome) {
    case OUTPUT_WRITTEN:
        build->written++;
        if (!build->quiet && !is_map) {
            printf("  %.*s\n", STR_ARGUMENTS(path));
        }
        break;
    case OUTPUT_SAME:
        build->same++;
        break;
    case OUTPUT_REMOVED:
        build->removed++;
        if (!build->quiet && !is_map) {
            printf("  removed %.*s: its block is not in the source any more\n", STR_ARGUMENTS(path));
        }
        break;
    case OUTPUT_KEPT:
    case OUTPUT_WITHHELD:
        build->kept++;
        if (!is_map) {
            fprintf(stderr, "tova: %.*s has errors: %s\n", STR_ARGUMENTS(path),
                    file->outcome == OUTPUT_KEPT ? "the last good one stays." : "it is not written.");
        }
        break;
    case OUTPUT_FAILED:
        build->failed++;
        command_failed("%.*s: %.*s", STR_ARGUMENTS(path), STR_ARGUMENTS(file->error));
        break;
    }
}

static void build_unit(struct build *build, struct project *project, struct project_unit *unit) {
    struct emission emission;
    struct output_report report = {.written = 0};
    struct output_place place = project_output_place(&build->arena, project, unit);
    project_emit(project, unit, 0, &emission);
    build->errors += unit->errors;
    report_unit(project, unit, !build->quiet);
    output_write(&build->arena, &place, &emission, &report);
    if (unit->errors == 0) {
        output_remove_stale(&build->arena, &place, &emission, &report);
    }
    for (unsigned i = 0; i < report.files.count; i++) {
        tell(build, &report.files.items[i], unit);
    }
    emission_finish(&emission);
}

/* What was asked for, and what that imports. */
static void build_files(struct build *build, const struct scan_files *files) {
    struct project project;
    struct project_options options = {.limit = command_limit(&build->arena, build->top), .into = build->into};
    project_load_files(&project, build->top, files, &options);
    for (unsigned i = 0; i < project.units.count; i++) {
        build_unit(build, &project, project.units.items[i]);
    }
    project_finish(&project);
}

static void print_summary(const struct build *build, double milliseconds) {
    const char *plural = build->written == 1 ? "" : "s";
    if (build->written == 0) {
        printf("Nothing to write: ");
    } else {
        printf("Wrote %u file%s, ", build->written, plural);
    }
    printf("%u unchanged", build->same);
    if (build->removed > 0) {
        printf(", %u removed", build->removed);
    }
    if (build->kept > 0) {
        printf(", %u kept back because of errors", build->kept);
    }
    printf(" (%.0f ms).\n", milliseconds);
}

int command_build(int argc, char **argv) {
    struct build build = {.quiet = false};
    uint64_t started = loop_clock();
    arena_init(&build.arena);
    int status;
    const char *word = read_options(&build, argc, argv, &status) ? command_one_path(argc, argv, &status) : NULL;
    if (word == NULL) {
        goto out;
    }
    struct str path;
    struct scan_files files;
    if (!command_sources(&build.arena, word, &path, &files)) {
        status = COMMAND_FAILED;
        goto out;
    }
    bool is_file = files.list.count == 1 && str_equal(files.list.items[0], path);
    build.top = is_file ? path_parent(&build.arena, path) : path;
    build_files(&build, &files);
    if (!build.quiet) {
        print_summary(&build, (double)(loop_clock() - started) / 1e6);
    }
    status = build.errors > 0 || build.kept > 0 || build.failed > 0 ? COMMAND_FAILED : COMMAND_DONE;
out:
    arena_finish(&build.arena);
    return status;
}
