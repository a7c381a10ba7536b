/* assignments: declarations, assignments and setters, and the patterns on their left (destructuring.c). Private to this layer.
 */
#ifndef TOVA_CODEGEN_ASSIGNMENTS_H
#define TOVA_CODEGEN_ASSIGNMENTS_H

#include "codegen/emitter.h"

/* `a = e`, `a, b = e`: a declaration, an assignment or the call of a setter; `destination` gets the value. */
void lower_assignment(struct emitter *e, node_id node, struct destination destination);
/* `a += e` and the like. */
void lower_augmented(struct emitter *e, node_id node, struct destination destination);
/* The assignment of a value to what `target` means, as an expression (`setN(v)`, `o.p = v`). */
struct js *assign_to(struct emitter *e, node_id target, struct js *value);
/* A binding pattern: identifier, array, object, paren_list. */
struct js *lower_target(struct emitter *e, node_id node);
#endif
