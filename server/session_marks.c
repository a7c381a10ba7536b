/* session_marks: what is awaited in a file, which only a program that is linked can tell. */
#include "server/project.h"
#include "server/session_state.h"

const uint8_t *session_marks(void *context, struct str path, const struct syntax_tree *tree) {
    struct session *session = context;
    if (session_plan(session, path) == NULL) {
        return NULL;
    }
    const struct project_unit *unit = session->outputs.unit;
    for (uint32_t i = 0; i < unit->file_count; i++) {
        const struct project_file *file = &unit->files[i];
        bool same = file->analysis != NULL && str_equal(file->path, path) &&
                    (file->tree == tree ||
                     (text_hash(file->tree->text) == text_hash(tree->text) && syntax_tree_equal(file->tree, tree)));
        if (same) {
            return file->analysis->marks;
        }
    }
    return NULL;
}
