/* Text that is one token whatever it contains: the content of strings and style blocks, comments, regular expressions.
 */
#ifndef TOVA_GRAMMAR_SCANNER_STRINGS_H
#define TOVA_GRAMMAR_SCANNER_STRINGS_H

#include "scanner_text.h"

/* At a line end in a string: it goes on only if the next line that has such quotes has an odd number of them. So a
 * stray quote costs one line, and strings of several lines work as long as they hold no such quotes in between. */
static bool goes_on(TSLexer *lexer, int32_t quote) {
    unsigned quotes = 0;
    unsigned lines = 0;
    while (!at_end(lexer) && lines < STRING_LINES) {
        int32_t c = lexer->lookahead;
        advance(lexer);
        if (c == '\\' && !at_end(lexer)) {
            advance(lexer);
        } else if (c == quote) {
            quotes++;
        } else if (is_line_end(c) && !(c == '\r' && lexer->lookahead == '\n')) {
            if (quotes > 0) {
                break;
            }
            lines++;
        }
    }
    return quotes % 2 == 1;
}

/* At the end of a line, or of the file, in a string. */
static bool scan_string_line_end(TSLexer *lexer, int32_t quote) {
    mark(lexer);
    advance(lexer);
    return emit(lexer, goes_on(lexer, quote) ? STRING_LINE_END : STRING_BREAK);
}

/* Text up to an escape, an interpolation, the quote or the line's end. */
static bool scan_string(TSLexer *lexer) {
    bool any = false;
    while (!is_one_of(lexer->lookahead, "\\{\"\r\n") && !at_end(lexer)) {
        any = true;
        advance(lexer);
    }
    if (!any && (is_line_end(lexer->lookahead) || at_end(lexer))) {
        return scan_string_line_end(lexer, '"');
    }
    mark(lexer);
    return any && emit(lexer, STRING_CONTENT);
}

/* The same between single quotes, where a backslash only keeps the next character from being the quote. */
static bool scan_single_string(TSLexer *lexer) {
    bool any = false;
    while (!is_one_of(lexer->lookahead, "'\r\n") && !at_end(lexer)) {
        if (lexer->lookahead == '\\') {
            advance(lexer);
        }
        any = true;
        advance(lexer);
    }
    if (!any && (is_line_end(lexer->lookahead) || at_end(lexer))) {
        return scan_string_line_end(lexer, '\'');
    }
    mark(lexer);
    return any && emit(lexer, SINGLE_CONTENT);
}

static bool scan_triple_string(TSLexer *lexer) {
    bool any = false;
    while (!at_end(lexer) && lexer->lookahead != '\\' && lexer->lookahead != '{') {
        if (lexer->lookahead == '"') {
            unsigned quotes = 0;
            mark(lexer);
            while (lexer->lookahead == '"' && quotes < 3) {
                advance(lexer);
                quotes++;
            }
            if (quotes == 3) {
                return any && emit(lexer, TRIPLE_CONTENT);
            }
        } else {
            advance(lexer);
        }
        any = true;
    }
    mark(lexer);
    return any && emit(lexer, TRIPLE_CONTENT);
}

/* At a quote where a value may begin: three open a string that may have many lines. One that nothing closes costs its
 * line and not the rest of the file. */
static bool scan_triple_open(TSLexer *lexer) {
    for (unsigned quotes = 0; quotes < 3; quotes++) {
        if (lexer->lookahead != '"') {
            return false;
        }
        advance(lexer);
    }
    mark(lexer);
    unsigned quotes = 0;
    while (quotes < 3 && !at_end(lexer)) {
        int32_t c = lexer->lookahead;
        if (c == '\\') {
            advance(lexer);
        }
        quotes = c == '"' ? quotes + 1 : 0;
        advance(lexer);
    }
    return emit(lexer, quotes == 3 ? TRIPLE_OPEN : TRIPLE_UNCLOSED);
}

/* The content of `style { }`, to the brace that closes it; braces in strings and comments do not count. */
static bool scan_css(TSLexer *lexer) {
    unsigned depth = 0;
    bool any = false;
    while (!at_end(lexer)) {
        int32_t c = lexer->lookahead;
        if (c == '}' && depth == 0) {
            break;
        }
        any = true;
        advance(lexer);
        if (c == '{') {
            depth++;
        } else if (c == '}') {
            depth--;
        } else if (c == '"' || c == '\'') {
            pass_quoted(lexer, c);
        } else if (c == '/' && lexer->lookahead == '*') {
            advance(lexer);
            do {
                c = lexer->lookahead;
                advance(lexer);
            } while (!at_end(lexer) && !(c == '*' && lexer->lookahead == '/'));
        }
    }
    mark(lexer);
    return any && emit(lexer, CSS_TEXT);
}

/* After the opening `/`. A character class may hold a bare `/`. */
static bool scan_regex(TSLexer *lexer) {
    bool in_class = false;
    while (in_class || lexer->lookahead != '/') {
        int32_t c = lexer->lookahead;
        if (c == '\\') {
            advance(lexer);
        } else if (c == '[' || c == ']') {
            in_class = c == '[';
        }
        if (is_line_end(lexer->lookahead) || at_end(lexer)) {
            return false;
        }
        advance(lexer);
    }
    advance(lexer);
    pass_name(lexer);
    mark(lexer);
    return emit(lexer, REGEX);
}

/* At `<` before `!--`: HTML's comment, which is passed over and reported. One that is never closed ends with its line. */
static bool scan_html_comment(TSLexer *lexer) {
    for (const char *rest = "!--"; *rest != '\0'; rest++) {
        if (lexer->lookahead != *rest) {
            return false;
        }
        advance(lexer);
    }
    unsigned dashes = 0;
    bool one_line = true;
    while (!at_end(lexer)) {
        int32_t c = lexer->lookahead;
        if (is_line_end(c) && one_line) {
            mark(lexer);
            one_line = false;
        }
        advance(lexer);
        if (c == '>' && dashes >= 2) {
            mark(lexer);
            return emit(lexer, FOREIGN);
        }
        dashes = c == '-' ? dashes + 1 : 0;
    }
    if (one_line) {
        mark(lexer);
    }
    return emit(lexer, FOREIGN);
}

/* At a `/`: a block comment or, where a value may begin, a regular expression. Line comments are the grammar's. */
static bool scan_slash(TSLexer *lexer, const bool *valid) {
    advance(lexer);
    if (lexer->lookahead == '*' && valid[BLOCK_COMMENT]) {
        advance(lexer);
        pass_block_comment(lexer, true);
        return emit(lexer, BLOCK_COMMENT);
    }
    return lexer->lookahead != '/' && valid[REGEX] && !valid[ERROR_SENTINEL] && scan_regex(lexer);
}

#endif
