/* entity_parts: names that are parts of something, by what stands before or around them; private to entity.c.
 */
#ifndef TOVA_ANALYSIS_ENTITY_PARTS_H
#define TOVA_ANALYSIS_ENTITY_PARTS_H

#include "analysis/entity.h"

/* If the node stands where a part is named (behind a dot, before a colon, in a tag, in a pattern of an object), writes
 * meaning->part and, when it can be told, meaning->entity. */
void entity_part_at(struct resolver *resolver, node_id node, struct meaning *meaning);

/* ---- entity_types.c */

/* The entity of a type that the typer knows. */
struct entity entity_known_type(struct resolver *resolver, struct known_type type);

/* The type of an expression, or (*list) of the elements of a list. */
struct entity entity_value_type(struct resolver *resolver, node_id expression, bool *list);

/* The type of an expression in words (type_text.h). */
struct str entity_type_text(struct resolver *resolver, node_id expression);

/* The type of what a pattern in an arm of `match` stands for. */
struct entity entity_pattern_type(struct resolver *resolver, node_id pattern);

/* The type that a literal of a record is expected to have: by an annotation, a parameter, a field, what it is assigned to, or the
 * record that it spreads. */
struct entity entity_expected(struct resolver *resolver, node_id object);

#endif
