/* The tables of names that need no declaration. Searched from the front: a file asks once for each distinct name that it
 * does not declare, and comparing sizes rejects nearly all rows. */
#include "analysis/builtins.h"

enum global_blocks {
    GLOBAL_SERVER = 1,
    GLOBAL_BROWSER = 2,
    GLOBAL_ALL = 4 | GLOBAL_SERVER | GLOBAL_BROWSER,
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

bool builtin_is_async(enum builtin builtin) { return str_starts_with(builtins[builtin].signature, STR("async ")); }

static unsigned blocks_of(enum block_kind kind) {
    switch (kind) {
    case BLOCK_SERVER:
        return GLOBAL_SERVER;
    case BLOCK_BROWSER:
        return GLOBAL_BROWSER;
    case BLOCK_MODULE:
    case BLOCK_SHARED:
    case BLOCK_KIND_COUNT:
        break;
    }
    return GLOBAL_ALL & ~(unsigned)(GLOBAL_SERVER | GLOBAL_BROWSER);
}

bool global_is_known(struct str name, enum block_kind kind) {
    unsigned wanted = blocks_of(kind);
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++) {
        if (str_equal(globals[i].name, name)) {
            return (globals[i].blocks & wanted) != 0;
        }
    }
    return false;
}

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
