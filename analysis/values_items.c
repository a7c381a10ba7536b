/* What is taken out of lists, results and tables: `first(users)`, `users.find(…)`, `o.unwrap()`, `UserModel.all()`. Such a value may
 * be nil, and a row may stand for another type of the same fields: it is loose, and known is only what it has, and that it is no
 * text, number or list where it is a record. */
#include "analysis/lookup.h"
#include "analysis/values.h"

static const struct type unknown = {.kind = TYPE_UNKNOWN};

static struct type loose(struct type type) {
    type.loose = true;
    return type;
}

static struct type list_of(struct values *values, struct type element) {
    struct type *parts = arena_array(values->typer->arena, struct type, 1);
    parts[0] = loose(element);
    return (struct type){.kind = TYPE_LIST, .parts = parts, .count = 1, .loose = true};
}

struct type values_of_items(struct values *values, struct str function, struct type list) {
    static const struct str one[] = {STR_INIT("first"), STR_INIT("last"), STR_INIT("find"),   STR_INIT("findLast"),
                                     STR_INIT("at"),    STR_INIT("pop"),  STR_INIT("shift"),  STR_INIT("minBy"),
                                     STR_INIT("maxBy"), STR_INIT("min_by"), STR_INIT("max_by")};
    static const struct str some[] = {STR_INIT("filter"), STR_INIT("sorted"), STR_INIT("reversed"), STR_INIT("take"),
                                      STR_INIT("drop"),   STR_INIT("unique"), STR_INIT("rotate"),   STR_INIT("slice"),
                                      STR_INIT("sort"),   STR_INIT("reverse")};
    if (list.kind != TYPE_LIST || list.count != 1 || (list.parts[0].kind != TYPE_NAMED && list.parts[0].kind != TYPE_MODEL)) {
        return unknown;
    }
    if (str_is_one_of(function, one, sizeof one / sizeof *one)) {
        return loose(list.parts[0]);
    }
    return str_is_one_of(function, some, sizeof some / sizeof *some) ? list_of(values, list.parts[0]) : unknown;
}

struct type values_of_carried(struct str method, struct type carrier) {
    bool carries = (carrier.kind == TYPE_OPTION || carrier.kind == TYPE_RESULT) && carrier.count > 0;
    bool taken = str_equal(method, STR("unwrap")) || str_equal(method, STR("expect"));
    return carries && taken && carrier.parts[0].kind == TYPE_NAMED ? loose(carrier.parts[0]) : unknown;
}

bool values_model_named(struct values *values, node_id node, struct package_symbol *model) {
    struct typer *typer = values->typer;
    const struct binding *binding = analysis_binding(typer->file, node);
    if (binding == NULL || node_kind(typer->file->tree, node) != NODE_IDENTIFIER || !lookup_model(typer->file, typer->package, node)) {
        return false;
    }
    struct block_key key = typer->file->blocks.items[binding->block].key;
    *model = package_lookup(typer->package, key, binding->name, false);
    return model->symbol != NULL && model->symbol->kind == SYMBOL_MODEL;
}

/* A row is a value of the type of the model's name; without such a type it has the model's own fields. */
static struct type row_of(struct values *values, struct package_symbol model, struct block_key key) {
    struct package_symbol type = package_lookup(values->typer->package, key, model.symbol->name, true);
    if (type.symbol == NULL || type.symbol->kind == SYMBOL_MODEL) {
        return (struct type){.kind = TYPE_MODEL, .named = {.member = model}, .loose = true};
    }
    struct type row = types_of_member(values->typer, type);
    return row.kind == TYPE_NAMED ? loose(row) : unknown;
}

struct type values_of_row(struct values *values, node_id object, struct str function) {
    static const struct str one[] = {STR_INIT("find"),   STR_INIT("first"),       STR_INIT("create"),
                                     STR_INIT("update"), STR_INIT("soft_delete"), STR_INIT("restore")};
    static const struct str some[] = {STR_INIT("all"), STR_INIT("where"), STR_INIT("active")};
    struct package_symbol model;
    atom_id name = atom_find(values->typer->file->atoms, function);
    if (!values_model_named(values, object, &model) ||
        (name != ATOM_NONE && package_has_method(values->typer->package, model.symbol->name, name))) {
        return unknown;
    }
    bool asks = str_equal(function, STR("delete"));
    if (asks || str_equal(function, STR("count"))) {
        return (struct type){.kind = asks ? TYPE_BOOL : TYPE_INT};
    }
    struct block_key key = values->typer->file->blocks.items[analysis_binding(values->typer->file, object)->block].key;
    struct type row = row_of(values, model, key);
    if (row.kind == TYPE_UNKNOWN || str_is_one_of(function, one, sizeof one / sizeof *one)) {
        return row;
    }
    return str_is_one_of(function, some, sizeof some / sizeof *some) ? list_of(values, row) : unknown;
}
