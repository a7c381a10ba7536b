/* From the analysis of a file to what the workspace keeps of it. */
#include "analysis/summary.h"

#include "analysis/binder.h"
#include "analysis/conditions.h"
#include "analysis/lookup.h"
#include "analysis/module_uses.h"
#include "analysis/summary_parts.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <stdlib.h>

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

static void add_parameters(struct arena *texts, const struct file_analysis *file, const struct symbol *symbol,
                           struct summary_symbol *out) {
    if (symbol->part_count == 0 || !has_parameters(analysis_symbol(file, symbol->first_part)->kind)) {
        return;
    }
    out->parameters = arena_array(texts, struct summary_parameter, symbol->part_count);
    out->parameter_count = symbol->part_count;
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, symbol->first_part + i);
        out->parameters[i] = (struct summary_parameter){
            .name = part->name,
            .type = arena_str(texts, node_text(file->tree, part->type)),
            .has_default = (part->flags & SYMBOL_HAS_DEFAULT) != 0,
            .rest = (part->flags & SYMBOL_REST) != 0,
        };
    }
}

struct summary_symbol summary_symbol_of(struct arena *texts, const struct file_analysis *file, uint32_t index,
                                        bool documented) {
    const struct symbol *symbol = analysis_symbol(file, index);
    node_id whole = whole_declaration(file->tree, symbol->node);
    struct summary_symbol out = {
        .name = symbol->name,
        .kind = symbol->kind,
        .flags = summary_flags(symbol),
        .block = file->blocks.items[symbol->block].key,
        .name_span = node_span(file->tree, symbol->name_node),
        .span = node_span(file->tree, whole),
        .local = index,
        .owner = symbol->kind == SYMBOL_VARIANT ? analysis_symbol(file, symbol->owner)->name : ATOM_NONE,
        .signature = lookup_signature(texts, file, index),
        .documentation = documented ? node_documentation(texts, file->tree, whole) : STR(""),
    };
    add_parameters(texts, file, symbol, &out);
    return out;
}

static bool is_member(const struct symbol *symbol) {
    return (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && symbol->name != ATOM_NONE;
}

/* positions: per symbol of the file its place in the summary + 1. */
static void add_symbols(struct summary *summary, const struct file_analysis *file, uint32_t *positions, bool documented) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        count += is_member(&file->symbols.items[i]);
    }
    summary->symbols = arena_array(&summary->arena, struct summary_symbol, count);
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        if (is_member(&file->symbols.items[i])) {
            summary->symbols[summary->symbol_count++] = summary_symbol_of(&summary->texts->arena, file, i, documented);
            positions[i] = summary->symbol_count;
        }
    }
}

static bool is_use(const struct binding *binding, const uint32_t *positions) {
    return binding->access != ACCESS_DECLARE && (binding->external != 0 || positions[binding->symbol] != 0);
}

struct summary_use summary_use_of(const struct file_analysis *file, const struct binding *binding, uint32_t position) {
    return (struct summary_use){
        .name = binding->name,
        .block = file->blocks.items[binding->block].key,
        .span = analysis_name_span(file->tree, binding->node),
        .access = binding->access,
        .symbol = position,
    };
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
            summary->uses[summary->use_count++] = summary_use_of(file, binding, positions[binding->symbol]);
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

static int compare_local(const void *a, const void *b) {
    uint32_t local = *(const uint32_t *)a, other = ((const struct summary_symbol *)b)->local;
    return local < other ? -1 : local > other;
}

uint32_t summary_position(const struct summary *summary, uint32_t symbol) {
    const struct summary_symbol *found =
        summary->symbol_count == 0
            ? NULL
            : bsearch(&symbol, summary->symbols, summary->symbol_count, sizeof *summary->symbols, compare_local);
    return found == NULL ? 0 : (uint32_t)(found - summary->symbols) + 1;
}

/* An export of what an import gives is one of that module's name. */
static void add_export(struct summary *summary, const struct file_analysis *file, const struct exported *exported) {
    struct summary_export out = {.name = exported->name, .original = exported->original, .module = exported->module};
    const struct imported *imported = exported->symbol == 0 ? NULL : module_uses_imported(file, exported->symbol);
    if (imported != NULL) {
        out.module = imported->module + 1;
        out.original = imported->name;
    } else {
        out.symbol = summary_position(summary, exported->symbol);
    }
    out.span = node_span(file->tree, exported->node);
    summary->exports[summary->export_count++] = out;
}

static void add_exports(struct summary *summary, const struct file_analysis *file) {
    summary->exports = arena_array(&summary->arena, struct summary_export, file->exported.count);
    for (uint32_t i = 0; i < file->exported.count; i++) {
        add_export(summary, file, &file->exported.items[i]);
    }
}

static uint64_t hash_key(uint64_t hash, struct block_key key) {
    return hash_number(hash_number(hash, (uint64_t)key.kind), key.name);
}

uint64_t summary_surface_of_symbols(const struct summary *summary) {
    uint64_t hash = HASH_SEED;
    for (uint32_t i = 0; i < summary->symbol_count; i++) {
        const struct summary_symbol *symbol = &summary->symbols[i];
        hash = hash_key(hash_number(hash, symbol->name), symbol->block);
        hash = hash_number(hash_number(hash, (uint64_t)symbol->kind), symbol->flags);
        hash = hash_number(hash_bytes(hash, symbol->signature), symbol->owner);
    }
    return hash;
}

/* Everything that others see, in order, and nothing of where it stands. */
static uint64_t surface_of(const struct summary *summary) {
    uint64_t hash = summary->symbols_surface;
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

/* ---- the whole */

struct summary_texts *summary_texts_create(void) {
    struct summary_texts *texts = xcalloc(1, sizeof *texts);
    atomic_init(&texts->references, 1);
    return texts;
}

static void texts_unref(struct summary_texts *texts) {
    if (texts != NULL && atomic_fetch_sub_explicit(&texts->references, 1, memory_order_acq_rel) == 1) {
        arena_finish(&texts->arena);
        xfree(texts);
    }
}

struct summary *summary_begin(const struct file_analysis *file) {
    struct summary *summary = xcalloc(1, sizeof *summary);
    atomic_init(&summary->references, 1);
    summary->path = arena_str(&summary->arena, file->path);
    summary->hash = text_hash(file->tree->text);
    return summary;
}

void summary_add_rest(struct summary *summary, const struct file_analysis *file) {
    add_asks(summary, file);
    add_methods(summary, file);
    add_rpc_uses(summary, file);
    add_discovered(summary, file);
    add_blocks(summary, file);
    add_routes(summary, file);
    conditions_gather(summary, file);
    add_modules(summary, file);
    add_exports(summary, file);
    summary->surface = surface_of(summary);
}

static struct summary *create(const struct file_analysis *file, bool for_editors) {
    struct summary *summary = summary_begin(file);
    uint32_t *positions = xcalloc(file->symbols.count, sizeof *positions);
    summary->texts = summary_texts_create();
    add_symbols(summary, file, positions, for_editors);
    if (for_editors) {
        add_uses(summary, file, positions);
        summary_names_add(summary, file);
    }
    summary->symbols_surface = summary_surface_of_symbols(summary);
    summary_add_rest(summary, file);
    xfree(positions);
    return summary;
}

struct summary *summary_create(const struct file_analysis *file) { return create(file, true); }

struct summary *summary_create_for_program(const struct file_analysis *file) { return create(file, false); }

struct summary *summary_ref(struct summary *summary) {
    atomic_fetch_add_explicit(&summary->references, 1, memory_order_relaxed);
    return summary;
}

void summary_unref(struct summary *summary) {
    if (summary == NULL || atomic_fetch_sub_explicit(&summary->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    texts_unref(summary->texts);
    arena_finish(&summary->arena);
    xfree(summary);
}
