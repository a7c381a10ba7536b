/* regex_syntax: one pass over the pattern with a stack of groups, after one that counts groups and collects their names. */
#include "analysis/regex_syntax.h"

#include "analysis/regex_reader.h"
#include "parser/base/byte.h"
#include "parser/base/narrow.h"
#include "parser/base/utf.h"

#include <string.h>

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

/* ---- names of groups */

/* Does a `|` of the innermost group around both stand between two places, so that never both groups match? */
static bool are_alternatives(struct str text, size_t first, size_t second) {
    bool in_class = false;
    bool separated = false;
    int depth = 0;
    int common = 0; /* the depth of the innermost group around both, as far as it is read */
    for (size_t at = first; at < second; at++) {
        char c = text.data[at];
        if (c == '\\') {
            at++;
        } else if (c == '[' || c == ']') {
            in_class = c == '[';
        } else if (c == '(' && !in_class) {
            depth++;
        } else if (c == ')' && !in_class && --depth < common) {
            common = depth;
            separated = false;
        } else if (c == '|' && !in_class && depth == common) {
            separated = true;
        }
    }
    return separated;
}

/* The group that opens at `start` has this name. */
static void add_name(struct regex_reader *reader, size_t start, struct str name) {
    if (reader->name_count == REGEX_NAMES_MOST) {
        regex_unknown(reader);
        return;
    }
    for (unsigned i = 0; i < reader->name_count; i++) {
        if (!str_equal(reader->names[i], name)) {
            continue;
        }
        size_t before = (size_t)(reader->names[i].data - reader->text.data) - strlen("(?<");
        if (reader->sets || are_alternatives(reader->text, before, start)) {
            regex_unknown(reader); /* newer engines take one name in two alternatives */
        } else {
            regex_wrong(reader, start, "Two groups have this name, and both can match: give one of them another.");
        }
    }
    reader->names[reader->name_count++] = name;
}

/* What back references may name: groups stand behind them too. */
static void collect_groups(struct regex_reader *reader) {
    bool in_class = false;
    for (; !regex_is_over(reader); reader->at++) {
        char c = regex_byte(reader, 0);
        if (c == '\\') {
            reader->at++;
        } else if (c == '[' || c == ']') {
            in_class = c == '[';
        } else if (c == '(' && !in_class) {
            bool named = regex_byte(reader, 1) == '?' && regex_byte(reader, 2) == '<' && regex_byte(reader, 3) != '=' &&
                         regex_byte(reader, 3) != '!';
            reader->groups += regex_byte(reader, 1) != '?' || named;
            struct regex_reader inside = *reader;
            struct str name;
            inside.at += strlen("(?<");
            if (named && regex_take_name(&inside, &name)) {
                size_t start = reader->at;
                reader->at = inside.at;
                add_name(reader, start, name);
                reader->at = start;
            }
        }
    }
    reader->at = 0;
}

/* ---- classes */

/* One end of a range, in UTF-16 units unless flags read whole characters: the first or the last unit of it. */
static int64_t class_atom(struct regex_reader *reader, bool last) {
    if (regex_byte(reader, 0) == '\\') {
        return regex_escape(reader, true);
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

static void read_class(struct regex_reader *reader) {
    size_t start = reader->at++;
    if (reader->sets) {
        regex_unknown(reader); /* classes within classes: the rest is not looked at */
        reader->at = reader->text.size;
        reader->depth = 0;
        return;
    }
    (void)regex_take(reader, "^");
    while (!regex_is_over(reader) && regex_byte(reader, 0) != ']') {
        size_t first = reader->at;
        int64_t low = class_atom(reader, true);
        if (regex_byte(reader, 0) != '-' || regex_byte(reader, 1) == ']' || reader->at + 1 >= reader->text.size) {
            continue;
        }
        reader->at++;
        int64_t high = class_atom(reader, false);
        if (low >= 0 && high >= 0 && low > high) {
            regex_wrong(reader, first, "This range ends before it begins.");
        } else if ((low < 0 || high < 0) && reader->strict) {
            regex_wrong(reader, first, "A range goes from one character to another.");
        }
    }
    if (!regex_take(reader, "]")) {
        regex_wrong(reader, start, "This `[` is never closed.");
    }
}

/* ---- groups and quantifiers */

/* `{n}`, `{n,}`, `{n,m}` at the reader: how many bytes it has; 0 when it is none. *backwards: n is more than m. */
static size_t counted(const struct regex_reader *reader, bool *backwards) {
    uint64_t numbers[2] = {0, UINT64_MAX};
    size_t size = 1;
    if (regex_byte(reader, 0) != '{' || !byte_is_digit(regex_byte(reader, 1))) {
        return 0;
    }
    for (unsigned n = 0; n < 2; n++) {
        uint64_t number = 0;
        for (; byte_is_digit(regex_byte(reader, size)); size++) {
            number = number > UINT32_MAX ? number : number * 10 + (unsigned)(regex_byte(reader, size) - '0');
            numbers[n] = number;
        }
        if (n == 0 && regex_byte(reader, size) != ',') {
            break;
        }
        size += n == 0;
    }
    *backwards = numbers[0] > numbers[1];
    return regex_byte(reader, size) == '}' ? size + 1 : 0;
}

static bool is_quantifier(const struct regex_reader *reader) {
    bool backwards;
    char c = regex_byte(reader, 0);
    return c == '*' || c == '+' || c == '?' || counted(reader, &backwards) > 0;
}

/* Behind what may be repeated, or not. */
static void read_quantifier(struct regex_reader *reader, bool repeatable) {
    if (!is_quantifier(reader)) {
        return;
    }
    size_t start = reader->at;
    bool backwards = false;
    size_t size = counted(reader, &backwards);
    reader->at += size > 0 ? size : 1;
    (void)regex_take(reader, "?");
    if (!repeatable) {
        regex_wrong(reader, start, "There is nothing in front of this that it can repeat.");
    } else if (backwards) {
        regex_wrong(reader, start, "The smaller number comes first: `{2,5}`.");
    }
}

static void open_group(struct regex_reader *reader) {
    size_t start = reader->at++;
    bool behind = false;
    bool ahead = false;
    if (regex_take(reader, "?")) {
        struct str name;
        behind = regex_take(reader, "<=") || regex_take(reader, "<!");
        ahead = !behind && (regex_take(reader, "=") || regex_take(reader, "!"));
        if (!behind && !ahead && regex_take(reader, "<")) {
            if (!regex_take_name(reader, &name)) {
                regex_no_name(reader, start);
            }
        } else if (!behind && !ahead && !regex_take(reader, ":")) {
            if (byte_is_letter(regex_byte(reader, 0)) || regex_byte(reader, 0) == '-') {
                regex_unknown(reader); /* flags of the group alone, which newer engines have */
            } else {
                regex_wrong(reader, start, "Behind `(?` stands `:`, `=`, `!`, `<=`, `<!` or `<name>`.");
            }
        }
    }
    if (reader->depth == REGEX_DEPTH_MOST) {
        regex_unknown(reader);
        reader->at = reader->text.size;
        reader->depth = 0;
        return;
    }
    reader->lookbehind[reader->depth++] = behind || (ahead && reader->strict);
}

static void close_group(struct regex_reader *reader) {
    size_t start = reader->at++;
    if (reader->depth == 0) {
        regex_wrong(reader, start, "This `)` closes nothing. Write `\\)` for the character.");
        return;
    }
    read_quantifier(reader, !reader->lookbehind[--reader->depth]);
}

static void read_character(struct regex_reader *reader) {
    size_t start = reader->at;
    char c = regex_byte(reader, 0);
    size_t next;
    (void)utf_decode(reader->text, reader->at, &next);
    if (reader->strict && (c == '{' || c == '}' || c == ']')) {
        reader->at = next;
        regex_wrong(reader, start, "With the flag `u`, this character needs a backslash.");
        return;
    }
    reader->at = next;
    read_quantifier(reader, true);
}

static void read_escape(struct regex_reader *reader) {
    char c = regex_byte(reader, 1);
    if (c == 'b' || c == 'B') {
        reader->at += 2;
        read_quantifier(reader, false);
        return;
    }
    (void)regex_escape(reader, false);
    read_quantifier(reader, true);
}

static void read_term(struct regex_reader *reader) {
    switch (regex_byte(reader, 0)) {
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

static void check_flags(struct regex_reader *reader, struct str flags, size_t start) {
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
    struct regex_reader reader = {.text = regex_pattern(literal)};
    check_flags(&reader, regex_flags(literal), end + 1);
    if (reader.finding.verdict == REGEX_WRONG) {
        return reader.finding;
    }
    if (!utf_valid(reader.text) || has_line_separator(reader.text)) {
        regex_unknown(&reader);
    }
    collect_groups(&reader);
    while (!regex_is_over(&reader)) {
        read_term(&reader);
    }
    if (reader.depth > 0) {
        reader.at = reader.text.size;
        regex_wrong(&reader, 0, "A `(` of this is never closed.");
    }
    reader.finding.span.start++; /* the slash in front */
    reader.finding.span.end++;
    return reader.finding;
}
