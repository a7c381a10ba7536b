/* The external tokens, in the order of `externals` in grammar.js, and what the parts of the scanner need of the lexer.
 * The parts are headers of static functions because tree-sitter's own build compiles parser.c and scanner.c alone.
 */
#ifndef TOVA_GRAMMAR_SCANNER_TOKENS_H
#define TOVA_GRAMMAR_SCANNER_TOKENS_H

#include "tree_sitter/parser.h"

#include <stdbool.h>
#include <stdint.h>

enum token {
    /* ends of statements */
    NEWLINE,
    LINE_JOINT,        /* a line end that ends nothing, before what the scanner must see */
    MISSING_SEPARATOR, /* zero width: another statement begins on the same line */
    /* text */
    STRING_CONTENT,
    STRING_LINE_END, /* zero width: the string goes on over this line end */
    STRING_BREAK,    /* zero width: the string should have ended on this line */
    SINGLE_CONTENT,
    TRIPLE_OPEN,
    TRIPLE_UNCLOSED, /* an opener that nothing closes; what follows is read as a string of one line */
    TRIPLE_CONTENT,
    CSS_TEXT,
    BLOCK_COMMENT,
    FOREIGN, /* what other languages write there: passed over like a comment, and reported */
    REGEX,
    /* markup */
    JSX_OPEN,
    JSX_FRAGMENT_OPEN,
    JSX_NAME,
    JSX_ATTRIBUTE_NAME,
    JSX_ASSIGN, /* `=` behind an attribute's name, before `>` too */
    JSX_TEXT,
    JSX_IF,
    JSX_ELIF,
    JSX_ELSE,
    JSX_FOR,
    JSX_MATCH,
    JSX_BLOCK_START, /* never given; valid where a block of markup has just begun */
    STRAY_TAG,
    /* shapes: a word or a brace, told apart by what follows it */
    KEY,             /* a name before `:` */
    STATEMENT_KEY,   /* the same where a statement begins; may be dotted */
    TYPED_NAME,      /* `x` of `x: T = e` */
    STRUCT_NAME,     /* `Point` of `Point { x: 1 }` */
    LABEL,           /* the name after `break` or `continue` */
    FN_NAME_FOLLOWS, /* `fn` before a name */
    SERVER_KEYWORD,
    BROWSER_KEYWORD,
    SHARED_KEYWORD,
    STATE_KEYWORD,
    COMPUTED_KEYWORD,
    EFFECT_KEYWORD,
    COMPONENT_KEYWORD,
    STORE_KEYWORD,
    ROUTE_KEYWORD,
    MODEL_KEYWORD,
    SELECT_KEYWORD,
    STYLE_KEYWORD,
    TYPE_KEYWORD,
    TRAIT_KEYWORD,
    INTERFACE_KEYWORD,
    EXTERN_KEYWORD,
    LET_KEYWORD,
    BLOCK_OPEN,     /* `{` of a block where an object may stand too */
    BARE_OPEN,      /* `{` that begins a statement but no object */
    PROPAGATE_MARK, /* `?` after an operand; valid exactly where an operand has just ended */
    OPEN_RANGE,     /* `..` before the `]` of an index */
    ENTRY_LINE,     /* zero width: the line end between two entries of an object */
    /* habits from other languages */
    CHOICE_MARK,    /* `?` of `c ? a : b` */
    FUNCTION_WORD,  /* `function` before a parameter list and a block */
    LOOP_OF,        /* `of` where `in` belongs, or nothing (zero width) */
    CLAUSE_WORD,    /* never given; valid where `for` or `as` may follow a name */
    /* error productions, all of zero width */
    MISSING_NAME,
    MISSING_VALUE,
    MISSING_COMMA,
    MISSING_CLOSE, /* of `(` or `[` */
    MISSING_BRACE, /* of an object or of `{` in markup */
    MISSING_REST,  /* what a line that ends needs: a block, a value, a source */
    MISSING_INTERPOLATION_END,
    MISSING_ARROW, /* of a match arm, with its body */
    MISSING_ARMS_END,
    EOF_CLOSE,
    JSX_AUTO_CLOSE,
    MISSING_ATTRIBUTE_VALUE,
    TAG_BREAK,
    /* in no rule: a word that cannot stand where it stands, and the mark of error recovery */
    BAD_WORD,
    ERROR_SENTINEL,
};

/* Ends scan() with `token`; its text reaches to the last mark. */
static inline bool emit(TSLexer *lexer, enum token token) {
    lexer->result_symbol = (TSSymbol)token;
    return true;
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static inline void mark(TSLexer *lexer) { lexer->mark_end(lexer); }

static inline bool at_end(TSLexer *lexer) { return lexer->lookahead == 0 && lexer->eof(lexer); }

#endif
