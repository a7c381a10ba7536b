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

/* The first of the bytes, in the order of the text, whose high bit is set; the last one when none is. */
static inline unsigned eight_first(uint64_t bytes) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (unsigned)__builtin_clzll((bytes & EIGHT_HIGHS) | 0x80) / 8;
#else
    return (unsigned)__builtin_ctzll((bytes & EIGHT_HIGHS) | UINT64_C(0x80) << 56) / 8;
#endif
}

/* The first `count` of the bytes, 1 to 8, in the order of the text; the others are zero. */
static inline uint64_t eight_keep(uint64_t bytes, unsigned count) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return bytes & UINT64_MAX << (64 - 8 * count);
#else
    return bytes & UINT64_MAX >> (64 - 8 * count);
#endif
}

/* The high bit of each byte that is no letter, digit or `_`, in bytes of ASCII; of others and their neighbours it says nothing. */
static inline uint64_t eight_no_word(uint64_t bytes) {
    uint64_t small = bytes | EIGHT_ONES * 0x20; /* `_` becomes 0x7f, which is no letter's */
    uint64_t letters = (small + EIGHT_ONES * (0x80 - 'a')) & ~(small + EIGHT_ONES * (0x7f - 'z'));
    uint64_t digits = (bytes + EIGHT_ONES * (0x80 - '0')) & ~(bytes + EIGHT_ONES * (0x7f - '9'));
    return ~(letters | digits | (small + EIGHT_ONES)) & EIGHT_HIGHS;
}

/* The high bit of each byte that a JSON string cannot have as it is, or that is no printing ASCII: `"`, `\\`, a control character,
 * 0x7f, 0x80 and above. 0 when there is none; else bits above the lowest one may be set needlessly. */
static inline uint64_t eight_special(uint64_t bytes) {
    uint64_t quote = bytes ^ (EIGHT_ONES * '"'), slash = bytes ^ (EIGHT_ONES * '\\'), delete = bytes ^ (EIGHT_ONES * 0x7f);
    uint64_t zeros = ((quote - EIGHT_ONES) & ~quote) | ((slash - EIGHT_ONES) & ~slash) | ((delete - EIGHT_ONES) & ~delete);
    return (zeros | (bytes - EIGHT_ONES * 0x20) | bytes) & EIGHT_HIGHS;
}

#endif
