/* trial: the files of a package with edits made in some of them, and how many errors they then have.
 */
#ifndef TOVA_TESTS_MARKERS_TRIAL_H
#define TOVA_TESTS_MARKERS_TRIAL_H

#include "parser/syntax/tree.h"
#include "server/features/feature.h"

/* The text of a file of the package; borrowed. */
typedef struct text *trial_text_of(void *cases, struct str path);

struct trial {
    const struct feature_context *context;
    trial_text_of *text_of;
    void *cases;
    struct syntax_parser *parser; /* borrowed */
};

/* The text of the file of the edits [first, end), which are all of one file, with them made. Lives in the context's arena. */
struct str trial_edited(const struct trial *trial, const struct edit_list *edits, unsigned first, unsigned end);

/* How many errors the package has with all edits made; `codes`, when not NULL, gets a bit (code modulo 64) for each. */
unsigned trial_errors(const struct trial *trial, const struct edit_list *edits, uint64_t *codes);

#endif
