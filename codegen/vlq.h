/* vlq: numbers as base 64 digits of variable length, as Source Map v3 writes them. */
#ifndef TOVA_CODEGEN_VLQ_H
#define TOVA_CODEGEN_VLQ_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { VLQ_BYTES = 13 }; /* of the longest number */

/* The digits in the order of their values. */
extern const char vlq_digits[];

/* Writes a number to `out`, which has room for VLQ_BYTES; returns how many it took. */
size_t vlq_write_any(char *out, int64_t number);
/* The same, at hand for numbers of one digit, which most are. */
static inline size_t vlq_write(char *out, int64_t number) {
    if (number <= -16 || number >= 16) {
        return vlq_write_any(out, number);
    }
    *out = vlq_digits[number < 0 ? (-number << 1) | 1 : number << 1];
    return 1;
}

/* Reads a number at *offset and moves behind it; false at the end of the text or where it is malformed. */
bool vlq_read(struct str text, size_t *offset, int64_t *number);

#endif
