/* The text between tags, and what a child may begin with.
 *
 * White space with a line end in it is layout, other white space is text.
 */
#ifndef TOVA_GRAMMAR_SCANNER_JSX_H
#define TOVA_GRAMMAR_SCANNER_JSX_H

#include "scanner_words.h"

/* White space before a child. */
enum jsx_space {
    NO_SPACE,
    TEXT_SPACE,   /* on one line: part of the text; behind the lexer */
    LAYOUT_SPACE, /* with a line end in it: skipped */
};

static enum jsx_space scan_jsx_space(TSLexer *lexer, const bool *valid) {
    /* behind the brace of a block blanks are layout too */
    enum jsx_space space = valid[JSX_BLOCK_START] ? LAYOUT_SPACE : NO_SPACE;
    while (is_space(lexer->lookahead)) {
        if (is_line_end(lexer->lookahead)) {
            space = LAYOUT_SPACE;
        } else if (space == NO_SPACE) {
            space = TEXT_SPACE;
        }
        lexer->advance(lexer, space == LAYOUT_SPACE);
    }
    return space;
}

/* At the end of the file or a `}` before a child: closes what is open. */
static bool scan_jsx_end(TSLexer *lexer, const bool *valid) {
    bool end = at_end(lexer);
    if (valid[JSX_AUTO_CLOSE] && (end || lexer->lookahead == '}')) {
        mark(lexer);
        return emit(lexer, JSX_AUTO_CLOSE);
    }
    if (valid[MISSING_BRACE] && end) {
        mark(lexer);
        return emit(lexer, MISSING_BRACE);
    }
    return false;
}

static bool ends_text(TSLexer *lexer) {
    int32_t c = lexer->lookahead;
    return c == '<' || c == '{' || c == '}' || c == '"' || at_end(lexer);
}

/* From inside a text to its end: before a tag, a brace, a string, a line that begins with a control word, a comment or
 * a declaration. */
static bool scan_jsx_text(TSLexer *lexer, const bool *valid) {
    while (!ends_text(lexer)) {
        if (!is_line_end(lexer->lookahead)) {
            advance(lexer);
            continue;
        }
        mark(lexer);
        pass_spaces(lexer);
        if (ends_text(lexer)) {
            return emit(lexer, JSX_TEXT);
        }
        if (starts_name(lexer->lookahead)) {
            struct word word = read_word(lexer);
            enum token token = JSX_TEXT;
            if (declaration_in_text(lexer, &word)) {
                return emit(lexer, JSX_TEXT);
            }
            switch (scan_control_word(lexer, valid, &word, &token)) {
            case CONTROL_WORD:
                return emit(lexer, JSX_TEXT);
            case LAST_WORD:
                /* the mark stays before the word, which begins the next text */
                return emit(lexer, JSX_TEXT);
            case PLAIN_WORD:
            default:
                break;
            }
        } else if (lexer->lookahead == '/') {
            advance(lexer);
            if (lexer->lookahead == '/' || lexer->lookahead == '*') {
                return emit(lexer, JSX_TEXT);
            }
        }
    }
    mark(lexer);
    return emit(lexer, JSX_TEXT);
}

/* At the first word of a child. */
static bool scan_jsx_word(TSLexer *lexer, const bool *valid, enum jsx_space space) {
    bool may_close = space == LAYOUT_SPACE && (valid[JSX_AUTO_CLOSE] || valid[MISSING_BRACE]);
    if (space != TEXT_SPACE) {
        mark(lexer);
    }
    struct word word = read_word(lexer);
    if (may_close && declaration_in_text(lexer, &word)) {
        return emit(lexer, valid[JSX_AUTO_CLOSE] ? JSX_AUTO_CLOSE : MISSING_BRACE);
    }
    /* `} else`: the blanks belong to the word, for where it is none they are text, whether or not the `if` has been left */
    bool goes_on = word_is(&word, "else") || word_is(&word, "elif");
    if (space != TEXT_SPACE || goes_on) {
        mark(lexer);
    }
    enum token token = JSX_TEXT;
    switch (scan_control_word(lexer, valid, &word, &token)) {
    case CONTROL_WORD:
        /* after blanks of the same line the blanks are a text of their own, and the word comes next */
        return emit(lexer, space == TEXT_SPACE && !goes_on ? JSX_TEXT : token);
    case LAST_WORD:
        return emit(lexer, JSX_TEXT);
    case PLAIN_WORD:
    default:
        return scan_jsx_text(lexer, valid);
    }
}

/* Where a child or the end of an element may stand. A `<`, a brace, a string or a line comment is left to others. */
static bool scan_jsx_child(TSLexer *lexer, const bool *valid) {
    enum jsx_space space = scan_jsx_space(lexer, valid);
    if (scan_jsx_end(lexer, valid)) {
        return true;
    }
    if (space == TEXT_SPACE) {
        mark(lexer);
    }
    if (ends_text(lexer)) {
        bool block_ends = lexer->lookahead == '}' && valid[MISSING_BRACE];
        return space == TEXT_SPACE && !block_ends && emit(lexer, JSX_TEXT);
    }
    if (starts_name(lexer->lookahead)) {
        return scan_jsx_word(lexer, valid, space);
    }
    if (lexer->lookahead == '/') {
        advance(lexer);
        if (lexer->lookahead == '/' || lexer->lookahead == '*') {
            if (space == TEXT_SPACE) {
                return emit(lexer, JSX_TEXT);
            }
            if (lexer->lookahead == '/') {
                return false;
            }
            advance(lexer);
            pass_block_comment(lexer, true);
            return emit(lexer, BLOCK_COMMENT);
        }
    }
    return scan_jsx_text(lexer, valid);
}

#endif
