/* eight: looks at eight bytes of a text together.
 *
 * The functions are small and inline, for loops over long texts; those that need fewer bytes look at the rest one by one.
 */
#ifndef TOVA_PARSER_BASE_EIGHT_H
#define TOVA_PARSER_BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

#define EIGHT_ONES UINT64_C(0x0101010101010101)
#define EIGHT_HIGHS (EIGHT_ONES << 7) /* each byte's highest bit */

/* The eight bytes from there on, in the order of the machine. */
static inline uint64_t eight_bytes(const char *bytes) {
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

/* The high bit of each byte that a JSON string cannot have as it is, or that is no printing ASCII: `"`, `\\`, a control character,
 * 0x7f, 0x80 and above. 0 when there is none; else bits above the lowest one may be set needlessly. */
static inline uint64_t eight_special(uint64_t bytes) {
    uint64_t quote = bytes ^ (EIGHT_ONES * '"'), slash = bytes ^ (EIGHT_ONES * '\\'), delete = bytes ^ (EIGHT_ONES * 0x7f);
    uint64_t zeros = ((quote - EIGHT_ONES) & ~quote) | ((slash - EIGHT_ONES) & ~slash) | ((delete - EIGHT_ONES) & ~delete);
    return (zeros | (bytes - EIGHT_ONES * 0x20) | bytes) & EIGHT_HIGHS;
}

#endif
