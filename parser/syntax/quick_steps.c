/* quick_steps: the rows of the tables. */
#include "parser/syntax/quick_steps.h"

static uint16_t row_of(const struct language *language, TSStateId state, TSSymbol symbol) {
    const TSLanguage *tables = &language->tables;
    return tables->parse_table[state * tables->symbol_count + symbol];
}

/* The one thing to do; NULL when there is none, or when there are several, which only the library can follow. */
static const TSParseAction *only_action(const struct language *language, TSStateId state, TSSymbol token) {
    const TSParseActionEntry *entry = language->tables.parse_actions + row_of(language, state, token);
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

static bool is_visible(const struct language *language, TSSymbol symbol) {
    return language->tables.symbol_metadata[symbol].visible;
}

/* Does it only call the one symbol on top by another name, of which the tree says nothing? */
static bool renames(const struct language *language, const TSParseAction *action) {
    return action->type == TSParseActionTypeReduce && action->reduce.child_count == 1 &&
           language->named[action->reduce.production_id] == 0 && !is_visible(language, action->reduce.symbol);
}

static void take_action(struct quick_step *step, const struct language *language, const TSParseAction *action) {
    switch ((TSParseActionType)action->type) {
    case TSParseActionTypeShift:
        step->kind = action->shift.extra ? STEP_COMMENT : STEP_SHIFT;
        step->result = action->shift.state;
        break;
    case TSParseActionTypeReduce:
        step->kind = is_visible(language, action->reduce.symbol) ? STEP_MAKE : STEP_JOIN;
        step->result = action->reduce.symbol;
        step->children = action->reduce.child_count;
        step->production = action->reduce.production_id;
        break;
    case TSParseActionTypeAccept:
        step->kind = STEP_ACCEPT;
        break;
    case TSParseActionTypeRecover:
        break;
    }
}

void quick_step_look_up(struct quick_step *step, const struct language *language) {
    bool made = step->made != SYMBOL_ON_TOP;
    step->symbol = step->made;
    for (;;) {
        step->state = made ? row_of(language, step->below, step->symbol) : step->below;
        const TSParseAction *action = step->state != 0 ? only_action(language, step->state, step->token) : NULL;
        if (action == NULL) {
            return;
        }
        if (!made || !renames(language, action)) {
            take_action(step, language, action);
            return;
        }
        step->symbol = action->reduce.symbol;
    }
}
