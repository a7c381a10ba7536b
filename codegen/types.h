/* types: declared types as the constructors of their values, what they derive (derives.c), and types with a condition
 * (refinements.c). Validation of what comes from outside is validation.h. Private to this layer.
 */
#ifndef TOVA_CODEGEN_TYPES_H
#define TOVA_CODEGEN_TYPES_H

#include "codegen/emitter.h"

/* A type: constructors of its variants or fields, and what it derives. An alias is nothing at run time. */
void lower_type(struct emitter *e, node_id node, bool exported);

/* Does a type_declaration derive this trait? */
bool type_derives(const struct emitter *e, node_id node, struct str what);
/* The calls that give a type what it derives. `holder`: its class, or what its variants inherit from when there is that. */
void lower_derives(struct emitter *e, struct program_symbol type, node_id node, struct js *holder);

/* A type with a condition: a function that lets its values through. */
void lower_refinement(struct emitter *e, struct program_symbol type, node_id node);
/* A value that is annotated with `type`: checked when that is a type with a condition. */
struct js *refined_value(struct emitter *e, node_id type, struct js *value);
/* Does the condition of a type hold for a value? */
struct js *refined_test(struct emitter *e, struct program_symbol type, struct js *value, node_id name);
#endif
