/* session_compile: packages to JavaScript, for the preview from unsaved text and on save into the output folder. */
#include "parser/base/path.h"
#include "server/manifest.h"
#include "server/output.h"
#include "server/project.h"
#include "server/session_state.h"

enum { MESSAGE_ERROR = 1, MESSAGE_WARNING = 2 }; /* LSP MessageType */

/* ---- open documents over the disk */

struct overlay {
    struct session *session;
    bool saved_only; /* a buffer with unsaved changes does not count: the disk does */
};

static bool overlay_open(void *context, struct str path, struct text **text, const struct syntax_tree **tree) {
    const struct overlay *overlay = context;
    const struct document *document = store_find(&overlay->session->store, path);
    if (document == NULL || document->tree == NULL || (overlay->saved_only && document->unsaved)) {
        return false;
    }
    *text = document->text;
    *tree = document->tree;
    return true;
}

static void overlay_list(void *context, struct str folder, struct arena *arena, struct scan_files *files) {
    const struct overlay *overlay = context;
    struct arena scratch = {0};
    const struct document *document = overlay->session->store.first;
    for (; document != NULL; document = document->next) {
        if (str_equal(path_parent(&scratch, document->path), folder) && !(overlay->saved_only && document->unsaved)) {
            vec_push(arena, &files->list, arena_str(arena, document->path));
        }
    }
    arena_finish(&scratch);
}

struct project_unit *session_load(struct session *session, struct project *project, struct str path, bool saved_only) {
    struct overlay context = {session, saved_only};
    struct project_overlay overlay = {.context = &context, .open = overlay_open, .list = overlay_list};
    struct arena scratch = {0};
    struct str limit = workspace_folder_of(session->workspace, &scratch, path);
    struct project_options options = {.overlay = &overlay, .limit = limit};
    struct project_unit *unit = project_load(project, path, &options) ? project_unit_of(project, path) : NULL;
    arena_finish(&scratch);
    return unit;
}

bool session_emit(void *context, struct str path, struct emission *emission) {
    struct session *session = context;
    struct project project;
    bool is_file = path.size > 0 && path.data[0] == '/';
    if (!is_file) {
        return false;
    }
    struct project_unit *unit = session_load(session, &project, path, false);
    if (unit != NULL) {
        project_emit(&project, unit, 0, emission);
    }
    project_finish(&project);
    return unit != NULL;
}

/* ---- on save */

static void write_names(struct json_writer *json, const char *key, const struct output_report *report,
                        enum output_outcome first, enum output_outcome second) {
    json_key(json, key);
    json_open_array(json);
    for (unsigned i = 0; i < report->files.count; i++) {
        const struct output_file *file = &report->files.items[i];
        if (file->outcome == first || file->outcome == second) {
            json_string(json, file->name);
        }
    }
    json_close_array(json);
}

static void tell_compiled(struct session *session, struct str folder, const struct output_report *report,
                          unsigned errors, uint64_t nanoseconds) {
    struct arena scratch = {0};
    struct json_writer json;
    dispatch_begin(&session->dispatch, &json, "tova/compiled");
    json_open_object(&json);
    json_member_string(&json, "uri", session->host.uri(session, &scratch, folder));
    write_names(&json, "written", report, OUTPUT_WRITTEN, OUTPUT_WRITTEN);
    write_names(&json, "kept", report, OUTPUT_KEPT, OUTPUT_WITHHELD);
    json_member_number(&json, "milliseconds", (int64_t)(nanoseconds / 1000000));
    json_member_number(&json, "errors", errors);
    json_close_object(&json);
    dispatch_end(&session->dispatch, &json);
    arena_finish(&scratch);
}

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

static void write_unit(struct arena *arena, struct project *project, struct project_unit *unit,
                       struct output_report *report) {
    struct emission emission;
    struct output_place place = project_output_place(arena, project, unit);
    project_emit(project, unit, 0, &emission);
    output_write(arena, &place, &emission, report);
    emission_finish(&emission);
}

/* What was saved, and what it imports, without which it would not run. */
static void compile(struct session *session, struct str path) {
    struct project project;
    struct arena scratch = {0};
    uint64_t start = loop_clock();
    if (session_load(session, &project, path, true) != NULL) {
        struct output_report *reports = arena_array(&scratch, struct output_report, project.units.count + 1);
        for (unsigned i = 0; i < project.units.count; i++) {
            write_unit(&scratch, &project, project.units.items[i], &reports[i]);
        }
        manifest_record(&scratch, &project, reports);
        for (unsigned i = 0; i < project.units.count; i++) {
            const struct project_unit *unit = project.units.items[i];
            tell_problems(session, unit->place.output, &reports[i]);
            if (unit->wanted || reports[i].written > 0) {
                tell_compiled(session, unit->folder, &reports[i], unit->errors, loop_clock() - start);
            }
        }
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
    bool wanted = session->compile_on_save && session->trusted && !session->read_only;
    for (unsigned i = 0; wanted && i < session->saved.count; i++) {
        if (!is_done(session, i)) {
            compile(session, session->saved.items[i]);
        }
    }
    session->saved.count = session->saved.capacity = 0;
    session->saved.items = NULL;
    arena_clear(&session->batch);
}
