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
#include <unistd.h>

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

/* DIR and what of it is there already: only beneath an existing folder are folders made. */
static struct output_place place_in(struct arena *arena, struct str folder) {
    struct str root = folder;
    while (root.size > 1 && access(root.data, F_OK) != 0) {
        root = path_parent(arena, root);
    }
    struct str below = str_equal(root, folder) ? STR("") : path_relative(arena, root, folder);
    return (struct output_place){root, below};
}

/* Where the outputs of a package go: beneath DIR as the package lies beneath the path that was asked for, or into the
 * output folder of its project. */
static struct output_place place_of(struct build *build, struct str folder, struct str *shown) {
    if (build->into.size > 0) {
        bool is_top = str_equal(folder, build->top);
        struct str inner = is_top ? STR("") : path_relative(&build->arena, build->top, folder);
        *shown = path_join(&build->arena, build->into, inner);
        return place_in(&build->arena, *shown);
    }
    struct project_place place = project_place_of(&build->arena, folder, command_limit(&build->arena, build->top));
    *shown = place.output;
    return output_place(&build->arena, place.root, place.below);
}

static void tell(struct build *build, const struct output_file *file, struct str shown) {
    bool is_map = str_ends_with(file->name, STR(".map"));
    struct str path = command_shown_path(&build->arena, path_join(&build->arena, shown, file->name));
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
    struct str shown;
    struct output_place place = place_of(build, project->folder, &shown);
    project_emit(project, unit, 0, &emission);
    build->errors += unit->errors;
    report_unit(project, unit, !build->quiet);
    output_write(&build->arena, &place, &emission, &report);
    if (unit->errors == 0) {
        output_remove_stale(&build->arena, &place, &emission, &report);
    }
    for (unsigned i = 0; i < report.files.count; i++) {
        tell(build, &report.files.items[i], shown);
    }
    emission_finish(&emission);
}

/* A folder with what is in it, or the unit of a file. */
static void build_at(struct build *build, struct str path) {
    struct project project;
    if (project_load(&project, path, NULL)) {
        for (uint32_t i = 0; i < project.unit_count; i++) {
            build_unit(build, &project, &project.units[i]);
        }
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
    struct scan_files folders = scan_packages(&build.arena, &files);
    for (unsigned i = 0; i < folders.list.count; i++) {
        build_at(&build, is_file ? path : folders.list.items[i]);
    }
    if (!build.quiet) {
        print_summary(&build, (double)(loop_clock() - started) / 1e6);
    }
    status = build.errors > 0 || build.kept > 0 || build.failed > 0 ? COMMAND_FAILED : COMMAND_DONE;
out:
    arena_finish(&build.arena);
    return status;
}
