/* package_index: where the names of a package are declared; private to package.c, package_uses.c and modules.c.
 *
 * Made when it is first asked for and kept until a surface changes. Entries name a file by its position and a symbol by its
 * index, so that a summary with an equal surface can take the place of an older one.
 */
#ifndef TOVA_ANALYSIS_PACKAGE_INDEX_H
#define TOVA_ANALYSIS_PACKAGE_INDEX_H

#include "analysis/package.h"
#include "parser/base/map.h"

struct package_entry {
    uint32_t file, symbol;
    uint32_t next; /* the next one of the same kind of block and name, in order of path and place; index + 1 */
    bool alias;    /* `UserModel` for the model `User` */
};

struct package_index {
    bool ready;
    struct map first; /* (kind of block, name) -> entry + 1 */
    struct map last;
    struct package_entry *entries;
    uint32_t entry_count, entry_capacity;
    struct block_key *servers;
    uint32_t server_count, server_capacity;
    struct package_entry *guards; /* middleware that can refuse a request */
    uint32_t guard_count;
};

struct package {
    struct atom_table *atoms;
    const struct modules *modules; /* or NULL */
    struct summary **files; /* in order of path */
    uint32_t file_count, file_capacity;
    struct map methods;     /* (type, method) -> how many; (ATOM_NONE, method) for those of traits */
    struct map asks;        /* name -> how many asks of files there are for it; those that pass it count in the high half */
    struct map calls;       /* name -> how many calls of servers and routes of all files have it */
    struct package_index *index;
};

/* The index, made when it is not there. */
const struct package_index *package_index(const struct package *package);

/* The blocks that code in `block` sees, its own first; writes up to 3 and returns how many. */
uint32_t package_levels(struct block_key block, struct block_key levels[3]);

/* The first entry of a name in a kind of block, or NULL; and the one behind it. */
const struct package_entry *package_first(const struct package *package, enum block_kind kind, atom_id name);
const struct package_entry *package_next(const struct package *package, const struct package_entry *entry);

static inline struct package_symbol package_entry_symbol(const struct package *package,
                                                         const struct package_entry *entry) {
    const struct summary *file = package->files[entry->file];
    return (struct package_symbol){file, &file->symbols[entry->symbol]};
}

#endif
