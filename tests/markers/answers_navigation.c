/* answers_navigation: what a place leads to. */
#include "tests/markers/answers.h"

#include "server/features/definition.h"
#include "server/features/references.h"
#include "server/features/rename.h"

void answer_definition(const struct question *question, struct strbuf *out) {
    struct place_list places = definition_of(&question->context, question->offset, NULL);
    answers_places(question, &places, out);
}

/* The span that leads to each place, and all of what is declared there. */
void answer_links(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = definition_of(&question->context, question->offset, &origin);
    answers_span(out, answers_text(question), origin);
    strbuf_add_byte(out, '\n');
    for (unsigned i = 0; i < places.list.count; i++) {
        places.list.items[i].span = places.list.items[i].whole;
    }
    answers_places(question, &places, out);
}

void answer_declaration(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = declaration_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_type_definition(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = type_definition_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_implementation(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = implementation_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_highlights(const struct question *question, struct strbuf *out) {
    struct highlight_list highlights = highlights_at(&question->context, question->offset);
    for (unsigned i = 0; i < highlights.list.count; i++) {
        const struct highlight *highlight = &highlights.list.items[i];
        answers_span(out, answers_text(question), highlight->span);
        strbuf_printf(out, " %s\n", highlight->write ? "write" : "read");
    }
}

void answer_references(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, true);
    answers_places(question, &places, out);
}

void answer_uses(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, false);
    answers_places(question, &places, out);
}

/* The range that is offered, or why none is. */
void answer_renaming(const struct question *question, struct strbuf *out) {
    struct rename rename = rename_prepare(&question->context, question->offset);
    if (rename.problem.size > 0) {
        strbuf_add(out, rename.problem);
        return;
    }
    answers_span(out, answers_text(question), rename.span);
    strbuf_printf(out, " %.*s\n", STR_ARGUMENTS(rename.name));
}

void answer_rename_to(const struct question *question, struct str name, struct strbuf *out) {
    struct rename rename = rename_to(&question->context, question->offset, name);
    strbuf_add(out, rename.problem);
    answers_edits(question, &rename.edits, out);
}
