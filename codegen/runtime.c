/* runtime: the table of the runtime's files; their texts are generated from codegen/runtime at build time. */
#include "codegen/runtime.h"

#include "codegen/runtime_texts_generated.h"

enum side { SERVER = 1, BROWSER = 2, BOTH = SERVER | BROWSER };

static const struct module {
    struct str file;
    enum side side;
    struct str imports; /* file names, separated by commas */
} modules[] = {
#define RUNTIME_MODULE(id, file, side, imports) {STR_INIT(file), side, STR_INIT(imports)},
#include "codegen/runtime/modules.def"
};

_Static_assert(RUNTIME_MODULE_COUNT <= 8 * sizeof(runtime_set), "a set has a bit for each module");

enum runtime_module runtime_module_of(struct str file) {
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        if (str_equal(modules[i].file, file)) {
            return (enum runtime_module)i;
        }
    }
    return RUNTIME_CORE;
}

struct str runtime_file_name(enum runtime_module module) {
    return modules[module].file;
}

struct str runtime_file_text(enum runtime_module module) {
    return runtime_texts[module];
}

bool runtime_is_for_browser(enum runtime_module module) { return (modules[module].side & BROWSER) != 0; }

static runtime_set imports_of(enum runtime_module module) {
    struct str list = modules[module].imports;
    runtime_set result = 0;
    for (size_t start = 0; start < list.size;) {
        size_t end = str_find(list, ',', start);
        struct str name = str_trim(str_slice(list, start, end));
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            enum runtime_module imported = (enum runtime_module)i;
            result |= str_equal(modules[imported].file, name) ? runtime_only(imported) : 0;
        }
        start = end + 1;
    }
    return result;
}

runtime_set runtime_closure(runtime_set wanted) {
    runtime_set before;
    do {
        before = wanted;
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            enum runtime_module module = (enum runtime_module)i;
            wanted |= runtime_has(before, module) ? imports_of(module) : 0;
        }
    } while (wanted != before);
    return wanted;
}
