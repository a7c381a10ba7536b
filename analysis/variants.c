/* The variants of a type, from one of them: of this file, of another file of the package, or of the language. */
#include "analysis/builtins.h"
#include "analysis/checks.h"

/* `Circle(r, colour)`: names of fields, as far as they can be names. */
static struct str pattern_text(struct check *check, struct str name, const atom_id *fields, uint32_t count) {
    struct str text = name;
    for (uint32_t i = 0; i < count; i++) {
        struct str field = fields[i] == ATOM_NONE ? STR("_") : analysis_name(check->file, fields[i]);
        text = arena_printf(check->arena, "%.*s%s%.*s", STR_ARGUMENTS(text), i == 0 ? "(" : ", ", STR_ARGUMENTS(field));
    }
    return count == 0 ? text : arena_printf(check->arena, "%.*s)", STR_ARGUMENTS(text));
}

static void add(struct check *check, struct variants *variants, struct str name, const atom_id *fields, uint32_t count) {
    struct variant variant = {name, pattern_text(check, name, fields, count), count};
    vec_push(check->arena, &variants->list, variant);
}

/* ---- of this file */

static struct variants variants_of_symbol(struct check *check, const struct symbol *type) {
    const struct file_analysis *file = check->file;
    struct variants variants = {.type = analysis_name(file, type->name)};
    for (uint32_t i = 0; i < type->part_count; i++) {
        const struct symbol *variant = analysis_symbol(file, type->first_part + i);
        if (variant->kind != SYMBOL_VARIANT) {
            return (struct variants){0};
        }
        atom_id *fields = arena_array(check->arena, atom_id, variant->part_count + 1);
        for (uint32_t f = 0; f < variant->part_count; f++) {
            fields[f] = analysis_symbol(file, variant->first_part + f)->name;
        }
        add(check, &variants, analysis_name(file, variant->name), fields, variant->part_count);
    }
    return variants;
}

/* ---- of another file */

static struct variants variants_of_package(struct check *check, struct package_symbol found, atom_id type) {
    struct variants variants = {.type = analysis_name(check->file, type)};
    for (uint32_t i = 0; i < found.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &found.file->symbols[i];
        if (symbol->kind != SYMBOL_VARIANT || symbol->owner != type ||
            !block_key_equal(symbol->block, found.symbol->block)) {
            continue;
        }
        atom_id *fields = arena_array(check->arena, atom_id, symbol->parameter_count + 1);
        for (uint32_t f = 0; f < symbol->parameter_count; f++) {
            fields[f] = symbol->parameters[f].name;
        }
        add(check, &variants, analysis_name(check->file, symbol->name), fields, symbol->parameter_count);
    }
    return variants;
}

/* ---- of the language */

static struct variants variants_of_builtin(struct check *check, struct str name) {
    static const struct {
        struct str type, first, field, second, other_field;
    } types[] = {
        {STR_INIT("Result"), STR_INIT("Ok"), STR_INIT("value"), STR_INIT("Err"), STR_INIT("error")},
        {STR_INIT("Option"), STR_INIT("Some"), STR_INIT("value"), STR_INIT("None"), STR_INIT("")},
    };
    struct variants variants = {0};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_equal(name, types[i].first) || str_equal(name, types[i].second)) {
            atom_id fields[] = {atom_intern(check->file->atoms, types[i].field),
                                atom_intern(check->file->atoms, types[i].other_field)};
            variants.type = types[i].type;
            add(check, &variants, types[i].first, &fields[0], 1);
            add(check, &variants, types[i].second, &fields[1], types[i].other_field.size > 0);
        }
    }
    return variants;
}

/* ---- all */

/* `Shape.Circle`: the name before the dot is the type. */
static struct variants variants_of_type(struct check *check, node_id name) {
    const struct symbol *type = analysis_symbol_of(check->file, name);
    const struct binding *binding = analysis_binding(check->file, name);
    if (type != NULL) {
        return type->kind == SYMBOL_TYPE ? variants_of_symbol(check, type) : (struct variants){0};
    }
    if (binding == NULL) {
        return (struct variants){0};
    }
    struct block_key key = check->file->blocks.items[binding->block].key;
    struct package_symbol found = package_lookup(check->package, key, binding->name, true);
    return found.symbol == NULL ? (struct variants){0} : variants_of_package(check, found, found.symbol->name);
}

struct variants variants_of(struct check *check, node_id name) {
    const struct file_analysis *file = check->file;
    if (node_kind(file->tree, name) == NODE_MEMBER_EXPRESSION) {
        return variants_of_type(check, node_child(file->tree, name, FIELD_OBJECT));
    }
    const struct binding *binding = analysis_binding(file, name);
    const struct symbol *symbol = analysis_symbol_of(file, name);
    if (binding == NULL) {
        return (struct variants){0};
    }
    if (symbol != NULL && symbol->kind == SYMBOL_IMPORT) {
        struct package_symbol imported = typer_imported(&check->typer, binding->symbol);
        bool variant = imported.symbol != NULL && imported.symbol->kind == SYMBOL_VARIANT;
        return variant ? variants_of_package(check, imported, imported.symbol->owner) : (struct variants){0};
    }
    if (symbol != NULL) {
        bool variant = symbol->kind == SYMBOL_VARIANT && symbol->owner != 0;
        return variant ? variants_of_symbol(check, analysis_symbol(file, symbol->owner)) : (struct variants){0};
    }
    struct block_key key = file->blocks.items[binding->block].key;
    struct package_symbol found = package_lookup(check->package, key, binding->name, false);
    if (found.symbol != NULL) {
        bool variant = found.symbol->kind == SYMBOL_VARIANT && found.symbol->owner != ATOM_NONE;
        return variant ? variants_of_package(check, found, found.symbol->owner) : (struct variants){0};
    }
    return binding->builtin != 0 ? variants_of_builtin(check, analysis_name(file, binding->name)) : (struct variants){0};
}
