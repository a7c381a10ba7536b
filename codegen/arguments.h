/* arguments: what a call gives to what it calls; private to this layer.
 *
 * A named argument takes the place of the parameter of its name. Names that are keys of a record that the callee takes
 * apart become that record; names that nothing is known of become one object behind the others.
 */
#ifndef TOVA_CODEGEN_ARGUMENTS_H
#define TOVA_CODEGEN_ARGUMENTS_H

#include "codegen/emitter.h"

/* What is called, as far as its parameters are known. */
struct callee {
    const struct file_analysis *file; /* where `parameters` are written */
    node_id parameters;               /* parameters, paren_list or the only parameter's name; or NODE_NONE */
    struct program_symbol owner;      /* a type or variant, whose fields are the parameters; or nothing */
    struct str signature;             /* of a builtin; else empty */
    struct str name;                  /* as the call writes it, without what it is a member of */
};

/* What a name means as a callee. */
struct callee callee_of_symbol(struct program_symbol symbol, struct str name);
/* What the name of a plain call means. */
struct callee callee_of_name(const struct emitter *e, node_id name);
/* A method: one of `impl` or of a trait of the program when it has this name. */
struct callee callee_of_method(struct emitter *e, struct str name);

/* The place of the parameter with this name; false when none is known. */
bool callee_position(const struct callee *callee, struct str name, unsigned *position);

/* Lowers the arguments of a call; `piped` (or NULL) takes the places of `_`, or the first place. */
struct js_list lower_arguments(struct emitter *e, const struct callee *callee, node_id list, struct js *piped);

/* The entries of `Point { x: 1, ...p }` in the order of the type's fields; false when one of them names no field. */
bool lower_entries(struct emitter *e, const struct callee *type, node_id entries, struct js_list *values);

#endif
