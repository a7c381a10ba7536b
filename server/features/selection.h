/* selection: what "expand selection" grows through: word, name, arguments, call, statement, block …
 */
#ifndef TOVA_SERVER_FEATURES_SELECTION_H
#define TOVA_SERVER_FEATURES_SELECTION_H

#include "server/features/feature.h"

struct span_list {
    VEC(struct span) list;
};

/* The spans around `offset` (bytes) from the innermost to the whole text; each holds the one before it and is larger. The
 * insides of texts, brackets and tags count too. Some 200 at most. */
struct span_list selection_at(const struct feature_context *context, uint32_t offset);

#endif
