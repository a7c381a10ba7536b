/* value_sites: places in code that need a plain value, where a function or a promise is certainly a mistake: the text of a string, an
 * operand, a condition, what a loop goes through. Knows the text alone. What may take a function or a promise as well (arguments,
 * what is kept or returned, children of markup) is no such place.
 */
#ifndef TOVA_ANALYSIS_VALUE_SITES_H
#define TOVA_ANALYSIS_VALUE_SITES_H

#include "parser/syntax/node.h"

enum value_site {
    VALUE_SITE_NONE,
    VALUE_SITE_TEXT,      /* `"{x} items"` */
    VALUE_SITE_OPERAND,   /* `x + 1`, `x > 3`; `x == 5`, where the other side is a literal */
    VALUE_SITE_CONDITION, /* `if x { }`, `not x`, `x and y` */
    VALUE_SITE_LIST,      /* `for e in x { }` */
    VALUE_SITE_INDEX,     /* `x[0]` */
    VALUE_SITE_MEMBER,    /* `x.name` */
    VALUE_SITE_MATCH,     /* `match x { }` */
    VALUE_SITE_CARRIER    /* `x?` */
};

/* What stands around an expression, behind parentheses that only group. Writes the node that needs the value. */
enum value_site value_site_of(const struct syntax_tree *tree, node_id expression, node_id *around);

#endif
