/* handlers: the functions that the table of methods names, declared from the table.
 *
 * A handler decodes its params, calls the host or a feature, and writes the result. It returns RPC_NO_ERROR, or what
 * went wrong with the sentence in request->problem. They live in lifecycle.c,
 * sync.c and, one feature a file, in methods/.
 */
#ifndef TOVA_SERVER_LSP_HANDLERS_H
#define TOVA_SERVER_LSP_HANDLERS_H

#include "server/lsp/dispatch.h"

/* The files and folders of which a client tells that they are made, renamed and deleted, in the capabilities. */
#define FILE_FILTERS                                                                                                   \
    "{\"filters\":[{\"scheme\":\"file\",\"pattern\":{\"glob\":\"**/*.tova\",\"matches\":\"file\"}},"                           \
    "{\"scheme\":\"file\",\"pattern\":{\"glob\":\"**\",\"matches\":\"folder\"}}]}"

#define METHOD(name, handler, kind, lane, capabilities) enum rpc_error handler(struct request *request);
#include "server/lsp/methods.def"

/* Applies settings that came as a value of their own. */
void lifecycle_configure(struct dispatch *dispatch, const struct cJSON *settings);

/* Applies settings to what shows something and to the host. */
void lifecycle_apply(struct dispatch *dispatch, const struct settings_params *settings);

#endif
