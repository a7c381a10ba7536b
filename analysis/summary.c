/* From the analysis of a file to what the workspace keeps of it. */
#include "analysis/summary.h"

#include "analysis/binder.h"
#include "analysis/conditions.h"
#include "analysis/lookup.h"
#include "analysis/module_uses.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <stdlib.h>
#include <string.h>

/* The statement that a declaration is in: `pub`, decorators and `middleware` included. */
static node_id whole_declaration(const struct syntax_tree *tree, node_id node) {
    for (;;) {
        node_id parent = node_parent(tree, node);
        enum node_kind kind = node_kind(tree, parent);
        bool wraps = kind == NODE_EXPORT_STATEMENT || kind == NODE_DECORATED || kind == NODE_EXTERN_DECLARATION ||
                     kind == NODE_DIRECTIVE;
        if (!wraps) {
            return node;
        }
        node = parent;
    }
}

static bool has_parameters(enum symbol_kind part) { return part == SYMBOL_PARAMETER || part == SYMBOL_FIELD; }

static void add_parameters(struct summary *summary, const struct file_analysis *file, const struct symbol *symbol,
                           struct summary_symbol *out) {
    if (symbol->part_count == 0 || !has_parameters(analysis_symbol(file, symbol->first_part)->kind)) {
        return;
    }
    out->parameters = arena_array(&summary->arena, struct summary_parameter, symbol->part_count);
    out->parameter_count = symbol->part_count;
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, symbol->first_part + i);
        out->parameters[i] = (struct summary_parameter){
            .name = part->name,
            .type = arena_str(&summary->arena, node_text(file->tree, part->type)),
            .has_default = (part->flags & SYMBOL_HAS_DEFAULT) != 0,
            .rest = (part->flags & SYMBOL_REST) != 0,
        };
    }
}

/* The same symbol in the summary before, when nothing of it was typed in. */
static const struct summary_symbol *known_symbol(const struct summary *summary, const struct file_analysis *file,
                                                 const struct symbol *symbol, const struct summary *before) {
    node_id statement = file->origin->statement;
    bool typed = symbol->node >= statement && symbol->node < file->tree->nodes[statement].next;
    bool known = before != NULL && statement != NODE_NONE && !typed && summary->symbol_count < before->symbol_count;
    return known ? &before->symbols[summary->symbol_count] : NULL;
}

static void add_symbol(struct summary *summary, const struct file_analysis *file, uint32_t index,
                       const struct summary *before) {
    const struct symbol *symbol = analysis_symbol(file, index);
    const struct summary_symbol *known = known_symbol(summary, file, symbol, before);
    struct arena *arena = &summary->arena;
    struct summary_symbol *out = &summary->symbols[summary->symbol_count++];
    node_id whole = whole_declaration(file->tree, symbol->node);
    *out = (struct summary_symbol){
        .name = symbol->name,
        .kind = symbol->kind,
        .flags = symbol->flags & ~(unsigned)(SYMBOL_READ | SYMBOL_ASYNC),
        .block = file->blocks.items[symbol->block].key,
        .name_span = node_span(file->tree, symbol->name_node),
        .span = node_span(file->tree, whole),
        .local = index,
        .owner = symbol->kind == SYMBOL_VARIANT ? analysis_symbol(file, symbol->owner)->name : ATOM_NONE,
        .signature = known != NULL ? arena_str(arena, known->signature) : lookup_signature(arena, file, index),
        .documentation = known != NULL && known->documentation.size > 0 ? arena_str(arena, known->documentation)
                         : known != NULL                                ? (struct str){0}
                                         : node_documentation(arena, file->tree, whole),
    };
    add_parameters(summary, file, symbol, out);
}

static bool is_member(const struct symbol *symbol) {
    return (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && symbol->name != ATOM_NONE;
}

/* positions: per symbol of the file its place in the summary + 1. */
static void add_symbols(struct summary *summary, const struct file_analysis *file, const struct summary *before,
                        uint32_t *positions) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        count += is_member(&file->symbols.items[i]);
    }
    if (before != NULL && before->symbol_count != count) {
        before = NULL;
    }
    summary->symbols = arena_array(&summary->arena, struct summary_symbol, count);
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        if (is_member(&file->symbols.items[i])) {
            add_symbol(summary, file, i, before);
            positions[i] = summary->symbol_count;
        }
    }
}

static bool is_use(const struct binding *binding, const uint32_t *positions) {
    return binding->access != ACCESS_DECLARE && (binding->external != 0 || positions[binding->symbol] != 0);
}

static void add_uses(struct summary *summary, const struct file_analysis *file, const uint32_t *positions) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        count += is_use(&file->bindings.items[i], positions);
    }
    summary->uses = arena_array(&summary->arena, struct summary_use, count);
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (is_use(binding, positions)) {
            summary->uses[summary->use_count++] = (struct summary_use){
                .name = binding->name,
                .block = file->blocks.items[binding->block].key,
                .span = analysis_name_span(file->tree, binding->node),
                .access = binding->access,
                .symbol = positions[binding->symbol],
            };
        }
    }
}

static void add_asks(struct summary *summary, const struct file_analysis *file) {
    summary->asks = arena_array(&summary->arena, struct summary_ask, file->externals.count);
    for (uint32_t i = 1; i < file->externals.count; i++) {
        const struct external *external = &file->externals.items[i];
        summary->asks[summary->ask_count++] = (struct summary_ask){external->name, external->passed};
    }
}

static void add_methods(struct summary *summary, const struct file_analysis *file) {
    summary->methods = arena_array(&summary->arena, struct summary_method, file->methods.count);
    for (uint32_t i = 0; i < file->methods.count; i++) {
        const struct type_method *method = &file->methods.items[i];
        summary->methods[summary->method_count++] =
            (struct summary_method){method->type, analysis_symbol(file, method->symbol)->name, method->trait};
    }
}

static void add_rpc_uses(struct summary *summary, const struct file_analysis *file) {
    summary->rpc_uses = arena_array(&summary->arena, struct summary_rpc_use, file->rpc_uses.count);
    for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        const struct symbol *caller = analysis_symbol(file, use->function);
        node_id object = use->implied ? node_child(file->tree, use->node, FIELD_OBJECT) : NODE_NONE;
        if (use->name != ATOM_NONE && analysis_symbol_of(file, object) == NULL) {
            summary->rpc_uses[summary->rpc_use_count++] = (struct summary_rpc_use){
                .name = use->name,
                .server = use->server,
                .implied = use->implied,
                .block = file->blocks.items[use->block].key,
                .span = node_span(file->tree, use->name_node),
                .caller = caller->name,
                .caller_span = node_span(file->tree, caller->name_node),
            };
        }
    }
}

static void add_discovered(struct summary *summary, const struct file_analysis *file) {
    summary->discovered = arena_array(&summary->arena, struct summary_discovered, file->discovered.count);
    for (uint32_t i = 0; i < file->discovered.count; i++) {
        const struct discovered *discovered = &file->discovered.items[i];
        summary->discovered[summary->discovered_count++] =
            (struct summary_discovered){discovered->name, file->blocks.items[discovered->block].key};
    }
}

static void add_blocks(struct summary *summary, const struct file_analysis *file) {
    summary->blocks = arena_array(&summary->arena, struct summary_block, file->blocks.count);
    for (uint32_t i = 2; i < file->blocks.count; i++) {
        const struct block *block = &file->blocks.items[i];
        summary->blocks[summary->block_count++] =
            (struct summary_block){block->key, node_span(file->tree, block->node), block->name};
    }
}

static void add_routes(struct summary *summary, const struct file_analysis *file) {
    summary->routes = arena_array(&summary->arena, struct summary_route, file->routes.count);
    for (uint32_t i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        summary->routes[summary->route_count++] = (struct summary_route){
            .block = file->blocks.items[route->block].key,
            .method = route->method,
            .handler = route->binding == 0 ? ATOM_NONE : file->bindings.items[route->binding - 1].name,
            .path = arena_str(&summary->arena, route->path),
            .guarded = node_child_of_kind(file->tree, route->node, NODE_ROUTE_DECORATOR) != NODE_NONE,
            .socket = route->socket,
            .span = node_span(file->tree, route->node),
        };
    }
}

static void add_modules(struct summary *summary, const struct file_analysis *file) {
    summary->modules = arena_array(&summary->arena, struct summary_module, file->module_uses.count);
    for (uint32_t i = 0; i < file->module_uses.count; i++) {
        const struct module_use *use = &file->module_uses.items[i];
        summary->modules[summary->module_count++] = (struct summary_module){
            arena_str(&summary->arena, use->text), node_span(file->tree, use->source), use->re_exports};
    }
}

/* An export of what an import gives is one of that module's name. */
static void add_export(struct summary *summary, const struct file_analysis *file, const struct exported *exported,
                       const uint32_t *positions) {
    struct summary_export out = {.name = exported->name, .original = exported->original, .module = exported->module};
    const struct imported *imported = exported->symbol == 0 ? NULL : module_uses_imported(file, exported->symbol);
    if (imported != NULL) {
        out.module = imported->module + 1;
        out.original = imported->name;
    } else {
        out.symbol = positions[exported->symbol];
    }
    out.span = node_span(file->tree, exported->node);
    summary->exports[summary->export_count++] = out;
}

static void add_exports(struct summary *summary, const struct file_analysis *file, const uint32_t *positions) {
    summary->exports = arena_array(&summary->arena, struct summary_export, file->exported.count);
    for (uint32_t i = 0; i < file->exported.count; i++) {
        add_export(summary, file, &file->exported.items[i], positions);
    }
}

static int compare_atoms(const void *a, const void *b) {
    atom_id left = *(const atom_id *)a, right = *(const atom_id *)b;
    return left < right ? -1 : left > right;
}

/* A set of atoms, a bit each: atoms are small numbers, and come out of it in order. */
struct name_set {
    struct arena arena;
    uint64_t *words;
    unsigned capacity; /* of words */
    uint32_t count;    /* of names */
};

static void name_set_add(struct name_set *set, atom_id name) {
    uint32_t word = name / 64;
    uint64_t bit = (uint64_t)1 << name % 64;
    if (word >= set->capacity) {
        set->words = arena_grow(&set->arena, set->words, &set->capacity, word + 1, sizeof *set->words);
    }
    set->count += (set->words[word] & bit) == 0;
    set->words[word] |= bit;
}

/* All but ATOM_NONE, which need not be in it. */
static void name_set_list(struct name_set *set, struct summary *summary) {
    name_set_add(set, ATOM_NONE);
    set->words[0] &= ~(uint64_t)1;
    summary->names = arena_array(&summary->arena, atom_id, set->count - 1);
    for (uint32_t word = 0; word < set->capacity; word++) {
        for (uint64_t bits = set->words[word]; bits != 0; bits &= bits - 1) {
            summary->names[summary->name_count++] = word * 64 + (uint32_t)__builtin_ctzll(bits);
        }
    }
}

static void add_names(struct summary *summary, const struct file_analysis *file) {
    struct name_set set = {0};
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        name_set_add(&set, file->bindings.items[i].name);
    }
    for (node_id node = NODE_ROOT; node < file->tree->count; node++) {
        enum node_kind kind = node_kind(file->tree, node);
        if ((kind == NODE_IDENTIFIER || kind == NODE_ATTRIBUTE_NAME) && file->node_binding[node] == 0) {
            name_set_add(&set, atom_intern(file->atoms, node_text(file->tree, node)));
        }
    }
    name_set_list(&set, summary);
    arena_finish(&set.arena);
}

bool summary_has_name(const struct summary *summary, atom_id name) {
    return summary->name_count > 0 &&
           bsearch(&name, summary->names, summary->name_count, sizeof *summary->names, compare_atoms) != NULL;
}

static uint64_t hash_key(uint64_t hash, struct block_key key) {
    return hash_number(hash_number(hash, (uint64_t)key.kind), key.name);
}

/* Everything that others see, in order, and nothing of where it stands. */
static uint64_t surface_of(const struct summary *summary) {
    uint64_t hash = HASH_SEED;
    for (uint32_t i = 0; i < summary->symbol_count; i++) {
        const struct summary_symbol *symbol = &summary->symbols[i];
        hash = hash_key(hash_number(hash, symbol->name), symbol->block);
        hash = hash_number(hash_number(hash, (uint64_t)symbol->kind), symbol->flags);
        hash = hash_number(hash_bytes(hash, symbol->signature), symbol->owner);
    }
    for (uint32_t i = 0; i < summary->method_count; i++) {
        hash = hash_number(hash_number(hash, summary->methods[i].type), summary->methods[i].name);
    }
    for (uint32_t i = 0; i < summary->block_count; i++) {
        hash = hash_key(hash, summary->blocks[i].key);
    }
    for (uint32_t i = 0; i < summary->discovered_count; i++) {
        hash = hash_key(hash_number(hash, summary->discovered[i].name), summary->discovered[i].block);
    }
    for (uint32_t i = 0; i < summary->route_count; i++) {
        const struct summary_route *route = &summary->routes[i];
        hash = hash_key(hash_number(hash, route->method), route->block);
        hash = hash_number(hash_number(hash, route->handler), route->guarded * 2u + route->socket);
        hash = hash_bytes(hash, route->path);
    }
    for (uint32_t i = 0; i < summary->module_count; i++) {
        hash = hash_bytes(hash_number(hash, summary->modules[i].re_exports), summary->modules[i].source);
    }
    for (uint32_t i = 0; i < summary->export_count; i++) {
        const struct summary_export *export = &summary->exports[i];
        hash = hash_number(hash_number(hash, export->name), export->original);
        hash = hash_number(hash_number(hash, export->symbol), export->module);
    }
    return hash;
}

struct summary *summary_create(const struct file_analysis *file) { return summary_create_again(file, NULL); }

struct summary *summary_create_again(const struct file_analysis *file, const struct summary *before) {
    struct summary *summary = xcalloc(1, sizeof *summary);
    uint32_t *positions = xcalloc(file->symbols.count, sizeof *positions);
    arena_init(&summary->arena);
    summary->path = arena_str(&summary->arena, file->path);
    summary->hash = text_hash(file->tree->text);
    add_symbols(summary, file, before, positions);
    add_uses(summary, file, positions);
    add_asks(summary, file);
    add_methods(summary, file);
    add_rpc_uses(summary, file);
    add_discovered(summary, file);
    add_blocks(summary, file);
    add_routes(summary, file);
    conditions_gather(summary, file);
    add_modules(summary, file);
    add_exports(summary, file, positions);
    add_names(summary, file);
    summary->surface = surface_of(summary);
    xfree(positions);
    return summary;
}

void summary_destroy(struct summary *summary) {
    if (summary != NULL) {
        arena_finish(&summary->arena);
        xfree(summary);
    }
}
