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

#include <stdbool.h>
#include <stdint.h>

enum { QUICK_MEMO_BYTES = 32, QUICK_MEMO_ENTRIES = 4096 };

/* Offsets count from where the lexer was asked. */
struct quick_memo_entry {
    char bytes[QUICK_MEMO_BYTES];
    uint32_t mode;   /* which states of both lexers */
    uint16_t symbol; /* what was found */
    uint8_t looked;  /* bytes that were looked at; 0: the entry is empty */
    uint8_t start, end;
};

struct quick_memo {
    struct quick_memo_entry entries[QUICK_MEMO_ENTRIES];
};

/* The entry in which what stands at `offset` is kept, if it is kept at all: see quick_memo_holds. NULL where none can be. */
struct quick_memo_entry *quick_memo_at(struct quick_memo *memo, uint32_t mode, struct str text, uint32_t offset);

/* Is it this token? `entry` is of the same mode, text and offset. */
bool quick_memo_holds(const struct quick_memo_entry *entry, uint32_t mode, struct str text, uint32_t offset);

/* Keeps a token for which `looked` bytes of the text were looked at, if it can be kept. */
void quick_memo_keep(struct quick_memo_entry *entry, struct quick_memo_entry found, struct str text, uint32_t offset,
                     uint32_t looked);

#endif
