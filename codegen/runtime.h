/* runtime: the JavaScript modules that emitted code imports, embedded in the program at build time.
 */
#ifndef TOVA_CODEGEN_RUNTIME_H
#define TOVA_CODEGEN_RUNTIME_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum runtime_module {
#define RUNTIME_MODULE(id, file, side, imports) RUNTIME_##id,
#include "codegen/runtime/modules.def"
    RUNTIME_MODULE_COUNT
};

/* Runtime modules, a bit for each. */
typedef uint64_t runtime_set;

/* The set of one module. */
static inline runtime_set runtime_only(enum runtime_module module) { return (runtime_set)1 << module; }

/* Is the module in the set? */
static inline bool runtime_has(runtime_set set, enum runtime_module module) {
    return (set & runtime_only(module)) != 0;
}

/* The module of a file name; CORE when none has this name. */
enum runtime_module runtime_module_of(struct str file);

/* "rpc.js". */
struct str runtime_file_name(enum runtime_module module);

/* Its text; borrowed forever. */
struct str runtime_file_text(enum runtime_module module);

/* May a browser load it? */
bool runtime_is_for_browser(enum runtime_module module);

/* `modules` and everything that they import. */
runtime_set runtime_closure(runtime_set modules);

#endif
