/* str: a borrowed slice of bytes, and nothing more.
 *
 * A `struct str` owns nothing and is passed by value; it need not end in NUL. Whoever made it says how long the bytes
 * live. Text is UTF-8 unless a function says otherwise. C strings appear only at the border to the operating system.
 */
#ifndef TOVA_PARSER_BASE_STR_H
#define TOVA_PARSER_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *data;
    size_t size; /* bytes */
};

/* A slice of a string literal, usable in static initialisers. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    { (literal), sizeof(literal) - 1 }
/* For printf: "%.*s", STR_ARGUMENTS(s). */
#define STR_ARGUMENTS(s) (int)(s).size, (s).data

/* The slice of a NUL-terminated string; NULL gives the empty slice. Borrows. */
static inline struct str str_from_c(const char *text) {
    return text != NULL ? (struct str){text, strlen(text)} : (struct str){"", 0};
}

/* Same bytes? */
static inline bool str_equal(struct str a, struct str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Is it one of the `count` words? */
bool str_is_one_of(struct str s, const struct str *words, size_t count);

/* Is it one of the words of a text, which stand one blank apart? */
bool str_has_word(struct str words, struct str word);

/* Order by bytes: negative, zero or positive as in memcmp, a prefix before the longer one. */
int str_compare(struct str a, struct str b);

/* The bytes [start, end) of s; both are clamped to s. Borrows. */
static inline struct str str_slice(struct str s, size_t start, size_t end) {
    end = end > s.size ? s.size : end;
    start = start > end ? end : start;
    return s.size != 0 ? (struct str){s.data + start, end - start} : (struct str){"", 0};
}

static inline bool str_starts_with(struct str s, struct str prefix) {
    return str_equal(str_slice(s, 0, prefix.size), prefix);
}

bool str_ends_with(struct str s, struct str suffix);

/* Offset of the first `byte` in s at or after `from`, or s.size. */
size_t str_find(struct str s, char byte, size_t from);

/* s without ASCII white space at both ends. Borrows. */
struct str str_trim(struct str s);

/* Edits (insert, delete, replace, swap of neighbours) between a and b in bytes, at most `limit` + 1; for "did you mean".
 * Slices longer than 64 bytes count as limit + 1. */
unsigned str_distance(struct str a, struct str b, unsigned limit);

#endif
