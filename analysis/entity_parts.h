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

/* ---- entity_records.c */

/* An annotation; none where there is no file. */
struct written_type {
    const struct file_analysis *file;
    node_id node;
};

/* What an annotation names, through aliases and without `?`: a type, or an ENTITY_RECORD. */
struct entity entity_written_type(struct resolver *resolver, struct written_type type);

/* The annotation that says what an expression of the resolver's file gives. */
struct written_type entity_written_of(struct resolver *resolver, node_id expression);

/* The ENTITY_RECORD that an expression certainly gives, or that the elements of a list are; else none. */
struct entity entity_record_of(struct resolver *resolver, node_id expression);
struct entity entity_record_held(struct resolver *resolver, struct entity holder); /* by what is declared */
struct entity entity_record_element(struct resolver *resolver, node_id list);

/* The same by the words of an expression's type (type_text.h), where they are the name of an alias. */
struct entity entity_record_in_words(struct resolver *resolver, node_id expression);

/* The symbol of a field of an ENTITY_RECORD, in its file; 0 where it has none of the name. */
uint32_t entity_record_field(struct entity record, atom_id name);

#endif
