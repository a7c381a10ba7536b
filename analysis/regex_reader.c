/* regex_reader: bytes, names and findings of a pattern. */
#include "analysis/regex_reader.h"

#include "parser/base/byte.h"
#include "parser/base/narrow.h"

#include <string.h>

char regex_byte(const struct regex_reader *reader, size_t ahead) {
    return reader->at + ahead < reader->text.size ? reader->text.data[reader->at + ahead] : '\0';
}

bool regex_is_over(const struct regex_reader *reader) { return reader->at >= reader->text.size; }

bool regex_take(struct regex_reader *reader, const char *word) {
    if (!str_starts_with(str_slice(reader->text, reader->at, reader->text.size), str_from_c(word))) {
        return false;
    }
    reader->at += strlen(word);
    return true;
}

/* Keeps the first thing that is wrong, which outweighs what is unknown. */
static void find(struct regex_reader *reader, enum regex_verdict verdict, size_t start, const char *message) {
    if (verdict > reader->finding.verdict) {
        size_t end = reader->at > start ? reader->at : start + 1;
        reader->finding = (struct regex_finding){
            verdict, {u32_from_size(start), u32_from_size(end < reader->text.size ? end : reader->text.size)}, message};
    }
}

void regex_wrong(struct regex_reader *reader, size_t start, const char *message) {
    find(reader, REGEX_WRONG, start, message);
}

void regex_unknown(struct regex_reader *reader) { find(reader, REGEX_UNKNOWN, reader->at, ""); }

/* ---- names of groups */

bool regex_take_name(struct regex_reader *reader, struct str *name) {
    size_t start = reader->at;
    for (size_t i = 0;; i++) {
        char c = regex_byte(reader, i);
        if (c == '>' && i > 0) {
            *name = str_slice(reader->text, start, start + i);
            reader->at += i + 1;
            return true;
        }
        if (!byte_is_letter(c) && c != '_' && c != '$' && !(i > 0 && byte_is_digit(c))) {
            if ((unsigned char)c >= 0x80 || c == '\\') {
                regex_unknown(reader);
            }
            return false;
        }
    }
}

void regex_no_name(struct regex_reader *reader, size_t start) {
    if (reader->finding.verdict == REGEX_RIGHT) {
        regex_wrong(reader, start, "This is no name of a group: letters, digits and `_` stand between `<` and `>`.");
    }
}

bool regex_has_name(const struct regex_reader *reader, struct str name) {
    for (unsigned i = 0; i < reader->name_count; i++) {
        if (str_equal(reader->names[i], name)) {
            return true;
        }
    }
    return false;
}
