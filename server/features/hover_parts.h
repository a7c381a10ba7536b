/* hover_parts: the subjects of hovers that have a file of their own; private to hover.
 */
#ifndef TOVA_SERVER_FEATURES_HOVER_PARTS_H
#define TOVA_SERVER_FEATURES_HOVER_PARTS_H

#include "analysis/entity.h"
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

/* Appends what a type of the language is; false when it is none. */
bool hover_add_builtin_type(struct strbuf *out, struct str name);

/* Appends what an element of HTML is, or an attribute of it; false when it is none that is known. */
bool hover_add_tag(struct strbuf *out, struct str tag);
bool hover_add_attribute(struct strbuf *out, struct str tag, struct str name);

/* Appends what the string at `offset` names: an event, a server; writes its place. False for others, with *entity set for those that
 * name something declared, as a job does. */
bool hover_add_text(struct strbuf *out, const struct feature_context *context, uint32_t offset, struct span *span,
                    struct entity *entity);

#endif
