/* answers_showing: what is shown of a text that stands. */
#include "tests/markers/answers.h"

#include "server/features/document_symbol.h"
#include "server/features/hover.h"

void answer_hover(const struct question *question, struct strbuf *out) {
    struct hover hover = hover_at(&question->context, question->offset);
    if (hover.markdown.size == 0) {
        return;
    }
    answers_span(out, answers_text(question), hover.span);
    strbuf_printf(out, "\n%.*s", STR_ARGUMENTS(hover.markdown));
}

void answer_outline(const struct question *question, struct strbuf *out) {
    struct document_symbol_list symbols = document_symbols(&question->context);
    for (unsigned i = 0; i < symbols.list.count; i++) {
        const struct document_symbol *symbol = &symbols.list.items[i];
        strbuf_add_repeat(out, ' ', (size_t)symbol->depth * 2);
        strbuf_printf(out, "%.*s (%d) ", STR_ARGUMENTS(symbol->name), symbol->kind);
        answers_span(out, answers_text(question), symbol->span);
        strbuf_printf(out, " `%.*s`", STR_ARGUMENTS(text_slice(answers_text(question), symbol->selection)));
        if (symbol->detail.size > 0) {
            strbuf_printf(out, " %.*s", STR_ARGUMENTS(symbol->detail));
        }
        strbuf_add_byte(out, '\n');
    }
}
