/* answers_reading: what helps to read a text: colours of names, folds, growing selections. */
#include "tests/markers/answers.h"

#include "parser/text/position.h"
#include "server/features/color.h"
#include "server/features/folding.h"
#include "server/features/selection.h"
#include "server/features/semantic_tokens.h"

/* ---- tokens: each line of the source that has some, and beneath it what they are */

/* As the protocol calls them. */
static const struct str type_names[] = {
#define TOKEN_NAME(id, name) STR_INIT(name),
    TOKEN_TYPES(TOKEN_NAME, TOKEN_NAME)};

static const struct str modifier_names[] = {TOKEN_MODIFIERS(TOKEN_NAME, TOKEN_NAME)
#undef TOKEN_NAME
};

static void write_token(const struct text *text, const struct semantic_token *token, struct strbuf *out) {
    struct range range = range_of(text, (struct span){token->start, token->end}, POSITION_UTF32);
    bool one_line = range.start.line == range.end.line;
    strbuf_add_c(out, "  ");
    strbuf_add_repeat(out, ' ', range.start.column);
    strbuf_add_repeat(out, '^', one_line ? range.end.column - range.start.column : 1);
    strbuf_printf(out, "%s %.*s", one_line ? "" : "…", STR_ARGUMENTS(type_names[token->type]));
    for (int bit = 0; bit < TOKEN_MODIFIER_COUNT; bit++) {
        if (token->modifiers >> bit & 1) {
            strbuf_printf(out, " %.*s", STR_ARGUMENTS(modifier_names[bit]));
        }
    }
    strbuf_add_byte(out, '\n');
}

static void write_tokens(const struct question *question, bool lexical, struct strbuf *out) {
    const struct text *text = answers_text(question);
    struct semantic_token_list tokens = semantic_tokens(&question->context, (struct span){0, text_size(text)}, lexical);
    uint32_t line = UINT32_MAX;
    for (unsigned i = 0; i < tokens.list.count; i++) {
        const struct semantic_token *token = &tokens.list.items[i];
        if (text_line_of(text, token->start) != line) {
            line = text_line_of(text, token->start);
            strbuf_printf(out, "| %.*s\n", STR_ARGUMENTS(text_slice(text, text_line(text, line))));
        }
        write_token(text, token, out);
    }
}

void answer_tokens(const struct question *question, struct strbuf *out) { write_tokens(question, false, out); }

void answer_all_tokens(const struct question *question, struct strbuf *out) { write_tokens(question, true, out); }

/* ---- folds */

static const char *const fold_names[] = {
    [FOLD_CODE] = "", [FOLD_COMMENT] = " comment", [FOLD_IMPORTS] = " imports", [FOLD_REGION] = " region"};

/* Where it begins and ends, what is left of its first line, and the lines that go where whole lines are folded. */
void answer_folds(const struct question *question, struct strbuf *out) {
    const struct text *text = answers_text(question);
    struct fold_list found = folds(&question->context);
    for (unsigned i = 0; i < found.list.count; i++) {
        const struct fold *fold = &found.list.items[i];
        uint32_t first;
        uint32_t last;
        struct span line = text_line(text, text_line_of(text, fold->span.start));
        answers_span(out, text, fold->span);
        if (fold_lines(text, fold, &first, &last)) {
            strbuf_printf(out, " (%u-%u)", first + 1, last + 1);
        }
        struct str left = str_trim(text_slice(text, (struct span){line.start, fold->span.start}));
        strbuf_printf(out, "%s `%.*s`\n", fold_names[fold->kind], STR_ARGUMENTS(left));
    }
}

/* ---- selection: one line a step, its line ends written as ⏎ */

void answer_selection(const struct question *question, struct strbuf *out) {
    const struct text *text = answers_text(question);
    struct span_list spans = selection_at(&question->context, question->offset);
    for (unsigned i = 0; i < spans.list.count; i++) {
        struct str part = text_slice(text, spans.list.items[i]);
        for (size_t at = 0; at < part.size; at++) {
            if (part.data[at] == '\n') {
                strbuf_add_c(out, "⏎");
            } else {
                strbuf_add_byte(out, part.data[at]);
            }
        }
        strbuf_add_byte(out, '\n');
    }
}

/* ---- colours: where, as written, and in all forms */

void answer_colors(const struct question *question, struct strbuf *out) {
    struct color_list colors = colors_of(&question->context);
    for (unsigned i = 0; i < colors.list.count; i++) {
        const struct color_place *place = &colors.list.items[i];
        struct str forms[COLOR_FORMS];
        color_write(question->context.arena, place->color, forms);
        answers_span(out, answers_text(question), place->span);
        strbuf_printf(out, " %.*s:", STR_ARGUMENTS(text_slice(answers_text(question), place->span)));
        for (size_t k = 0; k < COLOR_FORMS; k++) {
            strbuf_printf(out, " %.*s", STR_ARGUMENTS(forms[k]));
        }
        strbuf_add_byte(out, '\n');
    }
}
