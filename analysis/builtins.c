/* The tables of names that need no declaration. Builtins are found by halving an index that the build sorts; the others are
 * searched from the front: comparing sizes rejects nearly all rows. */
#include "analysis/builtins.h"

#include "analysis/builtins_by_name_generated.h"

enum method_receiver { TEXTS = 1, LISTS = 2, BOTH = TEXTS | LISTS };

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
#define BUILTIN(id, name, module, side, async_twin, signature, documentation, preferred, absent)                       \
    {STR_INIT(name),          STR_INIT(module),    STR_INIT(async_twin), STR_INIT(signature),                          \
     STR_INIT(documentation), BUILTIN_##preferred, STR_INIT(absent),     BUILTIN_##side},
#include "analysis/builtins.def"
};

/* Either another name for a builtin, or with a signature and documentation of its own. */
static const struct member {
    enum builtin space;
    struct str name;
    enum builtin same; /* BUILTIN_COUNT: none */
    struct str signature;
    struct str documentation;
} members[] = {
#define SAME(space, name, builtin) {BUILTIN_##space, STR_INIT(name), BUILTIN_##builtin, STR_INIT(""), STR_INIT("")},
#define MEMBER(space, name, signature, documentation)                                                                  \
    {BUILTIN_##space, STR_INIT(name), BUILTIN_COUNT, STR_INIT(signature), STR_INIT(documentation)},
#include "analysis/builtins/members.def"
};

static const struct builtin_method methods[] = {
#define YES true
#define NO false
#define METHOD(builtin, receiver, asked) {BUILTIN_##builtin, (receiver) & TEXTS, (receiver) & LISTS, asked},
#include "analysis/builtins/methods.def"
#undef YES
#undef NO
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
    unsigned low = 0;
    unsigned high = BUILTIN_COUNT;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = str_compare(builtins[builtins_by_name[middle]].name, name);
        if (order == 0) {
            *builtin = (enum builtin)builtins_by_name[middle];
            return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
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

bool builtin_as_method(struct str name, struct builtin_method *method) {
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (str_equal(builtins[methods[i].builtin].name, name)) {
            *method = methods[i];
            return true;
        }
    }
    return false;
}

bool builtin_method_at(unsigned index, struct builtin_method *method) {
    bool found = index < sizeof methods / sizeof *methods;
    if (found) {
        *method = methods[index];
    }
    return found;
}

bool builtin_is_async(enum builtin builtin) { return str_starts_with(builtins[builtin].signature, STR("async ")); }

bool builtin_is_type(enum builtin builtin) { return str_ends_with(builtins[builtin].signature, STR(": Type")); }

bool builtin_takes_tasks(enum builtin builtin) {
    struct str signature = builtins[builtin].signature;
    return str_starts_with(str_slice(signature, str_find(signature, '(', 0), signature.size), STR("(task"));
}

bool builtin_is_for(enum builtin builtin, enum block_kind kind) {
    enum builtin_side side = builtins[builtin].side;
    if (side == BUILTIN_BROWSERS) {
        return kind == BLOCK_BROWSER || kind == BLOCK_MODULE;
    }
    return side == BUILTIN_EVERYWHERE || kind == BLOCK_SERVER || (side == BUILTIN_SERVERS && kind == BLOCK_MODULE);
}

static struct builtin_member member_of(const struct member *member) {
    if (member->same == BUILTIN_COUNT) {
        return (struct builtin_member){member->name, member->signature, member->documentation};
    }
    const struct builtin_info *same = &builtins[member->same];
    return (struct builtin_member){member->name, same->signature, same->documentation};
}

bool builtin_member_at(enum builtin space, unsigned index, struct builtin_member *member) {
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (members[i].space == space && index-- == 0) {
            *member = member_of(&members[i]);
            return true;
        }
    }
    return false;
}

bool builtin_member_find(enum builtin space, struct str name, struct builtin_member *member) {
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (members[i].space == space && str_equal(members[i].name, name)) {
            *member = member_of(&members[i]);
            return true;
        }
    }
    return false;
}

bool builtin_leaves_member(enum builtin builtin, struct str name) {
    struct str signature = builtins[builtin].signature;
    struct builtin_member member;
    bool known = str_starts_with(signature, STR("fn ")) || str_starts_with(signature, STR("async fn ")) ||
                 str_ends_with(signature, STR(": Namespace"));
    return known && !builtin_member_find(builtin, name, &member);
}

unsigned global_blocks(struct str name) {
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++) {
        if (str_equal(globals[i].name, name)) {
            return globals[i].blocks;
        }
    }
    return 0;
}

bool global_at(unsigned index, struct str *name, unsigned *blocks) {
    bool found = index < sizeof globals / sizeof *globals;
    if (found) {
        *name = globals[index].name;
        *blocks = globals[index].blocks;
    }
    return found;
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
