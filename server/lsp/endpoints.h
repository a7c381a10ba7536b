/* endpoints: `tova/endpoints`, and the notification that its answer has become another.
 */
#ifndef TOVA_SERVER_LSP_ENDPOINTS_H
#define TOVA_SERVER_LSP_ENDPOINTS_H

#include "server/features/endpoints.h"
#include "server/lsp/dispatch.h"
#include "server/lsp/encode.h"

/* Sends `tova/endpointsChanged` when what others can see of the packages differs from what it was at the last request or
 * notification. Nothing before the first request. */
void endpoints_note(struct dispatch *dispatch);

/* The servers of a package as JSON. Places count in the texts that are given, and are left out where there is none. */
struct endpoint_texts {
    void *context;
    struct text *(*text_of)(void *context, const struct place *place); /* with a reference for the caller, or NULL */
    struct str (*name_of)(void *context, struct str path);            /* a URI, or a path for people */
    enum position_encoding encoding;
};
void endpoints_write_servers(struct json_writer *json, struct arena *arena, const struct endpoint_servers *servers,
                             const struct endpoint_texts *texts);

#endif
