/* references: every use of what a name stands for, across blocks, files, modules and servers; and those in one file, with how
 * they use it.
 */
#ifndef TOVA_SERVER_FEATURES_REFERENCES_H
#define TOVA_SERVER_FEATURES_REFERENCES_H

#include "analysis/occurrences.h"
#include "server/features/feature.h"

/* The uses of what the name at `offset` (bytes) stands for, in order of path and place; with its declaration when
 * `declaration`. Of a builtin and of names of JavaScript the uses in this file; of a server its blocks and what names it; of an
 * event its handlers and what publishes it. Asking at any of the places gives the same ones. */
struct place_list references_of(const struct feature_context *context, uint32_t offset, bool declaration);

/* The same as occurrences, for what is declared in Tova. */
struct occurrence_list references_occurrences(const struct feature_context *context, struct entity entity);

/* A use in the document itself. */
struct highlight {
    struct span span;
    bool write; /* it is declared, assigned or changed there */
};
struct highlight_list {
    VEC(struct highlight) list;
};

/* The uses in the document of what stands at `offset`, its declaration included; in order of place. */
struct highlight_list highlights_at(const struct feature_context *context, uint32_t offset);

#endif
