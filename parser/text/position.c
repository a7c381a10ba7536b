/* position: byte offsets to lines and columns and back. */
#include "parser/text/position.h"

#include "parser/base/narrow.h"
#include "parser/base/utf.h"

enum { LONGEST_CHARACTER = 4 };

/* The start of the character that the byte at offset belongs to; a malformed byte is a character of its own. */
static size_t character_start(struct str s, size_t offset) {
    if (offset >= s.size) {
        return offset;
    }
    for (size_t back = 1; back < LONGEST_CHARACTER && back <= offset; back++) {
        if (((unsigned char)s.data[offset - back + 1] & 0xC0) != 0x80) {
            return offset;
        }
        size_t next = 0;
        utf_decode(s, offset - back, &next);
        if (next > offset) {
            return offset - back;
        }
    }
    return offset;
}

static size_t column_of(struct str before, enum position_encoding encoding) {
    switch (encoding) {
    case POSITION_UTF16:
        return utf_utf16_length(before);
    case POSITION_UTF8:
        return before.size;
    case POSITION_UTF32:
        return utf_utf32_length(before);
    }
    return 0;
}

static struct position position_on(const struct text *text, uint32_t line, uint32_t offset,
                                   enum position_encoding encoding) {
    struct span span = text_line(text, line);
    struct str bytes = text_slice(text, span);
    size_t inside = offset < span.end ? offset - span.start : bytes.size;
    size_t column = column_of(str_slice(bytes, 0, character_start(bytes, inside)), encoding);
    return (struct position){line, u32_from_size(column)};
}

struct position position_of(const struct text *text, uint32_t offset, enum position_encoding encoding) {
    return position_on(text, text_line_of(text, offset), offset, encoding);
}

struct position position_read(struct position_reader *reader, uint32_t offset) {
    if (!reader->begun) {
        reader->begun = true;
        reader->ascii = utf_is_ascii(text_str(reader->text));
        reader->span = text_line(reader->text, reader->line);
    }
    if (offset < reader->span.start || offset >= reader->span.end) {
        reader->line = text_line_of(reader->text, offset);
        reader->span = text_line(reader->text, reader->line);
    }
    if (reader->ascii && offset <= reader->span.end) {
        return (struct position){reader->line, offset - reader->span.start};
    }
    return position_on(reader->text, reader->line, offset, reader->encoding);
}

struct range range_of(const struct text *text, struct span span, enum position_encoding encoding) {
    return (struct range){position_of(text, span.start, encoding), position_of(text, span.end, encoding)};
}

/* The offset in s at `column` characters, or the end of s. */
static size_t offset_of_utf32(struct str s, uint32_t column) {
    size_t offset = 0;
    for (; column > 0 && offset < s.size; column--) {
        utf_decode(s, offset, &offset);
    }
    return offset;
}

bool position_offset(const struct text *text, struct position position, enum position_encoding encoding,
                     uint32_t *offset) {
    if (position.line >= text_line_count(text)) {
        return false;
    }
    struct span span = text_line(text, position.line);
    struct str bytes = text_slice(text, span);
    size_t found = bytes.size;
    bool exact = true;
    switch (encoding) {
    case POSITION_UTF16:
        found = utf_offset_of_utf16(bytes, position.column, &exact);
        break;
    case POSITION_UTF8:
        if (position.column < bytes.size) {
            found = position.column;
        }
        exact = character_start(bytes, found) == found;
        break;
    case POSITION_UTF32:
        found = offset_of_utf32(bytes, position.column);
        break;
    }
    if (!exact && found < bytes.size) {
        return false;
    }
    *offset = span.start + u32_from_size(found);
    return true;
}
