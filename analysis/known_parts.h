/* known_parts: what is remembered of the parts of a file (checks.h) from one check to the next, and what may have changed since
 * then. For check_file_again() alone.
 *
 * A part sees others by their names: what it calls, reads, and says of types. So it needs a look when its own text has changed, or
 * when it speaks of a name that a changed part gives or gave; and as types follow from each other, what such a part gives has
 * changed too. Of functions, effects and components others see the head alone. Parts are told apart by hashes that say nothing of
 * where they stand but the block.
 */
#ifndef TOVA_ANALYSIS_KNOWN_PARTS_H
#define TOVA_ANALYSIS_KNOWN_PARTS_H

#include "parser/base/atom.h"

#include <stdbool.h>
#include <stdint.h>

struct known_part {
    uint64_t whole;  /* of all that it consists of */
    uint64_t head;   /* of what others see of it in the text, */
    uint64_t offers; /* and in what it declares */
    uint32_t names, name_count; /* what it declares: known_parts.names from there on */
    bool named_only; /* nothing looks for it but by those names */
    bool quiet;      /* nothing was to be said about it */
};

struct known_parts {
    struct known_part *items;
    uint32_t count;
    atom_id *names;
    uint32_t name_count;
    uint64_t around; /* a hash of what parts see that is no part of this file, and of its blocks */
    uint64_t seen;   /* the same of what its declarations are to others, all together */
    bool ready;      /* all of that is there */
};

struct check;

/* Describes the parts of a file that is being checked: those that were found in it. Lives in the check's arena. */
struct known_parts known_parts_describe(const struct check *check);

/* Sets quiet for each of `now` about which nothing can have changed since `before`, where nothing was to be said. */
void known_parts_compare(const struct check *check, const struct known_parts *before, struct known_parts *now);

/* Both in place, where the analysis is the next one and has bound one statement alone (origin): reads that one, and leaves quiet
 * what still is. False when more may have changed; nothing is then. */
bool known_parts_update(const struct check *check, struct known_parts *known);

/* A copy on the heap instead of the one before, to be finished by the caller. */
void known_parts_keep(struct known_parts *kept, const struct known_parts *now);
void known_parts_finish(struct known_parts *known);

#endif
