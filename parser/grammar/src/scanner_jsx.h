/* Markup: tags, attributes, and the text and control words between tags.
 *
 * `<` opens a tag only where a value may begin and only if it reads as a tag. Between tags, a control word counts at
 * the start of a child or of a line of text, and only if what follows reads as code up to a `{`: "Don't stop if you
 * want {name}" is text. White space with a line end in it is layout, other white space is text.
 */
#ifndef TOVA_GRAMMAR_SCANNER_JSX_H
#define TOVA_GRAMMAR_SCANNER_JSX_H

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
static enum jsx_word control_word_before(TSLexer *lexer, bool (*follows)(TSLexer *lexer, bool *left_text), bool allowed) {
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

/* At a `{` between tags: `{#if c}`, `{:else}`, `{/if}` and `{@html x}` of other languages are passed over. They end on their line. */
static bool scan_template_tag(TSLexer *lexer) {
    advance(lexer);
    int32_t sign = lexer->lookahead;
    if (!is_one_of(sign, "#:/@")) {
        return false;
    }
    advance(lexer);
    if (!starts_name(lexer->lookahead)) {
        return false;
    }
    pass_name(lexer);
    if (sign == '/' && lexer->lookahead != '}') {
        return false; /* a regular expression */
    }
    for (unsigned depth = 1; depth > 0;) {
        int32_t c = lexer->lookahead;
        if (is_line_end(c) || at_end(lexer)) {
            return false;
        }
        advance(lexer);
        if (c == '"' || c == '\'') {
            pass_quoted(lexer, c);
        }
        depth += c == '{';
        depth -= c == '}';
    }
    mark(lexer);
    return emit(lexer, FOREIGN);
}

/* What names of attributes begin with in other languages: `@click`, `:class`, `(click)`, `[value]`, `*ngIf`. */
static bool starts_foreign_attribute(int32_t c) { return is_one_of(c, "@:([*"); }

/* Reads the name of an attribute with what other languages have around and within it: `(click)`, `on:submit|preventDefault`. */
static void pass_attribute(TSLexer *lexer) {
    bool foreign = false;
    while (starts_foreign_attribute(lexer->lookahead)) {
        advance(lexer);
        foreign = true;
    }
    while (continues_attribute(lexer->lookahead) || is_one_of(lexer->lookahead, foreign ? "|)]" : "|")) {
        advance(lexer);
    }
}

/* Behind `<name`: does the rest of the line read as a tag? */
static bool tag_follows(TSLexer *lexer) {
    while (continues_tag(lexer->lookahead)) {
        advance(lexer);
    }
    int32_t c = lexer->lookahead;
    if (c == '>' || c == '/' || is_line_end(c)) {
        return true;
    }
    if (!pass_blanks(lexer)) {
        return false;
    }
    c = lexer->lookahead;
    if (starts_foreign_attribute(c)) {
        pass_attribute(lexer);
        return lexer->lookahead == '=';
    }
    if (!starts_name(c)) {
        return is_line_end(c) || is_one_of(c, ">/{.\"");
    }
    pass_attribute(lexer);
    pass_blanks(lexer);
    c = lexer->lookahead;
    return c == '=' || c == '>' || c == '/' || c == '{' || is_line_end(c) || starts_name(c);
}

/* Behind a `<` of text, with the mark behind it too: it is passed over, with what makes it an arrow or a comparison. At the
 * end of its line it is the beginning of a tag that is being typed. */
static bool scan_angle_of_text(TSLexer *lexer) {
    while (is_one_of(lexer->lookahead, "=-<")) {
        bool angle = lexer->lookahead == '<';
        advance(lexer);
        if (angle && (starts_name(lexer->lookahead) || is_one_of(lexer->lookahead, "/>!"))) {
            return emit(lexer, FOREIGN);
        }
        mark(lexer);
    }
    pass_blanks(lexer);
    return !is_line_end(lexer->lookahead) && !at_end(lexer) && emit(lexer, FOREIGN);
}

/* Behind `<`, with the mark behind it too. */
static bool scan_tag_open(TSLexer *lexer, const bool *valid) {
    if (valid[JSX_OPEN] && starts_name(lexer->lookahead)) {
        if (tag_follows(lexer) || (valid[JSX_TEXT] && lexer->lookahead == '<')) { /* `<p</div>` is a tag that is begun */
            return emit(lexer, JSX_OPEN);
        }
        return valid[JSX_TEXT] && lexer->lookahead != '}' && emit(lexer, FOREIGN); /* and `{ <p }` */
    }
    if (lexer->lookahead == '!') {
        return scan_html_comment(lexer);
    }
    if (valid[JSX_FRAGMENT_OPEN] && lexer->lookahead == '>') {
        advance(lexer);
        mark(lexer);
        return emit(lexer, JSX_FRAGMENT_OPEN);
    }
    if (valid[STRAY_TAG] && lexer->lookahead == '/') {
        advance(lexer);
        while (continues_tag(lexer->lookahead)) {
            advance(lexer);
        }
        if (lexer->lookahead == '>') {
            advance(lexer);
        }
        mark(lexer);
        return emit(lexer, STRAY_TAG);
    }
    return valid[JSX_TEXT] && lexer->lookahead != '/' && scan_angle_of_text(lexer);
}

/* At `<` where a value may begin. */
static bool scan_angle(TSLexer *lexer, const bool *valid) {
    advance(lexer);
    mark(lexer);
    return scan_tag_open(lexer, valid);
}

/* At `<` between tags. Before a closing tag, an open brace of markup has no closer. */
static bool scan_jsx_tag(TSLexer *lexer, const bool *valid) {
    if (!valid[MISSING_BRACE]) {
        return scan_angle(lexer, valid);
    }
    mark(lexer);
    advance(lexer);
    if (lexer->lookahead == '/') {
        return emit(lexer, MISSING_BRACE);
    }
    mark(lexer);
    return scan_tag_open(lexer, valid);
}

/* At `<` where no value may begin: in an object or in braces of markup, does markup go on? Behind a statement, a closing tag
 * that closes nothing is the next one. */
static bool scan_angle_after_operand(TSLexer *lexer, const bool *valid, bool new_line) {
    advance(lexer);
    int32_t c = lexer->lookahead;
    if (valid[MISSING_BRACE]) {
        return (c == '/' || (new_line && (c == '>' || starts_name(c)))) && emit(lexer, MISSING_BRACE);
    }
    return c == '/' && emit(lexer, MISSING_SEPARATOR);
}

/* At a quote where an attribute may begin: `"name"=`? Its quotes belong to the token then, and are reported. */
static bool scan_quoted_attribute(TSLexer *lexer) {
    advance(lexer);
    while (continues_attribute(lexer->lookahead)) {
        advance(lexer);
    }
    if (lexer->lookahead != '"') {
        return false;
    }
    advance(lexer);
    if (lexer->lookahead != '=') {
        return false;
    }
    mark(lexer);
    return emit(lexer, JSX_ATTRIBUTE_NAME);
}

/* Within a tag: the `=` of an attribute, which the grammar's lexer would take together with a `>` behind it. What is
 * neither a name nor a value nor the tag's end shows that the end is missing. */
static bool scan_in_tag(TSLexer *lexer, const bool *valid) {
    int32_t c = lexer->lookahead;
    if (valid[JSX_ASSIGN] && c == '=') {
        advance(lexer);
        mark(lexer);
        return emit(lexer, JSX_ASSIGN);
    }
    if (valid[TAG_BREAK] && c == ',') {
        advance(lexer);
        mark(lexer);
        return emit(lexer, FOREIGN);
    }
    if (valid[JSX_ATTRIBUTE_NAME] && c == '"' && scan_quoted_attribute(lexer)) {
        return true;
    }
    if (valid[JSX_ATTRIBUTE_NAME] && valid[TAG_BREAK] && starts_foreign_attribute(c)) {
        pass_attribute(lexer);
        if (lexer->lookahead != '=') {
            return emit(lexer, TAG_BREAK);
        }
        mark(lexer);
        return emit(lexer, JSX_ATTRIBUTE_NAME);
    }
    if (valid[TAG_BREAK] && c == '{') {
        advance(lexer);
        pass_spaces(lexer);
        return lexer->lookahead != '.' && emit(lexer, TAG_BREAK); /* no `{...attributes}` */
    }
    if (valid[TAG_BREAK] && !starts_name(c) && !is_one_of(c, ">/=.")) {
        return emit(lexer, TAG_BREAK);
    }
    if (valid[MISSING_ATTRIBUTE_VALUE] && c != '"' && c != '\'' && c != '{') {
        return emit(lexer, MISSING_ATTRIBUTE_VALUE);
    }
    return false;
}

/* At the first word of a line in a tag: `if`, `match` or `for` with what follows them between tags shows that the tag has no
 * end. The mark is before the word. */
static bool scan_control_in_tag(TSLexer *lexer) {
    static const char *const words[] = {"if", "match", "for", NULL};
    struct word word = read_word(lexer);
    return word_in(&word, words) && pass_blanks(lexer) && !is_one_of(lexer->lookahead, "=/>") && emit(lexer, TAG_BREAK);
}

static bool scan_jsx_name(TSLexer *lexer, const bool *valid, bool new_line) {
    bool attribute = valid[JSX_ATTRIBUTE_NAME];
    if (attribute && new_line && valid[TAG_BREAK] && scan_control_in_tag(lexer)) {
        return true;
    }
    while (attribute ? continues_attribute(lexer->lookahead) : continues_tag(lexer->lookahead)) {
        advance(lexer);
    }
    if (attribute && lexer->lookahead == '|') { /* `on:submit|preventDefault` */
        pass_attribute(lexer);
    }
    mark(lexer);
    return emit(lexer, attribute ? JSX_ATTRIBUTE_NAME : JSX_NAME);
}

#endif
