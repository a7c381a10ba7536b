/* server_routes: what a server answers: its routes (server_routes.c) and the endpoints of its functions (server_rpc.c). Private to
 * this layer.
 */
#ifndef TOVA_CODEGEN_SERVER_ROUTES_H
#define TOVA_CODEGEN_SERVER_ROUTES_H

#include "codegen/emitter.h"

/* The endpoints of the functions that may be called from outside. */
void emit_rpc_endpoints(struct emitter *e);
/* A `route` and its handler. */
void lower_route(struct emitter *e, node_id node);
#endif
