/* definition: where what a name stands for is declared, across blocks, files, modules and servers; and likewise its type, and
 * what implements it.
 */
#ifndef TOVA_SERVER_FEATURES_DEFINITION_H
#define TOVA_SERVER_FEATURES_DEFINITION_H

#include "server/features/feature.h"

/* The places of the declarations that the name at `offset` (bytes) stands for: one; several for `server.f` when more than one
 * server has an `f`, for the name of a server with several blocks, for an event with several handlers; none for builtins, names of
 * JavaScript and unknown names. A string that names something leads there too: the path of an import to the start of its file,
 * an event to its handlers, a class to its style. *origin (when not NULL) becomes the span of the name at the offset. */
struct place_list definition_of(const struct feature_context *context, uint32_t offset, struct span *origin);

/* The same, but an imported name leads to its import in this file. */
struct place_list declaration_of(const struct feature_context *context, uint32_t offset, struct span *origin);

/* The declaration of the type of the value or function result at `offset`, of a list that of its elements; of a type, the type
 * itself. */
struct place_list type_definition_of(const struct feature_context *context, uint32_t offset, struct span *origin);

/* What a trait's name or function is implemented by: the functions of `impl` blocks. Of everything else its definition: the server
 * function behind `server.f`, the handlers of an event. */
struct place_list implementation_of(const struct feature_context *context, uint32_t offset, struct span *origin);

#endif
