/* server_data: the connection of a server block to its database; its models are server_models.c. */
#include "codegen/server_data.h"

#include "analysis/database.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"

struct js *database_handle(struct emitter *e) {
    if (e->database == NULL) {
        struct str name = name_is_declared(e, STR("db")) ? fresh_module_text(e, STR("database")) : STR("db");
        e->database = js_text(e->arena, JS_NAME, name);
        note_change(e, 0);
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
    note_change(e, 1);
    return js_declare(e->arena, "const", database_handle(e), connect);
}

void lower_db(struct emitter *e, node_id node) {
    if (e->database_is_open) {
        not_emitted(e, node, "a second `db` of one server");
        return;
    }
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
