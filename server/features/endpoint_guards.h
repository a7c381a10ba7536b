/* endpoint_guards: what stands between a request and a server function.
 */
#ifndef TOVA_SERVER_FEATURES_ENDPOINT_GUARDS_H
#define TOVA_SERVER_FEATURES_ENDPOINT_GUARDS_H

#include "server/features/feature.h"

struct text_list {
    VEC(struct str) list;
};

/* The conditions as they are written, `auth`, `role("admin")`, of the routes that name a function; its endpoint has them too. Each
 * text once. Lives in the arena. */
struct text_list endpoint_guards(const struct feature_context *context, const struct summary_symbol *function);

/* The directives of a server that look at every request, as they are written, on one line: `rate_limit { max: 10 }`. */
struct text_list endpoint_server_guards(const struct feature_context *context, struct block_key server);

#endif
