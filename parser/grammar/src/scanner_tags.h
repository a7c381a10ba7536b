/* Tags: where one begins, its name and its attributes, and tags of other languages that are passed over.
 *
 * `<` opens a tag only where a value may begin and only if it reads as a tag.
 */
#ifndef TOVA_GRAMMAR_SCANNER_TAGS_H
#define TOVA_GRAMMAR_SCANNER_TAGS_H

#include "scanner_shapes.h"
#include "scanner_strings.h"

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
        if (tag_follows(lexer) ||
            (valid[JSX_TEXT] && lexer->lookahead == '<')) { /* `<p</div>` is a tag that is begun */
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
