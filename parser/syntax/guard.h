/* guard: how much time one parse may take; inside parser/syntax only.
 *
 * A stop for texts that somebody made to be slow, far above what any other needs. It counts the time that this thread
 * computes, so that a busy machine does not change an answer.
 */
#ifndef TOVA_PARSER_SYNTAX_GUARD_H
#define TOVA_PARSER_SYNTAX_GUARD_H

#include <stdbool.h>
#include <stdint.h>

struct guard {
    uint64_t end; /* microseconds of this thread */
};

/* For a text of `size` bytes, from here on. */
struct guard guard_begin(uint32_t size);

/* Microseconds that are left; 0 when the time is over. */
uint64_t guard_left(const struct guard *guard);

#endif
