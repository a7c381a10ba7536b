/* server_peers: servers that a server calls or tells of events, as constants of its output. Private to this layer.
 */
#ifndef TOVA_CODEGEN_SERVER_PEERS_H
#define TOVA_CODEGEN_SERVER_PEERS_H

#include "codegen/emitter.h"

/* The constant that stands for a peer, which code calls by `name`. */
struct js *peer_name(struct emitter *e, atom_id name);
/* The constants of servers of the program that code calls by their names alone or that get events of this one. */
void emit_peers(struct emitter *e);
/* What makes the id of a request go along with calls of peers, where there are any. */
void emit_request_ids(struct emitter *e);
/* `discover "events" at url with { … }`: the constant of a peer. */
void lower_discover(struct emitter *e, node_id node);
#endif
