/* routes_openapi: `tova routes --openapi`: what servers answer as one OpenAPI document. */
#ifndef TOVA_SERVER_COMMANDS_ROUTES_OPENAPI_H
#define TOVA_SERVER_COMMANDS_ROUTES_OPENAPI_H

#include "parser/base/str.h"

#include <stdint.h>

/* Prints the document of the servers at `path` (absolute), or of the one with this name where `server` is not NULL ("" the unnamed
 * one); `port` that of the first server, 0 when there was no --port. Returns the status of the command, after saying what went wrong. Bun makes the document from data; nothing of the
 * program runs. */
int routes_print_openapi(struct str path, const char *word, const char *server, uint16_t port);

#endif
