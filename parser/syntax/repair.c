/* repair: first the parts of the text whose braces do not pair up, then a stack machine over their lines. */
#include "parser/syntax/repair.h"

#include "parser/base/narrow.h"
#include "parser/base/vec.h"
#include "parser/syntax/brackets.h"

#include <string.h>

enum {
    MOST_REPAIRS = 64,
    INDENTED_SHARE = 8, /* one block in so many may have content that is not indented */
};

#define NOT_FOUND UINT32_MAX

/* A line with all lines below it that are indented deeper, and the lines that close it. */
struct part {
    unsigned end;   /* the first line behind it */
    bool pairs_up;  /* its braces do */
    int delta, low; /* how much deeper its end is than its beginning, and how much its lowest point */
};

struct opener {
    uint32_t offset;
    unsigned line;
    char byte;
};

struct repairer {
    struct arena *arena;
    struct str text;
    struct brackets brackets;
    struct part *parts; /* of each line */
    VEC(struct opener) open;
    VEC(struct repair) repairs;
};

static const struct bracket_line *line_at(const struct repairer *self, unsigned line) {
    return &self->brackets.lines.items[line];
}

static unsigned line_count(const struct repairer *self) { return self->brackets.lines.count; }

/* The next line of code behind this one, or the number of lines. */
static unsigned next_code(const struct repairer *self, unsigned line) {
    do {
        line++;
    } while (line < line_count(self) && line_at(self, line)->comment);
    return line;
}

/* May a closer at this column be the one of what this line opens? */
static bool fits(const struct bracket_line *line, uint32_t column) {
    return line->statement <= column && column <= line->column;
}

/* On a line of its own, since the line before may end with a comment. */
static struct str closer_of(char opener) {
    return opener == '(' ? STR("\n)") : opener == '[' ? STR("\n]") : STR("\n}");
}

static char opener_of(char closer) { return closer == ')' ? '(' : closer == ']' ? '[' : '{'; }

/* ---- parts */

static int line_braces(const struct repairer *self, unsigned line, int *low) {
    int depth = 0;
    *low = 0;
    for (unsigned i = line_at(self, line)->first_bracket; i < line_at(self, line + 1)->first_bracket; i++) {
        char byte = self->brackets.list.items[i].byte;
        depth += (byte == '{') - (byte == '}');
        *low = depth < *low ? depth : *low;
    }
    return depth;
}

static void part_add(struct part *part, int delta, int low) {
    part->low = part->delta + low < part->low ? part->delta + low : part->low;
    part->delta += delta;
}

static void find_parts(struct repairer *self) {
    unsigned count = line_count(self);
    self->parts = arena_array(self->arena, struct part, count + 1);
    unsigned *open = arena_array(self->arena, unsigned, count + 1); /* lines whose part goes on */
    unsigned depth = 0;
    for (unsigned i = 0; i <= count; i++) {
        const struct bracket_line *line = line_at(self, i);
        if (i < count && line->comment) {
            self->parts[i] = (struct part){.end = i + 1, .pairs_up = true};
            continue;
        }
        bool closes = false;
        while (depth > 0 && !closes) {
            const struct bracket_line *top = line_at(self, open[depth - 1]);
            closes = i < count && line->closes && line->column == top->column;
            if (closes || (i < count && line->column > top->column)) {
                break;
            }
            struct part *part = &self->parts[open[--depth]];
            part->end = i;
            part->pairs_up = part->delta == 0 && part->low == 0;
            if (depth > 0) {
                part_add(&self->parts[open[depth - 1]], part->delta, part->low);
            }
        }
        int low = 0;
        int delta = i < count ? line_braces(self, i, &low) : 0;
        self->parts[i] = (struct part){.end = i + 1, .delta = delta, .low = low};
        if (closes) {
            part_add(&self->parts[open[depth - 1]], delta, low);
        } else {
            open[depth++] = i;
        }
    }
}

/* ---- repairs */

static void add_repair(struct repairer *self, struct repair repair) {
    if (self->repairs.count <= MOST_REPAIRS) {
        vec_push(self->arena, &self->repairs, repair);
    }
}

static void add_stray(struct repairer *self, enum repair_kind kind, uint32_t offset) {
    add_repair(self, (struct repair){.kind = kind, .offset = offset, .removed = 1});
}

static bool has_repair_at(const struct repairer *self, uint32_t offset) {
    for (unsigned i = 0; i < self->repairs.count; i++) {
        if (self->repairs.items[i].offset == offset && self->repairs.items[i].removed > 0) {
            return true;
        }
    }
    return false;
}

/* The end of the last line before `line` that belongs to what `opener` opens; of its own line, when that is `line`. */
static uint32_t end_before(const struct repairer *self, unsigned line, const struct opener *opener) {
    unsigned last = line - 1;
    uint32_t outer = line_at(self, opener->line)->statement;
    if (line == opener->line) {
        return line_at(self, line)->end;
    }
    while (last > opener->line && line_at(self, last)->comment && line_at(self, last)->column <= outer) {
        last--;
    }
    return line_at(self, last)->end;
}

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* The first word behind closing brackets on a line. */
static struct str first_word(const struct repairer *self, const struct bracket_line *line) {
    uint32_t start = line->start;
    while (start < line->code_end && strchr(")]} \t", self->text.data[start]) != NULL) {
        start++;
    }
    uint32_t end = start;
    while (end < line->code_end && is_word_byte(self->text.data[end])) {
        end++;
    }
    return str_slice(self->text, start, end);
}

/* Does the line begin with a word that a block belongs to? */
static bool begins_block(const struct repairer *self, const struct bracket_line *line) {
    static const struct str words[] = {
        STR_INIT("async"),     STR_INIT("browser"), STR_INIT("catch"),  STR_INIT("client"),    STR_INIT("component"),
        STR_INIT("effect"),    STR_INIT("elif"),    STR_INIT("else"),   STR_INIT("finally"),   STR_INIT("fn"),
        STR_INIT("for"),       STR_INIT("guard"),   STR_INIT("if"),     STR_INIT("impl"),      STR_INIT("interface"),
        STR_INIT("loop"),      STR_INIT("match"),   STR_INIT("model"),  STR_INIT("pub"),       STR_INIT("server"),
        STR_INIT("shared"),    STR_INIT("store"),   STR_INIT("select"), STR_INIT("trait"),     STR_INIT("try"),
        STR_INIT("type"),      STR_INIT("while"),   STR_INIT("with"),
    };
    struct str word = first_word(self, line);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* An opener without its closer at the end of a line below which nothing is indented, or one behind another opener or a
 * tag: more likely it is one too many. */
static bool is_stray_opener(const struct repairer *self, const struct opener *opener) {
    const struct bracket_line *line = line_at(self, opener->line);
    if (opener->byte != '{' || opener->offset + 1 != line->code_end || opener->offset == line->start) {
        return false;
    }
    char before = self->text.data[opener->offset - 1];
    if (before == '{' || (before == '>' && self->text.data[opener->offset - 2] != '=')) {
        return true;
    }
    unsigned next = next_code(self, opener->line);
    bool deeper = next < line_count(self) && line_at(self, next)->column > line->column;
    return !deeper && (is_word_byte(before) || strchr(")]}\"'", before) != NULL) && !begins_block(self, line);
}

/* `{` directly behind this one, which took its closer; or NOT_FOUND. */
static uint32_t doubled(const struct repairer *self, const struct opener *opener) {
    const struct bracket_line *line = line_at(self, opener->line);
    uint32_t next = opener->offset + 1;
    bool is_double = next + 1 == line->code_end && self->text.data[next] == '{' && !has_repair_at(self, next);
    return is_double ? next : NOT_FOUND;
}

/* An open bracket that has no closer before `line`. */
static void close_unclosed(struct repairer *self, unsigned line, const struct opener *opener) {
    if (is_stray_opener(self, opener)) {
        add_stray(self, REPAIR_STRAY_OPENER, opener->offset);
        return;
    }
    uint32_t second = opener->byte == '{' ? doubled(self, opener) : NOT_FOUND;
    if (second != NOT_FOUND) {
        add_stray(self, REPAIR_STRAY_OPENER, second);
        return;
    }
    add_repair(self, (struct repair){.kind = REPAIR_CLOSER,
                                     .offset = end_before(self, line, opener),
                                     .inserted = closer_of(opener->byte),
                                     .opener = opener->offset});
}

/* Closes all that is open above `depth`, if there is a brace among it: the grammar knows how to go on behind a round or a
 * square bracket that is never closed. */
static void close_down_to(struct repairer *self, unsigned depth, unsigned line) {
    bool braces = false;
    for (unsigned i = depth; i < self->open.count; i++) {
        braces = braces || self->open.items[i].byte == '{';
    }
    for (unsigned i = self->open.count; braces && i > depth; i--) {
        close_unclosed(self, line, &self->open.items[i - 1]);
    }
    self->open.count = depth;
}

/* ---- the machine */

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

/* A line that begins a block and has no brace but for attributes' values: mends it. */
static bool open_block(struct repairer *self, unsigned head, uint32_t closer) {
    const struct bracket_line *line = line_at(self, head);
    if (!begins_block(self, line)) {
        return false;
    }
    char unclosed = '\0';
    for (unsigned i = line->first_bracket; i < line_at(self, head + 1)->first_bracket; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        bool of_attribute = bracket->byte == '{' && self->text.data[bracket->offset - 1] == '=';
        i += of_attribute; /* with its closer */
        if (!of_attribute && (bracket->byte == '{' || (bracket->byte == '}' && !bracket->leads))) {
            return false;
        }
        unclosed = bracket->byte == '(' ? '(' : bracket->byte == ')' ? '\0' : unclosed;
    }
    if (unclosed != '\0') {
        add_repair(self, (struct repair){.kind = REPAIR_CLOSER, .offset = line->end, .inserted = closer_of('(')});
    }
    bool own_line = line->in_string || unclosed != '\0';
    bool guard = str_equal(first_word(self, line), STR("guard")) &&
                 !str_ends_with(str_slice(self->text, line->start, line->code_end), STR("else"));
    add_repair(self, (struct repair){.kind = REPAIR_OPENER,
                                     .offset = own_line ? line->end : line->code_end,
                                     .inserted = guard      ? STR("\nelse {")
                                                 : own_line ? STR("\n{")
                                                            : STR(" {"),
                                     .opener = closer});
    return true;
}

/* `{}` at the end of a line that the block below belongs to: its closer came too early. */
static bool reopen_block(struct repairer *self, unsigned head) {
    const struct bracket_line *line = line_at(self, head);
    uint32_t end = line->code_end;
    bool empty = end >= line->start + 2 && self->text.data[end - 1] == '}' && self->text.data[end - 2] == '{';
    if (!empty || has_repair_at(self, end - 1)) {
        return false;
    }
    add_stray(self, REPAIR_STRAY_CLOSER, end - 1);
    return true;
}

/* The size of the word behind a stray closer that goes on with what it should have closed, with the blanks before it; of `elif`
 * the `if` may stay. */
static uint32_t clause_behind(const struct repairer *self, uint32_t offset) {
    static const struct str clauses[] = {STR_INIT(" elif "), STR_INIT(" else "), STR_INIT(" catch "), STR_INIT(" finally ")};
    struct str rest = str_slice(self->text, offset + 1, self->text.size);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        if (str_starts_with(rest, clauses[i])) {
            return i == 0 ? 3 : u32_from_size(clauses[i].size - 1);
        }
    }
    return 0;
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
    if (head != NOT_FOUND && (reopen_block(self, head) || open_block(self, head, bracket->offset))) {
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
    add_repair(self, (struct repair){.kind = REPAIR_STRAY_CLOSER,
                                     .offset = bracket->offset,
                                     .removed = 1 + clause_behind(self, bracket->offset)});
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
        add_stray(self, REPAIR_STRAY_CLOSER, bracket->offset);
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
        add_stray(self, REPAIR_STRAY_CLOSER, bracket->offset);
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
        if (strchr("([{", bracket->byte) != NULL) {
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

static void judge(struct repairer *self) {
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
}

/* ---- round and square brackets */

/* An opener that a closing brace shows to be unclosed. */
static void close_round(struct repairer *self, const struct bracket *opener) {
    const struct bracket_line *line = line_at(self, opener->line);
    bool last = opener->offset + 1 == line->code_end && opener->offset > line->start;
    if (last && strchr("{,", self->text.data[opener->offset - 1]) != NULL) {
        add_stray(self, REPAIR_STRAY_TOKEN, opener->offset);
        return;
    }
    for (unsigned i = 0; i < self->repairs.count; i++) {
        if (self->repairs.items[i].kind == REPAIR_CLOSER && self->repairs.items[i].opener == opener->offset) {
            return;
        }
    }
    unsigned next = next_code(self, opener->line);
    if (next < line_count(self) && line_at(self, next)->closes && line_at(self, next)->column < line->column) {
        add_repair(self, (struct repair){.kind = REPAIR_CLOSER,
                                         .offset = line->end,
                                         .inserted = closer_of(opener->byte),
                                         .opener = opener->offset});
    }
}

/* A closer without an opener, which is no text in markup because of what stands before it. */
static void drop_round(struct repairer *self, const struct bracket *closer) {
    const struct bracket_line *line = line_at(self, closer->line);
    bool last = closer->offset + 1 == line->code_end && closer->offset > line->start;
    if (last && strchr("{,;", self->text.data[closer->offset - 1]) != NULL) {
        add_stray(self, REPAIR_STRAY_TOKEN, closer->offset);
    }
}

/* Those that do not pair up within their braces, where the line shows what they are. The grammar mends all others. */
static void judge_round_brackets(struct repairer *self) {
    VEC(unsigned) open = {0};
    for (unsigned i = 0; i < self->brackets.list.count && self->repairs.count <= MOST_REPAIRS; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        if (strchr("([{", bracket->byte) != NULL) {
            vec_push(self->arena, &open, i);
            continue;
        }
        char wanted = opener_of(bracket->byte);
        while (bracket->byte == '}' && open.count > 0 && self->brackets.list.items[open.items[open.count - 1]].byte != '{') {
            close_round(self, &self->brackets.list.items[open.items[--open.count]]);
        }
        if (open.count > 0 && self->brackets.list.items[open.items[open.count - 1]].byte == wanted) {
            open.count--;
        } else if (bracket->byte != '}') {
            drop_round(self, bracket);
        }
    }
}

/* ---- the whole */

/* Does what stands in braces over several lines stand further in, as a rule? */
static bool is_indented(const struct repairer *self) {
    unsigned deeper = 0, others = 0;
    for (unsigned i = 0; i + 1 < line_count(self); i++) {
        const struct bracket_line *line = line_at(self, i);
        unsigned next = next_code(self, i);
        if (line->comment || next == line_count(self) || self->text.data[line->code_end - 1] != '{') {
            continue;
        }
        bool is_deeper = line_at(self, next)->column > line->statement;
        deeper += is_deeper;
        others += !is_deeper && !line_at(self, next)->closes;
    }
    return deeper > 0 && others <= 1 + deeper / INDENTED_SHARE;
}

/* By insertion: few, and nearly in order. */
static void sort_repairs(struct repairer *self) {
    struct repair *items = self->repairs.items;
    for (unsigned i = 1; i < self->repairs.count; i++) {
        struct repair moved = items[i];
        unsigned at = i;
        for (; at > 0 && items[at - 1].offset > moved.offset; at--) {
            items[at] = items[at - 1];
        }
        items[at] = moved;
    }
}

unsigned repair_find(struct arena *arena, struct str text, struct repair **repairs) {
    struct repairer self = {.arena = arena, .text = text};
    brackets_read(arena, text, &self.brackets);
    for (unsigned i = 0; i < self.brackets.repairs.count; i++) {
        add_repair(&self, self.brackets.repairs.items[i]);
    }
    if (!self.brackets.balanced && is_indented(&self)) {
        find_parts(&self);
        judge(&self);
    }
    judge_round_brackets(&self);
    sort_repairs(&self);
    *repairs = self.repairs.items;
    return self.repairs.count <= MOST_REPAIRS ? self.repairs.count : 0;
}
