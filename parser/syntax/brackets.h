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

/* A block comment that is never closed; or that begins behind code, with nothing behind its opener on that line, and ends on
 * a later one: no comment that anyone writes, but what an opener that is never closed becomes by the closer of another. */
struct bracket_comment {
    uint32_t offset, line_end;
};

/* `<` or `</` at the end of a line, where no tag is begun and hardly a comparison. */
struct bracket_angle {
    uint32_t offset, size;
};

struct brackets {
    VEC(struct bracket_line) lines; /* one more than there are, which has only first_bracket */
    VEC(struct bracket) list;
    VEC(struct bracket_comment) comments;
    VEC(struct bracket_angle) angles;
    bool balanced; /* the braces pair up */
};

/* Reads the text; with `cut`, the comments of `comments` end with their first line. Everything lives in the arena. */
void brackets_read(struct arena *arena, struct str text, bool cut, struct brackets *brackets);

#endif
