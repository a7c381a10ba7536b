/* quick_lexer: characters, marks, and which of the two generated lexers is asked. */
#include "parser/syntax/quick_lexer.h"

#include "parser/base/narrow.h"
#include "parser/base/utf.h"

enum { BYTE_ORDER_MARK = 0xFEFF };

static void load(struct quick_lexer *lexer) {
    if (lexer->offset >= lexer->text.size) {
        lexer->functions.lookahead = 0;
        lexer->width = 0;
        return;
    }
    unsigned char byte = (unsigned char)lexer->text.data[lexer->offset];
    if (byte < 0x80) {
        lexer->functions.lookahead = byte;
        lexer->width = 1;
        return;
    }
    size_t next = 0;
    lexer->functions.lookahead = (int32_t)utf_decode(lexer->text, lexer->offset, &next);
    lexer->width = u32_from_size(next - lexer->offset);
    lexer->malformed = lexer->malformed || lexer->width == 1;
}

static void advance(TSLexer *functions, bool skip) {
    struct quick_lexer *lexer = (struct quick_lexer *)functions;
    lexer->offset += lexer->width;
    if (skip) {
        lexer->start = lexer->offset;
    }
    load(lexer);
}

static void mark_end(TSLexer *functions) {
    struct quick_lexer *lexer = (struct quick_lexer *)functions;
    lexer->end = lexer->offset;
    lexer->marked = true;
}

static bool at_end(const TSLexer *functions) { return ((const struct quick_lexer *)functions)->width == 0; }

/* Neither is asked for by our scanner. */
static uint32_t column(TSLexer *functions) { return 0; }
static bool at_range_start(const TSLexer *functions) { return false; }

void quick_lexer_init(struct quick_lexer *lexer, struct quick_memo *memo, struct str text) {
    *lexer = (struct quick_lexer){
        .functions = {.advance = advance,
                      .mark_end = mark_end,
                      .get_column = column,
                      .is_at_included_range_start = at_range_start,
                      .eof = at_end},
        .memo = memo,
        .text = text,
    };
}

static void begin(struct quick_lexer *lexer, uint32_t offset) {
    lexer->offset = offset;
    lexer->start = offset;
    lexer->marked = false;
    lexer->functions.result_symbol = 0;
    load(lexer);
    if (offset == 0 && lexer->functions.lookahead == BYTE_ORDER_MARK) {
        advance(&lexer->functions, true);
    }
}

/* What was looked at, from where it was begun. At the end of the text one byte more is counted, which is none. */
static void look(struct quick_lexer *lexer, uint32_t begun) {
    uint32_t looked = lexer->offset + (lexer->width == 0 ? 1 : lexer->width);
    lexer->looked = looked > lexer->looked ? looked : lexer->looked;
    lexer->read += looked - begun;
}

/* A mark may stand before white space that was skipped behind it: then the token has no width, and stands at the mark. */
static void finish(struct quick_lexer *lexer) {
    if (!lexer->marked) {
        lexer->end = lexer->offset;
    }
    if (lexer->end < lexer->start) {
        lexer->start = lexer->end;
    }
}

/* Asks the scanner, and then the generated lexer. */
static bool read_token(struct quick_lexer *lexer, const TSLanguage *tables, TSLexMode mode, uint32_t offset,
                       TSSymbol *symbol) {
    if (mode.external_lex_state != 0) {
        const bool *valid = tables->external_scanner.states + mode.external_lex_state * tables->external_token_count;
        begin(lexer, offset);
        bool found = tables->external_scanner.scan(NULL, &lexer->functions, valid);
        look(lexer, offset);
        if (found) {
            finish(lexer);
            *symbol = tables->external_scanner.symbol_map[lexer->functions.result_symbol];
            return true;
        }
    }
    begin(lexer, offset);
    bool found = tables->lex_fn(&lexer->functions, mode.lex_state);
    look(lexer, offset);
    if (found) {
        finish(lexer);
        *symbol = lexer->functions.result_symbol;
    }
    return found;
}

bool quick_lexer_read(struct quick_lexer *lexer, const TSLanguage *tables, TSLexMode mode, uint32_t offset,
                      struct quick_memo_set *set, TSSymbol *symbol) {
    lexer->looked = offset;
    bool found = read_token(lexer, tables, mode, offset, symbol);
    if (found && offset > 0) { /* at its start, a text may have a mark that is no part of it */
        struct quick_memo_entry token = {.mode = quick_lexer_mode(mode), .symbol = *symbol};
        token.start = (uint8_t)(lexer->start - offset);
        token.end = (uint8_t)(lexer->end - offset);
        quick_memo_keep(set, token, lexer->text, offset, lexer->looked - offset);
    }
    return found;
}
