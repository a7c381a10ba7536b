/* Databases: models without fields, relations to what is no model, and values in the text of SQL. */
#include "analysis/builtins.h"
#include "analysis/checks.h"
#include "analysis/model_settings.h"

/* ---- models */

/* One that belongs to others has their ids. */
static bool has_columns(const struct file_analysis *file, const struct symbol *model) {
    NODE_EACH(field, file->tree, node_child(file->tree, model->node, FIELD_BODY)) {
        if (model_setting_of(file->tree, field) == MODEL_BELONGS_TO) {
            return true;
        }
    }
    return model->part_count > 0;
}

static void check_fields(struct check *check, const struct symbol *model) {
    struct block_key block = check->file->blocks.items[model->block].key;
    struct package_symbol type = package_lookup(check->package, block, model->name, true);
    bool typed = type.symbol != NULL && type.symbol->kind == SYMBOL_TYPE;
    if (!typed && !has_columns(check->file, model)) {
        struct str name = analysis_name(check->file, model->name);
        CHECK_REPORT(check, MODEL_WITHOUT_FIELDS, node_span(check->file->tree, model->name_node),
                     "The model `%.*s` has no fields. Give it some, as in `model %.*s { name: String }`, or declare "
                     "`type %.*s` in a shared block.",
                     STR_ARGUMENTS(name), STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    }
}

/* A name that is not declared at all has been reported where types are. */
static void check_relation(struct check *check, const struct symbol *model, node_id name_node) {
    const struct binding *binding = analysis_binding(check->file, name_node);
    struct block_key block = check->file->blocks.items[model->block].key;
    if (binding == NULL) {
        return;
    }
    struct package_symbol found = package_lookup(check->package, block, binding->name, false);
    struct package_symbol type = package_lookup(check->package, block, binding->name, true);
    bool is_model = found.symbol != NULL && found.symbol->kind == SYMBOL_MODEL;
    struct str name = analysis_name(check->file, binding->name);
    if (!is_model && (type.symbol != NULL || builtin_type_is_known(name))) {
        CHECK_REPORT(check, RELATION_TO_NO_MODEL, node_span(check->file->tree, name_node),
                     "This server has no model `%.*s`. Declare it: `model %.*s`.", STR_ARGUMENTS(name),
                     STR_ARGUMENTS(name));
    }
}

static void check_relations(struct check *check, const struct symbol *model) {
    const struct syntax_tree *tree = check->file->tree;
    NODE_EACH(field, tree, node_child(tree, model->node, FIELD_BODY)) {
        if (!model_setting_is_relation(model_setting_of(tree, field))) {
            continue;
        }
        struct model_names names = model_setting_names(check->arena, tree, field);
        for (unsigned i = 0; i < names.list.count; i++) {
            check_relation(check, model, names.list.items[i].node);
        }
    }
}

/* ---- SQL */

/* Is something written here and something else put in: `"… {name}"`, `"… " + name`? */
static bool is_put_together(const struct syntax_tree *tree, node_id text) {
    bool literal = false;
    bool other = false;
    for (node_id node = text; node < tree->nodes[text].next; node++) {
        enum node_kind kind = node_kind(tree, node);
        literal = literal || kind == NODE_STRING || kind == NODE_TRIPLE_STRING || kind == NODE_SINGLE_STRING;
        other = other || kind == NODE_INTERPOLATION || kind == NODE_IDENTIFIER;
    }
    enum node_kind kind = node_kind(tree, text);
    bool joins = kind == NODE_STRING || kind == NODE_TRIPLE_STRING || kind == NODE_BINARY_EXPRESSION;
    return joins && literal && other;
}

static bool takes_sql(struct str method) {
    return str_equal(method, STR("query")) || str_equal(method, STR("get")) || str_equal(method, STR("run")) ||
           str_equal(method, STR("exec"));
}

static void check_sql(struct check *check, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(check->file, node_child(tree, function, FIELD_OBJECT));
    bool member = node_kind(tree, function) == NODE_MEMBER_EXPRESSION && binding != NULL && binding->symbol == 0;
    if (!member || binding->builtin != BUILTIN_DB + 1 ||
        !takes_sql(node_text(tree, node_child(tree, function, FIELD_PROPERTY)))) {
        return;
    }
    node_id text = node_first_plain(tree, node_child(tree, call, FIELD_ARGUMENTS));
    struct block_key block = check->file->blocks.items[binding->block].key;
    if (text != NODE_NONE && is_put_together(tree, text) &&
        package_lookup(check->package, block, binding->name, false).symbol == NULL) {
        CHECK_REPORT(check, VALUE_IN_SQL, node_span(tree, text),
                     "The value becomes part of the SQL, with whatever is in it. Write `?` in its place, and the value "
                     "as an argument behind the SQL.");
    }
}

void check_databases(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *model = &file->symbols.items[i];
        if (model->kind == SYMBOL_MODEL && model->name != ATOM_NONE) {
            check_fields(check, model);
            check_relations(check, model);
        }
    }
    for (node_id node = 1; node < file->tree->count; node++) {
        if (node_kind(file->tree, node) == NODE_CALL_EXPRESSION) {
            check_sql(check, node);
        }
    }
}
