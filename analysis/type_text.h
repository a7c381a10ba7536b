/* type_text: the type of a value as people write it, "[User]", "Result<Any, String>", as far as the text says it: by annotations,
 * literals, operators, the signatures of functions and builtins with their type variables, models, and fields. Empty where
 * nothing says it, which is no mistake.
 *
 * A text knows no file: what its names mean is asked where the value stands (type_text_named). The typer (typer.h) says less and
 * says it exactly; who needs the declaration of a type asks it first. Answers live in the typer's arena or in what it
 * borrows. The work for one typer is bounded; behind the bound answers are empty.
 */
#ifndef TOVA_ANALYSIS_TYPE_TEXT_H
#define TOVA_ANALYSIS_TYPE_TEXT_H

#include "analysis/builtins.h"
#include "analysis/typer.h"

/* The type of an expression. */
struct str type_text(struct typer *typer, node_id node);

/* The type of what a symbol of this file holds; of a function or a type, that have none, empty. */
struct str type_text_of_symbol(struct typer *typer, uint32_t symbol);

/* The type of what a block-level symbol of any file holds. */
struct str type_text_of_member(struct typer *typer, struct package_symbol member);

/* What a call gives, whose first argument is `piped` where that is not NODE_NONE. */
struct str type_text_of_call(struct typer *typer, node_id call, node_id piped);

/* The type of the parameter of a function that is handed to a builtin or a method, as `user` in `users |> map(fn(user) …)`. */
struct str type_text_of_callback(struct typer *typer, const struct symbol *parameter);

/* What a name in a pattern stands for: `user` in `Ok(user) => …`, in `{ user } = e`. */
struct str type_text_of_pattern(struct typer *typer, node_id pattern);

/* What `object.name` holds, or gives when it is called. */
struct str type_text_of_part(struct typer *typer, node_id object, struct str name);

/* "User" of "[User]" and of "List<User>"; "String" of "String"; else empty. */
struct str type_text_element(struct str list);

/* The type, or the model, that a name means in the code at `offset` (bytes) of this file, imports included; of `User?` what it is
 * when it is not nil. */
struct package_symbol type_text_named(struct typer *typer, uint32_t offset, struct str name);

/* ---- for the rules that follow each other */

/* May one more question be asked? Then type_text_shallower() ends it, and gives its answer on. */
bool type_text_deeper(struct typer *typer);
struct str type_text_shallower(struct typer *typer, struct str answer);

/* ---- type variables: the single capital letters of signatures */

struct type_variables {
    struct str values[26];
};

/* Lets the variables of `pattern`, "[T]", be what makes it `actual`, "[User]". */
void type_variables_match(struct type_variables *variables, struct str pattern, struct str actual);

/* The text with its variables replaced, by "Any" where nothing is known. Lives in the arena. */
struct str type_variables_apply(struct arena *arena, const struct type_variables *variables, struct str text);

#endif
