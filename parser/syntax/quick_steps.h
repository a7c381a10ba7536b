/* quick_steps: what an automaton is to do next, as it was found in the tables before; inside parser/syntax only.
 *
 * A table has a row for each of some thousand states, 6 MB in all, of which a text uses few places, far from each other; and what
 * is there asks for the next look most often: a rule of one part that makes nothing of it leads to a state that has another
 * such rule. A step is where all that ends, for one symbol on one state in front of one token. One parser's own.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_STEPS_H
#define TOVA_PARSER_SYNTAX_QUICK_STEPS_H

#include "parser/syntax/language.h"

enum { QUICK_STEPS_BITS = 12 };

enum quick_step_kind {
    STEP_NONE,    /* the tables have no way on, or several */
    STEP_SHIFT,   /* the token is next; `result` is the state above it */
    STEP_COMMENT, /* so it is, and it counts nowhere */
    STEP_JOIN,    /* the topmost `children` become `result`, which is hidden */
    STEP_MAKE,    /* the same with one that is a node */
    STEP_ACCEPT,  /* all is read */
};

enum { SYMBOL_ON_TOP = 0 /* the end of the text, which is never made */ };

struct quick_step {
    TSStateId below;      /* asked for: on this state, */
    TSSymbol made, token; /* this symbol, and before this token */
    TSSymbol symbol;      /* what the one that was made has become before the step */
    TSStateId state;      /* above it */
    uint16_t result, production;
    uint8_t kind; /* enum quick_step_kind */
    uint8_t children;
};

struct quick_steps {
    struct quick_step steps[1u << QUICK_STEPS_BITS];
};

/* Finds in the tables what the step asks for. */
void quick_step_look_up(struct quick_step *step, const struct language *language);

/* The step when `made` was made on top of a state, and `token` comes; SYMBOL_ON_TOP: nothing was made, the state is on top. It
 * stays until the next one is asked for. The steps are used with one language only, and are zeroed in the beginning. */
static inline const struct quick_step *quick_steps_find(struct quick_steps *steps, const struct language *language,
                                                        TSStateId below, TSSymbol made, TSSymbol token) {
    uint64_t key = below | (uint64_t)made << 16 | (uint64_t)token << 32;
    struct quick_step *step = &steps->steps[key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - QUICK_STEPS_BITS)];
    if (step->below != below || step->made != made || step->token != token) {
        *step = (struct quick_step){.below = below, .made = made, .token = token};
        quick_step_look_up(step, language);
    }
    return step;
}

#endif
