/* `tova build --production`: emits apart, has Bun bundle, and exchanges the folders. */
#include "server/commands/build_production.h"

#include "codegen/emit.h"
#include "parser/base/path.h"
#include "server/commands/bun.h"
#include "server/commands/command.h"
#include "server/commands/dev_page.h"
#include "server/commands/report.h"
#include "server/io/loop.h"
#include "server/io/process.h"
#include "server/output.h"
#include "server/project.h"
#include "server/replace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What goes into one folder: the packages of one project root. */
struct bundle {
    struct str root, from, place; /* of the project, of the outputs, of the result; absolute */
    VEC(const char *) words;      /* the kind of each output and its name beneath `from`, for bundle.js */
};

struct production {
    struct arena *arena;
    const struct production_options *options;
    const char *bun;
    VEC(struct bundle) bundles;
    unsigned errors, failed;
};

/* ---- emitting */

static struct bundle *bundle_of(struct production *production, const struct project_unit *unit) {
    for (unsigned i = 0; i < production->bundles.count; i++) {
        if (str_equal(production->bundles.items[i].from, unit->place.top)) {
            return &production->bundles.items[i];
        }
    }
    struct arena *arena = production->arena;
    struct bundle bundle = {.root = arena_str(arena, unit->place.root), .from = arena_str(arena, unit->place.top)};
    vec_push(arena, &production->bundles, bundle);
    return &production->bundles.items[production->bundles.count - 1];
}

static bool is_imported(const struct project *project, const struct project_unit *unit) {
    for (unsigned i = 0; i < project->units.count; i++) {
        const struct project_unit *other = project->units.items[i];
        for (unsigned k = 0; k < other->imports.count; k++) {
            if (other != unit && other->imports.items[k] == unit) {
                return true;
            }
        }
    }
    return false;
}

static const char *kind_of(const struct project *project, const struct project_unit *unit, const struct output *output) {
    switch (output->kind) {
    case OUTPUT_SERVER:
        return "server";
    case OUTPUT_CLIENT:
        return "page";
    case OUTPUT_MODULE:
        return unit->wanted && !is_imported(project, unit) ? "script" : NULL;
    case OUTPUT_SHARED:
        return NULL;
    }
    return NULL;
}

/* Names the outputs that programs start with. */
static void add_words(struct production *production, const struct project *project, const struct project_unit *unit,
                      const struct emission *emission) {
    struct arena *arena = production->arena;
    bool named = false;
    for (uint32_t i = 0; i < emission->count; i++) {
        const char *kind = kind_of(project, unit, &emission->outputs[i]);
        if (kind == NULL) {
            continue;
        }
        struct bundle *bundle = bundle_of(production, unit);
        if (!named) {
            vec_push(arena, &bundle->words, "application");
            named = true;
        }
        vec_push(arena, &bundle->words, kind);
        vec_push(arena, &bundle->words, path_join(arena, unit->place.below, emission->outputs[i].name).data);
    }
}

static void emit_unit(struct production *production, struct project *project, struct project_unit *unit) {
    struct emission emission;
    struct output_report report = {.failed = 0};
    struct output_place place = project_output_place(production->arena, project, unit);
    project_emit(project, unit, 0, &emission);
    report_unit(project, unit, !production->options->quiet);
    production->errors += unit->errors;
    if (unit->errors == 0) {
        dev_page_add(&emission);
        for (uint32_t i = 0; i < emission.count; i++) {
            runtime_add(&emission.outputs[i].runtime, RUNTIME_BUNDLE);
        }
        output_write(production->arena, &place, &emission, &report);
        add_words(production, project, unit, &emission);
    }
    production->failed += report.failed;
    for (unsigned i = 0; i < report.files.count; i++) {
        const struct output_file *file = &report.files.items[i];
        if (file->outcome == OUTPUT_FAILED) {
            command_failed("%.*s: %.*s", STR_ARGUMENTS(file->name), STR_ARGUMENTS(file->error));
        }
    }
    emission_finish(&emission);
}

/* False after saying why there is nothing to bundle. */
static bool emit_all(struct production *production, const struct scan_files *files) {
    struct project project;
    struct project_options options = {.limit = command_limit(production->arena, production->options->top),
                                      .production = true,
                                      .strict = production->options->strict};
    project_load_files(&project, production->options->top, files, &options);
    for (unsigned i = 0; i < project.units.count; i++) {
        emit_unit(production, &project, project.units.items[i]);
    }
    project_finish(&project);
    if (production->errors > 0) {
        command_failed("nothing is built for production: there are errors.");
    } else if (production->failed == 0 && production->bundles.count == 0) {
        command_failed("there is neither a server, a page nor a program to build for production.");
    }
    return production->errors == 0 && production->failed == 0 && production->bundles.count > 0;
}

/* ---- places */

/* Several project roots in one folder that was asked for lie there as they lie below the folder of the sources. */
static struct str place_of(const struct production *production, const struct bundle *bundle) {
    const struct production_options *options = production->options;
    if (options->into.size == 0) {
        return path_join(production->arena, bundle->root, STR("dist"));
    }
    bool below = production->bundles.count > 1 && path_is_below(bundle->root, options->top);
    return below ? path_join(production->arena, options->into,
                             path_relative(production->arena, options->top, bundle->root))
                 : options->into;
}

/* False after naming a folder that this must not replace. */
static bool choose_places(struct production *production) {
    bool allowed = true;
    for (unsigned i = 0; i < production->bundles.count; i++) {
        struct bundle *bundle = &production->bundles.items[i];
        bundle->place = place_of(production, bundle);
        if (!replace_is_allowed(production->arena, bundle->place)) {
            struct str shown = command_shown_path(production->arena, bundle->place);
            command_failed("%.*s is no folder that a build for production made, and is left as it is.\n"
                           "  `-o DIR` names another one.",
                           STR_ARGUMENTS(shown));
            allowed = false;
        }
    }
    return allowed;
}

/* ---- bundling */

struct bundling {
    struct production *production;
    struct loop *loop;
    struct str shown; /* the folder, for people */
    unsigned files;
    bool good;
};

/* "NAME<tab>BYTES<tab>COMPRESSED" of a file that was made. */
static void tell_file(struct bundling *bundling, struct str line) {
    size_t name = str_find(line, '\t', 0);
    size_t size = str_find(line, '\t', name + 1);
    bundling->files++;
    if (size >= line.size || bundling->production->options->quiet) {
        return;
    }
    double bytes = strtod(arena_str(bundling->production->arena, str_slice(line, name + 1, size)).data, NULL);
    double packed = strtod(arena_str(bundling->production->arena, str_slice(line, size + 1, line.size)).data, NULL);
    struct str path = path_join(bundling->production->arena, bundling->shown, str_slice(line, 0, name));
    printf("  %-48.*s %8.1f kB  %7.1f kB compressed\n", STR_ARGUMENTS(path), bytes / 1000, packed / 1000);
}

static void on_line(void *context, enum process_stream stream, struct str line) {
    if (stream == PROCESS_STDOUT) {
        tell_file(context, line);
    } else {
        fprintf(stderr, "%.*s\n", STR_ARGUMENTS(line));
    }
}

static void on_ended(void *context, int64_t status, int signal) {
    struct bundling *bundling = context;
    bundling->good = status == 0 && signal == 0;
    loop_stop(bundling->loop);
}

/* Runs bundle.js to its end. */
static bool run_bundler(struct bundling *bundling, const struct bundle *bundle, struct str into) {
    struct arena *arena = bundling->production->arena;
    struct str runtime = path_join(arena, bundle->from, STR("runtime"));
    VEC(const char *) words = {NULL, 0, 0};
    vec_push(arena, &words, bundling->production->bun);
    vec_push(arena, &words, path_join(arena, runtime, runtime_file_name(RUNTIME_BUNDLE)).data);
    vec_push(arena, &words, bundle->from.data);
    vec_push(arena, &words, into.data);
    vec_push(arena, &words, bundling->production->options->maps ? "maps" : "no-maps");
    for (unsigned i = 0; i < bundle->words.count; i++) {
        vec_push(arena, &words, bundle->words.items[i]);
    }
    vec_push(arena, &words, NULL);
    struct process_options options = {.arguments = words.items, .folder = bundle->from.data};
    struct process_events events = {.context = bundling, .line = on_line, .ended = on_ended};
    struct str error;
    struct process *process = process_start(bundling->loop, &options, &events, arena, &error);
    if (process == NULL) {
        command_failed("Bun's bundler: %.*s", STR_ARGUMENTS(error));
        return false;
    }
    loop_run(bundling->loop);
    process_destroy(process);
    return bundling->good;
}

/* Fills a new folder and puts it into its place. */
static bool make_bundle(struct production *production, const struct bundle *bundle) {
    struct arena *arena = production->arena;
    struct bundling bundling = {.production = production, .shown = command_shown_path(arena, bundle->place)};
    struct str made = replace_begin(arena, bundle->place);
    if (made.size == 0) {
        command_failed("%.*s cannot be written: %s", STR_ARGUMENTS(bundling.shown), strerror(errno));
        return false;
    }
    bundling.loop = loop_create();
    bool done = run_bundler(&bundling, bundle, made);
    loop_destroy(bundling.loop);
    if (!done) {
        command_failed("%.*s is as it was: what was built could not be bundled.", STR_ARGUMENTS(bundling.shown));
    } else if (!replace_end(made, bundle->place)) {
        command_failed("%.*s cannot be replaced: %s", STR_ARGUMENTS(bundling.shown), strerror(errno));
        done = false;
    }
    if (!done) {
        replace_remove(made);
    } else if (!production->options->quiet) {
        printf("Built %.*s.\n", STR_ARGUMENTS(bundling.shown));
    }
    return done;
}

int build_production(struct arena *arena, const struct scan_files *files, const struct production_options *options) {
    struct production production = {.arena = arena, .options = options};
    if (!bun_find(arena, &production.bun) || !emit_all(&production, files) || !choose_places(&production)) {
        return COMMAND_FAILED;
    }
    for (unsigned i = 0; i < production.bundles.count; i++) {
        if (!make_bundle(&production, &production.bundles.items[i])) {
            return COMMAND_FAILED;
        }
    }
    return COMMAND_DONE;
}
