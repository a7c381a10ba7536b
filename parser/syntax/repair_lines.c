/* repair_lines: what a line with a brace too few or too many was meant to be, told by its words and by what is below it. */
#include "parser/syntax/repairer.h"

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
void repairer_close(struct repairer *self, unsigned line, const struct opener *opener) {
    if (is_stray_opener(self, opener)) {
        repairer_add_stray(self, REPAIR_STRAY_OPENER, opener->offset);
        return;
    }
    uint32_t second = opener->byte == '{' ? doubled(self, opener) : NOT_FOUND;
    if (second != NOT_FOUND) {
        repairer_add_stray(self, REPAIR_STRAY_OPENER, second);
        return;
    }
    repairer_add(self, (struct repair){.kind = REPAIR_CLOSER,
                                       .offset = end_before(self, line, opener),
                                       .inserted = closer_of(opener->byte),
                                       .opener = opener->offset});
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
        repairer_add(self, (struct repair){.kind = REPAIR_CLOSER, .offset = line->end, .inserted = closer_of('(')});
    }
    bool own_line = line->in_string || unclosed != '\0';
    bool guard = str_equal(first_word(self, line), STR("guard")) &&
                 !str_ends_with(str_slice(self->text, line->start, line->code_end), STR("else"));
    repairer_add(self, (struct repair){.kind = REPAIR_OPENER,
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
    repairer_add_stray(self, REPAIR_STRAY_CLOSER, end - 1);
    return true;
}

uint32_t repairer_clause_behind(const struct repairer *self, uint32_t offset) {
    static const struct str clauses[] = {STR_INIT(" elif "), STR_INIT(" else "), STR_INIT(" catch "), STR_INIT(" finally ")};
    struct str rest = str_slice(self->text, offset + 1, self->text.size);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        if (str_starts_with(rest, clauses[i])) {
            return i == 0 ? 3 : u32_from_size(clauses[i].size - 1);
        }
    }
    return 0;
}

bool repairer_open(struct repairer *self, unsigned head, uint32_t closer) {
    return reopen_block(self, head) || open_block(self, head, closer);
}
