/* Words between tags: which of them are code.
 *
 * A control word counts at the start of a child or of a line of text, and only if what follows reads as code up to a `{`:
 * "Don't stop if you want {name}" is text. So does a word that declares something, in text that nothing has closed.
 */
#ifndef TOVA_GRAMMAR_SCANNER_WORDS_H
#define TOVA_GRAMMAR_SCANNER_WORDS_H

#include "scanner_shapes.h"
#include "scanner_strings.h"

/* How far a condition is looked after, in tokens. */
enum { CONDITION_TOKENS = 400 };

/* What a word between tags is. */
enum jsx_word {
    PLAIN_WORD,
    CONTROL_WORD,
    LAST_WORD, /* text that must end with this word: the lexer has passed what is no text */
};

struct condition {
    int depth;      /* of ( and [, and of { within them */
    bool operand;   /* the last token was one */
    bool loop;      /* it is the list of a `for`, behind which `key=` may stand */
    bool has_key;   /* that was passed */
    bool left_text; /* a string, a `<` or a brace was passed, which no text holds */
};

/* A word of a condition: two operands side by side are none, but for `fn(a) b` in parentheses. */
static bool pass_condition_word(TSLexer *lexer, struct condition *condition) {
    static const char *const operators[] = {"and", "or", "not", "in", "is", "await", NULL};
    static const char *const heads[] = {"if", "match", NULL};
    struct word word = read_word(lexer);
    bool quoted = lexer->lookahead == '"' && (word_is(&word, "f") || word_is(&word, "r"));
    bool is_operator = quoted || word_in(&word, operators) || (condition->loop && word_in(&word, heads));
    bool fits = is_operator || !condition->operand || condition->depth > 0;
    if (!fits && condition->loop && word_is(&word, "key")) {
        pass_blanks(lexer);
        condition->has_key = lexer->lookahead == '=';
        return condition->has_key;
    }
    condition->operand = !is_operator;
    return fits;
}

/* One token of a condition; false where it can be none. */
static bool pass_condition_token(TSLexer *lexer, struct condition *condition) {
    int32_t c = lexer->lookahead;
    if (continues_name(c)) {
        return pass_condition_word(lexer, condition);
    }
    advance(lexer);
    switch (c) {
    case '"':
    case '\'': {
        condition->left_text = true;
        bool fits = (condition->loop || !condition->operand) && pass_quoted(lexer, c); /* with strings in its values */
        condition->operand = true;
        return fits;
    }
    case '{':
    case '(':
    case '[':
        condition->left_text |= c == '{';
        condition->depth++;
        condition->operand = false;
        return true;
    case '}':
    case ')':
    case ']':
        condition->depth--;
        condition->operand = true;
        return true;
    case '<': {
        bool compares = condition->operand && condition->depth > 0; /* `(a <b)` */
        condition->left_text = true;
        condition->operand = false;
        return lexer->lookahead != '/' && lexer->lookahead != '>' && (compares || !starts_name(lexer->lookahead));
    }
    case '\n':
    case '\r':
        return condition->depth > 0;
    case '?':
        condition->operand = condition->operand && lexer->lookahead != '?'; /* `a ?? b` */
        return true;
    default:
        condition->operand = false;
        return true;
    }
}

/* From here to a `{`: does it read as an expression, with no two operands side by side? */
static bool condition_follows(TSLexer *lexer, bool *left_text) {
    struct condition condition = {0};
    bool fits = true;
    for (unsigned i = 0; fits && i < CONDITION_TOKENS; i++) {
        pass_blanks(lexer);
        if (at_end(lexer) || (condition.depth <= 0 && is_one_of(lexer->lookahead, "{}\r\n"))) {
            *left_text = condition.left_text;
            return lexer->lookahead == '{' && condition.depth == 0 && condition.operand;
        }
        fits = pass_condition_token(lexer, &condition);
    }
    *left_text = condition.left_text;
    return false;
}

/* Behind `in`: a list as code has it, with its block or `key=` behind it, or with a bracket that is open at the line's end? */
static bool list_follows(TSLexer *lexer, bool *left_text) {
    struct condition condition = {.loop = true};
    bool fits = true;
    for (unsigned i = 0; fits && !condition.has_key && i < CONDITION_TOKENS; i++) {
        pass_blanks(lexer);
        int32_t c = lexer->lookahead;
        bool object = c == '{' && !condition.operand;
        if (at_end(lexer) || is_line_end(c) || (condition.depth <= 0 && !object && is_one_of(c, "{}"))) {
            *left_text |= condition.left_text;
            return is_line_end(c) ? condition.depth > 0 : c == '{' && condition.depth == 0;
        }
        fits = pass_condition_token(lexer, &condition);
    }
    *left_text |= condition.left_text;
    return condition.has_key;
}

/* Behind `for`: a pattern, or names with commas between, and `in`? */
static bool loop_head_follows(TSLexer *lexer, bool *left_text) {
    pass_blanks(lexer);
    if (lexer->lookahead == '[' || lexer->lookahead == '{') {
        int32_t closer = lexer->lookahead == '[' ? ']' : '}';
        *left_text = true;
        while (lexer->lookahead != closer) {
            if (is_line_end(lexer->lookahead) || at_end(lexer)) {
                return false;
            }
            advance(lexer);
        }
        advance(lexer);
    } else if (starts_name(lexer->lookahead)) {
        pass_name(lexer);
        while (is_blank(lexer->lookahead) || lexer->lookahead == ',') {
            bool comma = lexer->lookahead == ',';
            advance(lexer);
            if (comma) {
                pass_blanks(lexer);
                pass_name(lexer);
            }
        }
    }
    pass_blanks(lexer);
    struct word word = read_word(lexer);
    return word_is(&word, "in") && is_blank(lexer->lookahead) && list_follows(lexer, left_text);
}

/* What a control word is, given what must follow it. Where it may not stand it is text, and the same text as where it may
 * but reads as none: an `if` that is reused after an edit has been left when the word behind it is read. */
static enum jsx_word control_word_before(TSLexer *lexer, bool (*follows)(TSLexer *lexer, bool *left_text),
                                         bool allowed) {
    bool left_text = false;
    if (follows(lexer, &left_text) && allowed) {
        return CONTROL_WORD;
    }
    return left_text ? LAST_WORD : PLAIN_WORD;
}

/* Behind `else`, after the block of an `if`: `{`, or `if`, which makes the two words an `elif`. */
static enum jsx_word scan_jsx_else(TSLexer *lexer, enum token *token, bool allowed) {
    *token = JSX_ELSE;
    pass_spaces(lexer);
    if (lexer->lookahead == '{') {
        return allowed ? CONTROL_WORD : PLAIN_WORD;
    }
    struct word word = read_word(lexer);
    if (!word_is(&word, "if") || !is_blank(lexer->lookahead)) {
        return PLAIN_WORD;
    }
    mark(lexer);
    *token = JSX_ELIF;
    return control_word_before(lexer, condition_follows, allowed);
}

/* Behind a word with the mark behind it too: what is it? */
static enum jsx_word scan_control_word(TSLexer *lexer, const bool *valid, const struct word *word, enum token *token) {
    if (word_is(word, "else")) {
        return scan_jsx_else(lexer, token, valid[JSX_ELSE]);
    }
    if (!is_blank(lexer->lookahead)) {
        return PLAIN_WORD;
    }
    if (word_is(word, "for")) {
        *token = JSX_FOR;
        return control_word_before(lexer, loop_head_follows, true);
    }
    if (word_is(word, "elif")) {
        *token = JSX_ELIF;
        return control_word_before(lexer, condition_follows, valid[JSX_ELIF]);
    }
    if (word_is(word, "if")) {
        *token = JSX_IF;
    } else if (word_is(word, "match")) {
        *token = JSX_MATCH;
    } else {
        return PLAIN_WORD;
    }
    return control_word_before(lexer, condition_follows, true);
}

/* Behind the first word of a line of text: a declaration that no prose looks like? It ends the element above. */
static bool declaration_in_text(TSLexer *lexer, const struct word *word) {
    static const char *const blocks[] = {"effect", "server", "browser", "client", "shared", NULL};
    static const char *const bindings[] = {"state", "computed", "var", NULL};
    if (word_in(word, blocks)) {
        pass_blanks(lexer);
        return lexer->lookahead == '{';
    }
    bool binding = word_in(word, bindings);
    if (!binding && !word_is(word, "fn") && !word_is(word, "component")) {
        return false;
    }
    if (!pass_blanks(lexer) || !starts_name(lexer->lookahead)) {
        return false;
    }
    if (word_is(word, "component")) {
        return lexer->lookahead >= 'A' && lexer->lookahead <= 'Z';
    }
    pass_name(lexer);
    if (!binding) {
        return lexer->lookahead == '(';
    }
    pass_blanks(lexer);
    return lexer->lookahead == '=';
}

#endif
