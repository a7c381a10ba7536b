/* vlq: numbers as base 64 digits of variable length, as Source Map v3 writes them. */
#ifndef TOVA_CODEGEN_VLQ_H
#define TOVA_CODEGEN_VLQ_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { VLQ_BYTES = 13 }; /* of the longest number */

/* Writes a number to `out`, which has room for VLQ_BYTES; returns how many it took. */
size_t vlq_write(char *out, int64_t number);

/* Reads a number at *offset and moves behind it; false at the end of the text or where it is malformed. */
bool vlq_read(struct str text, size_t *offset, int64_t *number);

#endif
