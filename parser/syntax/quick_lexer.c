/* quick_lexer: characters, marks, and which of the two generated lexers is asked. */
#include "parser/syntax/quick_lexer.h"

#include "parser/base/narrow.h"
#include "parser/base/utf.h"

enum { BYTE_ORDER_MARK = 0xFEFF };

static const TSStateId no_token = UINT16_MAX; /* what the library ends a rule between tokens with; this grammar has none */

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

void quick_lexer_init(struct quick_lexer *lexer, struct str text) {
    *lexer = (struct quick_lexer){
        .functions = {.advance = advance,
                      .mark_end = mark_end,
                      .get_column = column,
                      .is_at_included_range_start = at_range_start,
                      .eof = at_end},
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

/* A mark may stand before white space that was skipped behind it: then the token has no width, and stands at the mark. */
static void finish(struct quick_lexer *lexer) {
    if (!lexer->marked) {
        lexer->end = lexer->offset;
    }
    if (lexer->end < lexer->start) {
        lexer->start = lexer->end;
    }
}

bool quick_lexer_next(struct quick_lexer *lexer, const TSLanguage *tables, TSStateId state, uint32_t offset,
                      TSSymbol *symbol) {
    TSLexMode mode = tables->lex_modes[state];
    if (mode.lex_state == no_token) {
        return false;
    }
    if (mode.external_lex_state != 0) {
        const bool *valid = tables->external_scanner.states + mode.external_lex_state * tables->external_token_count;
        begin(lexer, offset);
        if (tables->external_scanner.scan(NULL, &lexer->functions, valid)) {
            finish(lexer);
            *symbol = tables->external_scanner.symbol_map[lexer->functions.result_symbol];
            return true;
        }
    }
    begin(lexer, offset);
    if (!tables->lex_fn(&lexer->functions, mode.lex_state)) {
        return false;
    }
    finish(lexer);
    *symbol = lexer->functions.result_symbol;
    return true;
}
