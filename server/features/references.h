/* references: every use of what a name stands for, across blocks, files and servers. */
#ifndef TOVA_SERVER_FEATURES_REFERENCES_H
#define TOVA_SERVER_FEATURES_REFERENCES_H

#include "server/features/feature.h"

/* The uses of what the name at `offset` (bytes) stands for, in order of path and place; with its declaration when
 * `declaration`. Of a builtin the uses in this file. */
struct place_list references_of(const struct feature_context *context, uint32_t offset, bool declaration);

#endif
