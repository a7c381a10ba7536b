/* answers_writing: what helps while writing. */
#include "tests/markers/answers.h"

#include "server/features/completion.h"

static void write_item(const struct completion_item *item, struct strbuf *out) {
    strbuf_printf(out, "%.*s%.*s", STR_ARGUMENTS(item->label), STR_ARGUMENTS(item->parameters));
    if (item->home.size > 0) {
        strbuf_printf(out, " · %.*s", STR_ARGUMENTS(item->home));
    }
    strbuf_printf(out, " · %.*s", STR_ARGUMENTS(item->detail));
    if (!str_equal(item->insert, item->label)) {
        strbuf_printf(out, " ⇒ %.*s", STR_ARGUMENTS(item->insert));
    }
    strbuf_add_byte(out, '\n');
}

/* Builtins are only counted: there are many, and they are the same everywhere. */
static void write_items(const struct question *question, bool snippets, struct strbuf *out) {
    struct feature_context context = question->context;
    context.snippets = snippets;
    struct completion_list items = completions_at(&context, question->offset);
    unsigned builtins = 0;
    strbuf_add_c(out, "replaces ");
    answers_span(out, answers_text(question), items.replace);
    strbuf_add_byte(out, '\n');
    for (unsigned i = 0; i < items.list.count; i++) {
        builtins += items.list.items[i].group == 'c';
        if (items.list.items[i].group != 'c') {
            write_item(&items.list.items[i], out);
        }
    }
    strbuf_add_c(out, builtins > 0 ? "and builtins\n" : "");
}

void answer_completion(const struct question *question, struct strbuf *out) { write_items(question, false, out); }

void answer_snippets(const struct question *question, struct strbuf *out) { write_items(question, true, out); }
