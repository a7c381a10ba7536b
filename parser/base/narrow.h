/* narrow: the only places where a number is made smaller; each asserts that nothing is lost. */
#ifndef TOVA_PARSER_BASE_NARROW_H
#define TOVA_PARSER_BASE_NARROW_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* A size that is known to fit 32 bits. */
static inline uint32_t u32_from_size(size_t number) {
    assert(number <= UINT32_MAX);
    return (uint32_t)number;
}

/* A number that is known to fit 16 bits. */
static inline uint16_t u16_from_u32(uint32_t number) {
    assert(number <= UINT16_MAX);
    return (uint16_t)number;
}

/* A number that is known to fit 8 bits. */
static inline uint8_t u8_from_u32(uint32_t number) {
    assert(number <= UINT8_MAX);
    return (uint8_t)number;
}

#endif
