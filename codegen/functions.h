/* functions: declared functions, lambdas, parameters, decorators and bodies. A body knows the function around it through
 * function_enter and function_leave, which stand in pairs. Private to this layer.
 */
#ifndef TOVA_CODEGEN_FUNCTIONS_H
#define TOVA_CODEGEN_FUNCTIONS_H

#include "codegen/emitter.h"

/* A function of this name; it is not added to the statements. */
struct js *lower_function_declaration(struct emitter *e, node_id node, struct str name);
/* What the decorators of a function that has been added do to it. */
void lower_decorators(struct emitter *e, node_id decorated, struct js *function);
/* A lambda. */
struct js *lower_lambda(struct emitter *e, node_id node);
/* Adds the parameters to `list`, and to `prologue` what their patterns need done first. */
void lower_parameters(struct emitter *e, node_id parameters, struct js_list *list, struct js_list *prologue);
/* The body of a function: statements, with the last value returned. */
struct js *lower_body(struct emitter *e, node_id body, node_id function, struct destination destination);
/* What is lowered from here on stands in the body of `node`; function_leave returns to the function around it. */
void function_enter(struct emitter *e, struct function_state *state, node_id node);
void function_leave(struct emitter *e);
/* `() => value`, or `() => { statements return value }`. */
struct js *thunk(struct emitter *e, struct js_list *statements, struct js *value);
#endif
