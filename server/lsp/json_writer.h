/* json_writer: writes JSON text straight into a buffer.
 *
 * The reader of messages is cJSON; it does not write them because its strings cannot hold a NUL and let malformed UTF-8
 * through, both of which a source file may contain. Here a NUL becomes an escape and a malformed byte U+FFFD. Commas are put
 * where they belong; the caller sees to it that what is opened is closed and that members of objects have keys.
 */
#ifndef TOVA_SERVER_LSP_JSON_WRITER_H
#define TOVA_SERVER_LSP_JSON_WRITER_H

#include "parser/base/str.h"
#include "parser/base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct json_writer {
    struct strbuf *out; /* borrowed */
    bool comma;         /* the next value or key is not the first one here */
};

/* Writes behind what `out` holds. */
void json_init(struct json_writer *json, struct strbuf *out);

void json_open_object(struct json_writer *json);
void json_close_object(struct json_writer *json);
void json_open_array(struct json_writer *json);
void json_close_array(struct json_writer *json);

/* The key of the next value; plain ASCII without quotes or backslashes. */
void json_key(struct json_writer *json, const char *key);

/* A key of any text. */
void json_key_text(struct json_writer *json, struct str key);

void json_string(struct json_writer *json, struct str value);
void json_number(struct json_writer *json, int64_t value);

/* An array of numbers; fast, for answers that hold many. */
void json_numbers(struct json_writer *json, const uint32_t *values, size_t count);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* Text that is JSON already. */
void json_raw(struct json_writer *json, struct str text);

/* A key and its value. */
void json_member_string(struct json_writer *json, const char *key, struct str value);
void json_member_number(struct json_writer *json, const char *key, int64_t value);
void json_member_bool(struct json_writer *json, const char *key, bool value);

#endif
