/* places: answers that are places in files of the workspace.
 */
#ifndef TOVA_SERVER_LSP_PLACES_H
#define TOVA_SERVER_LSP_PLACES_H

#include "server/lsp/view.h"

/* What the place at `offset` leads to. */
typedef struct place_list find_places(const struct view *view, const struct place_params *params, uint32_t offset);

/* The same, with the span of the name that leads there. */
typedef struct place_list find_links(const struct feature_context *context, uint32_t offset, struct span *origin);

/* Answers a position request with LocationLinks, or with locations for a client that does not know them. */
enum rpc_error places_answer_links(struct request *request, find_links *find, bool links);

/* Answers a position request with the locations that `find` gives. Asks a second time when a file has changed on disk since it
 * was indexed: by then it is indexed again. */
enum rpc_error places_answer(struct request *request, find_places *find);

#endif
