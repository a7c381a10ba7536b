/* session_marks: what is awaited in an open document, which only a program that is linked can tell. */
#include "server/project.h"
#include "server/session_state.h"

const uint8_t *session_marks(void *context, struct str path) {
    struct session *session = context;
    const struct document *document = store_find(&session->store, path);
    if (document == NULL || session_plan(session, path) == NULL) {
        return NULL;
    }
    const struct project_unit *unit = session->outputs.unit;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        const struct file_analysis *file = unit->files[i].analysis;
        if (file != NULL && unit->files[i].tree == document->tree) {
            return file->marks;
        }
    }
    return NULL;
}
