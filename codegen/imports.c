/* imports: collects what an output takes from the runtime, the shared output and other modules. */
#include "codegen/imports.h"

#include "analysis/modules.h"
#include "codegen/names.h"
#include "codegen/naming.h"
#include "codegen/symbols_in.h"
#include "parser/base/hash.h"
#include "parser/base/path.h"

#include <string.h>

static bool same_source(const struct import *a, const struct import *b) {
    return a->source == b->source && a->module == b->module && str_equal(a->from, b->from);
}

/* Is a name of another runtime module imported as `wanted` would be: `select` of tables beside `select` of channels? */
static bool is_taken_by_import(const struct emitter *e, const struct import *wanted) {
    for (unsigned i = 0; i < e->imports.count && wanted->source == IMPORT_RUNTIME; i++) {
        const struct import *known = &e->imports.items[i];
        if (str_equal(known->local, wanted->name) && !same_source(known, wanted)) {
            return true;
        }
    }
    return false;
}

static struct str import_as(struct emitter *e, struct import wanted, bool own_name) {
    bool taken = is_taken_by_import(e, &wanted);
    own_name = own_name && !taken;
    for (unsigned i = 0; i < e->imports.count; i++) {
        const struct import *known = &e->imports.items[i];
        if (same_source(known, &wanted) && str_equal(known->name, wanted.name) &&
            (!own_name || str_equal(known->local, wanted.name))) {
            return known->local;
        }
    }
    wanted.local = wanted.name;
    if (taken || (!own_name && (name_is_declared(e, wanted.name) || name_is_reserved(wanted.name)))) {
        wanted.local = fresh_module_text(e, arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(wanted.name)));
    }
    vec_push(e->arena, &e->imports, wanted);
    e->changes = hash_bytes(hash_bytes(hash_bytes(e->changes, wanted.from), wanted.name), wanted.local);
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
    bool own = symbol.file->program == e->program;
    if (own && (e->output->kind == OUTPUT_SERVER || e->output->kind == OUTPUT_CLIENT)) {
        struct import wanted = {.source = IMPORT_SHARED, .name = name};
        return import_as(e, wanted, true);
    }
    return name;
}

/* ---- where modules are */

/* Has a file an `impl` for a type of this name? */
static bool file_implements(const struct file_analysis *file, struct str type) {
    NODE_EACH(child, file->tree, NODE_ROOT) {
        node_id name = node_child(file->tree, child, FIELD_TYPE);
        bool impl = node_kind(file->tree, child) == NODE_IMPL_DECLARATION;
        if (impl && str_starts_with(node_text(file->tree, name), type)) {
            return true;
        }
    }
    return false;
}

/* A type with variants exists when its values inherit something from it: functions, or what `derive` gives. */
static bool variants_inherit(struct program_symbol type) {
    const struct syntax_tree *tree = type.file->tree;
    NODE_EACH(child, tree, node_child(tree, symbol_data(type)->node, FIELD_DERIVE)) {
        if (!node_is_comment(tree, child) && !str_equal(node_text(tree, child), STR("Eq"))) {
            return true;
        }
    }
    const struct program *program = type.file->program;
    struct str name = analysis_name(type.file, symbol_data(type)->name);
    for (uint32_t f = 0; f < program->file_count; f++) {
        if (file_implements(program->files[f], name)) {
            return true;
        }
    }
    return false;
}

bool symbol_is_value(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    if (data == NULL || data->kind != SYMBOL_TYPE) {
        return data == NULL || data->kind != SYMBOL_TRAIT;
    }
    return type_has_variants(symbol) ? variants_inherit(symbol) : type_is_record(symbol) || type_is_refined(symbol);
}

/* The path of a file as an import of this output has to say it. */
static struct str seen_from(struct emitter *e, struct str folder, struct str path) {
    struct str relative = path_relative(e->arena, folder, path);
    return str_starts_with(relative, STR("..")) ? relative : arena_concat(e->arena, STR("./"), relative);
}

/* Outputs lie to each other as their sources do. */
struct str output_of_file(struct emitter *e, const struct file_analysis *file) {
    const struct package *package = file->program->package;
    struct str folder = path_parent(e->arena, file->path);
    struct block_key module = {BLOCK_MODULE, ATOM_NONE};
    struct str name = naming_output(e->arena, package, e->program->atoms, module);
    return seen_from(e, path_parent(e->arena, e->program->files[0]->path), path_join(e->arena, folder, name));
}

static struct file_analysis *file_of_module(const struct emitter *e, const struct module *module) {
    return module->kind == MODULE_SOURCE ? program_file_at(e->program->group, module->path) : NULL;
}

struct str module_path(struct emitter *e, const struct file_analysis *file, node_id source) {
    struct str text = STR("");
    (void)node_string_value(e->arena, file->tree, source, &text);
    struct module module = module_find(e->arena, file->program->package, file->path, text);
    struct file_analysis *other = file_of_module(e, &module);
    if (other != NULL && other->program == e->program) {
        return (struct str){0};
    }
    if (other != NULL) {
        (void)file_index_of(e, other); /* the output has to do with it */
        return output_of_file(e, other);
    }
    enum runtime_module runtime;
    if (module.kind == MODULE_STANDARD && runtime_find(module.name, &runtime)) {
        if (!runtime_has(e->output->runtime, runtime)) {
            runtime_add(&e->output->runtime, runtime);
            note_change(e, (uint64_t)runtime);
        }
        return arena_printf(e->arena, "%.*s%.*s.js", STR_ARGUMENTS(runtime_folder(e)), STR_ARGUMENTS(module.name));
    }
    if (module.kind == MODULE_JAVASCRIPT && module.path.size > 0 && e->options->folder.size > 0) {
        return seen_from(e, e->options->folder, module.path);
    }
    if (str_ends_with(text, STR(".tova"))) {
        return arena_printf(e->arena, "%.*s.js", STR_ARGUMENTS(str_slice(text, 0, text.size - strlen(".tova"))));
    }
    return text;
}

struct str foreign_name(struct emitter *e, struct program_symbol symbol) {
    for (uint32_t pass = 0; pass <= e->program->file_count; pass++) {
        /* The present file first: each may have a name of its own for it. */
        const struct file_analysis *file = pass == 0 ? e->file : e->program->files[pass - 1];
        for (uint32_t i = 0; file->program == e->program && i < file->imported.count; i++) {
            if (file->import_links[i].file == symbol.file && file->import_links[i].symbol == symbol.symbol) {
                struct program_symbol import = {file, file->imported.items[i].symbol};
                program_import_used(e, import);
                return name_of_symbol(e, import);
            }
        }
    }
    (void)file_index_of(e, symbol.file);
    struct import wanted = {.source = IMPORT_FOREIGN,
                            .from = output_of_file(e, symbol.file),
                            .name = analysis_name(symbol.file, symbol_data(symbol)->name)};
    return import_as(e, wanted, false);
}

/* ---- imports of the program itself */

void program_import_used(struct emitter *e, struct program_symbol symbol) {
    for (unsigned i = 0; i < e->used_imports.count; i++) {
        if (e->used_imports.items[i].file == symbol.file && e->used_imports.items[i].symbol == symbol.symbol) {
            return;
        }
    }
    vec_push(e->arena, &e->used_imports, symbol);
    note_change(e, symbol.symbol);
}

void program_import_statement(struct emitter *e, node_id statement) {
    bool names = false;
    for (uint32_t i = 0; i < e->file->imported.count; i++) {
        const struct imported *imported = &e->file->imported.items[i];
        if (e->file->module_uses.items[imported->module].node != statement) {
            continue;
        }
        struct program_symbol target = e->file->import_links[i];
        bool own = target.file != NULL && target.file->program == e->program;
        names = true;
        /* A file without blocks keeps its imports; elsewhere each output has those that it uses. */
        if (e->output->kind == OUTPUT_MODULE && !own && symbol_is_value(target)) {
            program_import_used(e, (struct program_symbol){e->file, imported->symbol});
        }
    }
    struct str path = names ? STR("") : module_path(e, e->file, node_child(e->tree, statement, FIELD_SOURCE));
    if (path.size > 0) {
        struct js *import = js_text(e->arena, JS_IMPORT, js_string(e->arena, path)->text);
        js_add(e->arena, &e->import_statements, placed(e, import, statement));
    }
}

static struct str import_source(struct emitter *e, struct program_symbol symbol, node_id statement) {
    struct str path = module_path(e, symbol.file, node_child(symbol.file->tree, statement, FIELD_SOURCE));
    return js_string(e->arena, path)->text;
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
        node_id exported = node_child(tree, data->node, FIELD_NAME);
        struct js *name = js_text(e->arena, JS_IMPORT_NAME, node_text(tree, exported));
        name->a = local;
        name->place = local->place;
        name->place.span = node_span(tree, exported);
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

static void import_from(struct emitter *e, struct js_list *statements, const struct import *wanted,
                        struct str source) {
    struct js *statement = js_text(e->arena, JS_IMPORT, js_string(e->arena, source)->text);
    unsigned ranks = sizeof expected_order / sizeof *expected_order;
    for (unsigned rank = 0; rank <= ranks; rank++) {
        for (unsigned i = 0; i < e->imports.count; i++) {
            const struct import *import = &e->imports.items[i];
            if (same_source(import, wanted) && rank_of(import->name) == rank) {
                js_add(e->arena, &statement->list, import_name(e, import));
            }
        }
    }
    if (statement->list.of.count > 0) {
        js_add(e->arena, statements, statement);
    }
}

/* The modules of the runtime that the output imports something from. */
static struct runtime_set imported_runtime(const struct emitter *e) {
    struct runtime_set modules = {{0}};
    for (unsigned i = 0; i < e->imports.count; i++) {
        if (e->imports.items[i].source == IMPORT_RUNTIME) {
            runtime_add(&modules, e->imports.items[i].module);
        }
    }
    return modules;
}

/* What the program needs without saying so: names of what it imports by way of another name. */
static void foreign_imports(struct emitter *e, struct js_list *statements) {
    for (unsigned i = 0; i < e->imports.count; i++) {
        const struct import *import = &e->imports.items[i];
        bool first = import->source == IMPORT_FOREIGN;
        for (unsigned k = 0; k < i && first; k++) {
            first = !same_source(&e->imports.items[k], import);
        }
        if (first) {
            import_from(e, statements, import, import->from);
        }
    }
}

struct str path_below_top(const struct emitter *e, struct str name) {
    return path_join(e->arena, e->options->below, name);
}

struct str runtime_folder(const struct emitter *e) {
    return arena_concat(e->arena, naming_way_up(e->arena, e->options->below), STR("runtime/"));
}

void imports_print(struct emitter *e, struct js_list *statements) {
    program_imports(e, statements);
    foreign_imports(e, statements);
    struct str base = e->emission->base;
    struct import shared = {.source = IMPORT_SHARED};
    import_from(e, statements, &shared, arena_printf(e->arena, "./%.*s.shared.js", STR_ARGUMENTS(base)));
    struct runtime_set modules = imported_runtime(e);
    /* What is special to an output stands above what every one may import. */
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
            if ((i == RUNTIME_CORE) == (pass == 1) && runtime_has(modules, (enum runtime_module)i)) {
                struct import wanted = {.module = (enum runtime_module)i};
                struct str file = runtime_file_name(wanted.module);
                import_from(e, statements, &wanted, arena_concat(e->arena, runtime_folder(e), file));
            }
        }
    }
}
