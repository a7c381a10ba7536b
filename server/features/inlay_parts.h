/* inlay_parts: the kinds of hints that have a file of their own; private to inlay_hint.
 */
#ifndef TOVA_SERVER_FEATURES_INLAY_PARTS_H
#define TOVA_SERVER_FEATURES_INLAY_PARTS_H

#include "analysis/typer.h"
#include "server/features/inlay_hint.h"

struct inlay {
    const struct feature_context *context;
    const struct syntax_tree *tree;
    struct span within;
    const uint8_t *marks;
    struct inlay_hint_list hints;
    bool waits; /* the last `await` is at: */
    uint32_t waits_at;
};

/* Adds a hint if it stands within the range. */
void inlay_add(struct inlay *inlay, struct inlay_hint hint);

/* The names of the parameters that plain values of a call go to. */
void inlay_parameters(struct inlay *inlay, node_id call);

/* The type of a symbol of the file whose name stands within the range, where the text does not say it. */
void inlay_type(struct inlay *inlay, struct typer *typer, uint32_t symbol);

#endif
