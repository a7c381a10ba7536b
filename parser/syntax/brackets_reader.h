/* brackets_reader: the state of brackets_read and what its parts share; inside brackets*.c only.
 *
 * brackets.c goes over the text and knows lines and comments, brackets_strings.c knows where strings end, brackets_strays.c
 * what stands at the end of a line and cannot stand there. The text has LF or CR LF at its line ends.
 */
#ifndef TOVA_PARSER_SYNTAX_BRACKETS_READER_H
#define TOVA_PARSER_SYNTAX_BRACKETS_READER_H

#include "parser/base/byte.h"
#include "parser/base/narrow.h"
#include "parser/syntax/brackets.h"

#include <string.h>

enum { TAB_COLUMNS = 4 };

#define NOWHERE UINT32_MAX

struct brackets_reader {
    struct arena *arena;
    struct str text;
    struct brackets *out;
    uint32_t last;       /* the last byte of code on the lines so far, or NOWHERE */
    uint32_t last_statement; /* of the line that it is on */
    size_t line_start;   /* of the current line */
    bool in_line;        /* the current line has its entry */
    bool only_closers;   /* on the current line so far */
    uint64_t budget;     /* bytes that comments may still be looked after */
    bool no_triple_ends; /* from here on no triple string is closed */
    bool broke;          /* the last string should have ended on its line */
};

static inline bool is_name_byte(char byte) {
    return byte_is_word(byte) ||
           byte == '$' || byte_is_wide(byte);
}

static inline bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

static inline bool is_closer(char byte) { return byte == ')' || byte == ']' || byte == '}'; }

static inline bool is_one_of(char byte, const char *list) { return byte != '\0' && strchr(list, byte) != NULL; }

static inline char byte_at(const struct brackets_reader *self, size_t at) {
    return at < self->text.size ? self->text.data[at] : '\0';
}

static inline size_t line_end(const struct brackets_reader *self, size_t at) {
    return str_find(self->text, '\n', at);
}

static inline bool starts_with(const struct brackets_reader *self, size_t at, struct str token) {
    return at + token.size <= self->text.size && memcmp(self->text.data + at, token.data, token.size) == 0;
}

/* The word that ends before `end`; empty when there is none. */
static inline struct str word_before(struct str text, size_t end) {
    size_t start = end;
    while (start > 0 && is_name_byte(text.data[start - 1])) {
        start--;
    }
    return str_slice(text, start, end);
}

static inline bool is_word_of(struct str word, const struct str *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, list[i])) {
            return true;
        }
    }
    return false;
}

static inline struct bracket_line *brackets_line(const struct brackets_reader *self) {
    return &self->out->lines.items[self->out->lines.count - 1];
}

/* Does the line end here, but for blanks? */
static inline bool is_tail(const struct brackets_reader *self, size_t at) {
    while (is_blank(byte_at(self, at))) {
        at++;
    }
    return at >= self->text.size || self->text.data[at] == '\n';
}

/* The indentation of the line that begins at `start` and has its first byte that is no blank at `first`. */
static inline uint32_t column_at(const struct brackets_reader *self, size_t start, size_t first) {
    uint32_t column = 0;
    for (; start < first; start++) {
        column = self->text.data[start] == '\t' ? (column / TAB_COLUMNS + 1) * TAB_COLUMNS : column + 1;
    }
    return column;
}

static inline void add_repair(struct brackets_reader *self, enum repair_kind kind, size_t offset, uint32_t removed) {
    struct repair repair = {.kind = kind, .offset = u32_from_size(offset), .removed = removed};
    vec_push(self->arena, &self->out->repairs, repair);
}

/* Behind the string whose quote is at `at`, or where it should have ended (`broke`). Adds the repairs in it. */
size_t brackets_pass_double_quote(struct brackets_reader *self, size_t at);

/* The same between single quotes; behind the quote alone when it begins no string. */
size_t brackets_pass_single_quote(struct brackets_reader *self, size_t at);

/* A quote of `size` bytes alone on its line closes the lines above that are indented deeper: what opened them is missing.
 * Makes one string of them; false when there are none. */
bool brackets_reopen_string(struct brackets_reader *self, size_t at, uint32_t size);

/* The size of the token at `at` when it is one too many, or 0. */
uint32_t brackets_stray_size(const struct brackets_reader *self, size_t at);

/* Behind `<name` at `at`, and the words that follow, when a brace or parameters before it and a closer or a tag behind it show
 * that it is a tag without its end; else `at`. */
size_t brackets_tag_without_end(const struct brackets_reader *self, size_t at);

#endif
