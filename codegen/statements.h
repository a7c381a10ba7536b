/* statements: statements and what stands in the place of one; a `destination` tells where the value goes. control.c has loops and
 * branches, deferred.c `defer`, exports.c `pub`, comments.c the source's comments, simple.c what needs no statement. Private to
 * this layer.
 */
#ifndef TOVA_CODEGEN_STATEMENTS_H
#define TOVA_CODEGEN_STATEMENTS_H

#include "codegen/emitter.h"

/* A statement, or an expression in the place of one, whose value goes to `destination`. */
void lower_statement(struct emitter *e, node_id node, struct destination destination);
/* The statements of a block with comments and empty lines, into the present list. */
void lower_statements(struct emitter *e, node_id block, struct destination destination);
/* The same as a BLOCK. */
struct js *lower_block(struct emitter *e, node_id block, struct destination destination);
/* Puts the value of a node where it goes; statement-like expressions become statements. */
void lower_into(struct emitter *e, node_id node, struct destination destination);
/* Does something inside of a node declare the name? Then it cannot be assigned from there. */
bool declares_inside(const struct emitter *e, node_id node, struct str name);
/* let name; and statements that give it the value of a node that is not simple. */
void declare_by_statements(struct emitter *e, struct js *name, node_id value);
/* Puts a value that is lowered already where it goes; dropped when nothing needs it. `node` may be NODE_NONE. */
void deliver(struct emitter *e, struct js *value, struct destination destination, node_id node);
/* `if` with its branches, each of which gives its value to `destination`. */
void lower_if(struct emitter *e, node_id node, struct destination destination);
/* `for`, with a label when it has one (else empty). */
void lower_for(struct emitter *e, node_id node, struct str label);
/* `while`, likewise. */
void lower_while(struct emitter *e, node_id node, struct str label);
/* `try` with `catch` and `finally`. */
void lower_try(struct emitter *e, node_id node, struct destination destination);
/* `with` and what it closes at its end. */
void lower_with(struct emitter *e, node_id node, struct destination destination);
/* Is it an expression, and no statement? */
bool is_expression(const struct emitter *e, node_id node);

/* Does it surely become one expression that can stand in a branch? */
bool is_simple(const struct emitter *e, node_id node);
/* Is it an expression that JavaScript has only as a statement (`if`, `match`, `for` …)? */
bool is_statement_like(enum node_kind kind);

/* Adds a comment to the present list. */
void add_comment(struct emitter *e, node_id comment);
/* Is there an empty line in front of a node of a block? */
bool has_blank_before(const struct emitter *e, node_id node);

/* The body of a `defer`, into the present list. */
void lower_deferred(struct emitter *e, node_id body);
/* `defer` where what follows it is not in one `try`: a function that runs when its function, or the module, ends. */
void lower_deferred_later(struct emitter *e, node_id node, struct destination destination);

/* `pub` in front of a declaration, `pub { a as b }`, `pub { a } from "m"`, `pub * from "m"`. */
void lower_export(struct emitter *e, node_id node, struct destination destination);
#endif
