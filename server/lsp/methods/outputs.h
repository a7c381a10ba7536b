/* outputs: what the methods about emitted code share: which output is meant, and having it made.
 */
#ifndef TOVA_SERVER_LSP_METHODS_OUTPUTS_H
#define TOVA_SERVER_LSP_METHODS_OUTPUTS_H

#include "server/features/preview.h"
#include "server/lsp/view.h"

/* Writes the output of the package of `path` that is meant: by its name, else by the block at *offset, else the first block of
 * the file (both may be NULL). Fails, and says why, when there is none. */
enum rpc_error outputs_choose(struct request *request, struct str path, const struct file_analysis *file,
                              struct str name, const uint32_t *offset, uint32_t *chosen);

/* Makes an output of the package that was asked about last, or HOST_ALL_OUTPUTS; NULL when the request is to end. */
const struct emission *outputs_make(struct request *request, uint32_t chosen);

#endif
