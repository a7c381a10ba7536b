/* waits_first: what a state is given must not rest on what it was before something was waited for. Where a value both reads the
 * state and waits, the waits become statements in front of the read. Private to this layer.
 */
#ifndef TOVA_CODEGEN_WAITS_FIRST_H
#define TOVA_CODEGEN_WAITS_FIRST_H

#include "codegen/emitter.h"

/* The value that `state` is given; where it reads the state and then waits, the waiting becomes statements in front of it, and
 * so does what is done before it without the state. As it is in an effect, which follows what it reads. */
struct js *waits_first(struct emitter *e, struct program_symbol state, struct js *value);
/* Says to what is lowered from here on that it is for the state, where the value waits; returns what `e->given` is to be again. */
struct given_state give_state(struct emitter *e, struct program_symbol state, node_id value);
/* waits_first of a value that is still to be lowered. */
struct js *lower_for_state(struct emitter *e, struct program_symbol state, node_id node);
/* The same of a branch of it, which statements give a name. */
struct js *branch_waits_first(struct emitter *e, struct js *value);
/* Does a part of it read the state, so that it must not be found before what stands in statements behind it? */
bool is_read_later(const struct emitter *e, const struct js *value);
/* The value, or the name of its answer where it waits. */
struct js *answer_of(struct emitter *e, struct js *value);
#endif
