/* name_uses: where each name stands in a file: its bindings in order, found by name and place without a walk over those of
 * all other names. Private to this layer.
 */
#ifndef TOVA_CODEGEN_NAME_USES_H
#define TOVA_CODEGEN_NAME_USES_H

#include "analysis/symbols.h"

struct name_uses {
    const struct file_analysis *file;
    uint32_t *starts;   /* per bucket of names: where its bindings begin in `bindings`; one more for the end */
    uint32_t *bindings; /* bucket by bucket, each in order */
    uint32_t last;      /* bucket; a power of two less one */
};

/* The uses of all names of a file, which is borrowed. Lives in the arena. */
struct name_uses *name_uses_create(struct arena *arena, const struct file_analysis *file);

/* The first binding (an index) at or behind `from` that has the name, before `end`; `end` when there is none. */
uint32_t name_uses_next(const struct name_uses *uses, atom_id name, uint32_t from, uint32_t end);

#endif
