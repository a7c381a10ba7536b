/* span: a range of bytes of one text, [start, end). */
#ifndef TOVA_PARSER_TEXT_SPAN_H
#define TOVA_PARSER_TEXT_SPAN_H

#include <stdbool.h>
#include <stdint.h>

struct span {
    uint32_t start, end; /* bytes */
};

/* In bytes. */
static inline uint32_t span_size(struct span span) { return span.end - span.start; }

/* Is offset inside the span or at its end (where a cursor still touches it)? */
static inline bool span_touches(struct span span, uint32_t offset) {
    return span.start <= offset && offset <= span.end;
}

/* Does `inner` lie within `outer`? */
static inline bool span_contains(struct span outer, struct span inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

/* The same bytes? */
static inline bool span_equal(struct span a, struct span b) { return a.start == b.start && a.end == b.end; }

#endif
