/* waits: calls that would have to be awaited where nothing waits. The analysis marks them; whether the value is needed is
 * told by what stands around the call. */
#include "analysis/waits.h"
#include "codegen/emitter.h"

void report_lost_wait(struct emitter *e, node_id node) {
    unsigned marks = node == NODE_NONE ? 0 : e->file->marks[node] & (MARK_NOT_AWAITED | MARK_LOST_CALLBACK);
    if ((marks & MARK_LOST_CALLBACK) != 0) {
        bool lost = marks == MARK_LOST_CALLBACK || !wait_may_stand(e->tree, node);
        if (lost) {
            not_emitted(e, node,
                        "this function does not wait for the answers of an async function (get them before, as with `map`, "
                        "and give it those)");
        }
    } else if (marks != 0 && !wait_may_stand(e->tree, node)) {
        not_emitted(e, node, wait_advice(e->tree, node));
    }
}
