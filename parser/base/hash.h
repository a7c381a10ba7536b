/* hash: a 64-bit content hash for change detection and tables; not for security, and not the same on machines of another byte
 * order. */
#ifndef TOVA_PARSER_BASE_HASH_H
#define TOVA_PARSER_BASE_HASH_H

#include "parser/base/str.h"

#include <stdint.h>

#define HASH_SEED UINT64_C(0xcbf29ce484222325)

/* The hash of `s` continued from `seed` (HASH_SEED to begin). */
uint64_t hash_bytes(uint64_t seed, struct str s);

/* The same for one number. */
uint64_t hash_number(uint64_t seed, uint64_t number);

#endif
