/* request_text: a request to an endpoint as people write it down: for curl, for JavaScript, for a file requests.http.
 *
 * Values are examples, made from the types of the parameters: they fit the types, and nothing else is known of them. Secrets are
 * not made up: $TOKEN, $API_KEY and $COOKIE stand where they belong. Texts are quoted for a POSIX shell so that nothing of a
 * source can become a command.
 */
#ifndef TOVA_SERVER_FEATURES_REQUEST_TEXT_H
#define TOVA_SERVER_FEATURES_REQUEST_TEXT_H

#include "server/features/endpoints.h"

/* `curl …`; empty for a socket. Lives in the arena of the endpoint. */
struct str request_as_curl(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry);

/* An expression: `await fetch(…)`, `new WebSocket(…)`. */
struct str request_as_fetch(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry);

/* As editors with a REST client read it: a line `### name`, the request, its headers and body, and a line end; empty for a
 * socket. */
struct str request_as_http(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry);

#endif
