/* folding: what of a document can be folded away: what stands between brackets and tags, runs of comments and of imports, and
 * what `// region` and `// endregion` enclose.
 */
#ifndef TOVA_SERVER_FEATURES_FOLDING_H
#define TOVA_SERVER_FEATURES_FOLDING_H

#include "server/features/feature.h"

enum fold_kind { FOLD_CODE, FOLD_COMMENT, FOLD_IMPORTS, FOLD_REGION };

struct fold {
    struct span span; /* what disappears, in bytes; of more than one line */
    enum fold_kind kind;
    bool closed; /* a bracket or tag follows, which stays to be seen when it begins its line */
};

struct fold_list {
    VEC(struct fold) list; /* in order of start, the larger first; nested or apart */
};

struct fold_list folds(const struct feature_context *context);

/* The lines (zero-based) that a fold takes for a client that folds whole lines: the first stays, those behind it up to *last
 * disappear. False when nothing would. */
bool fold_lines(const struct text *text, const struct fold *fold, uint32_t *first, uint32_t *last);

#endif
