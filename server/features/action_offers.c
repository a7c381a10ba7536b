/* action_offers: names of other modules: an import from each that offers an unknown name, and `pub` where one keeps it. What
 * exactly one module offers is the diagnostic's own fix already. */
#include "server/features/action.h"

#include "analysis/modules.h"
#include "parser/base/path.h"

struct offers {
    struct action_maker *maker;
    const struct diagnostic *diagnostic;
    const struct binding *binding;
    unsigned public_count;
    bool count_only;
};

static bool fits(const struct summary_symbol *symbol, enum access access) {
    bool type = symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_TRAIT;
    if (access == ACCESS_TYPE) {
        return type;
    }
    return access == ACCESS_TAG ? symbol->kind == SYMBOL_COMPONENT : symbol->kind != SYMBOL_TRAIT;
}

/* Where one more import goes: behind the last one, else at the top. */
static uint32_t place_of_import(const struct syntax_tree *tree) {
    uint32_t at = 0;
    NODE_EACH(child, tree, NODE_ROOT) {
        enum node_kind kind = node_kind(tree, child);
        if (kind == NODE_IMPORT_STATEMENT || kind == NODE_SHEBANG) {
            at = node_span(tree, child).end;
        }
    }
    return at;
}

/* Makes a declaration of another file public. */
static void add_pub(struct action_maker *maker, struct code_action *action, const struct summary *file,
                    const struct summary_symbol *symbol) {
    struct span start = {symbol->span.start, symbol->span.start};
    action_edit_at(maker, action, feature_place_in(file, start), STR("pub "));
}

static void offer(struct offers *offers, const struct summary *file, const struct summary_symbol *symbol) {
    struct action_maker *maker = offers->maker;
    struct str name = analysis_name(maker->file, offers->binding->name);
    struct str module = path_name(file->path);
    bool public = (symbol->flags & SYMBOL_PUBLIC) != 0;
    struct code_action *action = action_add(maker, "Import `%.*s` from \"./%.*s\"%s", STR_ARGUMENTS(name),
                                            STR_ARGUMENTS(module), public ? "" : " and make it `pub` there");
    uint32_t at = place_of_import(maker->tree);
    action->diagnostic = offers->diagnostic;
    action_edit(maker, action, (struct span){at, at},
                arena_printf(maker->arena, "%simport { %.*s } from \"./%.*s\"%s", at == 0 ? "" : "\n", STR_ARGUMENTS(name),
                             STR_ARGUMENTS(module), at == 0 ? "\n" : ""));
    if (!public) {
        add_pub(maker, action, file, symbol);
    }
}

static void look_at_neighbour(void *context, const struct package *package) {
    struct offers *offers = context;
    const struct package *own = offers->maker->context->package;
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        const struct summary *file = package_file_at(package, i);
        for (uint32_t s = 0; s < file->symbol_count; s++) {
            const struct summary_symbol *symbol = &file->symbols[s];
            bool public = (symbol->flags & SYMBOL_PUBLIC) != 0;
            bool same = symbol->name == offers->binding->name && fits(symbol, offers->binding->access) &&
                        symbol->block.kind == BLOCK_MODULE && symbol->kind != SYMBOL_VARIANT && symbol->kind != SYMBOL_IMPORT;
            if (!same || module_is_circular(own, offers->maker->file->path, file->path)) {
                continue;
            }
            offers->public_count += offers->count_only && public;
            if (!offers->count_only && (public ? offers->public_count > 1 : offers->public_count == 0)) {
                offer(offers, file, symbol);
            }
        }
    }
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

static void offer_imports(struct action_maker *maker, const struct diagnostic *diagnostic) {
    struct offers offers = {.maker = maker, .diagnostic = diagnostic, .count_only = true};
    offers.binding = binding_at(maker, diagnostic->span);
    if (offers.binding == NULL) {
        return;
    }
    module_each_neighbour(maker->context->package, maker->file->path, look_at_neighbour, &offers);
    offers.count_only = false;
    module_each_neighbour(maker->context->package, maker->file->path, look_at_neighbour, &offers);
}

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
        if (diagnostic->code == DIAGNOSTIC_UNDEFINED_NAME || diagnostic->code == DIAGNOSTIC_UNDEFINED_TYPE) {
            offer_imports(maker, diagnostic);
        } else if (diagnostic->code == DIAGNOSTIC_PRIVATE_NAME) {
            offer_pub(maker, diagnostic);
        }
    }
}
