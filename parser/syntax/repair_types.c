/* repair_types: types whose brackets are not those of the language: `Name[]`, and `Name<Other` on a line that ends while somebody
 * writes it. */
#include "parser/syntax/repairer.h"

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

static bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }

/* What the text before a type in this place ends with: `:`, `->`, or what stands between types. */
static bool stands_for_type(struct str text, uint32_t start) {
    uint32_t before = start;
    while (before > 0 && is_blank(text.data[before - 1])) {
        before--;
    }
    char byte = before > 0 ? text.data[before - 1] : '\0';
    return byte == ':' || (before > 1 && byte == '>' && text.data[before - 2] == '-') ||
           (is_upper(text.data[start]) && (byte == '|' || byte == '<' || byte == ','));
}

/* Where the name begins that ends at `end`. */
static uint32_t name_start(struct str text, uint32_t end) {
    while (end > 0 && byte_is_word(text.data[end - 1])) {
        end--;
    }
    return end;
}

/* ---- `Room[]` */

enum { MOST_LEVELS = 3 };

void repairer_judge_list_type(struct repairer *self, uint32_t offset) {
    static const struct str openers[MOST_LEVELS] = {STR_INIT("["), STR_INIT("[["), STR_INIT("[[[")};
    static const struct str closers[MOST_LEVELS] = {STR_INIT("]"), STR_INIT("]]"), STR_INIT("]]]")};
    uint32_t start = name_start(self->text, offset), end = offset;
    while (str_starts_with(str_slice(self->text, end, self->text.size), STR("[]"))) {
        end += 2;
    }
    uint32_t levels = (end - offset) / 2;
    if (levels == 0 || levels > MOST_LEVELS || start == offset || !stands_for_type(self->text, start)) {
        return;
    }
    repairer_add(
        self, (struct repair){.kind = REPAIR_HABIT, .offset = start, .inserted = openers[levels - 1], .opener = end});
    repairer_add(self,
                 (struct repair){
                     .kind = REPAIR_HABIT, .offset = offset, .removed = end - offset, .inserted = closers[levels - 1]});
}

/* ---- `-> Result<Bo`, to the end of the line */

enum { MOST_DEPTH = 8 };

struct angles {
    uint32_t open[MOST_DEPTH]; /* what is open within the type, from outside */
    unsigned depth;
};

/* Where the code of the line begins on which `offset` is. */
static uint32_t code_start(struct str text, uint32_t offset) {
    while (offset > 0 && text.data[offset - 1] != '\n') {
        offset--;
    }
    while (is_blank(text.data[offset])) {
        offset++;
    }
    return offset;
}

/* Is the `<` behind the name of a type, where a type stands? A constant is all capitals, and may be compared. */
static bool opens_arguments(struct str text, uint32_t offset) {
    uint32_t first = code_start(text, offset), start = name_start(text, offset), before = start;
    while (before > first && (is_blank(text.data[before - 1]) || text.data[before - 1] == '[')) {
        before--;
    }
    bool named =
        start < offset && is_upper(text.data[start]) && !(offset - start > 1 && is_upper(text.data[start + 1]));
    struct str head = str_slice(text, first, before);
    bool alias = str_ends_with(head, STR("=")) &&
                 (str_starts_with(head, STR("type ")) || str_starts_with(head, STR("pub type ")));
    return named && (alias || (before > first && stands_for_type(text, before)));
}

/* Reads a type's arguments from the `<` at `offset` on. Gives where they end, or `end` with what is open there; beyond what a
 * type may be made of nothing is open. */
static uint32_t read_arguments(struct str text, uint32_t offset, uint32_t end, struct angles *angles) {
    angles->depth = 0;
    uint32_t at = offset;
    do {
        char byte = text.data[at];
        char opener = byte == '>' ? '<' : byte == ')' || byte == ']' || byte == '}' ? opener_of(byte) : '\0';
        bool arrow = byte == '-' && at + 1 < end && text.data[at + 1] == '>';
        if (byte == '<' || is_opener(byte)) {
            if (angles->depth == MOST_DEPTH) {
                break;
            }
            angles->open[angles->depth++] = at;
        } else if (opener != '\0') {
            if (text.data[angles->open[angles->depth - 1]] != opener) {
                break;
            }
            angles->depth--;
        } else if (!byte_is_word(byte) && !byte_is_wide(byte) && !is_blank(byte) && !arrow &&
                   strchr(",?|.:", byte) == NULL) {
            break;
        }
        at += arrow ? 2 : 1;
    } while (at < end && angles->depth > 0);
    angles->depth = at < end ? 0 : angles->depth;
    return at;
}

/* Are they angles, and square and round brackets? Braces have rules of their own. */
static bool are_plain(struct str text, const struct angles *angles) {
    bool plain = angles->depth > 0;
    for (unsigned i = 0; i < angles->depth; i++) {
        plain &= text.data[angles->open[i]] != '{';
    }
    return plain;
}

static void close_arguments(struct repairer *self, const struct bracket_line *line, const struct angles *angles) {
    for (unsigned i = angles->depth; i > 0; i--) {
        char byte = self->text.data[angles->open[i - 1]];
        repairer_add(self, (struct repair){.kind = REPAIR_CLOSER,
                                           .offset = line->code_end,
                                           .inserted = byte == '<'   ? STR(">")
                                                       : byte == '[' ? STR("]")
                                                                     : STR(")"),
                                           .opener = angles->open[i - 1]});
    }
}

static void judge_line(struct repairer *self, const struct bracket_line *line) {
    struct str code = str_slice(self->text, 0, line->code_end);
    for (size_t at = str_find(code, '<', line->start), next = 0; at < code.size; at = str_find(code, '<', next)) {
        uint32_t offset = u32_from_size(at);
        next = at + 1;
        if (opens_arguments(self->text, offset)) {
            struct angles angles;
            next = read_arguments(self->text, offset, line->code_end, &angles);
            if (are_plain(self->text, &angles)) {
                close_arguments(self, line, &angles);
            }
        }
    }
}

/* A `<` that ends its line, which was taken for one that begins no tag. */
static void judge_strays(struct repairer *self) {
    for (unsigned i = 0; i < self->repairs.count; i++) {
        struct repair *repair = &self->repairs.items[i];
        uint32_t offset = repair->offset;
        if (repair->kind == REPAIR_STRAY_TOKEN && repair->removed == 1 && self->text.data[offset] == '<' &&
            opens_arguments(self->text, offset)) {
            *repair =
                (struct repair){.kind = REPAIR_CLOSER, .offset = offset + 1, .inserted = STR(">"), .opener = offset};
        }
    }
}

void repairer_judge_open_types(struct repairer *self) {
    judge_strays(self);
    for (unsigned i = 0; i < line_count(self); i++) {
        const struct bracket_line *line = line_at(self, i);
        unsigned next = next_code(self, i);
        bool goes_on = next < line_count(self) && line_at(self, next)->column > line->column;
        if (!line->comment && !line->in_string && !goes_on) {
            judge_line(self, line);
        }
    }
}
