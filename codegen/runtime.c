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

_Static_assert(RUNTIME_MODULE_COUNT <= 32, "the sets of modules are 32 bits wide");

struct str runtime_file_name(enum runtime_module module) {
    return modules[module].file;
}

struct str runtime_file_text(enum runtime_module module) {
    return runtime_texts[module];
}

bool runtime_is_for_browser(enum runtime_module module) { return (modules[module].side & BROWSER) != 0; }

static unsigned imports_of(enum runtime_module module) {
    struct str list = modules[module].imports;
    unsigned result = 0;
    for (size_t start = 0; start < list.size;) {
        size_t end = str_find(list, ',', start);
        struct str name = str_trim(str_slice(list, start, end));
        for (unsigned i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            result |= str_equal(modules[i].file, name) ? 1u << i : 0;
        }
        start = end + 1;
    }
    return result;
}

unsigned runtime_closure(unsigned wanted) {
    unsigned before;
    do {
        before = wanted;
        for (unsigned i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            wanted |= (before & 1u << i) != 0 ? imports_of((enum runtime_module)i) : 0;
        }
    } while (wanted != before);
    return wanted;
}
