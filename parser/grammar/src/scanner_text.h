/* Characters, words, white space and comments: what the other parts look ahead with.
 * Characters are classified by own tables, never by the locale.
 */
#ifndef TOVA_GRAMMAR_SCANNER_TEXT_H
#define TOVA_GRAMMAR_SCANNER_TEXT_H

#include "scanner_tokens.h"

#include <stddef.h>
#include <string.h>

static inline bool is_blank(int32_t c) { return c == ' ' || c == '\t'; }

/* LF, CR LF and CR end a line. */
static inline bool is_line_end(int32_t c) { return c == '\n' || c == '\r'; }

static inline bool is_space(int32_t c) { return is_blank(c) || is_line_end(c) || c == '\f' || c == '\v'; }

static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static inline bool is_one_of(int32_t c, const char *ascii) {
    return c > 0 && c < 0x80 && strchr(ascii, (char)c) != NULL;
}

/* Whether a character beyond ASCII may be part of a name. Coarse on purpose: punctuation, symbols and spaces are not;
 * the identifier token of the grammar has the exact Unicode classes. */
static bool is_wide_letter(int32_t c) {
    static const int32_t others[][2] = {
        {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},
        {0xF7, 0xF7},     {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF},   {0x3000, 0x3004},
        {0x3008, 0x3020}, {0xE000, 0xF8FF}, {0xFEFF, 0xFEFF}, {0x1F000, 0x1FAFF},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (c <= others[i][1]) {
            return c < others[i][0];
        }
    }
    return true;
}

static inline bool starts_name(int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || (c >= 0x80 && is_wide_letter(c));
}

static inline bool continues_name(int32_t c) { return starts_name(c) || is_digit(c); }

/* Tags and attributes: `my-tag`, `ui.Button`; attributes also `on:click.prevent`. */
static inline bool continues_tag(int32_t c) { return continues_name(c) || c == '-' || c == '.'; }

static inline bool continues_attribute(int32_t c) { return continues_tag(c) || c == ':'; }

/* A word as far as the scanner must know it: no keyword is longer than this. */
struct word {
    char text[16];
    bool capital; /* begins with an ASCII capital letter */
};

/* Reads a name; one that is too long or not ASCII becomes "", which equals no keyword. */
static struct word read_word(TSLexer *lexer) {
    struct word word = {.capital = lexer->lookahead >= 'A' && lexer->lookahead <= 'Z'};
    size_t length = 0;
    bool known = true;
    while (continues_name(lexer->lookahead)) {
        if (known && length + 1 < sizeof word.text && lexer->lookahead < 0x80) {
            word.text[length++] = (char)lexer->lookahead;
        } else {
            known = false;
        }
        advance(lexer);
    }
    word.text[known ? length : 0] = '\0';
    return word;
}

static bool word_is(const struct word *word, const char *text) { return strcmp(word->text, text) == 0; }

/* `list` ends with NULL. */
static bool word_in(const struct word *word, const char *const *list) {
    for (; *list != NULL; list++) {
        if (word_is(word, *list)) {
            return true;
        }
    }
    return false;
}

/* How far a string or an interpolation is looked after, in lines. */
enum { STRING_LINES = 40 };

/* Advances over blanks; whether there were any. */
static bool pass_blanks(TSLexer *lexer) {
    bool any = false;
    while (is_blank(lexer->lookahead)) {
        advance(lexer);
        any = true;
    }
    return any;
}

static void pass_spaces(TSLexer *lexer) {
    while (is_space(lexer->lookahead)) {
        advance(lexer);
    }
}

static void pass_name(TSLexer *lexer) {
    while (continues_name(lexer->lookahead)) {
        advance(lexer);
    }
}

/* At a line end: to behind it. */
static void pass_line_end(TSLexer *lexer) {
    bool pair = lexer->lookahead == '\r';
    advance(lexer);
    if (pair && lexer->lookahead == '\n') {
        advance(lexer);
    }
}

/* After a quote: to behind the closing one, or to the line's end; whether it was closed. */
static bool pass_quoted(TSLexer *lexer, int32_t quote) {
    while (lexer->lookahead != quote) {
        if (is_line_end(lexer->lookahead) || at_end(lexer)) {
            return false;
        }
        if (lexer->lookahead == '\\') {
            advance(lexer);
        }
        advance(lexer);
    }
    advance(lexer);
    return true;
}

/* After the opener of a block comment: to behind its closer, of which each nested comment has its own. With `marks`,
 * marks the end; of a comment that is never closed, the end of its first line. */
static void pass_block_comment(TSLexer *lexer, bool marks) {
    bool one_line = true;
    unsigned depth = 1;
    while (depth > 0 && !at_end(lexer)) {
        int32_t c = lexer->lookahead;
        if (is_line_end(c) && one_line && marks) {
            mark(lexer);
            one_line = false;
        }
        advance(lexer);
        if (c == '*' && lexer->lookahead == '/') {
            advance(lexer);
            depth--;
        } else if (c == '/' && lexer->lookahead == '*') {
            advance(lexer);
            depth++;
        }
    }
    if (marks && (depth == 0 || one_line)) {
        mark(lexer);
    }
}

/* Behind the first `/` of a comment: to behind the comment. Leaves the mark alone. */
static void pass_comment(TSLexer *lexer) {
    if (lexer->lookahead == '*') {
        advance(lexer);
        pass_block_comment(lexer, false);
        return;
    }
    while (!is_line_end(lexer->lookahead) && !at_end(lexer)) {
        advance(lexer);
    }
}

/* Advances over white space and comments without touching the mark; true at a `/` that begins no comment, which is
 * then behind the lexer. */
static bool pass_trivia(TSLexer *lexer) {
    for (;;) {
        pass_spaces(lexer);
        if (lexer->lookahead != '/') {
            return false;
        }
        advance(lexer);
        if (lexer->lookahead != '/' && lexer->lookahead != '*') {
            return true;
        }
        pass_comment(lexer);
    }
}

#endif
