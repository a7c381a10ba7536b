/* hover_parts: the subjects of hovers that have a file of their own; private to hover.
 */
#ifndef TOVA_SERVER_FEATURES_HOVER_PARTS_H
#define TOVA_SERVER_FEATURES_HOVER_PARTS_H

#include "server/features/hover.h"

/* Code between fences, and a paragraph where there is one. */
void hover_add_signature(struct strbuf *out, struct str signature);
void hover_add_documentation(struct strbuf *out, struct str documentation);

/* Appends what a caller over the network has to know of a server function: the body as an example, what is checked, what else
 * stands before it, and who calls it. */
void hover_add_request(struct strbuf *out, const struct feature_context *context, struct package_symbol function);

/* Appends what a server is: where it listens, how it is found, what it offers. */
void hover_add_server(struct strbuf *out, const struct feature_context *context, atom_id server);

/* Appends what the word at `offset` means where it is none of the program's: of the language, of a directive or one of its
 * options, of a route's condition, of an attribute. Writes its place; false when it is none of these. */
bool hover_add_word(struct strbuf *out, const struct feature_context *context, uint32_t offset, struct span *span);

#endif
