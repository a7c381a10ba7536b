/* entity_parts: names that are parts of something, by what stands before or around them; private to entity.c.
 */
#ifndef TOVA_ANALYSIS_ENTITY_PARTS_H
#define TOVA_ANALYSIS_ENTITY_PARTS_H

#include "analysis/entity.h"

/* If the node stands where a part is named (behind a dot, before a colon, in a tag, in a pattern of an object), writes
 * meaning->part and, when it can be told, meaning->entity. */
void entity_part_at(struct resolver *resolver, node_id node, struct meaning *meaning);

#endif
