/* answers_preview: what is emitted, and which place came of which. */
#include "tests/markers/answers.h"

#include "server/features/output_map.h"
#include "server/features/preview.h"

static void write_outputs(const struct preview *preview, struct strbuf *out) {
    for (unsigned i = 0; i < preview->outputs.count; i++) {
        const struct preview_output *output = &preview->outputs.items[i];
        strbuf_printf(out, "%c %.*s (%.*s)%s\n", i == preview->chosen ? '>' : '-', STR_ARGUMENTS(output->name),
                      STR_ARGUMENTS(output->label), output->broken ? " broken" : "");
    }
}

/* The outputs, the chosen one marked, and the first lines of its text. */
void answer_preview_of(const struct question *question, struct str wanted, struct strbuf *out) {
    enum { LINES = 4 };
    struct arena *arena = question->context.arena;
    const struct emission *emission = question->emit(question->cases);
    uint32_t chosen = preview_choose(arena, question->context.file, emission, wanted);
    if (chosen == PREVIEW_NONE) {
        strbuf_add_c(out, "no such output\n");
        return;
    }
    struct preview preview = preview_of(arena, emission, chosen);
    write_outputs(&preview, out);
    size_t end = 0;
    for (int i = 0; i < LINES && end < preview.text.size; i++) {
        end = str_find(preview.text, '\n', end) + 1;
    }
    strbuf_printf(out, "%.*s", STR_ARGUMENTS(str_slice(preview.text, 0, end)));
}

void answer_preview(const struct question *question, struct strbuf *out) {
    answer_preview_of(question, (struct str){0}, out);
}

/* The outputs, that of the block at the cursor marked, and its whole code. */
void answer_emitted(const struct question *question, struct strbuf *out) {
    struct arena *arena = question->context.arena;
    const struct emission *emission = question->emit(question->cases);
    uint32_t chosen = preview_output_at(arena, question->context.file, emission, question->offset);
    if (chosen == PREVIEW_NONE) {
        strbuf_add_c(out, "no output\n");
        return;
    }
    struct preview preview = preview_of(arena, emission, chosen);
    write_outputs(&preview, out);
    strbuf_add(out, strbuf_str(&emission->outputs[chosen].code));
}

/* ---- places */

/* The text of a place; of several lines the first and the last. */
static void write_text(struct strbuf *out, struct str text) {
    size_t line = str_find(text, '\n', 0);
    size_t last = text.size;
    while (last > line && text.data[last - 1] != '\n') {
        last--;
    }
    if (line == text.size) {
        strbuf_printf(out, "`%.*s`", STR_ARGUMENTS(text));
    } else {
        strbuf_printf(out, "`%.*s … %.*s`", STR_ARGUMENTS(str_slice(text, 0, line)),
                      STR_ARGUMENTS(str_slice(text, last, text.size)));
    }
}

/* The line in which a place without width stands, with `|` at the place. */
static void write_place(struct strbuf *out, const struct text *text, struct span span) {
    if (span_size(span) > 0) {
        write_text(out, text_slice(text, span));
        return;
    }
    struct span line = text_line(text, text_line_of(text, span.start));
    struct str before = text_slice(text, (struct span){line.start, span.start});
    struct str behind = text_slice(text, (struct span){span.start, line.end});
    struct strbuf marked;
    strbuf_init(&marked, 4096);
    strbuf_printf(&marked, "%.*s|%.*s", STR_ARGUMENTS(before), STR_ARGUMENTS(behind));
    struct str trimmed = str_trim(strbuf_str(&marked));
    strbuf_printf(out, "%.*s", STR_ARGUMENTS(trimmed));
    strbuf_finish(&marked);
}

static void write_back(const struct question *question, const struct output *output, struct span span,
                       struct strbuf *out) {
    struct place_list places = output_map_back(question->context.arena, output, span);
    strbuf_add_c(out, "  from ");
    for (unsigned i = 0; i < places.list.count; i++) {
        const struct place *place = &places.list.items[i];
        const struct text *text = question->text_of(question->cases, place->path);
        strbuf_printf(out, "%s%.*s:", i > 0 ? ", " : "", STR_ARGUMENTS(place->path));
        answers_span(out, text, place->span);
        strbuf_add_byte(out, ' ');
        write_place(out, text, place->span);
    }
    strbuf_add_c(out, places.list.count == 0 ? "nothing\n" : "\n");
}

static void answer_places(const struct question *question, struct span range, struct strbuf *out) {
    struct arena *arena = question->context.arena;
    const struct emission *emission = question->emit(question->cases);
    uint32_t first = preview_output_at(arena, question->context.file, emission, question->offset);
    struct output_places places =
        output_map_forward(arena, emission, question->context.file->path, range, PREVIEW_NONE, first);
    for (unsigned i = 0; i < places.list.count; i++) {
        const struct output_place *place = &places.list.items[i];
        const struct output *output = &emission->outputs[place->output];
        struct text *text = text_create(preview_text(arena, output));
        strbuf_printf(out, "%.*s:", STR_ARGUMENTS(output->name));
        answers_span(out, text, place->span);
        strbuf_add_byte(out, ' ');
        write_place(out, text, place->span);
        strbuf_add_byte(out, '\n');
        write_back(question, output, place->span, out);
        text_unref(text);
    }
    if (places.list.count == 0) {
        strbuf_add_c(out, "nowhere\n");
    }
}

/* Where the cursor is in each output, and where that comes from. */
void answer_map(const struct question *question, struct strbuf *out) {
    answer_places(question, (struct span){question->offset, question->offset}, out);
}

/* The same of all from the cursor to the end of its line. */
void answer_map_line(const struct question *question, struct strbuf *out) {
    const struct text *text = answers_text(question);
    struct span line = text_line(text, text_line_of(text, question->offset));
    answer_places(question, (struct span){question->offset, line.end}, out);
}
