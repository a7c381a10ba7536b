/* encode_status: the members that tova/status and the notification tova/serverStatus share. */
#ifndef TOVA_SERVER_LSP_ENCODE_STATUS_H
#define TOVA_SERVER_LSP_ENCODE_STATUS_H

#include "server/lsp/introspection.h"
#include "server/lsp/json_writer.h"

/* Members health, message and quiescent of an object that is open. */
void encode_health(struct json_writer *json, const struct status *status);

#endif
