/* text_edits: common ends first, then lines, then characters. */
#include "server/features/text_edits.h"

#include "parser/base/narrow.h"

#include <string.h>

enum { MOST_DIFFERENCES = 128 };

/* Two stretches of the texts that are to be made the same. */
struct stretch {
    size_t before, before_end, after, after_end;
};

struct texts {
    struct arena *arena;
    struct str before, after;
    struct text_edits edits;
};

static bool is_inside_character(struct str text, size_t at) {
    return at < text.size && ((unsigned char)text.data[at] & 0xc0) == 0x80;
}

static bool is_inside_line_end(struct str text, size_t at) {
    return at > 0 && at < text.size && text.data[at - 1] == '\r' && text.data[at] == '\n';
}

static bool is_between(const struct texts *texts, size_t before, size_t after) {
    return !is_inside_character(texts->before, before) && !is_inside_character(texts->after, after) &&
           !is_inside_line_end(texts->before, before) && !is_inside_line_end(texts->after, after);
}

enum { PIECE = 256 }; /* bytes that are compared at once */

static size_t common_start(const char *before, const char *after, size_t size) {
    size_t same = 0;
    while (size - same >= PIECE && memcmp(before + same, after + same, PIECE) == 0) {
        same += PIECE;
    }
    while (same < size && before[same] == after[same]) {
        same++;
    }
    return same;
}

/* The same for what ends at the two places. */
static size_t common_end(const char *before, const char *after, size_t size) {
    size_t same = 0;
    while (size - same >= PIECE && memcmp(before - same - PIECE, after - same - PIECE, PIECE) == 0) {
        same += PIECE;
    }
    while (same < size && before[-1 - (ptrdiff_t)same] == after[-1 - (ptrdiff_t)same]) {
        same++;
    }
    return same;
}

static size_t shorter_of(struct stretch stretch) {
    size_t before = stretch.before_end - stretch.before;
    size_t after = stretch.after_end - stretch.after;
    return before < after ? before : after;
}

/* Leaves out what both ends have in common. */
static struct stretch cut(const struct texts *texts, struct stretch stretch) {
    const char *before = texts->before.data;
    const char *after = texts->after.data;
    struct stretch whole = stretch;
    if (shorter_of(stretch) == 0) {
        return stretch; /* an empty text may have no address */
    }
    size_t same = common_start(before + stretch.before, after + stretch.after, shorter_of(stretch));
    stretch.before += same;
    stretch.after += same;
    while (stretch.before > whole.before && !is_between(texts, stretch.before, stretch.after)) {
        stretch.before--;
        stretch.after--;
    }
    whole = stretch;
    same = common_end(before + stretch.before_end, after + stretch.after_end, shorter_of(stretch));
    stretch.before_end -= same;
    stretch.after_end -= same;
    while (stretch.before_end < whole.before_end && !is_between(texts, stretch.before_end, stretch.after_end)) {
        stretch.before_end++;
        stretch.after_end++;
    }
    return stretch;
}

static void add_edit(struct texts *texts, struct stretch stretch) {
    stretch = cut(texts, stretch);
    if (stretch.before == stretch.before_end && stretch.after == stretch.after_end) {
        return;
    }
    vec_push(texts->arena, &texts->edits.list,
             ((struct text_edit){
                 .span = {u32_from_size(stretch.before), u32_from_size(stretch.before_end)},
                 .text = str_slice(texts->after, stretch.after, stretch.after_end),
             }));
}

/* ---- lines */

struct lines {
    VEC(size_t) starts; /* and the end behind the last one */
    struct str text;
};

static struct lines lines_of(struct arena *arena, struct str text, size_t start, size_t end) {
    struct lines lines = {.text = text};
    vec_push(arena, &lines.starts, start);
    while (start < end) {
        const char *found = memchr(text.data + start, '\n', end - start);
        start = found == NULL ? end : (size_t)(found - text.data) + 1;
        vec_push(arena, &lines.starts, start);
    }
    return lines;
}

static struct str line_at(const struct lines *lines, int line) {
    return str_slice(lines->text, lines->starts.items[line], lines->starts.items[line + 1]);
}

static int line_count(const struct lines *lines) { return (int)lines->starts.count - 1; }

/* The furthest place on each diagonal, for every number of differences; row d begins at d * d and has 2d + 1 places. */
struct search {
    struct lines before, after;
    int *furthest;
    int differences; /* the number that is enough, or -1 */
};

static int *place_of_diagonal(struct search *search, int differences, int diagonal) {
    return &search->furthest[differences * differences + diagonal + differences];
}

/* Is a line of the text after taken last on the way to a diagonal, and not one of the text before? */
static bool is_taken_last(struct search *search, int d, int k) {
    return k == -d || (k != d && *place_of_diagonal(search, d - 1, k - 1) < *place_of_diagonal(search, d - 1, k + 1));
}

/* The place on a diagonal to which the difference of number d leads. */
static int step(struct search *search, int d, int k) {
    if (d == 0) {
        return 0;
    }
    return is_taken_last(search, d, k) ? *place_of_diagonal(search, d - 1, k + 1)
                                       : *place_of_diagonal(search, d - 1, k - 1) + 1;
}

static void find_way(struct search *search) {
    int n = line_count(&search->before);
    int m = line_count(&search->after);
    search->differences = -1;
    for (int d = 0; d <= MOST_DIFFERENCES; d++) {
        for (int k = -d; k <= d; k += 2) {
            int x = step(search, d, k);
            while (x < n && x - k < m &&
                   str_equal(line_at(&search->before, x), line_at(&search->after, x - k))) {
                x++;
            }
            *place_of_diagonal(search, d, k) = x;
            if (x >= n && x - k >= m) {
                search->differences = d;
                return;
            }
        }
    }
}

static struct stretch stretch_of_lines(const struct search *search, int x, int y, int x_end, int y_end) {
    return (struct stretch){search->before.starts.items[x], search->before.starts.items[x_end],
                            search->after.starts.items[y], search->after.starts.items[y_end]};
}

/* Follows the way back; differences that no common line parts are one stretch. */
static void add_stretches(struct texts *texts, struct search *search) {
    struct stretch found[MOST_DIFFERENCES];
    int count = 0;
    int x = line_count(&search->before);
    int y = line_count(&search->after);
    int end_x = -1; /* of the stretch that is open */
    int end_y = -1;
    for (int d = search->differences; d > 0; d--) {
        int k = x - y;
        int start = step(search, d, k);
        if (end_x >= 0 && x > start) {
            found[count++] = stretch_of_lines(search, x, y, end_x, end_y);
            end_x = -1;
        }
        x = start;
        y = start - k;
        if (end_x < 0) {
            end_x = x;
            end_y = y;
        }
        if (is_taken_last(search, d, k)) {
            y--;
        } else {
            x--;
        }
    }
    if (end_x >= 0) {
        found[count++] = stretch_of_lines(search, x, y, end_x, end_y);
    }
    while (count > 0) {
        add_edit(texts, found[--count]);
    }
}

/* From the start of the line that a stretch begins in to the end of the one that it ends in. */
static struct stretch whole_lines(const struct texts *texts, struct stretch stretch) {
    while (stretch.before > 0 && stretch.after > 0 && texts->before.data[stretch.before - 1] != '\n') {
        stretch.before--;
        stretch.after--;
    }
    while (stretch.before_end < texts->before.size && stretch.after_end < texts->after.size &&
           texts->before.data[stretch.before_end - 1] != '\n') {
        stretch.before_end++;
        stretch.after_end++;
    }
    return stretch;
}

struct text_edits text_edits_between(struct arena *arena, struct str before, struct str after) {
    struct texts texts = {.arena = arena, .before = before, .after = after};
    struct stretch middle = cut(&texts, (struct stretch){0, before.size, 0, after.size});
    if (middle.before == middle.before_end || middle.after == middle.after_end) {
        add_edit(&texts, middle);
        return texts.edits;
    }
    struct stretch lines = whole_lines(&texts, middle);
    struct search search = {
        .before = lines_of(arena, before, lines.before, lines.before_end),
        .after = lines_of(arena, after, lines.after, lines.after_end),
        .furthest = arena_array(arena, int, (MOST_DIFFERENCES + 1) * (MOST_DIFFERENCES + 1)),
    };
    find_way(&search);
    if (search.differences < 0) {
        add_edit(&texts, middle);
    } else {
        add_stretches(&texts, &search);
    }
    return texts.edits;
}
