/* answers: asks a feature and prints what it says, one line a thing. */
#include "tests/markers/answers.h"

#include "parser/text/position.h"
#include "server/features/code_action.h"
#include "server/features/completion.h"
#include "server/features/definition.h"
#include "server/features/document_symbol.h"
#include "server/features/hover.h"
#include "server/features/preview.h"
#include "server/features/references.h"

static const struct text *own_text(const struct question *question) { return question->context.file->tree->text; }

static void write_span(struct strbuf *out, const struct text *text, struct span span) {
    struct range range = range_of(text, span, POSITION_UTF8);
    strbuf_printf(out, "%u:%u-%u:%u", range.start.line + 1, range.start.column + 1, range.end.line + 1,
                  range.end.column + 1);
}

/* ---- places */

static void write_places(const struct question *question, const struct place_list *places, struct strbuf *out) {
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct place *place = &places->list.items[i];
        const struct text *text = question->text_of(question->cases, place->path);
        strbuf_printf(out, "%.*s:", STR_ARGUMENTS(place->path));
        write_span(out, text, place->span);
        strbuf_printf(out, " %.*s%s\n", STR_ARGUMENTS(text_slice(text, place->span)),
                      place->hash == text_hash(text) ? "" : " (of another text)");
    }
}

static void write_definition(const struct question *question, struct strbuf *out) {
    struct place_list places = definition_of(&question->context, question->offset, NULL);
    write_places(question, &places, out);
}

static void write_references(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, true);
    write_places(question, &places, out);
}

static void write_uses(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, false);
    write_places(question, &places, out);
}

/* ---- hover, completion, outline */

static void write_hover(const struct question *question, struct strbuf *out) {
    struct hover hover = hover_at(&question->context, question->offset);
    if (hover.markdown.size == 0) {
        return;
    }
    write_span(out, own_text(question), hover.span);
    strbuf_printf(out, "\n%.*s", STR_ARGUMENTS(hover.markdown));
}

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
    write_span(out, own_text(question), items.replace);
    strbuf_add_byte(out, '\n');
    for (unsigned i = 0; i < items.list.count; i++) {
        builtins += items.list.items[i].group == 'c';
        if (items.list.items[i].group != 'c') {
            write_item(&items.list.items[i], out);
        }
    }
    strbuf_add_c(out, builtins > 0 ? "and builtins\n" : "");
}

static void write_completion(const struct question *question, struct strbuf *out) { write_items(question, false, out); }

static void write_snippets(const struct question *question, struct strbuf *out) { write_items(question, true, out); }

static void write_outline(const struct question *question, struct strbuf *out) {
    struct document_symbol_list symbols = document_symbols(&question->context);
    for (unsigned i = 0; i < symbols.list.count; i++) {
        const struct document_symbol *symbol = &symbols.list.items[i];
        strbuf_add_repeat(out, ' ', (size_t)symbol->depth * 2);
        strbuf_printf(out, "%.*s (%d) ", STR_ARGUMENTS(symbol->name), symbol->kind);
        write_span(out, own_text(question), symbol->span);
        strbuf_printf(out, " `%.*s`", STR_ARGUMENTS(text_slice(own_text(question), symbol->selection)));
        if (symbol->detail.size > 0) {
            strbuf_printf(out, " %.*s", STR_ARGUMENTS(symbol->detail));
        }
        strbuf_add_byte(out, '\n');
    }
}

static void write_fixes(const struct question *question, struct strbuf *out) {
    struct code_action_list actions =
        code_actions_in(&question->context, (struct span){question->offset, question->offset});
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        strbuf_printf(out, "%.*s: ", STR_ARGUMENTS(action->title));
        write_span(out, own_text(question), action->span);
        strbuf_printf(out, " ⇒ %.*s\n", STR_ARGUMENTS(action->replacement));
    }
}

/* ---- preview */

/* The outputs, the chosen one marked, and the first lines of its text. */
static void write_preview_of(const struct question *question, struct str wanted, struct strbuf *out) {
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

static void write_preview(const struct question *question, struct strbuf *out) {
    write_preview_of(question, (struct str){0}, out);
}

static const struct {
    struct str name;
    void (*write)(const struct question *question, struct strbuf *out);
} sections[] = {
    {STR_INIT("completion"), write_completion},
    {STR_INIT("snippets"), write_snippets},
    {STR_INIT("definition"), write_definition},
    {STR_INIT("fixes"), write_fixes},
    {STR_INIT("hover"), write_hover},
    {STR_INIT("outline"), write_outline},
    {STR_INIT("preview"), write_preview},
    {STR_INIT("references"), write_references},
    {STR_INIT("uses"), write_uses},
};

bool answer_write(const struct question *question, struct str section, struct strbuf *out) {
    if (str_starts_with(section, STR("preview of "))) {
        write_preview_of(question, str_slice(section, 11, section.size), out);
        return true;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (str_equal(sections[i].name, section)) {
            sections[i].write(question, out);
            return true;
        }
    }
    return false;
}
