/* repair_braces: a stack machine over the lines of the parts whose braces do not pair up. */
#include "parser/syntax/repairer.h"

/* Closes all that is open above `depth`, if there is a brace among it: the grammar knows how to go on behind a round or a
 * square bracket that is never closed. */
static void close_down_to(struct repairer *self, unsigned depth, unsigned line) {
    bool braces = false;
    for (unsigned i = depth; i < self->open.count; i++) {
        braces = braces || self->open.items[i].byte == '{';
    }
    for (unsigned i = self->open.count; braces && i > depth; i--) {
        repairer_close(self, line, &self->open.items[i - 1]);
    }
    self->open.count = depth;
}

/* A line of code that begins with no closer: what is open on lines that are indented as deep or deeper has ended. */
static void judge_dedent(struct repairer *self, unsigned line) {
    uint32_t column = line_at(self, line)->column;
    unsigned depth = self->open.count;
    while (depth > 0 && column <= line_at(self, self->open.items[depth - 1].line)->statement) {
        depth--;
    }
    close_down_to(self, depth, line);
}

/* The topmost open brace below `depth` whose line is indented as `column`, or NOT_FOUND. */
static uint32_t find_fitting(const struct repairer *self, uint32_t depth, uint32_t column) {
    for (unsigned i = depth; i > 0; i--) {
        const struct opener *opener = &self->open.items[i - 1];
        if (opener->byte == '{' && fits(line_at(self, opener->line), column)) {
            return i - 1;
        }
    }
    return NOT_FOUND;
}

/* The topmost open brace, or NOT_FOUND. */
static uint32_t top_brace(const struct repairer *self) {
    for (unsigned i = self->open.count; i > 0; i--) {
        if (self->open.items[i - 1].byte == '{') {
            return i - 1;
        }
    }
    return NOT_FOUND;
}

/* Is there no empty line below it? */
static bool is_followed(const struct repairer *self, unsigned line) {
    struct str gap = str_slice(self->text, line_at(self, line)->end, line_at(self, line + 1)->start);
    size_t first = str_find(gap, '\n', 0);
    return str_find(gap, '\n', first + 1) >= gap.size;
}

/* The line that a closer at the beginning of `line` looks as if it belonged to: the nearest one above that is indented as
 * deep, when all between are deeper; or NOT_FOUND. */
static uint32_t line_closed_by(const struct repairer *self, unsigned line) {
    uint32_t column = line_at(self, line)->column;
    bool content = false;
    for (unsigned i = line; i > 0; i--) {
        const struct bracket_line *above = line_at(self, i - 1);
        if (above->comment && above->column > column) {
            continue;
        }
        if (above->column <= column) {
            bool is_head = content && !above->comment && above->column == column && is_followed(self, i - 1);
            return is_head ? i - 1 : NOT_FOUND;
        }
        content = true;
    }
    return NOT_FOUND;
}

/* A closing brace at the beginning of a line whose indentation fits nothing that is open. */
static void judge_unfitting(struct repairer *self, const struct bracket *bracket) {
    const struct bracket_line *line = line_at(self, bracket->line);
    uint32_t top = top_brace(self);
    const struct bracket_line *top_line = top != NOT_FOUND ? line_at(self, self->open.items[top].line) : NULL;
    if (top_line != NULL && line->column < top_line->statement) {
        self->open.count = top; /* indented less than it should be */
        return;
    }
    uint32_t head = bracket->offset == line->start ? line_closed_by(self, bracket->line) : NOT_FOUND;
    if (head != NOT_FOUND && repairer_open(self, head, bracket->offset)) {
        return;
    }
    if (top != NOT_FOUND && bracket->offset == line->start &&
        repairer_open_entry(self, bracket->line, &self->open.items[top])) {
        return;
    }
    unsigned next = next_code(self, bracket->line);
    bool ends = next == line_count(self);
    if (top_line != NULL && !ends) {
        const struct bracket_line *below = line_at(self, next);
        ends = below->column <= top_line->statement && !(below->closes && fits(top_line, below->column));
    }
    if (top_line != NULL && ends) {
        self->open.count = top; /* indented more than it should be */
        return;
    }
    repairer_add(self, (struct repair){.kind = REPAIR_STRAY_CLOSER,
                                       .offset = bracket->offset,
                                       .removed = 1 + repairer_clause_behind(self, bracket->offset)});
}

static void judge_leading(struct repairer *self, const struct bracket *bracket) {
    uint32_t fitting = find_fitting(self, self->open.count, line_at(self, bracket->line)->column);
    if (fitting == NOT_FOUND) {
        judge_unfitting(self, bracket);
        return;
    }
    close_down_to(self, fitting + 1, bracket->line);
    self->open.count = fitting;
}

/* A closing brace behind code. */
static void judge_inner(struct repairer *self, const struct bracket *bracket) {
    uint32_t top = top_brace(self);
    if (top == NOT_FOUND) {
        repairer_add_stray(self, REPAIR_STRAY_CLOSER, bracket->offset);
        return;
    }
    unsigned opener_line = self->open.items[top].line;
    unsigned next = next_code(self, bracket->line);
    bool goes_on = false;
    if (opener_line != bracket->line && next < line_count(self)) {
        const struct bracket_line *opener = line_at(self, opener_line);
        const struct bracket_line *below = line_at(self, next);
        goes_on = below->statement > opener->column;
        if (below->closes && fits(opener, below->column)) {
            goes_on = find_fitting(self, top, below->column) == NOT_FOUND;
        }
    }
    if (goes_on) {
        repairer_add_stray(self, REPAIR_STRAY_CLOSER, bracket->offset);
    } else {
        self->open.count = top;
    }
}

/* A closing parenthesis or bracket: looked after no further than to the nearest brace, unless it begins a line. */
static void judge_round(struct repairer *self, const struct bracket *bracket) {
    char wanted = opener_of(bracket->byte);
    const struct bracket_line *line = line_at(self, bracket->line);
    for (unsigned i = self->open.count; i > 0; i--) {
        const struct opener *opener = &self->open.items[i - 1];
        const struct bracket_line *opener_line = line_at(self, opener->line);
        if (opener->byte == wanted) {
            close_down_to(self, i, bracket->line);
            self->open.count = i - 1;
            return;
        }
        if (opener->byte == '{' && !(bracket->offset == line->start && line->column <= opener_line->statement)) {
            return;
        }
    }
}

static void judge_line(struct repairer *self, unsigned line) {
    if (!line_at(self, line)->closes) {
        judge_dedent(self, line);
    }
    for (unsigned i = line_at(self, line)->first_bracket; i < line_at(self, line + 1)->first_bracket; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        if (is_opener(bracket->byte)) {
            vec_push(self->arena, &self->open, (struct opener){bracket->offset, line, bracket->byte});
        } else if (bracket->byte != '}') {
            judge_round(self, bracket);
        } else if (bracket->leads) {
            judge_leading(self, bracket);
        } else {
            judge_inner(self, bracket);
        }
    }
}

/* Behind a line: what it opens with code behind it, and does not go on with on the next line, should have ended on it. */
static void judge_line_end(struct repairer *self, unsigned line) {
    unsigned depth = self->open.count;
    while (depth > 0 && self->open.items[depth - 1].line == line) {
        depth--;
    }
    unsigned next = next_code(self, line);
    if (depth == self->open.count || next == line_count(self)) {
        return;
    }
    bool opens_last = self->open.items[self->open.count - 1].offset + 1 == line_at(self, line)->code_end;
    bool goes_on = line_at(self, next)->statement < line_at(self, next)->column || line_at(self, next)->closes;
    if (!opens_last && !goes_on) {
        close_down_to(self, depth, line);
    }
}

void repairer_judge_braces(struct repairer *self) {
    for (unsigned line = 0; line < line_count(self) && self->repairs.count <= MOST_REPAIRS;) {
        if (line_at(self, line)->comment) {
            line++;
        } else if (self->parts[line].pairs_up) {
            judge_dedent(self, line);
            line = self->parts[line].end;
        } else {
            judge_line(self, line);
            judge_line_end(self, line);
            line++;
        }
    }
    close_down_to(self, 0, line_count(self));
}
