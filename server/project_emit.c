/* project_emit: the outputs of a project's units, and what could not be emitted as diagnostics. */
#include "server/project.h"

#include "parser/text/text.h"
#include "server/project_workers.h"
#include "server/workers.h"

#include <string.h>

static bool has_error_at(const struct project_file *file, struct span span) {
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        bool meets = diagnostic->span.start <= span.end && span.start <= diagnostic->span.end;
        if (diagnostic->severity == SEVERITY_ERROR && meets) {
            return true;
        }
    }
    return false;
}

/* What could not be emitted becomes a diagnostic, unless one stands there already. */
static void report_gaps(struct arena *arena, struct project_unit *unit, const struct emission *emission) {
    if (emission->gaps.count == 0) {
        return;
    }
    struct project_file **files = arena_array(arena, struct project_file *, unit->file_count + 1); /* of the program */
    for (uint32_t i = 0, count = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            files[count++] = &unit->files[i];
        }
    }
    for (unsigned i = 0; i < emission->gaps.count; i++) {
        const struct emission_gap *gap = &emission->gaps.items[i];
        struct project_file *file = files[gap->file];
        if (!has_error_at(file, gap->span)) {
            diagnostic_add(arena, &file->diagnostics, DIAGNOSTIC_NOT_EMITTED, gap->span,
                           "This cannot be compiled: %.*s. The output of this block is not written.",
                           STR_ARGUMENTS(gap->what));
            diagnostic_sort(&file->diagnostics);
            file->has_errors = true;
            unit->errors++;
        }
    }
}

static struct emit_options options_of(struct arena *arena, const struct project_options *how,
                                      const struct project_unit *unit) {
    struct diagnostic_list *diagnostics = arena_array(arena, struct diagnostic_list, unit->file_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (unit->files[i].analysis != NULL) {
            diagnostics[count++] = unit->files[i].diagnostics;
        }
    }
    return (struct emit_options){
        .base = unit->base,
        .diagnostics = diagnostics,
        .cases = how->cases,
        .describe = how->describe,
        .below = unit->place.below,
        .folder = unit->place.output,
        .stop = how->attend,
    };
}

static void emit_unit(struct arena *arena, const struct project_options *how, struct project_unit *unit, uint32_t first_port,
                      struct emission *emission) {
    for (uint32_t i = 0; i < unit->file_count; i++) {
        unit->files[i].hash = unit->files[i].text == NULL ? 0 : text_hash(unit->files[i].text);
    }
    if (unit->program == NULL) {
        memset(emission, 0, sizeof *emission);
        return;
    }
    struct emit_options options = options_of(arena, how, unit);
    options.first_port = first_port;
    emit_program(unit->program, &options, emission);
    report_gaps(arena, unit, emission);
}

void project_plan(struct project *project, struct project_unit *unit, struct emission *emission) {
    if (unit->program == NULL) {
        memset(emission, 0, sizeof *emission);
        return;
    }
    struct emit_options options = options_of(&project->arena, &project->options, unit);
    emit_plan(unit->program, &options, emission);
}

bool project_make(struct project *project, struct project_unit *unit, struct emission *emission, const bool *wanted,
                  const struct emission *before, struct stop stop) {
    if (unit->program == NULL) {
        return true;
    }
    struct emit_options options = options_of(&project->arena, &project->options, unit);
    options.stop = stop;
    options.before = before;
    return emit_planned(unit->program, &options, emission, wanted);
}

void project_emit(struct project *project, struct project_unit *unit, uint32_t first_port, struct emission *emission) {
    unsigned before = unit->errors;
    emit_unit(&project->arena, &project->options, unit, first_port, emission);
    project->errors += unit->errors - before;
}

struct emitting {
    struct project *project;
    project_emitted *emitted;
    void *context;
};

static void emit_item(void *context, unsigned number, uint32_t item) {
    struct emitting *emitting = context;
    struct project_unit *unit = emitting->project->units.items[item];
    struct arena *arena = &emitting->project->workers[number].arena;
    struct emission emission;
    emit_unit(arena, &emitting->project->options, unit, 0, &emission);
    emitting->emitted(emitting->context, arena, number, item, &emission);
    emission_finish(&emission);
}

static void count_errors(struct project *project) {
    project->errors = 0;
    for (unsigned i = 0; i < project->units.count; i++) {
        project->errors += project->units.items[i]->errors;
    }
}

void project_emit_all(struct project *project, project_emitted *emitted, void *context) {
    struct emitting emitting = {project, emitted, context};
    workers_run(project->worker_count, project->units.count, emit_item, &emitting);
    count_errors(project);
}

static void find_gaps(void *context, unsigned number, uint32_t item) {
    struct project *project = context;
    struct project_unit *unit = project->units.items[item];
    if (unit->errors == 0 && unit->program != NULL) {
        struct arena *arena = &project->workers[number].arena;
        struct emit_options options = options_of(arena, &project->options, unit);
        struct emission emission;
        emit_gaps(unit->program, &options, &emission);
        report_gaps(arena, unit, &emission);
        emission_finish(&emission);
    }
}

void project_find_gaps(struct project *project) {
    workers_run(project->worker_count, project->units.count, find_gaps, project);
    count_errors(project);
}

struct output_place project_output_place(struct arena *arena, const struct project *project,
                                         const struct project_unit *unit) {
    bool asked = project->options.into.size > 0 || project->options.run || project->options.production ||
                 project->options.cases != EMIT_NO_CASES;
    return asked ? output_place_in(arena, unit->place.top, unit->place.below)
                 : output_place(arena, unit->place.root, unit->place.below);
}
