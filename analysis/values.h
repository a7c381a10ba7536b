/* values: the type that the value of an expression certainly has: by literals, annotations, the declared results of
 * functions and server functions, fields, elements, patterns. What may change its type, or is not said, is TYPE_UNKNOWN;
 * type_text.h says more, for people, and may be wrong where it says it.
 *
 * Reads one file and the summaries of the others. Answers live as long as the typer's.
 */
#ifndef TOVA_ANALYSIS_VALUES_H
#define TOVA_ANALYSIS_VALUES_H

#include "analysis/types.h"

struct values {
    struct typer *typer;
    const struct type **symbols; /* per symbol: what it holds, made when it is first asked for */
    uint8_t *states;             /* per symbol: is that made, or being made? */
    unsigned depth;              /* of expressions within expressions */
};

/* Prepares for questions; what it needs lives in the typer's arena. */
void values_init(struct values *values, struct typer *typer);

/* The type of an expression. */
struct type values_of(struct values *values, node_id node);

/* The type of what a symbol of this file holds. */
struct type values_of_symbol(struct values *values, uint32_t symbol);

/* The type of what a name in a pattern stands for: `user` in `Ok(user) => …`, in `{ user } = e`. */
struct type values_of_pattern(struct values *values, node_id pattern);

/* What an operator with numbers gives: `left operator right`. */
struct type values_of_operation(struct str operator, struct type left, struct type right);

/* What a call of the function at `callee` gives. */
struct type values_of_call(struct values *values, node_id callee);

/* What a function or method of lists takes out of one, `first`, `find`, `filter`; unknown for what is no value of the program. */
struct type values_of_items(struct values *values, struct str function, struct type list);

/* What `unwrap` and `expect` take out of a Result or an Option. */
struct type values_of_carried(struct str method, struct type carrier);

/* The model that a name means; false where it means none. */
bool values_model_named(struct values *values, node_id node, struct package_symbol *model);

/* What `Model.function()` gives: a row or rows, how many there are, whether there was one. */
struct type values_of_row(struct values *values, node_id object, struct str function);

/* The value that a block gives: that of its last statement; NODE_NONE where there is none. */
node_id values_last(const struct syntax_tree *tree, node_id block);

#endif
