/* From a name node to what it stands for. Parts of things are in entity_parts.c. */
#include "analysis/entity.h"

#include "analysis/entity_parts.h"
#include "analysis/lookup.h"
#include "analysis/module_uses.h"
#include "analysis/peers.h"

enum { DEPTH = 64 }; /* of `a.b.c` */

void resolver_init(struct resolver *resolver, struct arena *arena, const struct sources *sources,
                   const struct file_analysis *file, const struct package *package) {
    *resolver = (struct resolver){.arena = arena, .sources = sources, .file = file, .package = package};
}

struct typer *resolver_typer(struct resolver *resolver) {
    if (!resolver->typed) {
        typer_init(&resolver->typer, resolver->arena, resolver->file, resolver->package);
        resolver->typer.sources = resolver->sources;
        resolver->typed = true;
    }
    return &resolver->typer;
}

/* ---- entities */

static struct entity of_symbol(const struct file_analysis *file, uint32_t symbol) {
    return (struct entity){.kind = symbol != 0 ? ENTITY_SYMBOL : ENTITY_NONE, .file = file, .symbol = symbol};
}

const struct symbol *entity_symbol(struct entity entity) {
    static const struct symbol none = {0};
    return entity.kind == ENTITY_SYMBOL ? analysis_symbol(entity.file, entity.symbol) : &none;
}

struct str entity_name(struct entity entity) {
    return entity.kind == ENTITY_SYMBOL ? analysis_name(entity.file, entity_symbol(entity)->name) : (struct str){0};
}

bool entity_equal(struct entity a, struct entity b) {
    if (a.kind != b.kind) {
        return false;
    }
    switch (a.kind) {
    case ENTITY_NONE:
        return true;
    case ENTITY_SYMBOL:
        return a.symbol == b.symbol && (a.file == b.file || str_equal(a.file->path, b.file->path));
    case ENTITY_RECORD:
        return a.record == b.record && (a.file == b.file || str_equal(a.file->path, b.file->path));
    case ENTITY_BUILTIN:
        return a.builtin == b.builtin;
    case ENTITY_BUILTIN_MEMBER:
        return str_equal(a.member.name, b.member.name) && str_equal(a.member.signature, b.member.signature);
    case ENTITY_GLOBAL:
    case ENTITY_SERVER:
        return a.name == b.name;
    }
    return false;
}

static bool is_method(const struct file_analysis *file, uint32_t symbol) {
    for (uint32_t i = 0; i < file->methods.count; i++) {
        if (file->methods.items[i].symbol == symbol) {
            return true;
        }
    }
    return false;
}

bool entity_is_visible(struct entity entity) {
    uint32_t index = entity.symbol;
    if (entity.kind != ENTITY_SYMBOL) {
        return false;
    }
    for (unsigned depth = 0; index != 0 && depth < 4; depth++) { /* a field of a variant of a type */
        const struct symbol *symbol = analysis_symbol(entity.file, index);
        bool of_record = symbol->kind == SYMBOL_FIELD && symbol->owner == 0; /* whatever is said to be such a record */
        if ((symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 || of_record || is_method(entity.file, index)) {
            return true;
        }
        index = symbol->owner;
    }
    return false;
}

struct entity resolver_entity(struct resolver *resolver, struct package_symbol symbol) {
    if (symbol.symbol == NULL) {
        return (struct entity){0};
    }
    const struct file_analysis *file = resolver->file;
    if (!str_equal(symbol.file->path, file->path)) {
        file = resolver->sources->analysis_of(resolver->sources->context, symbol.file->path);
    }
    uint32_t index = symbol.symbol->local;
    bool fits = file != NULL && index < file->symbols.count && analysis_symbol(file, index)->name == symbol.symbol->name;
    return fits ? of_symbol(file, index) : (struct entity){0};
}

struct entity entity_known_type(struct resolver *resolver, struct known_type type) {
    return type.symbol != 0 ? of_symbol(resolver->file, type.symbol) : resolver_entity(resolver, type.member);
}

struct entity resolver_annotation(struct resolver *resolver, node_id annotation) {
    return entity_known_type(resolver, typer_annotation(resolver_typer(resolver), annotation));
}

/* ---- names */

/* What a module offers by a name, as an import or a re-export of this file asks for it. */
static struct entity of_module_name(struct resolver *resolver, uint32_t module, atom_id name) {
    const struct file_analysis *file = resolver->file;
    struct str source = file->module_uses.items[module].text;
    struct module found = module_find(resolver->arena, resolver->package, file->path, source);
    struct package_symbol symbol;
    bool known = module_name(resolver->arena, &found, resolver->package, name, &symbol) == MODULE_NAME_SYMBOL;
    return known ? resolver_entity(resolver, symbol) : (struct entity){0};
}

/* The symbol itself, or what it imports. */
static void follow_symbol(struct resolver *resolver, uint32_t symbol, struct meaning *meaning) {
    const struct imported *imported = analysis_symbol(resolver->file, symbol)->kind == SYMBOL_IMPORT
                                          ? module_uses_imported(resolver->file, symbol)
                                          : NULL;
    meaning->entity = imported == NULL ? (struct entity){0} : of_module_name(resolver, imported->module, imported->name);
    meaning->import = imported != NULL ? symbol : 0;
    if (!entity_is(meaning->entity)) {
        meaning->entity = of_symbol(resolver->file, symbol);
    }
}

static struct meaning meaning_of_binding(struct resolver *resolver, const struct binding *binding) {
    struct meaning meaning = {.access = binding->access, .part = binding->access == ACCESS_MEMBER};
    if (binding->symbol != 0) {
        follow_symbol(resolver, binding->symbol, &meaning);
        meaning.declaration = binding->access == ACCESS_DECLARE && meaning.import == 0;
        return meaning;
    }
    struct block_key key = resolver->file->blocks.items[binding->block].key;
    struct package_symbol found = package_meaning(resolver->package, key, binding->name, binding->access);
    if (found.symbol != NULL) {
        meaning.entity = resolver_entity(resolver, found);
    } else if (binding->builtin != 0) {
        meaning.entity = (struct entity){.kind = ENTITY_BUILTIN, .builtin = (enum builtin)(binding->builtin - 1)};
    } else if (binding->access != ACCESS_TYPE && peer_is_meant(resolver->package, key, binding->name)) {
        atom_id server = peer_server(resolver->package, binding->name);
        meaning.entity = (struct entity){.kind = ENTITY_SERVER, .name = server != ATOM_NONE ? server : binding->name};
    } else if (binding->global) {
        meaning.entity = (struct entity){.kind = ENTITY_GLOBAL, .name = binding->name};
    }
    return meaning;
}

/* `f` of `server.f()` and of `peer.f()`. */
static struct meaning meaning_of_rpc(struct resolver *resolver, const struct rpc_use *use) {
    struct package_symbol found = {NULL, NULL};
    struct meaning meaning = {.access = use->call != NODE_NONE ? ACCESS_CALL : ACCESS_READ, .rpc = true};
    enum rpc_resolution resolution = use->name == ATOM_NONE
                                         ? RPC_UNKNOWN
                                         : package_resolve_rpc(resolver->package, use->server, use->name, &found);
    if (resolution == RPC_FOUND || resolution == RPC_NO_ENDPOINT) {
        meaning.entity = resolver_entity(resolver, found);
    }
    return meaning;
}

/* `events` of `events.f()`. */
static struct meaning meaning_of_peer(struct resolver *resolver, const struct rpc_use *use) {
    atom_id server = peer_server(resolver->package, use->server);
    struct meaning meaning = {.access = ACCESS_READ};
    if (use->server != ATOM_NONE) {
        meaning.entity = (struct entity){.kind = ENTITY_SERVER, .name = server != ATOM_NONE ? server : use->server};
    }
    return meaning;
}

/* A name between the braces of `import { a as b }` or `pub { a } from`. */
static bool meaning_in_module_list(struct resolver *resolver, node_id node, struct meaning *meaning) {
    const struct file_analysis *file = resolver->file;
    enum node_kind parent = node_kind(file->tree, node_parent(file->tree, node));
    if (parent == NODE_IMPORT_NAME) {
        for (uint32_t i = 0; i < file->imported.count; i++) {
            const struct imported *imported = &file->imported.items[i];
            if (imported->node == node) {
                meaning->access = ACCESS_READ;
                meaning->import = imported->symbol;
                meaning->entity = of_module_name(resolver, imported->module, imported->name);
                bool own = analysis_symbol(file, imported->symbol)->name_node == node;
                if (!entity_is(meaning->entity) && own) {
                    meaning->entity = of_symbol(file, imported->symbol);
                    meaning->declaration = true;
                }
                return true;
            }
        }
    }
    if (parent == NODE_OBJECT || parent == NODE_ALIAS) {
        for (uint32_t i = 0; i < file->exported.count; i++) {
            const struct exported *exported = &file->exported.items[i];
            if (exported->node == node && exported->module != 0) {
                meaning->access = ACCESS_READ;
                meaning->entity = of_module_name(resolver, exported->module - 1, exported->original);
                return true;
            }
        }
    }
    return false;
}

/* Is it exported, `pub { name }`, so that the braces are no object? */
static bool is_exported(const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    return node_kind(tree, node_parent(tree, node_parent(tree, node))) == NODE_EXPORT_STATEMENT;
}

static bool is_shorthand(const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    node_id parent = node_parent(tree, node);
    if (node_kind(tree, parent) == NODE_DEFAULT_BINDING && node_field(tree, node) == FIELD_NAME) {
        node = parent;
        parent = node_parent(tree, parent);
    }
    enum node_kind kind = node_kind(tree, parent);
    return (kind == NODE_OBJECT && !is_exported(file, node)) || kind == NODE_OBJECT_PATTERN;
}

static struct meaning find_meaning(struct resolver *resolver, node_id node) {
    const struct file_analysis *file = resolver->file;
    const struct syntax_tree *tree = file->tree;
    struct meaning meaning = {0};
    const struct rpc_use *use = peer_rpc_use(resolver->package, file, node_parent(tree, node));
    if (use != NULL && use->name_node == node) {
        return meaning_of_rpc(resolver, use);
    }
    if (use != NULL && node_field(tree, node) == FIELD_OBJECT) {
        return meaning_of_peer(resolver, use);
    }
    if (meaning_in_module_list(resolver, node, &meaning)) {
        return meaning;
    }
    const struct binding *binding = analysis_binding(file, node);
    if (binding != NULL) {
        meaning = meaning_of_binding(resolver, binding);
    } else {
        entity_part_at(resolver, node, &meaning);
    }
    if (node_kind(tree, node) == NODE_IDENTIFIER && is_shorthand(file, node)) {
        struct meaning part = {0};
        entity_part_at(resolver, node, &part);
        meaning.shorthand = true;
        meaning.field = part.entity;
    }
    return meaning;
}

struct meaning resolver_meaning(struct resolver *resolver, node_id node) {
    enum node_kind kind = node_kind(resolver->file->tree, node);
    bool is_name = kind == NODE_IDENTIFIER || kind == NODE_TAG_NAME || kind == NODE_ATTRIBUTE_NAME;
    if (!is_name || resolver->depth >= DEPTH) {
        return (struct meaning){0};
    }
    resolver->depth++;
    struct meaning meaning = find_meaning(resolver, node);
    resolver->depth--;
    return meaning;
}
