/* vlq: numbers as base 64 digits of variable length, as Source Map v3 writes them. */
#ifndef TOVA_CODEGEN_VLQ_H
#define TOVA_CODEGEN_VLQ_H

#include "parser/base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends a number. */
void vlq_add(struct strbuf *out, int64_t number);

/* Reads a number at *offset and moves behind it; false at the end of the text or where it is malformed. */
bool vlq_read(struct str text, size_t *offset, int64_t *number);

#endif
