/* textDocument/typeDefinition. */
#include "server/features/definition.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

enum rpc_error method_type_definition(struct request *request) {
    return places_answer_links(request, type_definition_of, request->dispatch->client.type_definition_links);
}
