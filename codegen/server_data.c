/* server_data: the database of a server block and its models. */
#include "analysis/database.h"
#include "codegen/emitter.h"

/* ---- db { } */

struct js *database_handle(struct emitter *e) {
    if (e->database == NULL) {
        struct str name = name_is_declared(e, STR("db")) ? fresh_module_text(e, STR("database")) : STR("db");
        e->database = js_text(e->arena, JS_NAME, name);
    }
    return js_text(e->arena, JS_NAME, e->database->text);
}

static enum database database_here(const struct emitter *e) { return database_of(e->program, e->output->block); }

/* const db = connect({ … }); of the module that has the adapter. */
static struct js *connection(struct emitter *e, struct js *options) {
    static const enum runtime_module modules[] = {[DATABASE_SQLITE] = RUNTIME_DB_SQLITE,
                                                  [DATABASE_POSTGRES] = RUNTIME_DB_POSTGRES,
                                                  [DATABASE_MYSQL] = RUNTIME_DB_MYSQL,
                                                  [DATABASE_ANY] = RUNTIME_DB_ANY};
    if (e->options->cases != EMIT_NO_CASES) {
        options = options == NULL ? js_new(e->arena, JS_OBJECT) : options;
        js_add(e->arena, &options->list, js_property(e->arena, STR("temporary"), js_literal(e->arena, "true")));
    }
    struct js *connect = js_call(e->arena, runtime_name(e, modules[database_here(e)], "connect"));
    if (options != NULL) {
        js_add(e->arena, &connect->list, options);
    }
    e->database_is_open = true;
    return js_declare(e->arena, "const", database_handle(e), connect);
}

void lower_db(struct emitter *e, node_id node) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, node_child_of_kind(e->tree, node, NODE_BLOCK)) {
        if (kind_of(e, child) == NODE_CONFIG_ENTRY) {
            node_id key = node_child(e->tree, child, FIELD_KEY);
            struct str name = text_of(e, key);
            (void)node_string_value(e->arena, e->tree, key, &name);
            struct js *value = lower_expression(e, node_child(e->tree, child, FIELD_VALUE));
            struct js *property = js_property(e->arena, key_text(e, name), value);
            js_add(e->arena, &options->list, placed(e, property, key));
        }
    }
    add_statement(e, placed(e, connection(e, options), node));
}

/* ---- model */

static bool is_setting(struct str name) {
    static const struct str settings[] = {STR_INIT("table"),    STR_INIT("timestamps"), STR_INIT("belongs_to"),
                                          STR_INIT("has_many"), STR_INIT("has_one"),    STR_INIT("soft_delete")};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (str_equal(settings[i], name)) {
            return true;
        }
    }
    return false;
}

static void add_column(struct emitter *e, struct program_symbol field, struct js *columns, struct js *settings) {
    const struct symbol *data = symbol_data(field);
    const struct syntax_tree *tree = field.file->tree;
    struct str name = analysis_name(field.file, data->name);
    struct str type = node_text(tree, data->type);
    struct str table;
    if (str_equal(name, STR("table")) && node_string_value(e->arena, tree, data->type, &table)) {
        js_add(e->arena, &settings->list, js_property(e->arena, name, js_string(e->arena, table)));
        return;
    }
    bool literal = node_kind(tree, data->type) == NODE_TRUE || node_kind(tree, data->type) == NODE_FALSE;
    if (is_setting(name) && (literal || !str_equal(name, STR("table")))) {
        uint32_t file = e->file_index;
        enter_file(e, file_index_of(e, field.file));
        not_emitted(e, data->node, "this setting of a model");
        enter_file(e, file);
    } else if (!str_equal(name, STR("id"))) {
        struct js *column = js_property(e->arena, key_text(e, name), js_string(e->arena, type));
        column->place = (struct js_place){file_index_of(e, field.file) + 1, node_span(tree, data->name_node), STR("")};
        js_add(e->arena, &columns->list, column);
    }
}

static void add_columns(struct emitter *e, struct program_symbol owner, struct js *columns, struct js *settings) {
    const struct symbol *data = symbol_data(owner);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        if (analysis_symbol(owner.file, i)->kind == SYMBOL_FIELD) {
            add_column(e, (struct program_symbol){owner.file, i}, columns, settings);
        }
    }
}

void lower_model(struct emitter *e, node_id node) {
    node_id name_node = node_child(e->tree, node, FIELD_NAME);
    struct program_symbol model = symbol_at_node(e, name_node);
    if (symbol_kind_of(model) != SYMBOL_MODEL) {
        not_emitted(e, node, "a model that is declared twice");
        return;
    }
    struct js *columns = js_new(e->arena, JS_OBJECT);
    struct js *settings = js_new(e->arena, JS_OBJECT);
    add_columns(e, model, columns, settings);
    struct program_symbol type = type_named(e, symbol_data(model)->name);
    if (columns->list.of.count == 0 && type.file != NULL) {
        add_columns(e, type, columns, settings);
    }
    e->has_models = true;
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

void finish_database(struct emitter *e) {
    if (e->database != NULL && !e->database_is_open) {
        struct js *connect = connection(e, NULL);
        connect->flags |= JS_BLANK_BEFORE;
        js_insert(e->arena, e->statements, 0, connect);
    }
    if (e->has_models) {
        struct js *ready = js_call(e->arena, js_member(e->arena, database_handle(e), "ready"));
        struct js *wait = database_waits(database_here(e)) ? js_await(e->arena, ready) : ready;
        struct js *statement = js_expression_statement(e->arena, wait);
        statement->flags |= JS_BLANK_BEFORE;
        add_statement(e, statement);
    }
}
