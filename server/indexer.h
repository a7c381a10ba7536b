/* indexer: reads closed files on other threads and gives what is known of each, a summary, to the loop's.
 *
 * Files come from folders that are searched, and one by one from whoever cannot wait for those; the latter go first. A
 * worker has a parser and an arena of its own; atoms are shared, nothing else is. Nothing of a file stays but its summary.
 */
#ifndef TOVA_SERVER_INDEXER_H
#define TOVA_SERVER_INDEXER_H

#include "analysis/summary.h"
#include "parser/base/atom.h"
#include "parser/base/str.h"
#include "parser/syntax/tree.h"
#include "server/io/loop.h"

#include <stdbool.h>
#include <stdint.h>

struct indexer;

/* All are called on the loop's thread. */
struct indexer_events {
    void *context;
    /* A parser like which the workers' are made; it outlives the indexer. Asked for when there is a file to read. */
    const struct syntax_parser *(*parser)(void *context);
    /* Is there any need to read this file? */
    bool (*wanted)(void *context, struct str path);
    /* A file has been read; takes ownership. */
    void (*found)(void *context, struct summary *summary);
    /* `done` of `total` files have been read or left out; both grow while folders are searched. */
    void (*progress)(void *context, uint32_t done, uint32_t total);
    /* Nothing is left to read. */
    void (*finished)(void *context);
};

/* The atoms outlive the indexer. Caller destroys. */
struct indexer *indexer_create(struct loop *loop, struct atom_table *atoms, const struct indexer_events *events);

/* Ends after the files that are being read just now; calls nothing back any more. NULL is allowed. The loop has to turn once more
 * before the atoms and the parser may go: loop_destroy() does that. */
void indexer_destroy(struct indexer *indexer);

/* Reads all sources below a folder. */
void indexer_add_folder(struct indexer *indexer, struct str folder);

/* Reads a file before all that were found in folders. */
void indexer_add_file(struct indexer *indexer, struct str path);

/* Leaves out what is not being read yet. */
void indexer_cancel(struct indexer *indexer);

/* Is there a file of indexer_add_file() that has not been read? What needs it would be incomplete. */
bool indexer_owes(const struct indexer *indexer);

bool indexer_is_busy(const struct indexer *indexer);

#endif
