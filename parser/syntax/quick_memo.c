/* quick_memo: an entry is found by white space, the word or sign behind it, and one byte more. */
#include "parser/syntax/quick_memo.h"

#include "parser/base/eight.h"

#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)

enum { WINDOW = QUICK_MEMO_BYTES + 16 /* bytes that may be read from where a token is looked for */ };

static bool is_blank(char byte) { return (unsigned char)byte <= ' '; }

/* Of a long word, what is behind its first bytes; there it starts and ends with letters. */
static uint64_t hash_more(uint64_t hash, const char *at, const char *end) {
    for (unsigned word = 7; word == 7 && at < end; at += word) {
        uint64_t bytes = eight_bytes(at);
        word = eight_first(eight_no_word(bytes));
        hash = (hash ^ eight_keep(bytes, word + 1)) * MULTIPLIER;
    }
    return hash;
}

/* Which bytes the lexers look at is not known before; most often it is these. */
static uint64_t hash_bytes(const char *at, uint16_t mode) {
    unsigned blanks = 0;
    while (is_blank(at[blanks]) && blanks < QUICK_MEMO_BYTES) {
        blanks++;
    }
    uint64_t bytes = eight_bytes(at + blanks);
    unsigned word = eight_first(eight_no_word(bytes));
    uint64_t hash = (mode | blanks << 16 | (uint32_t)(unsigned char)at[0] << 24) * MULTIPLIER;
    hash = (hash ^ eight_keep(bytes, word > 0 ? word + 1 : 2)) * MULTIPLIER;
    return word < 7 ? hash : hash_more(hash, at + blanks + word, at + QUICK_MEMO_BYTES);
}

static bool holds(const struct quick_memo_entry *entry, uint16_t mode, const char *at) {
    if (entry->mode != mode || entry->looked == 0) {
        return false;
    }
    unsigned i = 0;
    for (; entry->looked - i > 8; i += 8) {
        if (eight_bytes(entry->bytes + i) != eight_bytes(at + i)) {
            return false;
        }
    }
    return eight_keep(eight_bytes(entry->bytes + i) ^ eight_bytes(at + i), entry->looked - i) == 0;
}

static struct quick_memo_entry *find_at(struct quick_memo *memo, uint16_t mode, const char *at,
                                        struct quick_memo_set **set) {
    *set = &memo->sets[hash_bytes(at, mode) >> (64 - QUICK_MEMO_BITS)];
    for (unsigned way = 0; way < QUICK_MEMO_WAYS; way++) {
        if (holds(&(*set)->ways[way], mode, at)) {
            (*set)->ways[0].recent = (uint8_t)way;
            return &(*set)->ways[way];
        }
    }
    return NULL;
}

static struct quick_memo_entry *find_at_end(struct quick_memo *memo, uint16_t mode, struct str rest,
                                            struct quick_memo_set **set) {
    char bytes[WINDOW];
    memset(bytes, 0xff, sizeof bytes); /* no entry has such */
    memcpy(bytes, rest.data, rest.size);
    return find_at(memo, mode, bytes, set);
}

const struct quick_memo_entry *quick_memo_find(struct quick_memo *memo, uint16_t mode, struct str text, uint32_t offset,
                                               struct quick_memo_set **set) {
    struct str rest = {text.data + offset, text.size - offset};
    return rest.size < WINDOW ? find_at_end(memo, mode, rest, set) : find_at(memo, mode, rest.data, set);
}

void quick_memo_keep(struct quick_memo_set *set, struct quick_memo_entry found, struct str text, uint32_t offset,
                     uint32_t looked) {
    if (looked > QUICK_MEMO_BYTES || looked > text.size - offset) {
        return;
    }
    unsigned char all = 0;
    for (uint32_t i = 0; i < looked; i++) {
        all |= (unsigned char)text.data[offset + i];
    }
    if (all < 0x80) {
        uint8_t way = set->ways[0].recent == 0;
        found.looked = (uint8_t)looked;
        memcpy(found.bytes, text.data + offset, looked);
        set->ways[way] = found;
        set->ways[0].recent = way;
    }
}
