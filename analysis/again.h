/* again: the state of one run of analyze_again(), shared by the file that runs it and the one that takes over what is the same;
 * private to this layer.
 *
 * The binder numbers symbols, scopes and externals in the order in which it comes to statements, so what it made of one
 * statement stands together; what comes behind it is moved by as many as the statement now has more. Bindings are in the order
 * of the text, and those of one statement stand together likewise.
 */
#ifndef TOVA_ANALYSIS_AGAIN_H
#define TOVA_ANALYSIS_AGAIN_H

#include "analysis/binder.h"
#include "analysis/change.h"

/* What the old analysis has numbered while it bound the statement, and what it is in the new one. */
struct range {
    uint32_t start, end; /* in the old analysis */
    uint32_t shift;      /* of what stands behind, once the statement is bound */
};

struct again {
    struct binder b;
    const struct file_analysis *old;
    struct file_analysis *file;
    struct change change;
    uint32_t block, group; /* of the statement */
    struct range symbols, scopes, externals, bindings;
    uint32_t parts;          /* how many names of parts the statement had bound */
    uint32_t *new_externals; /* per old one; 0: no longer there */
    bool apart;              /* nothing of what the statement's inside says is a type that others see */
    bool failed;             /* something else would have to change */
};

static inline node_id again_node(const struct again *a, node_id node) { return change_node(&a->change, node); }

/* The group of a block, which has one number in both analyses. */
static inline uint32_t again_group(const struct again *a, uint32_t block) {
    return a->b.states.items[a->old->blocks.items[block].scope].group;
}

/* Takes over what was made before the statement was bound, in its number too: blocks first, then what depends on them. */
void again_take_blocks(struct again *a);
void again_take_before(struct again *a);
/* The same for what was made behind it, when it is bound. */
void again_take_behind(struct again *a);
/* Puts bindings in order, when names of parts are bound too; where those are bound everywhere, that is the binder's to do. */
void again_order_bindings(struct again *a);

#endif
