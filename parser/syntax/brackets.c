/* brackets: one pass over the bytes, with a look ahead where a string or a comment may not end. */
#include "parser/syntax/brackets.h"

#include "parser/base/narrow.h"

#include <string.h>

enum {
    TAB_COLUMNS = 4,
    STRING_LINES = 40,  /* how far a string or an interpolation is looked after, as in the scanner of the grammar */
    NESTED = 64,        /* of strings and braces in interpolations */
    MARKUP_BYTES = 2000, /* how far above its closing tag an element is looked for */
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
    bool broke;          /* the last string should have ended on its line */
};

#define NOWHERE UINT32_MAX

/* Bytes that are more than a part of some word or operator. */
enum byte_kind { PLAIN, BLANK, LINE_END, TOKEN };

static const unsigned char byte_kinds[256] = {
    [' '] = BLANK, ['\t'] = BLANK, ['\r'] = BLANK, ['\n'] = LINE_END, ['"'] = TOKEN, ['\''] = TOKEN, ['/'] = TOKEN,
    ['<'] = TOKEN, ['('] = TOKEN,  [')'] = TOKEN,  ['['] = TOKEN,     [']'] = TOKEN, ['{'] = TOKEN,  ['}'] = TOKEN,
    ['`'] = TOKEN, [';'] = TOKEN,
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

static struct bracket_line *current(const struct reader *self) {
    return &self->out->lines.items[self->out->lines.count - 1];
}

/* Does the line end here, but for blanks? */
static bool is_tail(const struct reader *self, size_t at) {
    while (is_blank(byte_at(self, at))) {
        at++;
    }
    return at >= self->text.size || self->text.data[at] == '\n';
}

/* The indentation of the line that begins at `start` and has its first byte that is no blank at `first`. */
static uint32_t column_at(const struct reader *self, size_t start, size_t first) {
    uint32_t column = 0;
    for (; start < first; start++) {
        column = self->text.data[start] == '\t' ? (column / TAB_COLUMNS + 1) * TAB_COLUMNS : column + 1;
    }
    return column;
}

static void add_repair(struct reader *self, enum repair_kind kind, size_t offset, uint32_t removed) {
    struct repair repair = {.kind = kind, .offset = u32_from_size(offset), .removed = removed};
    vec_push(self->arena, &self->out->repairs, repair);
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
    size_t opener;     /* of the innermost interpolation of a triple string */
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
        nest->opener = at;
        nest->last = '{';
        return at + 1;
    }
    if (byte == '"' && (!triple || starts_with(self, at, STR("\"\"\"")))) {
        nest_pop(nest);
        return at + (triple ? 3 : 1);
    }
    if (byte == '\n' && !triple && !string_goes_on(self, at + 1, '"')) {
        nest->depth = 0;
        nest->last = '\n';
        return at;
    }
    do {
        at++;
    } while (at < self->text.size && !string_stops[(unsigned char)self->text.data[at]]);
    return at;
}

/* At a line end in an interpolation; what to go on from. */
static size_t pass_interpolation_line_end(struct reader *self, struct nest *nest, size_t at) {
    char open = nest->open[nest->depth - 1];
    if (open == 'i' && nest->open[nest->depth - 2] == 't') { /* text after all */
        add_repair(self, REPAIR_STRAY_TOKEN, nest->opener, 1);
        nest->depth--;
        return nest->opener + 1;
    }
    if (open == 'i' || ++nest->lines > STRING_LINES) {
        nest->depth = 0;
        nest->last = '\n';
        return at;
    }
    return at + 1;
}

/* In an interpolation; what to go on from. */
static size_t pass_interpolation(struct reader *self, struct nest *nest, size_t at) {
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
        return pass_interpolation_line_end(self, nest, at);
    }
    if (is_one_of(byte, "([{") && nest->depth < NESTED) {
        nest->open[nest->depth++] = byte;
    } else if (is_one_of(byte, ")]}") && (byte == '}' || open != 'i')) {
        nest->depth--;
    }
    if (!is_blank(byte)) {
        nest->last = byte;
    }
    return at + 1;
}

static size_t start_of_line(const struct reader *self, size_t at) {
    while (at > 0 && self->text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* The first byte of the line that is no blank. */
static size_t first_of_line(const struct reader *self, size_t at) {
    at = start_of_line(self, at);
    while (is_blank(byte_at(self, at))) {
        at++;
    }
    return at;
}

/* The end of the last line from that of `at` on below which a line is indented as `column` or less. */
static size_t end_of_indented(const struct reader *self, size_t at, size_t stop, uint32_t column) {
    size_t end = line_end(self, at);
    for (size_t next = end; next < stop; next = line_end(self, next + 1)) {
        size_t first = first_of_line(self, next + 1);
        if (byte_at(self, first) != '\n' && column_at(self, next + 1, first) <= column) {
            break;
        }
        end = line_end(self, next + 1);
    }
    return end;
}

static struct str line_of_quote(char quote, uint32_t size) {
    return size == 3 ? STR("\n\"\"\"") : quote == '"' ? STR("\n\"") : STR("\n'");
}

/* Forgets the repairs at or behind an offset: what they were made in is something else. */
static void drop_repairs(struct reader *self, uint32_t offset) {
    unsigned *count = &self->out->repairs.count;
    while (*count > 0 && self->out->repairs.items[*count - 1].offset >= offset) {
        --*count;
    }
}

/* A string opened at `opener` whose closing quote, of `size` bytes, ends at `end`. When it goes over several lines and that
 * quote looks as if it began another string, the string has ended before: what to go on from. */
static size_t end_of_string(struct reader *self, size_t opener, size_t end, uint32_t size) {
    size_t first = end <= self->text.size ? first_of_line(self, end - size) : 0;
    if (first <= opener) {
        return end;
    }
    size_t before = end - size;
    while (before > first && is_blank(self->text.data[before - 1])) {
        before--;
    }
    uint32_t column = current(self)->column;
    bool begins = before > first && is_one_of(self->text.data[before - 1], "=([,:") &&
                  column_at(self, start_of_line(self, first), first) <= column;
    if (!begins) {
        return end;
    }
    bool indented = size == 3 || self->text.data[opener] == '\'';
    size_t place = indented ? end_of_indented(self, opener, first, column) : line_end(self, opener);
    struct repair repair = {.kind = REPAIR_QUOTE,
                            .offset = u32_from_size(place),
                            .inserted = line_of_quote(self->text.data[opener], size),
                            .opener = u32_from_size(opener)};
    drop_repairs(self, repair.offset);
    vec_push(self->arena, &self->out->repairs, repair);
    return place;
}

/* A string opened at `opener` with text from `at` on: behind it, or at the end of the line that it should have ended on. */
static size_t pass_string(struct reader *self, size_t opener, size_t at, bool triple) {
    struct nest nest;
    nest.open[0] = triple ? 't' : '"';
    nest.depth = 1;
    nest.opener = opener;
    self->broke = false;
    nest.lines = 0;
    nest.last = '\0';
    while (nest.depth > 0) {
        if (at >= self->text.size) {
            return self->text.size;
        }
        char open = nest.open[nest.depth - 1];
        at = open == '"' || open == 't' ? pass_string_text(self, &nest, at) : pass_interpolation(self, &nest, at);
    }
    self->broke = nest.last != '"';
    return self->broke ? at : end_of_string(self, opener, at, triple ? 3 : 1);
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
    self->broke = false;
    bool raw = at > 0 && self->text.data[at - 1] == 'r' && (at < 2 || !is_name_byte(byte_at(self, at - 2)));
    if (raw) {
        size_t end = str_find(self->text, '"', at + 1);
        return end < self->text.size ? end + 1 : line_end(self, at);
    }
    if (starts_with(self, at, STR("\"\"\""))) {
        return pass_string(self, at, at + 3, triple_ends(self, at + 3));
    }
    return pass_string(self, at, at + 1, false);
}

/* A quote that its line does not close again is an apostrophe in markup, unless a value is wanted. */
static size_t pass_single_quote(struct reader *self, size_t at) {
    if (at > 0 && is_name_byte(self->text.data[at - 1])) {
        return at + 1;
    }
    bool wanted = self->last != NOWHERE && is_one_of(self->text.data[self->last], "=([,:");
    for (size_t end = at + 1; end < self->text.size; end++) {
        char byte = self->text.data[end];
        if (byte == '\\') {
            end++;
        } else if (byte == '\'') {
            return end_of_string(self, at, end + 1, 1);
        } else if (byte == '\n' && !(wanted && string_goes_on(self, end + 1, '\''))) {
            return at + 1;
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

/* At the first byte of a line that is no blank. */
static void begin_line(struct reader *self, size_t at) {
    uint32_t column = column_at(self, self->line_start, at);
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
    bool unclosed = end == opener_end && !str_ends_with(str_slice(self->text, at + 2, end), STR("*/"));
    bool swallows = is_tail(self, at + 2) && end > opener_end && !current(self)->comment;
    if (!unclosed && !swallows) {
        return end;
    }
    struct repair repair = {.kind = REPAIR_COMMENT,
                            .offset = u32_from_size(opener_end),
                            .inserted = STR("*/"),
                            .opener = u32_from_size(at)};
    vec_push(self->arena, &self->out->repairs, repair);
    return opener_end;
}

static void note_bracket(struct reader *self, size_t at) {
    struct bracket bracket = {u32_from_size(at), self->out->lines.count - 1, self->text.data[at], false};
    bracket.leads = self->only_closers && is_one_of(bracket.byte, ")]}");
    vec_push(self->arena, &self->out->list, bracket);
}

/* ---- what stands at the end of a line and cannot stand there */

/* `<` or `</`. A comparison that goes on on the next line has a blank before its `<`, and no tag or closer behind it. */
static uint32_t stray_angle(const struct reader *self, size_t at) {
    uint32_t size = byte_at(self, at + 1) == '/' ? 2 : 1;
    size_t next = at + size;
    if (!is_tail(self, next)) {
        return 0;
    }
    while (is_blank(byte_at(self, next)) || byte_at(self, next) == '\n') {
        next++;
    }
    bool comparison = at > current(self)->start && is_blank(self->text.data[at - 1]) && size == 1;
    return comparison && !is_one_of(byte_at(self, next), "<}") ? 0 : size;
}

/* Is a tag of this name opened above and not closed there? */
static bool tag_is_open(const struct reader *self, size_t at, struct str name) {
    size_t far = at > MARKUP_BYTES ? at - MARKUP_BYTES : 0;
    unsigned closed = 1;
    for (size_t before = at; before > far && closed > 0; before--) {
        bool closes = self->text.data[before] == '/' && self->text.data[before - 1] == '<';
        bool opens = self->text.data[before] == '<';
        if ((closes || opens) && starts_with(self, before + 1, name)) {
            closed += closes;
            closed -= opens;
        }
    }
    return closed == 0;
}

/* `</name>` where no markup can be. */
static uint32_t stray_tag(const struct reader *self, size_t at) {
    size_t end = at + 2;
    while (is_name_byte(byte_at(self, end))) {
        end++;
    }
    bool whole = byte_at(self, at + 1) == '/' && byte_at(self, end) == '>' && is_tail(self, end + 1);
    if (!whole || at == current(self)->start) {
        return 0;
    }
    bool stray = is_one_of(self->text.data[at - 1], "{,;") ||
                 !tag_is_open(self, at, str_slice(self->text, at + 2, end));
    return stray ? u32_from_size(end + 1 - at) : 0;
}

/* A quote behind code, or alone on its line where nothing wants a value. */
static uint32_t stray_quote(const struct reader *self, size_t at) {
    uint32_t size = starts_with(self, at, STR("\"\"\"")) ? 3 : 1;
    if (!is_tail(self, at + size)) {
        return 0;
    }
    if (at == current(self)->start) {
        bool wanted = self->last == NOWHERE || is_one_of(self->text.data[self->last], "=([,:+");
        return wanted ? 0 : size;
    }
    char before = self->text.data[at - 1];
    bool prefix = (before == 'f' || before == 'r') && !is_name_byte(byte_at(self, at - 2));
    return !prefix && (is_name_byte(before) || is_one_of(before, ")]}{,;\"'>")) ? size : 0;
}

/* Is `<name` all that stands before `at` on the line? */
static bool is_bare_tag(const struct reader *self, size_t at) {
    size_t end = current(self)->start + 1;
    while (end < at && (is_name_byte(self->text.data[end]) || is_one_of(self->text.data[end], "-."))) {
        end++;
    }
    return self->text.data[current(self)->start] == '<' && end == at && end > current(self)->start + 1;
}

/* The size of the token at `at` when it is one too many, or 0. */
static uint32_t stray_size(const struct reader *self, size_t at) {
    switch (self->text.data[at]) {
    case '<': {
        uint32_t size = stray_angle(self, at);
        return size != 0 ? size : stray_tag(self, at);
    }
    case '"':
    case '\'':
        return stray_quote(self, at);
    case '`':
        return at > current(self)->start && is_tail(self, at + 1) && !is_blank(self->text.data[at - 1]) &&
               str_find(self->text, '`', current(self)->start) == at;
    case '(':
    case ')':
        return is_tail(self, at + 1) && is_bare_tag(self, at);
    case ';':
        if (is_tail(self, at + 1) && is_bare_tag(self, at)) {
            return 1;
        }
        return at > current(self)->start && is_tail(self, at + 1) && is_one_of(self->text.data[at - 1], "{([,");
    default:
        return 0;
    }
}

/* A quote alone on its line closes the lines above that are indented deeper: what opened them is missing. Makes one string
 * of them; false when there are none. */
static bool reopen_string(struct reader *self, size_t at, uint32_t size) {
    char quote = self->text.data[at];
    unsigned own = self->out->lines.count - 1;
    unsigned first = own;
    while (first > 0 && self->out->lines.items[first - 1].column > current(self)->column) {
        first--;
    }
    if (at != current(self)->start || first == own || first == 0 || (quote != '"' && quote != '\'')) {
        return false;
    }
    struct repair repair = {.kind = REPAIR_QUOTE,
                            .offset = self->out->lines.items[first - 1].end,
                            .inserted = line_of_quote(quote, size),
                            .opener = u32_from_size(at)};
    self->out->list.count = self->out->lines.items[first].first_bracket;
    self->out->lines.count = first;
    drop_repairs(self, repair.offset);
    vec_push(self->arena, &self->out->repairs, repair);
    return true;
}

/* At a byte that is no blank and no line end; what to go on from. */
static size_t read_token(struct reader *self, size_t at) {
    char byte = self->text.data[at];
    size_t end = at + 1;
    uint32_t stray = stray_size(self, at);
    if (stray > 0 && reopen_string(self, at, stray)) {
        note_code(self, at, at + stray);
        return at + stray;
    }
    if (stray > 0) {
        add_repair(self, REPAIR_STRAY_TOKEN, at, stray);
        return at + stray;
    }
    switch (byte) {
    case '"':
        end = pass_double_quote(self, at);
        current(self)->in_string = self->broke;
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

void brackets_read(struct arena *arena, struct str text, struct brackets *brackets) {
    struct reader self = {.arena = arena,
                          .text = text,
                          .out = brackets,
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
