/* concurrency: `concurrent`, `spawn` and `select` as calls of the runtime. Private to this layer.
 */
#ifndef TOVA_CODEGEN_CONCURRENCY_H
#define TOVA_CODEGEN_CONCURRENCY_H

#include "codegen/emitter.h"

/* `concurrent { … }`: its names get the results of its tasks. */
void lower_concurrent(struct emitter *e, node_id node);
/* `spawn f()` elsewhere: a task that is started. */
struct js *lower_spawn(struct emitter *e, node_id node);
/* `select { … }`: waits for the first of its cases. */
void lower_select(struct emitter *e, node_id node, struct destination destination);
#endif
