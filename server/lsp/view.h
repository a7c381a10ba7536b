/* view: the document that a request asks about, as the request sees it.
 *
 * What every file of methods/ begins with: the params' document and place become a snapshot and byte offsets, or the error that
 * the client gets. Valid until the request is answered.
 */
#ifndef TOVA_SERVER_LSP_VIEW_H
#define TOVA_SERVER_LSP_VIEW_H

#include "server/features/feature.h"
#include "server/lsp/encode.h"

struct view {
    struct str path;
    struct feature_context context;
    const struct text *text;
    int64_t version;
    struct encoder encoder;
};

/* Opens the document that a URI names; a document that is not open is the client's mistake (RPC_INVALID_PARAMS). */
enum rpc_error view_open(struct request *request, struct str uri, struct view *view);

/* The same for a file that need not be open: what an answer of before has named. A file that nothing is known of is the client's
 * mistake. */
enum rpc_error view_open_file(struct request *request, struct str uri, struct view *view);

/* Decodes struct document_params and opens their document. */
enum rpc_error view_open_document(struct request *request, struct document_params *params, struct view *view);

/* Decodes struct place_params, opens their document and writes the place as *offset (bytes). A position that the text does
 * not have is the client's mistake. */
enum rpc_error view_open_place(struct request *request, struct place_params *params, struct view *view, uint32_t *offset);

/* Decodes struct range_params, opens their document and writes the range as *span (bytes). */
enum rpc_error view_open_range(struct request *request, struct range_params *params, struct view *view, struct span *span);

/* A position or range of the view's text in bytes; false, and request->problem, when the text has no such place. A range may end
 * behind the last line: it then ends with the text. */
bool view_offset(struct request *request, const struct view *view, struct position position, uint32_t *offset);
bool view_span(struct request *request, const struct view *view, struct range range, struct span *span);

#endif
