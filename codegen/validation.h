/* validation: the checks of arguments that come from outside, before a function runs. The rules are those of the annotated types,
 * as the seed documents have them. Private to this layer.
 */
#ifndef TOVA_CODEGEN_VALIDATION_H
#define TOVA_CODEGEN_VALIDATION_H

#include "codegen/emitter.h"

/* const __validationErrors = []; … the checks of parameters whose values have these names, and the answer when one fails.
 * Schemas of declared types become constants in `top`. `endpoint`: the function again where it is called by itself, so that
 * what routes with `body: T` say of its parameters holds too; {NULL, 0} for a route, which asks that of its body. */
void lower_validation(struct emitter *e, struct program_symbol function, struct program_symbol endpoint,
                      struct js *const *names, struct js_list *top);
#endif
