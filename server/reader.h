/* reader: all files that a session knows as sources for questions that look into several of them.
 *
 * Open documents give the analysis that they have; other files are read and analysed when a question asks for them. What was read
 * is kept for the next question up to a bound, since questions come in rows (the lenses of a file, the callers of callers): a file
 * is used again when the disk says that it is the same (by size and time) and it is what its summary was made from. Closed files
 * cost their summary only: reader_release gives all of it back when nobody has asked for a while. Used on the loop's thread.
 */
#ifndef TOVA_SERVER_READER_H
#define TOVA_SERVER_READER_H

#include "analysis/sources.h"
#include "parser/base/map.h"
#include "server/store.h"

struct read_file;

struct reader {
    struct sources sources; /* borrow this */
    struct store *store;
    struct read_file **files; /* in the order in which they were read */
    uint32_t count, capacity;
    struct map by_path; /* atom of a path: index into files + 1 */
    size_t size;        /* bytes that the files take */
    uint32_t question;  /* counted */
};

/* A reader over a store and its workspace, which must outlive it. */
void reader_init(struct reader *reader, struct store *store);
void reader_finish(struct reader *reader);

/* Begins a question: what an earlier one was given is no longer borrowed, and files that have changed since are read anew. */
void reader_begin(struct reader *reader);

/* The text of a file that this question has read, when it has this hash, with a reference for the caller; else NULL. */
struct text *reader_text(const struct reader *reader, struct str path, uint64_t hash);

/* Forgets all that was read; no question must be under way. */
void reader_release(struct reader *reader);

#endif
