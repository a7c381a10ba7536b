/* brackets: the lines of code of a text and the brackets on them, read by hand; inside parser/syntax only.
 *
 * What stands in strings, comments and regular expressions does not count, and neither do the braces of interpolations.
 * This is a sketch for texts whose brackets do not pair up: it knows no grammar, so in markup it guesses where the text
 * between tags has quotes or slashes. It follows the scanner of the grammar in where an unclosed string or comment ends.
 * Time and memory are linear in the size of the text.
 */
#ifndef TOVA_PARSER_SYNTAX_BRACKETS_H
#define TOVA_PARSER_SYNTAX_BRACKETS_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/vec.h"
#include "parser/syntax/repair.h"

#include <stdbool.h>
#include <stdint.h>

/* A line on which code or a comment begins; lines within a string or a comment are none of their own. */
struct bracket_line {
    uint32_t start;    /* its first byte that is no blank */
    uint32_t code_end; /* behind its last byte of code; start when there is only a comment */
    uint32_t end;      /* its line end, or that of the last line that its last token reaches into; before a CR */
    uint32_t column;   /* its indentation; a tab goes to the next multiple of four */
    uint32_t statement; /* the indentation of the line that it continues, by its first or the last one's last token; column
                           when it continues none; never more than column */
    uint32_t first_bracket;
    bool comment; /* nothing but comments */
    bool closes;  /* its first byte is a closing bracket */
    bool in_string; /* a string that should have ended on it does not */
};

struct bracket {
    uint32_t offset;
    uint32_t line; /* index */
    char byte;     /* one of ( ) [ ] { } */
    bool leads;    /* only closing brackets and blanks stand before it on its line */
};

struct brackets {
    VEC(struct bracket_line) lines; /* one more than there are, which has only first_bracket */
    VEC(struct bracket) list;
    VEC(struct repair) repairs; /* of what is no brace: see brackets_read */
    bool balanced;              /* the braces pair up */
};

/* Reads the text. These are no code that anyone writes, so they get a repair and count as mended in what follows:
 *   - a block comment that is never closed, or that begins behind code, with nothing behind its opener on that line, and ends
 *     on a later one, by the closer of another;
 *   - a string of several lines that ends where another one begins, a quote that closes no string, alone on its line or behind
 *     code, a `{` in a triple string that its line does not close, and one that ends the line of a string which nothing closes;
 *   - `<` or `</` at the end of a line where it begins no tag and hardly a comparison;
 *   - a tag of which only `{ <name` or `fn(x) <name` is there, and words behind it, before ` }`, `)` or another tag;
 *   - a backtick, `;` or a closing tag at the end of a line, directly behind what it cannot follow.
 * Everything lives in the arena. */
void brackets_read(struct arena *arena, struct str text, struct brackets *brackets);

#endif
