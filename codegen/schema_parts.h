/* schema_parts: what schemas.c and schema_unions.c make schemas of; for these two alone.
 *
 * `depth` counts types within types, up to LIMIT_SYNTAX_DEPTH; beyond it anything passes.
 */
#ifndef TOVA_CODEGEN_SCHEMA_PARTS_H
#define TOVA_CODEGEN_SCHEMA_PARTS_H

#include "codegen/schemas.h"

/* The schema of a type of the present file. */
struct js *schema_of(struct emitter *e, node_id written, unsigned depth);

/* { kind: value }, { kind: [parts] }, and the schema that everything passes. */
struct js *schema_with(struct emitter *e, const char *kind, struct js *value);
struct js *schema_part(struct emitter *e, const char *kind, struct js_list parts);
struct js *schema_any(struct emitter *e);

/* Do both say the same? What is nested deeper than they are believed to be does not. */
bool schema_equal(struct js *left, struct js *right, unsigned depth);

/* `A | B` and `T?`. */
struct js *schema_of_union(struct emitter *e, node_id type, unsigned depth);

/* `"calm"`, a text that is a type. */
struct js *schema_of_literal(struct emitter *e, node_id type);

/* `variants`, those of `type Shape = Circle(r: Float) | "none"`, or one of the texts that stand beside them in the union. */
struct js *schema_or_texts(struct emitter *e, node_id union_type, struct js *variants);

#endif
