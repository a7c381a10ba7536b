/* selectors: the selectors of a component's styles, made to match nothing but its own elements.
 */
#ifndef TOVA_CODEGEN_SELECTORS_H
#define TOVA_CODEGEN_SELECTORS_H

#include "parser/base/strbuf.h"

/* Appends a list of selectors in which every compound asks for `attribute` ("[data-tova-1a2b3c4d]"), in front of its
 * pseudo-classes; those within `:is()`, `:where()`, `:not()`, `:has()` and `:nth-child(… of …)` too. `:global(x)` is x and
 * asks for nothing, nor does a compound with `&`, or one with `html`, `body` or `:root`, which no component has. White
 * space becomes single spaces, comments go. */
void selectors_scope(struct strbuf *out, struct str selectors, struct str attribute);

/* Appends text of CSS with its white space as single spaces and without comments. */
void selectors_plain(struct strbuf *out, struct str text);

#endif
