/* textDocument/implementation. */
#include "server/features/definition.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

enum rpc_error method_implementation(struct request *request) {
    return places_answer_links(request, implementation_of, request->dispatch->client.implementation_links);
}
