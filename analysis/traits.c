/* Traits, their functions and their `impl` blocks. */
#include "analysis/traits.h"

#include "analysis/occurrences.h"

static struct entity of_symbol(const struct file_analysis *file, uint32_t symbol) {
    return (struct entity){.kind = symbol != 0 ? ENTITY_SYMBOL : ENTITY_NONE, .file = file, .symbol = symbol};
}

static const struct type_method *method_of(struct entity entity) {
    for (uint32_t i = 0; entity.kind == ENTITY_SYMBOL && i < entity.file->methods.count; i++) {
        if (entity.file->methods.items[i].symbol == entity.symbol) {
            return &entity.file->methods.items[i];
        }
    }
    return NULL;
}

struct entity traits_trait_of(struct entity entity) {
    const struct type_method *method = method_of(entity);
    if (entity_symbol(entity)->kind == SYMBOL_TRAIT) {
        return entity;
    }
    for (uint32_t i = 1; method != NULL && method->trait && i < entity.file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(entity.file, i);
        if (symbol->kind == SYMBOL_TRAIT && symbol->name == method->type) {
            return of_symbol(entity.file, i);
        }
    }
    return (struct entity){0};
}

struct entity traits_function(const struct file_analysis *file, node_id declaration, atom_id name) {
    NODE_EACH(child, file->tree, node_child(file->tree, declaration, FIELD_BODY)) {
        const struct binding *binding = analysis_binding(file, node_child(file->tree, child, FIELD_NAME));
        if (binding != NULL && binding->name == name && binding->symbol != 0) {
            return of_symbol(file, binding->symbol);
        }
    }
    return (struct entity){0};
}

static node_id trait_name(const struct syntax_tree *tree, node_id impl) {
    return node_child(tree, node_child(tree, impl, FIELD_TRAIT), FIELD_NAME);
}

void traits_each_impl(struct arena *arena, const struct sources *sources, struct entity trait, const struct stop *stop,
                      void (*visit)(void *context, const struct file_analysis *file, node_id impl), void *context) {
    atom_id name = entity_symbol(trait)->name;
    struct named_files files = occurrences_files(arena, sources, NULL, &name, 1);
    for (unsigned i = 0; i < files.list.count && !stop_asked(stop); i++) {
        struct resolver resolver;
        const struct file_analysis *file = sources->analysis_of(sources->context, files.list.items[i].path);
        if (file == NULL) {
            continue;
        }
        resolver_init(&resolver, arena, sources, file, files.list.items[i].package);
        for (node_id node = NODE_ROOT; node < file->tree->count; node++) {
            if (node_kind(file->tree, node) == NODE_IMPL_DECLARATION &&
                entity_equal(resolver_meaning(&resolver, trait_name(file->tree, node)).entity, trait)) {
                visit(context, file, node);
            }
        }
    }
}

struct family {
    struct arena *arena;
    atom_id name;
    struct entity_list members;
};

static void add_member(void *context, const struct file_analysis *file, node_id impl) {
    struct family *family = context;
    struct entity function = traits_function(file, impl, family->name);
    if (entity_is(function)) {
        vec_push(family->arena, &family->members.list, function);
    }
}

/* The trait that the function's `impl` is for; *named: it is for one, known or not. */
static struct entity trait_of_impl(struct arena *arena, const struct sources *sources, struct entity function,
                                   bool *named) {
    const struct file_analysis *file = function.file;
    node_id impl = node_ancestor(file->tree, entity_symbol(function)->node, NODE_IMPL_DECLARATION);
    node_id name = trait_name(file->tree, impl);
    const struct package *package = name == NODE_NONE ? NULL : sources->package_of(sources->context, file->path);
    struct resolver resolver;
    *named = name != NODE_NONE;
    if (package == NULL) {
        return (struct entity){0};
    }
    resolver_init(&resolver, arena, sources, file, package);
    struct entity trait = resolver_meaning(&resolver, name).entity;
    return entity_symbol(trait)->kind == SYMBOL_TRAIT ? trait : (struct entity){0};
}

struct entity_list traits_family(struct arena *arena, const struct sources *sources, struct entity entity,
                                 const struct stop *stop, bool *foreign) {
    struct family family = {.arena = arena, .name = entity_symbol(entity)->name};
    const struct type_method *method = method_of(entity);
    bool named = false;
    struct entity trait = {0};
    if (method != NULL) {
        trait = method->trait ? traits_trait_of(entity) : trait_of_impl(arena, sources, entity, &named);
    }
    *foreign = named && !entity_is(trait);
    if (!entity_is(trait)) {
        vec_push(arena, &family.members.list, entity);
        return family.members;
    }
    struct entity own = traits_function(trait.file, entity_symbol(trait)->node, family.name);
    if (entity_is(own)) {
        vec_push(arena, &family.members.list, own);
    }
    traits_each_impl(arena, sources, trait, stop, add_member, &family);
    return family.members;
}
