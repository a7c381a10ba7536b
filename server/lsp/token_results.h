/* token_results: the semantic tokens that a client was given last, a document each, so that the next answer can be what has
 * changed (LSP 3.17 "semanticTokens/full/delta").
 *
 * Holds the newest answer of the documents that were asked for last, and forgets others: who asks for a difference from what
 * is forgotten gets all tokens. Ids are those of one process: a client that has kept one of a process before gets all tokens too.
 * Owned by the loop's thread.
 */
#ifndef TOVA_SERVER_LSP_TOKEN_RESULTS_H
#define TOVA_SERVER_LSP_TOKEN_RESULTS_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_RESULTS = 16 };

struct token_result {
    char *path; /* owned, not ended by a NUL; NULL: free */
    size_t path_size;
    uint32_t *data; /* owned; as the protocol writes it, five numbers a token */
    size_t count;   /* of numbers */
    uint32_t id;    /* counted from 1 */
};

struct token_results {
    struct token_result items[TOKEN_RESULTS];
    uint32_t last_id;
    uint64_t process; /* a part of all ids */
};

/* Nothing is kept. `process` is a number that no other process is likely to have, such as the time at which it began. */
void token_results_init(struct token_results *results, uint64_t process);

void token_results_finish(struct token_results *results);

/* Keeps a copy of an answer in place of the document's older one; gives the id that names it, in the arena. */
struct str token_results_put(struct token_results *results, struct arena *arena, struct str path, const uint32_t *data,
                             size_t count);

/* Forgets the document's answer, since the client has been given other tokens of it that no id names. */
void token_results_forget(struct token_results *results, struct str path);

/* The answer that this id names, when it is the newest of the document; else NULL. Borrowed until the next put. */
const struct token_result *token_results_find(const struct token_results *results, struct str path, struct str id);

/* One replacement in the data: `delete_count` numbers from `start` on become those of [start, start + insert_count) of the
 * new data. */
struct token_change {
    size_t start, delete_count, insert_count;
};

/* What makes `old` the new data; false when nothing has to be changed. */
bool token_results_change(const struct token_result *old, const uint32_t *data, size_t count,
                          struct token_change *change);

#endif
