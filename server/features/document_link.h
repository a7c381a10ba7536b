/* document_link: what leads elsewhere: paths of imports to their files, addresses wherever they stand, and `href`s to routes of the
 * program. Paths of a page's router are not followed.
 */
#ifndef TOVA_SERVER_FEATURES_DOCUMENT_LINK_H
#define TOVA_SERVER_FEATURES_DOCUMENT_LINK_H

#include "server/features/feature.h"

struct document_link {
    struct span span;   /* without quotes */
    struct str path;    /* of the file, absolute; empty for an address */
    unsigned line;      /* in the file, counted from 1; 0: the file as a whole */
    struct str address; /* `https://…`, as it is written */
};

struct document_link_list {
    VEC(struct document_link) list;
};

/* The links of a document in order of place; only to files that are there. */
struct document_link_list document_links(const struct feature_context *context);

#endif
