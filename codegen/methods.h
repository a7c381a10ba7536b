/* methods: calls of methods that Tova gives to texts and lists, and JavaScript does not; private to this layer.
 *
 * No prototype is changed. Where the receiver is known, such a call is the call of the builtin; where nothing is known of
 * it and the name is one that hardly anything else has, it is asked as the program runs whether it has a method of its
 * own. A name that the program or JavaScript gives the receiver is never touched.
 */
#ifndef TOVA_CODEGEN_METHODS_H
#define TOVA_CODEGEN_METHODS_H

#include "codegen/emitter.h"

enum method_form {
    METHOD_OWN,     /* the receiver's own, as JavaScript calls it */
    METHOD_BUILTIN, /* `upper(x)` */
    METHOD_ASKED,   /* `method(x, "upper", upper)()` */
};

/* What the member that a call names, as `x.upper` in `x.upper()`, means; *builtin is written unless it is METHOD_OWN. */
enum method_form method_form_of(const struct emitter *e, node_id member, enum builtin *builtin);

/* The same for `x |> .upper()`, of whose receiver the node is given. */
enum method_form method_form_of_piped(const struct emitter *e, node_id receiver, struct str name,
                                      enum builtin *builtin);

/* Calls a method by its form, which is not METHOD_OWN: `member` is `x.upper` lowered, whose receiver may be optional. */
struct js *method_call(struct emitter *e, enum method_form form, enum builtin builtin, struct js *member,
                       const struct js_list *arguments);

#endif
