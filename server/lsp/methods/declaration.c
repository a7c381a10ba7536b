/* textDocument/declaration. */
#include "server/features/definition.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

enum rpc_error method_declaration(struct request *request) {
    return places_answer_links(request, declaration_of, request->dispatch->client.declaration_links);
}
