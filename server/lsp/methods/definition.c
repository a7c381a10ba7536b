/* textDocument/definition. */
#include "server/features/definition.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

enum rpc_error method_definition(struct request *request) {
    return places_answer_links(request, definition_of, request->dispatch->client.definition_links);
}
