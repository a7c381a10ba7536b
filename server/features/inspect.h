/* inspect: the syntax tree of a document as text, for people who wonder what the daemon has understood. */
#ifndef TOVA_SERVER_FEATURES_INSPECT_H
#define TOVA_SERVER_FEATURES_INSPECT_H

#include "server/features/feature.h"

/* The tree of the smallest node that holds all of `span` (bytes), one node a line, tokens as their text; of a tree that is very
 * large, its beginning. Lives in the context's arena. */
struct str inspect_syntax(const struct feature_context *context, struct span span);

#endif
