/* server_parts: names of createServer, answers; names for the arguments of an endpoint, and its call. */
#include "codegen/server_parts.h"

#include "analysis/types.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

struct js *server_name(struct emitter *e, enum server_use use) {
    static const char *const names[SERVER_USE_COUNT] = {"__use",           "__addRoute", "__addSocket",
                                                        "__addMiddleware", "__addPage",  "__listen"};
    if (!server_is_using(e, use)) {
        e->server_uses |= 1u << use;
        note_change(e, use);
    }
    return js_name(e->arena, names[use]);
}

bool server_is_using(const struct emitter *e, enum server_use use) { return (e->server_uses & 1u << use) != 0; }

struct js *response_json(struct emitter *e, struct js *body, struct js *options) {
    struct js *json = js_member(e->arena, global_name(e, "Response"), "json");
    return options == NULL ? js_call1(e->arena, json, body) : js_call2(e->arena, json, body, options);
}

/* ---- arguments */

static bool is_parameter(struct program_symbol function, struct str name) {
    const struct symbol *data = symbol_data(function);
    for (uint32_t i = 0; i < data->part_count; i++) {
        if (str_equal(analysis_name(function.file, analysis_symbol(function.file, data->first_part + i)->name), name)) {
            return true;
        }
    }
    return false;
}

static struct js *own_name(struct emitter *e, struct program_symbol function, const char *name) {
    bool taken = is_parameter(function, str_from_c(name)) || str_equal(name_of_symbol(e, function), str_from_c(name));
    return taken ? fresh_name(e, name) : js_name(e->arena, name);
}

/* A name that comes from where the symbol is declared. */
static struct js *name_from(struct emitter *e, struct program_symbol symbol, struct str text) {
    const struct symbol *data = symbol_data(symbol);
    struct js *name = js_text(e->arena, JS_NAME, text);
    struct str declared = analysis_name(symbol.file, data->name);
    name->place = (struct js_place){file_index_of(e, symbol.file) + 1, node_span(symbol.file->tree, data->name_node),
                                    str_equal(text, declared) ? STR("") : declared};
    return name;
}

/* A parameter's own name, unless it would hide the function that is called. */
static struct js *argument_name(struct emitter *e, struct program_symbol function, uint32_t index) {
    struct program_symbol parameter = {function.file, index};
    const struct symbol *data = symbol_data(parameter);
    if (data->name == ATOM_NONE || node_kind(function.file->tree, data->name_node) != NODE_IDENTIFIER) {
        return fresh_name(e, "argument");
    }
    struct str name = name_of_symbol(e, parameter);
    if (str_equal(name, name_of_symbol(e, function))) {
        name = fresh_text(e, arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(name)));
    }
    return name_from(e, parameter, name);
}

struct endpoint endpoint_start(struct emitter *e, struct program_symbol function) {
    const struct symbol *data = symbol_data(function);
    struct endpoint endpoint = {
        .function = function,
        .request = own_name(e, function, "req"),
        .body = own_name(e, function, "body"),
        .result = own_name(e, function, "result"),
        .names = arena_array(e->arena, struct js *, data->part_count + 1),
        .top = e->statements,
    };
    for (uint32_t i = 0; i < data->part_count; i++) {
        endpoint.names[i] = argument_name(e, function, data->first_part + i);
    }
    return endpoint;
}

struct js *endpoint_call(struct emitter *e, const struct endpoint *endpoint) {
    const struct symbol *data = symbol_data(endpoint->function);
    struct js *call = js_call(e->arena, name_from(e, endpoint->function, name_of_symbol(e, endpoint->function)));
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct js *argument = endpoint->names[i];
        if ((analysis_symbol(endpoint->function.file, data->first_part + i)->flags & SYMBOL_REST) != 0) {
            argument = js_new(e->arena, JS_SPREAD);
            argument->a = endpoint->names[i];
        }
        js_add(e->arena, &call->list, argument);
    }
    return call;
}

struct js *several_arguments(struct emitter *e, struct js *given) {
    return js_call1(e->arena, runtime_name(e, RUNTIME_SERVER, "several"), given);
}

/* `[Int]`, `List<Int>`, or another name of one. */
static bool is_list_type(struct emitter *e, const struct file_analysis *file, node_id written, unsigned depth) {
    node_id type = types_bare(file->tree, written);
    enum node_kind kind = node_kind(file->tree, type);
    node_id name = kind == NODE_GENERIC_TYPE ? node_child(file->tree, type, FIELD_NAME) : type;
    if (kind == NODE_LIST_TYPE || str_equal(node_text(file->tree, name), STR("List"))) {
        return true;
    }
    struct program_symbol meant = kind == NODE_TYPE_NAME
                                      ? program_symbol_of(e->program, file, node_child(file->tree, type, FIELD_NAME))
                                      : (struct program_symbol){NULL, 0};
    const struct symbol *data = symbol_kind_of(meant) == SYMBOL_TYPE ? symbol_data(meant) : NULL;
    return data != NULL && data->part_count == 0 && depth < LIMIT_SYNTAX_DEPTH &&
           is_list_type(e, meant.file, data->type, depth + 1);
}

struct js *rest_schema(struct emitter *e, node_id type) {
    if (type == NODE_NONE || is_list_type(e, e->file, type, 0)) {
        return type == NODE_NONE ? js_literal(e->arena, "{ list: \"Any\" }") : type_schema(e, type);
    }
    struct js *list = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &list->list, js_property(e->arena, STR("list"), type_schema(e, type)));
    return list;
}

void endpoint_comment(struct emitter *e, struct str method, struct str path) {
    struct str text = arena_printf(e->arena, " %.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(path));
    struct js *comment = js_comment(e->arena, text);
    comment->flags |= JS_BLANK_BEFORE;
    add_statement(e, comment);
}
