/* `tova dev`: builds an application, runs its servers, and does both again on every change. */
#include "codegen/emit.h"
#include "parser/base/path.h"
#include "server/commands/bun.h"
#include "server/commands/command.h"
#include "server/commands/dev_page.h"
#include "server/commands/dev_ports.h"
#include "server/commands/dev_servers.h"
#include "server/commands/report.h"
#include "server/io/loop.h"
#include "server/io/watch.h"
#include "server/manifest.h"
#include "server/output.h"
#include "server/output_lock.h"
#include "server/project.h"
#include "server/scan.h"

#include <signal.h>
#include <stdio.h>

enum { WATCH_SETTLE_MILLISECONDS = 40, WATCH_LONGEST_MILLISECONDS = 400 };

struct dev {
    struct arena arena; /* what lives as long as the command */
    struct loop *loop;
    struct watch *watch;
    struct dev_servers *servers;
    struct str path; /* the folder or file that was named, absolute */
    struct str folder; /* that of the application */
    struct str limit;  /* of the search for a project's root */
    VEC(struct str) watched; /* the folders of what is built */
    const char *bun;
    uint16_t base_port; /* --port; 0: none */
    struct output_watches held; /* the output folders, for as long as it runs */
    bool shown, stopping, had_errors;
    int status;
};

static bool read_options(struct dev *dev, int argc, char **argv, int *status) {
    static const struct option options[] = {{"port", required_argument, NULL, 'p'}, {NULL, 0, NULL, 0}};
    for (;;) {
        switch (command_option(argc, argv, "p:", options, status)) {
        case 'p':
            if (!dev_ports_read(optarg, &dev->base_port)) {
                *status = command_misused("dev", "\"%s\" is not a port: a number from 1 to %d.", optarg, DEV_PORT_LAST);
                return false;
            }
            break;
        case COMMAND_OPTION_STOP:
            return false;
        case COMMAND_OPTION_END:
            return true;
        }
    }
}

/* ---- building */

/* One build: what was emitted and written. Everything of it lives in its arena. */
struct dev_build {
    struct arena arena;
    struct emission emission;
    struct output_report report;
    struct str output;        /* the folder of the outputs */
    VEC(struct str) folders;  /* of the sources, those of imported modules included */
    bool imported_change;     /* the output of an imported module was written */
    bool has_errors;
    bool refused;             /* another process has the output folder */
};

static const struct output_file *written_file(const struct dev_build *build, struct str name) {
    for (unsigned i = 0; i < build->report.files.count; i++) {
        const struct output_file *file = &build->report.files.items[i];
        if (file->outcome == OUTPUT_WRITTEN && str_equal(file->name, name)) {
            return file;
        }
    }
    return NULL;
}

static bool is_runtime_written(const struct dev_build *build, enum runtime_module module) {
    struct str file = runtime_file_name(module);
    for (unsigned i = 0; i < build->report.files.count; i++) {
        struct str name = build->report.files.items[i].name;
        if (build->report.files.items[i].outcome == OUTPUT_WRITTEN && str_starts_with(name, STR("runtime/")) &&
            str_equal(path_name(name), file)) {
            return true;
        }
    }
    return false;
}

/* Has something been written that this server runs: its output, the shared one, a module of the runtime that it imports? */
static bool has_server_change(const struct dev_build *build, const struct output *server) {
    struct runtime_set runtime = server->runtime;
    bool changed = build->imported_change || written_file(build, server->name) != NULL;
    for (uint32_t i = 0; i < build->emission.count; i++) {
        const struct output *output = &build->emission.outputs[i];
        if (output->kind == OUTPUT_SHARED) {
            changed = changed || written_file(build, output->name) != NULL;
            runtime_add_all(&runtime, output->runtime);
        }
    }
    runtime = runtime_closure(runtime);
    for (int i = 0; i < (int)RUNTIME_MODULE_COUNT && !changed; i++) {
        changed = runtime_has(runtime, (enum runtime_module)i) && is_runtime_written(build, (enum runtime_module)i);
    }
    return changed;
}

static bool has_page_change(const struct dev_build *build) {
    if (build->imported_change) {
        return true;
    }
    for (uint32_t i = 0; i < build->emission.count; i++) {
        const struct output *output = &build->emission.outputs[i];
        if (output->kind == OUTPUT_CLIENT && written_file(build, output->name) != NULL) {
            return true;
        }
    }
    return false;
}

static void tell_failures(const struct dev_build *build) {
    for (unsigned i = 0; i < build->report.files.count; i++) {
        const struct output_file *file = &build->report.files.items[i];
        if (file->outcome == OUTPUT_FAILED) {
            command_failed("%.*s: %.*s", STR_ARGUMENTS(file->name), STR_ARGUMENTS(file->error));
        } else if (file->outcome == OUTPUT_KEPT && !str_ends_with(file->name, STR(".map"))) {
            command_failed("%.*s has errors: the last good one stays.", STR_ARGUMENTS(file->name));
        }
    }
}

static void write_unit(struct dev_build *build, struct project *project, struct project_unit *unit,
                       struct emission *emission, struct output_report *report) {
    struct output_place place = project_output_place(&build->arena, project, unit);
    project_emit(project, unit, 0, emission);
    report_unit(project, unit, false);
    dev_page_add(emission);
    output_write(&build->arena, &place, emission, report);
    build->has_errors = build->has_errors || unit->errors > 0;
    vec_push(&build->arena, &build->folders, arena_str(&build->arena, unit->folder));
}

/* Writes the application, which is the first unit (modules have no server; one of them is enough to say so), and the
 * modules that it imports. */
static void write_units(struct dev_build *build, struct project *project) {
    unsigned count = project->units.count;
    struct output_report *reports = arena_array(&build->arena, struct output_report, count);
    for (unsigned i = count; i-- > 1;) {
        struct emission emission;
        write_unit(build, project, project->units.items[i], &emission, &reports[i]);
        build->imported_change = build->imported_change || reports[i].written > 0;
        emission_finish(&emission);
    }
    write_unit(build, project, project->units.items[0], &build->emission, &reports[0]);
    manifest_record(&build->arena, project, reports);
    build->report = reports[0];
}

enum { LOCK_MILLISECONDS = 10 * 1000 };

/* Nobody else writes into the folders meanwhile, and nobody else watches them. */
static bool take_locks(struct dev *dev, struct dev_build *build, const struct project *project,
                       struct output_locks *locks) {
    struct output_writer writer = {"tova dev", LOCK_MILLISECONDS, true};
    struct str holder;
    bool taken = output_watches_add(&dev->arena, &dev->held, project, "tova dev", &holder);
    if (taken) {
        taken = output_locks_take(&build->arena, project, &writer, locks);
        holder = locks->holder;
    }
    if (!taken) {
        command_failed("the output folder belongs to %.*s: end that first.", STR_ARGUMENTS(holder));
    }
    return taken;
}

/* Builds; false when there is no source file. Caller finishes in any case. */
static bool build_once(struct dev *dev, struct dev_build *build) {
    *build = (struct dev_build){.has_errors = false};
    arena_init(&build->arena);
    struct project project;
    struct project_options options = {.limit = dev->limit};
    bool loaded = project_load(&project, dev->path, &options);
    if (loaded) {
        build->output = arena_str(&build->arena, project.units.items[0]->place.output);
        struct output_locks locks;
        build->refused = !take_locks(dev, build, &project, &locks);
        if (!build->refused) {
            write_units(build, &project);
            output_locks_release(&locks);
            tell_failures(build);
        }
    }
    project_finish(&project);
    return loaded;
}

static void finish_build(struct dev_build *build) {
    emission_finish(&build->emission);
    arena_finish(&build->arena);
}

/* ---- servers */

static void add_target(struct dev_build *build, const struct output *output, const struct dev_port *port,
                       struct dev_target *target) {
    *target = (struct dev_target){
        .port = *port,
        .file = path_join(&build->arena, build->output, output->name),
        .changed = has_server_change(build, output),
        .broken = output->broken,
    };
}

/* What is to run after a build; false when the ports cannot be chosen, which has been said. */
static bool choose_targets(const struct dev *dev, struct dev_build *build, struct dev_target **targets,
                           unsigned *count) {
    struct dev_ports ports = {.list = {NULL, 0, 0}};
    const struct output **outputs = arena_array(&build->arena, const struct output *, build->emission.count + 1);
    for (uint32_t i = 0; i < build->emission.count; i++) {
        const struct output *output = &build->emission.outputs[i];
        if (output->kind == OUTPUT_SERVER) {
            outputs[ports.list.count] = output;
            dev_ports_add(&build->arena, &ports, output->label);
        }
    }
    if (!dev_ports_choose(&build->arena, &ports, dev->base_port)) {
        return false;
    }
    *count = ports.list.count;
    *targets = arena_array(&build->arena, struct dev_target, *count + 1);
    for (unsigned i = 0; i < *count; i++) {
        add_target(build, outputs[i], &ports.list.items[i], &(*targets)[i]);
    }
    return true;
}

static void on_settled(void *context) {
    struct dev *dev = context;
    if (!dev->shown) {
        dev->shown = true;
        dev_servers_print(dev->servers);
    }
}

static void on_stopped(void *context) {
    struct dev *dev = context;
    loop_stop(dev->loop);
}

static void stop(struct dev *dev, int status) {
    dev->status = status;
    if (!dev->stopping) {
        dev->stopping = true;
        dev_servers_stop(dev->servers);
    } else {
        loop_stop(dev->loop); /* asked twice: what still runs is killed on the way out */
    }
}

static void on_refused(void *context) {
    struct dev *dev = context;
    if (!dev->stopping) {
        stop(dev, COMMAND_FAILED);
    }
}

static void on_signal(void *context, int number) {
    (void)number;
    stop(context, COMMAND_DONE);
}

/* ---- changes */

static bool is_source(const struct dev *dev, struct arena *scratch, struct str path) {
    struct str folder = path_parent(scratch, path);
    for (unsigned i = 0; i < dev->watched.count && str_ends_with(path, STR(".tova")); i++) {
        if (str_equal(folder, dev->watched.items[i])) {
            return true;
        }
    }
    return false;
}

static void print_rebuilt(const struct dev_build *build, double milliseconds) {
    const char *before = "  Rebuilt ";
    for (unsigned i = 0; i < build->report.files.count; i++) {
        const struct output_file *file = &build->report.files.items[i];
        if (file->outcome == OUTPUT_WRITTEN && !str_ends_with(file->name, STR(".map"))) {
            printf("%s%.*s", before, STR_ARGUMENTS(file->name));
            before = ", ";
        }
    }
    if (before[0] == ',') {
        printf(" (%.0f ms)\n", milliseconds);
    }
}

/* Watches the folders of what was built, each once. */
static void watch_built(struct dev *dev, const struct dev_build *build) {
    for (unsigned i = 0; i < build->folders.count; i++) {
        struct str folder = build->folders.items[i];
        bool known = false;
        for (unsigned k = 0; k < dev->watched.count && !known; k++) {
            known = str_equal(dev->watched.items[k], folder);
        }
        if (!known) {
            folder = arena_str(&dev->arena, folder);
            vec_push(&dev->arena, &dev->watched, folder);
            if (!watch_add(dev->watch, folder)) {
                command_failed("%.*s cannot be watched: changes are not noticed.", STR_ARGUMENTS(folder));
            }
        }
    }
}

static void rebuild(struct dev *dev) {
    struct dev_build build;
    uint64_t started = loop_clock();
    if (build_once(dev, &build) && !build.refused) {
        watch_built(dev, &build);
        struct dev_target *targets;
        unsigned count;
        print_rebuilt(&build, (double)(loop_clock() - started) / 1e6);
        if (dev->had_errors && !build.has_errors) {
            printf("  No errors any more\n");
        }
        dev->had_errors = build.has_errors;
        if (choose_targets(dev, &build, &targets, &count)) {
            dev_servers_update(dev->servers, targets, count);
        }
        if (has_page_change(&build)) {
            dev_servers_reload(dev->servers);
        }
    } else if (!build.refused) {
        command_failed("there is no .tova file any more; what runs goes on as it was.");
    }
    finish_build(&build);
}

static void on_change(void *context, const struct str *paths, size_t count) {
    struct dev *dev = context;
    struct arena scratch;
    arena_init(&scratch);
    bool concerns = false;
    for (size_t i = 0; i < count && !concerns; i++) {
        concerns = is_source(dev, &scratch, paths[i]);
    }
    arena_finish(&scratch);
    if (concerns && !dev->stopping) {
        rebuild(dev);
    }
}

/* ---- the command */

/* The first build, and the check that all ports are free. */
static int begin(struct dev *dev, const char *word) {
    struct dev_build build;
    struct dev_target *targets;
    unsigned count;
    int status = COMMAND_DONE;
    if (!build_once(dev, &build)) {
        status = command_nothing_at(word);
    } else if (build.refused) {
        status = COMMAND_FAILED;
    } else if (!choose_targets(dev, &build, &targets, &count)) {
        status = COMMAND_MISUSED;
    } else if (count == 0) {
        status = command_failed("%s has neither a server nor a browser block, so there is nothing to serve.\n"
                                "  `tova run FILE` runs a program.",
                                word);
    } else {
        for (unsigned i = 0; i < count; i++) {
            if (!targets[i].broken && dev_ports_taken(&targets[i].port)) {
                status = COMMAND_FAILED;
            }
        }
    }
    if (status == COMMAND_DONE) {
        watch_built(dev, &build);
        dev->had_errors = build.has_errors;
        dev_servers_update(dev->servers, targets, count);
    }
    finish_build(&build);
    return status;
}

static void watch_sources(struct dev *dev) {
    struct watch_options options = {
        .settle = WATCH_SETTLE_MILLISECONDS,
        .longest = WATCH_LONGEST_MILLISECONDS,
        .changed = on_change,
        .context = dev,
    };
    dev->watch = watch_create(dev->loop, &options);
    vec_push(&dev->arena, &dev->watched, dev->folder);
    if (!watch_add(dev->watch, dev->folder)) {
        command_failed("%.*s cannot be watched: changes are not noticed.", STR_ARGUMENTS(dev->folder));
    }
}

/* Runs until a signal, with what has been read from the command line. */
static int run(struct dev *dev, const char *word) {
    struct dev_servers_options options = {
        .loop = dev->loop,
        .bun = dev->bun,
        .folder = dev->folder.data,
        .context = dev,
        .settled = on_settled,
        .refused = on_refused,
        .stopped = on_stopped,
    };
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        loop_on_signal(dev->loop, ends[i], on_signal, dev);
    }
    dev->servers = dev_servers_create(&options);
    watch_sources(dev);
    dev->status = begin(dev, word);
    if (dev->status == COMMAND_DONE) {
        loop_run(dev->loop);
    }
    return dev->status;
}

int command_dev(int argc, char **argv) {
    struct dev dev = {.status = COMMAND_DONE};
    arena_init(&dev.arena);
    int status;
    const char *word = read_options(&dev, argc, argv, &status) ? command_one_path(argc, argv, &status) : NULL;
    if (word == NULL) {
        goto out;
    }
    status = COMMAND_FAILED;
    if (!bun_find(&dev.arena, &dev.bun)) {
        goto out;
    }
    /* Lines appear as they are printed, also in a pipe. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    loop_ignore_broken_pipes();

    struct scan_files files;
    if (!command_sources(&dev.arena, word, &dev.path, &files)) {
        goto out;
    }
    dev.folder = str_ends_with(dev.path, STR(".tova")) ? path_parent(&dev.arena, dev.path) : dev.path;
    dev.limit = command_limit(&dev.arena, dev.folder);
    dev.loop = loop_create();
    status = run(&dev, word);
    watch_destroy(dev.watch);
    dev_servers_destroy(dev.servers);
    loop_destroy(dev.loop);
    output_watches_release(&dev.held);
out:
    arena_finish(&dev.arena);
    return status;
}
