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

/* Runtime modules, a bit for each. Zeroed: none. */
struct runtime_set {
    uint64_t bits[4];
};

_Static_assert(RUNTIME_MODULE_COUNT <= 8 * sizeof(struct runtime_set), "a set has a bit for each module");

/* Is the module in the set? */
static inline bool runtime_has(struct runtime_set set, enum runtime_module module) {
    return (set.bits[module / 64] >> module % 64 & 1) != 0;
}

/* Puts a module into the set. */
static inline void runtime_add(struct runtime_set *set, enum runtime_module module) {
    set->bits[module / 64] |= (uint64_t)1 << module % 64;
}

/* Puts all modules of `other` into the set. */
static inline void runtime_add_all(struct runtime_set *set, struct runtime_set other) {
    for (unsigned i = 0; i < sizeof set->bits / sizeof *set->bits; i++) {
        set->bits[i] |= other.bits[i];
    }
}

/* The set of one module. */
static inline struct runtime_set runtime_only(enum runtime_module module) {
    struct runtime_set set = {{0}};
    runtime_add(&set, module);
    return set;
}

/* The module of a file name; CORE when none has this name. */
enum runtime_module runtime_module_of(struct str file);

/* "rpc.js". */
struct str runtime_file_name(enum runtime_module module);

/* Is there a module of this name, ".js" left out? Writes *module, when it is not NULL, only then. */
bool runtime_find(struct str name, enum runtime_module *module);

/* Its text; borrowed forever. */
struct str runtime_file_text(enum runtime_module module);

/* May a browser load it? */
bool runtime_is_for_browser(enum runtime_module module);

/* `modules` and everything that they import. */
struct runtime_set runtime_closure(struct runtime_set modules);

#endif
