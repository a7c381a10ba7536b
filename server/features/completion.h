/* completion: what can be written at a place.
 *
 * Behind `server.` and behind a peer's name: the functions that can be called there, each with the server that has it, and
 * nothing else. Elsewhere in code: the names that are visible. In comments and in the text of strings: nothing.
 */
#ifndef TOVA_SERVER_FEATURES_COMPLETION_H
#define TOVA_SERVER_FEATURES_COMPLETION_H

#include "server/features/feature.h"

struct completion_item {
    struct str label;
    int kind;                 /* LSP CompletionItemKind */
    struct str parameters;    /* shown right behind the label: "(name, email)", or empty */
    struct str home;          /* shown at the right: "server api", or empty */
    struct str detail;        /* signature */
    struct str documentation; /* Markdown, or empty */
    struct str insert;        /* what replaces `replace`; snippet syntax when is_snippet */
    bool is_snippet;
    char group; /* sorts before the label: 'a' is nearest */
};

struct completion_list {
    VEC(struct completion_item) list;
    struct span replace; /* what has been typed of the name */
};

/* The completions at `offset` (bytes). */
struct completion_list completions_at(const struct feature_context *context, uint32_t offset);

#endif
