/* document_link: paths of imports as links to their files.
 */
#ifndef TOVA_SERVER_FEATURES_DOCUMENT_LINK_H
#define TOVA_SERVER_FEATURES_DOCUMENT_LINK_H

#include "server/features/feature.h"

struct document_link {
    struct span span; /* without quotes */
    struct str path;  /* of the file, absolute */
};

struct document_link_list {
    VEC(struct document_link) list;
};

/* The links of a document in order of place; only to files that are there. */
struct document_link_list document_links(const struct feature_context *context);

#endif
