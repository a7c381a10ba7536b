/* Who calls whom across a package: server functions by (package, server, function), and every use of a symbol. */
#include "analysis/package_index.h"
#include "analysis/peers.h"
#include "parser/base/xalloc.h"

#include <stdlib.h>

static bool is_function(enum symbol_kind kind) { return kind == SYMBOL_FUNCTION || kind == SYMBOL_MIDDLEWARE; }

/* The function of exactly this server; one with an endpoint wins over one without. */
static struct package_symbol function_of(const struct package *package, atom_id server, atom_id name) {
    struct package_symbol found = {NULL, NULL};
    for (const struct package_entry *entry = package_first(package, BLOCK_SERVER, name); entry != NULL;
         entry = package_next(package, entry)) {
        struct package_symbol symbol = package_entry_symbol(package, entry);
        if (symbol.symbol->block.name == server && is_function(symbol.symbol->kind) && !entry->alias &&
            (found.symbol == NULL || ((symbol.symbol->flags & ~found.symbol->flags) & SYMBOL_ENDPOINT) != 0)) {
            found = symbol;
        }
    }
    return found;
}

static enum rpc_resolution resolution_of(struct package_symbol symbol) {
    if (symbol.symbol == NULL) {
        return RPC_UNKNOWN;
    }
    return symbol.symbol->flags & SYMBOL_ENDPOINT ? RPC_FOUND : RPC_NO_ENDPOINT;
}

/* Among the named servers: the one that offers it, else one that has it without offering it. */
static enum rpc_resolution resolve_named(const struct package *package, atom_id name, struct package_symbol *found) {
    struct package_symbol offered = {NULL, NULL};
    struct package_symbol closed = {NULL, NULL};
    bool several = false;
    for (const struct package_entry *entry = package_first(package, BLOCK_SERVER, name); entry != NULL;
         entry = package_next(package, entry)) {
        struct package_symbol symbol = package_entry_symbol(package, entry);
        if (!is_function(symbol.symbol->kind) || entry->alias) {
            continue;
        }
        if ((symbol.symbol->flags & SYMBOL_ENDPOINT) == 0) {
            closed = closed.symbol == NULL ? symbol : closed;
        } else if (offered.symbol == NULL) {
            offered = symbol;
        } else {
            several = several || offered.symbol->block.name != symbol.symbol->block.name;
        }
    }
    struct package_symbol best = offered.symbol != NULL ? offered : closed;
    if (best.symbol != NULL) {
        *found = best;
    }
    return several ? RPC_AMBIGUOUS : resolution_of(best);
}

enum rpc_resolution package_resolve_rpc(const struct package *package, atom_id server, atom_id name,
                                        struct package_symbol *found) {
    atom_id called = peer_server(package, server);
    struct package_symbol direct = function_of(package, called != ATOM_NONE ? called : server, name);
    if (direct.symbol != NULL || server != ATOM_NONE) {
        if (direct.symbol != NULL) {
            *found = direct;
        }
        return resolution_of(direct);
    }
    return resolve_named(package, name, found);
}

void package_each_endpoint(const struct package *package, bool one_server, atom_id server,
                           void (*visit)(void *context, struct package_symbol endpoint), void *context) {
    atom_id called = peer_server(package, server);
    server = called != ATOM_NONE ? called : server;
    for (uint32_t f = 0; f < package->file_count; f++) {
        const struct summary *file = package->files[f];
        for (uint32_t s = 0; s < file->symbol_count; s++) {
            const struct summary_symbol *symbol = &file->symbols[s];
            if ((symbol->flags & SYMBOL_ENDPOINT) && (!one_server || symbol->block.name == server)) {
                visit(context, (struct package_symbol){file, symbol});
            }
        }
    }
}

/* ---- every use */

struct use_list {
    struct package_use *items;
    uint32_t count, capacity;
};

static void add_use(struct use_list *list, struct package_use use) {
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 32 : list->capacity * 2;
        list->items = xrealloc(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = use;
}

static bool same_symbol(struct package_symbol a, struct package_symbol b) {
    return a.file == b.file && a.symbol == b.symbol;
}

/* A model answers to two names. */
static bool may_mean(const struct summary_symbol *target, atom_id name, atom_id alias) {
    return name == target->name || (alias != ATOM_NONE && name == alias);
}

static atom_id alias_of(const struct package *package, const struct summary_symbol *target) {
    if (target->kind != SYMBOL_MODEL) {
        return ATOM_NONE;
    }
    struct arena scratch;
    arena_init(&scratch);
    struct str name = atom_text(package->atoms, target->name);
    atom_id alias = atom_find(package->atoms, arena_printf(&scratch, "%.*sModel", STR_ARGUMENTS(name)));
    arena_finish(&scratch);
    return alias;
}

static void add_plain_uses(const struct package *package, const struct summary *file, struct package_symbol target,
                           atom_id alias, struct use_list *list) {
    for (uint32_t i = 0; i < file->use_count; i++) {
        const struct summary_use *use = &file->uses[i];
        if (!may_mean(target.symbol, use->name, alias)) {
            continue;
        }
        struct package_symbol meant = {file, use->symbol == 0 ? NULL : &file->symbols[use->symbol - 1]};
        if (use->symbol == 0) {
            meant = package_meaning(package, use->block, use->name, use->access);
        }
        if (same_symbol(meant, target)) {
            add_use(list, (struct package_use){file, use->span, use->access, false, false});
        }
    }
}

static void add_rpc_uses(const struct package *package, const struct summary *file, struct package_symbol target,
                         struct use_list *list) {
    for (uint32_t i = 0; i < file->rpc_use_count; i++) {
        const struct summary_rpc_use *use = &file->rpc_uses[i];
        struct package_symbol meant = {NULL, NULL};
        if (use->name != target.symbol->name ||
            (use->implied && !peer_function_is_meant(package, use->block, use->server, use->name))) {
            continue;
        }
        enum rpc_resolution resolution = package_resolve_rpc(package, use->server, use->name, &meant);
        if ((resolution == RPC_FOUND || resolution == RPC_NO_ENDPOINT) && same_symbol(meant, target)) {
            add_use(list, (struct package_use){file, use->span, ACCESS_CALL, false, true});
        }
    }
}

static int compare_uses(const void *a, const void *b) {
    uint32_t left = ((const struct package_use *)a)->span.start;
    uint32_t right = ((const struct package_use *)b)->span.start;
    return left < right ? -1 : left > right;
}

void package_each_use(const struct package *package, struct package_symbol target,
                      void (*visit)(void *context, struct package_use use), void *context) {
    atom_id alias = alias_of(package, target.symbol);
    struct use_list list = {0};
    for (uint32_t f = 0; f < package->file_count; f++) {
        const struct summary *file = package->files[f];
        list.count = 0;
        if (file == target.file) {
            add_use(&list, (struct package_use){file, target.symbol->name_span, ACCESS_DECLARE, true, false});
        }
        add_plain_uses(package, file, target, alias, &list);
        add_rpc_uses(package, file, target, &list);
        if (list.count > 1) {
            qsort(list.items, list.count, sizeof *list.items, compare_uses);
        }
        for (uint32_t i = 0; i < list.count; i++) {
            visit(context, list.items[i]);
        }
    }
    xfree(list.items);
}
