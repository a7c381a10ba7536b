/* runtime: the table of the runtime's files; their texts are generated from codegen/runtime at build time. */
#include "codegen/runtime.h"

#include "codegen/runtime_texts_generated.h"

#include <string.h>

enum side { SERVER = 1, BROWSER = 2, BOTH = SERVER | BROWSER };

static const struct module {
    struct str file;
    enum side side;
    struct str imports; /* file names, separated by commas */
} modules[] = {
#define RUNTIME_MODULE(id, file, side, imports) {STR_INIT(file), side, STR_INIT(imports)},
#include "codegen/runtime/modules.def"
};

enum runtime_module runtime_module_of(struct str file) {
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        if (str_equal(modules[i].file, file)) {
            return (enum runtime_module)i;
        }
    }
    return RUNTIME_CORE;
}

bool runtime_find(struct str name, enum runtime_module *module) {
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        struct str file = modules[i].file;
        if (str_equal(str_slice(file, 0, file.size - strlen(".js")), name)) {
            if (module != NULL) {
                *module = (enum runtime_module)i;
            }
            return true;
        }
    }
    return false;
}

struct str runtime_file_name(enum runtime_module module) {
    return modules[module].file;
}

struct str runtime_file_text(enum runtime_module module) {
    return runtime_texts[module];
}

bool runtime_is_for_browser(enum runtime_module module) { return (modules[module].side & BROWSER) != 0; }

/* Adds what the module imports; false when all of it was there. */
static bool add_imports(struct runtime_set *set, enum runtime_module module) {
    struct str list = modules[module].imports;
    bool added = false;
    for (size_t start = 0; start < list.size;) {
        size_t end = str_find(list, ',', start);
        struct str name = str_trim(str_slice(list, start, end));
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            enum runtime_module imported = (enum runtime_module)i;
            if (!runtime_has(*set, imported) && str_equal(modules[imported].file, name)) {
                runtime_add(set, imported);
                added = true;
            }
        }
        start = end + 1;
    }
    return added;
}

struct runtime_set runtime_closure(struct runtime_set wanted) {
    bool added;
    do {
        added = false;
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            enum runtime_module module = (enum runtime_module)i;
            added = (runtime_has(wanted, module) && add_imports(&wanted, module)) || added;
        }
    } while (added);
    return wanted;
}
