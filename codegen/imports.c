/* imports: collects what an output takes from the runtime and from the shared output. */
#include "codegen/emitter.h"

static struct str import_as(struct emitter *e, struct import wanted, bool own_name) {
    for (unsigned i = 0; i < e->imports.count; i++) {
        const struct import *known = &e->imports.items[i];
        if (known->shared == wanted.shared && known->module == wanted.module && str_equal(known->name, wanted.name) &&
            (!own_name || str_equal(known->local, wanted.name))) {
            return known->local;
        }
    }
    wanted.local = wanted.name;
    if (!own_name && name_is_declared(e, wanted.name)) {
        wanted.local = fresh_module_text(e, arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(wanted.name)));
    }
    vec_push(e->arena, &e->imports, wanted);
    return wanted.local;
}

struct js *runtime_name(struct emitter *e, enum runtime_module module, const char *name) {
    e->output->runtime |= 1u << module;
    struct import wanted = {.module = module, .name = str_from_c(name)};
    return js_text(e->arena, JS_NAME, import_as(e, wanted, false));
}

struct js *builtin_name(struct emitter *e, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    enum runtime_module module = RUNTIME_CORE;
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        if (str_equal(runtime_file_name((enum runtime_module)i), info->module)) {
            module = (enum runtime_module)i;
        }
    }
    e->output->runtime |= 1u << module;
    struct import wanted = {.module = module, .name = info->name};
    return js_text(e->arena, JS_NAME, import_as(e, wanted, true));
}

struct str shared_name(struct emitter *e, struct program_symbol symbol) {
    struct str name = name_of_symbol(e, symbol);
    if (e->output->kind == OUTPUT_SERVER || e->output->kind == OUTPUT_CLIENT) {
        struct import wanted = {.shared = true, .name = name};
        return import_as(e, wanted, true);
    }
    return name;
}

/* The order in which readers expect names of the runtime; others follow in the order of their first use. */
static const struct str expected_order[] = {
    STR_INIT("createSignal"), STR_INIT("createComputed"), STR_INIT("createEffect"),
    STR_INIT("mount"),        STR_INIT("tova_el"),        STR_INIT("fragment"),
};

static unsigned rank_of(struct str name) {
    unsigned count = sizeof expected_order / sizeof *expected_order;
    for (unsigned i = 0; i < count; i++) {
        if (str_equal(expected_order[i], name)) {
            return i;
        }
    }
    return count;
}

static struct js *import_name(struct emitter *e, const struct import *import) {
    struct js *name = js_text(e->arena, JS_IMPORT_NAME, import->name);
    name->a = js_text(e->arena, JS_NAME, import->local);
    return name;
}

static void import_from(struct emitter *e, struct js_list *statements, bool shared, enum runtime_module module,
                        struct str source) {
    struct js *statement = js_text(e->arena, JS_IMPORT, js_string(e->arena, source)->text);
    unsigned ranks = sizeof expected_order / sizeof *expected_order;
    for (unsigned rank = 0; rank <= ranks; rank++) {
        for (unsigned i = 0; i < e->imports.count; i++) {
            const struct import *import = &e->imports.items[i];
            if (import->shared == shared && (shared || import->module == module) && rank_of(import->name) == rank) {
                js_add(e->arena, &statement->list, import_name(e, import));
            }
        }
    }
    if (statement->list.of.count > 0) {
        js_add(e->arena, statements, statement);
    }
}

void imports_print(struct emitter *e, struct js_list *statements) {
    struct str base = e->emission->base;
    import_from(e, statements, true, RUNTIME_CORE, arena_printf(e->arena, "./%.*s.shared.js", STR_ARGUMENTS(base)));
    /* What is special to an output stands above what every one may import. */
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            if ((i == RUNTIME_CORE) == (pass == 1)) {
                struct str file = runtime_file_name((enum runtime_module)i);
                import_from(e, statements, false, (enum runtime_module)i,
                            arena_printf(e->arena, "./runtime/%.*s", STR_ARGUMENTS(file)));
            }
        }
    }
}
