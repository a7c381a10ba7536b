/* action_offers: names of other files: an import from each file of the workspace that offers an unknown name, `pub` where a module
 * beside it keeps it, and all those at once that one file alone offers; for a path that leads nowhere, the files that offer what is
 * imported from it. */
#include "server/features/action.h"

#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "parser/base/map.h"
#include "parser/base/path.h"
#include "server/features/import_edit.h"

#include <stdlib.h>

struct offer {
    const struct summary *file;
    const struct summary_symbol *symbol;
    bool beside; /* in the same folder */
};

/* The files that declare a name, which imports may take from them. */
struct offers {
    const struct action_maker *maker;
    const struct binding *binding;
    VEC(struct offer) list; /* those that offer it, or else those beside that keep it */
    unsigned public_count;
};

static bool fits(const struct summary_symbol *symbol, enum access access) {
    bool type = symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_TRAIT;
    if (access == ACCESS_TYPE) {
        return type;
    }
    return access == ACCESS_TAG ? symbol->kind == SYMBOL_COMPONENT : symbol->kind != SYMBOL_TRAIT;
}

/* Makes a declaration of another file public. */
static void add_pub(struct action_maker *maker, struct code_action *action, const struct summary *file,
                    const struct summary_symbol *symbol) {
    struct span start = {symbol->span.start, symbol->span.start};
    action_edit_at(maker, action, feature_place_in(file, start), STR("pub "));
}

/* Names in the blocks of an application are its own, but for those that all of its parts share. */
static bool is_meant(const struct binding *binding, const struct summary_symbol *symbol, bool beside) {
    bool public = (symbol->flags & SYMBOL_PUBLIC) != 0;
    bool module = symbol->block.kind == BLOCK_MODULE;
    return symbol->name == binding->name && fits(symbol, binding->access) &&
           (module || (public && symbol->block.kind == BLOCK_SHARED)) && (public || beside) &&
           symbol->kind != SYMBOL_VARIANT && symbol->kind != SYMBOL_IMPORT;
}

static bool is_other_source(const struct action_maker *maker, const struct package *package, const struct summary *file) {
    return package != maker->context->package && str_ends_with(file->path, STR(".tova"));
}

static bool may_import(const struct action_maker *maker, const struct summary *file) {
    return !module_is_circular(maker->context->package, maker->file->path, file->path);
}

static void look_at_file(void *context, const struct package *package, const struct summary *file) {
    struct offers *offers = context;
    const struct action_maker *maker = offers->maker;
    struct arena *arena = maker->arena;
    bool beside = str_equal(path_parent(arena, file->path), path_parent(arena, maker->file->path));
    for (uint32_t i = 0; i < file->symbol_count && is_other_source(maker, package, file); i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        if (is_meant(offers->binding, symbol, beside) && may_import(maker, file)) {
            offers->public_count += (symbol->flags & SYMBOL_PUBLIC) != 0;
            vec_push(arena, &offers->list, ((struct offer){file, symbol, beside}));
            return;
        }
    }
}

static bool is_offered(const struct offers *offers, const struct offer *offer) {
    return offers->public_count == 0 || (offer->symbol->flags & SYMBOL_PUBLIC) != 0;
}

static const struct binding *binding_at(const struct action_maker *maker, struct span span) {
    for (unsigned i = 0; i < maker->file->bindings.count; i++) {
        const struct binding *binding = &maker->file->bindings.items[i];
        if (binding->external != 0 && span_equal(analysis_name_span(maker->tree, binding->node), span)) {
            return binding;
        }
    }
    return NULL;
}

/* The name that a diagnostic does not find, or NULL. */
static const struct binding *unknown_name(const struct action_maker *maker, const struct diagnostic *diagnostic) {
    bool unknown = diagnostic->code == DIAGNOSTIC_UNDEFINED_NAME || diagnostic->code == DIAGNOSTIC_UNDEFINED_TYPE;
    return unknown ? binding_at(maker, diagnostic->span) : NULL;
}

static void each_file(const struct action_maker *maker,
                      void (*visit)(void *visitor, const struct package *package, const struct summary *file), void *visitor) {
    const struct modules *modules = maker->context->package->modules;
    if (modules != NULL && modules->each_file != NULL) {
        modules->each_file(modules->context, visit, visitor);
    }
}

static int compare(const void *left, const void *right) {
    const struct offer *a = left;
    const struct offer *b = right;
    int nearer = (int)b->beside - (int)a->beside;
    return nearer != 0 ? nearer : str_compare(a->file->path, b->file->path);
}

/* Is it the fix that the diagnostic itself brings: of the one module beside that offers the name? */
static bool is_own_fix(const struct offers *offers, const struct offer *offer, const struct diagnostic *diagnostic) {
    unsigned beside = 0;
    for (unsigned i = 0; i < offers->list.count; i++) {
        beside += offers->list.items[i].beside && is_offered(offers, &offers->list.items[i]);
    }
    return offer->beside && beside == 1 && offers->public_count > 0 && str_starts_with(diagnostic->fix.title, STR("Import "));
}

static void offer_imports(struct action_maker *maker, const struct diagnostic *diagnostic) {
    struct offers offers = {.maker = maker, .binding = unknown_name(maker, diagnostic)};
    if (offers.binding == NULL) {
        return;
    }
    each_file(maker, look_at_file, &offers);
    if (offers.list.count > 1) {
        qsort(offers.list.items, offers.list.count, sizeof *offers.list.items, compare);
    }
    for (unsigned i = 0; i < offers.list.count; i++) {
        const struct offer *offer = &offers.list.items[i];
        if (!is_offered(&offers, offer) || is_own_fix(&offers, offer, diagnostic)) {
            continue;
        }
        struct str name = analysis_name(maker->file, offers.binding->name);
        struct code_action *action =
            action_add(maker, "Import `%.*s` from \"%.*s\"%s", STR_ARGUMENTS(name),
                       STR_ARGUMENTS(import_source(maker->context, offer->file->path)),
                       offers.public_count > 0 ? "" : " and make it `pub` there");
        action->diagnostic = diagnostic;
        action->preferred = offers.public_count == 1;
        import_edits(maker->context, &(struct import_want){name, offer->file->path}, 1, &action->edits);
        if (offers.public_count == 0) {
            add_pub(maker, action, offer->file, offer->symbol);
        }
    }
}

/* ---- all at once */

struct unknown {
    const struct binding *binding;
    const struct summary *file; /* the first that offers it */
    unsigned count;             /* of those that do */
};

struct unknowns {
    const struct action_maker *maker;
    struct map by_name; /* atom_id -> index into list + 1 */
    VEC(struct unknown) list;
};

static void look_for_all(void *context, const struct package *package, const struct summary *file) {
    struct unknowns *unknowns = context;
    for (uint32_t i = 0; i < file->symbol_count && is_other_source(unknowns->maker, package, file); i++) {
        uint64_t index;
        if (!map_get(&unknowns->by_name, file->symbols[i].name, &index)) {
            continue;
        }
        struct unknown *unknown = &unknowns->list.items[index - 1];
        if (is_meant(unknown->binding, &file->symbols[i], false) && may_import(unknowns->maker, file)) {
            unknown->count += unknown->file != file;
            unknown->file = file;
        }
    }
}

void action_unique_imports(struct action_maker *maker, struct edit_list *edits) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    struct unknowns unknowns = {.maker = maker};
    VEC(struct import_want) wants = {0};
    map_init(&unknowns.by_name);
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        const struct binding *binding = unknown_name(maker, &diagnostics->list.items[i]);
        if (binding != NULL && !map_get(&unknowns.by_name, binding->name, NULL)) {
            vec_push(maker->arena, &unknowns.list, ((struct unknown){.binding = binding}));
            map_set(&unknowns.by_name, binding->name, unknowns.list.count);
        }
    }
    if (unknowns.list.count > 0) {
        each_file(maker, look_for_all, &unknowns);
    }
    for (unsigned i = 0; i < unknowns.list.count; i++) {
        const struct unknown *unknown = &unknowns.list.items[i];
        if (unknown->count == 1) {
            struct str name = analysis_name(maker->file, unknown->binding->name);
            vec_push(maker->arena, &wants, ((struct import_want){name, unknown->file->path}));
        }
    }
    map_finish(&unknowns.by_name);
    import_edits(maker->context, wants.items, wants.count, edits);
}

/* ---- a path that leads nowhere */

struct sources_found {
    const struct action_maker *maker;
    uint32_t module; /* index into module_uses */
    VEC(const struct summary *) files;
};

static bool offers_name(const struct summary *file, atom_id name) {
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        bool at_top = symbol->block.kind == BLOCK_MODULE || symbol->block.kind == BLOCK_SHARED;
        if (symbol->name == name && at_top && (symbol->flags & SYMBOL_PUBLIC) != 0) {
            return true;
        }
    }
    return false;
}

/* A file that offers all that is imported. */
static void look_for_source(void *context, const struct package *package, const struct summary *file) {
    struct sources_found *found = context;
    const struct file_analysis *own = found->maker->file;
    bool all = is_other_source(found->maker, package, file), any = false;
    for (unsigned i = 0; i < own->imported.count && all; i++) {
        if (own->imported.items[i].module == found->module) {
            any = true;
            all = offers_name(file, own->imported.items[i].name);
        }
    }
    if (all && any && may_import(found->maker, file)) {
        vec_push(found->maker->arena, &found->files, file);
    }
}

static void offer_sources(struct action_maker *maker, const struct diagnostic *diagnostic) {
    const struct file_analysis *file = maker->file;
    struct sources_found found = {.maker = maker};
    while (found.module < file->module_uses.count &&
           !span_equal(node_span(maker->tree, file->module_uses.items[found.module].source), diagnostic->span)) {
        found.module++;
    }
    if (found.module < file->module_uses.count) {
        each_file(maker, look_for_source, &found);
    }
    for (unsigned i = 0; i < found.files.count; i++) {
        struct str source = import_source(maker->context, found.files.items[i]->path);
        struct code_action *action = action_add(maker, "Import from \"%.*s\"", STR_ARGUMENTS(source));
        action->diagnostic = diagnostic;
        action->preferred = found.files.count == 1;
        action_edit(maker, action, diagnostic->span, arena_printf(maker->arena, "\"%.*s\"", STR_ARGUMENTS(source)));
    }
}

/* ---- what is kept */

/* An import names what its module keeps to itself. */
static void offer_pub(struct action_maker *maker, const struct diagnostic *diagnostic) {
    const struct file_analysis *file = maker->file;
    for (unsigned i = 0; i < file->imported.count; i++) {
        const struct imported *imported = &file->imported.items[i];
        struct package_symbol found = {NULL, NULL};
        if (!span_equal(node_span(maker->tree, imported->node), diagnostic->span)) {
            continue;
        }
        struct str source = file->module_uses.items[imported->module].text;
        struct module module = module_find(maker->arena, maker->context->package, file->path, source);
        bool private = module.kind == MODULE_SOURCE && module_name(maker->arena, &module, maker->context->package, imported->name,
                                                                  &found) == MODULE_NAME_PRIVATE;
        if (private && found.symbol->block.kind == BLOCK_MODULE) {
            struct str name = analysis_name(file, imported->name);
            struct str there = path_name(found.file->path);
            struct code_action *action =
                action_add(maker, "Make `%.*s` public in %.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(there));
            action->diagnostic = diagnostic;
            add_pub(maker, action, found.file, found.symbol);
        }
    }
}

void action_offers(struct action_maker *maker) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (!action_touches(maker, diagnostic->span)) {
            continue;
        }
        if (diagnostic->code == DIAGNOSTIC_PRIVATE_NAME) {
            offer_pub(maker, diagnostic);
        } else if (diagnostic->code == DIAGNOSTIC_UNKNOWN_MODULE) {
            offer_sources(maker, diagnostic);
        } else {
            offer_imports(maker, diagnostic);
        }
    }
}
