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
    while (end < line->code_end && byte_is_word(self->text.data[end])) {
        end++;
    }
    return str_slice(self->text, start, end);
}

bool repairer_begins_block(const struct repairer *self, const struct bracket_line *line) {
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
    return !deeper && (byte_is_word(before) || strchr(")]}\"'", before) != NULL) && !repairer_begins_block(self, line);
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

static bool contains(struct str s, struct str part) {
    for (size_t i = 0; i + part.size <= s.size; i++) {
        if (str_starts_with(str_slice(s, i, s.size), part)) {
            return true;
        }
    }
    return false;
}

/* What a head that was cut behind its first word, or is `for name` alone, lacks in front of its block; empty when it is neither. */
static struct str rest_of_head(const struct repairer *self, const struct bracket_line *line) {
    static const struct str words[] = {STR_INIT("elif"), STR_INIT("if"), STR_INIT("match"), STR_INIT("while"),
                                       STR_INIT("with")};
    struct str word = first_word(self, line);
    struct str code = str_slice(self->text, line->start, line->code_end);
    bool bare = word.data + word.size == code.data + code.size;
    for (size_t i = 0; bare && i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i])) {
            return STR(" nil {");
        }
    }
    size_t blank = str_find(code, ' ', 0);
    bool two_words = blank < code.size && str_find(code, ' ', blank + 1) == code.size;
    bool loop = two_words && str_starts_with(code, STR("for ")) && byte_is_word(code.data[code.size - 1]);
    return bare && str_equal(word, STR("for")) ? STR(" _ in nil {") : loop ? STR(" in nil {") : STR("");
}

/* A line that begins a block and has no brace but for attributes' values: mends it. */
static bool open_block(struct repairer *self, unsigned head, uint32_t closer) {
    const struct bracket_line *line = line_at(self, head);
    if (!repairer_begins_block(self, line)) {
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
    struct str rest = rest_of_head(self, line);
    bool guard = str_equal(first_word(self, line), STR("guard")) &&
                 !str_ends_with(str_slice(self->text, line->start, line->code_end), STR("else"));
    repairer_add(self, (struct repair){.kind = REPAIR_OPENER,
                                       .offset = own_line ? line->end : line->code_end,
                                       .inserted = rest.size > 0 ? rest
                                                   : guard       ? STR("\nelse {")
                                                   : own_line    ? STR("\n{")
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

/* ---- arms and entries */

static void open_at(struct repairer *self, uint32_t offset, struct str inserted, uint32_t closer) {
    repairer_add(self,
                 (struct repair){.kind = REPAIR_OPENER, .offset = offset, .inserted = inserted, .opener = closer});
}

bool repairer_leaves_parenthesis(const struct repairer *self, unsigned line) {
    int depth = 0;
    for (unsigned i = line_at(self, line)->first_bracket; i < line_at(self, line + 1)->first_bracket; i++) {
        char byte = self->brackets.list.items[i].byte;
        depth += (byte == '(') - (byte == ')');
    }
    return depth > 0;
}

/* Completes what is left of the head of an arm, with a pattern that fits everything when nothing is. */
static void open_arm(struct repairer *self, unsigned head, bool gone, uint32_t closer) {
    const struct bracket_line *line = line_at(self, head);
    struct str code = str_slice(self->text, line->start, line->code_end);
    if (!gone && str_ends_with(code, STR("=>"))) {
        open_at(self, line->code_end, STR(" {"), closer);
    } else if (gone || contains(code, STR("=>"))) {
        open_at(self, line->end, STR("\n_ => {"), closer);
    } else if (str_ends_with(code, STR("="))) {
        open_at(self, line->code_end, STR("> {"), closer);
    } else {
        open_at(self, line->end, STR("\n=> {"), closer);
    }
}

/* The same of an entry whose value is a function. */
static void open_function_entry(struct repairer *self, unsigned head, bool gone, bool in_parentheses, uint32_t closer) {
    const struct bracket_line *line = line_at(self, head);
    struct str code = str_slice(self->text, line->start, line->code_end);
    if (gone || str_ends_with(code, STR(","))) {
        open_at(self, line->end, STR("\n_: fn() {"), closer);
    } else if (in_parentheses) {
        open_at(self, line->end, STR("\n{"), closer);
    } else if (contains(code, STR("fn("))) {
        open_at(self, line->code_end, STR(" {"), closer);
    } else if (str_ends_with(code, STR("fn"))) {
        open_at(self, line->code_end, STR("() {"), closer);
    } else {
        open_at(self, line->end, STR(",\n_: fn() {"), closer);
    }
}

/* Is the first `=` or `{` of the line an arm's arrow? */
static bool is_arm(const struct repairer *self, const struct bracket_line *line) {
    uint32_t at = line->start;
    while (at < line->code_end && self->text.data[at] != '=' && self->text.data[at] != '{') {
        at++;
    }
    return self->text.data[line->start] != '<' && at + 1 < line->code_end && self->text.data[at + 1] == '>';
}

bool repairer_open_entry(struct repairer *self, unsigned line, const struct opener *opener) {
    const struct bracket_line *closer = line_at(self, line);
    const struct bracket_line *outer = line_at(self, opener->line);
    unsigned above = line - 1;
    while (above > opener->line && (line_at(self, above)->comment || line_at(self, above)->column > closer->column)) {
        above--;
    }
    const struct bracket_line *head = line_at(self, above);
    bool gone = above == opener->line || head->closes;
    bool braces = false;
    for (unsigned i = head->first_bracket; i < line_at(self, above + 1)->first_bracket; i++) {
        braces = braces || self->brackets.list.items[i].byte == '{';
    }
    bool is_head = gone || (head->column == closer->column && !braces);
    bool inside = closer->column > outer->column && next_code(self, above) < line;
    bool match = contains(str_slice(self->text, outer->start, opener->offset), STR("match "));
    bool entry = closer->start + 1 < self->text.size && self->text.data[closer->start + 1] == ',';
    if (!is_head || !inside) {
        return false;
    }
    const struct bracket_line *first = line_at(self, next_code(self, above));
    if (!match && is_arm(self, first)) {
        open_at(self, head->end, STR("\nmatch nil {"), closer->start);
        return true;
    }
    if (!match && !entry) {
        return false;
    }
    bool in_parentheses = !gone && repairer_leaves_parenthesis(self, above);
    if (in_parentheses) {
        repairer_add(self, (struct repair){.kind = REPAIR_CLOSER, .offset = head->end, .inserted = closer_of('(')});
    }
    if (match) {
        open_arm(self, above, gone, closer->start);
    } else {
        open_function_entry(self, above, gone, in_parentheses, closer->start);
    }
    return true;
}
