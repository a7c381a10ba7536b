/* position: lines and columns as people and the protocol count them; the only place that knows UTF-16.
 *
 * LSP 3.17 "Position": zero-based line, zero-based column in code units of the negotiated encoding.
 */
#ifndef TOVA_PARSER_TEXT_POSITION_H
#define TOVA_PARSER_TEXT_POSITION_H

#include "parser/text/span.h"
#include "parser/text/text.h"

#include <stdbool.h>

enum position_encoding { POSITION_UTF16, POSITION_UTF8, POSITION_UTF32 };

struct position {
    uint32_t line, column;
};

struct range {
    struct position start, end;
};

/* The position of a byte offset (clamped to the text; inside a character it counts as that character's start). */
struct position position_of(const struct text *text, uint32_t offset, enum position_encoding encoding);

/* For many offsets of one text, most of them on the line of the one before. Begins with the text and the encoding alone;
 * the rest is its own. */
struct position_reader {
    const struct text *text;
    enum position_encoding encoding;
    bool begun, ascii;
    uint32_t line;    /* of the offset before */
    struct span span; /* of that line */
};

struct position position_read(struct position_reader *reader, uint32_t offset);

struct range range_of(const struct text *text, struct span span, enum position_encoding encoding);

/* The byte offset of a position. A column past the end of its line is the end of that line, as the protocol says; false
 * when the line does not exist or the column lies inside a character, and *offset is then not written. */
bool position_offset(const struct text *text, struct position position, enum position_encoding encoding,
                     uint32_t *offset);

#endif
