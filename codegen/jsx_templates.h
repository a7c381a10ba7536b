/* jsx_templates: elements that are made again and again, as clones of a template; private to this layer.
 *
 * What a page shows once is built by tova_el. The rows of a list, and the components that have parameters, are cloned: their
 * static structure stands once in the output's top level as HTML, and the changing nodes of each clone are reached by their
 * path. `<li><b>{name}</b></li>` becomes
 *     const li_template = template("<li><b></b></li>");
 * and, where the element stands,
 *     const li = li_template();
 *     const b = li.firstChild;
 *     insert(b, () => props.name);
 * with `li` as the value. An element without elements in it is no simpler that way, and stays a call of tova_el.
 */
#ifndef TOVA_CODEGEN_JSX_TEMPLATES_H
#define TOVA_CODEGEN_JSX_TEMPLATES_H

#include "codegen/emitter.h"

/* The value of an element in a place where statements may stand before it: a clone, or what lower_jsx gives. */
struct js *lower_markup(struct emitter *e, node_id node);

/* Is it plain text that the HTML of a template can hold? Writes it only then. */
bool jsx_static_attribute(struct emitter *e, node_id attribute, struct str *value);

#endif
