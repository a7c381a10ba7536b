/* token_results: the semantic tokens that a client was given last, a document each, so that the next answer can be what has
 * changed (LSP 3.17 "semanticTokens/full/delta").
 *
 * Holds the newest answer of the documents that were asked for last, and forgets others: who asks for a difference from what
 * is forgotten gets all tokens. Owned by the loop's thread.
 */
#ifndef TOVA_SERVER_LSP_TOKEN_RESULTS_H
#define TOVA_SERVER_LSP_TOKEN_RESULTS_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_RESULTS = 16 };

struct token_result {
    char *path; /* owned, not ended by a NUL; NULL: free */
    size_t path_size;
    uint32_t *data; /* owned; as the protocol writes it, five numbers a token */
    size_t count;   /* of numbers */
    uint32_t id;
};

/* A zeroed one is empty. */
struct token_results {
    struct token_result items[TOKEN_RESULTS];
    uint32_t last_id;
};

void token_results_finish(struct token_results *results);

/* Keeps a copy of an answer in place of the document's older one; gives the id that names it, never 0. */
uint32_t token_results_put(struct token_results *results, struct str path, const uint32_t *data, size_t count);

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
