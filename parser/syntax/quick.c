/* quick: an automaton with one stack, and then one walk that numbers the nodes. */
#include "parser/syntax/quick.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/guard.h"
#include "parser/syntax/quick_lexer.h"

#define FIRST_STATE ((TSStateId)1)

typedef uint32_t record_id;
#define RECORD_NONE ((record_id)0)

/* A node to be: a visible token, or what a visible rule made of others. */
struct record {
    uint32_t start, end;   /* bytes */
    record_id first, next; /* child, sibling */
    record_id up;          /* the parent; set by the walk */
    uint16_t kind;
    uint8_t field;
    bool extra; /* a comment, which no production counts */
};

/* On the stack: a token, or what a rule made of several. A hidden one is just the list of the visible ones in it. */
struct item {
    uint32_t start, end;
    record_id first, last;
    TSStateId state; /* the automaton's, above it */
    TSSymbol symbol;
    bool extra;
};

struct quick {
    const struct language *language;
    struct quick_lexer lexer;
    struct item *items;
    struct record *records;
    uint32_t depth, item_capacity;
    uint32_t record_count, record_capacity;
    uint64_t unasked; /* bytes that were looked at since the guard was asked; a token counts as one more */
};

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

/* Does what the token asks for, up to its shift; `*accepted` when it ends the file. */
static bool quick_token(struct quick *self, TSSymbol symbol, bool *accepted) {
    for (;;) {
        TSStateId state = self->items[self->depth - 1].state;
        const TSParseAction *action = quick_action(self, state, symbol);
        if (action == NULL) {
            return false;
        }
        switch ((TSParseActionType)action->type) {
        case TSParseActionTypeShift:
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

static bool quick_run(struct quick *self) {
    struct guard guard = guard_begin(u32_from_size(self->lexer.text.size));
    quick_push(self, (struct item){.state = FIRST_STATE});
    bool accepted = false;
    while (!accepted) {
        const struct item *top = &self->items[self->depth - 1];
        TSSymbol symbol = 0;
        if (!quick_lexer_next(&self->lexer, &self->language->tables, top->state, top->end, &symbol) ||
            self->lexer.malformed || is_over(self, &guard) || !quick_token(self, symbol, &accepted)) {
            return false;
        }
    }
    return true;
}

/* ---- the tree */

/* What the file consists of: the children of the file's own item, and comments around it. */
static record_id quick_top(struct quick *self) {
    struct item list = {0};
    for (uint32_t i = 1; i < self->depth; i++) {
        struct item item = self->items[i];
        if (!item.extra) {
            item.first = self->records[item.first].first;
            for (item.last = item.first; item.last != RECORD_NONE && self->records[item.last].next != RECORD_NONE;) {
                item.last = self->records[item.last].next;
            }
        }
        quick_join(self, &list, &item);
    }
    return list.first;
}

static node_id append(struct syntax_tree *tree, const struct record *record, node_id parent) {
    uint16_t kind = record->kind != NODE_NULL ? record->kind : NODE_TOKEN;
    node_id id = tree->count++;
    tree->nodes[id] = (struct node){.start = record->start,
                                    .end = record->end,
                                    .parent = parent,
                                    .next = tree->count,
                                    .kind = kind,
                                    .field = record->field};
    if (kind == NODE_MISSING || kind == NODE_UNTERMINATED) {
        for (node_id up = id; up != NODE_NONE && (tree->nodes[up].flags & NODE_HAS_ERROR) == 0;) {
            tree->nodes[up].flags |= NODE_HAS_ERROR;
            up = tree->nodes[up].parent;
        }
    }
    return id;
}

/* Numbers the records from `id` on in pre-order; a token without a field is no node. */
static void quick_walk(struct quick *self, struct syntax_tree *tree, record_id id) {
    record_id up = RECORD_NONE;
    node_id parent = NODE_ROOT;
    for (;;) {
        if (id == RECORD_NONE) {
            tree->nodes[parent].next = tree->count;
            if (up == RECORD_NONE) {
                return;
            }
            parent = tree->nodes[parent].parent;
            id = self->records[up].next;
            up = self->records[up].up;
            continue;
        }
        struct record *record = &self->records[id];
        if (record->kind == NODE_NULL && record->field == FIELD_NONE) {
            id = record->next;
            continue;
        }
        node_id node = append(tree, record, parent);
        if (record->first == RECORD_NONE) {
            id = record->next;
            continue;
        }
        record->up = up;
        up = id;
        parent = node;
        id = record->first;
    }
}

static void quick_tree(struct quick *self, struct syntax_tree *tree) {
    record_id top = quick_top(self);
    tree->nodes = xmalloc((self->record_count + 2) * sizeof *tree->nodes);
    tree->nodes[NODE_NONE] = (struct node){0};
    tree->nodes[NODE_ROOT] = (struct node){.end = text_size(tree->text), .kind = NODE_SOURCE_FILE};
    tree->count = NODE_ROOT + 1;
    quick_walk(self, tree, top);
    tree->nodes = xrealloc(tree->nodes, tree->count * sizeof *tree->nodes);
}

bool quick_parse(const struct language *language, struct quick_memo *memo, struct syntax_tree *tree) {
    struct quick self = {
        .language = language, .item_capacity = 256, .record_count = 1, .record_capacity = text_size(tree->text) / 4 + 64};
    quick_lexer_init(&self.lexer, memo, text_str(tree->text));
    self.items = xmalloc(self.item_capacity * sizeof *self.items);
    self.records = xmalloc(self.record_capacity * sizeof *self.records);
    self.records[RECORD_NONE] = (struct record){0};
    bool done = quick_run(&self);
    if (done) {
        quick_tree(&self, tree);
    }
    xfree(self.items);
    xfree(self.records);
    return done;
}
