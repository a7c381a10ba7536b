/* callers: who calls a server function, for all that shows it: lenses, hover, endpoints.
 */
#ifndef TOVA_SERVER_FEATURES_CALLERS_H
#define TOVA_SERVER_FEATURES_CALLERS_H

#include "server/features/feature.h"

/* The calls and other uses of a function in its package, without its declaration and without the routes that name it; in
 * order of path and place. */
struct place_list callers_of(const struct feature_context *context, struct package_symbol function);

/* Calls visit for each route that a function handles. */
void callers_each_route(const struct package *package, const struct summary_symbol *function,
                        void (*visit)(void *context, const struct summary *file, const struct summary_route *route),
                        void *visitor);

/* "GET /users" of the first route that a function handles; empty when there is none. Lives in the arena. */
struct str callers_first_route(const struct feature_context *context, const struct summary_symbol *function);

#endif
