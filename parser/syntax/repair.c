/* repair: the whole, and the parts of the text whose braces do not pair up. */
#include "parser/syntax/repair.h"

#include "parser/syntax/repairer.h"

enum { INDENTED_SHARE = 8 /* one block in so many may have content that is not indented */ };

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

void repairer_add(struct repairer *self, struct repair repair) {
    if (self->repairs.count <= MOST_REPAIRS) {
        vec_push(self->arena, &self->repairs, repair);
    }
}

void repairer_add_stray(struct repairer *self, enum repair_kind kind, uint32_t offset) {
    repairer_add(self, (struct repair){.kind = kind, .offset = offset, .removed = 1});
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

/* The text with LF for each CR that ends a line by itself. */
static struct str with_line_feeds(struct arena *arena, struct str text) {
    size_t at = str_find(text, '\r', 0);
    while (at + 1 < text.size && text.data[at + 1] == '\n') {
        at = str_find(text, '\r', at + 1);
    }
    if (at >= text.size) {
        return text;
    }
    char *bytes = arena_array(arena, char, text.size);
    memcpy(bytes, text.data, text.size);
    for (; at < text.size; at = str_find(text, '\r', at + 1)) {
        bytes[at] = at + 1 < text.size && text.data[at + 1] == '\n' ? '\r' : '\n';
    }
    return (struct str){bytes, text.size};
}

/* What stands at a line end stands before all of it. */
static uint32_t before_line_end(struct str text, uint32_t offset) {
    bool between = offset > 0 && offset < text.size && text.data[offset - 1] == '\r' && text.data[offset] == '\n';
    return between ? offset - 1 : offset;
}

unsigned repair_find(struct arena *arena, struct str text, struct repair **repairs) {
    struct repairer self = {.arena = arena, .text = with_line_feeds(arena, text)};
    brackets_read(arena, self.text, &self.brackets);
    for (unsigned i = 0; i < self.brackets.repairs.count; i++) {
        repairer_add(&self, self.brackets.repairs.items[i]);
    }
    if (!self.brackets.balanced && is_indented(&self)) {
        find_parts(&self);
        repairer_judge_braces(&self);
    }
    repairer_judge_open_types(&self);
    repairer_judge_rounds(&self);
    repairer_judge_heads(&self);
    repairer_judge_styles(&self);
    repairer_judge_habits(&self);
    for (unsigned i = 0; i < self.repairs.count; i++) {
        self.repairs.items[i].offset = before_line_end(text, self.repairs.items[i].offset);
    }
    sort_repairs(&self);
    *repairs = self.repairs.items;
    return self.repairs.count <= MOST_REPAIRS ? self.repairs.count : 0;
}

bool repair_stands_in(const struct repair *repair) {
    return repair->kind == REPAIR_END && !str_equal(repair->inserted, STR(";"));
}

bool repair_equal(const struct repair *a, const struct repair *b) {
    return a->kind == b->kind && a->offset == b->offset && a->removed == b->removed && a->opener == b->opener &&
           str_equal(a->inserted, b->inserted);
}
