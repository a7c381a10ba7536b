/* quick_lexer: the lexer that the generated code reads characters from, over a text in one piece; for quick.c. It does what
 * the library's does for a text without errors.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_LEXER_H
#define TOVA_PARSER_SYNTAX_QUICK_LEXER_H

#include "parser/base/str.h"
#include "parser/syntax/language.h"
#include "parser/syntax/quick_memo.h"

struct quick_lexer {
    TSLexer functions; /* first, so that the generated code's pointer to it is one to all */
    struct quick_memo *memo;
    struct str text;
    uint32_t offset;     /* bytes; of the lookahead */
    uint32_t width;      /* bytes; of the lookahead, 0 at the end of the text */
    uint32_t start, end; /* bytes; the token that is being read or was read last */
    uint32_t looked;     /* bytes; the end of what was looked at for the token */
    uint32_t read;       /* bytes that were looked at for the token, by both lexers; 0 where it was kept */
    bool marked;         /* `end` was set by the generated code */
    bool malformed;      /* a character was no UTF-8 */
};

/* The memo is borrowed, and used for texts of one language only. */
void quick_lexer_init(struct quick_lexer *lexer, struct quick_memo *memo, struct str text);

/* The states of both lexers in one number; language_init has seen that they are small enough. */
static inline uint16_t quick_lexer_mode(TSLexMode mode) {
    return (uint16_t)(mode.lex_state | mode.external_lex_state << 8);
}

/* Reads what the memo does not know, and keeps it in that set. */
bool quick_lexer_read(struct quick_lexer *lexer, const TSLanguage *tables, TSLexMode mode, uint32_t offset,
                      struct quick_memo_set *set, TSSymbol *symbol);

/* Reads the token at `offset` as the automaton's state expects it; it is then from lexer->start to lexer->end. False when
 * none is there. */
static inline bool quick_lexer_next(struct quick_lexer *lexer, const TSLanguage *tables, TSStateId state,
                                    uint32_t offset, TSSymbol *symbol) {
    TSLexMode mode = tables->lex_modes[state];
    struct quick_memo_set *set = NULL;
    const struct quick_memo_entry *kept =
        quick_memo_find(lexer->memo, quick_lexer_mode(mode), lexer->text, offset, &set);
    lexer->read = 0;
    if (kept == NULL || offset == 0) {
        return quick_lexer_read(lexer, tables, mode, offset, set, symbol);
    }
    lexer->start = offset + kept->start;
    lexer->end = offset + kept->end;
    lexer->looked = offset + kept->looked;
    *symbol = kept->symbol;
    return true;
}

#endif
