/* quick_memo: an entry is found by white space, the word or sign behind it, and one byte more. */
#include "parser/syntax/quick_memo.h"

#include <string.h>

#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)

static bool is_space(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

static bool is_word(unsigned char byte) {
    return (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

static uint64_t mix(uint64_t hash, unsigned char byte) { return (hash ^ byte) * MULTIPLIER; }

/* Which bytes the lexers look at is not known before; most often it is these. */
struct quick_memo_entry *quick_memo_at(struct quick_memo *memo, uint32_t mode, struct str text, uint32_t offset) {
    if (text.size - offset < QUICK_MEMO_BYTES) {
        return NULL;
    }
    const unsigned char *at = (const unsigned char *)text.data + offset;
    const unsigned char *end = at + QUICK_MEMO_BYTES - 1;
    uint64_t hash = mode * MULTIPLIER;
    while (at < end && is_space(*at)) {
        hash = mix(hash, *at++);
    }
    hash = mix(hash, *at++);
    while (at < end && is_word(at[-1]) && is_word(*at)) {
        hash = mix(hash, *at++);
    }
    hash = mix(hash, at <= end ? *at : 0);
    return &memo->entries[(hash >> 32) % QUICK_MEMO_ENTRIES];
}

bool quick_memo_holds(const struct quick_memo_entry *entry, uint32_t mode, struct str text, uint32_t offset) {
    return entry->mode == mode && entry->looked > 0 && memcmp(entry->bytes, text.data + offset, entry->looked) == 0;
}

void quick_memo_keep(struct quick_memo_entry *entry, struct quick_memo_entry found, struct str text, uint32_t offset,
                     uint32_t looked) {
    if (looked > QUICK_MEMO_BYTES) {
        return;
    }
    unsigned char all = 0;
    for (uint32_t i = 0; i < looked; i++) {
        all |= (unsigned char)text.data[offset + i];
    }
    if (all < 0x80) {
        *entry = found;
        entry->looked = (uint8_t)looked;
        memcpy(entry->bytes, text.data + offset, looked);
    }
}
