/* explain: the page of each diagnostic, which `tova explain` prints and code scanning shows. The texts stand in
 * analysis/explanations and are part of the program.
 */
#ifndef TOVA_SERVER_COMMANDS_EXPLAIN_H
#define TOVA_SERVER_COMMANDS_EXPLAIN_H

#include "parser/base/str.h"
#include "parser/text/diagnostic.h"

/* A page in Markdown: why, and examples between fences "```tova wrong" and "```tova right". Borrowed forever. */
struct str explain_text(enum diagnostic_code code);

#endif
