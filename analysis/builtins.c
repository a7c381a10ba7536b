/* The tables of names that need no declaration. Searched from the front: a file asks once for each distinct name that it
 * does not declare, and comparing sizes rejects nearly all rows. */
#include "analysis/builtins.h"

enum global_blocks {
    GLOBAL_SERVER = 1 << BLOCK_SERVER,
    GLOBAL_BROWSER = 1 << BLOCK_BROWSER,
    GLOBAL_ALL = 1 << BLOCK_MODULE | 1 << BLOCK_SHARED | GLOBAL_SERVER | GLOBAL_BROWSER,
};

struct global {
    struct str name;
    unsigned blocks;
};

static const struct builtin_info builtins[] = {
#define BUILTIN(id, name, module, async_twin, signature, documentation)                                                \
    {STR_INIT(name), STR_INIT(module), STR_INIT(async_twin), STR_INIT(signature), STR_INIT(documentation)},
#include "analysis/builtins.def"
};

static const struct global globals[] = {
#define GLOBAL(name, blocks) {STR_INIT(name), blocks},
#include "analysis/globals.def"
};

static const struct str types[] = {
#define TYPE(name) STR_INIT(name),
#include "analysis/types.def"
};

const struct builtin_info *builtin_info(enum builtin builtin) { return &builtins[builtin]; }

bool builtin_find(struct str name, enum builtin *builtin) {
    for (unsigned i = 0; i < BUILTIN_COUNT; i++) {
        if (str_equal(builtins[i].name, name)) {
            *builtin = (enum builtin)i;
            return true;
        }
    }
    return false;
}

bool builtin_of_method(struct str method, enum builtin *builtin) {
    static const struct {
        struct str method;
        enum builtin builtin;
    } others[] = {
        {STR_INIT("forEach"), BUILTIN_EACH}, {STR_INIT("some"), BUILTIN_ANY}, {STR_INIT("every"), BUILTIN_ALL}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_equal(others[i].method, method)) {
            *builtin = others[i].builtin;
            return true;
        }
    }
    return builtin_find(method, builtin) && builtins[*builtin].async_twin.size > 0;
}

bool builtin_is_async(enum builtin builtin) { return str_starts_with(builtins[builtin].signature, STR("async ")); }

unsigned global_blocks(struct str name) {
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++) {
        if (str_equal(globals[i].name, name)) {
            return globals[i].blocks;
        }
    }
    return 0;
}

bool global_is_known(struct str name, enum block_kind kind) { return (global_blocks(name) >> kind & 1) != 0; }

bool builtin_type_is_known(struct str name) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_equal(types[i], name)) {
            return true;
        }
    }
    return false;
}

struct str builtin_type_name(unsigned index) {
    return index < sizeof types / sizeof *types ? types[index] : (struct str){0};
}
