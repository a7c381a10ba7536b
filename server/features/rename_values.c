/* What rows hold by names that are changed: a column whose type is of the program holds the names of its variants and fields. */
#include "server/features/rename_steps.h"

#include "analysis/models.h"
#include "parser/base/byte.h"

enum { DEPTH = 6 }; /* of types within types that are followed */

struct search {
    const struct package *package;
    const struct atom_table *atoms;
    atom_id wanted; /* the type */
};

/* ---- does a type hold another one? */

static bool reaches(const struct search *search, struct package_symbol type, unsigned depth);

/* Is one of the names in a type, as it is written, the wanted one or holds it? */
static bool words_reach(const struct search *search, struct block_key block, struct str words, unsigned depth) {
    for (size_t at = 0, end; at < words.size; at = end + 1) {
        end = at;
        while (end < words.size && byte_is_word(words.data[end])) {
            end++;
        }
        atom_id name = end > at ? atom_find(search->atoms, str_slice(words, at, end)) : ATOM_NONE;
        if (name != ATOM_NONE && name == search->wanted) {
            return true;
        }
        struct package_symbol found = {NULL, NULL};
        if (name != ATOM_NONE) {
            found = package_lookup(search->package, block, name, true);
        }
        if (found.symbol != NULL && found.symbol->kind == SYMBOL_TYPE && reaches(search, found, depth + 1)) {
            return true;
        }
    }
    return false;
}

static bool fields_reach(const struct search *search, const struct summary_symbol *holder, unsigned depth) {
    for (uint32_t i = 0; i < holder->parameter_count; i++) {
        if (words_reach(search, holder->block, holder->parameters[i].type, depth)) {
            return true;
        }
    }
    return false;
}

static bool reaches(const struct search *search, struct package_symbol type, unsigned depth) {
    size_t sign = str_find(type.symbol->signature, '=', 0); /* `type Kinds = [Kind]` */
    struct str alias = str_slice(type.symbol->signature, sign, type.symbol->signature.size);
    if (depth >= DEPTH) {
        return false;
    }
    if (fields_reach(search, type.symbol, depth) || words_reach(search, type.symbol->block, alias, depth)) {
        return true;
    }
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *variant = &type.file->symbols[i];
        bool of_type = variant->kind == SYMBOL_VARIANT && variant->owner == type.symbol->name;
        if (of_type && fields_reach(search, variant, depth)) {
            return true;
        }
    }
    return false;
}

/* ---- models */

static struct package_symbol model_that_holds(const struct search *search) {
    for (uint32_t f = 0; f < package_file_count(search->package); f++) {
        const struct summary *file = package_file_at(search->package, f);
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            struct package_symbol model = {file, &file->symbols[i]};
            if (model.symbol->kind != SYMBOL_MODEL) {
                continue;
            }
            struct package_symbol type = package_lookup(search->package, model.symbol->block, model.symbol->name, true);
            bool typed = type.symbol != NULL && type.symbol->kind == SYMBOL_TYPE;
            if (fields_reach(search, model.symbol, 0) || (typed && reaches(search, type, 0))) {
                return model;
            }
        }
    }
    return (struct package_symbol){NULL, NULL};
}

/* The type that the variant, or the field, belongs to; 0 for everything else. */
static uint32_t type_of(struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    if (symbol->kind != SYMBOL_VARIANT && symbol->kind != SYMBOL_FIELD) {
        return 0;
    }
    uint32_t owner = symbol->owner;
    if (owner != 0 && analysis_symbol(entity.file, owner)->kind == SYMBOL_VARIANT) {
        owner = analysis_symbol(entity.file, owner)->owner;
    }
    return owner != 0 && analysis_symbol(entity.file, owner)->kind == SYMBOL_TYPE ? owner : 0;
}

struct str rename_values_warning(const struct renaming *renaming) {
    const struct feature_context *context = renaming->context;
    struct entity entity = renaming->entities.list.items[0];
    uint32_t type = entity.kind == ENTITY_SYMBOL ? type_of(entity) : 0;
    if (type == 0) {
        return (struct str){0};
    }
    struct search search = {
        .package = context->sources->package_of(context->sources->context, entity.file->path),
        .atoms = entity.file->atoms,
        .wanted = analysis_symbol(entity.file, type)->name,
    };
    struct package_symbol model = {NULL, NULL};
    if (search.package != NULL) {
        model = model_that_holds(&search);
    }
    if (model.symbol == NULL) {
        return (struct str){0};
    }
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, entity.file, search.package);
    struct str table = models_table(context->arena, resolver_entity(&resolver, model));
    return arena_printf(context->arena,
                        "Rows of the table `%.*s` may hold `%.*s`, in values of the type `%.*s`, and code reads it by its new name "
                        "from now on: change it in the rows too.",
                        STR_ARGUMENTS(table), STR_ARGUMENTS(renaming->from),
                        STR_ARGUMENTS(analysis_name(entity.file, search.wanted)));
}
