/* hash: FNV-1a. */
#include "parser/base/hash.h"

#define FNV_PRIME UINT64_C(0x100000001b3)

/* The multiplication is meant to wrap. */
uint64_t hash_bytes(uint64_t seed, struct str s) {
    for (size_t i = 0; i < s.size; i++) {
        seed = (seed ^ (unsigned char)s.data[i]) * FNV_PRIME;
    }
    return seed;
}

uint64_t hash_number(uint64_t seed, uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        seed = (seed ^ (number >> shift & 0xff)) * FNV_PRIME;
    }
    return seed;
}
