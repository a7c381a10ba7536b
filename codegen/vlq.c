/* vlq: five bits a digit, lowest first; the lowest bit of a number is its sign. */
#include "codegen/vlq.h"

const char vlq_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { BITS = 5, CONTINUES = 1 << BITS, MASK = CONTINUES - 1 };

size_t vlq_write_any(char *out, int64_t number) {
    uint64_t rest = number < 0 ? ((uint64_t)-number << 1) | 1 : (uint64_t)number << 1;
    size_t size = 0;
    do {
        unsigned digit = (unsigned)(rest & MASK);
        rest >>= BITS;
        out[size++] = vlq_digits[rest > 0 ? digit | CONTINUES : digit];
    } while (rest > 0);
    return size;
}

static int digit_of(char byte) {
    for (int i = 0; i < 64; i++) {
        if (vlq_digits[i] == byte) {
            return i;
        }
    }
    return -1;
}

bool vlq_read(struct str text, size_t *offset, int64_t *number) {
    uint64_t value = 0;
    for (unsigned shift = 0; *offset < text.size && shift < 60; shift += BITS) {
        int digit = digit_of(text.data[*offset]);
        if (digit < 0) {
            return false;
        }
        (*offset)++;
        value |= (uint64_t)(digit & MASK) << shift;
        if ((digit & CONTINUES) == 0) {
            *number = (value & 1) != 0 ? -(int64_t)(value >> 1) : (int64_t)(value >> 1);
            return true;
        }
    }
    return false;
}
