/* json_copy: a value that a client has sent, written back to it as it was. */
#ifndef TOVA_SERVER_LSP_JSON_COPY_H
#define TOVA_SERVER_LSP_JSON_COPY_H

#include "server/lsp/json_writer.h"

struct cJSON;

/* Writes a value; what is nested more than 32 deep becomes null. */
void json_copy(struct json_writer *json, const struct cJSON *value);

/* Writes the members of an object, but for the one named `without` (NULL: all), into the object that is open. */
void json_copy_members(struct json_writer *json, const struct cJSON *object, const char *without);

#endif
