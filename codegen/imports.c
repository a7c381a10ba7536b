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
    runtime_add(&e->output->runtime, module);
    struct import wanted = {.module = module, .name = str_from_c(name)};
    return js_text(e->arena, JS_NAME, import_as(e, wanted, false));
}

struct js *builtin_name(struct emitter *e, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    enum runtime_module module = runtime_module_of(info->module);
    runtime_add(&e->output->runtime, module);
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

/* ---- imports of the program itself */

void program_import_used(struct emitter *e, struct program_symbol symbol) {
    for (unsigned i = 0; i < e->used_imports.count; i++) {
        if (e->used_imports.items[i].file == symbol.file && e->used_imports.items[i].symbol == symbol.symbol) {
            return;
        }
    }
    vec_push(e->arena, &e->used_imports, symbol);
}

void program_import_statement(struct emitter *e, node_id statement) {
    bool names = false;
    for (node_id n = statement; n < e->tree->nodes[statement].next; n++) {
        struct program_symbol symbol = symbol_at_node(e, n);
        if (symbol_kind_of(symbol) == SYMBOL_IMPORT) {
            names = true;
            /* A file without blocks keeps its imports; elsewhere each output has those that it uses. */
            if (e->output->kind == OUTPUT_MODULE) {
                program_import_used(e, symbol);
            }
        }
    }
    if (!names) {
        struct str source = text_of(e, node_child(e->tree, statement, FIELD_SOURCE));
        js_add(e->arena, &e->import_statements, placed(e, js_text(e->arena, JS_IMPORT, source), statement));
    }
}

/* `tova:x` is a module of the runtime. */
static struct str import_source(struct emitter *e, struct program_symbol symbol, node_id statement) {
    struct str source = STR("");
    const struct syntax_tree *tree = symbol.file->tree;
    (void)node_string_value(e->arena, tree, node_child(tree, statement, FIELD_SOURCE), &source);
    if (str_starts_with(source, STR("tova:"))) {
        struct str module = str_slice(source, 5, source.size);
        source = arena_printf(e->arena, "./runtime/%.*s.js", STR_ARGUMENTS(module));
    } else if (str_ends_with(source, STR(".tova"))) {
        struct str stem = str_slice(source, 0, source.size - 5);
        source = arena_printf(e->arena, "%.*s.js", STR_ARGUMENTS(stem));
    }
    return js_string(e->arena, source)->text;
}

static void add_program_import(struct emitter *e, struct js *statement, struct program_symbol symbol, node_id node) {
    const struct syntax_tree *tree = symbol.file->tree;
    const struct symbol *data = symbol_data(symbol);
    struct js *local = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
    local->place = (struct js_place){file_index_of(e, symbol.file) + 1, node_span(tree, data->name_node), STR("")};
    if (node_child(tree, node, FIELD_DEFAULT) == data->name_node) {
        statement->a = local;
    } else if (node_child(tree, node, FIELD_NAMESPACE) == data->name_node) {
        statement->b = local;
    } else {
        struct str exported = node_text(tree, node_child(tree, data->node, FIELD_NAME));
        struct js *name = js_text(e->arena, JS_IMPORT_NAME, exported);
        name->a = local;
        name->place = local->place;
        js_add(e->arena, &statement->list, name);
    }
}

static node_id statement_of(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    const struct syntax_tree *tree = symbol.file->tree;
    bool whole = node_kind(tree, data->node) == NODE_IMPORT_STATEMENT;
    return whole ? data->node : node_ancestor(tree, data->node, NODE_IMPORT_STATEMENT);
}

static void program_imports(struct emitter *e, struct js_list *statements) {
    for (unsigned i = 0; i < e->import_statements.of.count; i++) {
        js_add(e->arena, statements, e->import_statements.of.items[i]);
    }
    for (unsigned i = 0; i < e->used_imports.count; i++) {
        struct program_symbol first = e->used_imports.items[i];
        node_id node = statement_of(first);
        bool done = false;
        for (unsigned k = 0; k < i; k++) {
            done =
                done || (e->used_imports.items[k].file == first.file && statement_of(e->used_imports.items[k]) == node);
        }
        if (done) {
            continue;
        }
        struct js *statement = js_text(e->arena, JS_IMPORT, import_source(e, first, node));
        for (unsigned k = i; k < e->used_imports.count; k++) {
            struct program_symbol other = e->used_imports.items[k];
            if (other.file == first.file && statement_of(other) == node) {
                add_program_import(e, statement, other, node);
            }
        }
        js_add(e->arena, statements, statement);
    }
}

/* The order in which readers expect names of the runtime; others follow in the order of their first use. */
static const struct str expected_order[] = {
    STR_INIT("createServer"), STR_INIT("createSignal"), STR_INIT("createComputed"), STR_INIT("createEffect"),
    STR_INIT("mount"),        STR_INIT("tova_el"),      STR_INIT("fragment"),
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
    program_imports(e, statements);
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
