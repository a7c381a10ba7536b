/* hash: multiplies and folds eight bytes at a time. */
#include "parser/base/hash.h"

#include "parser/base/eight.h"

#include <string.h>

static uint32_t four(const char *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Less than eight bytes as one number: the ends overlap, so that nothing loops. */
static uint64_t few(const char *bytes, size_t size) {
    if (size >= sizeof(uint32_t)) {
        return (uint64_t)four(bytes) << 32 | four(bytes + size - sizeof(uint32_t));
    }
    const unsigned char *each = (const unsigned char *)bytes;
    return size == 0 ? 0 : (uint64_t)each[0] << 16 | (uint64_t)each[size / 2] << 8 | each[size - 1];
}

uint64_t hash_bytes(uint64_t seed, struct str s) {
    size_t i = 0;
    seed = hash_number(seed, s.size); /* else zeros at the end would change nothing */
    for (; s.size - i > sizeof(uint64_t); i += sizeof(uint64_t)) {
        seed = hash_number(seed, eight_bytes(s.data + i));
    }
    return hash_number(seed, i > 0 || s.size == sizeof(uint64_t) ? eight_bytes(s.data + s.size - sizeof(uint64_t)) : few(s.data, s.size));
}
