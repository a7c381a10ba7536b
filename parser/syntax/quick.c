/* quick: an automaton with one stack. */
#include "parser/syntax/quick.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/quick_automaton.h"

/* Fields are written where they stay, one by one: what is written in small pieces must not be read in a large one soon after,
 * which would wait for the writing to be over. */

static record_id quick_record(struct quick *self, uint32_t start, uint32_t end, record_id first, uint16_t kind) {
    if (self->record_count == self->record_capacity) {
        self->record_capacity = self->record_capacity / 2 * 3;
        self->records = xrealloc(self->records, self->record_capacity * sizeof *self->records);
    }
    struct record *record = &self->records[self->record_count];
    record->start = start;
    record->end = end;
    record->first = first;
    record->next = RECORD_NONE;
    record->kind = kind;
    record->field = FIELD_NONE;
    record->extra = false;
    return self->record_count++;
}

static struct item *quick_push(struct quick *self, uint32_t start, uint32_t end) {
    if (self->depth == self->item_capacity) {
        self->item_capacity *= 2;
        self->items = xrealloc(self->items, self->item_capacity * sizeof *self->items);
    }
    struct item *item = &self->items[self->depth++];
    item->start = start;
    item->end = end;
    item->first = item->last = item->comments = RECORD_NONE;
    return item;
}

static bool is_visible(const struct quick *self, TSSymbol symbol) {
    return self->language->tables.symbol_metadata[symbol].visible;
}

/* Makes a node of what is in the item. */
static void quick_enclose(struct quick *self, struct item *item, TSSymbol symbol) {
    item->first = item->last = quick_record(self, item->start, item->end, item->first, self->language->kinds[symbol]);
}

/* A token without a name that no rule has looked at gets its record. */
static void quick_unveil(struct quick *self, struct item *item) {
    if (item->first == RECORD_NONE && is_visible(self, item->symbol)) {
        quick_enclose(self, item, item->symbol);
    }
}

/* ---- tokens */

static void quick_shift(struct quick *self, TSSymbol symbol, TSStateId state) {
    struct item *item = quick_push(self, self->lexer.start, self->lexer.end);
    item->state = state;
    item->symbol = symbol;
    self->at = item->end;
    if (self->language->kinds[symbol] != NODE_NULL || self->every) {
        quick_unveil(self, item);
    }
}

static void quick_shift_comment(struct quick *self, TSSymbol symbol) {
    self->at = self->lexer.end;
    if (!is_visible(self, symbol)) {
        return;
    }
    record_id *ring = &self->items[self->depth - 1].comments;
    record_id id = quick_record(self, self->lexer.start, self->lexer.end, RECORD_NONE, self->language->kinds[symbol]);
    struct record *record = &self->records[id];
    record->extra = true;
    record->next = id;
    if (*ring != RECORD_NONE) {
        record->next = self->records[*ring].next;
        self->records[*ring].next = id;
    }
    *ring = id;
}

/* ---- reductions */

/* What the production says of its child: another name, a field. */
static void quick_name_child(struct quick *self, struct item *item, unsigned production, unsigned child) {
    TSSymbol alias = language_alias(self->language, production, child);
    quick_unveil(self, item);
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

/* What is in the items becomes what is in the first one; comments behind the last one stay there. */
static void quick_combine(struct quick *self, struct item *items, unsigned count) {
    struct record *records = self->records;
    struct item *whole = &items[0];
    for (unsigned i = 1; i < count; i++) {
        list_append_comments(records, whole, whole->comments);
        whole->comments = items[i].comments;
        list_append(records, whole, items[i].first, items[i].last);
    }
    whole->end = items[count - 1].end;
}

/* A rule further outside may name what is in a hidden one. */
static void quick_unveil_all(struct quick *self, struct item *items, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        quick_unveil(self, &items[i]);
    }
}

/* Does what a rule says to the top of the stack, and gives the step behind that. */
static const struct quick_step *quick_reduce(struct quick *self, const struct quick_step *step, TSSymbol token) {
    struct item *items = &self->items[self->depth - step->children];
    for (unsigned named = self->language->named[step->production], child = 0; named != 0; named >>= 1, child++) {
        if ((named & 1) != 0 && child < step->children) {
            quick_name_child(self, &items[child], step->production, child);
        }
    }
    if (step->children == 0) {
        items = quick_push(self, self->at, self->at);
    } else {
        if (step->kind == STEP_JOIN) {
            quick_unveil_all(self, items, step->children);
        }
        quick_combine(self, items, step->children);
        self->depth -= step->children - 1u;
    }
    if (step->kind == STEP_MAKE) {
        quick_enclose(self, items, step->result);
    }
    step = quick_steps_find(self->steps, self->language, items[-1].state, step->result, token);
    items->symbol = step->symbol;
    items->state = step->state;
    return step;
}

/* ---- the automaton */

/* Is all that was read whole statements of the file, and comments? */
static bool is_at_joint(const struct quick *self) {
    return self->depth == 2 && self->items[1].symbol == self->language->statements;
}

static void quick_note_joint(struct quick *self, struct syntax_joint joint) {
    if (self->joint_count == self->joint_capacity) {
        self->joint_capacity *= 2;
        self->joints = xrealloc(self->joints, self->joint_capacity * sizeof *self->joints);
    }
    for (uint32_t i = self->depth; i > 0 && joint.node == RECORD_NONE; i--) {
        const struct item *item = &self->items[i - 1];
        joint.node = item->comments != RECORD_NONE ? item->comments : item->last;
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

/* The token is next. Notes the joint that it may stand at. Is all read that is to be? */
static bool quick_is_met(struct quick *self, TSSymbol token, TSStateId state) {
    if (!is_at_joint(self)) {
        return false;
    }
    self->met = quick_join_known(self, token, state);
    quick_note_joint(self, (struct syntax_joint){.start = self->lexer.start,
                                                 .end = self->lexer.end,
                                                 .looked = self->looked,
                                                 .symbol = token,
                                                 .state = state});
    self->looked = 0;
    return self->met;
}

/* Does what the token asks for, up to its shift; `*accepted` when it ends the file, or what is to be read of it. */
static bool quick_token(struct quick *self, TSSymbol token, bool *accepted) {
    TSStateId state = self->items[self->depth - 1].state;
    const struct quick_step *step = quick_steps_find(self->steps, self->language, state, SYMBOL_ON_TOP, token);
    while (step->kind == STEP_JOIN || step->kind == STEP_MAKE) {
        step = quick_reduce(self, step, token);
    }
    if (step->kind == STEP_NONE) {
        return false;
    }
    *accepted = step->kind == STEP_ACCEPT || quick_is_met(self, token, step->state);
    if (*accepted) {
        return true;
    }
    if (step->kind == STEP_SHIFT) {
        quick_shift(self, token, step->result);
    } else {
        quick_shift_comment(self, token);
    }
    return true;
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

bool quick_begin(struct quick *self, const struct syntax_joint *joint) {
    struct item *bottom = quick_push(self, 0, 0);
    bottom->state = FIRST_STATE;
    bottom->symbol = 0;
    if (joint == NULL) {
        return true;
    }
    struct item *read = quick_push(self, joint->start, joint->start);
    read->state = joint->state;
    read->symbol = self->language->statements;
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
        TSStateId state = self->items[self->depth - 1].state;
        TSSymbol symbol = 0;
        if (self->at > self->limit ||
            !quick_lexer_next(&self->lexer, &self->language->tables, state, self->at, &symbol) ||
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
