/* decode: JSON parameters to plain structs, by tables.
 *
 * A field is a row: where it stands in the JSON ("textDocument.uri"), what it must be, and where it goes in the struct. What
 * is absent and not required leaves its target as it was; what has the wrong type makes the whole fail. Unknown members are
 * ignored. Strings borrow the message.
 */
#ifndef TOVA_SERVER_LSP_DECODE_H
#define TOVA_SERVER_LSP_DECODE_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

enum decode_type {
    DECODE_STRING,  /* struct str */
    DECODE_UINT,    /* uint32_t; a whole number from 0 to 2^31 - 1, as LSP's uinteger */
    DECODE_INT,     /* int64_t; a whole number */
    DECODE_NUMBER,  /* double */
    DECODE_BOOL,    /* bool */
    DECODE_RANGE,   /* struct range */
    DECODE_PRESENT, /* bool: is there anything but null */
    DECODE_ARRAY,   /* struct decode_array of the structs that `element` describes */
    DECODE_STRINGS, /* struct decode_array of struct str; elements that are no strings are left out */
};

enum decode_flag { DECODE_REQUIRED = 1 };

struct decode_array {
    void *items;
    uint32_t count;
};

struct decode_field {
    const char *path; /* member names joined by dots */
    enum decode_type type;
    unsigned flags;
    size_t offset;                      /* of the target in the struct */
    const struct decode_table *element; /* DECODE_ARRAY */
};

struct decode_table {
    const struct decode_field *fields;
    size_t count;
    size_t size; /* of the struct, for arrays */
};

#define DECODE_TABLE(type, rows)                                                                                       \
    { (rows), sizeof(rows) / sizeof *(rows), sizeof(type) }

/* Fills `target` (of table->size bytes) from `json`, which may be NULL. False when something required is missing or of the
 * wrong type, and *problem (lives in the arena) then names it. Arrays live in the arena. */
bool decode_object(struct arena *arena, const struct cJSON *json, const struct decode_table *table, void *target,
                   struct str *problem);

#endif
