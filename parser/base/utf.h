/* utf: counting and validating UTF-8; the only user of utf8proc.
 *
 * Positions of the protocol are made from these counts in parser/text/position; nothing else knows UTF-16.
 */
#ifndef TOVA_PARSER_BASE_UTF_H
#define TOVA_PARSER_BASE_UTF_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Is s well-formed UTF-8 (no surrogates, no overlong forms)? */
bool utf_valid(struct str s);

/* Is every byte a character of ASCII? */
bool utf_is_ascii(struct str s);

/* Decodes the character at s.data[offset]; *next is the offset behind it. A malformed byte gives U+FFFD and moves by 1. */
uint32_t utf_decode(struct str s, size_t offset, size_t *next);

/* How many UTF-16 code units the bytes of s need; a malformed byte counts as one. */
size_t utf_utf16_length(struct str s);

/* The byte offset in s at `units` UTF-16 units; inside a surrogate pair it is the start of the character, past the end
 * it is s.size. *exact (when not NULL) says whether such a boundary exists. */
size_t utf_offset_of_utf16(struct str s, size_t units, bool *exact);

/* How many characters (code points) s has; a malformed byte counts as one. */
size_t utf_utf32_length(struct str s);

/* May the character start / continue an identifier of the language (letter, _ or $; also digits and marks)? */
bool utf_identifier_start(uint32_t character);
bool utf_identifier_part(uint32_t character);

#endif
