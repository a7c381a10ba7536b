/* js_print_operators: the part of the printer that knows how tightly expressions bind; private to the printer.
 *
 * `reserve` is how many columns stay free behind what is printed.
 */
#ifndef TOVA_CODEGEN_JS_PRINT_OPERATORS_H
#define TOVA_CODEGEN_JS_PRINT_OPERATORS_H

#include "codegen/js_print.h"

/* How tightly an expression binds, from loosest to tightest. */
enum precedence {
    BINDS_ASSIGN = 2,
    BINDS_CONDITIONAL,
    BINDS_COALESCE,
    BINDS_OR,
    BINDS_AND,
    BINDS_BIT_OR,
    BINDS_BIT_XOR,
    BINDS_BIT_AND,
    BINDS_EQUAL,
    BINDS_RELATION,
    BINDS_SHIFT,
    BINDS_ADD,
    BINDS_MULTIPLY,
    BINDS_POWER,
    BINDS_UNARY,
    BINDS_CALL,
    BINDS_PRIMARY,
};

/* How tightly the expression binds. */
enum precedence js_precedence(const struct js *node);

/* Has the expression room on the rest of the line? */
bool js_print_fits(const struct js_writer *writer, const struct js *node, unsigned reserve);

/* Appends an expression, in parentheses when `wrapped`. */
void js_print_wrapped(struct js_writer *writer, const struct js *node, bool wrapped, unsigned reserve);

/* Appends an operand that must bind at least as tightly as `least`. */
void js_print_operand(struct js_writer *writer, const struct js *node, enum precedence least, unsigned reserve);

/* `a + b`; a chain of one operator that is too long has a line for each operand. */
void js_print_binary(struct js_writer *writer, const struct js *node, unsigned reserve);

/* `!a`, `typeof a`. */
void js_print_unary(struct js_writer *writer, const struct js *node, unsigned reserve);

/* `a ? b : c`, over three lines when it is too long. */
void js_print_conditional(struct js_writer *writer, const struct js *node, unsigned reserve);

/* `a = b`, and with other operators of assignment. */
void js_print_assign(struct js_writer *writer, const struct js *node, unsigned reserve);

/* `await a`. */
void js_print_await(struct js_writer *writer, const struct js *node, unsigned reserve);

/* `yield`, `yield a`, `yield* a`. */
void js_print_yield(struct js_writer *writer, const struct js *node, unsigned reserve);

#endif
