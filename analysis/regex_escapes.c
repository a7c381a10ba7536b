/* regex_escapes: what stands behind a backslash. */
#include "analysis/regex_properties.h"
#include "analysis/regex_reader.h"

#include "parser/base/byte.h"
#include "parser/base/utf.h"

#include <string.h>

enum { LAST_CHARACTER = 0x10ffff };

static int hex_digit(char c) {
    return byte_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* `count` hexadecimal digits from `ahead` on; -1 when they are not there. */
static int32_t hex_value(const struct regex_reader *reader, size_t ahead, unsigned count) {
    int32_t value = 0;
    for (unsigned i = 0; i < count; i++) {
        int digit = hex_digit(regex_byte(reader, ahead + i));
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* `\u{…}`, `\uHHHH`, in pairs where flags read whole characters; the reader stands at the `u`. */
static int64_t unicode_escape(struct regex_reader *reader, size_t start) {
    int32_t value = hex_value(reader, 1, 4);
    if (value >= 0) {
        reader->at += 5;
        int32_t low = regex_byte(reader, 0) == '\\' && regex_byte(reader, 1) == 'u' ? hex_value(reader, 2, 4) : -1;
        if (reader->strict && value >= 0xd800 && value < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            reader->at += 6;
            return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        }
        return value;
    }
    if (!reader->strict) {
        reader->at++;
        return 'u';
    }
    size_t digits = 0;
    int64_t number = 0;
    while (regex_byte(reader, 1) == '{' && hex_digit(regex_byte(reader, 2 + digits)) >= 0 && number <= LAST_CHARACTER) {
        number = number * 16 + hex_digit(regex_byte(reader, 2 + digits++));
    }
    if (digits == 0 || regex_byte(reader, 2 + digits) != '}' || number > LAST_CHARACTER) {
        reader->at++;
        regex_wrong(reader, start, "This is no character: write `\\u{…}` with a hexadecimal number up to 10FFFF, or `\\uHHHH`.");
        return -1;
    }
    reader->at += digits + 3;
    return number;
}

/* `\p{…}` and `\P{…}`; properties of strings have no opposite. */
static void property_escape(struct regex_reader *reader, size_t start) {
    bool opposite = regex_byte(reader, 0) == 'P';
    reader->at++;
    size_t end = str_find(reader->text, '}', reader->at);
    if (regex_byte(reader, 0) != '{' || end == reader->text.size || end == reader->at + 1) {
        regex_wrong(reader, start, "A property of characters is named in braces: `\\p{Letter}`.");
        return;
    }
    struct str name = str_slice(reader->text, reader->at + 1, end);
    if (!regex_property_is_known(name, reader->sets && !opposite)) {
        reader->at = end + 1;
        regex_wrong(reader, start, "There is no such property of characters. There are `\\p{Letter}`, `\\p{Lu}` and "
                                   "`\\p{Script=Greek}`, for instance.");
        return;
    }
    reader->at = end + 1;
}

/* An octal number of at most 0377, or 8 or 9 for itself. */
static int64_t octal_escape(struct regex_reader *reader) {
    if (regex_byte(reader, 0) >= '8') {
        return reader->text.data[reader->at++];
    }
    int64_t value = 0;
    for (unsigned i = 0; i < 3 && regex_byte(reader, 0) >= '0' && regex_byte(reader, 0) < '8' && value * 8 < 256; i++) {
        value = value * 8 + (regex_byte(reader, 0) - '0');
        reader->at++;
    }
    return value;
}

/* A number behind a backslash: a group where flags are strict, else whatever it can be. */
static int64_t decimal_escape(struct regex_reader *reader, size_t start, bool in_class) {
    uint64_t number = 0;
    size_t digits = 0;
    while (byte_is_digit(regex_byte(reader, digits)) && number < UINT32_MAX) {
        number = number * 10 + (unsigned)(regex_byte(reader, digits++) - '0');
    }
    if (number == 0 && digits == 1) {
        reader->at++;
        return 0;
    }
    if (reader->strict) {
        reader->at += digits;
        if (number == 0 || number > reader->groups || in_class) {
            regex_wrong(reader, start, "There is no group of this number.");
        }
        return -1;
    }
    if (number > 0 && number <= reader->groups && !in_class) {
        reader->at += digits;
        return -1;
    }
    return octal_escape(reader);
}

/* `\k<name>`, which is but the letter where no group has a name. */
static void name_escape(struct regex_reader *reader, size_t start) {
    reader->at++;
    if (reader->name_count == 0 && !reader->strict) {
        return;
    }
    struct str name;
    if (regex_byte(reader, 0) != '<') {
        regex_wrong(reader, start, "`\\k` names a group: `\\k<name>`.");
        return;
    }
    reader->at++;
    if (!regex_take_name(reader, &name)) {
        regex_no_name(reader, start);
    } else if (!regex_has_name(reader, name)) {
        regex_wrong(reader, start, "There is no group of this name.");
    }
}

/* The value of a letter that stands for a control character; 0 for any other. */
static char control_of(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'v':
        return '\v';
    case 'f':
        return '\f';
    default:
        return '\0';
    }
}

static bool is_syntax(char c) { return c != '\0' && strchr("^$\\.*+?()[]{}|/", c) != NULL; }

/* Any character behind a backslash that means nothing else. */
static int64_t identity_escape(struct regex_reader *reader, size_t start, bool in_class) {
    char c = regex_byte(reader, 0);
    size_t next;
    uint32_t character = utf_decode(reader->text, reader->at, &next);
    reader->at = next;
    if (reader->strict && !is_syntax(c) && !(in_class && c == '-')) {
        if (reader->sets) {
            regex_unknown(reader);
        } else {
            regex_wrong(reader, start, "With the flag `u`, only characters that mean something else have a backslash.");
        }
    }
    return character;
}

static int64_t control_escape(struct regex_reader *reader, size_t start) {
    char c = regex_byte(reader, 1);
    if (byte_is_letter(c)) {
        reader->at += 2;
        return c % 32;
    }
    if (reader->strict) {
        reader->at++;
        regex_wrong(reader, start, "A letter is missing behind `\\c`.");
        return -1;
    }
    return '\\'; /* the backslash itself, and `c` for itself */
}

int64_t regex_escape(struct regex_reader *reader, bool in_class) {
    size_t start = reader->at++;
    char c = regex_byte(reader, 0);
    if (regex_is_over(reader)) {
        regex_wrong(reader, start, "A character is missing behind the backslash.");
        return -1;
    }
    if (strchr("dDwWsS", c) != NULL) {
        reader->at++;
        return -1;
    }
    if ((c == 'p' || c == 'P') && reader->strict) {
        property_escape(reader, start);
        return -1;
    }
    if (c == 'k' && !in_class) {
        name_escape(reader, start);
        return -1;
    }
    if (c == 'b' && in_class) {
        reader->at++;
        return '\b';
    }
    if (control_of(c) != '\0') {
        reader->at++;
        return control_of(c);
    }
    if (byte_is_digit(c)) {
        return decimal_escape(reader, start, in_class);
    }
    if (c == 'x' && hex_value(reader, 1, 2) >= 0) {
        int32_t value = hex_value(reader, 1, 2);
        reader->at += 3;
        return value;
    }
    if (c == 'u') {
        return unicode_escape(reader, start);
    }
    return c == 'c' ? control_escape(reader, start) : identity_escape(reader, start, in_class);
}
