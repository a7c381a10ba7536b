/* server_openapi: GET /openapi.json: routes, endpoints and the types they name, as data for runtime/openapi.js. */
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

static void add_text(struct emitter *e, struct js *object, const char *key, struct str text) {
    js_add(e->arena, &object->list, js_property(e->arena, str_from_c(key), js_string(e->arena, text)));
}

static void add_schema(struct emitter *e, struct js *object, struct str key, struct js *schema) {
    js_add(e->arena, &object->list, js_property(e->arena, key_text(e, key), schema));
}

static struct js *schema_of_parameter(struct emitter *e, const struct symbol *parameter) {
    bool rest = (parameter->flags & SYMBOL_REST) != 0;
    if (rest) {
        return optional_schema(e, rest_schema(e, parameter->type));
    }
    struct js *schema =
        parameter->type == NODE_NONE ? js_literal(e->arena, "\"Any\"") : type_schema(e, parameter->type);
    return (parameter->flags & SYMBOL_HAS_DEFAULT) != 0 ? optional_schema(e, schema) : schema;
}

/* The request itself, and all that its path holds, are no arguments. */
static bool is_argument(struct program_symbol function, uint32_t index) {
    const struct symbol *data = symbol_data(function);
    const struct symbol *parameter = analysis_symbol(function.file, data->first_part + index);
    bool named = parameter->name != ATOM_NONE && node_kind(function.file->tree, parameter->name_node) == NODE_IDENTIFIER;
    bool takes_request = (data->flags & SYMBOL_REQUEST) != 0;
    bool request = takes_request && (index == 0 || str_equal(analysis_name(function.file, parameter->name), STR("params")));
    return named && !request;
}

/* takes: { name: "String", limit: { optional: "Int" } } */
static void add_parameters(struct emitter *e, struct js *entry, struct program_symbol function) {
    const struct symbol *data = symbol_data(function);
    struct js *takes = js_new(e->arena, JS_OBJECT);
    for (uint32_t i = 0; i < data->part_count; i++) {
        if (is_argument(function, i)) {
            const struct symbol *parameter = analysis_symbol(function.file, data->first_part + i);
            add_schema(e, takes, analysis_name(function.file, parameter->name), schema_of_parameter(e, parameter));
        }
    }
    if (takes->list.of.count > 0) {
        js_add(e->arena, &entry->list, js_property(e->arena, STR("takes"), takes));
    }
}

/* What is known of a function: its name, what the source says about it, parameters and result. */
static void add_function(struct emitter *e, struct js *entry, struct program_symbol function, bool result) {
    const struct symbol *data = symbol_data(function);
    uint32_t before = e->file_index;
    enter_file(e, file_index_of(e, function.file));
    add_text(e, entry, "name", analysis_name(function.file, data->name));
    struct str about = node_documentation(e->arena, e->tree, data->node);
    if (about.size > 0) {
        add_text(e, entry, "about", about);
    }
    add_parameters(e, entry, function);
    if (result && data->type != NODE_NONE) {
        add_schema(e, entry, STR("gives"), type_schema(e, data->type));
    }
    enter_file(e, before);
}

static void add_name(struct emitter *e, struct js *list, node_id name) {
    struct js *text = js_string(e->arena, text_of(e, name));
    bool known = name == NODE_NONE;
    for (unsigned i = 0; i < list->list.of.count; i++) {
        known = known || str_equal(list->list.of.items[i]->text, text->text);
    }
    if (!known) {
        js_add(e->arena, &list->list, text);
    }
}

static void add_decorators(struct emitter *e, struct js *conditions, node_id route) {
    NODE_EACH(child, e->tree, route) {
        if (kind_of(e, child) == NODE_ROUTE_DECORATOR) {
            add_name(e, conditions, node_child(e->tree, child, FIELD_NAME));
        }
    }
}

/* What the groups around a route have for all of theirs: middleware, and whether they are to be used no more. */
static bool add_groups(struct emitter *e, struct js *conditions, node_id route) {
    node_id groups[LIMIT_SYNTAX_DEPTH];
    unsigned count = 0;
    for (node_id group = node_ancestor(e->tree, node_parent(e->tree, route), NODE_DIRECTIVE);
         group != NODE_NONE && count < LIMIT_SYNTAX_DEPTH;
         group = node_ancestor(e->tree, node_parent(e->tree, group), NODE_DIRECTIVE)) {
        groups[count++] = group;
    }
    bool deprecated = false;
    while (count-- > 0) {
        node_id group = groups[count];
        NODE_EACH(child, e->tree, group) {
            node_id value = node_next_sibling(e->tree, child);
            bool named = kind_of(e, child) == NODE_IDENTIFIER && node_field(e->tree, value) == FIELD_TYPE;
            deprecated = deprecated || (named && str_equal(text_of(e, child), STR("deprecated")) &&
                                        str_equal(text_of(e, value), STR("true")));
        }
        NODE_EACH(member, e->tree, node_child_of_kind(e->tree, group, NODE_BLOCK)) {
            add_name(e, conditions, node_child(e->tree, middleware_of_group(e, member), FIELD_NAME));
        }
    }
    return deprecated;
}

static void add_list(struct emitter *e, struct js *entry, struct js *conditions) {
    if (conditions->list.of.count > 0) {
        js_add(e->arena, &entry->list, js_property(e->arena, STR("with"), conditions));
    }
}

static void add_conditions(struct emitter *e, struct js *entry, node_id route) {
    struct js *conditions = js_new(e->arena, JS_ARRAY);
    bool deprecated = add_groups(e, conditions, route);
    add_decorators(e, conditions, route);
    add_list(e, entry, conditions);
    if (deprecated) {
        js_add(e->arena, &entry->list, js_property(e->arena, STR("deprecated"), js_literal(e->arena, "true")));
    }
}

/* The endpoint of a function has the conditions of its routes, and not those of their groups. */
static void add_conditions_of_routes(struct emitter *e, struct js *entry, struct program_symbol function) {
    struct js *conditions = js_new(e->arena, JS_ARRAY);
    for (unsigned i = 0; i < e->routes_shown.count; i++) {
        const struct route_shown *route = &e->routes_shown.items[i];
        if (route->function.file == function.file && route->function.symbol == function.symbol) {
            enter_file(e, route->file);
            add_decorators(e, conditions, route->node);
        }
    }
    add_list(e, entry, conditions);
}

static struct js *described_route(struct emitter *e, const struct route_shown *route) {
    enter_file(e, route->file);
    struct js *entry = js_new(e->arena, JS_OBJECT);
    add_text(e, entry, "method", route->method);
    add_text(e, entry, "path", route->path);
    node_id body = node_child(e->tree, route->node, FIELD_BODY_TYPE);
    node_id result = node_child(e->tree, route->node, FIELD_RETURN_TYPE);
    if (route->function.file != NULL) {
        add_function(e, entry, route->function, result == NODE_NONE);
    }
    if (body != NODE_NONE) {
        add_schema(e, entry, STR("body"), type_schema(e, body));
    }
    if (result != NODE_NONE) {
        add_schema(e, entry, STR("gives"), type_schema(e, result));
    }
    add_conditions(e, entry, route->node);
    return entry;
}

static struct js *described_functions(struct emitter *e) {
    struct js *functions = js_new(e->arena, JS_ARRAY);
    for (unsigned m = 0; m < e->members.count && !emitter_stopped(e); m++) {
        struct program_symbol function = endpoint_of_member(e, &e->members.items[m]);
        if (function.file != NULL) {
            struct js *entry = js_new(e->arena, JS_OBJECT);
            add_function(e, entry, function, true);
            add_conditions_of_routes(e, entry, function);
            js_add(e->arena, &functions->list, entry);
        }
    }
    return functions;
}

/* The types that have a schema in this output, by their names. */
static struct js *described_types(struct emitter *e) {
    struct js *types = js_new(e->arena, JS_OBJECT);
    for (unsigned i = 0; i < e->schemas.count; i++) {
        const struct schema *schema = &e->schemas.items[i];
        enter_file(e, schema->file);
        add_schema(e, types, schema->title, schema->name);
    }
    return types;
}

static bool has_own(const struct emitter *e) {
    for (unsigned i = 0; i < e->routes_shown.count; i++) {
        if (str_equal(e->routes_shown.items[i].path, STR("/openapi.json"))) {
            return true;
        }
    }
    return false;
}

/* ---- what stands at /docs already */

/* `/docs`, or one that any path of one name fits. */
static bool route_covers_docs(struct str path) {
    bool varies = path.size > 1 && (path.data[1] == ':' || path.data[1] == '*');
    return str_equal(path, STR("/docs")) || (varies && str_find(path, '/', 1) == path.size);
}

/* `static "/" => …` and `static "/docs" => …`. */
static bool folder_covers_docs(struct emitter *e, const struct member *member) {
    enter_file(e, member->file);
    struct str word = text_of(e, node_child(e->tree, member->core, FIELD_NAME));
    struct str prefix;
    return kind_of(e, member->core) == NODE_DIRECTIVE && str_equal(word, STR("static")) &&
           node_string_value(e->arena, e->tree, node_child_of_kind(e->tree, member->core, NODE_STRING), &prefix) &&
           (str_equal(prefix, STR("/")) || str_equal(prefix, STR("/docs")));
}

static bool docs_are_taken(struct emitter *e) {
    bool taken = false;
    for (unsigned i = 0; i < e->routes_shown.count; i++) {
        taken = taken || route_covers_docs(e->routes_shown.items[i].path);
    }
    for (unsigned i = 0; i < e->members.count; i++) {
        taken = taken || folder_covers_docs(e, &e->members.items[i]);
    }
    for (uint32_t i = 0; i < e->emission->count; i++) {
        const struct output *output = &e->emission->outputs[i];
        bool named = output->kind == OUTPUT_CLIENT && output->block.name != ATOM_NONE;
        taken = taken || (named && str_equal(atom_text(e->program->atoms, output->block.name), STR("docs")));
    }
    return taken;
}

static struct str title_of(struct emitter *e) {
    struct str base = e->emission->base;
    if (e->output->block.name == ATOM_NONE) {
        return base;
    }
    struct str name = atom_text(e->program->atoms, e->output->block.name);
    return arena_printf(e->arena, "%.*s %.*s", STR_ARGUMENTS(base), STR_ARGUMENTS(name));
}

/* What openapi() is given. */
static struct js *program_of(struct emitter *e) {
    struct js *routes = js_new(e->arena, JS_ARRAY);
    for (unsigned i = 0; i < e->routes_shown.count; i++) {
        js_add(e->arena, &routes->list, described_route(e, &e->routes_shown.items[i]));
    }
    struct js *functions = described_functions(e);
    struct js *program = js_new(e->arena, JS_OBJECT);
    add_text(e, program, "title", title_of(e));
    if (docs_are_taken(e)) {
        js_add(e->arena, &program->list, js_property(e->arena, STR("docs"), js_literal(e->arena, "false")));
    }
    if (e->schemas.count > 0) {
        js_add(e->arena, &program->list, js_property(e->arena, STR("types"), described_types(e)));
    }
    js_add(e->arena, &program->list, js_property(e->arena, STR("routes"), routes));
    if (functions->list.of.count > 0) {
        js_add(e->arena, &program->list, js_property(e->arena, STR("functions"), functions));
    }
    return program;
}

void emit_openapi(struct emitter *e) {
    if (e->routes_shown.count == 0 || has_own(e)) {
        return;
    }
    names_next_declaration(e);
    unsigned before = e->statements->of.count;
    struct js *program = program_of(e);
    if (e->statements->of.count > before) {
        e->statements->of.items[before]->flags |= JS_BLANK_BEFORE;
    }
    endpoint_comment(e, STR("GET"), STR("/openapi.json"));
    struct js *feature = js_call1(e->arena, runtime_name(e, RUNTIME_OPENAPI, "openapi"), program);
    add_statement(e, js_expression_statement(e->arena, js_call1(e->arena, server_name(e, USES_FEATURE), feature)));
}

static bool is_schema(const struct emitter *e, const struct js *statement) {
    for (unsigned i = 0; i < e->schemas.count && statement->kind == JS_DECLARE; i++) {
        if (statement->a == e->schemas.items[i].name) {
            return true;
        }
    }
    return false;
}

void emit_description(struct emitter *e) {
    struct js *program = program_of(e);
    unsigned kept = 0;
    for (unsigned i = 0; i < e->statements->of.count; i++) {
        if (is_schema(e, e->statements->of.items[i])) {
            e->statements->of.items[kept++] = e->statements->of.items[i];
        }
    }
    e->statements->of.count = kept;
    runtime_add(&e->output->runtime, RUNTIME_DESCRIBE);
    add_statement(e, js_return(e->arena, program));
}
