/* text: bytes and line starts in two blocks, freed together with the last reference. */
#include "parser/text/text.h"

#include "parser/base/hash.h"
#include "parser/base/limits.h"
#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"

#include <assert.h>
#include <string.h>

static struct text *text_allocate(size_t size) {
    assert(size <= LIMIT_FILE_BYTES);
    struct text *text = xmalloc(sizeof *text + size + 1);
    *text = (struct text){.size = u32_from_size(size)};
    atomic_init(&text->references, 1);
    text->bytes[size] = '\0';
    return text;
}

static void lines_reserve(struct text *text, uint32_t capacity) {
    if (capacity <= text->line_capacity) {
        return;
    }
    text->lines = xrealloc(text->lines, capacity * sizeof *text->lines);
    text->line_capacity = capacity;
}

static void lines_add(struct text *text, uint32_t start) {
    if (text->line_count == text->line_capacity) {
        lines_reserve(text, text->line_capacity * 2);
    }
    text->lines[text->line_count++] = start;
}

/* The offset of the next `byte` in [from, end), or end. */
static uint32_t next_byte(const struct text *text, char byte, uint32_t from, uint32_t end) {
    const char *found = from < end ? memchr(text->bytes + from, byte, end - from) : NULL;
    return found != NULL ? u32_from_size((size_t)(found - text->bytes)) : end;
}

/* Adds the lines whose line end begins in [from, end). A CR at the end looks at the byte behind it: before an LF it is no
 * line end of its own. */
static void lines_scan(struct text *text, uint32_t from, uint32_t end) {
    uint32_t lf = next_byte(text, '\n', from, end);
    uint32_t cr = next_byte(text, '\r', from, end);
    while (lf < end || cr < end) {
        if (lf < cr) {
            lines_add(text, lf + 1);
            lf = next_byte(text, '\n', lf + 1, end);
        } else {
            if (text->bytes[cr + 1] != '\n') {
                lines_add(text, cr + 1);
            }
            cr = next_byte(text, '\r', cr + 1, end);
        }
    }
}

struct text *text_create(struct str bytes) {
    struct text *text = text_allocate(bytes.size);
    if (bytes.size != 0) {
        memcpy(text->bytes, bytes.data, bytes.size);
    }
    lines_reserve(text, text->size / 32 + 8);
    lines_add(text, 0);
    lines_scan(text, 0, text->size);
    return text;
}

/* How many lines of text start at or before offset. */
static uint32_t lines_until(const struct text *text, uint32_t offset) {
    uint32_t low = 1; /* lines[0] is 0 */
    uint32_t high = text->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->lines[middle] <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct text *text_replace(const struct text *old, struct span span, struct str replacement) {
    assert(span.start <= span.end && span.end <= old->size);
    struct text *text = text_allocate(old->size - span_size(span) + replacement.size);
    uint32_t end = span.start + u32_from_size(replacement.size);
    memcpy(text->bytes, old->bytes, span.start);
    if (replacement.size != 0) {
        memcpy(text->bytes + span.start, replacement.data, replacement.size);
    }
    memcpy(text->bytes + end, old->bytes + span.end, old->size - span.end);

    /* A CR before the change may have gained or lost its LF, so its line end is looked at again. A line that starts
     * behind span.end starts behind a byte that stays, hence it stays too. */
    uint32_t from = span.start > 0 && old->bytes[span.start - 1] == '\r' ? span.start - 1 : span.start;
    uint32_t before = lines_until(old, from);
    uint32_t behind = lines_until(old, span.end);
    uint32_t after = old->line_count - behind;
    lines_reserve(text, before + after + u32_from_size(replacement.size / 32) + 8);
    memcpy(text->lines, old->lines, before * sizeof *text->lines);
    text->line_count = before;
    lines_scan(text, from, end);
    lines_reserve(text, text->line_count + after);
    for (uint32_t i = 0; i < after; i++) {
        text->lines[text->line_count + i] = old->lines[behind + i] - span.end + end;
    }
    text->line_count += after;
    return text;
}

struct text *text_ref(struct text *text) {
    atomic_fetch_add_explicit(&text->references, 1, memory_order_relaxed);
    return text;
}

void text_unref(struct text *text) {
    if (text == NULL || atomic_fetch_sub_explicit(&text->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    xfree(text->lines);
    xfree(text);
}

uint32_t text_line_of(const struct text *text, uint32_t offset) { return lines_until(text, offset) - 1; }

struct span text_line(const struct text *text, uint32_t line) {
    if (line >= text->line_count) {
        return (struct span){text->size, text->size};
    }
    uint32_t start = text->lines[line];
    if (line + 1 == text->line_count) {
        return (struct span){start, text->size};
    }
    uint32_t end = text->lines[line + 1] - 1;
    if (end > start && text->bytes[end] == '\n' && text->bytes[end - 1] == '\r') {
        end--;
    }
    return (struct span){start, end};
}

uint64_t text_hash(const struct text *text) { return hash_bytes(HASH_SEED, text_str(text)); }

size_t text_memory(const struct text *text) {
    return sizeof *text + text->size + 1 + text->line_capacity * sizeof *text->lines;
}
