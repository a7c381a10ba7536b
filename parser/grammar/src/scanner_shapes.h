/* Shape tokens: words and braces whose meaning depends on what follows them.
 * The soft keywords of declarations, `fn` before a name, names before `:`, and `{` of a block or of an object.
 */
#ifndef TOVA_GRAMMAR_SCANNER_SHAPES_H
#define TOVA_GRAMMAR_SCANNER_SHAPES_H

#include "scanner_text.h"

/* What must follow a soft keyword for it to be one. */
enum shape {
    NAME_FOLLOWS,
    NAME_OR_BRACE_FOLLOWS,
    NAME_OR_PATTERN_FOLLOWS,
    BRACE_FOLLOWS,
    BRACE_OR_STRING_FOLLOWS,
    BRACE_OR_ARGUMENTS_FOLLOW,
};

struct soft_keyword {
    const char *text;
    enum token token;
    enum shape shape;
};

static const struct soft_keyword soft_keywords[] = {
    {"server", SERVER_KEYWORD, BRACE_OR_STRING_FOLLOWS},
    {"browser", BROWSER_KEYWORD, BRACE_OR_STRING_FOLLOWS},
    {"client", BROWSER_KEYWORD, BRACE_OR_STRING_FOLLOWS},
    {"shared", SHARED_KEYWORD, BRACE_OR_STRING_FOLLOWS},
    {"state", STATE_KEYWORD, NAME_FOLLOWS},
    {"computed", COMPUTED_KEYWORD, NAME_FOLLOWS},
    {"effect", EFFECT_KEYWORD, BRACE_FOLLOWS},
    {"component", COMPONENT_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"store", STORE_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"route", ROUTE_KEYWORD, NAME_FOLLOWS},
    {"model", MODEL_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"select", SELECT_KEYWORD, BRACE_FOLLOWS},
    {"style", STYLE_KEYWORD, BRACE_OR_ARGUMENTS_FOLLOW},
    {"css", STYLE_KEYWORD, BRACE_FOLLOWS},
    {"type", TYPE_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"trait", TRAIT_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"interface", INTERFACE_KEYWORD, NAME_OR_BRACE_FOLLOWS},
    {"extern", EXTERN_KEYWORD, NAME_FOLLOWS},
    {"let", LET_KEYWORD, NAME_OR_PATTERN_FOLLOWS},
    {"mut", LET_KEYWORD, NAME_OR_PATTERN_FOLLOWS},
    {"const", LET_KEYWORD, NAME_OR_PATTERN_FOLLOWS},
};

static const struct soft_keyword *find_soft_keyword(const struct word *word) {
    /* the first letters of the table's words; most words are ruled out here */
    if (word->text[0] == '\0' || strchr("sbcermtil", word->text[0]) == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof soft_keywords / sizeof *soft_keywords; i++) {
        if (word_is(word, soft_keywords[i].text)) {
            return &soft_keywords[i];
        }
    }
    return NULL;
}

/* After `(`: to behind the matching `)` on this line; whether there is one. */
static bool pass_parentheses(TSLexer *lexer) {
    unsigned depth = 1;
    advance(lexer);
    while (depth > 0 && !is_line_end(lexer->lookahead) && !at_end(lexer)) {
        if (lexer->lookahead == '(') {
            depth++;
        } else if (lexer->lookahead == ')') {
            depth--;
        }
        advance(lexer);
    }
    return depth == 0;
}

/* Behind a soft keyword: does its shape follow? */
static bool shape_follows(TSLexer *lexer, enum shape shape) {
    bool gap = pass_blanks(lexer);
    switch (shape) {
    case NAME_FOLLOWS:
        return gap && starts_name(lexer->lookahead);
    case NAME_OR_BRACE_FOLLOWS:
        return (gap && starts_name(lexer->lookahead)) || lexer->lookahead == '{';
    case NAME_OR_PATTERN_FOLLOWS:
        return gap && (starts_name(lexer->lookahead) || is_one_of(lexer->lookahead, "{[("));
    case BRACE_OR_STRING_FOLLOWS:
        return lexer->lookahead == '{' || (gap && lexer->lookahead == '"');
    case BRACE_OR_ARGUMENTS_FOLLOW:
        if (lexer->lookahead == '(') {
            if (!pass_parentheses(lexer)) {
                return false;
            }
            pass_blanks(lexer);
        }
        return lexer->lookahead == '{';
    case BRACE_FOLLOWS:
    default:
        return lexer->lookahead == '{';
    }
}

/* Behind `fn`: is it a declaration's, with a name? */
static bool fn_name_follows(TSLexer *lexer) { return pass_blanks(lexer) && starts_name(lexer->lookahead); }

/* Behind a word that declares functions elsewhere: is it followed as `fn` is? */
static bool foreign_function_follows(TSLexer *lexer, const struct word *word) {
    static const char *const words[] = {"function", "fun", "func", "def", NULL};
    if (!word_in(word, words) || !fn_name_follows(lexer)) {
        return false;
    }
    pass_name(lexer);
    return lexer->lookahead == '(' || lexer->lookahead == '<';
}

/* Behind `function` where a value may begin: a parameter list and a block? */
static bool function_value_follows(TSLexer *lexer) {
    pass_blanks(lexer);
    return lexer->lookahead == '(' && shape_follows(lexer, BRACE_OR_ARGUMENTS_FOLLOW);
}

/* Behind a word where a value may begin: one that other languages write before a value, and that value? */
static bool foreign_prefix_follows(TSLexer *lexer, const struct word *word) {
    static const char *const words[] = {"new", "typeof", "throw", "delete", NULL};
    return word_in(word, words) && pass_blanks(lexer) &&
           (starts_name(lexer->lookahead) || is_one_of(lexer->lookahead, "\"'"));
}

/* Behind a `:` where a statement begins: only what types are made of, up to a lone `=`? */
static bool type_and_value_follow(TSLexer *lexer) {
    unsigned depth = 0; /* of the braces of record types, which have `:` inside */
    int32_t last = 0;
    while (is_blank(lexer->lookahead) || continues_name(lexer->lookahead) ||
           is_one_of(lexer->lookahead, depth > 0 ? "<>[](),|?.-{}:" : "<>[](),|?.-{")) {
        int32_t c = lexer->lookahead;
        last = c;
        advance(lexer);
        if (c == '-' && lexer->lookahead != '>') {
            return false;
        }
        depth += c == '{';
        depth -= c == '}';
    }
    if (depth > 0 || last == '.' || lexer->lookahead != '=') {
        return false; /* `..=` is no end of a type */
    }
    advance(lexer);
    return lexer->lookahead != '=' && lexer->lookahead != '>';
}

/* Behind a word: is it a name before `:`? The mark is behind the word. */
static bool scan_key(TSLexer *lexer, const bool *valid) {
    bool dotted = false;
    while (valid[STATEMENT_KEY] && (lexer->lookahead == '.' || lexer->lookahead == '-')) {
        advance(lexer);
        if (!continues_name(lexer->lookahead)) {
            return false;
        }
        pass_name(lexer);
        mark(lexer);
        dotted = true;
    }
    pass_blanks(lexer);
    if (valid[KEY] && lexer->lookahead == '?') {
        advance(lexer);
        pass_blanks(lexer);
        return lexer->lookahead == ':' && emit(lexer, KEY);
    }
    if (lexer->lookahead != ':') {
        return false;
    }
    advance(lexer);
    if (lexer->lookahead == ':') {
        return false;
    }
    if (valid[TYPED_NAME] && !dotted && type_and_value_follow(lexer)) {
        return emit(lexer, TYPED_NAME);
    }
    return emit(lexer, valid[STATEMENT_KEY] ? STATEMENT_KEY : KEY);
}

/* Behind a `:` after `{ name`: a value, or a loop that the name labels? */
static bool value_follows(TSLexer *lexer) {
    static const char *const loops[] = {"for", "while", "loop", NULL};
    advance(lexer);
    if (lexer->lookahead == ':') {
        return false;
    }
    pass_blanks(lexer);
    struct word word = read_word(lexer);
    return !word_in(&word, loops);
}

/* At the `,` of `{ a, b`: do names and commas lead to what an object or a destructuring has? */
static bool names_lead_to_object(TSLexer *lexer, bool statement) {
    while (lexer->lookahead == ',' || is_space(lexer->lookahead) || continues_name(lexer->lookahead)) {
        advance(lexer);
    }
    int32_t c = lexer->lookahead;
    return c == '}' || c == ':' || c == '.' || (statement && c == '=');
}

/* At the `=` of `{ a = 1 } = e`: destructuring, if the line has the rest. */
static bool destructuring_follows(TSLexer *lexer) {
    advance(lexer);
    if (lexer->lookahead == '=') {
        return false;
    }
    while (lexer->lookahead != '}') {
        if (is_line_end(lexer->lookahead) || at_end(lexer)) {
            return false;
        }
        advance(lexer);
    }
    advance(lexer);
    pass_blanks(lexer);
    return lexer->lookahead == '=';
}

/* Behind the first name of `{ name` where a statement begins: what only objects and destructuring have there. */
static bool statement_object_follows(TSLexer *lexer) {
    switch (lexer->lookahead) {
    case '=':
        return destructuring_follows(lexer);
    case 'a': {
        struct word word = read_word(lexer);
        return word_is(&word, "as");
    }
    case '}':
        advance(lexer);
        pass_blanks(lexer);
        if (lexer->lookahead == 'f') {
            struct word word = read_word(lexer);
            return word_is(&word, "from");
        }
        return lexer->lookahead == '=' || is_line_end(lexer->lookahead) || lexer->lookahead == '}';
    case '.':
        while (continues_name(lexer->lookahead) || lexer->lookahead == '.') {
            advance(lexer);
        }
        pass_blanks(lexer);
        return lexer->lookahead == ':';
    default:
        return false;
    }
}

/* Behind `{`: does it read as an object? Where a statement begins, destructuring counts too. */
static bool reads_as_object(TSLexer *lexer, bool statement) {
    if (pass_trivia(lexer)) {
        return false;
    }
    int32_t c = lexer->lookahead;
    if (c == '.') {
        advance(lexer);
        return lexer->lookahead == '.'; /* `...rest`; `.name` and `..` begin nothing */
    }
    if (statement && (c == '}' || c == '[')) {
        return true;
    }
    bool quoted = c == '"' || c == '\'';
    if (quoted) {
        advance(lexer);
        pass_quoted(lexer, c);
    } else if (continues_name(c)) {
        pass_name(lexer);
    } else {
        return false;
    }
    pass_blanks(lexer);
    if (lexer->lookahead == ':') {
        return value_follows(lexer);
    }
    if (lexer->lookahead == ',') {
        return !quoted && names_lead_to_object(lexer, statement);
    }
    return statement && !is_digit(c) && statement_object_follows(lexer);
}

/* Behind a capitalised name: do the entries of a struct follow? Not the block of a condition that ends with the name:
 * names alone, a label, and `x: T = e` are what a block may begin with. */
static bool struct_entries_follow(TSLexer *lexer) {
    static const char *const loops[] = {"for", "while", "loop", NULL};
    pass_blanks(lexer);
    if (lexer->lookahead != '{') {
        return false;
    }
    advance(lexer);
    if (pass_trivia(lexer)) {
        return false;
    }
    if (lexer->lookahead == '.') {
        advance(lexer);
        return lexer->lookahead == '.';
    }
    if (!starts_name(lexer->lookahead)) {
        return false;
    }
    pass_name(lexer);
    pass_blanks(lexer);
    if (lexer->lookahead != ':') {
        return false;
    }
    advance(lexer);
    if (lexer->lookahead == ':') {
        return false;
    }
    pass_blanks(lexer);
    struct word word = read_word(lexer);
    return !word_in(&word, loops) && !type_and_value_follow(lexer);
}

/* Behind a word with the mark behind it too: the token that its shape makes of it. */
static bool scan_shape(TSLexer *lexer, const bool *valid, const struct word *word) {
    if (valid[FN_NAME_FOLLOWS] && word_is(word, "fn")) {
        return fn_name_follows(lexer) && emit(lexer, FN_NAME_FOLLOWS);
    }
    if (valid[FN_NAME_FOLLOWS] && foreign_function_follows(lexer, word)) {
        return emit(lexer, FN_NAME_FOLLOWS);
    }
    if (valid[STATE_KEYWORD]) {
        const struct soft_keyword *keyword = find_soft_keyword(word);
        if (keyword != NULL && valid[keyword->token] && shape_follows(lexer, keyword->shape)) {
            return emit(lexer, keyword->token);
        }
    }
    if (valid[FUNCTION_WORD] && word_is(word, "function") && function_value_follows(lexer)) {
        return emit(lexer, FUNCTION_WORD);
    }
    if (valid[JSX_OPEN] && !valid[ERROR_SENTINEL] && foreign_prefix_follows(lexer, word)) {
        return emit(lexer, FOREIGN);
    }
    if (valid[STRUCT_NAME] && word->capital && !valid[ERROR_SENTINEL] && struct_entries_follow(lexer)) {
        return emit(lexer, STRUCT_NAME);
    }
    return !valid[ERROR_SENTINEL] && (valid[KEY] || valid[STATEMENT_KEY]) && scan_key(lexer, valid);
}

/* At `{` where both a block and an object may stand. */
static bool scan_brace(TSLexer *lexer, const bool *valid) {
    bool statement = valid[BARE_OPEN];
    advance(lexer);
    mark(lexer);
    return !reads_as_object(lexer, statement) && emit(lexer, statement ? BARE_OPEN : BLOCK_OPEN);
}

#endif
