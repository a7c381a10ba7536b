/* Types and models by their name, in one package. */
#include "analysis/models.h"

#include "analysis/model_settings.h"

static const struct package *package_of(struct resolver *resolver, struct entity entity) {
    return resolver->sources->package_of(resolver->sources->context, entity.file->path);
}

struct entity models_type_of(struct resolver *resolver, struct entity model) {
    const struct symbol *symbol = entity_symbol(model);
    const struct package *package = symbol->kind == SYMBOL_MODEL ? package_of(resolver, model) : NULL;
    if (package == NULL) {
        return (struct entity){0};
    }
    struct block_key key = model.file->blocks.items[symbol->block].key;
    struct package_symbol found = package_lookup(package, key, symbol->name, true);
    bool is_type = found.symbol != NULL && found.symbol->kind == SYMBOL_TYPE;
    return is_type ? resolver_entity(resolver, found) : (struct entity){0};
}

static void add(struct resolver *resolver, struct entity_list *list, struct entity entity) {
    for (unsigned i = 0; i < list->list.count; i++) {
        if (entity_equal(list->list.items[i], entity)) {
            return;
        }
    }
    if (entity_is(entity)) {
        vec_push(resolver->arena, &list->list, entity);
    }
}

/* All models of the package that mean the type. */
static void add_models(struct resolver *resolver, struct entity type, struct entity_list *list) {
    const struct package *package = package_of(resolver, type);
    for (uint32_t f = 0; package != NULL && f < package_file_count(package); f++) {
        const struct summary *file = package_file_at(package, f);
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            const struct summary_symbol *symbol = &file->symbols[i];
            if (symbol->kind == SYMBOL_MODEL && symbol->name == entity_symbol(type)->name) {
                struct entity model = resolver_entity(resolver, (struct package_symbol){file, symbol});
                bool same = entity_symbol(model)->kind == SYMBOL_MODEL &&
                            entity_equal(models_type_of(resolver, model), type);
                add(resolver, list, same ? model : (struct entity){0});
            }
        }
    }
}

static struct entity_list family_of_owner(struct resolver *resolver, struct entity owner) {
    struct entity_list list = {0};
    struct entity type = entity_symbol(owner)->kind == SYMBOL_TYPE ? owner : models_type_of(resolver, owner);
    add(resolver, &list, owner);
    add(resolver, &list, type);
    if (entity_is(type)) {
        add_models(resolver, type, &list);
    }
    return list;
}

/* The field that a type or model declares itself. */
static struct entity own_field(struct entity owner, atom_id name) {
    const struct symbol *symbol = entity_symbol(owner);
    for (uint32_t i = symbol->first_part; i < symbol->first_part + symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(owner.file, i);
        if (part->kind == SYMBOL_FIELD && part->name == name) {
            return (struct entity){.kind = ENTITY_SYMBOL, .file = owner.file, .symbol = i};
        }
    }
    return (struct entity){0};
}

struct entity_list models_family(struct resolver *resolver, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    struct entity_list family = {0};
    if (symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_MODEL) {
        return family_of_owner(resolver, entity);
    }
    add(resolver, &family, entity);
    struct entity owner = {.kind = ENTITY_SYMBOL, .file = entity.file, .symbol = symbol->owner};
    enum symbol_kind kind = symbol->kind == SYMBOL_FIELD ? entity_symbol(owner)->kind : SYMBOL_NULL;
    if (kind == SYMBOL_TYPE || kind == SYMBOL_MODEL) {
        struct entity_list owners = family_of_owner(resolver, owner);
        for (unsigned i = 0; i < owners.list.count; i++) {
            add(resolver, &family, own_field(owners.list.items[i], symbol->name));
        }
    }
    return family;
}

/* ---- tables */

node_id models_table_setting(struct entity model) {
    const struct syntax_tree *tree = model.file->tree;
    NODE_EACH(field, tree, node_child(tree, entity_symbol(model)->node, FIELD_BODY)) {
        if (node_kind(tree, field) == NODE_FIELD_DECLARATION && model_setting_of(tree, field) == MODEL_TABLE) {
            return node_child(tree, field, FIELD_TYPE);
        }
    }
    return NODE_NONE;
}

struct str models_table(struct arena *arena, struct entity model) {
    node_id setting = models_table_setting(model);
    struct str name = entity_name(model);
    if (setting != NODE_NONE) {
        struct str text = node_text(model.file->tree, setting);
        return text.size >= 2 ? str_slice(text, 1, text.size - 1) : text;
    }
    char *small = arena_array(arena, char, name.size + 1);
    for (size_t i = 0; i < name.size; i++) {
        bool capital = name.data[i] >= 'A' && name.data[i] <= 'Z';
        small[i] = capital ? (char)(name.data[i] - 'A' + 'a') : name.data[i];
    }
    return arena_printf(arena, "%ss", small);
}

/* ---- columns */

struct str models_key(struct arena *arena, struct str model) {
    char *words = arena_array(arena, char, 2 * model.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < model.size; i++) {
        char c = model.data[i], before = i > 0 ? model.data[i - 1] : '_';
        bool capital = c >= 'A' && c <= 'Z';
        if (capital && ((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9'))) {
            words[size++] = '_';
        }
        words[size++] = capital ? (char)(c - 'A' + 'a') : c;
    }
    return arena_concat(arena, (struct str){words, size}, STR("_id"));
}

static void add_column(struct arena *arena, struct model_columns *columns, struct str name, struct str type, bool managed) {
    vec_push(arena, &columns->list, ((struct model_column){name, type, managed}));
}

static void add_keys(struct arena *arena, struct model_columns *columns, const struct syntax_tree *tree, node_id setting) {
    struct model_names names = model_setting_names(arena, tree, setting);
    for (unsigned i = 0; i < names.list.count; i++) {
        struct model_name name = names.list.items[i];
        struct str type = name.optional == NODE_NONE                                 ? STR("Int")
                          : node_kind(tree, name.optional) == NODE_OPTIONAL_TYPE ? STR("Int?")
                                                                                 : STR("Option<Int>");
        add_column(arena, columns, models_key(arena, node_text(tree, name.node)), type, false);
    }
}

struct model_columns models_columns(struct arena *arena, struct entity model) {
    const struct syntax_tree *tree = model.file->tree;
    struct model_columns columns = {0};
    add_column(arena, &columns, STR("id"), STR("Int"), true);
    NODE_EACH(field, tree, node_child(tree, entity_symbol(model)->node, FIELD_BODY)) {
        enum model_setting setting = node_kind(tree, field) == NODE_FIELD_DECLARATION ? model_setting_of(tree, field) : MODEL_FIELD;
        bool on = node_kind(tree, node_child(tree, field, FIELD_TYPE)) == NODE_TRUE;
        if (setting == MODEL_BELONGS_TO) {
            add_keys(arena, &columns, tree, field);
        } else if (setting == MODEL_TIMESTAMPS && on) {
            add_column(arena, &columns, STR("created_at"), (struct str){0}, true);
            add_column(arena, &columns, STR("updated_at"), (struct str){0}, true);
        } else if (setting == MODEL_SOFT_DELETE && on) {
            add_column(arena, &columns, STR("deleted_at"), (struct str){0}, true);
        }
    }
    return columns;
}
