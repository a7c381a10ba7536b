/* answers: the table of questions, and how places are printed. */
#include "tests/markers/answers.h"

#include "parser/text/position.h"

const struct text *answers_text(const struct question *question) { return question->context.file->tree->text; }

void answers_span(struct strbuf *out, const struct text *text, struct span span) {
    struct range range = range_of(text, span, POSITION_UTF8);
    strbuf_printf(out, "%u:%u-%u:%u", range.start.line + 1, range.start.column + 1, range.end.line + 1,
                  range.end.column + 1);
}

void answers_places(const struct question *question, const struct place_list *places, struct strbuf *out) {
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct place *place = &places->list.items[i];
        const struct text *text = question->text_of(question->cases, place->path);
        strbuf_printf(out, "%.*s:", STR_ARGUMENTS(place->path));
        answers_span(out, text, place->span);
        struct str word = text_slice(text, place->span);
        strbuf_printf(out, "%s%.*s%s\n", word.size > 0 ? " " : "", STR_ARGUMENTS(word),
                      place->hash == text_hash(text) ? "" : " (of another text)");
    }
}

void answers_edits(const struct question *question, const struct edit_list *edits, struct strbuf *out) {
    for (unsigned i = 0; i < edits->list.count; i++) {
        const struct edit *edit = &edits->list.items[i];
        strbuf_add_byte(out, ' ');
        if (!str_equal(edit->place.path, question->context.file->path)) {
            strbuf_printf(out, "%.*s:", STR_ARGUMENTS(edit->place.path));
        }
        answers_span(out, question->text_of(question->cases, edit->place.path), edit->place.span);
        strbuf_printf(out, " ⇒ %.*s\n", STR_ARGUMENTS(edit->replacement));
    }
}

static const struct {
    struct str name;
    void (*write)(const struct question *question, struct strbuf *out);
} sections[] = {
#define SECTION(name, function) {STR_INIT(name), function},
#include "tests/markers/sections.def"
};

bool answer_write(const struct question *question, struct str section, struct strbuf *out) {
    if (str_starts_with(section, STR("preview of "))) {
        answer_preview_of(question, str_slice(section, 11, section.size), out);
        return true;
    }
    if (str_starts_with(section, STR("after "))) {
        answer_after(question, str_slice(section, 6, section.size), out);
        return true;
    }
    if (str_starts_with(section, STR("move "))) {
        answer_move(question, str_slice(section, 5, section.size), out);
        return true;
    }
    if (str_starts_with(section, STR("symbols like"))) {
        answer_symbols_like(question, str_trim(str_slice(section, 12, section.size)), out);
        return true;
    }
    if (str_starts_with(section, STR("rename to "))) {
        answer_rename_to(question, str_slice(section, 10, section.size), out);
        return true;
    }
    if (str_starts_with(section, STR("item "))) {
        answer_item(question, str_slice(section, 5, section.size), out);
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
