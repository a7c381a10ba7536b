/* server_data: models and the connections of a server to its databases. Private to this layer.
 */
#ifndef TOVA_CODEGEN_SERVER_DATA_H
#define TOVA_CODEGEN_SERVER_DATA_H

#include "codegen/emitter.h"

/* A `model` as a table of the database. */
void lower_model(struct emitter *e, node_id node);
/* The connection that `db { … }` describes. */
void lower_db(struct emitter *e, node_id node);
/* `db` in the code of a server. */
struct js *database_handle(struct emitter *e);
/* Adds what the database still needs when all of a server is lowered: a connection that no `db { … }` describes, in front
 * of everything, and the wait for its tables. */
void finish_database(struct emitter *e);
#endif
