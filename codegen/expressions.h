/* expressions: every expression as a JavaScript value; expressions.c dispatches by a table, operators.c, calls.c, strings.c and
 * indexes.c lower theirs. What a value needs done first goes to the present statements. `if` and `match` are choices.h, markup
 * is jsx.h. Private to this layer.
 */
#ifndef TOVA_CODEGEN_EXPRESSIONS_H
#define TOVA_CODEGEN_EXPRESSIONS_H

#include "codegen/emitter.h"

/* Any expression as a value. What it needs done before goes to the present statements. */
struct js *lower_expression(struct emitter *e, node_id node);
/* Lowers operands in their order; statements of a later one never pass what an earlier one does. */
void lower_operands(struct emitter *e, const node_id *nodes, unsigned count, struct js **values);
/* A value that can be used twice: itself, or a new name that has been given it. */
struct js *stable_value(struct emitter *e, struct js *value, const char *wish);
/* After an operand has been lowered whose statements begin at `mark`: makes the earlier values safe from them. */
void protect_values(struct emitter *e, struct js **values, unsigned count, unsigned mark);
/* `a + b` and all other operators between two values; `==` by structure where a type derives it. */
struct js *lower_binary(struct emitter *e, node_id node);
/* Is a value of the type that `name` names? The value may stand several times. */
struct js *type_test(struct emitter *e, struct js *value, node_id name);
/* `not a`, `-a` and the like. */
struct js *lower_unary(struct emitter *e, node_id node);
/* A call: of a function, type, model, component, builtin, method or remote function; awaited where the analysis says so. */
struct js *lower_call(struct emitter *e, node_id node);
/* `Point { x: 1 }` as the call of the type. */
struct js *lower_struct_literal(struct emitter *e, node_id node);
/* `x |> f(_)`: a call with x in the place of `_`, or in front of the arguments. */
struct js *lower_pipe(struct emitter *e, node_id node);
/* The call that the value of e->pipe_head goes to. */
struct js *lower_pipe_head(struct emitter *e, node_id node);
/* Calls what `callee` means with arguments that are lowered already. */
struct js *call_named(struct emitter *e, node_id callee, node_id call, struct js_list *arguments);
/* A string with or without `{…}`: a literal or a TEMPLATE. */
struct js *lower_string(struct emitter *e, node_id node);
/* Appends what a string says to a TEMPLATE. */
void string_parts(struct emitter *e, node_id node, struct js *template);
/* Text as it stands between backticks. */
struct str template_text(struct emitter *e, struct str value, bool keep_lines);
/* A template without expressions becomes a string; neighbouring texts become one. */
struct js *template_done(struct emitter *e, struct js *template);
/* A number as JavaScript writes it. */
struct js *lower_number(struct emitter *e, node_id node);
/* What an identifier means as a value: a symbol, a builtin or a global. */
struct js *lower_name(struct emitter *e, node_id node);
/* The value of a symbol where `node` reads it: its name, the call of a signal, or what stands in for it. */
struct js *symbol_value(struct emitter *e, struct program_symbol symbol, node_id node);
/* The same for what has to be a value by its name alone; a gap where the symbol is a type without one. */
struct js *named_value(struct emitter *e, struct program_symbol symbol, node_id node);
/* The number in `pair.0` as JavaScript takes it: `00` is 0. */
struct str number_of_part(struct str text);
/* The flag of a member, an index or a call behind `?.`; 0 for others. */
unsigned optional_flag(const struct emitter *e, node_id node);
/* `a.b` and `a?.b`, also of stores, variants and servers. */
struct js *lower_member(struct emitter *e, node_id node);
/* `a[i]` and slices. */
struct js *lower_index(struct emitter *e, node_id node);
/* A list. */
struct js *lower_array(struct emitter *e, node_id node);
/* An object with pairs, short names and spreads. */
struct js *lower_object(struct emitter *e, node_id node);
/* `e?`: leaves the function with what is no success. */
struct js *lower_propagate(struct emitter *e, node_id node);
/* `[e for x in xs if c]`. */
struct js *lower_comprehension(struct emitter *e, node_id node);
/* Does it become a call of filter and map, without statements? */
bool comprehension_is_simple(const struct emitter *e, node_id node);
#endif
