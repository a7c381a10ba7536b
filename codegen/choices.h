/* choices: `if` and `match` as values. Both become `c ? a : b` where all branches are simple, else statements that give a name its
 * value (match.c for the patterns). Private to this layer.
 */
#ifndef TOVA_CODEGEN_CHOICES_H
#define TOVA_CODEGEN_CHOICES_H

#include "codegen/emitter.h"

/* One of several values: taken where the condition holds, after its statements. */
struct choice {
    struct js *condition; /* NULL: where no other holds */
    struct js_list before;     /* what the condition needs done before it is asked */
    struct js_list statements; /* what the value needs */
    struct js *value;
};
/* The value of a branch: an expression, or a block of one. */
struct choice lower_choice(struct emitter *e, node_id branch);
/* The first choice whose condition holds, else `otherwise`: `c ? a : b`, or a name that statements give its value. */
struct js *choose(struct emitter *e, const struct choice *choices, unsigned count, struct choice otherwise);

/* `if` with all its branches as a value; only where all of them are simple. */
struct js *lower_if_expression(struct emitter *e, node_id node);

/* `match` as a chain of `if`. */
void lower_match(struct emitter *e, node_id node, struct destination destination);
/* The same as a value; only where all arms are simple. */
struct js *lower_match_expression(struct emitter *e, node_id node);
#endif
