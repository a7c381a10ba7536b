/* utf: UTF-8 through utf8proc, with a short way for ASCII. */
#include "parser/base/utf.h"

#include "parser/base/eight.h"

#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, FIRST_OF_TWO_UNITS = 0x10000, LONGEST = 4 };

uint32_t utf_decode(struct str s, size_t offset, size_t *next) {
    unsigned char byte = (unsigned char)s.data[offset];
    *next = offset + 1;
    if (byte < 0x80) {
        return byte;
    }
    size_t rest = s.size - offset;
    utf8proc_int32_t character = 0;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)s.data + offset,
                                             (utf8proc_ssize_t)(rest < LONGEST ? rest : LONGEST), &character);
    if (size <= 0) {
        return REPLACEMENT;
    }
    *next = offset + (size_t)size;
    return (uint32_t)character;
}

/* How many bytes from offset on are ASCII, eight at a time. */
static size_t ascii_run(struct str s, size_t offset) {
    size_t i = offset;
    for (; s.size - i >= 8; i += 8) {
        if ((eight_bytes(s.data + i) & EIGHT_HIGHS) != 0) {
            break;
        }
    }
    while (i < s.size && (unsigned char)s.data[i] < 0x80) {
        i++;
    }
    return i - offset;
}

bool utf_is_ascii(struct str s) { return ascii_run(s, 0) == s.size; }

bool utf_valid(struct str s) {
    for (size_t i = ascii_run(s, 0); i < s.size; i += ascii_run(s, i)) {
        size_t next = 0;
        uint32_t character = utf_decode(s, i, &next);
        if (character == REPLACEMENT && next == i + 1) {
            return false;
        }
        i = next;
    }
    return true;
}

/* The length in units of which a character of ASCII needs one and one beyond U+FFFF `most`. */
static size_t length_in_units(struct str s, size_t most) {
    size_t units = 0;
    for (size_t i = 0; i < s.size;) {
        size_t run = ascii_run(s, i);
        units += run;
        i += run;
        if (i < s.size) {
            units += utf_decode(s, i, &i) >= FIRST_OF_TWO_UNITS ? most : 1;
        }
    }
    return units;
}

size_t utf_utf16_length(struct str s) { return length_in_units(s, 2); }

size_t utf_utf32_length(struct str s) { return length_in_units(s, 1); }

size_t utf_offset_of_utf16(struct str s, size_t units, bool *exact) {
    size_t i = 0;
    bool found = true;
    while (units > 0 && i < s.size) {
        size_t run = ascii_run(s, i);
        if (run > units) {
            run = units;
        }
        units -= run;
        i += run;
        if (units == 0 || i == s.size) {
            break;
        }
        size_t next = 0;
        size_t width = utf_decode(s, i, &next) >= FIRST_OF_TWO_UNITS ? 2 : 1;
        if (width > units) {
            found = false;
            break;
        }
        units -= width;
        i = next;
    }
    if (exact != NULL) {
        *exact = found && units == 0;
    }
    return i;
}

bool utf_identifier_start(uint32_t character) {
    if (character < 0x80) {
        return (character | 0x20) - 'a' < 26 || character == '_' || character == '$';
    }
    switch ((int)utf8proc_category((utf8proc_int32_t)character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

bool utf_identifier_part(uint32_t character) {
    if (character - '0' < 10 || utf_identifier_start(character)) {
        return true;
    }
    if (character < 0x80) {
        return false;
    }
    switch ((int)utf8proc_category((utf8proc_int32_t)character)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
        return true;
    default:
        return false;
    }
}
