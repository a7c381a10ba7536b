/* brackets: one pass over the bytes, line by line. */
#include "parser/syntax/brackets.h"

#include "parser/syntax/brackets_reader.h"

enum { COMMENT_BUDGET = 4 /* times the size of the text, for block comments that are never closed */ };

/* Bytes that are more than a part of some word or operator. */
enum byte_kind { PLAIN, BLANK, LINE_END, TOKEN };

static const unsigned char byte_kinds[256] = {
    [' '] = BLANK, ['\t'] = BLANK, ['\r'] = BLANK, ['\n'] = LINE_END, ['"'] = TOKEN, ['\''] = TOKEN, ['/'] = TOKEN,
    ['<'] = TOKEN, ['('] = TOKEN,  [')'] = TOKEN,  ['['] = TOKEN,     [']'] = TOKEN, ['{'] = TOKEN,  ['}'] = TOKEN,
    ['`'] = TOKEN, [';'] = TOKEN,
};

static enum byte_kind kind_of(char byte) { return (enum byte_kind)byte_kinds[(unsigned char)byte]; }

/* ---- comments and regular expressions */

/* Behind the comment that opens at `at`, of which each nested one has its own closer; of one that is never closed, its line's
 * end. */
static size_t pass_block_comment(struct brackets_reader *self, size_t at) {
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
static bool value_may_begin(const struct brackets_reader *self) {
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
static size_t pass_slash(const struct brackets_reader *self, size_t at) {
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
static bool last_goes_on(const struct brackets_reader *self) {
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

static bool first_goes_on(const struct brackets_reader *self, size_t at) {
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
static void begin_line(struct brackets_reader *self, size_t at) {
    uint32_t column = column_at(self, self->line_start, at);
    bool closes = is_closer(self->text.data[at]);
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

static void end_line(struct brackets_reader *self, size_t at) {
    if (self->in_line) {
        brackets_line(self)->end = u32_from_size(at > 0 && self->text.data[at - 1] == '\r' ? at - 1 : at);
    }
    self->in_line = false;
}

/* Code from `at` to `end`. */
static void note_code(struct brackets_reader *self, size_t at, size_t end) {
    struct bracket_line *line = brackets_line(self);
    line->comment = false;
    line->code_end = u32_from_size(end);
    self->last = u32_from_size(end - 1);
    self->last_statement = line->statement;
    self->only_closers = self->only_closers && is_closer(self->text.data[at]);
}

static size_t read_block_comment(struct brackets_reader *self, size_t at) {
    size_t end = pass_block_comment(self, at);
    size_t opener_end = line_end(self, at);
    bool unclosed = end == opener_end && !str_ends_with(str_slice(self->text, at + 2, end), STR("*/"));
    bool swallows = is_tail(self, at + 2) && end > opener_end && !brackets_line(self)->comment;
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

static void note_bracket(struct brackets_reader *self, size_t at) {
    struct bracket bracket = {u32_from_size(at), self->out->lines.count - 1, self->text.data[at], false};
    bracket.leads = self->only_closers && is_closer(bracket.byte);
    vec_push(self->arena, &self->out->list, bracket);
}

/* ---- tokens */

/* Behind the byte at `at` and what follows it, up to the last plain byte before one that is neither plain nor blank. */
static size_t pass_plain(const struct brackets_reader *self, size_t at) {
    size_t end = ++at;
    while (at < self->text.size && kind_of(self->text.data[at]) <= BLANK) {
        bool plain = kind_of(self->text.data[at]) == PLAIN;
        at++;
        end = plain ? at : end;
    }
    return end;
}

/* At a byte that is no blank and no line end; what to go on from. */
static size_t read_token(struct brackets_reader *self, size_t at) {
    char byte = self->text.data[at];
    size_t end = at + 1;
    uint32_t stray = kind_of(byte) == TOKEN ? brackets_stray_size(self, at) : 0;
    if (stray > 0 && brackets_reopen_string(self, at, stray)) {
        note_code(self, at, at + stray);
        return at + stray;
    }
    if (stray > 0) {
        add_repair(self, REPAIR_STRAY_TOKEN, at, stray);
        return at + stray;
    }
    size_t tag_end = byte == '<' ? brackets_tag_without_end(self, at) : at;
    if (tag_end > at) {
        struct repair repair = {.kind = REPAIR_TAG,
                                .offset = u32_from_size(tag_end),
                                .inserted = STR(" />"),
                                .opener = u32_from_size(at)};
        vec_push(self->arena, &self->out->repairs, repair);
        note_code(self, at, tag_end);
        return tag_end;
    }
    switch (byte) {
    case '"':
        end = brackets_pass_double_quote(self, at);
        brackets_line(self)->in_string = self->broke;
        break;
    case '\'':
        end = brackets_pass_single_quote(self, at);
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
        end = pass_plain(self, at);
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
    struct brackets_reader self = {.arena = arena,
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
