/* Imports and re-exports against the modules that they name. */
#include "analysis/checks.h"
#include "analysis/import_places.h"
#include "analysis/module_uses.h"
#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "parser/base/path.h"

/* ---- modules */

static void report_missing(struct check *check, const struct module_use *use, const struct module *module) {
    struct span span = node_span(check->file->tree, use->source);
    if (str_starts_with(use->text, STR("tova:"))) {
        CHECK_REPORT(check, UNKNOWN_MODULE, span, "The standard library has no module `%.*s`.",
                     STR_ARGUMENTS(module->name));
        return;
    }
    struct str folder = path_parent(check->arena, check->file->path);
    struct str path = path_relative(check->arena, folder, module->path);
    CHECK_REPORT(check, UNKNOWN_MODULE, span, "There is no file `%.*s`.", STR_ARGUMENTS(path));
}

static void report_circle(struct check *check, const struct module_use *use, const struct module *module) {
    struct str name = path_name(module->path);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, CIRCULAR_IMPORT, node_span(check->file->tree, use->source),
        "`%.*s` imports this file, directly or through others, so neither can be ready before the other. Move what both "
        "need into a module of its own.",
        STR_ARGUMENTS(name));
    for (uint32_t i = 0; i < module->file->module_count; i++) {
        struct str path = module_source_path(check->arena, check->package->modules, module->path,
                                             module->file->modules[i].source);
        if (str_equal(path, check->file->path)) {
            diagnostic->related.path = module->file->path;
            diagnostic->related.span = module->file->modules[i].span;
            diagnostic->related.message = STR("It imports this file here.");
        }
    }
}

static void check_module(struct check *check, const struct module_use *use, const struct module *module) {
    if (module->kind == MODULE_MISSING) {
        report_missing(check, use, module);
        return;
    }
    bool other = module->kind == MODULE_SOURCE && module->package != check->package;
    if (other && module_is_circular(check->package, check->file->path, module->path)) {
        report_circle(check, use, module);
    }
}

/* ---- names */

static void offer_name(void *context, atom_id name, struct package_symbol symbol) {
    struct {
        struct check *check;
        struct suggestion suggestion;
    } *search = context;
    suggestion_offer(&search->suggestion, analysis_name(search->check->file, name));
}

static void report_unknown_name(struct check *check, const struct module *module, atom_id name, node_id node) {
    struct {
        struct check *check;
        struct suggestion suggestion;
    } search = {check, suggestion_for(analysis_name(check->file, name))};
    struct str file = path_name(module->path);
    struct str text = analysis_name(check->file, name);
    struct span span = node_span(check->file->tree, node);
    if (str_equal(text, STR("default"))) {
        CHECK_REPORT(check, NOT_EXPORTED, span, "`%.*s` has no default export.", STR_ARGUMENTS(file));
        return;
    }
    module_each_name(check->arena, module, offer_name, &search);
    struct str hint = suggestion_sentence(check->arena, search.suggestion.best);
    struct diagnostic *diagnostic = CHECK_REPORT(check, NOT_EXPORTED, span, "`%.*s` has no `%.*s`.%.*s",
                                                 STR_ARGUMENTS(file), STR_ARGUMENTS(text), STR_ARGUMENTS(hint));
    suggestion_fix(check->arena, diagnostic, span, search.suggestion.best);
}

void modules_check_name(struct check *check, const struct module *module, atom_id name, node_id node) {
    struct package_symbol found;
    enum module_name result = module_name(check->arena, module, check->package, name, &found);
    if (result == MODULE_NAME_MISSING) {
        report_unknown_name(check, module, name, node);
    } else if (result == MODULE_NAME_PRIVATE) {
        struct str text = analysis_name(check->file, name);
        struct str file = path_name(found.file->path);
        struct diagnostic *diagnostic = CHECK_REPORT(
            check, PRIVATE_NAME, node_span(check->file->tree, node),
            "`%.*s` is private to `%.*s`. Write `pub` in front of its declaration to offer it to other modules.",
            STR_ARGUMENTS(text), STR_ARGUMENTS(file));
        diagnostic->related.path = found.file->path;
        diagnostic->related.span = found.symbol->name_span;
        diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(text));
    }
}

void check_modules(struct check *check) {
    const struct file_analysis *file = check->file;
    if (check->package->modules == NULL || file->module_uses.count == 0) {
        return;
    }
    struct module *modules = arena_array(check->arena, struct module, file->module_uses.count);
    for (uint32_t i = 0; i < file->module_uses.count; i++) {
        const struct module_use *use = &file->module_uses.items[i];
        modules[i] = module_find(check->arena, check->package, file->path, use->text);
        check_module(check, use, &modules[i]);
    }
    for (uint32_t i = 0; i < file->imported.count; i++) {
        const struct imported *imported = &file->imported.items[i];
        if (modules[imported->module].kind == MODULE_SOURCE) {
            modules_check_name(check, &modules[imported->module], imported->name, imported->node);
        }
    }
    for (uint32_t i = 0; i < file->exported.count; i++) {
        const struct exported *exported = &file->exported.items[i];
        if (exported->module != 0 && modules[exported->module - 1].kind == MODULE_SOURCE) {
            modules_check_name(check, &modules[exported->module - 1], exported->original, exported->node);
        }
    }
}

/* ---- what a neighbour offers */

struct offering {
    struct check *check;
    const struct binding *binding;
    const struct summary *file; /* the module that offers the name */
    unsigned count;
};

static bool answers(const struct summary_symbol *symbol, enum access access) {
    bool type = symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_TRAIT;
    if (access == ACCESS_TYPE) {
        return type;
    }
    return access == ACCESS_TAG ? symbol->kind == SYMBOL_COMPONENT : symbol->kind != SYMBOL_TRAIT;
}

static void look_at_neighbour(void *context, const struct package *package) {
    struct offering *offering = context;
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        const struct summary *file = package_file_at(package, i);
        for (uint32_t s = 0; s < file->symbol_count; s++) {
            const struct summary_symbol *symbol = &file->symbols[s];
            if (symbol->name == offering->binding->name && (symbol->flags & SYMBOL_PUBLIC) != 0 &&
                answers(symbol, offering->binding->access) && offering->file != file) {
                offering->file = file;
                offering->count++;
            }
        }
    }
}

/* The edit that takes the name of the file at `path`. */
static struct diagnostic_fix fix_of_import(const struct check *check, struct str name, struct str path) {
    struct str file = path_name(path);
    struct diagnostic_fix fix = {
        .title = arena_printf(check->arena, "Import `%.*s` from \"./%.*s\"", STR_ARGUMENTS(name), STR_ARGUMENTS(file))};
    node_id names = import_names_from(check->arena, check->file, check->package->modules, path);
    if (names != NODE_NONE) {
        struct str before;
        uint32_t at = import_place_of_name(check->file->tree, names, &before);
        fix.span = (struct span){at, at};
        fix.replacement = arena_concat(check->arena, before, name);
        return fix;
    }
    uint32_t at = import_place(check->file->tree);
    struct str statement =
        arena_printf(check->arena, "import { %.*s } from \"./%.*s\"", STR_ARGUMENTS(name), STR_ARGUMENTS(file));
    fix.span = (struct span){at, at};
    fix.replacement = at == 0 ? arena_concat(check->arena, statement, STR("\n"))
                              : arena_concat(check->arena, STR("\n"), statement);
    return fix;
}

bool import_offer_find(struct check *check, const struct binding *binding, struct import_offer *offer) {
    const struct modules *modules = check->package->modules;
    struct offering offering = {.check = check, .binding = binding};
    if (modules == NULL || modules->each_neighbour == NULL || check->suggestions == 0) {
        return false;
    }
    modules->each_neighbour(modules->context, check->file->path, look_at_neighbour, &offering);
    if (offering.count != 1) {
        return false;
    }
    struct str file = path_name(offering.file->path);
    offer->sentence = arena_printf(check->arena, " `%.*s` offers it: import it from there.", STR_ARGUMENTS(file));
    offer->fix = fix_of_import(check, analysis_name(check->file, binding->name), offering.file->path);
    return true;
}
