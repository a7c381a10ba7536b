/* brackets_strings: where strings end, with the interpolations in them and what these hold. */
#include "parser/syntax/brackets_reader.h"

enum {
    STRING_LINES = 40, /* how far a string or an interpolation is looked after, as in the scanner of the grammar */
    NESTED = 64,       /* of strings and braces in interpolations */
};

/* What ends a run of plain text in a string. */
static const bool string_stops[256] = {['"'] = true, ['\\'] = true, ['{'] = true, ['\n'] = true};

/* At a line end in a string: does the next line that has such quotes have an odd number of them? */
static bool string_goes_on(const struct brackets_reader *self, size_t at, char quote) {
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
    bool hollow;    /* the string breaks behind the brace of an interpolation of its own, in which nothing stands */
    char last;      /* the last byte in the innermost interpolation that is no blank */
};

static void nest_pop(struct nest *nest) {
    nest->depth--;
    nest->last = '"';
}

/* In the text of a string; what to go on from. */
static size_t pass_string_text(const struct brackets_reader *self, struct nest *nest, size_t at) {
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

/* At a line end in an interpolation: is it closed further down, with the end of its string behind that on the line? */
static bool interpolation_goes_on(const struct brackets_reader *self, size_t at) {
    unsigned depth = 0, quotes = 0;
    bool closed = false;
    for (unsigned lines = 0; at < self->text.size && lines < STRING_LINES; at++) {
        char byte = self->text.data[at];
        at += byte == '\\';
        quotes += byte == '"';
        lines += byte == '\n';
        if (closed && byte == '\n') {
            break;
        }
        if (closed || quotes % 2 == 1) {
            quotes -= byte == '\n' && !closed; /* a string that its line does not close */
            continue;
        }
        if (byte == '}' && depth == 0) {
            closed = true;
            quotes = 0;
        }
        depth += byte == '{';
        depth -= byte == '}' && depth > 0;
    }
    return closed && quotes % 2 == 1;
}

/* At a line end in an interpolation; what to go on from. */
static size_t pass_interpolation_line_end(struct brackets_reader *self, struct nest *nest, size_t at) {
    char open = nest->open[nest->depth - 1];
    if (open == 'i' && nest->open[nest->depth - 2] == 't') { /* text after all */
        add_repair(self, REPAIR_STRAY_TOKEN, nest->opener, 1);
        nest->depth--;
        return nest->opener + 1;
    }
    bool goes_on = open == 'i' && interpolation_goes_on(self, at);
    if ((open == 'i' && !goes_on) || ++nest->lines > STRING_LINES) {
        nest->hollow = nest->last == '{' && nest->depth == 2;
        nest->depth = 0;
        nest->last = '\n';
        return at;
    }
    return at + 1;
}

/* In an interpolation; what to go on from. */
static size_t pass_interpolation(struct brackets_reader *self, struct nest *nest, size_t at) {
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

/* Looks back to `from` at most. */
static size_t start_of_line(const struct brackets_reader *self, size_t at, size_t from) {
    while (at > from && self->text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* The first byte of the line that is no blank. */
static size_t first_of_line(const struct brackets_reader *self, size_t at, size_t from) {
    at = start_of_line(self, at, from);
    while (is_blank(byte_at(self, at))) {
        at++;
    }
    return at;
}

/* The end of the last line from that of `at` on below which a line is indented as `column` or less. */
static size_t end_of_indented(const struct brackets_reader *self, size_t at, size_t stop, uint32_t column) {
    size_t end = line_end(self, at);
    for (size_t next = end; next < stop; next = line_end(self, next + 1)) {
        size_t first = first_of_line(self, next + 1, next + 1);
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
static void drop_repairs(struct brackets_reader *self, uint32_t offset) {
    unsigned *count = &self->out->repairs.count;
    while (*count > 0 && self->out->repairs.items[*count - 1].offset >= offset) {
        --*count;
    }
}

/* A string opened at `opener` whose closing quote, of `size` bytes, ends at `end`. When it goes over several lines and that
 * quote looks as if it began another string, the string has ended before: what to go on from. */
static size_t end_of_string(struct brackets_reader *self, size_t opener, size_t end, uint32_t size) {
    size_t first = end <= self->text.size ? first_of_line(self, end - size, opener) : 0;
    if (first <= opener) {
        return end;
    }
    size_t before = end - size;
    while (before > first && is_blank(self->text.data[before - 1])) {
        before--;
    }
    uint32_t column = brackets_line(self)->column;
    bool begins = before > first && is_one_of(self->text.data[before - 1], "=([,:") &&
                  column_at(self, start_of_line(self, first, opener), first) <= column;
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
static size_t pass_string(struct brackets_reader *self, size_t opener, size_t at, bool triple) {
    struct nest nest;
    nest.open[0] = triple ? 't' : '"';
    nest.depth = 1;
    nest.opener = opener;
    self->broke = false;
    nest.lines = 0;
    nest.last = '\0';
    nest.hollow = false;
    while (nest.depth > 0) {
        if (at >= self->text.size) {
            return self->text.size;
        }
        char open = nest.open[nest.depth - 1];
        at = open == '"' || open == 't' ? pass_string_text(self, &nest, at) : pass_interpolation(self, &nest, at);
    }
    self->broke = nest.last != '"';
    if (nest.hollow) { /* the scanner would go on with the lines below */
        struct repair repair = {.kind = REPAIR_QUOTE,
                                .offset = u32_from_size(nest.opener + 1),
                                .inserted = STR("}\""),
                                .opener = u32_from_size(opener)};
        vec_push(self->arena, &self->out->repairs, repair);
    }
    return self->broke ? at : end_of_string(self, opener, at, triple ? 3 : 1);
}

/* Where a triple string that opens before `at` is closed, interpolations aside; false when nothing closes it. */
static bool triple_ends(struct brackets_reader *self, size_t at) {
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

size_t brackets_pass_double_quote(struct brackets_reader *self, size_t at) {
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
size_t brackets_pass_single_quote(struct brackets_reader *self, size_t at) {
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

/* A quote alone on its line closes the lines above that are indented deeper: what opened them is missing. Makes one string
 * of them; false when there are none. */
bool brackets_reopen_string(struct brackets_reader *self, size_t at, uint32_t size) {
    char quote = self->text.data[at];
    unsigned own = self->out->lines.count - 1;
    unsigned first = own;
    while (first > 0 && self->out->lines.items[first - 1].column > brackets_line(self)->column) {
        first--;
    }
    if (at != brackets_line(self)->start || first == own || first == 0 || (quote != '"' && quote != '\'')) {
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
