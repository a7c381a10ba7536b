/* quick_reader: memory that goes from one text to the next. */
#include "parser/base/xalloc.h"
#include "parser/syntax/quick_automaton.h"

/* Most texts are small. What a large one took is given back. */
enum { MOST_BYTES_KEPT = 128 * 1024, FIRST_ITEMS = 256, FIRST_RECORDS = 1024, FIRST_JOINTS = 32 };

struct quick_reader *quick_reader_create(const struct language *language) {
    struct quick_reader *reader = xcalloc(1, sizeof *reader);
    reader->language = language;
    reader->memo = xalloc_pages(sizeof *reader->memo);
    return reader;
}

void quick_reader_destroy(struct quick_reader *reader) {
    if (reader != NULL) {
        xfree_pages(reader->memo, sizeof *reader->memo);
        xfree(reader->items.of);
        xfree(reader->records.of);
        xfree(reader->joints.of);
        xfree(reader);
    }
}

/* Room for that many; what was in it is forgotten. */
static void *take(struct quick_room *room, uint32_t count, size_t size) {
    if (room->capacity < count) {
        xfree(room->of);
        room->of = xmalloc(count * size);
        room->capacity = count;
    }
    return room->of;
}

static void keep(struct quick_room *room, void *of, uint32_t capacity, size_t size) {
    bool kept = capacity * size <= MOST_BYTES_KEPT;
    if (!kept) {
        xfree(of);
    }
    *room = kept ? (struct quick_room){of, capacity} : (struct quick_room){NULL, 0};
}

void quick_init(struct quick *self, struct quick_reader *reader, struct str text, uint32_t bytes) {
    *self = (struct quick){.language = reader->language,
                           .reader = reader,
                           .steps = &reader->memo->steps,
                           .items = take(&reader->items, FIRST_ITEMS, sizeof *self->items),
                           .records = take(&reader->records, bytes / 4 + FIRST_RECORDS, sizeof *self->records),
                           .joints = take(&reader->joints, FIRST_JOINTS, sizeof *self->joints),
                           .record_count = 1,
                           .limit = UINT32_MAX};
    self->item_capacity = reader->items.capacity;
    self->record_capacity = reader->records.capacity;
    self->joint_capacity = reader->joints.capacity;
    self->records[RECORD_NONE] = (struct record){0};
    quick_lexer_init(&self->lexer, reader->memo, text);
}

void quick_finish(struct quick *self) {
    struct quick_reader *reader = self->reader;
    keep(&reader->items, self->items, self->item_capacity, sizeof *self->items);
    keep(&reader->records, self->records, self->record_capacity, sizeof *self->records);
    keep(&reader->joints, self->joints, self->joint_capacity, sizeof *self->joints);
}
