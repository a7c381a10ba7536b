/* imports: what an output takes from other modules (the runtime, the shared output, other programs, packages), noted while it is
 * lowered and printed in one place. What nothing uses is not imported. Private to this layer.
 */
#ifndef TOVA_CODEGEN_IMPORTS_H
#define TOVA_CODEGEN_IMPORTS_H

#include "codegen/emitter.h"

/* A name that the program itself imports is used, or a whole import statement. */
void program_import_used(struct emitter *e, struct program_symbol symbol);
/* An import statement of the program; each output keeps the names that it uses, a module without blocks keeps all. */
void program_import_statement(struct emitter *e, node_id statement);
/* A name from a runtime module for the compiler's own use. */
struct js *runtime_name(struct emitter *e, enum runtime_module module, const char *name);
/* The same for a builtin that the program names itself. */
struct js *builtin_name(struct emitter *e, enum builtin builtin);
/* The name of a symbol of the shared code or the module level, imported where the output is another one. */
struct str shared_name(struct emitter *e, struct program_symbol symbol);
/* The name of a symbol of another program: as the program imports it, else imported for it. */
struct str foreign_name(struct emitter *e, struct program_symbol symbol);
/* The path of an output of this program below the folder that holds the runtime: "app.client.js". */
struct str path_below_top(const struct emitter *e, struct str name);
/* The folder of the runtime as this output sees it: "./runtime/". */
struct str runtime_folder(const struct emitter *e);
/* Where the imported module of a statement is, as JavaScript says it; empty for a file of this very program. */
struct str module_path(struct emitter *e, const struct file_analysis *file, node_id source);
/* The output of a file of another program, as this output sees it: "../lib/text.js". */
struct str output_of_file(struct emitter *e, const struct file_analysis *file);
/* Does the symbol exist when the program runs? Traits and other names of types do not. */
bool symbol_is_value(struct program_symbol symbol);
/* The import statements, in their order. */
void imports_print(struct emitter *e, struct js_list *statements);
#endif
