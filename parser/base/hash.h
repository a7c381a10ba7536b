/* hash: a 64-bit content hash for change detection and tables; not for security, and not the same on machines of another byte
 * order. */
#ifndef TOVA_PARSER_BASE_HASH_H
#define TOVA_PARSER_BASE_HASH_H

#include "parser/base/str.h"

#include <stdint.h>

#define HASH_SEED UINT64_C(0xcbf29ce484222325)

/* The hash of `s` continued from `seed` (HASH_SEED to begin). */
uint64_t hash_bytes(uint64_t seed, struct str s);

__extension__ typedef unsigned __int128 hash_product;

/* The same for one number: both halves of a product, so that every bit counts in every bit. */
static inline uint64_t hash_number(uint64_t seed, uint64_t number) {
    hash_product product = (hash_product)(seed ^ number) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
