/* strbuf: a string on the heap that grows by doubling up to its maximum. */
#include "parser/base/strbuf.h"

#include "parser/base/xalloc.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What `data` of a buffer without memory points to; never written. */
static char no_bytes[1];

void strbuf_init(struct strbuf *buffer, size_t maximum) {
    *buffer = (struct strbuf){.data = no_bytes, .maximum = maximum};
}

void strbuf_finish(struct strbuf *buffer) {
    if (buffer->capacity != 0) {
        xfree(buffer->data);
    }
    strbuf_init(buffer, buffer->maximum);
}

void strbuf_clear(struct strbuf *buffer) {
    strbuf_truncate(buffer, 0);
    buffer->overflow = false;
}

static void grow(struct strbuf *buffer, size_t needed) {
    size_t grown = buffer->capacity < 64 ? 64 : buffer->capacity * 2;
    if (grown < needed) {
        grown = needed;
    }
    buffer->data = xrealloc(buffer->capacity != 0 ? buffer->data : NULL, grown);
    buffer->capacity = grown;
}

bool strbuf_reserve(struct strbuf *buffer, size_t size) {
    if (buffer->overflow || size > buffer->maximum - buffer->size) {
        buffer->overflow = true;
        return false;
    }
    if (buffer->size + size + 1 > buffer->capacity) {
        grow(buffer, buffer->size + size + 1);
    }
    return true;
}

void strbuf_add_repeat(struct strbuf *buffer, char byte, size_t count) {
    char *start = count == 0 ? NULL : strbuf_extend(buffer, count);
    if (start != NULL) {
        memset(start, byte, count);
    }
}

void strbuf_add_uint(struct strbuf *buffer, uint64_t number) {
    char digits[20];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    strbuf_add(buffer, (struct str){digits + start, sizeof digits - start});
}

void strbuf_printf(struct strbuf *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    assert(size >= 0);
    if (size > 0 && strbuf_reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
    va_end(arguments);
}

void strbuf_consume(struct strbuf *buffer, size_t count) {
    assert(count <= buffer->size);
    if (count == 0) {
        return;
    }
    memmove(buffer->data, buffer->data + count, buffer->size - count);
    strbuf_truncate(buffer, buffer->size - count);
}

void strbuf_truncate(struct strbuf *buffer, size_t size) {
    assert(size <= buffer->size);
    buffer->size = size;
    if (buffer->capacity != 0) {
        buffer->data[size] = '\0';
    }
}

struct str strbuf_str(const struct strbuf *buffer) {
    return (struct str){buffer->data, buffer->size};
}
