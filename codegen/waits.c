/* waits: calls that would have to be awaited where nothing waits. The analysis marks them; whether the value is needed is
 * told by what stands around the call. */
#include "analysis/waits.h"

#include "codegen/components.h"

void report_lost_wait(struct emitter *e, node_id node) {
    const char *problem = node == NODE_NONE ? NULL : wait_problem(e->tree, node, e->file->marks[node]);
    if (problem != NULL) {
        not_emitted(e, node, problem);
    }
}
