/* repair_styles: styles behind markup in which a tag is open, and which would be read as its text. */
#include "parser/syntax/repairer.h"

#include "parser/base/byte.h"

/* How many more tags begin in the code than end, as far as bytes can tell. */
static int open_tags(struct str code) {
    int open = 0;
    for (size_t at = 1; at + 1 < code.size; at++) {
        char before = code.data[at - 1], byte = code.data[at], next = code.data[at + 1];
        open += byte == '<' && (byte_is_letter(next) || next == '>') && !byte_is_word(before);
        open -= (byte == '<' && next == '/') || (byte == '/' && next == '>');
    }
    return open;
}

/* The closer of what `first`, an index of brackets, opens; NOT_FOUND when there is none. */
static uint32_t closer_behind(const struct repairer *self, unsigned first) {
    int depth = 0;
    for (unsigned i = first; i < self->brackets.list.count; i++) {
        char byte = self->brackets.list.items[i].byte;
        depth += (byte == '{') - (byte == '}');
        if (depth == 0) {
            return self->brackets.list.items[i].offset;
        }
    }
    return NOT_FOUND;
}

/* The line of the component that the line stands in, by its indentation; the line itself when there is none. */
static unsigned component_of(const struct repairer *self, unsigned line) {
    unsigned head = line;
    do {
        head--;
    } while (head > 0 && (line_at(self, head)->comment || line_at(self, head)->column >= line_at(self, line)->column));
    struct str code = str_slice(self->text, line_at(self, head)->start, line_at(self, head)->code_end);
    bool component = str_starts_with(code, STR("component ")) || str_starts_with(code, STR("pub component "));
    return component ? head : line;
}

void repairer_judge_styles(struct repairer *self) {
    for (unsigned i = 1; i < line_count(self); i++) {
        const struct bracket_line *line = line_at(self, i);
        bool style =
            !line->comment && str_starts_with(str_slice(self->text, line->start, line->code_end), STR("style {"));
        unsigned head = style ? component_of(self, i) : i;
        uint32_t end = head < i ? closer_behind(self, line->first_bracket) : NOT_FOUND;
        if (end != NOT_FOUND && open_tags(str_slice(self->text, line_at(self, head)->end, line->start)) > 0) {
            repairer_add(
                self, (struct repair){.kind = REPAIR_STYLE, .offset = line->start, .removed = end + 1 - line->start});
        }
    }
}
