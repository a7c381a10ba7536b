/* quick: an automaton with one stack. */
#include "parser/syntax/quick.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/quick_automaton.h"

static record_id quick_record(struct quick *self, struct record record) {
    if (self->record_count == self->record_capacity) {
        self->record_capacity = self->record_capacity / 2 * 3;
        self->records = xrealloc(self->records, self->record_capacity * sizeof *self->records);
    }
    self->records[self->record_count] = record;
    return self->record_count++;
}

static void quick_push(struct quick *self, struct item item) {
    if (self->depth == self->item_capacity) {
        self->item_capacity *= 2;
        self->items = xrealloc(self->items, self->item_capacity * sizeof *self->items);
    }
    self->items[self->depth++] = item;
}

static bool is_visible(const struct quick *self, TSSymbol symbol) {
    return self->language->tables.symbol_metadata[symbol].visible;
}

/* Makes a node of what is in the item. */
static void quick_enclose(struct quick *self, struct item *item, TSSymbol symbol) {
    record_id id = quick_record(self, (struct record){.start = item->start,
                                                      .end = item->end,
                                                      .first = item->first,
                                                      .kind = self->language->kinds[symbol],
                                                      .extra = item->extra});
    item->first = id;
    item->last = id;
}

static void quick_shift(struct quick *self, TSSymbol symbol, TSStateId state, bool extra) {
    struct item item = {
        .start = self->lexer.start, .end = self->lexer.end, .state = state, .symbol = symbol, .extra = extra};
    if (is_visible(self, symbol)) {
        quick_enclose(self, &item, symbol);
    }
    quick_push(self, item);
}

/* ---- reductions */

/* What the production says of its child: another name, a field. */
static void quick_name_child(struct quick *self, struct item *item, unsigned production, unsigned child) {
    TSSymbol alias = language_alias(self->language, production, child);
    if (alias != 0 && is_visible(self, item->symbol)) {
        self->records[item->first].kind = self->language->kinds[alias];
    } else if (alias != 0) {
        quick_enclose(self, item, alias);
    }
    uint8_t field = language_field(self->language, production, child);
    for (record_id id = field != FIELD_NONE ? item->first : RECORD_NONE; id != RECORD_NONE;
         id = self->records[id].next) {
        struct record *record = &self->records[id];
        if (record->field == FIELD_NONE && !record->extra) { /* else a rule further inside has named it */
            record->field = field;
        }
    }
}

static void quick_join(struct quick *self, struct item *list, const struct item *item) {
    if (item->first == RECORD_NONE) {
        return;
    }
    if (list->first == RECORD_NONE) {
        list->first = item->first;
    } else {
        self->records[list->last].next = item->first;
    }
    list->last = item->last;
}

/* The items from `begin` up to `end` become one. */
static struct item quick_combine(struct quick *self, uint32_t begin, uint32_t end, TSParseAction action) {
    struct item whole = {.symbol = action.reduce.symbol};
    if (begin < end) {
        whole.start = self->items[begin].start;
        whole.end = self->items[end - 1].end;
    }
    unsigned child = 0;
    for (uint32_t i = begin; i < end; i++) {
        struct item *item = &self->items[i];
        if (!item->extra) {
            quick_name_child(self, item, action.reduce.production_id, child++);
        }
        quick_join(self, &whole, item);
    }
    if (is_visible(self, whole.symbol)) {
        quick_enclose(self, &whole, whole.symbol);
    }
    return whole;
}

static TSStateId quick_goto(const struct quick *self, TSStateId state, TSSymbol symbol) {
    const TSLanguage *tables = &self->language->tables;
    return tables->parse_table[state * tables->symbol_count + symbol];
}

/* Most rules have one part: the levels of an expression that has no operators. The item on top becomes what the rule makes
 * of it, where it stands. */
static bool quick_rename(struct quick *self, struct item *top, TSParseAction action) {
    if (action.reduce.production_id != 0) { /* the one that names nothing */
        quick_name_child(self, top, action.reduce.production_id, 0);
    }
    top->symbol = action.reduce.symbol;
    if (is_visible(self, top->symbol)) {
        quick_enclose(self, top, top->symbol);
    }
    top->state = quick_goto(self, top[-1].state, top->symbol);
    return top->state != 0;
}

/* Comments on top of the stack stay there, above the new item; those further down are its children. */
static bool quick_reduce(struct quick *self, TSParseAction action) {
    uint32_t end = self->depth;
    if (action.reduce.child_count == 1 && !self->items[end - 1].extra) {
        return quick_rename(self, &self->items[end - 1], action);
    }
    while (action.reduce.child_count > 0 && self->items[end - 1].extra) {
        end--;
    }
    uint32_t begin = end;
    for (unsigned children = action.reduce.child_count; children > 0; begin--) {
        children -= !self->items[begin - 1].extra;
    }
    struct item whole = quick_combine(self, begin, end, action);
    whole.state = quick_goto(self, self->items[begin - 1].state, whole.symbol);
    if (action.reduce.child_count == 0) {
        whole.start = whole.end = self->items[begin - 1].end;
        quick_push(self, whole);
        return whole.state != 0;
    }
    self->items[begin] = whole;
    uint32_t behind = begin + 1;
    for (uint32_t i = end; i < self->depth; i++) {
        self->items[behind] = self->items[i];
        self->items[behind++].state = whole.state;
    }
    self->depth = behind;
    return whole.state != 0;
}

/* ---- the automaton */

/* The one thing to do; NULL when there is none, or when there are several, which only the library can follow. */
static const TSParseAction *quick_action(const struct quick *self, TSStateId state, TSSymbol symbol) {
    const TSLanguage *tables = &self->language->tables;
    const TSParseActionEntry *entry = tables->parse_actions + tables->parse_table[state * tables->symbol_count + symbol];
    const TSParseAction *only = NULL;
    for (unsigned i = 1; i <= entry->entry.count; i++) {
        const TSParseAction *action = &entry[i].action;
        if (action->type == TSParseActionTypeShift && action->shift.repetition) {
            continue; /* for reuse after an edit */
        }
        if (only != NULL) {
            return NULL;
        }
        only = action;
    }
    return only;
}

/* Is all that was read whole statements of the file, and comments? */
static bool is_at_joint(struct quick *self) {
    while (self->leading + 1 < self->depth && self->items[self->leading + 1].extra) {
        self->leading++;
    }
    uint32_t list = self->leading + 1;
    if (list >= self->depth || self->items[list].symbol != self->language->statements) {
        return false;
    }
    uint32_t behind = list + 1;
    while (behind < self->depth && self->items[behind].extra) {
        behind++;
    }
    return behind == self->depth;
}

static void quick_note_joint(struct quick *self, struct syntax_joint joint) {
    if (self->joint_count == self->joint_capacity) {
        self->joint_capacity = self->joint_capacity != 0 ? self->joint_capacity * 2 : 16;
        self->joints = xrealloc(self->joints, self->joint_capacity * sizeof *self->joints);
    }
    for (uint32_t i = self->depth - 1; i > 0 && joint.node == RECORD_NONE; i--) {
        joint.node = self->items[i].last;
    }
    self->joints[self->joint_count++] = joint;
}

/* Before the token is shifted. Is a known joint reached, so that all that comes is known too? */
static bool quick_join_known(struct quick *self, TSSymbol symbol, TSStateId state) {
    struct quick_known *known = &self->known;
    uint32_t start = self->lexer.start;
    while (known->next < known->count && known->joints[known->next].start + known->move < start) {
        known->next++;
    }
    if (known->next == known->count) {
        return false;
    }
    const struct syntax_joint *joint = &known->joints[known->next];
    return joint->start + known->move == start && joint->end + known->move == self->lexer.end &&
           joint->symbol == symbol && joint->state == state;
}

/* Does what the token asks for, up to its shift; `*accepted` when it ends the file, or what is to be read of it. */
static bool quick_token(struct quick *self, TSSymbol symbol, bool *accepted) {
    for (;;) {
        TSStateId state = self->items[self->depth - 1].state;
        const TSParseAction *action = quick_action(self, state, symbol);
        if (action == NULL) {
            return false;
        }
        switch ((TSParseActionType)action->type) {
        case TSParseActionTypeShift:
            if (is_at_joint(self)) {
                self->met = quick_join_known(self, symbol, state);
                quick_note_joint(self, (struct syntax_joint){.start = self->lexer.start,
                                                             .end = self->lexer.end,
                                                             .looked = self->looked,
                                                             .symbol = symbol,
                                                             .state = state});
                self->looked = 0;
                *accepted = self->met;
            }
            quick_shift(self, symbol, action->shift.extra ? state : action->shift.state, action->shift.extra);
            return true;
        case TSParseActionTypeReduce:
            if (!quick_reduce(self, *action)) {
                return false;
            }
            break;
        case TSParseActionTypeAccept:
            *accepted = true;
            return true;
        case TSParseActionTypeRecover:
            return false;
        }
    }
}

/* A token may be looked for far ahead, so few of them may take long. To ask for the time takes as long as some tokens do. */
static bool is_over(struct quick *self, const struct guard *guard) {
    enum { BYTES_BETWEEN = 64 * 1024 };
    self->unasked += self->lexer.read + 1;
    if (self->unasked < BYTES_BETWEEN) {
        return false;
    }
    self->unasked = 0;
    return guard_left(guard) == 0;
}

void quick_init(struct quick *self, const struct language *language, struct quick_memo *memo, struct str text,
                uint32_t bytes) {
    *self = (struct quick){.language = language,
                           .item_capacity = 256,
                           .record_count = 1,
                           .record_capacity = bytes / 4 + 64,
                           .limit = UINT32_MAX};
    quick_lexer_init(&self->lexer, memo, text);
    self->items = xmalloc(self->item_capacity * sizeof *self->items);
    self->records = xmalloc(self->record_capacity * sizeof *self->records);
    self->records[RECORD_NONE] = (struct record){0};
}

void quick_finish(struct quick *self) {
    xfree(self->items);
    xfree(self->records);
    xfree(self->joints);
}

bool quick_begin(struct quick *self, const struct syntax_joint *joint) {
    quick_push(self, (struct item){.state = FIRST_STATE});
    if (joint == NULL) {
        return true;
    }
    quick_push(self, (struct item){.start = joint->start,
                                   .end = joint->start,
                                   .state = joint->state,
                                   .symbol = self->language->statements});
    self->lexer.start = joint->start;
    self->lexer.end = joint->end;
    self->looked = joint->looked;
    bool accepted = false;
    return quick_token(self, joint->symbol, &accepted) && !accepted;
}

bool quick_run(struct quick *self) {
    struct guard guard = guard_begin(u32_from_size(self->lexer.text.size));
    bool accepted = false;
    while (!accepted) {
        const struct item *top = &self->items[self->depth - 1];
        TSSymbol symbol = 0;
        if (top->end > self->limit ||
            !quick_lexer_next(&self->lexer, &self->language->tables, top->state, top->end, &symbol) ||
            self->lexer.malformed || is_over(self, &guard)) {
            return false;
        }
        self->looked = self->lexer.looked > self->looked ? self->lexer.looked : self->looked;
        if (!quick_token(self, symbol, &accepted)) {
            return false;
        }
    }
    return true;
}
