/* components: components, their props, and the reactive declarations: state, computed, effect (waiting_effects.c), store. Private to
 * this layer.
 */
#ifndef TOVA_CODEGEN_COMPONENTS_H
#define TOVA_CODEGEN_COMPONENTS_H

#include "codegen/emitter.h"
#include "codegen/symbols_in.h"

/* A component as a function of its props. */
struct js *lower_component(struct emitter *e, node_id node);
/* The call of a component with `arguments` that are lowered already (or NULL) and those of `list` (or NODE_NONE); positions
 * become props by the names of the parameters. */
struct js *component_call(struct emitter *e, struct program_symbol component, struct js *callee,
                          const struct js_list *arguments, node_id list);
/* Does a component read props: has it parameters or a slot? */
bool component_takes_props(const struct emitter *e, struct program_symbol component);
/* Adds a prop: a getter when its value changes while the page lives. */
void component_prop(struct emitter *e, struct js *props, struct str name, node_id node, struct js *value);
/* A value that depends on what changes, as a function; else the value itself. */
struct js *reactive_value(struct emitter *e, node_id node, enum reactivity least);
/* `state`: a signal and its setter. */
void lower_state(struct emitter *e, node_id node);
/* `computed`: a memo. */
void lower_computed(struct emitter *e, node_id node);

/* What createEffect is given: the body of an effect as an arrow function, with what runs of it need when it waits. */
struct js *waiting_body(struct emitter *e, node_id body, node_id effect_node);
/* `await value`, in the way of the effect that waits there. `node` is what waits. */
struct js *awaited_value(struct emitter *e, struct js *value, node_id node);

/* Reports a call or a pipe (or NODE_NONE) whose value would be needed where nothing can wait for it: in a component or a store, or
 * in a callback of a function that does not wait. A promise may stand where the page waits for it, and where nobody reads it. */
void report_lost_wait(struct emitter *e, node_id node);
/* A read of a state, computed value or store as it stands there: followed by the effect also after it has waited. */
struct js *followed_read(struct emitter *e, struct program_symbol symbol, node_id node, struct js *read);

/* `effect`. */
void lower_effect(struct emitter *e, node_id node);
/* `store`: an object of signals and functions, made once. */
void lower_store(struct emitter *e, node_id node);
#endif
