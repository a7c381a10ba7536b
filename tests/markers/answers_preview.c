/* answers_preview: what is emitted. */
#include "tests/markers/answers.h"

#include "server/features/preview.h"

/* The outputs, the chosen one marked, and the first lines of its text. */
void answer_preview_of(const struct question *question, struct str wanted, struct strbuf *out) {
    enum { LINES = 4 };
    struct preview preview;
    const struct emission *emission = question->emit(question->cases);
    if (!preview_of(question->context.arena, question->context.file, emission, wanted, &preview)) {
        strbuf_add_c(out, "no such output\n");
        return;
    }
    for (unsigned i = 0; i < preview.outputs.count; i++) {
        const struct preview_output *output = &preview.outputs.items[i];
        strbuf_printf(out, "%c %.*s (%.*s)%s\n", i == preview.chosen ? '>' : '-', STR_ARGUMENTS(output->name),
                      STR_ARGUMENTS(output->label), output->broken ? " broken" : "");
    }
    size_t end = 0;
    for (int i = 0; i < LINES && end < preview.text.size; i++) {
        end = str_find(preview.text, '\n', end) + 1;
    }
    strbuf_printf(out, "%.*s", STR_ARGUMENTS(str_slice(preview.text, 0, end)));
}

void answer_preview(const struct question *question, struct strbuf *out) {
    answer_preview_of(question, (struct str){0}, out);
}
