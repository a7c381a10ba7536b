/* output_map: mappings of one output, gone through from the start: a few thousand, in order of the output. */
#include "server/features/output_map.h"

#include "parser/base/narrow.h"
#include "server/features/preview.h"

#include <string.h>

/* ---- one mapping */

static struct str code_of(const struct output *output) { return strbuf_str(&output->code); }

static struct span output_span(const struct mapping *mapping) {
    return (struct span){mapping->output, mapping->output + mapping->length};
}

/* Does the output say at a mapping what the source says? */
static bool is_verbatim(const struct output *output, const struct mapping *mapping) {
    const struct text *text = output->map.sources.items[mapping->source].text;
    struct str source = text_slice(text, mapping->span);
    return mapping->length > 0 && source.size == mapping->length &&
           memcmp(source.data, output->code.data + mapping->output, source.size) == 0;
}

static struct span moved(struct span span, uint32_t from, uint32_t to) {
    return (struct span){span.start - from + to, span.end - from + to};
}

/* A mapping whose end is not known reaches to the last one of those behind it that come from inside of it, or to the end of the
 * line where there is none. */
static struct span extent(const struct output *output, unsigned index) {
    const struct source_map *map = &output->map;
    const struct mapping *mapping = &map->mappings.items[index];
    struct span span = output_span(mapping);
    for (unsigned i = index + 1; mapping->length == 0 && i < map->mappings.count; i++) {
        const struct mapping *next = &map->mappings.items[i];
        if (next->source != mapping->source || !span_contains(mapping->span, next->span)) {
            break;
        }
        span.end = output_span(next).end;
    }
    if (span.end == span.start) {
        span.end = u32_from_size(str_find(code_of(output), '\n', span.start));
    }
    return span;
}

/* ---- forward */

static bool comes_from(const struct mapping *mapping, uint32_t source) { return mapping->source == source; }

/* The index of the source, or UINT32_MAX. */
static uint32_t source_at(const struct output *output, struct str path) {
    for (unsigned s = 0; s < output->map.sources.count; s++) {
        if (str_equal(output->map.sources.items[s].path, path)) {
            return s;
        }
    }
    return UINT32_MAX;
}

struct forward {
    struct arena *arena;
    const struct output *output;
    uint32_t index, source;
    struct span range;
    struct output_places *places;
};

static void add_place(struct forward *forward, struct span span) {
    struct output_places *places = forward->places;
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct output_place *known = &places->list.items[i];
        if (known->output == forward->index && span_equal(known->span, span)) {
            return;
        }
    }
    vec_push(forward->arena, &places->list, ((struct output_place){forward->index, span}));
}

/* The size of the smallest mapping that holds the range; UINT32_MAX where none does. What is more than a place (a statement, a
 * declaration) holds a place, but is not meant by a range. */
static uint32_t smallest(const struct forward *forward) {
    const struct source_map *map = &forward->output->map;
    bool is_place = span_size(forward->range) == 0;
    uint32_t size = UINT32_MAX;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        const struct mapping *mapping = &map->mappings.items[i];
        if (comes_from(mapping, forward->source) && span_contains(mapping->span, forward->range) &&
            span_size(mapping->span) < size && (is_place || mapping->length > 0)) {
            size = span_size(mapping->span);
        }
    }
    return size;
}

/* A place between two names that touch belongs to the one behind it, as a cursor does, so only one of them is taken. */
static bool is_of_size(const struct forward *forward, const struct mapping *mapping, uint32_t size, uint32_t start) {
    return comes_from(mapping, forward->source) && span_size(mapping->span) == size &&
           span_contains(mapping->span, forward->range) && mapping->span.start == start;
}

static uint32_t last_start(const struct forward *forward, uint32_t size) {
    const struct source_map *map = &forward->output->map;
    uint32_t start = 0;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        const struct mapping *mapping = &map->mappings.items[i];
        if (is_of_size(forward, mapping, size, mapping->span.start) && mapping->span.start > start) {
            start = mapping->span.start;
        }
    }
    return start;
}

/* A statement that is nothing but a name (`x` that becomes `return x`) is not meant where the name is. */
static bool has_length(const struct forward *forward, uint32_t size, uint32_t start) {
    const struct source_map *map = &forward->output->map;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        if (map->mappings.items[i].length > 0 && is_of_size(forward, &map->mappings.items[i], size, start)) {
            return true;
        }
    }
    return false;
}

static void add_holding(struct forward *forward, uint32_t size) {
    const struct output *output = forward->output;
    uint32_t start = last_start(forward, size);
    bool exact = has_length(forward, size, start);
    for (unsigned i = 0; i < output->map.mappings.count; i++) {
        const struct mapping *mapping = &output->map.mappings.items[i];
        if (is_of_size(forward, mapping, size, start) && (mapping->length > 0 || !exact)) {
            bool verbatim = is_verbatim(output, mapping);
            add_place(forward, verbatim ? moved(forward->range, mapping->span.start, mapping->output) : extent(output, i));
        }
    }
}

/* Runs of mappings that come from inside of the range. */
static void add_parts(struct forward *forward) {
    const struct output *output = forward->output;
    const struct source_map *map = &output->map;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        struct span run = extent(output, i);
        unsigned end = i;
        while (end < map->mappings.count && comes_from(&map->mappings.items[end], forward->source) &&
               span_contains(forward->range, map->mappings.items[end].span)) {
            run.end = extent(output, end).end;
            end++;
        }
        if (end > i) {
            add_place(forward, run);
            i = end - 1;
        }
    }
}

static void add_places(struct forward *forward) {
    uint32_t size = smallest(forward);
    if (size != UINT32_MAX) {
        add_holding(forward, size);
    } else if (span_size(forward->range) > 0) {
        add_parts(forward);
    }
}

struct output_places output_map_forward(struct arena *arena, const struct emission *emission, struct str path,
                                        struct span range, uint32_t only, uint32_t first) {
    struct output_places places = {{0}};
    for (int rest = 0; rest < 2; rest++) {
        for (uint32_t i = 0; i < emission->count; i++) {
            const struct output *output = &emission->outputs[i];
            uint32_t source = source_at(output, path);
            if ((i != first) == (rest == 1) && (only == PREVIEW_NONE || only == i) && source != UINT32_MAX) {
                add_places(&(struct forward){arena, output, i, source, range, &places});
            }
        }
    }
    return places;
}

/* ---- back */

static void add_source(struct arena *arena, struct place_list *places, const struct output *output, uint32_t source,
                       struct span span) {
    const struct map_source *from = &output->map.sources.items[source];
    for (unsigned i = 0; i < places->list.count; i++) {
        struct place *known = &places->list.items[i];
        if (str_equal(known->path, from->path)) {
            known->span.start = span.start < known->span.start ? span.start : known->span.start;
            known->span.end = span.end > known->span.end ? span.end : known->span.end;
            return;
        }
    }
    vec_push(arena, &places->list,
             ((struct place){.path = arena_str(arena, from->path), .span = span, .hash = text_hash(from->text)}));
}

/* What of a mapping's source a part of the output stands for. */
static struct span source_span(const struct output *output, const struct mapping *mapping, struct span range) {
    struct span own = output_span(mapping);
    bool inside = own.start <= range.start && range.end <= own.end;
    return inside && is_verbatim(output, mapping) ? moved(range, mapping->output, mapping->span.start) : mapping->span;
}

struct place_list output_map_back(struct arena *arena, const struct output *output, struct span range) {
    struct place_list places = {{0}};
    const struct mapping *first = source_map_at_output(&output->map, code_of(output), range.start);
    unsigned index = first == NULL ? 0 : (unsigned)(first - output->map.mappings.items);
    bool is_one = first != NULL && (span_size(range) == 0 || range.end <= output_span(first).end ||
                                    (first->length == 0 && span_equal(range, extent(output, index))));
    if (is_one) {
        add_source(arena, &places, output, first->source, source_span(output, first, range));
        return places;
    }
    for (unsigned i = 0; i < output->map.mappings.count; i++) {
        const struct mapping *mapping = &output->map.mappings.items[i];
        bool known = mapping->source < output->map.sources.count;
        bool meets = mapping->output < range.end && (mapping->output >= range.start || output_span(mapping).end > range.start);
        if (known && meets && mapping->length > 0) {
            add_source(arena, &places, output, mapping->source, mapping->span);
        }
    }
    if (places.list.count == 0 && first != NULL) {
        add_source(arena, &places, output, first->source, first->span);
    }
    return places;
}
