/* hover: what a name is, as Markdown: its signature, its documentation, and for a server function how it is reached. */
#ifndef TOVA_SERVER_FEATURES_HOVER_H
#define TOVA_SERVER_FEATURES_HOVER_H

#include "parser/base/strbuf.h"
#include "server/features/feature.h"

struct hover {
    struct str markdown; /* empty: nothing to say */
    struct span span;    /* of the name */
};

/* About the name at `offset` (bytes). */
struct hover hover_at(const struct feature_context *context, uint32_t offset);

/* What the functions of a server block share: " · server `api` · port 3000 (`PORT_API`) · `app.server.api.js`" and a newline.
 * Lives in the context's arena. */
struct str hover_server(const struct feature_context *context, struct block_key block);

/* Appends how a server function is reached: its endpoint (or why it has none), its server (of hover_server), its routes. */
void hover_add_endpoint(struct strbuf *out, const struct feature_context *context, struct package_symbol member,
                        struct str server);

#endif
