/* brackets: one pass over the bytes, with a look ahead where a string or a comment may not end. */
#include "parser/syntax/brackets.h"

#include "parser/base/narrow.h"

#include <string.h>

enum {
    TAB_COLUMNS = 4,
    STRING_LINES = 40,  /* how far a string or an interpolation is looked after, as in the scanner of the grammar */
    NESTED = 64,        /* of strings and braces in interpolations */
    COMMENT_BUDGET = 4, /* times the size of the text, for block comments that are never closed */
};

struct reader {
    struct arena *arena;
    struct str text;
    struct brackets *out;
    uint32_t last;       /* the last byte of code on the lines so far, or NOWHERE */
    uint32_t last_statement; /* of the line that it is on */
    size_t line_start;   /* of the current line */
    bool in_line;        /* the current line has its entry */
    bool only_closers;   /* on the current line so far */
    uint64_t budget;     /* bytes that comments may still be looked after */
    bool no_triple_ends; /* from here on no triple string is closed */
    bool cut;            /* comments that nobody writes end with their line */
};

#define NOWHERE UINT32_MAX

/* Bytes that are more than a part of some word or operator. */
enum byte_kind { PLAIN, BLANK, LINE_END, TOKEN };

static const unsigned char byte_kinds[256] = {
    [' '] = BLANK, ['\t'] = BLANK, ['\r'] = BLANK, ['\n'] = LINE_END, ['"'] = TOKEN, ['\''] = TOKEN, ['/'] = TOKEN,
    ['<'] = TOKEN, ['('] = TOKEN,  [')'] = TOKEN,  ['['] = TOKEN,     [']'] = TOKEN, ['{'] = TOKEN,  ['}'] = TOKEN,
};

static enum byte_kind kind_of(char byte) { return (enum byte_kind)byte_kinds[(unsigned char)byte]; }

/* What ends a run of plain text in a string. */
static const bool string_stops[256] = {['"'] = true, ['\\'] = true, ['{'] = true, ['\n'] = true};

static bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '$' || (byte & 0x80) != 0;
}

static bool is_blank(char byte) { return kind_of(byte) == BLANK; }

static bool is_one_of(char byte, const char *list) { return byte != '\0' && strchr(list, byte) != NULL; }

static char byte_at(const struct reader *self, size_t at) { return at < self->text.size ? self->text.data[at] : '\0'; }

static size_t line_end(const struct reader *self, size_t at) { return str_find(self->text, '\n', at); }

static bool starts_with(const struct reader *self, size_t at, struct str token) {
    return str_starts_with(str_slice(self->text, at, at + token.size), token);
}

/* The word that ends before `end`; empty when there is none. */
static struct str word_before(struct str text, size_t end) {
    size_t start = end;
    while (start > 0 && is_name_byte(text.data[start - 1])) {
        start--;
    }
    return str_slice(text, start, end);
}

static bool is_word_of(struct str word, const struct str *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, list[i])) {
            return true;
        }
    }
    return false;
}

/* ---- strings */

/* At a line end in a string: does the next line that has such quotes have an odd number of them? */
static bool string_goes_on(const struct reader *self, size_t at, char quote) {
    unsigned quotes = 0;
    for (unsigned lines = 0; at < self->text.size && lines < STRING_LINES; at++) {
        char byte = self->text.data[at];
        if (byte == '\\') {
            at++;
        } else if (byte == quote) {
            quotes++;
        } else if (byte == '\n') {
            if (quotes > 0) {
                break;
            }
            lines++;
        }
    }
    return quotes % 2 == 1;
}

/* What is open inside a string: the string itself, its interpolations, and what these hold. */
struct nest {
    char open[NESTED]; /* `"` a string, `t` a triple one, `i` an interpolation, or a bracket in one */
    unsigned depth;
    unsigned lines; /* line ends passed in interpolations */
    char last;      /* the last byte in the innermost interpolation that is no blank */
};

static void nest_pop(struct nest *nest) {
    nest->depth--;
    nest->last = '"';
}

/* In the text of a string; what to go on from. */
static size_t pass_string_text(const struct reader *self, struct nest *nest, size_t at) {
    bool triple = nest->open[nest->depth - 1] == 't';
    char byte = self->text.data[at];
    if (byte == '\\') {
        return at + 2;
    }
    if (byte == '{' && nest->depth < NESTED) {
        nest->open[nest->depth++] = 'i';
        nest->last = '{';
        return at + 1;
    }
    if (byte == '"' && (!triple || starts_with(self, at, STR("\"\"\"")))) {
        nest_pop(nest);
        return at + (triple ? 3 : 1);
    }
    if (byte == '\n' && !triple && !string_goes_on(self, at + 1, '"')) {
        nest->depth = 0;
        return at;
    }
    do {
        at++;
    } while (at < self->text.size && !string_stops[(unsigned char)self->text.data[at]]);
    return at;
}

/* In an interpolation; what to go on from. */
static size_t pass_interpolation(const struct reader *self, struct nest *nest, size_t at) {
    char byte = self->text.data[at];
    char open = nest->open[nest->depth - 1];
    if (byte == '"') {
        bool after_operand = is_name_byte(nest->last) || is_one_of(nest->last, ")]}\"");
        if (open == 'i' && after_operand && nest->open[nest->depth - 2] == '"') {
            nest->depth -= 2; /* the interpolation lacks its brace */
            nest->last = '"';
            return at + 1;
        }
        bool triple = starts_with(self, at, STR("\"\"\""));
        if (nest->depth < NESTED) {
            nest->open[nest->depth++] = triple ? 't' : '"';
        }
        return at + (triple ? 3 : 1);
    }
    if (byte == '\n') {
        bool one_line = open == 'i' && nest->open[nest->depth - 2] == '"';
        if (one_line || ++nest->lines > STRING_LINES) {
            nest->depth = 0;
            return at;
        }
    } else if (is_one_of(byte, "([{") && nest->depth < NESTED) {
        nest->open[nest->depth++] = byte;
    } else if (is_one_of(byte, ")]}") && (byte == '}' || open != 'i')) {
        nest->depth--;
    }
    if (!is_blank(byte)) {
        nest->last = byte;
    }
    return at + 1;
}

/* Behind the opening quote or quotes: behind the string, or at the end of the line that it should have ended on. */
static size_t pass_string(const struct reader *self, size_t at, bool triple) {
    struct nest nest;
    nest.open[0] = triple ? 't' : '"';
    nest.depth = 1;
    nest.lines = 0;
    nest.last = '\0';
    while (nest.depth > 0) {
        if (at >= self->text.size) {
            return self->text.size;
        }
        char open = nest.open[nest.depth - 1];
        at = open == '"' || open == 't' ? pass_string_text(self, &nest, at) : pass_interpolation(self, &nest, at);
    }
    return at;
}

/* Where a triple string that opens before `at` is closed, interpolations aside; false when nothing closes it. */
static bool triple_ends(struct reader *self, size_t at) {
    while (!self->no_triple_ends && at < self->text.size) {
        at = str_find(self->text, '"', at);
        if (starts_with(self, at, STR("\"\"\"")) && self->text.data[at - 1] != '\\') {
            return true;
        }
        at++;
    }
    self->no_triple_ends = true;
    return false;
}

static size_t pass_double_quote(struct reader *self, size_t at) {
    bool raw = at > 0 && self->text.data[at - 1] == 'r' && (at < 2 || !is_name_byte(self->text.data[at - 2]));
    if (raw) {
        size_t end = str_find(self->text, '"', at + 1);
        return end < self->text.size ? end + 1 : line_end(self, at);
    }
    if (starts_with(self, at, STR("\"\"\""))) {
        return triple_ends(self, at + 3) ? pass_string(self, at + 3, true) : pass_string(self, at + 3, false);
    }
    return pass_string(self, at + 1, false);
}

/* A quote that its line does not close again is an apostrophe in markup. */
static size_t pass_single_quote(const struct reader *self, size_t at) {
    if (at > 0 && is_name_byte(self->text.data[at - 1])) {
        return at + 1;
    }
    for (size_t end = at + 1; end < self->text.size && self->text.data[end] != '\n'; end++) {
        if (self->text.data[end] == '\\') {
            end++;
        } else if (self->text.data[end] == '\'') {
            return end + 1;
        }
    }
    return at + 1;
}

/* ---- comments and regular expressions */

/* Behind the comment that opens at `at`, of which each nested one has its own closer; of one that is never closed, its line's
 * end. */
static size_t pass_block_comment(struct reader *self, size_t at) {
    size_t end = at + 2;
    for (unsigned depth = 1; depth > 0;) {
        size_t stop = end;
        while (stop < self->text.size && self->text.data[stop] != '*' && self->text.data[stop] != '/') {
            stop++;
        }
        uint64_t passed = stop + 1 - end;
        if (stop >= self->text.size || self->budget < passed) {
            self->budget -= self->budget < passed ? self->budget : passed;
            return line_end(self, at);
        }
        self->budget -= passed;
        end = stop + 1;
        if (self->text.data[stop] == '*' && byte_at(self, end) == '/') {
            depth--;
            end++;
        } else if (self->text.data[stop] == '/' && byte_at(self, end) == '*') {
            depth++;
            end++;
        }
    }
    return end;
}

/* May a value begin here, so that a slash is a regular expression's? */
static bool value_may_begin(const struct reader *self) {
    static const struct str words[] = {STR_INIT("return"), STR_INIT("and"), STR_INIT("or"), STR_INIT("not"),
                                       STR_INIT("in"),     STR_INIT("is"),  STR_INIT("if"), STR_INIT("match")};
    if (self->last == NOWHERE || !self->in_line) {
        return true;
    }
    char byte = self->text.data[self->last];
    if (is_name_byte(byte)) {
        return is_word_of(word_before(self->text, self->last + 1), words, sizeof words / sizeof *words);
    }
    return is_one_of(byte, "([{,;:=!&|?+-*%^~>");
}

/* At a slash that begins no comment. */
static size_t pass_slash(const struct reader *self, size_t at) {
    if (!value_may_begin(self) || byte_at(self, at + 1) == '>') {
        return at + 1;
    }
    bool in_class = false;
    for (size_t end = at + 1; end < self->text.size && self->text.data[end] != '\n'; end++) {
        char byte = self->text.data[end];
        if (byte == '\\') {
            end++;
        } else if (byte == '[' || byte == ']') {
            in_class = byte == '[';
        } else if (byte == '/' && !in_class) {
            return end + 1;
        }
    }
    return at + 1;
}

/* ---- lines */

/* Does what is on the lines before want something to follow? */
static bool last_goes_on(const struct reader *self) {
    static const struct str words[] = {STR_INIT("and"), STR_INIT("or"), STR_INIT("not"), STR_INIT("in"), STR_INIT("is")};
    if (self->last == NOWHERE) {
        return false;
    }
    char byte = self->text.data[self->last];
    if (byte == '>') {
        return self->last > 0 && is_one_of(self->text.data[self->last - 1], "=|");
    }
    if (is_name_byte(byte)) {
        return is_word_of(word_before(self->text, self->last + 1), words, sizeof words / sizeof *words);
    }
    return is_one_of(byte, ",=+-*%|&^?:");
}

static bool first_goes_on(const struct reader *self, size_t at) {
    static const struct str starts[] = {STR_INIT("."), STR_INIT("?."), STR_INIT("|"),    STR_INIT("&"),
                                        STR_INIT("+"), STR_INIT("??"), STR_INIT("and "), STR_INIT("or ")};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (starts_with(self, at, starts[i])) {
            return true;
        }
    }
    return false;
}

static uint32_t column_of(const struct reader *self, size_t at) {
    uint32_t column = 0;
    for (size_t start = self->line_start; start < at; start++) {
        column = self->text.data[start] == '\t' ? (column / TAB_COLUMNS + 1) * TAB_COLUMNS : column + 1;
    }
    return column;
}

static struct bracket_line *current(const struct reader *self) {
    return &self->out->lines.items[self->out->lines.count - 1];
}

/* At the first byte of a line that is no blank. */
static void begin_line(struct reader *self, size_t at) {
    uint32_t column = column_of(self, at);
    bool closes = is_one_of(self->text.data[at], ")]}");
    struct bracket_line line = {
        .start = u32_from_size(at),
        .code_end = u32_from_size(at),
        .column = column,
        .statement = column,
        .first_bracket = self->out->list.count,
        .comment = true,
        .closes = closes,
    };
    if (self->last_statement < column && !closes && (last_goes_on(self) || first_goes_on(self, at))) {
        line.statement = self->last_statement;
    }
    vec_push(self->arena, &self->out->lines, line);
    self->in_line = true;
    self->only_closers = true;
}

static void end_line(struct reader *self, size_t at) {
    if (self->in_line) {
        current(self)->end = u32_from_size(at > 0 && self->text.data[at - 1] == '\r' ? at - 1 : at);
    }
    self->in_line = false;
}

/* Code from `at` to `end`. */
static void note_code(struct reader *self, size_t at, size_t end) {
    struct bracket_line *line = current(self);
    line->comment = false;
    line->code_end = u32_from_size(end);
    self->last = u32_from_size(end - 1);
    self->last_statement = line->statement;
    self->only_closers = self->only_closers && is_one_of(self->text.data[at], ")]}");
}

static size_t read_block_comment(struct reader *self, size_t at) {
    size_t end = pass_block_comment(self, at);
    size_t opener_end = line_end(self, at);
    size_t rest = at + 2;
    while (rest < opener_end && is_blank(self->text.data[rest])) {
        rest++;
    }
    bool unclosed = end == opener_end && !str_ends_with(str_slice(self->text, at + 2, end), STR("*/"));
    bool swallows = rest == opener_end && end > opener_end && !current(self)->comment;
    if (!unclosed && !swallows) {
        return end;
    }
    struct bracket_comment comment = {u32_from_size(at), u32_from_size(opener_end)};
    vec_push(self->arena, &self->out->comments, comment);
    return self->cut ? opener_end : end;
}

static void note_bracket(struct reader *self, size_t at) {
    struct bracket bracket = {u32_from_size(at), self->out->lines.count - 1, self->text.data[at], false};
    bracket.leads = self->only_closers && is_one_of(bracket.byte, ")]}");
    vec_push(self->arena, &self->out->list, bracket);
}

/* A comparison that goes on on the next line has a blank before its `<`, and no tag or closer behind it. */
static void note_angle(struct reader *self, size_t at) {
    size_t end = at + 1 + (byte_at(self, at + 1) == '/');
    size_t next = end;
    while (is_blank(byte_at(self, next))) {
        next++;
    }
    if (byte_at(self, next) != '\n') {
        return;
    }
    while (is_blank(byte_at(self, next)) || byte_at(self, next) == '\n') {
        next++;
    }
    bool alone = at > 0 && (is_blank(self->text.data[at - 1]) || self->text.data[at - 1] == '\n');
    bool first = current(self)->start == at;
    if (alone && !first && end == at + 1 && !is_one_of(byte_at(self, next), "<}")) {
        return;
    }
    vec_push(self->arena, &self->out->angles, (struct bracket_angle){u32_from_size(at), u32_from_size(end - at)});
}

/* At a byte that is no blank and no line end; what to go on from. */
static size_t read_token(struct reader *self, size_t at) {
    char byte = self->text.data[at];
    size_t end = at + 1;
    switch (byte) {
    case '"':
        end = pass_double_quote(self, at);
        current(self)->in_string = self->text.data[end - 1] != '"';
        break;
    case '\'':
        end = pass_single_quote(self, at);
        break;
    case '/':
        if (byte_at(self, at + 1) == '/' && byte_at(self, at - 1) != ':') {
            return line_end(self, at);
        }
        if (byte_at(self, at + 1) == '*') {
            return read_block_comment(self, at);
        }
        end = pass_slash(self, at);
        break;
    case '<':
        note_angle(self, at);
        break;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
        note_bracket(self, at);
        break;
    default:
        while (end < self->text.size && kind_of(self->text.data[end]) == PLAIN) {
            end++;
        }
        break;
    }
    end = end < self->text.size ? end : self->text.size;
    note_code(self, at, end);
    return end;
}

static bool braces_balance(const struct brackets *brackets) {
    unsigned open = 0;
    for (unsigned i = 0; i < brackets->list.count; i++) {
        char byte = brackets->list.items[i].byte;
        if (byte == '}' && open == 0) {
            return false;
        }
        open += byte == '{';
        open -= byte == '}';
    }
    return open == 0;
}

void brackets_read(struct arena *arena, struct str text, bool cut, struct brackets *brackets) {
    struct reader self = {.arena = arena,
                          .text = text,
                          .out = brackets,
                          .cut = cut,
                          .last = NOWHERE,
                          .budget = (uint64_t)text.size * COMMENT_BUDGET};
    *brackets = (struct brackets){0};
    for (size_t at = 0; at < text.size;) {
        char byte = text.data[at];
        switch (kind_of(byte)) {
        case LINE_END:
            end_line(&self, at);
            at++;
            self.line_start = at;
            break;
        case BLANK:
            at++;
            break;
        case PLAIN:
        case TOKEN:
            if (!self.in_line) {
                begin_line(&self, at);
            }
            at = read_token(&self, at);
            break;
        }
    }
    end_line(&self, text.size);
    vec_push(arena, &brackets->lines, (struct bracket_line){.first_bracket = brackets->list.count});
    brackets->lines.count--;
    brackets->balanced = braces_balance(brackets);
}
