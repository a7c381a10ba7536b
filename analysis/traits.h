/* traits: functions that have one name because a trait asks for it: the trait's own and those of its `impl` blocks.
 */
#ifndef TOVA_ANALYSIS_TRAITS_H
#define TOVA_ANALYSIS_TRAITS_H

#include "analysis/entity.h"
#include "parser/base/stop.h"

struct entity_list {
    VEC(struct entity) list;
};

/* What belongs to a function of a trait, or of an `impl Trait for Type`: the trait's function first, then those of all its
 * `impl` blocks in the workspace, in order of path. Of everything else it alone. *foreign: the trait is no trait of the
 * program. Ends early, with some of them, when `stop` (may be NULL) says so. */
struct entity_list traits_family(struct arena *arena, const struct sources *sources, struct entity entity,
                                 const struct stop *stop, bool *foreign);

/* The trait itself, or that of a function of a trait; none for everything else. */
struct entity traits_trait_of(struct entity entity);

/* Calls visit for each `impl Trait for …` of the workspace, in order of path and place, until `stop` (may be NULL) says that it is
 * enough. */
void traits_each_impl(struct arena *arena, const struct sources *sources, struct entity trait, const struct stop *stop,
                      void (*visit)(void *context, const struct file_analysis *file, node_id impl), void *context);

/* The function of an `impl` or trait by its name; none when it has none. */
struct entity traits_function(const struct file_analysis *file, node_id declaration, atom_id name);

#endif
