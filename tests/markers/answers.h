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
    answers_text_of *text_of;
    void *cases;
    struct emission *(*emit)(void *cases); /* emits the package when asked first; borrowed */
};

/* Appends the answer to the question that a section names; false when there is no such question. */
bool answer_write(const struct question *question, struct str section, struct strbuf *out);

#endif
