/* record_key: where a name behind a dot is written as a key, for records that no type describes: `colours.food` after
 * `colours = { food: "red" }`. It says where to look, and not that there is no other place that gives the record its value, so
 * nothing is renamed by it.
 */
#ifndef TOVA_SERVER_FEATURES_RECORD_KEY_H
#define TOVA_SERVER_FEATURES_RECORD_KEY_H

#include "server/features/feature.h"

struct record_key {
    const struct file_analysis *file;
    node_id node;     /* the key, of a pair; NODE_NONE: there is none */
    struct str owner; /* what holds the record */
};

/* The key of the property at a node; in any file. */
struct record_key record_key_at(const struct feature_context *context, node_id node);

#endif
