/* cases: `test` and `bench` blocks, which stand in outputs that are made for them alone. Private to this layer.
 */
#ifndef TOVA_CODEGEN_CASES_H
#define TOVA_CODEGEN_CASES_H

#include "codegen/emitter.h"

/* Is it a `test` or `bench` block, or what runs before or after its cases? */
bool is_case_member(const struct syntax_tree *tree, node_id node);
/* Adds the cases of such a member where they are wanted; false when it is none. */
bool lower_cases(struct emitter *e, node_id node);
#endif
