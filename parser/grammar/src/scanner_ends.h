/* Where things end: line ends that end a statement, and what shows that a separator or a closer is missing.
 *
 * A line end ends a statement unless the next line begins with something that only continues an expression. Whether a
 * bracket is open need not be known: the newline token is valid only between statements.
 */
#ifndef TOVA_GRAMMAR_SCANNER_ENDS_H
#define TOVA_GRAMMAR_SCANNER_ENDS_H

#include "scanner_shapes.h"

/* Behind `not` after an operand: is it the operator `not in`? */
static bool not_in_follows(TSLexer *lexer) {
    pass_blanks(lexer);
    struct word word = read_word(lexer);
    return word_is(&word, "in");
}

/* The first word of a line: does it continue the line before? */
static bool word_continues_line(TSLexer *lexer) {
    static const char *const words[] = {"and",   "or",      "in",     "is",   "else", "elif",
                                        "catch", "finally", "derive", "when", "then", NULL};
    struct word word = read_word(lexer);
    if (word_is(&word, "not")) {
        return not_in_follows(lexer);
    }
    if (word_is(&word, "where")) {
        pass_blanks(lexer);
        return lexer->lookahead == '{';
    }
    if (!word_in(&word, words)) {
        return false;
    }
    pass_blanks(lexer);
    /* before these it is a name; `then` is one before a list of arguments too */
    return !is_one_of(lexer->lookahead, ":=.") && !(word_is(&word, "then") && lexer->lookahead == '(');
}

/* Behind `?`: a value, and further on a `:` outside of brackets, on this line or at the start of the next? */
static bool choice_follows(TSLexer *lexer) {
    enum { MOST_CHARACTERS = 500 };
    static const char *const operators[] = {"and", "or",   "in",   "is", "not",  "if",    "for",  "else",
                                            "as",  "when", "then", "key", "with", "where", "from", NULL};
    pass_blanks(lexer);
    if (starts_name(lexer->lookahead)) {
        struct word word = read_word(lexer);
        if (word_in(&word, operators)) {
            return false;
        }
    } else if (!is_digit(lexer->lookahead) && !is_one_of(lexer->lookahead, "\"'([{<-!")) {
        return false;
    }
    unsigned depth = 0;
    for (unsigned i = 0; i < MOST_CHARACTERS && !at_end(lexer); i++) {
        int32_t c = lexer->lookahead;
        if (is_line_end(c) && depth == 0) {
            pass_spaces(lexer);
            if (lexer->lookahead != ':') {
                return false;
            }
            continue;
        }
        advance(lexer);
        if (c == '"' || c == '\'') {
            pass_quoted(lexer, c);
        } else if (is_one_of(c, "([{")) {
            depth++;
        } else if (depth == 0 && is_one_of(c, ")]},;")) {
            return false;
        } else if (is_one_of(c, ")]}")) {
            depth--;
        } else if (c == ':' && depth == 0) {
            return lexer->lookahead != ':';
        }
    }
    return false;
}

/* Behind a line end: does the next token, past blank lines and comments, continue the line before? */
static bool line_continues(TSLexer *lexer) {
    if (pass_trivia(lexer)) {
        return lexer->lookahead == '='; /* `/=`, or a regular expression */
    }
    switch (lexer->lookahead) {
    case '|':
    case '+':
    case '*':
    case '%':
    case '^':
    case '&':
    case ',':
    case ')':
    case ']':
    case '>':
    case '=':
    case '.':
        return true;
    case '?':
        advance(lexer);
        return lexer->lookahead == '.' || lexer->lookahead == '?' || choice_follows(lexer);
    case ':':
        advance(lexer);
        return is_blank(lexer->lookahead); /* of `c ? a : b` */
    case '!':
        advance(lexer);
        return lexer->lookahead == '=';
    case '-':
        advance(lexer);
        return lexer->lookahead == '=' || lexer->lookahead == '>';
    case '<':
        advance(lexer);
        return lexer->lookahead == '=' || lexer->lookahead == '<';
    default:
        return starts_name(lexer->lookahead) && word_continues_line(lexer);
    }
}

/* At a line end. The token holds the line end, so that it has a width in error recovery too. */
static bool scan_newline(TSLexer *lexer) {
    pass_line_end(lexer);
    mark(lexer);
    pass_spaces(lexer);
    bool block_comment = false;
    bool question = lexer->lookahead == '?';
    if (lexer->lookahead == '/') {
        mark(lexer);
        advance(lexer);
        block_comment = lexer->lookahead == '*';
        if (!block_comment && lexer->lookahead != '/') {
            return lexer->lookahead != '=' && emit(lexer, NEWLINE); /* a regular expression */
        }
        pass_comment(lexer);
    }
    if (!line_continues(lexer)) {
        return emit(lexer, NEWLINE);
    }
    return (block_comment || question) && emit(lexer, LINE_JOINT);
}

/* Behind a pattern at the end of its line: does the next line go on with it, with its guard or with its arrow? */
static bool pattern_goes_on(TSLexer *lexer) {
    static const char *const words[] = {"and", "if", "in", "is", "not", "or", NULL};
    if (!starts_name(lexer->lookahead)) {
        return line_continues(lexer);
    }
    struct word word = read_word(lexer);
    return word_in(&word, words);
}

/* Behind a condition or the first part of a declaration, at the end of its line: does the next line bring the rest? */
static bool head_goes_on(TSLexer *lexer) {
    if (lexer->lookahead == '{') {
        return true;
    }
    if (lexer->lookahead == '-') {
        advance(lexer);
        return lexer->lookahead == '>';
    }
    if (lexer->lookahead == 'f') {
        struct word word = read_word(lexer);
        return word_is(&word, "from") || word_is(&word, "finally");
    }
    return line_continues(lexer);
}

/* Behind the closing brace of an interpolation: does its string end on this line? */
static bool string_ends(TSLexer *lexer) {
    bool odd = false;
    while (!is_line_end(lexer->lookahead) && !at_end(lexer)) {
        odd = odd != (lexer->lookahead == '"');
        if (lexer->lookahead == '\\') {
            advance(lexer);
        }
        advance(lexer);
    }
    return odd;
}

/* At the end of a line in an interpolation: does it go over several lines? Then its string ends behind its brace, which tells
 * it from one that is never closed and meets the brace of a block. */
static bool interpolation_goes_on(TSLexer *lexer) {
    unsigned depth = 0;
    for (unsigned lines = 0; lines < STRING_LINES && !at_end(lexer);) {
        int32_t c = lexer->lookahead;
        advance(lexer);
        if (c == '}' && depth == 0) {
            return string_ends(lexer);
        }
        if (c == '"' || c == '\'') {
            pass_quoted(lexer, c);
        }
        depth += c == '{';
        depth -= c == '}';
        lines += is_line_end(c);
    }
    return false;
}

/* What a line leaves open that must be on it: missing at one of `ends`, and at the line's end if the next one does not
 * go on. */
static const struct open_line {
    enum token missing;
    const char *ends;
    bool (*goes_on)(TSLexer *lexer);
} open_lines[] = {
    {MISSING_INTERPOLATION_END, "\"", interpolation_goes_on},
    {MISSING_REST, "};", head_goes_on},
    {MISSING_ARROW, "}", pattern_goes_on},
};

/* What counts as the beginning of a statement, beyond the words that can be nothing else. */
enum beginning {
    PLAIN_STATEMENT = 0,
    ASSIGNMENT = 1, /* `name =` */
    ENTRY = 2,      /* `name:`, where a value should stand */
    NO_KEY = 4,     /* `name name` and `name(`, where an entry of an object should stand */
};

/* Behind the first word of a line, at `=` or further: does the rest make it a statement of one of the `kinds`? */
static bool rest_begins_statement(TSLexer *lexer, unsigned kinds) {
    bool gap = pass_blanks(lexer);
    if ((kinds & NO_KEY) != 0 && lexer->lookahead == '(') {
        return true;
    }
    if ((kinds & NO_KEY) != 0 && gap && starts_name(lexer->lookahead)) {
        struct word next = read_word(lexer);
        return !word_is(&next, "as");
    }
    if ((kinds & ENTRY) != 0 && lexer->lookahead == ':') {
        return true;
    }
    if ((kinds & ASSIGNMENT) == 0 || lexer->lookahead != '=') {
        return false;
    }
    advance(lexer);
    return lexer->lookahead != '=' && lexer->lookahead != '>';
}

static bool is_statement_word(const struct word *word) {
    static const char *const words[] = {"var",   "return", "import", "pub",      "impl",
                                        "guard", "defer",  "break",  "continue", NULL};
    return word_in(word, words);
}

/* Must the text behind the word be looked at to know whether a statement begins? */
static bool may_begin_statement(const struct word *word) {
    return word_is(word, "fn") || is_statement_word(word) || find_soft_keyword(word) != NULL;
}

/* Behind the first word of a line: can it only begin a statement? `kinds` are of enum beginning. */
static bool begins_statement(TSLexer *lexer, const struct word *word, unsigned kinds) {
    if (word_is(word, "fn")) {
        return fn_name_follows(lexer);
    }
    if (is_statement_word(word)) {
        pass_blanks(lexer);
        int32_t c = lexer->lookahead;
        return c != ':' && c != ',' && c != ')' && c != '.';
    }
    const struct soft_keyword *keyword = find_soft_keyword(word);
    if (keyword != NULL && shape_follows(lexer, keyword->shape)) {
        return true;
    }
    return kinds != PLAIN_STATEMENT && rest_begins_statement(lexer, kinds);
}

/* The closer that may be missing here, or ERROR_SENTINEL for none. */
static enum token missing_closer(const bool *valid) {
    static const enum token closers[] = {
        MISSING_VALUE, MISSING_BRACE,   MISSING_CLOSE, MISSING_REST, MISSING_INTERPOLATION_END,
        MISSING_ARROW, MISSING_ARMS_END};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
        if (valid[closers[i]]) {
            return closers[i];
        }
    }
    return ERROR_SENTINEL;
}

/* At the end of the file: what is open is closed, from the inside to the outside. */
static bool scan_end_of_file(TSLexer *lexer, const bool *valid) {
    if (valid[EOF_CLOSE]) {
        mark(lexer);
        return emit(lexer, EOF_CLOSE);
    }
    enum token closer = missing_closer(valid);
    return closer != ERROR_SENTINEL && emit(lexer, closer);
}

/* The line that is left open here, unless a value begins; or NULL. */
static const struct open_line *find_open_line(const bool *valid) {
    for (size_t i = 0; i < sizeof open_lines / sizeof *open_lines && !valid[JSX_OPEN]; i++) {
        if (valid[open_lines[i].missing]) {
            return &open_lines[i];
        }
    }
    return NULL;
}

/* At a closer, a separator or a tag: does it show that something is missing before it? */
static bool scan_missing_before(TSLexer *lexer, const bool *valid) {
    int32_t c = lexer->lookahead;
    if (valid[MISSING_VALUE]) {
        return is_one_of(c, "}]);,") && emit(lexer, MISSING_VALUE);
    }
    if (valid[MISSING_ARMS_END] && !valid[JSX_OPEN]) {
        return c == '<' && emit(lexer, MISSING_ARMS_END);
    }
    return c == '}' && valid[MISSING_CLOSE] && emit(lexer, MISSING_CLOSE);
}

/* Right after an operand, a closing brace or a name, a word can only be an operator or a clause. */
static bool word_continues_operand(TSLexer *lexer, const bool *valid, const struct word *word) {
    static const char *const clauses[] = {"and",     "or",     "in",    "is",   "else", "elif", "catch",
                                          "finally", "derive", "where", "when", "with", "from", "then", NULL};
    static const char *const inner[] = {"if", "for", "as", "key", NULL}; /* not where a statement may end */
    if (word_is(word, "not")) {
        return not_in_follows(lexer);
    }
    return word_in(word, clauses) || (!valid[MISSING_SEPARATOR] && word_in(word, inner));
}

/* Would the grammar's lexer take an operator or a clause out of this longer word? */
static bool begins_with_operator(const struct word *word) {
    static const char *const words[] = {"and",  "or",   "in",   "is",   "not",  "if",   "for",
                                        "as",   "when", "key",  "else", "then", "from", "with",
                                        "elif", "where"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(word->text, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return word->text[0] == '\0';
}

/* Behind a word that follows an operand: a clause, or what is missing between the two. The mark is before the word.
 * Without this an operator would be taken out of a longer word: `a inb` is not `a in b`. */
static bool scan_after_operand(TSLexer *lexer, const bool *valid, const struct word *word, bool new_line) {
    if (word_continues_operand(lexer, valid, word)) {
        return false;
    }
    if (valid[MISSING_SEPARATOR]) {
        return emit(lexer, MISSING_SEPARATOR);
    }
    enum token closer = missing_closer(valid);
    if (new_line && closer != ERROR_SENTINEL) {
        if (begins_statement(lexer, word, ASSIGNMENT | (closer == MISSING_BRACE ? NO_KEY : PLAIN_STATEMENT))) {
            return emit(lexer, closer);
        }
        pass_blanks(lexer);
        if (closer == MISSING_CLOSE && (lexer->lookahead == '(' || lexer->lookahead == '.')) {
            return emit(lexer, MISSING_CLOSE);
        }
        if (valid[ENTRY_LINE] && lexer->lookahead == ':') {
            return emit(lexer, ENTRY_LINE);
        }
        return valid[MISSING_COMMA] && emit(lexer, MISSING_COMMA);
    }
    if (valid[MISSING_COMMA]) {
        return emit(lexer, MISSING_COMMA);
    }
    mark(lexer);
    return begins_with_operator(word) && emit(lexer, BAD_WORD);
}

#endif
