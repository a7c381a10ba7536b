/* regex_syntax: one pass over the pattern with a stack of groups, after one that counts groups and collects their names. */
#include "analysis/regex_syntax.h"

#include "parser/base/narrow.h"
#include "parser/base/utf.h"

#include <stdbool.h>
#include <string.h>

/* More than these are not looked at: the pattern is unknown then. */
enum { NAMES_MOST = 32, DEPTH_MOST = 64, SUB_MAXIMUM = 0x10ffff };

struct reader {
    struct str text; /* the pattern */
    size_t at;
    bool strict;                  /* flag u or v: nothing is taken for itself that has a meaning */
    bool sets;                    /* flag v */
    uint32_t groups;              /* that capture */
    struct str names[NAMES_MOST]; /* of those that have one */
    unsigned name_count;
    bool lookbehind[DEPTH_MOST]; /* the open groups: may no quantifier stand behind them? */
    unsigned depth;
    struct regex_finding finding;
};

/* ---- the literal */

static size_t end_of_pattern(struct str literal) {
    size_t end = literal.size;
    while (end > 0 && literal.data[end - 1] != '/') {
        end--;
    }
    return end > 0 ? end - 1 : 0;
}

struct str regex_pattern(struct str literal) { return str_slice(literal, 1, end_of_pattern(literal)); }

struct str regex_flags(struct str literal) { return str_slice(literal, end_of_pattern(literal) + 1, literal.size); }

/* ---- reading */

/* The byte `ahead` of where the reader stands; 0 behind the end. */
static char byte_at(const struct reader *reader, size_t ahead) {
    return reader->at + ahead < reader->text.size ? reader->text.data[reader->at + ahead] : '\0';
}

static bool is_over(const struct reader *reader) { return reader->at >= reader->text.size; }

static bool take(struct reader *reader, const char *word) {
    if (!str_starts_with(str_slice(reader->text, reader->at, reader->text.size), str_from_c(word))) {
        return false;
    }
    reader->at += strlen(word);
    return true;
}

/* Keeps the first thing that is wrong, which outweighs what is unknown. */
static void find(struct reader *reader, enum regex_verdict verdict, size_t start, const char *message) {
    if (verdict > reader->finding.verdict) {
        size_t end = reader->at > start ? reader->at : start + 1;
        reader->finding = (struct regex_finding){
            verdict, {u32_from_size(start), u32_from_size(end < reader->text.size ? end : reader->text.size)}, message};
    }
}

static void wrong(struct reader *reader, size_t start, const char *message) {
    find(reader, REGEX_WRONG, start, message);
}

static void unknown(struct reader *reader) { find(reader, REGEX_UNKNOWN, reader->at, ""); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int hex_digit(char c) {
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* `count` hexadecimal digits from `ahead` on; -1 when they are not there. */
static int32_t hex_value(const struct reader *reader, size_t ahead, unsigned count) {
    int32_t value = 0;
    for (unsigned i = 0; i < count; i++) {
        int digit = hex_digit(byte_at(reader, ahead + i));
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* ---- names of groups */

/* `name>`; moves behind it. False when there is no name, or one that is not looked at here. */
static bool take_name(struct reader *reader, struct str *name) {
    size_t start = reader->at;
    for (size_t i = 0;; i++) {
        char c = byte_at(reader, i);
        if (c == '>' && i > 0) {
            *name = str_slice(reader->text, start, start + i);
            reader->at += i + 1;
            return true;
        }
        if (!is_letter(c) && c != '_' && c != '$' && !(i > 0 && is_digit(c))) {
            if ((unsigned char)c >= 0x80 || c == '\\') {
                unknown(reader);
            }
            return false;
        }
    }
}

/* Where one was not found: it is wrong, unless it may be one of letters that are not looked at. */
static void no_name(struct reader *reader, size_t start) {
    if (reader->finding.verdict == REGEX_RIGHT) {
        wrong(reader, start, "This is no name of a group: letters, digits and `_` stand between `<` and `>`.");
    }
}

static bool has_name(const struct reader *reader, struct str name) {
    for (unsigned i = 0; i < reader->name_count; i++) {
        if (str_equal(reader->names[i], name)) {
            return true;
        }
    }
    return false;
}

static void add_name(struct reader *reader, struct str name) {
    if (has_name(reader, name) || reader->name_count == NAMES_MOST) {
        unknown(reader); /* newer engines take one name in two alternatives */
        return;
    }
    reader->names[reader->name_count++] = name;
}

/* What back references may name: groups stand behind them too. */
static void collect_groups(struct reader *reader) {
    bool in_class = false;
    for (; !is_over(reader); reader->at++) {
        char c = byte_at(reader, 0);
        if (c == '\\') {
            reader->at++;
        } else if (c == '[' || c == ']') {
            in_class = c == '[';
        } else if (c == '(' && !in_class) {
            bool named = byte_at(reader, 1) == '?' && byte_at(reader, 2) == '<' && byte_at(reader, 3) != '=' &&
                         byte_at(reader, 3) != '!';
            reader->groups += byte_at(reader, 1) != '?' || named;
            struct reader inside = *reader;
            struct str name;
            inside.at += 3;
            if (named && take_name(&inside, &name)) {
                add_name(reader, name);
            }
        }
    }
    reader->at = 0;
}

/* ---- escapes */

/* `\u{…}`, `\uHHHH`, in pairs where flags read whole characters; the reader stands at the `u`. */
static int64_t unicode_escape(struct reader *reader, size_t start) {
    int32_t value = hex_value(reader, 1, 4);
    if (value >= 0) {
        reader->at += 5;
        int32_t low = byte_at(reader, 0) == '\\' && byte_at(reader, 1) == 'u' ? hex_value(reader, 2, 4) : -1;
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
    while (byte_at(reader, 1) == '{' && hex_digit(byte_at(reader, 2 + digits)) >= 0 && number <= SUB_MAXIMUM) {
        number = number * 16 + hex_digit(byte_at(reader, 2 + digits++));
    }
    if (digits == 0 || byte_at(reader, 2 + digits) != '}' || number > SUB_MAXIMUM) {
        reader->at++;
        wrong(reader, start, "This is no character: write `\\u{…}` with a hexadecimal number up to 10FFFF, or `\\uHHHH`.");
        return -1;
    }
    reader->at += digits + 3;
    return number;
}

/* `\p{…}`: which names there are is a matter of the engine's tables. */
static void property_escape(struct reader *reader, size_t start) {
    reader->at++;
    size_t end = str_find(reader->text, '}', reader->at);
    if (byte_at(reader, 0) != '{' || end == reader->text.size || end == reader->at + 1) {
        wrong(reader, start, "A property of characters is named in braces: `\\p{Letter}`.");
        return;
    }
    static const struct str known[] = {STR_INIT("L"),  STR_INIT("Letter"),    STR_INIT("Lu"), STR_INIT("Ll"),
                                       STR_INIT("N"),  STR_INIT("Number"),    STR_INIT("Nd"), STR_INIT("P"),
                                       STR_INIT("S"),  STR_INIT("Punctuation"), STR_INIT("Z"), STR_INIT("M"),
                                       STR_INIT("Lo"), STR_INIT("Alphabetic"), STR_INIT("Emoji"), STR_INIT("Uppercase"),
                                       STR_INIT("Lowercase"), STR_INIT("White_Space"), STR_INIT("Script=Latin"),
                                       STR_INIT("Script=Greek"), STR_INIT("Script=Cyrillic"), STR_INIT("Script=Han")};
    struct str name = str_slice(reader->text, reader->at + 1, end);
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        found = found || str_equal(known[i], name);
    }
    if (!found) {
        unknown(reader);
    }
    reader->at = end + 1;
}

/* An octal number of at most 0377, or 8 or 9 for itself. */
static int64_t octal_escape(struct reader *reader) {
    if (byte_at(reader, 0) >= '8') {
        return reader->text.data[reader->at++];
    }
    int64_t value = 0;
    for (unsigned i = 0; i < 3 && byte_at(reader, 0) >= '0' && byte_at(reader, 0) < '8' && value * 8 < 256; i++) {
        value = value * 8 + (byte_at(reader, 0) - '0');
        reader->at++;
    }
    return value;
}

/* A number behind a backslash: a group where flags are strict, else whatever it can be. */
static int64_t decimal_escape(struct reader *reader, size_t start, bool in_class) {
    uint64_t number = 0;
    size_t digits = 0;
    while (is_digit(byte_at(reader, digits)) && number < UINT32_MAX) {
        number = number * 10 + (unsigned)(byte_at(reader, digits++) - '0');
    }
    if (number == 0 && digits == 1) {
        reader->at++;
        return 0;
    }
    if (reader->strict) {
        reader->at += digits;
        if (number == 0 || number > reader->groups || in_class) {
            wrong(reader, start, "There is no group of this number.");
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
static void name_escape(struct reader *reader, size_t start) {
    reader->at++;
    if (reader->name_count == 0 && !reader->strict) {
        return;
    }
    struct str name;
    if (byte_at(reader, 0) != '<') {
        wrong(reader, start, "`\\k` names a group: `\\k<name>`.");
        return;
    }
    reader->at++;
    if (!take_name(reader, &name)) {
        no_name(reader, start);
    } else if (!has_name(reader, name)) {
        wrong(reader, start, "There is no group of this name.");
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
static int64_t identity_escape(struct reader *reader, size_t start, bool in_class) {
    char c = byte_at(reader, 0);
    size_t next;
    uint32_t character = utf_decode(reader->text, reader->at, &next);
    reader->at = next;
    if (reader->strict && !is_syntax(c) && !(in_class && c == '-')) {
        if (reader->sets) {
            unknown(reader);
        } else {
            wrong(reader, start, "With the flag `u`, only characters that mean something else have a backslash.");
        }
    }
    return character;
}

static int64_t control_escape(struct reader *reader, size_t start) {
    char c = byte_at(reader, 1);
    if (is_letter(c)) {
        reader->at += 2;
        return c % 32;
    }
    if (reader->strict) {
        reader->at++;
        wrong(reader, start, "A letter is missing behind `\\c`.");
        return -1;
    }
    return '\\'; /* the backslash itself, and `c` for itself */
}

/* Behind a backslash. The value of the character, -1 for a set or a reference. */
static int64_t escape(struct reader *reader, bool in_class) {
    size_t start = reader->at++;
    char c = byte_at(reader, 0);
    if (is_over(reader)) {
        wrong(reader, start, "A character is missing behind the backslash.");
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
    if (is_digit(c)) {
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

/* ---- classes */

/* One end of a range, in UTF-16 units unless flags read whole characters: the first or the last unit of it. */
static int64_t class_atom(struct reader *reader, bool last) {
    if (byte_at(reader, 0) == '\\') {
        return escape(reader, true);
    }
    size_t next;
    int64_t value = utf_decode(reader->text, reader->at, &next);
    reader->at = next;
    if (value >= 0x10000 && !reader->strict) {
        value -= 0x10000;
        return last ? 0xdc00 + (value & 0x3ff) : 0xd800 + (value >> 10);
    }
    return value;
}

static void read_class(struct reader *reader) {
    size_t start = reader->at++;
    if (reader->sets) {
        unknown(reader); /* classes within classes: the rest is not looked at */
        reader->at = reader->text.size;
        reader->depth = 0;
        return;
    }
    (void)take(reader, "^");
    while (!is_over(reader) && byte_at(reader, 0) != ']') {
        size_t first = reader->at;
        int64_t low = class_atom(reader, true);
        if (byte_at(reader, 0) != '-' || byte_at(reader, 1) == ']' || reader->at + 1 >= reader->text.size) {
            continue;
        }
        reader->at++;
        int64_t high = class_atom(reader, false);
        if (low >= 0 && high >= 0 && low > high) {
            wrong(reader, first, "This range ends before it begins.");
        } else if ((low < 0 || high < 0) && reader->strict) {
            wrong(reader, first, "A range goes from one character to another.");
        }
    }
    if (!take(reader, "]")) {
        wrong(reader, start, "This `[` is never closed.");
    }
}

/* ---- groups and quantifiers */

/* `{n}`, `{n,}`, `{n,m}` at the reader: how many bytes it has; 0 when it is none. *backwards: n is more than m. */
static size_t counted(const struct reader *reader, bool *backwards) {
    uint64_t numbers[2] = {0, UINT64_MAX};
    size_t size = 1;
    if (byte_at(reader, 0) != '{' || !is_digit(byte_at(reader, 1))) {
        return 0;
    }
    for (unsigned n = 0; n < 2; n++) {
        uint64_t number = 0;
        for (; is_digit(byte_at(reader, size)); size++) {
            number = number > UINT32_MAX ? number : number * 10 + (unsigned)(byte_at(reader, size) - '0');
            numbers[n] = number;
        }
        if (n == 0 && byte_at(reader, size) != ',') {
            break;
        }
        size += n == 0;
    }
    *backwards = numbers[0] > numbers[1];
    return byte_at(reader, size) == '}' ? size + 1 : 0;
}

static bool is_quantifier(const struct reader *reader) {
    bool backwards;
    char c = byte_at(reader, 0);
    return c == '*' || c == '+' || c == '?' || counted(reader, &backwards) > 0;
}

/* Behind what may be repeated, or not. */
static void read_quantifier(struct reader *reader, bool repeatable) {
    if (!is_quantifier(reader)) {
        return;
    }
    size_t start = reader->at;
    bool backwards = false;
    size_t size = counted(reader, &backwards);
    reader->at += size > 0 ? size : 1;
    (void)take(reader, "?");
    if (!repeatable) {
        wrong(reader, start, "There is nothing in front of this that it can repeat.");
    } else if (backwards) {
        wrong(reader, start, "The smaller number comes first: `{2,5}`.");
    }
}

static void open_group(struct reader *reader) {
    size_t start = reader->at++;
    bool behind = false;
    bool ahead = false;
    if (take(reader, "?")) {
        struct str name;
        behind = take(reader, "<=") || take(reader, "<!");
        ahead = !behind && (take(reader, "=") || take(reader, "!"));
        if (!behind && !ahead && take(reader, "<")) {
            if (!take_name(reader, &name)) {
                no_name(reader, start);
            }
        } else if (!behind && !ahead && !take(reader, ":")) {
            if (is_letter(byte_at(reader, 0)) || byte_at(reader, 0) == '-') {
                unknown(reader); /* flags of the group alone, which newer engines have */
            } else {
                wrong(reader, start, "Behind `(?` stands `:`, `=`, `!`, `<=`, `<!` or `<name>`.");
            }
        }
    }
    if (reader->depth == DEPTH_MOST) {
        unknown(reader);
        reader->at = reader->text.size;
        reader->depth = 0;
        return;
    }
    reader->lookbehind[reader->depth++] = behind || (ahead && reader->strict);
}

static void close_group(struct reader *reader) {
    size_t start = reader->at++;
    if (reader->depth == 0) {
        wrong(reader, start, "This `)` closes nothing. Write `\\)` for the character.");
        return;
    }
    read_quantifier(reader, !reader->lookbehind[--reader->depth]);
}

static void read_character(struct reader *reader) {
    size_t start = reader->at;
    char c = byte_at(reader, 0);
    size_t next;
    (void)utf_decode(reader->text, reader->at, &next);
    if (reader->strict && (c == '{' || c == '}' || c == ']')) {
        reader->at = next;
        wrong(reader, start, "With the flag `u`, this character needs a backslash.");
        return;
    }
    reader->at = next;
    read_quantifier(reader, true);
}

static void read_escape(struct reader *reader) {
    char c = byte_at(reader, 1);
    if (c == 'b' || c == 'B') {
        reader->at += 2;
        read_quantifier(reader, false);
        return;
    }
    (void)escape(reader, false);
    read_quantifier(reader, true);
}

static void read_term(struct reader *reader) {
    switch (byte_at(reader, 0)) {
    case '(':
        open_group(reader);
        read_quantifier(reader, false);
        break;
    case ')':
        close_group(reader);
        break;
    case '[':
        read_class(reader);
        read_quantifier(reader, true);
        break;
    case '\\':
        read_escape(reader);
        break;
    case '|':
    case '^':
    case '$':
        reader->at++;
        read_quantifier(reader, false);
        break;
    default:
        if (is_quantifier(reader)) {
            read_quantifier(reader, false);
        } else {
            read_character(reader);
        }
        break;
    }
}

/* ---- all of it */

static void check_flags(struct reader *reader, struct str flags, size_t start) {
    static const char known[] = "dgimsuvy";
    unsigned seen = 0;
    for (size_t i = 0; i < flags.size; i++) {
        const char *flag = strchr(known, flags.data[i]);
        unsigned bit = flag == NULL || *flag == '\0' ? 0 : 1u << (flag - known);
        bool both = (flags.data[i] == 'u' && reader->sets) || (flags.data[i] == 'v' && reader->strict);
        if (bit == 0 || (seen & bit) != 0 || both) {
            reader->finding = (struct regex_finding){
                REGEX_WRONG,
                {u32_from_size(start + i), u32_from_size(start + i + 1)},
                "The flags of a regular expression are `d`, `g`, `i`, `m`, `s`, `u` or `v`, and `y`, each of them once."};
            return;
        }
        seen |= bit;
        reader->sets = reader->sets || flags.data[i] == 'v';
        reader->strict = reader->strict || reader->sets || flags.data[i] == 'u';
    }
}

/* U+2028 and U+2029 end a line of JavaScript, and with it a literal. */
static bool has_line_separator(struct str text) {
    for (size_t i = 0; i + 2 < text.size; i++) {
        if (memcmp(text.data + i, "\xe2\x80\xa8", 3) == 0 || memcmp(text.data + i, "\xe2\x80\xa9", 3) == 0) {
            return true;
        }
    }
    return false;
}

struct regex_finding regex_check(struct str literal) {
    size_t end = end_of_pattern(literal);
    struct reader reader = {.text = regex_pattern(literal)};
    check_flags(&reader, regex_flags(literal), end + 1);
    if (reader.finding.verdict == REGEX_WRONG) {
        return reader.finding;
    }
    if (!utf_valid(reader.text) || has_line_separator(reader.text)) {
        unknown(&reader);
    }
    collect_groups(&reader);
    while (!is_over(&reader)) {
        read_term(&reader);
    }
    if (reader.depth > 0) {
        reader.at = reader.text.size;
        wrong(&reader, 0, "A `(` of this is never closed.");
    }
    reader.finding.span.start++; /* the slash in front */
    reader.finding.span.end++;
    return reader.finding;
}
