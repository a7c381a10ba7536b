/* stop: a question that long work asks now and then: "is what I make still wanted?"
 *
 * Whoever starts the work says how it is answered; the work ends early when it is, and gives back whatever it has, which nobody
 * will look at. Asking is cheap (a look at the clock, most of the time), so it may stand in a loop over symbols, statements or
 * files. NULL, and a struct without a function, never stop anything.
 */
#ifndef TOVA_PARSER_BASE_STOP_H
#define TOVA_PARSER_BASE_STOP_H

#include <stdbool.h>
#include <stddef.h>

struct stop {
    bool (*asked)(void *context);
    void *context;
};

/* Should the work end now? Once true, true for as long as the work lasts. */
static inline bool stop_asked(const struct stop *stop) {
    return stop != NULL && stop->asked != NULL && stop->asked(stop->context);
}

#endif
