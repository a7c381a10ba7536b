/* text: the bytes of one version of a file, immutable and shared by counting references.
 *
 * An edit makes a new text. Lines end with LF, CR LF or CR (as the protocol says); the table of line starts is built once
 * with the text. Bytes are UTF-8; malformed bytes are kept as they are.
 */
#ifndef TOVA_PARSER_TEXT_TEXT_H
#define TOVA_PARSER_TEXT_TEXT_H

#include "parser/base/str.h"
#include "parser/text/span.h"

#include <stdatomic.h>
#include <stdint.h>

/* Its parts are nobody's business but of text.c and of the inline functions below. */
struct text {
    atomic_uint references;
    uint32_t size;
    uint32_t *lines; /* the byte where each line starts; lines[0] is 0 */
    uint32_t line_count, line_capacity;
    char bytes[]; /* size of them, then a NUL */
};

/* A new text with one reference, copying the bytes; size must be at most LIMIT_FILE_BYTES. */
struct text *text_create(struct str bytes);

/* The text that `old` becomes when the bytes of `span` are replaced; a new text with one reference. `span` lies in old. */
struct text *text_replace(const struct text *old, struct span span, struct str replacement);

/* One reference more; returns its argument. */
struct text *text_ref(struct text *text);

/* One reference less; the last one frees. NULL is allowed. */
void text_unref(struct text *text);

/* All bytes, NUL-terminated behind their size; borrowed for as long as a reference is held. */
static inline struct str text_str(const struct text *text) { return (struct str){text->bytes, text->size}; }

/* In bytes. */
static inline uint32_t text_size(const struct text *text) { return text->size; }

/* The bytes of span, clamped to the text; borrowed. */
static inline struct str text_slice(const struct text *text, struct span span) {
    return str_slice(text_str(text), span.start, span.end);
}

/* How many lines: line ends + 1. */
static inline uint32_t text_line_count(const struct text *text) { return text->line_count; }

/* The zero-based line that holds the byte at offset (clamped to the text). */
uint32_t text_line_of(const struct text *text, uint32_t offset);

/* The bytes of a line without its line end; past the last line the empty span at the end of the text. */
struct span text_line(const struct text *text, uint32_t line);

/* A hash of the bytes, for "has this changed". */
uint64_t text_hash(const struct text *text);

/* The bytes that it takes, with its table of lines. */
size_t text_memory(const struct text *text);

#endif
