/* str: comparing, cutting and searching slices of bytes. */
#include "parser/base/str.h"

#include <string.h>

bool str_is_one_of(struct str s, const struct str *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(s, words[i])) {
            return true;
        }
    }
    return false;
}

bool str_has_word(struct str words, struct str word) {
    for (size_t at = 0; at < words.size;) {
        size_t end = str_find(words, ' ', at);
        if (str_equal(str_slice(words, at, end), word)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

int str_compare(struct str a, struct str b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common != 0 ? memcmp(a.data, b.data, common) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bool str_ends_with(struct str s, struct str suffix) {
    return s.size >= suffix.size && str_equal(str_slice(s, s.size - suffix.size, s.size), suffix);
}

size_t str_find(struct str s, char byte, size_t from) {
    if (from >= s.size) {
        return s.size;
    }
    const char *found = memchr(s.data + from, byte, s.size - from);
    return found != NULL ? (size_t)(found - s.data) : s.size;
}

static bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

struct str str_trim(struct str s) {
    size_t start = 0;
    size_t end = s.size;
    while (start < end && is_space(s.data[start])) {
        start++;
    }
    while (end > start && is_space(s.data[end - 1])) {
        end--;
    }
    return str_slice(s, start, end);
}

enum { DISTANCE_BYTES = 64 };

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* One row of the table for the first `row` bytes of a against every prefix of b; `before` and `last` are the two rows
 * above. Returns the smallest number of the row. */
static unsigned distance_row(struct str a, struct str b, size_t row, const unsigned *before, const unsigned *last,
                             unsigned *current) {
    unsigned smallest = (unsigned)row;
    current[0] = smallest;
    for (size_t j = 1; j <= b.size; j++) {
        bool same = a.data[row - 1] == b.data[j - 1];
        unsigned best = least(last[j - 1] + (same ? 0 : 1), least(last[j], current[j - 1]) + 1);
        if (row > 1 && j > 1 && a.data[row - 1] == b.data[j - 2] && a.data[row - 2] == b.data[j - 1]) {
            best = least(best, before[j - 2] + 1);
        }
        current[j] = best;
        smallest = least(smallest, best);
    }
    return smallest;
}

unsigned str_distance(struct str a, struct str b, unsigned limit) {
    size_t added = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (a.size > DISTANCE_BYTES || b.size > DISTANCE_BYTES || added > limit) {
        return limit + 1;
    }
    unsigned rows[3][DISTANCE_BYTES + 1] = {0};
    for (size_t j = 0; j <= b.size; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        if (distance_row(a, b, i, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]) > limit) {
            return limit + 1;
        }
    }
    return least(rows[a.size % 3][b.size], limit + 1);
}
