/* js_writer: appends text and mappings, or counts columns. */
#include "codegen/js_writer.h"

#include "parser/base/narrow.h"

#include <string.h>

void js_writer_init(struct js_writer *writer, struct arena *arena, struct strbuf *code, struct source_map *map) {
    *writer = (struct js_writer){
        .code = code,
        .map = map,
        .arena = arena,
        .line_start = true,
        .width = JS_WIDTH,
    };
}

struct js_writer js_writer_measure(const struct js_writer *writer, unsigned reserve) {
    struct js_writer measure = *writer;
    if (measure.line_start) {
        measure.column = measure.indent * JS_INDENT;
        measure.line_start = false;
    }
    measure.measuring = true;
    measure.too_wide = false;
    measure.width = reserve < writer->width ? writer->width - reserve : 0;
    return measure;
}

static void begin_line(struct js_writer *writer) {
    if (writer->line_start) {
        writer->line_start = false;
        writer->column = writer->indent * JS_INDENT;
        strbuf_add_repeat(writer->code, ' ', writer->column);
    }
}

/* The bytes of text behind its last line end; *several: it has one. */
static unsigned last_line_size(struct str text, bool *several) {
    const char *line_end = memchr(text.data, '\n', text.size);
    *several = line_end != NULL;
    size_t start = 0;
    while (line_end != NULL) {
        start = (size_t)(line_end - text.data) + 1;
        line_end = memchr(text.data + start, '\n', text.size - start);
    }
    return (unsigned)(text.size - start);
}

void js_write(struct js_writer *writer, struct str text) {
    if (text.size == 0 || (writer->measuring && writer->too_wide)) {
        return;
    }
    if (!writer->measuring) {
        begin_line(writer);
        strbuf_add(writer->code, text);
    }
    bool several;
    unsigned size = last_line_size(text, &several);
    writer->column = several ? size : writer->column + size;
    /* What has been written is written: only a measure ends at the width. */
    writer->too_wide = writer->measuring && (writer->too_wide || writer->column > writer->width);
}

void js_write_word(struct js_writer *writer, struct str text) {
    if (text.size == 0 || (writer->measuring && writer->too_wide)) {
        return;
    }
    if (writer->measuring) {
        writer->column += (unsigned)text.size;
        writer->too_wide = writer->column > writer->width;
    } else {
        begin_line(writer);
        strbuf_add(writer->code, text);
        writer->column += (unsigned)text.size;
    }
}

static void add_mapping(struct js_writer *writer, struct js_place place, size_t length) {
    if (place.file == 0) {
        return;
    }
    begin_line(writer);
    uint32_t output = u32_from_size(writer->code->size);
    uint32_t source = place.file - 1;
    unsigned count = writer->map->mappings.count;
    if (count > 0 && writer->map->mappings.items[count - 1].output == output) {
        /* The statement starts where its first name does: the name says more. */
        if (length == 0) {
            return;
        }
        writer->map->mappings.count--;
    }
    vec_push(writer->arena, &writer->map->mappings,
             ((struct mapping){output, u32_from_size(length), source, place.span, place.name}));
}

void js_write_mapped(struct js_writer *writer, struct str text, struct js_place place) {
    if (!writer->measuring && !writer->code->overflow) {
        add_mapping(writer, place, text.size);
    }
    js_write(writer, text);
}

void js_write_mapped_word(struct js_writer *writer, struct str text, struct js_place place) {
    if (!writer->measuring && !writer->code->overflow) {
        add_mapping(writer, place, text.size);
    }
    js_write_word(writer, text);
}

void js_write_place(struct js_writer *writer, struct js_place place) {
    if (!writer->measuring && !writer->code->overflow) {
        add_mapping(writer, place, 0);
    }
}

void js_write_line(struct js_writer *writer) {
    if (writer->measuring) {
        writer->too_wide = true;
        return;
    }
    strbuf_add_byte(writer->code, '\n');
    writer->line_start = true;
    writer->column = 0;
}
