/* symbols_in: what the nodes of a subtree mean to the one who lowers them: symbols, variants, what is known of a value without
 * running it, and whether it changes while a page lives. Reads the analysis and makes no JavaScript. Private to this layer.
 */
#ifndef TOVA_CODEGEN_SYMBOLS_IN_H
#define TOVA_CODEGEN_SYMBOLS_IN_H

#include "codegen/emitter.h"

/* What a name node means; {NULL, 0} for builtins, globals and unknown names. */
struct program_symbol symbol_at_node(const struct emitter *e, node_id node);
/* The symbol itself; NULL for nothing. */
const struct symbol *symbol_data(struct program_symbol symbol);
/* Its kind; SYMBOL_NULL for nothing. */
enum symbol_kind symbol_kind_of(struct program_symbol symbol);
/* Has a type fields; has it variants; is it a type with a condition (`where`)? */
bool type_is_record(struct program_symbol type);
bool type_has_variants(struct program_symbol type);
bool type_is_refined(struct program_symbol type);
/* The variant of this name that a type or a model's type has; {NULL, 0} for none. */
struct program_symbol variant_of_type(const struct emitter *e, struct program_symbol type, struct str name);
/* The variant that a name or `Type.Name` means; {NULL, 0} for anything else, builtins included. */
struct program_symbol variant_at(const struct emitter *e, node_id node);
/* Is a node the call of this builtin? */
bool calls_builtin(const struct file_analysis *file, node_id node, enum builtin builtin);
/* Is it a constant that holds what `inject` gave, which is read as a call? */
bool symbol_is_injected(struct program_symbol symbol);
/* The type of the package that has this name as code of the output sees it. */
struct program_symbol type_named(const struct emitter *e, atom_id name);
/* The name in `name: T`, `name = e` and the like, of a function's parameter. */
node_id parameter_name(const struct emitter *e, node_id parameter);
/* What can be known of a value without running it. */
enum value_type { VALUE_UNKNOWN, VALUE_STRING, VALUE_NUMBER, VALUE_BOOL, VALUE_LIST, VALUE_OTHER };
enum value_type type_of_value(const struct emitter *e, node_id node);
/* Is there anything that says that a value can be text? */
bool value_may_be_text(struct emitter *e, node_id node);
/* Is a parameter given text somewhere in the program? */
bool parameter_gets_text(struct emitter *e, struct program_symbol parameter);
enum reactivity { REACTIVE_NOT, REACTIVE_LOCAL, REACTIVE_STRICT };
/* Does the value of a node change while the page lives? REACTIVE_LOCAL: it depends on a parameter or loop variable. */
enum reactivity reactivity_of(const struct emitter *e, node_id node);
/* Is it a name of a row, or part of it: of a loop, of a function of items, a parameter of a component? */
bool belongs_to_row(const struct emitter *e, node_id node);
/* What stands for a symbol instead of its name, or NULL. */
struct js *stand_in_of(const struct emitter *e, struct program_symbol symbol);
#endif
