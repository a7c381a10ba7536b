/* textDocument/references. */
#include "server/features/references.h"
#include "server/lsp/handlers.h"
#include "server/lsp/places.h"

static struct place_list find_references(const struct view *view, const struct place_params *params, uint32_t offset) {
    return references_of(&view->context, offset, params->declaration);
}

enum rpc_error method_references(struct request *request) { return places_answer(request, find_references); }
