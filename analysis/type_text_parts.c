/* What stands behind a dot: fields, items of tuples, methods, members of stores and of values of the library. */
#include "analysis/objects.h"
#include "analysis/type_text.h"

static const struct str unknown = {NULL, 0};

/* A field of a type or model, of a value of the type `owner`. */
static struct str field_type(struct typer *typer, struct package_symbol declaration, struct str owner, struct str name) {
    for (uint32_t i = 0; declaration.symbol != NULL && i < declaration.symbol->parameter_count; i++) {
        const struct summary_parameter *field = &declaration.symbol->parameters[i];
        if (str_equal(atom_text(typer->file->atoms, field->name), name)) {
            return type_text_in(typer, declaration, owner, field->type);
        }
    }
    bool key = declaration.symbol != NULL && declaration.symbol->kind == SYMBOL_MODEL && str_equal(name, STR("id"));
    return key ? STR("Int") : unknown;
}

/* A field of a record whose type is written out. */
static struct str record_part(struct str record, struct str name) {
    struct signature_parameter field;
    for (size_t at = 0; type_text_next_field(record, &at, &field);) {
        if (str_equal(field.name, name)) {
            return str_equal(field.type, STR("Any")) ? unknown : field.type;
        }
    }
    return unknown;
}

/* A method of an `impl` in this file. */
static struct str method_type(const struct file_analysis *file, struct str type, struct str name) {
    for (unsigned i = 0; i < file->methods.count; i++) {
        const struct type_method *method = &file->methods.items[i];
        const struct symbol *symbol = analysis_symbol(file, method->symbol);
        if (str_equal(analysis_name(file, method->type), type) && str_equal(analysis_name(file, symbol->name), name)) {
            return node_text(file->tree, symbol->type);
        }
    }
    return unknown;
}

/* A member that every value of the type has from the language, with the type's own arguments in place of its variables. */
static struct str object_part(struct typer *typer, struct str type, struct str name) {
    struct builtin_member member;
    enum builtin adopted;
    struct type_variables variables = {0};
    if (!object_member_find(object_of_type(type), name, &member, &adopted)) {
        return unknown;
    }
    type_variables_match(&variables, STR("[T]"), type);
    type_variables_match(&variables, STR("Result<T, E>"), type);
    type_variables_match(&variables, STR("Option<T>"), type);
    return type_variables_apply(typer->arena, &variables, signature_result(member.signature));
}

/* What the typer knows of it exactly, whose type may be of another package; of generic types, the words say more. */
static struct str known_part(struct typer *typer, node_id object, struct str name) {
    const struct file_analysis *file = typer->file;
    struct known_type known = typer_expression(typer, object);
    atom_id atom = atom_find(file->atoms, name);
    if (!known_type_is(known) || known.list || atom == ATOM_NONE) {
        return unknown;
    }
    struct part part = typer_part(typer, known, atom);
    if (part.kind == PART_SYMBOL) {
        bool generic = (analysis_symbol(file, known.symbol)->flags & SYMBOL_GENERIC) != 0;
        return generic ? unknown : node_text(file->tree, analysis_symbol(file, part.symbol)->type);
    }
    bool plain = part.kind == PART_ELSEWHERE && (known.member.symbol->flags & SYMBOL_GENERIC) == 0;
    return plain ? field_type(typer, known.member, unknown, name) : unknown;
}

/* A member of a store of this file. */
static struct str store_part(struct typer *typer, node_id object, struct str name) {
    const struct file_analysis *file = typer->file;
    const struct symbol *store = analysis_symbol_of(file, object);
    if (store == NULL || store->kind != SYMBOL_STORE) {
        return unknown;
    }
    const struct scope *members = &file->scopes.items[file->node_scope[store->node]];
    for (unsigned i = 0; i < members->symbols.count; i++) {
        const struct symbol *member = analysis_symbol(file, members->symbols.items[i]);
        if (str_equal(analysis_name(file, member->name), name)) {
            return member->kind == SYMBOL_FUNCTION ? node_text(file->tree, member->type)
                                                   : type_text_of_symbol(typer, members->symbols.items[i]);
        }
    }
    return unknown;
}

struct str type_text_part_of(struct typer *typer, uint32_t offset, struct str type, struct str name) {
    struct str found = object_part(typer, type, name);
    found = found.size > 0 ? found : record_part(type, name);
    if (found.size == 0 && name.size == 1 && name.data[0] >= '0' && name.data[0] <= '9') {
        found = type_text_tuple_item(type, (unsigned)(name.data[0] - '0'));
    }
    if (found.size == 0 && type.size > 0) {
        found = field_type(typer, type_text_named(typer, offset, type), type, name);
    }
    return found.size > 0 ? found : method_type(typer->file, type, name);
}

/* What a name means by itself of whose value nothing else is known: `req`, `localStorage`. */
static struct str part_by_name(struct typer *typer, node_id object, struct str name) {
    struct builtin_member member;
    enum builtin adopted;
    bool identifier = node_kind(typer->file->tree, object) == NODE_IDENTIFIER;
    enum object named = identifier ? object_of_name(node_text(typer->file->tree, object)) : OBJECT_NONE;
    return object_member_find(named, name, &member, &adopted) ? signature_result(member.signature) : unknown;
}

struct str type_text_of_part(struct typer *typer, node_id object, struct str name) {
    struct str found = known_part(typer, object, name);
    found = found.size > 0 ? found : store_part(typer, object, name);
    if (found.size > 0) {
        return found;
    }
    struct str type = type_text_receiver(typer, object);
    return type.size == 0 ? part_by_name(typer, object, name)
                          : type_text_part_of(typer, node_span(typer->file->tree, object).start, type, name);
}
