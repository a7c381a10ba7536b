/* source_map: collected mappings as Source Map v3, and look-ups in both directions. */
#include "codegen/source_map.h"

#include "codegen/vlq.h"
#include "parser/base/eight.h"
#include "parser/base/path.h"
#include "parser/base/utf.h"
#include "parser/text/position.h"


/* ---- JSON */

/* The letter of a control character's short escape; 0 where there is none. */
static char short_escape(unsigned char byte) {
    static const char letters[0x20] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    return byte == '"' || byte == '\\' ? (char)byte : letters[byte];
}

static void add_escaped(struct strbuf *json, unsigned char byte) {
    char letter = short_escape(byte);
    if (letter != 0) {
        strbuf_add(json, (struct str){(char[]){'\\', letter}, 2});
    } else {
        strbuf_printf(json, "\\u%04x", byte);
    }
}

/* How many bytes from `start` on surely stand for themselves: eight are looked at together. */
static size_t plain_words(struct str text, size_t start) {
    size_t at = start;
    while (text.size - at >= sizeof(uint64_t) && eight_special(eight_bytes(text.data + at)) == 0) {
        at += sizeof(uint64_t);
    }
    return at - start;
}

/* Does it stand for itself, whatever stands around it? */
static bool is_plain(unsigned char byte) { return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\'; }

/* Runs of bytes that stand for themselves are added whole: texts of sources are most of a map. */
static void add_json_string(struct strbuf *json, struct str text) {
    size_t start = 0;
    strbuf_add_byte(json, '"');
    for (size_t i = plain_words(text, 0), next = 0; i < text.size; i = next) {
        unsigned char byte = (unsigned char)text.data[i];
        next = i + 1;
        if (is_plain(byte)) {
            continue;
        }
        bool escaped = byte < 0x80;
        bool malformed = byte >= 0x80 && utf_decode(text, i, &next) == 0xfffd && next == i + 1;
        if (!escaped && !malformed) {
            continue;
        }
        strbuf_add(json, str_slice(text, start, i));
        start = next;
        next += plain_words(text, next);
        if (escaped) {
            add_escaped(json, byte);
        } else {
            strbuf_add_c(json, "\\ufffd");
        }
    }
    strbuf_add(json, str_slice(text, start, text.size));
    strbuf_add_byte(json, '"');
}

/* Which sources the mappings use, in the order of the map: old index -> new index + 1. */
static uint32_t *used_sources(struct arena *arena, const struct source_map *map, uint32_t *count) {
    uint32_t *numbers = arena_array(arena, uint32_t, map->sources.count + 1);
    *count = 0;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        uint32_t source = map->mappings.items[i].source;
        if (source < map->sources.count && numbers[source] == 0) {
            numbers[source] = 1;
        }
    }
    for (unsigned s = 0; s < map->sources.count; s++) {
        if (numbers[s] != 0) {
            numbers[s] = ++*count;
        }
    }
    return numbers;
}

enum { NAME_GROUPS = 256 };

struct names {
    VEC(struct str) list;
    uint32_t recent[NAME_GROUPS]; /* the number of the name of each group that was asked for last, plus 1 */
};

static unsigned name_group(struct str name) {
    unsigned first = (unsigned char)name.data[0];
    unsigned middle = (unsigned char)name.data[name.size / 2];
    unsigned last = (unsigned char)name.data[name.size - 1];
    return ((unsigned)name.size * 31 + first * 17 + middle * 5 + last) % NAME_GROUPS;
}

/* The name is not empty. */
static int64_t name_number(struct arena *arena, struct names *names, struct str name) {
    uint32_t *recent = &names->recent[name_group(name)];
    if (*recent > 0 && str_equal(names->list.items[*recent - 1], name)) {
        return *recent - 1;
    }
    uint32_t number = 0;
    while (number < names->list.count && !str_equal(names->list.items[number], name)) {
        number++;
    }
    if (number == names->list.count) {
        vec_push(arena, &names->list, name);
    }
    *recent = number + 1;
    return number;
}

/* Where the last segment stood, for the differences that the format writes. */
struct last {
    size_t column;
    uint32_t source, line, source_column;
    int64_t name;
};

struct writing {
    struct arena *arena;
    const struct source_map *map;
    const uint32_t *numbers;
    struct position_reader *readers; /* of each source */
    struct names names;
    struct last last;
    struct strbuf *json;
};

/* A segment on its way into the JSON. */
struct segment {
    char text[1 + 5 * VLQ_BYTES];
    size_t size;
};

static void add_difference(struct segment *segment, int64_t to, int64_t from) {
    segment->size += vlq_write(segment->text + segment->size, to - from);
}

static void add_source_place(struct writing *writing, const struct mapping *mapping, struct segment *segment) {
    struct last *last = &writing->last;
    struct position position = position_read(&writing->readers[mapping->source], mapping->span.start);
    uint32_t source = writing->numbers[mapping->source] - 1;
    add_difference(segment, source, last->source);
    add_difference(segment, position.line, last->line);
    add_difference(segment, position.column, last->source_column);
    last->source = source;
    last->line = position.line;
    last->source_column = position.column;
    if (mapping->name.size > 0) {
        int64_t name = name_number(writing->arena, &writing->names, mapping->name);
        add_difference(segment, name, last->name);
        last->name = name;
    }
}

static void add_segment(struct writing *writing, const struct mapping *mapping, size_t column, bool first) {
    struct segment segment = {.text = {','}, .size = first ? 0 : 1};
    add_difference(&segment, (int64_t)column, (int64_t)writing->last.column);
    writing->last.column = column;
    if (mapping->source < writing->map->sources.count) {
        add_source_place(writing, mapping, &segment);
    }
    strbuf_add(writing->json, (struct str){segment.text, segment.size});
}

static void add_mappings(struct writing *writing, struct str code) {
    size_t at = 0;
    size_t column = 0;
    size_t line_end = str_find(code, '\n', 0);
    bool first = true;
    bool ascii = utf_is_ascii(code);
    for (unsigned i = 0; i < writing->map->mappings.count; i++) {
        const struct mapping *mapping = &writing->map->mappings.items[i];
        while (line_end < mapping->output && line_end < code.size) {
            strbuf_add_byte(writing->json, ';');
            writing->last.column = 0;
            column = 0;
            first = true;
            at = line_end + 1;
            line_end = str_find(code, '\n', at);
        }
        struct str between = str_slice(code, at, mapping->output);
        column += ascii ? between.size : utf_utf16_length(between);
        at += between.size;
        add_segment(writing, mapping, column, first);
        first = false;
    }
}

static void add_sources(struct writing *writing, struct str folder, bool contents) {
    bool first = true;
    for (unsigned s = 0; s < writing->map->sources.count; s++) {
        const struct map_source *source = &writing->map->sources.items[s];
        if (writing->numbers[s] == 0) {
            continue;
        }
        if (!first) {
            strbuf_add_byte(writing->json, ',');
        }
        first = false;
        bool relative = folder.size > 0 && str_starts_with(source->path, STR("/"));
        add_json_string(writing->json, contents   ? text_str(source->text)
                                       : relative ? path_relative(writing->arena, folder, source->path)
                                                  : source->path);
    }
}

void source_map_json(const struct source_map *map, struct str code, struct str file_name, struct str folder,
                     struct strbuf *json) {
    struct arena arena;
    arena_init(&arena);
    uint32_t count;
    struct writing writing = {.arena = &arena, .map = map, .json = json};
    writing.numbers = used_sources(&arena, map, &count);
    writing.readers = arena_array(&arena, struct position_reader, map->sources.count + 1);
    for (unsigned i = 0; i < map->sources.count; i++) {
        writing.readers[i] = (struct position_reader){.text = map->sources.items[i].text, .encoding = POSITION_UTF16};
    }
    strbuf_add_c(json, "{\"version\":3,\"file\":");
    add_json_string(json, file_name);
    strbuf_add_c(json, ",\"sources\":[");
    add_sources(&writing, folder, false);
    strbuf_add_c(json, "],\"sourcesContent\":[");
    add_sources(&writing, folder, true);
    strbuf_add_c(json, "],\"mappings\":\"");
    add_mappings(&writing, code);
    strbuf_add_c(json, "\",\"names\":[");
    for (unsigned i = 0; i < writing.names.list.count; i++) {
        strbuf_add_c(json, i > 0 ? "," : "");
        add_json_string(json, writing.names.list.items[i]);
    }
    strbuf_add_c(json, "]}\n");
    arena_finish(&arena);
}

/* ---- look-ups */

const struct mapping *source_map_at_output(const struct source_map *map, struct str code, uint32_t offset) {
    unsigned low = 0;
    unsigned high = map->mappings.count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (map->mappings.items[middle].output <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return NULL;
    }
    const struct mapping *mapping = &map->mappings.items[low - 1];
    size_t line_end = str_find(code, '\n', mapping->output);
    bool mapped = mapping->source < map->sources.count && offset <= line_end;
    return mapped ? mapping : NULL;
}

const struct mapping *source_map_at_source(const struct source_map *map, uint32_t source, uint32_t offset) {
    const struct mapping *best = NULL;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        const struct mapping *mapping = &map->mappings.items[i];
        if (mapping->source == source && span_touches(mapping->span, offset) &&
            (best == NULL || span_size(mapping->span) < span_size(best->span))) {
            best = mapping;
        }
    }
    return best;
}
