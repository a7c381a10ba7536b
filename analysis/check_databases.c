/* Databases: models without fields, relations to what is no model, functions that no model has, and values in
 * the text of SQL. */
#include "analysis/builtins.h"
#include "analysis/checks.h"
#include "analysis/database.h"
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

/* ---- functions of models */

/* What the method of a relation is called: `posts` for has_many Post, `blog_post` for belongs_to BlogPost. */
static struct str relation_name(struct arena *arena, struct str model, enum model_setting setting) {
    char *name = arena_alloc(arena, 2 * model.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < model.size; i++) {
        bool upper = model.data[i] >= 'A' && model.data[i] <= 'Z';
        bool after_lower = i > 0 && ((model.data[i - 1] >= 'a' && model.data[i - 1] <= 'z') ||
                                     (model.data[i - 1] >= '0' && model.data[i - 1] <= '9'));
        if (upper && after_lower) {
            name[size++] = '_';
        }
        name[size++] = upper ? (char)(model.data[i] - 'A' + 'a') : model.data[i];
    }
    if (setting == MODEL_HAS_MANY) {
        name[size++] = 's';
    }
    return (struct str){name, size};
}

static bool offer_relations(struct check *check, const struct symbol *model, struct str wanted,
                            struct suggestion *suggestion) {
    const struct syntax_tree *tree = check->file->tree;
    bool found = false;
    NODE_EACH(field, tree, node_child(tree, model->node, FIELD_BODY)) {
        enum model_setting setting = model_setting_of(tree, field);
        struct model_names names = {0};
        if (model_setting_is_relation(setting)) {
            names = model_setting_names(check->arena, tree, field);
        }
        for (unsigned i = 0; i < names.list.count; i++) {
            struct str name = relation_name(check->arena, node_text(tree, names.list.items[i].node), setting);
            found = found || str_equal(name, wanted);
            suggestion_offer(suggestion, name);
        }
    }
    return found;
}

/* What other libraries call the functions of models. */
static struct str model_function_for(struct str foreign) {
    static const struct {
        struct str foreign, name;
    } names[] = {
        {STR_INIT("findAll"), STR_INIT("all")},     {STR_INIT("findMany"), STR_INIT("where")},
        {STR_INIT("findBy"), STR_INIT("where")},    {STR_INIT("filter"), STR_INIT("where")},
        {STR_INIT("findOne"), STR_INIT("first")},   {STR_INIT("findFirst"), STR_INIT("first")},
        {STR_INIT("findById"), STR_INIT("find")},   {STR_INIT("findUnique"), STR_INIT("find")},
        {STR_INIT("findByPk"), STR_INIT("find")},   {STR_INIT("get"), STR_INIT("find")},
        {STR_INIT("insert"), STR_INIT("create")},   {STR_INIT("add"), STR_INIT("create")},
        {STR_INIT("save"), STR_INIT("create")},     {STR_INIT("remove"), STR_INIT("delete")},
        {STR_INIT("destroy"), STR_INIT("delete")},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i].foreign, foreign)) {
            return names[i].name;
        }
    }
    return (struct str){0};
}

/* " It has `all`, `find` …" */
static struct str model_functions(struct arena *arena) {
    struct builtin_member member;
    struct str list = STR(" It has ");
    for (unsigned i = 0; model_member_at(i, &member); i++) {
        list = arena_printf(arena, "%.*s%s`%.*s`", STR_ARGUMENTS(list), i > 0 ? ", " : "", STR_ARGUMENTS(member.name));
    }
    return arena_concat(arena, list, STR("."));
}

/* `User.fnd(1)`: neither a function of models, nor a relation of this one, nor a function of the type. */
static void check_model_call(struct check *check, node_id function) {
    const struct file_analysis *file = check->file;
    node_id property = node_child(file->tree, function, FIELD_PROPERTY);
    const struct symbol *model = analysis_symbol_of(file, node_child(file->tree, function, FIELD_OBJECT));
    struct str name = node_text(file->tree, property);
    struct builtin_member member;
    if (model == NULL || model->kind != SYMBOL_MODEL || node_kind(file->tree, property) != NODE_IDENTIFIER ||
        model_member_find(name, &member) || str_equal(name, STR("new"))) {
        return;
    }
    struct suggestion suggestion = suggestion_for(name);
    for (unsigned i = 0; model_member_at(i, &member); i++) {
        suggestion_offer(&suggestion, member.name);
    }
    atom_id atom = atom_find(file->atoms, name);
    bool of_type = atom != ATOM_NONE && package_has_method(check->package, model->name, atom);
    if (!offer_relations(check, model, name, &suggestion) && !of_type) {
        struct str known = model_function_for(name);
        suggestion.best = known.size > 0 ? known : suggestion.best;
        struct str hint = suggestion.best.size > 0 ? suggestion_sentence(check->arena, suggestion.best)
                                                   : model_functions(check->arena);
        struct span span = node_span(file->tree, property);
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, UNKNOWN_MEMBER, span, "The model `%.*s` has no `%.*s`.%.*s",
                         STR_ARGUMENTS(analysis_name(file, model->name)), STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
        suggestion_fix(check->arena, diagnostic, span, suggestion.best);
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

static void check_sql(struct check *check, node_id call, node_id function) {
    const struct syntax_tree *tree = check->file->tree;
    const struct binding *binding = analysis_binding(check->file, node_child(tree, function, FIELD_OBJECT));
    if (binding == NULL || binding->symbol != 0 || binding->builtin != BUILTIN_DB + 1 ||
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
}

void check_database_call(struct check *check, node_id call) {
    node_id function = node_child(check->file->tree, call, FIELD_FUNCTION);
    if (node_kind(check->file->tree, function) == NODE_MEMBER_EXPRESSION) {
        check_sql(check, call, function);
        check_model_call(check, function);
    }
}
