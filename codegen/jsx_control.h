/* jsx_control: the control forms between the tags of markup, as values; private to this layer.
 */
#ifndef TOVA_CODEGEN_JSX_CONTROL_H
#define TOVA_CODEGEN_JSX_CONTROL_H

#include "codegen/symbols_in.h"

/* `if c { … } elif … else { … }` as `c ? a : b`. */
struct js *jsx_control_if(struct emitter *e, node_id node);

/* `for x in xs { … }` as `xs.map((x) => …)`; keys are not looked at. */
struct js *jsx_control_for(struct emitter *e, node_id node);

/* Any control form as a child of an element: a function when it changes with the page by at least this much. A `for` with
 * keys keeps the nodes of its items. */
struct js *jsx_control_child(struct emitter *e, node_id node, enum reactivity least);

#endif
