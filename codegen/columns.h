/* columns: `.amount` in the arguments of table operations; private to this layer.
 *
 * The argument that speaks of columns becomes a function of a row. Which argument that is, is a matter of the calls around
 * the column: the whole argument of an operation that goes through rows (`where`, `derive`, `sort_by` …), what is given to
 * an aggregate in `agg` and `window`, and else the innermost argument.
 */
#ifndef TOVA_CODEGEN_COLUMNS_H
#define TOVA_CODEGEN_COLUMNS_H

#include "codegen/emitter.h"

/* Finds the arguments that are functions of a row; columns_finish frees what that took. */
void columns_start(struct emitter *e);
void columns_finish(struct emitter *e);

/* Is an argument, or the value of a named one, a function of a row? */
bool column_makes_function(const struct emitter *e, node_id argument);
/* That function. */
struct js *lower_row_function(struct emitter *e, node_id argument);

/* What `select` is given: `.name` and `-.name`; NULL for everything else. */
struct js *lower_selected_column(struct emitter *e, struct str callee, node_id argument);

/* A column of the row that the function around it has. */
struct js *lower_column(struct emitter *e, node_id node);

#endif
