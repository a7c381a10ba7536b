/* server_models: a `model` of a server as a table of its database: the columns with what is checked of them, and the
 * settings beside them. */
#include "analysis/model_settings.h"
#include "analysis/types.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/names.h"
#include "codegen/rules.h"
#include "codegen/schemas.h"
#include "codegen/server_data.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"

/* ---- columns */

/* Types that the runtime reads in the text of a column's type (db_columns.js), alone, in lists and as Options; not a date in a
 * list, which is JSON like the list. */
static bool is_read_by_runtime(struct str name) {
    static const struct str names[] = {STR_INIT("String"), STR_INIT("Int"),  STR_INIT("Float"), STR_INIT("Bool"),
                                       STR_INIT("Date"),   STR_INIT("List"), STR_INIT("Array"), STR_INIT("Option")};
    return str_is_one_of(name, names, sizeof names / sizeof *names);
}

/* `Date`, `Date?` and `Option<Date>` have columns of their own. */
static bool is_date_in_list(struct emitter *e, node_id type, node_id node) {
    bool itself = node == type || (node_parent(e->tree, node) == type &&
                                   (kind_of(e, type) == NODE_OPTIONAL_TYPE ||
                                    str_equal(text_of(e, node_child(e->tree, type, FIELD_NAME)), STR("Option"))));
    return !itself && str_equal(text_of(e, node), STR("Date"));
}

static bool is_plain_type(struct emitter *e, node_id type) {
    for (node_id node = type; type != NODE_NONE && node < e->tree->nodes[type].next; node++) {
        enum node_kind kind = kind_of(e, node);
        bool known = kind == NODE_TYPE_NAME || kind == NODE_LIST_TYPE || kind == NODE_OPTIONAL_TYPE ||
                     kind == NODE_GENERIC_TYPE || kind == NODE_IDENTIFIER || kind == NODE_TOKEN;
        bool bare = kind == NODE_TYPE_NAME && kind_of(e, node_parent(e->tree, node)) != NODE_GENERIC_TYPE &&
                    str_equal(text_of(e, node), STR("List"));
        bool read = kind != NODE_TYPE_NAME || (is_read_by_runtime(text_of(e, node)) && !is_date_in_list(e, type, node));
        if (!known || bare || !read) {
            return false;
        }
    }
    return true;
}

/* What a field is kept as: `Email` of `type Email = String where { … }` as a String, and so are texts that are types. */
struct kept {
    const struct file_analysis *file;
    node_id type;
    bool text;     /* one of several texts, whatever `type` is */
    bool optional; /* `T?` or `T | Nil` */
    bool option;   /* Option<T>, which is None where there is nothing */
};

/* What is left of a union, which groups to the left, without nil: one type, texts, or several types, at which this ends. */
static bool enter_union(struct kept *kept) {
    const struct syntax_tree *tree = kept->file->tree;
    node_id rest = NODE_NONE;
    unsigned others = 0, texts = 0;
    for (node_id type = kept->type, left; type != NODE_NONE; type = left) {
        bool is_union = node_kind(tree, type) == NODE_UNION_TYPE;
        left = is_union ? node_first_plain(tree, type) : NODE_NONE;
        node_id part = is_union ? node_next_plain(tree, left) : type;
        bool text = node_kind(tree, part) == NODE_STRING;
        bool nil = str_equal(node_text(tree, part), STR("Nil"));
        kept->optional = kept->optional || nil;
        texts += text;
        others += !text && !nil;
        rest = text || nil ? rest : part;
    }
    bool one = others == 1 && texts == 0;
    kept->text = texts > 0 && others == 0;
    kept->type = one ? rest : kept->type;
    return one;
}

/* The type that a name stands for. */
static bool enter_alias(struct emitter *e, struct kept *kept) {
    node_id name = node_child(kept->file->tree, kept->type, FIELD_NAME);
    struct program_symbol symbol = program_symbol_of(e->program, kept->file, name);
    const struct symbol *data = symbol_kind_of(symbol) == SYMBOL_TYPE ? symbol_data(symbol) : NULL;
    bool alias = data != NULL && data->part_count == 0 && data->type != NODE_NONE;
    if (alias) {
        kept->file = symbol.file;
        kept->type = data->type;
    }
    return alias;
}

static bool enter_option(struct kept *kept) {
    const struct syntax_tree *tree = kept->file->tree;
    bool option = !kept->option && str_equal(node_text(tree, node_child(tree, kept->type, FIELD_NAME)), STR("Option"));
    if (option) {
        kept->option = true;
        kept->type = node_child(tree, kept->type, FIELD_ARGUMENT);
    }
    return option;
}

static bool enter_optional(struct kept *kept) {
    kept->optional = true;
    kept->type = node_first_plain(kept->file->tree, kept->type);
    return true;
}

static struct kept kept_as(struct emitter *e, node_id written) {
    enum { STEPS = 16 }; /* names of names */
    struct kept kept = {.file = e->program->files[e->file_index], .type = written};
    bool more = true;
    for (unsigned steps = 0; steps < STEPS && more; steps++) {
        kept.type = types_bare(kept.file->tree, kept.type);
        enum node_kind kind = node_kind(kept.file->tree, kept.type);
        kept.text = kept.text || kind == NODE_STRING;
        more = kind == NODE_OPTIONAL_TYPE  ? enter_optional(&kept)
               : kind == NODE_UNION_TYPE   ? enter_union(&kept)
               : kind == NODE_GENERIC_TYPE ? enter_option(&kept)
               : kind == NODE_TYPE_NAME    ? enter_alias(e, &kept)
                                           : false;
    }
    return kept;
}

static struct str column_type(struct emitter *e, node_id type) {
    struct kept kept = kept_as(e, type);
    const struct scalar_type *scalar = scalar_type_of(kept.file->tree, kept.type);
    struct str text = kept.text        ? STR("String")
                      : scalar != NULL ? str_from_c(scalar->schema)
                                       : node_text(kept.file->tree, kept.type);
    if (kept.option) {
        return arena_printf(e->arena, "Option<%.*s>", STR_ARGUMENTS(text));
    }
    return kept.optional ? arena_printf(e->arena, "%.*s?", STR_ARGUMENTS(text)) : text;
}

/* () => value, so that each record has its own. */
static struct js *column_default(struct emitter *e, node_id value) {
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *lowered = lower_expression(e, value);
    redirect(e, outside);
    return thunk(e, &statements, lowered);
}

/* "String", or { type: "String", schema: …, unique: true, default: () => … } where there is more to say. */
static struct js *column_spec(struct emitter *e, const struct symbol *field) {
    struct js *type = js_string(e->arena, column_type(e, field->type));
    struct js *spec = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &spec->list, js_property(e->arena, STR("type"), type));
    node_id rules = node_child(e->tree, field->node, FIELD_VALIDATORS);
    struct js *schema = is_plain_type(e, field->type) && !rules_check_something(e, rules) ? NULL : field_schema(e, field);
    if (schema != NULL && !schema_is_any(schema)) {
        js_add(e->arena, &spec->list, js_property(e->arena, STR("schema"), schema));
    }
    if (rules_have(e, rules, STR("unique"))) {
        js_add(e->arena, &spec->list, js_property(e->arena, STR("unique"), js_literal(e->arena, "true")));
    }
    if (field->value != NODE_NONE) {
        js_add(e->arena, &spec->list, js_property(e->arena, STR("default"), column_default(e, field->value)));
    }
    return spec->list.of.count == 1 ? type : spec;
}

static void add_column(struct emitter *e, struct program_symbol field, struct js *columns) {
    const struct symbol *data = symbol_data(field);
    struct str name = analysis_name(field.file, data->name);
    if (str_equal(name, STR("id"))) {
        return;
    }
    uint32_t before = e->file_index;
    enter_file(e, file_index_of(e, field.file));
    struct js *column = js_property(e->arena, key_text(e, name), column_spec(e, data));
    js_add(e->arena, &columns->list, placed(e, column, data->name_node));
    enter_file(e, before);
}

static void add_columns(struct emitter *e, struct program_symbol owner, struct js *columns) {
    const struct symbol *data = symbol_data(owner);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        if (analysis_symbol(owner.file, i)->kind == SYMBOL_FIELD) {
            add_column(e, (struct program_symbol){owner.file, i}, columns);
        }
    }
}

/* ---- settings */

static struct js *name_of_setting(struct emitter *e, struct model_name name) {
    struct str text = text_of(e, name.node);
    if (name.optional != NODE_NONE) {
        bool plain = kind_of(e, name.optional) == NODE_OPTIONAL_TYPE;
        text = arena_printf(e->arena, plain ? "%.*s?" : "Option<%.*s>", STR_ARGUMENTS(text));
    }
    return placed(e, js_string(e->arena, text), name.node);
}

/* The list of a setting that may stand several times: made where it stands first. */
static struct js *list_of_setting(struct emitter *e, struct js *settings, struct js **lists, enum model_setting setting) {
    if (lists[setting] == NULL) {
        lists[setting] = js_new(e->arena, JS_ARRAY);
        js_add(e->arena, &settings->list, js_property(e->arena, model_setting_word(setting), lists[setting]));
    }
    return lists[setting];
}

/* `unique: (team, nick)` is one list more, a relation one name more. */
static void add_names(struct emitter *e, node_id field, struct js *list, enum model_setting setting) {
    struct model_names names = model_setting_names(e->arena, e->tree, field);
    if (setting == MODEL_UNIQUE) {
        struct js *together = js_new(e->arena, JS_ARRAY);
        js_add(e->arena, &list->list, together);
        list = together;
    }
    for (unsigned i = 0; i < names.list.count; i++) {
        js_add(e->arena, &list->list, name_of_setting(e, names.list.items[i]));
    }
}

static void add_setting(struct emitter *e, node_id field, struct js *settings, struct js **lists) {
    enum model_setting setting = model_setting_of(e->tree, field);
    node_id value = node_child(e->tree, field, FIELD_TYPE);
    if (setting == MODEL_TABLE || setting == MODEL_TIMESTAMPS || setting == MODEL_SOFT_DELETE) {
        struct js *property = js_property(e->arena, model_setting_word(setting), lower_expression(e, value));
        js_add(e->arena, &settings->list, placed(e, property, field));
    } else if (setting != MODEL_FIELD) {
        add_names(e, field, list_of_setting(e, settings, lists, setting), setting);
    }
}

/* Its records are of the type's class where anything tells a record of it from plain data: `impl`, `derive`, `is`. */
static void add_class(struct emitter *e, struct program_symbol type, struct js *settings) {
    if (type.file == NULL || !type_is_record(type) || !type_is_made(e, type)) {
        return;
    }
    uint32_t before = e->file_index;
    enter_file(e, file_index_of(e, type.file));
    struct js *class = symbol_value(e, type, symbol_data(type)->name_node);
    enter_file(e, before);
    js_add(e->arena, &settings->list, js_property(e->arena, STR("type"), class));
}

static struct js *settings_of(struct emitter *e, node_id model) {
    struct js *settings = js_new(e->arena, JS_OBJECT);
    struct js *lists[MODEL_SETTING_COUNT] = {NULL};
    NODE_EACH(field, e->tree, node_child(e->tree, model, FIELD_BODY)) {
        if (kind_of(e, field) == NODE_FIELD_DECLARATION) {
            add_setting(e, field, settings, lists);
        }
    }
    return settings;
}

void lower_model(struct emitter *e, node_id node) {
    node_id name_node = node_child(e->tree, node, FIELD_NAME);
    struct program_symbol model = symbol_at_node(e, name_node);
    if (symbol_kind_of(model) != SYMBOL_MODEL) {
        not_emitted(e, node, "a model that is declared twice");
        return;
    }
    struct js *columns = js_new(e->arena, JS_OBJECT);
    add_columns(e, model, columns);
    struct program_symbol type = type_named(e, symbol_data(model)->name);
    if (columns->list.of.count == 0 && type.file != NULL) {
        add_columns(e, type, columns);
    }
    struct js *settings = settings_of(e, node);
    add_class(e, type, settings);
    e->has_models = true;
    note_change(e, 0);
    struct js *call = js_call2(e->arena, js_member(e->arena, database_handle(e), "model"),
                               placed(e, js_string(e->arena, text_of(e, name_node)), name_node), columns);
    if (settings->list.of.count > 0) {
        js_add(e->arena, &call->list, settings);
    }
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, model));
    name->place = place_of(e, name_node);
    name->place.name = text_of(e, name_node);
    add_statement(e, placed(e, js_declare(e->arena, "const", name, call), node));
}
