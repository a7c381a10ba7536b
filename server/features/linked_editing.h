/* linked_editing: the two tags of an element, which are written at once.
 */
#ifndef TOVA_SERVER_FEATURES_LINKED_EDITING_H
#define TOVA_SERVER_FEATURES_LINKED_EDITING_H

#include "server/features/feature.h"

struct linked_tags {
    bool found;
    struct span open, close; /* the names alone */
};

/* The names of both tags when `offset` (bytes) is in one of them and they are the same. */
struct linked_tags linked_tags_at(const struct feature_context *context, uint32_t offset);

#endif
