/* quick_memo: tokens that were read before, so that the same bytes are not lexed again; inside parser/syntax only.
 *
 * Both generated lexers are functions of their state and of the bytes that they look at, from the place where they are
 * asked on. So a token found once is found again wherever the same bytes stand in the same state: an entry holds exactly
 * the bytes that were looked at for it, the one behind the token included. What needs more of them than fit an entry, looks
 * at the end of the text, or at anything but ASCII, is not kept. One parser's own, and good for any number of texts.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_MEMO_H
#define TOVA_PARSER_SYNTAX_QUICK_MEMO_H

#include "parser/base/str.h"
#include "parser/syntax/quick_steps.h"

#include <stdbool.h>
#include <stdint.h>

enum { QUICK_MEMO_BYTES = 24, QUICK_MEMO_WAYS = 2, QUICK_MEMO_BITS = 11 };

/* Offsets count from where the lexer was asked. */
struct quick_memo_entry {
    char bytes[QUICK_MEMO_BYTES];
    uint16_t mode;   /* which states of both lexers */
    uint16_t symbol; /* what was found */
    uint8_t looked;  /* bytes that were looked at; 0: the entry is empty */
    uint8_t start, end;
    uint8_t recent; /* in the first one of a set: the one that was found last */
};

/* Those that are found by the same bytes; as large as a line of the processor's cache. */
struct quick_memo_set {
    _Alignas(64) struct quick_memo_entry ways[QUICK_MEMO_WAYS];
};

struct quick_memo {
    struct quick_memo_set sets[1u << QUICK_MEMO_BITS];
    struct quick_steps steps;
};

/* The token that is kept for what stands at `offset`, or NULL; `*set` is where it can be kept then. */
const struct quick_memo_entry *quick_memo_find(struct quick_memo *memo, uint16_t mode, struct str text, uint32_t offset,
                                               struct quick_memo_set **set);

/* Keeps a token for which `looked` bytes of the text were looked at, if it can be kept. */
void quick_memo_keep(struct quick_memo_set *set, struct quick_memo_entry found, struct str text, uint32_t offset,
                     uint32_t looked);

#endif
