/* names: which JavaScript name stands for a symbol, and names that nothing else has. A name is fit for the output and free
 * where the output sees it: words of JavaScript, names of the runtime and of the program never meet. Private to this layer.
 */
#ifndef TOVA_CODEGEN_NAMES_H
#define TOVA_CODEGEN_NAMES_H

#include "codegen/emitter.h"

/* Finds out which names the program declares where this output sees them; names_finish frees what that took. */
void names_start(struct emitter *e);
void names_finish(struct emitter *e);
/* The JavaScript name of a symbol; of a state its setter. */
struct str name_of_symbol(struct emitter *e, struct program_symbol symbol);
/* The name of the function that sets a state. */
struct str setter_of_symbol(struct emitter *e, struct program_symbol symbol);
/* A name that nothing else in reach has, beginning with `wish`. */
struct js *fresh_name(struct emitter *e, const char *wish);
/* The same as text. */
struct str fresh_text(struct emitter *e, struct str wish);
/* The same for the output's top level. */
struct str fresh_module_text(struct emitter *e, struct str wish);
/* Forgets the made-up names of the last declaration. */
void names_next_declaration(struct emitter *e);
/* Is a variable assigned again after its declaration? */
bool symbol_is_written(struct emitter *e, struct program_symbol symbol);
/* Has a symbol that the output can see this name? */
bool name_is_declared(struct emitter *e, struct str name);
/* What a name is used for where the output sees it; 0: for nothing. */
unsigned names_uses(const struct emitter *e, struct str name);
/* Is it a word that JavaScript takes for no name? */
bool name_is_reserved(struct str name);
/* Can it stand behind a dot and before a colon without quotes? */
bool name_is_plain(struct str name);
/* A name of JavaScript that the compiler itself needs ("Array"), reachable also where the program has taken it. */
struct js *global_name(struct emitter *e, const char *name);
/* A property key: quoted when it is no name. */
struct str key_text(struct emitter *e, struct str key);
#endif
