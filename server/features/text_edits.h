/* text_edits: the few replacements that make one text another.
 *
 * Lines that both texts have are found by the shortest way from one to the other (Myers), up to a number of differences beyond
 * which one replacement of everything in between is the better answer; what is left is cut to the characters that differ. No
 * edit begins or ends inside a character or between CR and LF.
 */
#ifndef TOVA_SERVER_FEATURES_TEXT_EDITS_H
#define TOVA_SERVER_FEATURES_TEXT_EDITS_H

#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "parser/text/span.h"

struct text_edit {
    struct span span;  /* of the text before, in bytes */
    struct str text;   /* what stands there then; borrowed from the text after */
};

struct text_edits {
    VEC(struct text_edit) list; /* in order; none overlap or touch */
};

/* Nothing when the texts are the same. Lives in the arena; borrows `after`. */
struct text_edits text_edits_between(struct arena *arena, struct str before, struct str after);

#endif
