/* `tova build`: writes the outputs of every package at or below a path. */
#include "codegen/emit.h"
#include "parser/base/path.h"
#include "server/commands/build_production.h"
#include "server/commands/build_watch.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/io/loop.h"
#include "server/manifest.h"
#include "server/output.h"
#include "server/output_lock.h"
#include "server/project.h"
#include "server/scan.h"
#include "server/workers.h"

#include <stdio.h>

struct build {
    struct arena arena;
    struct str here; /* the working folder */
    struct str top;  /* the folder that was asked for, or the folder of the file */
    struct str into; /* -o DIR, absolute; empty: each project's own output folder */
    bool quiet, production, no_maps, watch, strict;
    struct build_watch *watching; /* what it holds while it watches; NULL: it does not */
    bool refused; /* another process has the folder */
    unsigned written, same, kept, removed, failed, errors;
};

static bool read_options(struct build *build, int argc, char **argv, int *status) {
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'}, {"quiet", no_argument, NULL, 'q'},
        {"production", no_argument, NULL, 'p'},   {"no-maps", no_argument, NULL, 'n'},
        {"watch", no_argument, NULL, 'w'},        {"strict", no_argument, NULL, 't'},
        {NULL, 0, NULL, 0}};
    for (;;) {
        switch (command_option(argc, argv, "o:qw", options, status)) {
        case 'o':
            build->into = scan_absolute(&build->arena, str_from_c(optarg));
            break;
        case 'q':
            build->quiet = true;
            break;
        case 'p':
            build->production = true;
            break;
        case 'n':
            build->no_maps = true;
            break;
        case 'w':
            build->watch = true;
            break;
        case 't':
            build->strict = true;
            break;
        case COMMAND_OPTION_STOP:
            return false;
        case COMMAND_OPTION_END:
            return true;
        }
    }
}

static struct str shown_path(struct build *build, const struct output_file *file, const struct project_unit *unit) {
    bool is_runtime = str_starts_with(file->name, STR("runtime/"));
    struct str folder = is_runtime ? unit->place.top : unit->place.output;
    return command_path_from(&build->arena, build->here, path_join(&build->arena, folder, file->name));
}

static void tell(struct build *build, const struct output_file *file, const struct project_unit *unit) {
    bool is_map = str_ends_with(file->name, STR(".map"));
    bool is_silent = file->outcome == OUTPUT_SAME || (file->outcome == OUTPUT_WRITTEN && (build->quiet || is_map));
    struct str path = is_silent ? STR("") : shown_path(build, file, unit);
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

/* What was done with each unit, by its index. */
struct written {
    struct build *build;
    const struct project *project;
    struct output_report *reports;
    struct runtime_set *runtimes;
    struct output_folder folders[WORKERS_MOST]; /* where each worker writes */
};

static void write_unit(void *context, struct arena *arena, unsigned worker, uint32_t index,
                       const struct emission *emission) {
    struct written *written = context;
    const struct project_unit *unit = written->project->units.items[index];
    struct output_place place = project_output_place(arena, written->project, unit);
    output_write_files(arena, &written->folders[worker], &place, emission, &written->reports[index]);
    written->runtimes[index] = output_runtime(emission);
}

/* The runtime of each top folder is written once, for all units that are there. */
static void write_runtimes(struct written *written) {
    const struct project *project = written->project;
    struct arena *arena = &written->build->arena;
    bool *done = arena_array(arena, bool, project->units.count + 1);
    for (unsigned i = 0; i < project->units.count; i++) {
        struct output_place place = project_output_place(arena, project, project->units.items[i]);
        struct runtime_set modules = {{0}};
        for (unsigned k = i; k < project->units.count && !done[i]; k++) {
            if (!done[k] && str_equal(project->units.items[k]->place.top, project->units.items[i]->place.top)) {
                runtime_add_all(&modules, written->runtimes[k]);
                done[k] = k > i;
            }
        }
        output_write_runtime(arena, &place, modules, &written->reports[i]);
    }
}

/* Tells by sizes and times alone that there is nothing to do. */
static bool is_current(struct build *build, const struct scan_files *files) {
    struct arena *arena = &build->arena;
    struct str limit = command_limit(arena, build->top);
    struct scan_files folders = scan_packages(arena, files);
    VEC(struct str) tops = {0};
    unsigned outputs = 0;
    bool current = true;
    for (unsigned i = 0; i < folders.list.count; i++) {
        struct str own = project_place_of(arena, folders.list.items[i], limit).top;
        struct str top = build->into.size > 0 ? build->into : own;
        if (tops.count == 0 || !str_equal(tops.items[tops.count - 1], top)) {
            vec_push(arena, &tops, top);
        }
    }
    for (unsigned i = 0; i < tops.count && current; i++) {
        struct manifest manifest;
        /* Sources of one top folder stand side by side as a rule; where they do not, the work is done. */
        current = tops.count == 1 && manifest_read(arena, tops.items[i], &manifest) &&
                  manifest_is_current(arena, &manifest, tops.items[i], files);
        outputs += current ? manifest_output_count(&manifest) : 0;
    }
    build->same = current ? outputs : 0;
    return current;
}

enum { LOCK_MILLISECONDS = 10 * 1000 };

static const char *own_name(const struct build *build) {
    return build->watching != NULL ? "tova build --watch" : "tova build";
}

/* Nobody else writes into the folders meanwhile. */
static bool take_locks(struct build *build, const struct project *project, struct output_locks *locks) {
    struct output_writer writer = {own_name(build), LOCK_MILLISECONDS, true};
    struct str holder;
    bool taken = build->watching == NULL || build_watch_hold(build->watching, project, own_name(build), &holder);
    if (taken) {
        taken = output_locks_take(&build->arena, project, &writer, locks);
        holder = locks->holder;
    }
    if (!taken) {
        build->failed++;
        build->refused = true;
        command_failed("the output folder belongs to %.*s: end that first, or build into another folder with -o.",
                       STR_ARGUMENTS(holder));
    }
    return taken;
}

static void emit_files(struct build *build, struct project *project) {
    struct written written = {.build = build, .project = project};
    written.reports = arena_array(&build->arena, struct output_report, project->units.count + 1);
    written.runtimes = arena_array(&build->arena, struct runtime_set, project->units.count + 1);
    project_emit_all(project, write_unit, &written);
    for (unsigned i = 0; i < WORKERS_MOST; i++) {
        output_folder_close(&written.folders[i]);
    }
    write_runtimes(&written);
    manifest_record(&build->arena, project, written.reports);
    for (unsigned i = 0; i < project->units.count; i++) {
        const struct project_unit *unit = project->units.items[i];
        build->errors += unit->errors;
        report_unit(project, unit, !build->quiet);
        for (unsigned k = 0; k < written.reports[i].files.count; k++) {
            tell(build, &written.reports[i].files.items[k], unit);
        }
    }
}

/* What was asked for, and what that imports. */
static void build_files(struct build *build, const struct scan_files *files) {
    struct project project;
    struct output_locks locks;
    struct project_options options = {.limit = command_limit(&build->arena, build->top),
                                      .into = build->into,
                                      .strict = build->strict};
    project_load_files(&project, build->top, files, &options);
    if (take_locks(build, &project, &locks)) {
        emit_files(build, &project);
        output_locks_release(&locks);
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

static int status_of(const struct build *build) {
    return build->errors > 0 || build->kept > 0 || build->failed > 0 ? COMMAND_FAILED : COMMAND_DONE;
}

/* One build of what is there now, with an arena of its own; `asked` has the options. */
static int build_once(const struct build *asked, const char *word, bool *refused) {
    struct build build = {.into = asked->into,
                          .quiet = asked->quiet,
                          .production = asked->production,
                          .no_maps = asked->no_maps,
                          .strict = asked->strict,
                          .watching = asked->watching};
    uint64_t started = loop_clock();
    struct str path;
    struct scan_files files;
    int status = COMMAND_FAILED;
    build.here = scan_absolute(&build.arena, STR("."));
    if (!command_sources(&build.arena, word, &path, &files)) {
        goto out;
    }
    bool is_file = files.list.count == 1 && str_equal(files.list.items[0], path);
    build.top = is_file ? path_parent(&build.arena, path) : path;
    if (build.production) {
        struct production_options options = {build.top, build.into, !build.no_maps, build.quiet, build.strict};
        status = build_production(&build.arena, &files, &options);
        goto out;
    }
    /* Who watches holds the folders from the start; what was written once may be refused when it is looked at strictly. */
    if (asked->watching != NULL || build.strict || !is_current(&build, &files)) {
        build_files(&build, &files);
    }
    if (!build.quiet && !build.refused) {
        print_summary(&build, (double)(loop_clock() - started) / 1e6);
    }
    *refused = build.refused;
    status = status_of(&build);
out:
    arena_finish(&build.arena);
    return status;
}

struct again {
    const struct build *build;
    const char *word;
};

static int build_again(void *context, bool *refused) {
    const struct again *again = context;
    return build_once(again->build, again->word, refused);
}

/* Builds until a signal comes; the status is that of the last build. */
static int watch(struct build *build, const char *word) {
    struct str path;
    struct scan_files files;
    if (!command_sources(&build->arena, word, &path, &files)) {
        return COMMAND_FAILED;
    }
    bool is_file = files.list.count == 1 && str_equal(files.list.items[0], path);
    struct again again = {build, word};
    build->watching = build_watch_create(is_file ? path_parent(&build->arena, path) : path);
    int status = build_watch_run(build->watching, build_again, &again);
    build_watch_destroy(build->watching);
    return status;
}

int command_build(int argc, char **argv) {
    struct build build = {.quiet = false};
    int status;
    bool refused = false;
    arena_init(&build.arena);
    const char *word = read_options(&build, argc, argv, &status) ? command_one_path(argc, argv, &status) : NULL;
    if (word != NULL && build.watch && build.production) {
        status = command_misused("build", "--watch and --production do not go together.");
    } else if (word != NULL) {
        status = build.watch ? watch(&build, word) : build_once(&build, word, &refused);
    }
    arena_finish(&build.arena);
    return status;
}
