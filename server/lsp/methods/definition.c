/* textDocument/definition. */
#include "server/features/definition.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

static struct place_list find_definition(const struct view *view, const struct place_params *params, uint32_t offset) {
    (void)params;
    return definition_of(&view->context, offset, NULL);
}

enum rpc_error method_definition(struct request *request) { return places_answer(request, find_definition); }
