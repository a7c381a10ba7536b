/* answers: what the features of the language server say about a place, as lines of text to compare (README.md).
 */
#ifndef TOVA_TESTS_MARKERS_ANSWERS_H
#define TOVA_TESTS_MARKERS_ANSWERS_H

#include "parser/base/strbuf.h"
#include "parser/text/text.h"
#include "server/features/feature.h"

/* The text of a file of the case, or NULL; borrowed. */
typedef struct text *answers_text_of(void *cases, struct str path);

/* A question: the package with the place of the cursor. */
struct question {
    struct feature_context context;
    uint32_t offset; /* of the cursor, bytes */
    uint32_t end;    /* of what is selected; `offset` when nothing is */
    answers_text_of *text_of;
    void *cases;
    struct emission *(*emit)(void *cases); /* emits the package when asked first; borrowed */
};

/* The text of the file with the cursor. */
const struct text *answers_text(const struct question *question);

/* Appends "line:column-line:column", one-based, in bytes. */
void answers_span(struct strbuf *out, const struct text *text, struct span span);

/* Appends a line for each place: its file, where, and its text. */
void answers_places(const struct question *question, const struct place_list *places, struct strbuf *out);

/* Appends a line for each edit: " line:column-line:column ⇒ replacement", with the file where it is another one. */
void answers_edits(const struct question *question, const struct edit_list *edits, struct strbuf *out);

/* The functions of the table of sections: each appends its answer. */
#define SECTION(name, function) void function(const struct question *question, struct strbuf *out);
#include "tests/markers/sections.def"
void answer_move(const struct question *question, struct str words, struct strbuf *out);
void answer_symbols_like(const struct question *question, struct str query, struct strbuf *out);
void answer_rename_to(const struct question *question, struct str name, struct strbuf *out);
void answer_item(const struct question *question, struct str label, struct strbuf *out);
void answer_preview_of(const struct question *question, struct str wanted, struct strbuf *out);
void answer_after(const struct question *question, struct str title, struct strbuf *out);

/* Appends the answer to the question that a section names; false when there is no such question. */
bool answer_write(const struct question *question, struct str section, struct strbuf *out);

#endif
