/* answers_navigation: what a place leads to. */
#include "tests/markers/answers.h"

#include "server/features/definition.h"
#include "server/features/references.h"

void answer_definition(const struct question *question, struct strbuf *out) {
    struct place_list places = definition_of(&question->context, question->offset, NULL);
    answers_places(question, &places, out);
}

void answer_references(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, true);
    answers_places(question, &places, out);
}

void answer_uses(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, false);
    answers_places(question, &places, out);
}
