/* strbuf: a growable string on the heap, for output that outlives no arena or is too large for one.
 *
 * `data` is never NULL and always ends in a NUL that `size` does not count. Every buffer has a maximum: what would pass
 * it is dropped, with all that follows until the buffer is cleared, and `overflow` is set. So input from outside cannot
 * make the process grow without bound, and what is kept is always a true beginning.
 */
#ifndef TOVA_PARSER_BASE_STRBUF_H
#define TOVA_PARSER_BASE_STRBUF_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct strbuf {
    char *data;
    size_t size, capacity, maximum;
    bool overflow;
};

/* An empty buffer that may hold at most `maximum` bytes; allocates nothing yet. */
void strbuf_init(struct strbuf *buffer, size_t maximum);

/* Releases the bytes; the buffer is as after init. */
void strbuf_finish(struct strbuf *buffer);

/* Empties the buffer and forgets an overflow, keeping its memory. */
void strbuf_clear(struct strbuf *buffer);

/* Makes room for `size` bytes more and the NUL; false, with the overflow set, when the maximum forbids it. */
bool strbuf_reserve(struct strbuf *buffer, size_t size);

/* Makes the buffer `size` bytes longer, which the caller writes at once; NULL when the maximum forbids it. */
static inline char *strbuf_extend(struct strbuf *buffer, size_t size) {
    bool fits = !buffer->overflow && size <= buffer->maximum - buffer->size && size < buffer->capacity - buffer->size;
    if (!fits && !strbuf_reserve(buffer, size)) {
        return NULL;
    }
    char *start = buffer->data + buffer->size;
    buffer->size += size;
    start[size] = '\0';
    return start;
}

static inline void strbuf_add(struct strbuf *buffer, struct str s) {
    char *start = s.size == 0 ? NULL : strbuf_extend(buffer, s.size);
    if (start != NULL) {
        memcpy(start, s.data, s.size);
    }
}

static inline void strbuf_add_c(struct strbuf *buffer, const char *text) { strbuf_add(buffer, str_from_c(text)); }

static inline void strbuf_add_byte(struct strbuf *buffer, char byte) {
    char *start = strbuf_extend(buffer, 1);
    if (start != NULL) {
        *start = byte;
    }
}

void strbuf_add_repeat(struct strbuf *buffer, char byte, size_t count);
void strbuf_add_uint(struct strbuf *buffer, uint64_t number);
void strbuf_printf(struct strbuf *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Removes the bytes [0, count) and moves the rest down; for push parsers. */
void strbuf_consume(struct strbuf *buffer, size_t count);

/* Shortens the buffer to `size` bytes, which must not be more than it has. */
void strbuf_truncate(struct strbuf *buffer, size_t size);

/* The content; borrowed until the next change. */
struct str strbuf_str(const struct strbuf *buffer);

#endif
