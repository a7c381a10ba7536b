/* repair_habits: forms of other languages that would take the rest of their line, or the block behind it, with them: loops with a
 * head in parentheses, `switch`, and bodies without braces; types are in repair_types.c. */
#include "parser/syntax/repairer.h"

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

/* ---- `for (const x of xs) {`, `for (let i = 0; i < n; i++) {` */

/* The closer of the bracket with this index on its line, or NOT_FOUND. */
static uint32_t closer_on_line(const struct repairer *self, unsigned line, unsigned first) {
    int depth = 0;
    for (unsigned i = first; i < line_at(self, line + 1)->first_bracket; i++) {
        char byte = self->brackets.list.items[i].byte;
        depth += is_opener(byte) ? 1 : -1;
        if (depth == 0) {
            return byte == ')' ? self->brackets.list.items[i].offset : NOT_FOUND;
        }
    }
    return NOT_FOUND;
}

static size_t keyword_size(struct str head) {
    static const struct str keywords[] = {STR_INIT("const "), STR_INIT("let "), STR_INIT("var ")};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (str_starts_with(head, keywords[i])) {
            return keywords[i].size;
        }
    }
    return 0;
}

/* Where ` of ` or ` in ` stands in the head of a loop, or its size. */
static size_t word_between(struct str head) {
    for (size_t i = 0; i + 4 <= head.size; i++) {
        struct str four = str_slice(head, i, i + 4);
        if (str_equal(four, STR(" of ")) || str_equal(four, STR(" in "))) {
            return i;
        }
    }
    return head.size;
}

static void judge_loop(struct repairer *self, unsigned line, uint32_t open, uint32_t close) {
    struct str head = str_slice(self->text, open + 1, close);
    size_t keyword = keyword_size(head), between = word_between(head), name_end = keyword;
    while (name_end < head.size && byte_is_word(head.data[name_end])) {
        name_end++;
    }
    bool counts = str_find(head, ';', 0) < head.size && name_end > keyword;
    if (keyword == 0 || (!counts && between == head.size) || line_at(self, line)->in_string) {
        return;
    }
    repairer_add(self, (struct repair){.kind = REPAIR_HABIT,
                                       .offset = open,
                                       .removed = 1 + u32_from_size(keyword),
                                       .opener = close});
    if (counts) {
        uint32_t rest = open + 1 + u32_from_size(name_end);
        repairer_add(self, (struct repair){
                               .kind = REPAIR_HABIT, .offset = rest, .removed = close + 1 - rest, .inserted = STR(" in nil")});
        return;
    }
    uint32_t word = open + 1 + u32_from_size(between) + 1;
    repairer_add(self, (struct repair){.kind = REPAIR_HABIT, .offset = word, .removed = 2, .inserted = STR("in")});
    repairer_add(self, (struct repair){.kind = REPAIR_HABIT, .offset = close, .removed = 1});
}

/* ---- `switch (x) { case 1: … }` */

/* The index of the bracket that closes the one with this index, or NOT_FOUND. */
static uint32_t closer_of_bracket(const struct repairer *self, unsigned first) {
    int depth = 0;
    for (unsigned i = first; i < self->brackets.list.count; i++) {
        depth += is_opener(self->brackets.list.items[i].byte) ? 1 : -1;
        if (depth == 0) {
            return self->brackets.list.items[i].byte == '}' ? i : NOT_FOUND;
        }
    }
    return NOT_FOUND;
}

/* Is something mended between two offsets? */
static bool has_repair_between(const struct repairer *self, uint32_t start, uint32_t end) {
    for (unsigned i = 0; i < self->repairs.count; i++) {
        const struct repair *repair = &self->repairs.items[i];
        if (repair->offset <= end && repair->offset + repair->removed >= start) {
            return true;
        }
    }
    return false;
}

/* Becomes a `match` of which nothing is known, since nothing in the block is a statement. Gives the index of the bracket that
 * closes it, or NOT_FOUND when nothing was mended. */
static uint32_t judge_switch(struct repairer *self, unsigned line, uint32_t close) {
    unsigned last = line_at(self, line + 1)->first_bracket - 1;
    const struct bracket *opener = &self->brackets.list.items[last];
    uint32_t start = line_at(self, line)->start;
    bool block = close != NOT_FOUND && opener->byte == '{' && opener->offset + 1 == line_at(self, line)->code_end;
    uint32_t end = block ? closer_of_bracket(self, last) : NOT_FOUND;
    uint32_t behind = end != NOT_FOUND ? self->brackets.list.items[end].offset : 0;
    if (end == NOT_FOUND || has_repair_between(self, start, behind)) {
        return NOT_FOUND;
    }
    repairer_add(self, (struct repair){.kind = REPAIR_HABIT,
                                       .offset = start,
                                       .removed = u32_from_size(strlen("switch")),
                                       .inserted = STR("match"),
                                       .opener = behind});
    repairer_add(self, (struct repair){.kind = REPAIR_HABIT,
                                       .offset = opener->offset + 1,
                                       .removed = behind - opener->offset - 1,
                                       .inserted = STR(" _ => _ ")});
    return end;
}

/* ---- `if (a) return b`, and its `else` */

/* Where the body begins of a line that is `if (…) body`; NOT_FOUND for other lines. */
static uint32_t body_behind_condition(const struct repairer *self, unsigned line) {
    static const struct str keywords[] = {STR_INIT("if"), STR_INIT("elif"), STR_INIT("else if"), STR_INIT("while")};
    uint32_t start = line_at(self, line)->start, first = line_at(self, line)->first_bracket;
    if (first == line_at(self, line + 1)->first_bracket) {
        return NOT_FOUND;
    }
    uint32_t open = self->brackets.list.items[first].offset;
    struct str before = str_trim(str_slice(self->text, start, open));
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (str_equal(before, keywords[i]) && self->text.data[open] == '(') {
            uint32_t close = closer_on_line(self, line, first);
            return close == NOT_FOUND ? NOT_FOUND : close + 1;
        }
    }
    return NOT_FOUND;
}

/* Does the line go on with what stands above it? */
static bool continues(const struct repairer *self, unsigned line) {
    static const struct str openings[] = {STR_INIT("."),  STR_INIT("?."), STR_INIT("and "), STR_INIT("or "),
                                          STR_INIT("&&"), STR_INIT("||"), STR_INIT("|>"),   STR_INIT("??")};
    bool found = false;
    if (line < line_count(self)) {
        struct str code = str_slice(self->text, line_at(self, line)->start, line_at(self, line)->code_end);
        for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
            found |= str_starts_with(code, openings[i]);
        }
    }
    return found;
}

/* Do the brackets behind offset on the line pair up, without a brace among them? */
static bool has_plain_brackets(const struct repairer *self, unsigned line, uint32_t offset) {
    int depth = 0;
    for (unsigned i = line_at(self, line)->first_bracket; i < line_at(self, line + 1)->first_bracket; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        if (bracket->offset >= offset && (bracket->byte == '{' || bracket->byte == '}')) {
            return false;
        }
        depth += bracket->offset < offset ? 0 : is_opener(bracket->byte) ? 1 : -1;
    }
    return depth == 0;
}

/* Is it one statement, which begins and ends on its line and has no body of its own? */
static bool is_short_statement(const struct repairer *self, unsigned line, uint32_t start, uint32_t end) {
    static const struct str others[] = {STR_INIT("and"), STR_INIT("or"),   STR_INIT("is"),  STR_INIT("in"),
                                        STR_INIT("not"), STR_INIT("as"),   STR_INIT("if"),  STR_INIT("elif"),
                                        STR_INIT("for"), STR_INIT("while"), STR_INIT("match"), STR_INIT("then")};
    struct str body = str_slice(self->text, start, end);
    for (size_t at = 0, word = 0; at < body.size; at = word + 1) {
        word = at;
        while (word < body.size && byte_is_word(body.data[word])) {
            word++;
        }
        struct str said = str_slice(body, at, word);
        if ((at == 0 && (said.size == 0 || str_is_one_of(said, others, sizeof others / sizeof *others))) ||
            str_equal(said, STR("else"))) {
            return false;
        }
    }
    bool ends = body.size > 0 && strchr("+-*/%=<>&|,.:?!", body.data[body.size - 1]) == NULL;
    return ends && str_find(body, ';', 0) == body.size && has_plain_brackets(self, line, start) &&
           !continues(self, next_code(self, line));
}

/* Puts braces around the body of a line without them; `follows` when the line before was such a one, so that an `else` may
 * follow. Were there any? */
static bool judge_body(struct repairer *self, unsigned line, bool follows) {
    struct str otherwise = STR("else ");
    uint32_t start = line_at(self, line)->start, end = line_at(self, line)->code_end;
    uint32_t body = body_behind_condition(self, line);
    if (body == NOT_FOUND && follows && str_starts_with(str_slice(self->text, start, end), otherwise)) {
        body = start + u32_from_size(otherwise.size);
    }
    while (body < end && is_blank(self->text.data[body])) {
        body++;
    }
    if (body >= end || line_at(self, line)->in_string || has_repair_between(self, start, end) ||
        !is_short_statement(self, line, body, end)) {
        return false;
    }
    repairer_add(self, (struct repair){.kind = REPAIR_BODY, .offset = body, .inserted = STR("{ "), .opener = end});
    repairer_add(self, (struct repair){.kind = REPAIR_BODY, .offset = end, .inserted = STR(" }")});
    return true;
}

static void judge_bodies(struct repairer *self) {
    bool follows = false;
    for (unsigned line = 0; line < line_count(self); line = next_code(self, line)) {
        follows = judge_body(self, line, follows);
    }
}

/* ---- the text */

void repairer_judge_habits(struct repairer *self) {
    for (unsigned i = 0; i + 1 < self->brackets.list.count; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        const struct bracket_line *line = line_at(self, bracket->line);
        if (bracket->byte == '[' && self->text.data[bracket->offset + 1] == ']') {
            repairer_judge_list_type(self, bracket->offset);
        } else if (bracket->byte == '(' && i == line->first_bracket) {
            struct str before = str_slice(self->text, line->start, bracket->offset);
            uint32_t close = str_equal(before, STR("for ")) || str_equal(before, STR("for"))
                                 ? closer_on_line(self, bracket->line, i)
                                 : NOT_FOUND;
            if (close != NOT_FOUND) {
                judge_loop(self, bracket->line, bracket->offset, close);
            } else if (str_equal(before, STR("switch "))) {
                uint32_t end = judge_switch(self, bracket->line, closer_on_line(self, bracket->line, i));
                i = end != NOT_FOUND ? end : i; /* what stands in it is left out */
            }
        }
    }
    judge_bodies(self);
}
