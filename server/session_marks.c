/* session_marks: what is awaited in an open document, which only a program that is linked can tell. */
#include "parser/base/xalloc.h"
#include "server/project.h"
#include "server/session_state.h"

#include <string.h>

/* Keeps the marks of the file that was asked for last: scrolling asks again and again. */
static void keep(struct session_marks *marks, const struct file_analysis *file) {
    size_t count = file->tree->count;
    marks->marks = xrealloc(marks->marks, count);
    memcpy(marks->marks, file->marks, count);
    marks->tree = file->tree;
}

static void read_marks(struct session *session, const struct document *document) {
    struct project project;
    struct project_unit *unit = session_load(session, &project, document->path, false);
    for (uint32_t i = 0; unit != NULL && i < unit->file_count; i++) {
        const struct file_analysis *file = unit->files[i].analysis;
        if (file != NULL && unit->files[i].tree == document->tree) {
            keep(&session->marks, file);
        }
    }
    project_finish(&project);
}

const uint8_t *session_marks(void *context, struct str path) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    bool is_file = path.size > 0 && path.data[0] == '/';
    if (document == NULL || !is_file) {
        return NULL;
    }
    uint64_t version = workspace_version(session->workspace);
    if (session->marks.tree != document->tree || session->marks.version != version) {
        session->marks.tree = NULL;
        read_marks(session, document);
        session->marks.version = version;
    }
    return session->marks.tree == document->tree ? session->marks.marks : NULL;
}

void session_marks_finish(struct session_marks *marks) { xfree(marks->marks); }
