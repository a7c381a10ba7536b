/* What a byte of UTF-8 text is: a letter, a digit, a part of a word. Only ASCII is told apart; what a language or a format calls
 * a name adds its own bytes to a word (`-` in a style sheet, `$` in JavaScript). */
#ifndef TOVA_PARSER_BASE_BYTE_H
#define TOVA_PARSER_BASE_BYTE_H

#include <stdbool.h>

static inline bool byte_is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool byte_is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* A letter, a digit or `_`. */
static inline bool byte_is_word(char byte) { return byte_is_letter(byte) || byte_is_digit(byte) || byte == '_'; }

/* A part of a character that is not ASCII. */
static inline bool byte_is_wide(char byte) { return ((unsigned char)byte & 0x80) != 0; }

#endif
