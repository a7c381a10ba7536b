/* From the text of an import to a file, and from a name to the symbol that a file offers by it. */
#include "analysis/modules.h"

#include "analysis/module_uses.h"
#include "analysis/package_index.h"
#include "parser/base/hash.h"
#include "parser/base/limits.h"
#include "parser/base/path.h"

#define SUFFIX STR(".tova")

/* ---- which file */

static bool is_relative(struct str source) {
    return str_starts_with(source, STR("./")) || str_starts_with(source, STR("../")) || str_equal(source, STR("..")) ||
           str_starts_with(source, STR("/"));
}

/* The file without a suffix added. */
static struct str path_of(struct arena *arena, const struct modules *modules, struct str from, struct str source) {
    if (str_starts_with(source, STR("@/"))) {
        struct str root = modules->root_of(modules->context, from);
        return path_join(arena, root, str_slice(source, 2, source.size));
    }
    struct str folder = str_slice(from, 0, from.size - path_name(from).size);
    return is_relative(source) ? path_join(arena, folder, source) : (struct str){0};
}

struct str module_source_path(struct arena *arena, const struct modules *modules, struct str from, struct str source) {
    struct str path = path_of(arena, modules, from, source);
    return path.size == 0 || str_ends_with(path, SUFFIX) ? path : arena_concat(arena, path, SUFFIX);
}

static bool find_source(const struct modules *modules, struct str path, struct module *module) {
    module->package = modules->package_of(modules->context, path);
    module->file = module->package == NULL ? NULL : package_file(module->package, path);
    module->kind = module->file != NULL ? MODULE_SOURCE : MODULE_MISSING;
    module->path = path;
    return module->file != NULL;
}

static bool find_javascript(const struct modules *modules, struct arena *arena, struct str path,
                            struct module *module) {
    static const char *const endings[] = {"", ".js", ".mjs", ".ts"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str wanted = arena_concat(arena, path, str_from_c(endings[i]));
        if (modules->has_file(modules->context, wanted)) {
            module->kind = MODULE_JAVASCRIPT;
            module->path = wanted;
            return true;
        }
    }
    return false;
}

/* `./runtime/rpc.js`, as the documents write it, is the file that stands beside the outputs. */
static bool is_runtime_file(const struct modules *modules, struct str source, struct str *name) {
    static const struct str folder = STR_INIT("./runtime/");
    static const struct str ending = STR_INIT(".js");
    if (modules == NULL || !str_starts_with(source, folder) || !str_ends_with(source, ending)) {
        return false;
    }
    *name = str_slice(source, folder.size, source.size - ending.size);
    return modules->has_standard(modules->context, *name);
}

struct module module_find(struct arena *arena, const struct package *package, struct str from, struct str source) {
    const struct modules *modules = package->modules;
    struct module module = {.kind = MODULE_JAVASCRIPT, .name = source};
    if (str_starts_with(source, STR("tova:"))) {
        module.name = str_slice(source, 5, source.size);
        bool known = modules == NULL || modules->has_standard(modules->context, module.name);
        module.kind = known ? MODULE_STANDARD : MODULE_MISSING;
        return module;
    }
    struct str path = modules == NULL ? (struct str){0} : path_of(arena, modules, from, source);
    if (path.size == 0) {
        return module;
    }
    struct str standard;
    if (is_runtime_file(modules, source, &standard) && !modules->has_file(modules->context, path)) {
        module.kind = MODULE_STANDARD;
        module.name = standard;
        return module;
    }
    if (str_ends_with(path, SUFFIX)) {
        find_source(modules, path, &module);
    } else if (!find_source(modules, arena_concat(arena, path, SUFFIX), &module)) {
        find_javascript(modules, arena, path, &module);
    }
    return module;
}

struct str module_root(const struct package *package, struct str from) {
    const struct modules *modules = package->modules;
    return modules == NULL ? (struct str){0} : modules->root_of(modules->context, from);
}

/* ---- which symbol */

/* What is the default alone has no name for others. */
static bool is_offered(const struct summary *file, const struct summary_symbol *symbol) {
    for (uint32_t i = 0; i < file->export_count; i++) {
        const struct summary_export *export = &file->exports[i];
        if (export->symbol != 0 && &file->symbols[export->symbol - 1] == symbol &&
            span_contains(symbol->span, export->span)) {
            return false;
        }
    }
    bool at_top = symbol->block.kind == BLOCK_MODULE || symbol->block.kind == BLOCK_SHARED;
    return at_top && ((symbol->flags & SYMBOL_PUBLIC) != 0 || symbol->block.kind == BLOCK_SHARED);
}

/* The declaration of a name at the top of a file; one that is offered wins, and a type over a variant of its name. */
static const struct summary_symbol *declared_in(const struct summary *file, atom_id name) {
    const struct summary_symbol *found = NULL;
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        bool at_top = symbol->block.kind == BLOCK_MODULE || symbol->block.kind == BLOCK_SHARED;
        if (symbol->name == name && at_top && (found == NULL || (!is_offered(file, found) && is_offered(file, symbol)))) {
            found = symbol;
        }
    }
    return found;
}

struct search {
    struct arena *arena;
    const struct package *importer;
    atom_id all;      /* the atom of "*" */
    unsigned through; /* modules that were looked into */
};

static enum module_name search(struct search *s, const struct module *module, atom_id name,
                               struct package_symbol *found);

/* What another module has that this file offers as its own. */
static enum module_name search_through(struct search *s, const struct module *module,
                                       const struct summary_export *export, atom_id name,
                                       struct package_symbol *found) {
    if (s->through++ >= LIMIT_SYNTAX_DEPTH) {
        return MODULE_NAME_MISSING;
    }
    struct module next = module_find(s->arena, module->package, module->file->path,
                                     module->file->modules[export->module - 1].source);
    return search(s, &next, name, found);
}

static enum module_name search_exports(struct search *s, const struct module *module, atom_id name,
                                       struct package_symbol *found) {
    const struct summary *file = module->file;
    for (uint32_t i = 0; i < file->export_count; i++) {
        const struct summary_export *export = &file->exports[i];
        if (export->name != name) {
            continue;
        }
        if (export->module != 0) {
            return search_through(s, module, export, export->original, found);
        }
        if (export->symbol == 0) {
            return MODULE_NAME_VALUE;
        }
        *found = (struct package_symbol){file, &file->symbols[export->symbol - 1]};
        return MODULE_NAME_SYMBOL;
    }
    return MODULE_NAME_MISSING;
}

/* `pub * from`: all but the default. */
static enum module_name search_all(struct search *s, const struct module *module, atom_id name,
                                   struct package_symbol *found) {
    const struct summary *file = module->file;
    bool is_default = str_equal(atom_text(module->package->atoms, name), STR("default"));
    for (uint32_t i = 0; i < file->export_count && !is_default; i++) {
        if (file->exports[i].name == s->all && file->exports[i].module != 0) {
            enum module_name result = search_through(s, module, &file->exports[i], name, found);
            if (result == MODULE_NAME_SYMBOL || result == MODULE_NAME_VALUE) {
                return result;
            }
        }
    }
    return MODULE_NAME_MISSING;
}

static enum module_name search(struct search *s, const struct module *module, atom_id name,
                               struct package_symbol *found) {
    if (module->kind != MODULE_SOURCE) {
        return module->kind == MODULE_MISSING ? MODULE_NAME_MISSING : MODULE_NAME_VALUE;
    }
    if (name == s->all) {
        return MODULE_NAME_VALUE;
    }
    enum module_name result = search_exports(s, module, name, found);
    const struct summary_symbol *own = result == MODULE_NAME_MISSING ? declared_in(module->file, name) : NULL;
    if (own != NULL && (module->package == s->importer || is_offered(module->file, own))) {
        *found = (struct package_symbol){module->file, own};
        return MODULE_NAME_SYMBOL;
    }
    if (result == MODULE_NAME_MISSING) {
        result = search_all(s, module, name, found);
    }
    if (result == MODULE_NAME_MISSING && own != NULL) {
        *found = (struct package_symbol){module->file, own};
        return MODULE_NAME_PRIVATE;
    }
    return result;
}

enum module_name module_name(struct arena *arena, const struct module *module, const struct package *importer,
                             atom_id name, struct package_symbol *found) {
    struct search s = {.arena = arena, .importer = importer, .all = atom_find(importer->atoms, STR("*"))};
    *found = (struct package_symbol){NULL, NULL};
    return search(&s, module, name, found);
}

struct package_symbol module_symbol(struct arena *arena, const struct module *module, const struct package *importer,
                                    atom_id name) {
    struct package_symbol found;
    bool known = module_name(arena, module, importer, name, &found) == MODULE_NAME_SYMBOL;
    return known ? found : (struct package_symbol){NULL, NULL};
}

struct package_symbol module_imported(struct arena *arena, const struct package *package,
                                      const struct file_analysis *file, uint32_t symbol) {
    struct package_symbol found = {NULL, NULL};
    const struct imported *imported =
        analysis_symbol(file, symbol)->kind == SYMBOL_IMPORT ? module_uses_imported(file, symbol) : NULL;
    if (imported != NULL) {
        struct str source = file->module_uses.items[imported->module].text;
        struct module module = module_find(arena, package, file->path, source);
        found = module_symbol(arena, &module, package, imported->name);
    }
    return found;
}

/* ---- all names */

struct naming {
    struct arena *arena;
    void (*visit)(void *context, atom_id name, struct package_symbol symbol);
    void *context;
    unsigned through; /* modules that were looked into */
};

static void each_name(struct naming *naming, const struct module *module) {
    if (module->kind != MODULE_SOURCE || naming->through++ >= LIMIT_SYNTAX_DEPTH) {
        return;
    }
    const struct summary *file = module->file;
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        if (is_offered(file, &file->symbols[i])) {
            naming->visit(naming->context, file->symbols[i].name, (struct package_symbol){file, &file->symbols[i]});
        }
    }
    atom_id all = atom_find(module->package->atoms, STR("*"));
    for (uint32_t i = 0; i < file->export_count; i++) {
        const struct summary_export *export = &file->exports[i];
        struct package_symbol found;
        if (export->name == all && export->module != 0) {
            struct str source = file->modules[export->module - 1].source;
            struct module next = module_find(naming->arena, module->package, file->path, source);
            each_name(naming, &next);
        } else if (module_name(naming->arena, module, module->package, export->name, &found) != MODULE_NAME_MISSING) {
            naming->visit(naming->context, export->name, found);
        }
    }
}

void module_each_name(struct arena *arena, const struct module *module,
                      void (*visit)(void *context, atom_id name, struct package_symbol symbol), void *context) {
    struct naming naming = {.arena = arena, .visit = visit, .context = context};
    each_name(&naming, module);
}

/* ---- circles */

struct circle {
    struct arena scratch;
    const struct modules *modules;
    const struct package *goal;
    struct map seen; /* packages */
    VEC(const struct package *) work;
};

static void circle_add(struct circle *circle, struct str path) {
    const struct package *package =
        path.size == 0 ? NULL : circle->modules->package_of(circle->modules->context, path);
    if (package != NULL && package_file(package, path) != NULL && !map_get(&circle->seen, (uintptr_t)package, NULL)) {
        map_set(&circle->seen, (uintptr_t)package, 1);
        vec_push(&circle->scratch, &circle->work, package);
    }
}

/* The files of a package load together, so what one imports all import. */
static void circle_follow(struct circle *circle, const struct package *package) {
    for (uint32_t i = 0; i < package->file_count; i++) {
        const struct summary *file = package->files[i];
        for (uint32_t m = 0; m < file->module_count; m++) {
            circle_add(circle, module_source_path(&circle->scratch, circle->modules, file->path, file->modules[m].source));
        }
    }
}

void module_each_neighbour(const struct package *package, struct str path,
                           void (*visit)(void *visitor, const struct package *neighbour), void *visitor) {
    const struct modules *modules = package->modules;
    if (modules != NULL && modules->each_neighbour != NULL) {
        modules->each_neighbour(modules->context, path, visit, visitor);
    }
}

bool module_is_circular(const struct package *package, struct str from, struct str to) {
    const struct modules *modules = package->modules;
    if (modules->is_circular != NULL) {
        return modules->is_circular(modules->context, from, to);
    }
    struct circle circle = {.modules = modules, .goal = package};
    map_init(&circle.seen);
    circle_add(&circle, to);
    while (circle.work.count > 0 && !map_get(&circle.seen, (uintptr_t)circle.goal, NULL)) {
        circle_follow(&circle, circle.work.items[--circle.work.count]);
    }
    bool found = map_get(&circle.seen, (uintptr_t)circle.goal, NULL);
    map_finish(&circle.seen);
    arena_finish(&circle.scratch);
    return found;
}

static void surface_follow(struct circle *circle, const struct package *package) {
    map_set(&circle->seen, (uintptr_t)package, 1);
    circle_follow(circle, package);
}

/* A hash over what `hash_of` says of the package and of all that it imports. */
static uint64_t hash_imported(const struct package *package, uint64_t (*hash_of)(const struct package *package)) {
    uint64_t hash = hash_of(package);
    if (package->modules == NULL) {
        return hash;
    }
    struct circle circle = {.modules = package->modules};
    map_init(&circle.seen);
    surface_follow(&circle, package);
    while (circle.work.count > 0) {
        const struct package *next = circle.work.items[--circle.work.count];
        hash = hash_number(hash, hash_of(next));
        circle_follow(&circle, next);
    }
    map_finish(&circle.seen);
    arena_finish(&circle.scratch);
    return hash;
}

uint64_t module_surface(const struct package *package) { return hash_imported(package, package_surface); }

static uint64_t texts_of(const struct package *package) {
    uint64_t hash = 0;
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        hash = hash_number(hash, package_file_at(package, i)->hash);
    }
    return hash;
}

uint64_t module_texts(const struct package *package) { return hash_imported(package, texts_of); }
