/* occurrences: every place of the workspace where a declared thing is named, found by resolving each name of its spelling.
 *
 * Which files are worth a look is known from the summaries; they are analysed once more only when they are not open.
 */
#ifndef TOVA_ANALYSIS_OCCURRENCES_H
#define TOVA_ANALYSIS_OCCURRENCES_H

#include "analysis/entity.h"
#include "parser/base/stop.h"

struct occurrence {
    const struct file_analysis *file;
    node_id node;
    struct span span; /* of the name */
    struct meaning meaning;
    bool as_field; /* of a shorthand: it is the field of `{ name }` that is meant, not the value */
};

struct occurrence_list {
    VEC(struct occurrence) list;
};

/* The occurrences of several entities: declarations, uses, imports; in order of path and place. Entities that no other file can
 * name are looked for in their own file alone. Ends early, with some of them, when `stop` (may be NULL) says so. */
struct occurrence_list occurrences_of(struct arena *arena, const struct sources *sources, const struct entity *entities,
                                      uint32_t count, const struct stop *stop);

/* Those in one file. */
struct occurrence_list occurrences_in(struct resolver *resolver, const struct entity *entities, uint32_t count);

/* A file that may name something: it has a name of this spelling. */
struct named_file {
    struct str path;
    const struct package *package;
};
struct named_files {
    VEC(struct named_file) list;
};

/* The files of the workspace in which a name of one of the spellings stands, in order of path; `near` NULL: all of them, else
 * those of that package, of those that import from it, and of those that it imports from. */
struct named_files occurrences_files(struct arena *arena, const struct sources *sources, const struct package *near,
                                     const atom_id *names, uint32_t count);

#endif
