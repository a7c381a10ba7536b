/* hierarchy: what the methods of call and type hierarchies share: the question about a place, and an item that is sent and
 * comes back. An item comes back as its file and the place of its name alone; nothing is kept between the two.
 */
#ifndef TOVA_SERVER_LSP_HIERARCHY_H
#define TOVA_SERVER_LSP_HIERARCHY_H

#include "server/features/hierarchy_item.h"
#include "server/lsp/view.h"

/* Answers a prepare request: the item at the place, or null. */
enum rpc_error hierarchy_prepare(struct request *request,
                                 bool (*prepare)(const struct feature_context *context, uint32_t offset,
                                                 struct hierarchy_item *item));

/* Opens the file of the item that the params hold, and writes the place of its name as *offset (bytes). */
enum rpc_error hierarchy_open(struct request *request, struct view *view, uint32_t *offset);

/* Writes the item, whose place has this location. */
void hierarchy_encode(struct encoder *encoder, const struct hierarchy_item *item, const struct location *location);

/* Where the item is; false when its file is gone, or another one by now. */
bool hierarchy_locate(struct encoder *encoder, const struct hierarchy_item *item, struct location *location);

#endif
