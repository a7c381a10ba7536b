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
#include "analysis/signature_text.h"
#include "analysis/typer.h"

/* The type of an expression. */
struct str type_text(struct typer *typer, node_id node);

/* The type of what a symbol of this file holds; of a function or a type, that have none, empty. */
struct str type_text_of_symbol(struct typer *typer, uint32_t symbol);

/* The type of what a block-level symbol of any file holds. */
struct str type_text_of_member(struct typer *typer, struct package_symbol member);

/* What a call gives, whose first argument is `piped` where that is not NODE_NONE. */
struct str type_text_of_call(struct typer *typer, node_id call, node_id piped);

/* The type of the parameter of a function that is handed to a builtin or a method, as `user` in `users |> map(fn(user) …)`, or of
 * the `it` of one. */
struct str type_text_of_callback(struct typer *typer, node_id parameter);

/* What a name in a pattern stands for: `user` in `Ok(user) => …`, in `{ user } = e`. */
struct str type_text_of_pattern(struct typer *typer, node_id pattern);

/* What `object.name` holds, or gives when it is called. */
struct str type_text_of_part(struct typer *typer, node_id object, struct str name);

/* The type that a name of the type `declared` has where it stands by `x is User` or `x != nil` around it; empty where none says more. */
struct str type_text_tested(struct typer *typer, node_id name, struct str declared);

/* The part of the name of a value of such a type, whose words mean something at `offset` (bytes). */
struct str type_text_part_of(struct typer *typer, uint32_t offset, struct str type, struct str name);

/* "Int" of "(User, Int)" at 1; empty for other types. */
struct str type_text_tuple_item(struct str tuple, unsigned position);

/* "User" of "[User]" and of "List<User>"; "String" of "String"; else empty. */
struct str type_text_element(struct str list);

/* What a value of the type is when it is not nil: "User" of "User?", of "User | Nil" and of "(Nil | User)"; every other type as it is. */
struct str type_text_present(struct str type);

/* The same; and tells whether it may be nil otherwise. */
struct str type_text_without_nil(struct str type, bool *nil);

/* Is it one type, neither "A | B" nor "(A) -> B"? */
bool type_text_is_one(struct str type);

/* The same of what the type stands for at `offset` (bytes) of this file: "[User]" of "Users?" where `type Users = [User]`. */
struct str type_text_meant(struct typer *typer, uint32_t offset, struct str type);

/* The same of the type of an expression: what members of its value belong to. */
struct str type_text_receiver(struct typer *typer, node_id node);

/* The next field of a record in words, "{ user: User, count: Int }", from `*at` (bytes, 0 at first), which is moved; false behind
 * the last, and for other types. */
bool type_text_next_field(struct str record, size_t *at, struct signature_parameter *field);

/* "User?" of "User"; "(A | B)?" of "A | B". Lives in the arena. */
struct str type_text_optional(struct arena *arena, struct str type);

/* A type that values of both have, "User?" of "User" and "User?"; empty where there is none. */
struct str type_text_either(struct typer *typer, struct str a, struct str b);

/* The type, or the model, that a name means in the code at `offset` (bytes) of this file, imports included; of "User?" and of
 * "Box<User>" what its name means. */
struct package_symbol type_text_named(struct typer *typer, uint32_t offset, struct str name);

/* The type of a part of a value of the type `owner`, "Box<User>", in place of its declaration's words for it, "T". */
struct str type_text_in(struct typer *typer, struct package_symbol declaration, struct str owner, struct str part);

/* ---- for the rules that follow each other */

/* What is one of several values: branches, items. All of them have its type; nothing but `typer` is set at first. */
struct type_choice {
    struct typer *typer;
    struct str type; /* of all so far */
    bool nil;        /* is one of them nil? */
    bool differs;    /* from another, or is not known */
};

/* One more value, of this type; empty: it is not known. */
void type_choice_add(struct type_choice *choice, struct str type);

/* One more: that of an expression, or the last one of a block; none of a block that is left at its end. */
void type_choice_branch(struct type_choice *choice, node_id branch);

/* The type of all; empty where there is none. */
struct str type_choice_type(const struct type_choice *choice);

/* What a list or a record is by what is written in it: "[User]", "{ user: User, count: Int }". */
struct str type_text_of_array(struct typer *typer, node_id node);
struct str type_text_of_object(struct typer *typer, node_id node);

/* What one of the branches of an `if`, one of the arms of a `match`, one of both sides of `??` or `or` gives. */
struct str type_text_of_if(struct typer *typer, node_id node);
struct str type_text_of_match(struct typer *typer, node_id node);
struct str type_text_of_fallback(struct typer *typer, node_id left, node_id right);

/* What a function gives by its body, a block or an expression: its last value and those of each `return` in it. */
struct str type_text_of_body(struct typer *typer, node_id body);

/* What is asked about a symbol of the typer's file: what it holds, what its body gives. */
typedef struct str type_text_question(struct typer *typer, uint32_t symbol);

/* The answer about a symbol of another file, of the package or a module, by the analysis of that file; empty without sources. */
struct str type_text_elsewhere(struct typer *typer, struct package_symbol found, type_text_question *question);

/* May one more question be asked? Then type_text_shallower() ends it, and gives its answer on. */
bool type_text_deeper(struct typer *typer);
struct str type_text_shallower(struct typer *typer, struct str answer);

/* ---- type variables: of the library's signatures all single capital letters, else those that are declared */

enum { TYPE_VARIABLES = 8 };

struct type_variables {
    struct type_variable {
        struct str name, value; /* the value is empty until it is found */
    } of[TYPE_VARIABLES];
    unsigned count;
    bool declared; /* there are no others */
};

/* Takes those that a signature declares, "fn first<T>(list: [T]) -> T"; others are none then. */
void type_variables_declare(struct type_variables *variables, struct str signature);

/* Lets the variables of `pattern`, "[T]", be what makes it `actual`, "[User]". What is found first stays. */
void type_variables_match(struct type_variables *variables, struct str pattern, struct str actual);

/* Lets the declared ones be the arguments of "Pair<Int, User>", in their order. */
void type_variables_give(struct type_variables *variables, struct str type);

/* What was found for one; empty where nothing was. */
struct str type_variables_value(struct type_variables *variables, struct str name);

/* The text with its variables replaced, by "Any" where nothing is known. Lives in the arena. */
struct str type_variables_apply(struct arena *arena, struct type_variables *variables, struct str text);

/* "Pair<Int, Any>" of "Pair", whose declared variables they are; the name alone where there are none. */
struct str type_variables_type(struct arena *arena, const struct type_variables *variables, struct str name);

#endif
