/* printed: a hash over the tree of each statement; what was printed before is looked for in the order in which it stood. */
#include "codegen/printed.h"

#include "codegen/js_print.h"
#include "parser/base/hash.h"
#include "parser/base/narrow.h"

enum {
    STATEMENTS_AHEAD = 16, /* that are looked at when some may have been taken out */
    LINES_AT_ONCE = 8,     /* until it is asked whether somebody still wants them */
};

/* ---- hashes */

struct hashing {
    uint64_t hash;
    uint32_t file; /* of the first place that was met; 0 before */
    uint32_t base; /* its start */
};

static void add_number(struct hashing *hashing, uint64_t number) {
    hashing->hash = hash_number(hashing->hash, number);
}

/* What a node has, so that nothing that follows can be mistaken for another part. */
enum part {
    HAS_A = 1 << 0,
    HAS_B = 1 << 1,
    HAS_C = 1 << 2,
    HAS_D = 1 << 3,
    HAS_TEXT = 1 << 4,
    HAS_PLACE = 1 << 5,
    HAS_OTHER_FILE = 1 << 6, /* a place in another file than the first one */
    HAS_NAME = 1 << 7,
};

static unsigned parts_of(struct hashing *hashing, const struct js *node) {
    unsigned parts = (node->a != NULL ? HAS_A : 0U) | (node->b != NULL ? HAS_B : 0U) | (node->c != NULL ? HAS_C : 0U) |
                     (node->d != NULL ? HAS_D : 0U) | (node->text.size > 0 ? HAS_TEXT : 0U);
    if (node->place.file == 0) {
        return parts;
    }
    if (hashing->file == 0) {
        hashing->file = node->place.file;
        hashing->base = node->place.span.start;
        return parts | HAS_PLACE | HAS_OTHER_FILE | (node->place.name.size > 0 ? HAS_NAME : 0U);
    }
    return parts | HAS_PLACE | (node->place.file != hashing->file ? HAS_OTHER_FILE : 0U) |
           (node->place.name.size > 0 ? HAS_NAME : 0U);
}

static void add_place(struct hashing *hashing, const struct js_place *place, unsigned parts) {
    uint32_t start = place->span.start - hashing->base;
    add_number(hashing, (uint64_t)start << 32 | span_size(place->span));
    if ((parts & HAS_OTHER_FILE) != 0) {
        add_number(hashing, place->file);
    }
    if ((parts & HAS_NAME) != 0) {
        hashing->hash = hash_bytes(hashing->hash, place->name);
    }
}

enum { KIND_BITS = 8, PART_BITS = 8, FLAG_BITS = 16 };
_Static_assert(JS_KIND_COUNT <= 1 << KIND_BITS && JS_IS_DEFAULT < 1 << FLAG_BITS, "what a node is fits into 32 bits");

/* As deep as the printer goes. */
static void add_node(struct hashing *hashing, const struct js *node) {
    unsigned parts = parts_of(hashing, node);
    unsigned head = (node->flags << PART_BITS | parts) << KIND_BITS | (unsigned)node->kind;
    add_number(hashing, (uint64_t)head << 32 | node->list.of.count);
    if ((parts & HAS_PLACE) != 0) {
        add_place(hashing, &node->place, parts);
    }
    if ((parts & HAS_TEXT) != 0) {
        hashing->hash = hash_bytes(hashing->hash, node->text);
    }
    const struct js *const children[] = {node->a, node->b, node->c, node->d};
    for (unsigned i = 0; i < sizeof children / sizeof *children; i++) {
        if (children[i] != NULL) {
            add_node(hashing, children[i]);
        }
    }
    for (unsigned i = 0; i < node->list.of.count; i++) {
        add_node(hashing, node->list.of.items[i]);
    }
}

static struct hashing hash_of_line(const struct js_list *statements, unsigned at, unsigned end) {
    struct hashing hashing = {.hash = hash_number(HASH_SEED, at > 0)}; /* no empty line above the first one */
    for (; at < end; at++) {
        add_node(&hashing, statements->of.items[at]);
    }
    return hashing;
}

/* ---- what is taken over */

static const struct printed *find(const struct printed_output *before, unsigned *next, uint64_t hash) {
    const struct printed_list *list = before->list;
    unsigned end = list->of.count - *next > STATEMENTS_AHEAD ? *next + STATEMENTS_AHEAD : list->of.count;
    for (unsigned i = *next; i < end; i++) {
        if (list->of.items[i].hash == hash) {
            *next = i + 1;
            return &list->of.items[i];
        }
    }
    return NULL;
}

static void take_over(struct js_writer *writer, const struct printed_output *before, const struct printed *known,
                      uint32_t base) {
    uint32_t size = u32_from_size(writer->code->size);
    strbuf_add(writer->code, str_slice(before->code, known->code, known->code_end));
    uint32_t count = known->mapping_end - known->mapping;
    struct source_map *map = writer->map;
    map->mappings.items = arena_grow(writer->arena, map->mappings.items, &map->mappings.capacity,
                                     map->mappings.count + count, sizeof *map->mappings.items);
    for (uint32_t i = known->mapping; i < known->mapping_end; i++) {
        struct mapping *mapping = &map->mappings.items[map->mappings.count++];
        *mapping = before->map->mappings.items[i];
        mapping->output = mapping->output - known->code + size;
        mapping->span.start = mapping->span.start - known->base + base;
        mapping->span.end = mapping->span.end - known->base + base;
    }
}

static void add_line(struct js_writer *writer, struct printed_list *printed, struct printed line) {
    line.code_end = u32_from_size(writer->code->size);
    line.mapping_end = writer->map->mappings.count;
    if (!writer->code->overflow) {
        vec_push(writer->arena, &printed->of, line);
    }
}

static bool has_room(const struct js_writer *writer, const struct printed *known) {
    return !writer->code->overflow && writer->code->maximum - writer->code->size > known->code_end - known->code;
}

/* A line that is printed, or taken over when it was printed before. */
static void write_line(struct js_writer *writer, const struct js_list *statements, unsigned at,
                       const struct printed_output *before, unsigned *next, struct printed_list *printed) {
    struct hashing hashing = hash_of_line(statements, at, js_print_line_end(statements, at));
    struct printed line = {.hash = hashing.hash,
                           .code = u32_from_size(writer->code->size),
                           .mapping = writer->map->mappings.count,
                           .base = hashing.base};
    const struct printed *known = find(before, next, line.hash);
    if (known != NULL && has_room(writer, known)) {
        take_over(writer, before, known, line.base);
    } else {
        js_print_line(writer, statements, at);
    }
    add_line(writer, printed, line);
}

/* All lines of a declaration that has moved as a whole. */
static void write_kept(struct js_writer *writer, const struct kept_run *run, const struct printed_output *before,
                       unsigned *next, struct printed_list *printed) {
    for (uint32_t i = run->from->line; i < run->from->line_end; i++) {
        const struct printed *known = &before->list->of.items[i];
        if (!has_room(writer, known)) {
            writer->code->overflow = true;
            return;
        }
        struct printed line = {.hash = known->hash,
                               .code = u32_from_size(writer->code->size),
                               .mapping = writer->map->mappings.count,
                               .base = known->base - run->from->start + run->start};
        take_over(writer, before, known, line.base);
        add_line(writer, printed, line);
    }
    *next = run->from->line_end;
}

bool printed_write(struct js_writer *writer, const struct js_list *statements, const struct printed_output *before,
                   struct printed_list *printed, struct kept_runs *runs, const struct stop *stop) {
    unsigned next = 0;
    struct kept_run *run = runs->of.items, *end = runs->of.count > 0 ? run + runs->of.count : run;
    unsigned left = 0; /* statements of the run before `run` that are not written yet */
    for (unsigned i = 0, following; i < statements->of.count; i = following) {
        following = js_print_line_end(statements, i);
        if (i % LINES_AT_ONCE == 0 && stop_asked(stop)) {
            return false;
        }
        if (run < end && statements->of.items[i] == run->first) {
            run->line = printed->of.count;
            left = run->count;
            run++;
        }
        if (statements->of.items[i]->kind == JS_KEPT) {
            write_kept(writer, run - 1, before, &next, printed);
        } else {
            write_line(writer, statements, i, before, &next, printed);
        }
        left = left > following - i ? left - (following - i) : 0;
        if (run > runs->of.items && left == 0 && run[-1].line_end == 0) {
            run[-1].line_end = printed->of.count;
        }
    }
    return true;
}
