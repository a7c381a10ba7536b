/* session_compile: saved sources to files in the output folder. */
#include "parser/base/path.h"
#include "server/manifest.h"
#include "server/output.h"
#include "server/output_lock.h"
#include "server/project.h"
#include "server/session_state.h"

enum { MESSAGE_ERROR = 1, MESSAGE_WARNING = 2 }; /* LSP MessageType */
enum { LOCK_MILLISECONDS = 50 };

/* ---- what is told */

static void tell_user(struct session *session, const char *method, int type, struct str message) {
    struct json_writer json;
    dispatch_begin(&session->dispatch, &json, method);
    json_open_object(&json);
    json_member_number(&json, "type", type);
    json_member_string(&json, "message", message);
    json_close_object(&json);
    dispatch_end(&session->dispatch, &json);
}

static void tell_problems(struct session *session, struct str folder, const struct output_report *report) {
    struct arena scratch = {0};
    for (unsigned i = 0; i < report->files.count; i++) {
        const struct output_file *file = &report->files.items[i];
        struct str path = path_join(&scratch, folder, file->name);
        if (file->outcome == OUTPUT_FAILED) {
            tell_user(session, "window/showMessage", MESSAGE_ERROR,
                      arena_printf(&scratch, "%.*s: %.*s", STR_ARGUMENTS(path), STR_ARGUMENTS(file->error)));
        } else if ((file->outcome == OUTPUT_KEPT || file->outcome == OUTPUT_WITHHELD) &&
                   !str_ends_with(file->name, STR(".map"))) {
            tell_user(session, "window/logMessage", MESSAGE_WARNING,
                      arena_printf(&scratch, "%.*s has errors: %s", STR_ARGUMENTS(path),
                                   file->outcome == OUTPUT_KEPT ? "the last good one stays." : "it is not written."));
        }
    }
    arena_finish(&scratch);
}

static struct compile_names *names_of(struct compile_result *result, enum output_outcome outcome) {
    switch (outcome) {
    case OUTPUT_WRITTEN:
        return &result->written;
    case OUTPUT_KEPT:
    case OUTPUT_WITHHELD:
        return &result->kept;
    case OUTPUT_REMOVED:
        return &result->removed;
    case OUTPUT_SAME:
    case OUTPUT_FAILED:
        break;
    }
    return NULL;
}

/* `below` stands before the names; the runtime is the top folder's. */
static void add_report(struct arena *arena, struct compile_result *result, struct str below,
                       const struct output_report *report, unsigned errors) {
    for (unsigned i = 0; i < report->files.count; i++) {
        const struct output_file *file = &report->files.items[i];
        struct compile_names *names = names_of(result, file->outcome);
        bool runtime = str_starts_with(file->name, STR("runtime/"));
        if (names != NULL) {
            vec_push(arena, &names->list, runtime ? file->name : path_join(arena, below, file->name));
        }
    }
    result->errors += errors + report->failed;
}

/* ---- writing */

/* What is compiled at once, and what became of it. */
struct compiling {
    struct session *session;
    struct arena *arena;
    struct project *project;
    struct output_report *reports; /* a unit each */
    struct output_locks locks;
};

static void write_units(struct compiling *compiling) {
    struct project *project = compiling->project;
    for (unsigned i = 0; i < project->units.count; i++) {
        struct emission emission;
        struct output_place place = project_output_place(compiling->arena, project, project->units.items[i]);
        project_emit(project, project->units.items[i], 0, &emission);
        stop_asked(&project->options.attend);
        output_write(compiling->arena, &place, &emission, &compiling->reports[i]);
        emission_finish(&emission);
    }
    manifest_record(compiling->arena, project, compiling->reports);
}

/* Writes all units of a loaded project; false when somebody else writes there. */
static bool write_project(struct compiling *compiling) {
    compiling->reports = arena_array(compiling->arena, struct output_report, compiling->project->units.count + 1);
    struct output_writer writer = {.who = "tova lsp", .milliseconds = LOCK_MILLISECONDS};
    if (!output_locks_take(compiling->arena, compiling->project, &writer, &compiling->locks)) {
        return false;
    }
    write_units(compiling);
    output_locks_release(&compiling->locks);
    return true;
}

static bool may_write(const struct session *session) { return session->trusted && !session->read_only; }

/* ---- on save */

static void tell_unit(const struct compiling *compiling, unsigned index, uint64_t nanoseconds) {
    struct session *session = compiling->session;
    const struct project_unit *unit = compiling->project->units.items[index];
    const struct output_report *report = &compiling->reports[index];
    tell_problems(session, unit->place.output, report);
    if (!unit->wanted && report->written == 0) {
        return;
    }
    struct json_writer json;
    struct compile_result result = {.nanoseconds = nanoseconds};
    add_report(compiling->arena, &result, (struct str){0}, report, unit->errors);
    dispatch_begin(&session->dispatch, &json, "tova/compiled");
    json_open_object(&json);
    json_member_string(&json, "uri", session->host.uri(session, compiling->arena, unit->folder));
    compile_write_result(&json, &result);
    json_close_object(&json);
    dispatch_end(&session->dispatch, &json);
}

/* A folder that a command keeps up to date needs nothing; one that is written at this moment is tried again. */
static void tell_held(struct session *session, const struct compiling *compiling, struct str path) {
    struct str holder = compiling->locks.holder;
    if (!compiling->locks.watched) {
        vec_push(&session->held_arena, &session->held, arena_str(&session->held_arena, path));
        wakeup_start(session->retry, SESSION_RETRY_MILLISECONDS, 0);
    } else if (!str_equal(session->told_holder, holder)) {
        session->told_holder = arena_str(&session->arena, holder);
        tell_user(session, "window/logMessage", MESSAGE_WARNING,
                  arena_printf(compiling->arena, "The output folder is kept up to date by %.*s: saving compiles nothing.",
                               STR_ARGUMENTS(holder)));
    }
}

/* What was saved, and what it imports, without which it would not run. */
static void compile_saved(struct session *session, struct str path) {
    struct project project;
    struct arena scratch = {0};
    struct compiling compiling = {.session = session, .arena = &scratch, .project = &project};
    uint64_t start = loop_clock();
    bool loaded = session_load(session, &project, path, true) && project_unit_of(&project, path) != NULL;
    bool written = loaded && write_project(&compiling);
    if (loaded && !written) {
        tell_held(session, &compiling, path);
    }
    for (unsigned i = 0; written && i < project.units.count; i++) {
        tell_unit(&compiling, i, loop_clock() - start);
    }
    project_finish(&project);
    arena_finish(&scratch);
}

/* Is a file of the same package among those before it? */
static bool is_done(const struct session *session, unsigned index) {
    const struct package *package = workspace_package(session->workspace, session->saved.items[index]);
    for (unsigned i = 0; i < index; i++) {
        if (workspace_package(session->workspace, session->saved.items[i]) == package) {
            return true;
        }
    }
    return false;
}

void session_compile_saved(struct session *session) {
    bool wanted = session->compile_when != COMPILE_OFF && may_write(session);
    for (unsigned i = 0; wanted && i < session->saved.count; i++) {
        if (!is_done(session, i)) {
            compile_saved(session, session->saved.items[i]);
        }
    }
    session->saved.count = session->saved.capacity = 0;
    session->saved.items = NULL;
    arena_clear(&session->batch);
}

void session_compile_held(struct session *session) {
    for (unsigned i = 0; i < session->held.count; i++) {
        vec_push(&session->batch, &session->saved, arena_str(&session->batch, session->held.items[i]));
    }
    session->held.count = session->held.capacity = 0;
    session->held.items = NULL;
    arena_clear(&session->held_arena);
    session_wake(session);
}

/* ---- when it is asked for */

/* Compiles the unit of a file, or everything below a folder. */
static bool compile_at(struct session *session, struct arena *arena, struct str path, bool is_folder,
                       struct compile_result *result, struct str *problem) {
    struct project project;
    struct compiling compiling = {.session = session, .arena = arena, .project = &project};
    bool written = true;
    bool loaded = is_folder ? session_load_saved(session, arena, &project, path) : session_load(session, &project, path, true);
    if (loaded) {
        written = write_project(&compiling);
        for (unsigned i = 0; written && i < project.units.count; i++) {
            const struct project_unit *unit = project.units.items[i];
            struct str below = arena_str(arena, unit->place.below);
            tell_problems(session, unit->place.output, &compiling.reports[i]);
            add_report(arena, result, below, &compiling.reports[i], unit->errors);
        }
    }
    if (!written) {
        *problem = arena_printf(arena, "%.*s writes the output folder.", STR_ARGUMENTS(compiling.locks.holder));
    }
    project_finish(&project);
    return written;
}

bool session_compile(void *context, struct arena *arena, struct str path, struct compile_result *result,
                     struct str *problem) {
    struct session *session = context;
    uint64_t start = loop_clock();
    bool done = may_write(session);
    if (!done) {
        *problem = session->read_only ? STR("The server may not write.")
                                      : STR("The workspace is not trusted: nothing is written.");
    } else if (path.size > 0) {
        done = compile_at(session, arena, path, false, result, problem);
    } else {
        struct str root;
        for (unsigned i = 0; done && workspace_root(session->workspace, i, &root); i++) {
            done = compile_at(session, arena, root, true, result, problem);
        }
    }
    result->nanoseconds = loop_clock() - start;
    return done;
}
