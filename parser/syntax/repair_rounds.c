/* repair_rounds: round and square brackets. */
#include "parser/syntax/repairer.h"

/* Does the line begin a statement that can be no argument? */
static bool begins_statement(const struct repairer *self, const struct bracket_line *line) {
    static const struct str words[] = {STR_INIT("computed "), STR_INIT("import "), STR_INIT("return "),
                                       STR_INIT("route "),    STR_INIT("state "),  STR_INIT("var ")};
    struct str code = str_slice(self->text, line->start, line->code_end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_starts_with(code, words[i])) {
            return true;
        }
    }
    size_t name = 0;
    while (name < code.size && byte_is_word(code.data[name])) {
        name++;
    }
    return (name > 0 && str_starts_with(str_slice(code, name, code.size), STR(" = "))) ||
           repairer_begins_block(self, line);
}

/* An opener that a closing brace, or the end of the text, shows to be unclosed. */
static void close_round(struct repairer *self, const struct bracket *opener) {
    const struct bracket_line *line = line_at(self, opener->line);
    bool last = opener->offset + 1 == line->code_end && opener->offset > line->start;
    if (last && strchr("{,", self->text.data[opener->offset - 1]) != NULL) {
        repairer_add_stray(self, REPAIR_STRAY_TOKEN, opener->offset);
        return;
    }
    for (unsigned i = 0; i < self->repairs.count; i++) {
        if (self->repairs.items[i].kind == REPAIR_CLOSER && self->repairs.items[i].opener == opener->offset) {
            return;
        }
    }
    unsigned next = next_code(self, opener->line);
    const struct bracket_line *below = line_at(self, next);
    bool typed = self->text.data[line->code_end - 1] == ':'; /* what is to come is a type (repair_heads) */
    bool ends = next < line_count(self) && ((below->closes && below->column < line->column) ||
                                            (below->column <= line->column && !typed && begins_statement(self, below)));
    if (ends) {
        repairer_add(self, (struct repair){.kind = REPAIR_CLOSER,
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
        repairer_add_stray(self, REPAIR_STRAY_TOKEN, closer->offset);
    }
}

/* Those that do not pair up within their braces, where the line shows what they are. The grammar mends all others. */
void repairer_judge_rounds(struct repairer *self) {
    VEC(unsigned) open = {0};
    for (unsigned i = 0; i < self->brackets.list.count && self->repairs.count <= MOST_REPAIRS; i++) {
        const struct bracket *bracket = &self->brackets.list.items[i];
        if (is_opener(bracket->byte)) {
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
    while (open.count > 0) {
        const struct bracket *opener = &self->brackets.list.items[open.items[--open.count]];
        if (opener->byte != '{') {
            close_round(self, opener);
        }
    }
}
