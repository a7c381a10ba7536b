/* brackets_strays: what stands at the end of a line and cannot stand there. */
#include "parser/syntax/brackets_reader.h"

enum { MARKUP_BYTES = 2000 /* how far above its closing tag an element is looked for */ };

/* `<` or `</`. A comparison that goes on on the next line has a blank before its `<`, and no tag or closer behind it. */
static uint32_t stray_angle(const struct brackets_reader *self, size_t at) {
    uint32_t size = byte_at(self, at + 1) == '/' ? 2 : 1;
    size_t next = at + size;
    if (!is_tail(self, next)) {
        return 0;
    }
    while (is_blank(byte_at(self, next)) || byte_at(self, next) == '\n') {
        next++;
    }
    bool comparison = at > brackets_line(self)->start && is_blank(self->text.data[at - 1]) && size == 1;
    return comparison && !is_one_of(byte_at(self, next), "<}") ? 0 : size;
}

/* Is a tag of this name opened above and not closed there? */
static bool tag_is_open(const struct brackets_reader *self, size_t at, struct str name) {
    size_t far = at > MARKUP_BYTES ? at - MARKUP_BYTES : 0;
    unsigned closed = 1;
    for (size_t before = at; before > far && closed > 0; before--) {
        bool closes = self->text.data[before] == '/' && self->text.data[before - 1] == '<';
        bool opens = self->text.data[before] == '<';
        if ((closes || opens) && starts_with(self, before + 1, name)) {
            closed += closes;
            closed -= opens;
        }
    }
    return closed == 0;
}

/* `</name>` where no markup can be. */
static uint32_t stray_tag(const struct brackets_reader *self, size_t at) {
    size_t end = at + 2;
    while (is_name_byte(byte_at(self, end))) {
        end++;
    }
    bool whole = byte_at(self, at + 1) == '/' && byte_at(self, end) == '>' && is_tail(self, end + 1);
    if (!whole || at == brackets_line(self)->start) {
        return 0;
    }
    bool stray = is_one_of(self->text.data[at - 1], "{,;") ||
                 !tag_is_open(self, at, str_slice(self->text, at + 2, end));
    return stray ? u32_from_size(end + 1 - at) : 0;
}

/* A quote behind code, or alone on its line where nothing wants a value. */
static uint32_t stray_quote(const struct brackets_reader *self, size_t at) {
    uint32_t size = starts_with(self, at, STR("\"\"\"")) ? 3 : 1;
    if (!is_tail(self, at + size)) {
        return 0;
    }
    if (at == brackets_line(self)->start) {
        bool wanted = self->last == NOWHERE || is_one_of(self->text.data[self->last], "=([,:+");
        return wanted ? 0 : size;
    }
    char before = self->text.data[at - 1];
    bool prefix = (before == 'f' || before == 'r') && !is_name_byte(byte_at(self, at - 2));
    return !prefix && (is_name_byte(before) || is_one_of(before, ")]}{,;\"'>")) ? size : 0;
}

/* Is `<name` all that stands before `at` on the line? */
static bool is_bare_tag(const struct brackets_reader *self, size_t at) {
    size_t end = brackets_line(self)->start + 1;
    while (end < at && (is_name_byte(self->text.data[end]) || is_one_of(self->text.data[end], "-."))) {
        end++;
    }
    return self->text.data[brackets_line(self)->start] == '<' && end == at && end > brackets_line(self)->start + 1;
}

/* May markup begin behind the code so far: in a block, or as what `fn(x)` gives? */
static bool markup_may_begin(const struct brackets_reader *self) {
    char before = self->last != NOWHERE ? self->text.data[self->last] : '\0';
    if (before != ')') {
        return before == '{';
    }
    size_t at = self->last, first = brackets_line(self)->start;
    while (at > first && self->text.data[at] != '(') {
        at--;
    }
    return str_equal(word_before(self->text, at), STR("fn"));
}

size_t brackets_tag_without_end(const struct brackets_reader *self, size_t at) {
    size_t end = at + 1;
    while (is_name_byte(byte_at(self, end))) {
        end++;
    }
    if (end == at + 1 || !markup_may_begin(self)) {
        return at;
    }
    size_t next = end;
    while (is_blank(byte_at(self, next))) {
        while (is_blank(byte_at(self, next))) {
            next++;
        }
        size_t word = next; /* an attribute that is begun */
        while (is_name_byte(byte_at(self, next)) || (next > word && is_one_of(byte_at(self, next), ":-"))) {
            next++;
        }
        end = next > word ? next : end;
    }
    return is_one_of(byte_at(self, next), "}<)") ? end : at;
}

/* The size of the token at `at` when it is one too many, or 0. */
uint32_t brackets_stray_size(const struct brackets_reader *self, size_t at) {
    switch (self->text.data[at]) {
    case '<': {
        uint32_t size = stray_angle(self, at);
        return size != 0 ? size : stray_tag(self, at);
    }
    case '"':
    case '\'':
        return stray_quote(self, at);
    case '`':
        return at > brackets_line(self)->start && is_tail(self, at + 1) && !is_blank(self->text.data[at - 1]) &&
               str_find(self->text, '`', brackets_line(self)->start) == at;
    case '(':
    case ')':
        return is_tail(self, at + 1) && is_bare_tag(self, at);
    case ';':
        if (is_tail(self, at + 1) && is_bare_tag(self, at)) {
            return 1;
        }
        return at > brackets_line(self)->start && is_tail(self, at + 1) && is_one_of(self->text.data[at - 1], "{([,");
    default:
        return 0;
    }
}
