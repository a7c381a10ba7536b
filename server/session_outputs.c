/* session_outputs: what the package of a document is emitted to as things are, kept until something changes. */
#include "server/session_state.h"

#include "analysis/modules.h"
#include "parser/base/path.h"
#include "parser/base/xalloc.h"

#include <string.h>

/* ---- open documents over the disk */

struct overlay {
    struct session *session;
    bool saved_only; /* what is not saved does not count: of such a buffer what was saved last, else the disk */
};

static bool counts(const struct overlay *overlay, const struct document *document) {
    return document->tree != NULL && !(overlay->saved_only && document->unsaved);
}

/* What is wrong in a document, when nothing has changed since it was told. */
static const struct diagnostic_list *known_errors(const struct session *session, const struct document *document) {
    bool fresh = !document->unchecked && document->errors_known &&
                 document->checked_surface == module_surface(workspace_package(session->workspace, document->path));
    return fresh ? &document->errors : NULL;
}

/* For the preview what is not open is kept for the next keystroke. */
static bool overlay_open(void *context, struct str path, struct project_source *source) {
    const struct overlay *overlay = context;
    const struct document *document = store_find(&overlay->session->store, path);
    if (document != NULL && counts(overlay, document)) {
        bool compiled = overlay->saved_only; /* which says all that is wrong */
        *source = (struct project_source){document->text, document->tree, document->analysis, document->summary,
                                          compiled ? NULL : known_errors(overlay->session, document)};
        return true;
    }
    if (overlay->saved_only && document != NULL && document->saved != NULL) {
        *source = (struct project_source){.text = document->saved};
        return true; /* the client may be writing the file again at this moment */
    }
    return !overlay->saved_only && closed_files_open(&overlay->session->outputs.closed, path, source);
}

static void overlay_list(void *context, struct str folder, struct arena *arena, struct scan_files *files) {
    const struct overlay *overlay = context;
    struct arena scratch = {0};
    const struct document *document = overlay->session->store.first;
    for (; document != NULL; document = document->next) {
        if (counts(overlay, document) && str_equal(path_parent(&scratch, document->path), folder)) {
            vec_push(arena, &files->list, arena_str(arena, document->path));
        }
    }
    arena_finish(&scratch);
}

bool session_load(struct session *session, struct project *project, struct str path, bool saved_only) {
    struct overlay context = {session, saved_only};
    struct project_overlay overlay = {.context = &context, .open = overlay_open, .list = overlay_list};
    struct arena scratch = {0};
    session_update(session);
    struct project_options options = {.overlay = &overlay,
                                      .atoms = workspace_atoms(session->workspace),
                                      .limit = workspace_folder_of(session->workspace, &scratch, path),
                                      .attend = dispatch_attending(&session->dispatch)};
    bool loaded = project_load(project, path, &options);
    arena_finish(&scratch);
    return loaded;
}

bool session_load_saved(struct session *session, struct arena *arena, struct project *project, struct str root) {
    struct overlay context = {session, true};
    struct project_overlay overlay = {.context = &context, .open = overlay_open, .list = overlay_list};
    session_update(session);
    struct project_options options = {
        .overlay = &overlay, .atoms = workspace_atoms(session->workspace), .limit = root,
        .attend = dispatch_attending(&session->dispatch)};
    struct scan_files files = scan_tree(arena, root);
    return project_load_files(project, root, &files, &options);
}

/* ---- what is kept */

void session_outputs_init(struct session *session) {
    closed_files_init(&session->outputs.closed, workspace_atoms(session->workspace), workspace_parser(session->workspace));
}

static bool has_text(const struct emission *emission) {
    for (uint32_t i = 0; i < emission->count; i++) {
        if (emission->outputs[i].printed.of.count > 0) {
            return true;
        }
    }
    return false;
}

static void forget(struct session_outputs *outputs) {
    if (outputs->loaded) {
        bool useful = has_text(&outputs->emission);
        emission_finish(useful ? &outputs->before : &outputs->emission);
        if (useful) {
            xalloc_keep(); /* the next one takes as much */
            outputs->before = outputs->emission;
        }
        project_finish(&outputs->project);
    }
    outputs->loaded = false;
    outputs->unit = NULL;
    outputs->made = NULL;
}

void session_outputs_forget(struct session *session) {
    forget(&session->outputs);
    emission_finish(&session->outputs.before);
    closed_files_finish(&session->outputs.closed);
}

/* ---- the host's side */

static bool is_current(const struct session *session, struct str path) {
    const struct session_outputs *outputs = &session->outputs;
    return outputs->loaded && outputs->version == workspace_version(session->workspace) &&
           project_unit_of(&outputs->project, path) == outputs->unit;
}

static void plan(struct session_outputs *outputs) {
    project_plan(&outputs->project, outputs->unit, &outputs->emission);
    outputs->made = arena_array(&outputs->project.arena, bool, outputs->emission.count + 1);
}

const struct emission *session_plan(void *context, struct str path) {
    struct session *session = context;
    struct session_outputs *outputs = &session->outputs;
    bool is_file = path.size > 0 && path.data[0] == '/';
    session_update(session);
    if (!is_file || is_current(session, path)) {
        return is_file ? &outputs->emission : NULL;
    }
    forget(outputs);
    bool loaded = session_load(session, &outputs->project, path, false);
    closed_files_sweep(&outputs->closed);
    outputs->unit = loaded ? project_unit_of(&outputs->project, path) : NULL;
    if (outputs->unit == NULL) {
        project_finish(&outputs->project);
        return NULL;
    }
    outputs->loaded = true;
    outputs->version = workspace_version(session->workspace);
    plan(outputs);
    return &outputs->emission;
}

const struct emission *session_make(void *context, uint32_t output, struct stop stop) {
    struct session *session = context;
    struct session_outputs *outputs = &session->outputs;
    bool missing = false;
    for (uint32_t i = 0; i < outputs->emission.count; i++) {
        bool wanted = output == HOST_ALL_OUTPUTS || output == i;
        missing = missing || (wanted && !outputs->made[i]);
        outputs->made[i] = outputs->made[i] || wanted;
    }
    if (!missing) {
        return &outputs->emission;
    }
    bool *wanted = outputs->made;
    emission_finish(&outputs->emission);
    plan(outputs);
    if (!project_make(&outputs->project, outputs->unit, &outputs->emission, wanted, &outputs->before, stop)) {
        emission_finish(&outputs->emission);
        plan(outputs);
        return NULL;
    }
    outputs->made = wanted;
    return &outputs->emission;
}
