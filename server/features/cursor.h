/* cursor: what stands before a place, token by token, whether the text there is finished or not.
 *
 * A tree says what a finished text means; while somebody types, the words just before the cursor say what comes next. Tokens are
 * read backwards: comments are passed over, a text in quotes is one token, and what stands around an interpolation is not
 * reached. Every question looks back over a bounded number of tokens.
 */
#ifndef TOVA_SERVER_FEATURES_CURSOR_H
#define TOVA_SERVER_FEATURES_CURSOR_H

#include "analysis/symbols.h"

enum token_kind {
    TOKEN_NONE, /* nothing is before it */
    TOKEN_NAME, /* a name, a keyword, a tag or an attribute */
    TOKEN_NUMBER,
    TOKEN_TEXT,   /* a string, a regular expression */
    TOKEN_MARKUP, /* text between tags */
    TOKEN_MARK,   /* an operator or a bracket */
};

struct token {
    enum token_kind kind;
    struct span span;
    struct str text;
    bool new_line; /* what follows it stands on another line */
};

/* The token that ends at `at` (bytes) or before it. */
struct token cursor_before(const struct syntax_tree *tree, uint32_t at);

static inline bool token_is(const struct token *token, struct str text) {
    return (token->kind == TOKEN_MARK || token->kind == TOKEN_NAME) && str_equal(token->text, text);
}

/* The bracket that is open at a place. */
struct frame {
    char bracket;        /* ( [ or {; 0: none is found near enough */
    uint32_t open;       /* its place */
    struct token before; /* the token before it */
    unsigned commas;     /* between it and the place, not counting those in brackets between */
    uint32_t part;       /* where the part at the place begins: behind the bracket or the last comma */
};

/* The innermost bracket that is open at `at`. */
struct frame cursor_frame(const struct syntax_tree *tree, uint32_t at);

/* The start of the name that ends at `at`, and the end of the name around it. */
uint32_t cursor_name_start(struct str text, uint32_t at);
uint32_t cursor_name_end(struct str text, uint32_t at);

#endif
