/* view: offsets, and the differences of two views. */
#include "parser/syntax/view.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"

#include <string.h>

/* ---- offsets */

/* How many bytes the first `count` repairs insert. */
static uint32_t inserted_by(const struct view *view, unsigned count) {
    uint32_t size = 0;
    for (unsigned i = 0; i < count; i++) {
        size += u32_from_size(view->repairs[i].inserted.size);
    }
    return size;
}

/* How many repairs stand before this offset of the text. */
static unsigned repairs_before(const struct view *view, uint32_t offset) {
    unsigned count = 0;
    while (count < view->count && view->repairs[count].offset < offset) {
        count++;
    }
    return count;
}

uint32_t view_size(const struct view *view) {
    return u32_from_size(view->text.size) + inserted_by(view, view->count);
}

uint32_t view_source(const struct view *view, uint32_t offset) {
    uint32_t inserted = 0;
    for (unsigned i = 0; i < view->count && view->repairs[i].offset + inserted < offset; i++) {
        uint32_t into = offset - view->repairs[i].offset - inserted;
        uint32_t size = u32_from_size(view->repairs[i].inserted.size);
        inserted += into < size ? into : size;
    }
    return offset - inserted;
}

const struct repair *view_inserted(const struct view *view, uint32_t offset) {
    uint32_t inserted = 0;
    for (unsigned i = 0; i < view->count && view->repairs[i].offset + inserted <= offset; i++) {
        inserted += u32_from_size(view->repairs[i].inserted.size);
        if (offset < view->repairs[i].offset + inserted) {
            return &view->repairs[i];
        }
    }
    return NULL;
}

/* ---- reading */

/* What stands in the view from `offset` on, as far as it is in one piece. */
static struct str piece_at(const struct view *view, uint32_t offset) {
    uint32_t inserted = 0;
    for (unsigned i = 0; i < view->count; i++) {
        const struct repair *repair = &view->repairs[i];
        uint32_t place = repair->offset + inserted;
        uint32_t size = u32_from_size(repair->inserted.size);
        if (offset < place) {
            return str_slice(view->text, offset - inserted, repair->offset);
        }
        if (offset < place + size) {
            return str_slice(repair->inserted, offset - place, size);
        }
        inserted += size;
        if (offset < place + size + repair->removed) {
            uint32_t left = repair->removed - (offset - place - size);
            return str_slice(STR("                "), 0, left); /* of a longer token, the rest comes with the next piece */
        }
    }
    return str_slice(view->text, offset - inserted, view->text.size);
}

static const char *read_view(void *payload, uint32_t offset, TSPoint point, uint32_t *size) {
    (void)point;
    struct str piece = piece_at(payload, offset);
    *size = u32_from_size(piece.size);
    return piece.data;
}

TSInput view_input(struct view *view) {
    return (TSInput){.payload = view, .read = read_view, .encoding = TSInputEncodingUTF8};
}

char *view_copy(const struct view *view) {
    uint32_t size = view_size(view);
    char *bytes = xmalloc(size);
    for (uint32_t at = 0; at < size;) {
        struct str piece = piece_at(view, at);
        memcpy(bytes + at, piece.data, piece.size);
        at += u32_from_size(piece.size);
    }
    return bytes;
}

/* ---- differences */

struct syntax_edit view_edit(const struct view *view) {
    struct syntax_edit edit = {.start = view->repairs[0].offset};
    for (unsigned i = 0; i < view->count; i++) {
        uint32_t end = view->repairs[i].offset + view->repairs[i].removed;
        edit.old_end = end > edit.old_end ? end : edit.old_end;
    }
    edit.new_end = edit.old_end + inserted_by(view, view->count);
    return edit;
}

/* Columns and rows of the library are never read; it wants them to grow with the bytes. */
static void tell(TSTree *tree, uint32_t start, uint32_t old_size, uint32_t new_size) {
    TSInputEdit edit = {
        .start_byte = start,
        .old_end_byte = start + old_size,
        .new_end_byte = start + new_size,
        .start_point = {0, start},
        .old_end_point = {0, start + old_size},
        .new_end_point = {0, start + new_size},
    };
    ts_tree_edit(tree, &edit);
}

static bool same_repair(const struct repair *a, const struct repair *b) {
    return a->kind == b->kind && a->removed == b->removed && str_equal(a->inserted, b->inserted);
}

struct comparison {
    TSTree *tree;
    const struct view *old, *view;
    unsigned old_count, count; /* repairs that are still to be compared; those behind them are done */
};

/* Compares, from the back, the repairs that stand at or behind these offsets of the old and the new text. What lies behind is
 * the same in both but for the repairs. */
static void compare_down_to(struct comparison *self, uint32_t old_start, uint32_t start) {
    for (;;) {
        const struct repair *was =
            self->old_count > 0 ? &self->old->repairs[self->old_count - 1] : NULL;
        const struct repair *is = self->count > 0 ? &self->view->repairs[self->count - 1] : NULL;
        was = was != NULL && was->offset >= old_start ? was : NULL;
        is = is != NULL && is->offset >= start ? is : NULL;
        if (was == NULL && is == NULL) {
            return;
        }
        int64_t behind = was == NULL   ? 1
                         : is == NULL  ? -1
                                       : (int64_t)(is->offset - start) - (int64_t)(was->offset - old_start);
        if (behind == 0 && same_repair(was, is)) {
            self->old_count--;
            self->count--;
        } else if (behind >= 0) {
            uint32_t place = is->offset - start + old_start + inserted_by(self->old, self->old_count);
            tell(self->tree, place, is->removed, u32_from_size(is->inserted.size) + is->removed);
            self->count--;
        } else {
            uint32_t place = was->offset + inserted_by(self->old, self->old_count - 1);
            tell(self->tree, place, u32_from_size(was->inserted.size) + was->removed, was->removed);
            self->old_count--;
        }
    }
}

void view_edit_tree(TSTree *tree, const struct view *old, const struct view *view, struct syntax_edit edit) {
    struct comparison comparison = {tree, old, view, old->count, view->count};
    compare_down_to(&comparison, edit.old_end, edit.new_end);
    unsigned old_before = repairs_before(old, edit.start);
    unsigned before = repairs_before(view, edit.start);
    uint32_t place = edit.start + inserted_by(old, old_before);
    uint32_t old_inserted = inserted_by(old, comparison.old_count) - inserted_by(old, old_before);
    uint32_t inserted = inserted_by(view, comparison.count) - inserted_by(view, before);
    tell(tree, place, edit.old_end - edit.start + old_inserted, edit.new_end - edit.start + inserted);
    comparison.old_count = old_before;
    comparison.count = before;
    compare_down_to(&comparison, 0, 0);
}
