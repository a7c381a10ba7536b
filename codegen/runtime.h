/* runtime: the JavaScript modules that emitted code imports, embedded in the program at build time.
 */
#ifndef TOVA_CODEGEN_RUNTIME_H
#define TOVA_CODEGEN_RUNTIME_H

#include "parser/base/str.h"

#include <stdbool.h>

enum runtime_module {
#define RUNTIME_MODULE(id, file, side, imports) RUNTIME_##id,
#include "codegen/runtime/modules.def"
    RUNTIME_MODULE_COUNT
};

/* "rpc.js". */
struct str runtime_file_name(enum runtime_module module);

/* Its text; borrowed forever. */
struct str runtime_file_text(enum runtime_module module);

/* May a browser load it? */
bool runtime_is_for_browser(enum runtime_module module);

/* `modules` (bits 1 << module) and everything that they import. */
unsigned runtime_closure(unsigned modules);

#endif
