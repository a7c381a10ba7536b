/* call_hierarchy: who calls a function and whom it calls, over the borders of blocks, servers and modules: from an effect of a page
 * over RPC to a server's function, and from there to a peer's.
 *
 * What calls is a function or component, or, outside of them, an effect, a route, a directive or the block itself; these can be
 * called by nobody.
 */
#ifndef TOVA_SERVER_FEATURES_CALL_HIERARCHY_H
#define TOVA_SERVER_FEATURES_CALL_HIERARCHY_H

#include "server/features/hierarchy_item.h"

/* One side of calls. */
struct call {
    struct hierarchy_item item;
    struct place_list from; /* where the calls are: in the caller */
};

struct call_list {
    VEC(struct call) list;
};

/* What the name at `offset` (bytes) means, when it can be called; false when it cannot. */
bool call_hierarchy_prepare(const struct feature_context *context, uint32_t offset, struct hierarchy_item *item);

/* Those that call the item whose name is at `offset`, in order of path and place; and those that it calls, in order of their first
 * call. A function that is handed on (`on:click={f}`, a route's handler) counts as called. */
struct call_list call_hierarchy_incoming(const struct feature_context *context, uint32_t offset);
struct call_list call_hierarchy_outgoing(const struct feature_context *context, uint32_t offset);

#endif
