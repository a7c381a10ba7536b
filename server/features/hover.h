/* hover: what a name is, as Markdown: its signature, its documentation, and for a server function how it is reached. */
#ifndef TOVA_SERVER_FEATURES_HOVER_H
#define TOVA_SERVER_FEATURES_HOVER_H

#include "server/features/feature.h"

struct hover {
    struct str markdown; /* empty: nothing to say */
    struct span span;    /* of the name */
};

/* About the name at `offset` (bytes). */
struct hover hover_at(const struct feature_context *context, uint32_t offset);

/* The lines of a server function's endpoint, server, port, variable, output file and routes; empty for anything else. Lives
 * in the context's arena. */
struct str hover_endpoint(const struct feature_context *context, struct package_symbol member);

#endif
