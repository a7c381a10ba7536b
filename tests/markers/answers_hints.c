/* answers_hints: what stands between and above the lines of a text. */
#include "tests/markers/answers.h"

#include "server/features/code_lens.h"
#include "server/features/inlay_hint.h"

static void write_callers(const struct question *question, const struct code_lens *lens, struct strbuf *out) {
    struct callers callers;
    if (!code_lens_callers(&question->context, lens->span.start, &callers)) {
        strbuf_add_c(out, "no such function\n");
        return;
    }
    strbuf_printf(out, "%.*s\n", STR_ARGUMENTS(callers.title));
    struct strbuf places;
    strbuf_init(&places, 64 * 1024);
    answers_places(question, &callers.places, &places);
    for (struct str rest = strbuf_str(&places); rest.size > 0;) {
        size_t end = str_find(rest, '\n', 0);
        strbuf_printf(out, "  %.*s\n", (int)end, rest.data);
        rest = str_slice(rest, end + 1, rest.size);
    }
    strbuf_finish(&places);
}

/* Each with what it stands above, and the places that it leads to. */
void answer_lenses(const struct question *question, struct strbuf *out) {
    struct code_lens_list lenses = code_lenses(&question->context);
    for (unsigned i = 0; i < lenses.list.count; i++) {
        const struct code_lens *lens = &lenses.list.items[i];
        answers_span(out, answers_text(question), lens->span);
        strbuf_printf(out, " `%.*s` ", STR_ARGUMENTS(text_slice(answers_text(question), lens->span)));
        if (lens->kind == CODE_LENS_CALLERS) {
            write_callers(question, lens, out);
        } else {
            strbuf_printf(out, "%.*s%s%.*s\n", STR_ARGUMENTS(lens->title), lens->name.size > 0 ? " " : "",
                          STR_ARGUMENTS(lens->name));
        }
    }
}

/* The lines that have hints, with these in angle brackets. */
void answer_hints(const struct question *question, struct strbuf *out) {
    const struct text *text = answers_text(question);
    struct inlay_settings settings = {.parameter_names = true, .await = true, .types = true};
    question->emit(question->cases); /* links the program, which marks what is awaited */
    struct inlay_hint_list hints =
        inlay_hints(&question->context, (struct span){0, text_size(text)}, &settings, question->context.file->marks);
    for (unsigned i = 0; i < hints.list.count;) {
        struct span line = text_line(text, text_line_of(text, hints.list.items[i].offset));
        uint32_t at = line.start;
        strbuf_add_c(out, "| ");
        for (; i < hints.list.count && hints.list.items[i].offset <= line.end; i++) {
            const struct inlay_hint *hint = &hints.list.items[i];
            strbuf_add(out, text_slice(text, (struct span){at, hint->offset}));
            strbuf_printf(out, "‹%.*s›", STR_ARGUMENTS(hint->label));
            at = hint->offset;
        }
        strbuf_printf(out, "%.*s\n", STR_ARGUMENTS(text_slice(text, (struct span){at, line.end})));
    }
}
