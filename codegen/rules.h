/* rules: a field's own rules, `name: String { required, minLength(2) }`: the node that holds them is that of FIELD_VALIDATORS, or
 * NODE_NONE. `unique` is the database's to keep. Private to this layer.
 */
#ifndef TOVA_CODEGEN_RULES_H
#define TOVA_CODEGEN_RULES_H

#include "codegen/emitter.h"

/* Adds each that is checked as ["min", 3, "message"], of the present file. */
void rules_add(struct emitter *e, node_id rules, struct js_list *list);

/* Is there one of this name; and is anything in it to be checked? */
bool rules_have(const struct emitter *e, node_id rules, struct str name);
bool rules_check_something(const struct emitter *e, node_id rules);

#endif
