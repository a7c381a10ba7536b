/* definition: where what a name stands for is declared, across blocks, files and servers. */
#ifndef TOVA_SERVER_FEATURES_DEFINITION_H
#define TOVA_SERVER_FEATURES_DEFINITION_H

#include "server/features/feature.h"

/* The places of the names in the declarations that the name at `offset` (bytes) stands for: one; several for `server.f` when
 * more than one server has an `f`; none for builtins, names of JavaScript and unknown names. *origin (when not NULL) becomes
 * the span of the name at the offset. */
struct place_list definition_of(const struct feature_context *context, uint32_t offset, struct span *origin);

#endif
