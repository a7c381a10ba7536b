/* patterns: what a pattern of `match` asks of a value; private to this layer.
 *
 * A pattern becomes one condition and a list of the names that it binds, each with the part of the value that it stands
 * for. The value may be any expression that can stand several times; nothing is declared here.
 */
#ifndef TOVA_CODEGEN_PATTERNS_H
#define TOVA_CODEGEN_PATTERNS_H

#include "codegen/emitter.h"

/* A name of a pattern and the part of the subject that it stands for. NODE_NONE: `value` assigns a pattern itself. */
struct bound {
    node_id name;
    struct js *value;
};

struct tests {
    struct js *condition; /* NULL: always */
    struct js *number;    /* an expression that is surely a number, or NULL */
    VEC(struct bound) bound;
};

/* Adds to `tests` what the pattern asks of `subject`. */
void pattern_test(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests);

/* Adds a condition of one's own. */
void pattern_require(struct emitter *e, struct tests *tests, struct js *condition);

#endif
