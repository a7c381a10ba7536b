/* rename: a new name for what a name stands for, wherever it is written, or the reason why that cannot be.
 *
 * Edits are names alone: comments and texts stay, but for strings that are names: an event's (`publish`, `emit`, `subscribe`), a
 * job's (`spawn_job`), a column's. `{ name }` keeps its other meaning by becoming
 * `{ name: new }`, and a pair whose two names become one becomes short again where the file writes them so. Before edits are
 * given, the workspace is analysed as it would be: every name has to mean what it meant, and no error may come.
 *
 * A type and the model of its name are one thing and are renamed together, `BookModel` too. The database sees nothing of that: a
 * model that says no table gets the setting `table` with the one that it had. A field of such a type is a column, which no
 * setting gives another name: it is renamed in the program, `order: "title"` included, with a warning that the column has to be
 * renamed too. Relations name columns and properties after models, so that these keep their names.
 */
#ifndef TOVA_SERVER_FEATURES_RENAME_H
#define TOVA_SERVER_FEATURES_RENAME_H

#include "server/features/feature.h"

struct rename {
    struct str problem; /* a sentence for people; empty when it can be done */
    struct str warning; /* what has to be done beside the edits, for people; mostly empty */
    struct span span;   /* of the name at the offset */
    struct str name;    /* as it is written there */
    struct edit_list edits;
};

/* Can what stands at `offset` (bytes) be renamed at all? Gives no edits. */
struct rename rename_prepare(const struct feature_context *context, uint32_t offset);

/* The edits that give it the new name. */
struct rename rename_to(const struct feature_context *context, uint32_t offset, struct str name);

#endif
