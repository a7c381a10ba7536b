/* js_print: the JavaScript tree as text that people read: two spaces, double quotes, semicolons, trailing commas where a
 * list is broken over lines, lines of at most JS_WIDTH columns where a list can be broken.
 */
#ifndef TOVA_CODEGEN_JS_PRINT_H
#define TOVA_CODEGEN_JS_PRINT_H

#include "codegen/js_writer.h"

/* Appends statements, each on its own lines. */
void js_print_statements(struct js_writer *writer, const struct js_list *statements);

/* The same for one of them, with the comment that stands behind it, and where the next one is. */
void js_print_line(struct js_writer *writer, const struct js_list *statements, unsigned at);
unsigned js_print_line_end(const struct js_list *statements, unsigned at);

/* Appends an expression; used by the statements' part of the printer. `reserve` columns behind it stay free. */
void js_print_expression(struct js_writer *writer, const struct js *node, unsigned reserve);

/* Appends an expression that starts a statement: in parentheses where it would be taken for a block or a declaration. */
void js_print_leading(struct js_writer *writer, const struct js *node, unsigned reserve);

/* Appends `{ … }` of a BLOCK. */
void js_print_block(struct js_writer *writer, const struct js *block);

/* Appends `(a, b)` of parameters. */
void js_print_parameters(struct js_writer *writer, const struct js_list *parameters);

/* Appends `name(parameters) { … }` with its words in front: a METHOD, GETTER or SETTER. */
void js_print_method(struct js_writer *writer, const struct js *node);

#endif
