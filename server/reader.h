/* reader: all files that a session knows as sources for questions that look into several of them.
 *
 * Open documents give the analysis that they have; other files are read and analysed when a question asks for them, and kept
 * until reader_clear. Used on the loop's thread.
 */
#ifndef TOVA_SERVER_READER_H
#define TOVA_SERVER_READER_H

#include "analysis/sources.h"
#include "parser/base/map.h"
#include "server/store.h"

struct read_file {
    struct syntax_tree *tree;
    struct file_analysis *analysis;
};

struct reader {
    struct sources sources; /* borrow this */
    struct store *store;
    struct arena arena;
    struct map analyses; /* atom of a path: index into list + 1; 0: it cannot be read */
    VEC(struct read_file) list;
};

/* A reader over a store and its workspace, which must outlive it. */
void reader_init(struct reader *reader, struct store *store);
void reader_finish(struct reader *reader);

/* Forgets what was read: before a question, since files change between two of them. */
void reader_clear(struct reader *reader);

#endif
