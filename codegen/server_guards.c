/* server_guards: what stands around a route: `with auth, role("admin")`, and what a group of routes has for all of them. The
 * conditions of `with` hold for the endpoint of the same function too. */
#include "analysis/guards.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"

/* ---- one condition */

static bool is_named_next(struct program_symbol function, uint32_t index) {
    const struct symbol *parameter = analysis_symbol(function.file, index);
    return str_equal(analysis_name(function.file, parameter->name), STR("next"));
}

/* Does a function of the program call what stands behind it: (req, next)? */
static bool takes_next(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    bool function = data->kind == SYMBOL_FUNCTION || data->kind == SYMBOL_MIDDLEWARE;
    return (data->flags & SYMBOL_NEXT_MIDDLEWARE) != 0 ||
           (function && data->part_count == 2 && is_named_next(symbol, data->first_part + 1));
}

struct js *middleware_guard(struct emitter *e, struct js *function, bool next) {
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_HTTP_MIDDLEWARE, "middleware"), function);
    if (next) {
        struct js *options = js_new(e->arena, JS_OBJECT);
        js_add(e->arena, &options->list, js_property(e->arena, STR("next"), js_literal(e->arena, "true")));
        js_add(e->arena, &call->list, options);
    }
    return call;
}

static void add_arguments(struct emitter *e, struct js *call, node_id arguments) {
    NODE_EACH(argument, e->tree, arguments) {
        if (!node_is_comment(e->tree, argument)) {
            js_add(e->arena, &call->list, lower_expression(e, argument));
        }
    }
}

/* What stands for the name of a condition in the output, and leads back to it. */
static struct js *named_from(struct emitter *e, struct js *name, node_id node) {
    struct js *copy = js_new(e->arena, name->kind);
    *copy = *name;
    copy->place = place_of(e, node);
    copy->place.name = str_equal(name->text, text_of(e, node)) ? STR("") : text_of(e, node);
    return copy;
}

/* A word of the runtime, a function of the program, or one that a function of the program makes. */
static struct js *lower_guard(struct emitter *e, node_id node) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    node_id arguments = node_child(e->tree, node, FIELD_ARGUMENTS);
    struct program_symbol symbol = symbol_at_node(e, name);
    const struct guard *guard = guard_find(text_of(e, name));
    if (symbol.file == NULL && guard == NULL) {
        not_emitted(e, node, "a condition that nothing declares");
        return js_literal(e->arena, "null");
    }
    if (symbol.file == NULL) {
        enum runtime_module module = runtime_module_of(guard->module);
        struct js *call = js_call(e->arena, named_from(e, runtime_name(e, module, guard->function.data), name));
        add_arguments(e, call, arguments);
        return placed(e, call, node);
    }
    struct js *function = named_from(e, symbol_value(e, symbol, name), name);
    if (arguments == NODE_NONE) {
        return placed(e, middleware_guard(e, function, takes_next(symbol)), node);
    }
    struct js *made = js_call(e->arena, function);
    add_arguments(e, made, arguments);
    return placed(e, middleware_guard(e, made, true), node);
}

static struct js *spread(struct emitter *e, struct js *name) {
    struct js *entry = js_new(e->arena, JS_SPREAD);
    entry->a = name;
    return entry;
}

/* ---- groups */

static void add_group_guards(struct emitter *e, const struct route_group *group, struct js *list) {
    if (group != NULL) {
        add_group_guards(e, group->parent, list);
        if (group->guards != NULL) {
            js_add(e->arena, &list->list, spread(e, group->guards));
        }
    }
}

/* ---- routes */

static struct js *conditions_of(struct emitter *e, node_id route) {
    struct js *list = js_new(e->arena, JS_ARRAY);
    NODE_EACH(child, e->tree, route) {
        if (kind_of(e, child) == NODE_ROUTE_DECORATOR) {
            js_add(e->arena, &list->list, lower_guard(e, child));
        }
    }
    return list;
}

/* const get_secret_guards = [auth(), role("admin")]; the endpoint has them too, so that what they count is counted once. */
static struct js *shared_conditions(struct emitter *e, struct program_symbol function, struct js *conditions) {
    struct str name = analysis_name(function.file, symbol_data(function)->name);
    struct str wish = arena_printf(e->arena, "%.*s_guards", STR_ARGUMENTS(name));
    struct js *guards = js_text(e->arena, JS_NAME, fresh_module_text(e, wish));
    struct js *statement = js_declare(e->arena, "const", guards, conditions);
    add_statement(e, statement);
    vec_push(e->arena, &e->guarded, ((struct guarded){function.file, function.symbol, guards}));
    return guards;
}

static struct js *options_with(struct emitter *e, struct js *guards) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &options->list, js_property(e->arena, STR("with"), guards));
    return options;
}

/* [...one] is `one`. */
static struct js *simplified(struct js *list) {
    bool single = list->list.of.count == 1 && list->list.of.items[0]->kind == JS_SPREAD;
    return single ? list->list.of.items[0]->a : list;
}

/* bodyOf(schema), or bodyOf(schema, shaped) where the type is more than data, for `body: T` of a route whose requests have bodies; NULL where any will do. */
static struct js *body_guard(struct emitter *e, node_id type) {
    struct js *schema = type == NODE_NONE ? NULL : type_schema(e, type);
    bool any = schema == NULL || (schema->kind == JS_LITERAL && str_equal(schema->text, STR("\"Any\"")));
    if (any) {
        return NULL;
    }
    struct js *guard = js_call1(e->arena, runtime_name(e, RUNTIME_HTTP_VALIDATE, "bodyOf"), schema);
    if (annotation_needs_shape(e, e->file, type, SHAPE_OF_ARGUMENT)) {
        js_add(e->arena, &guard->list, runtime_name(e, RUNTIME_SHAPES, "shaped"));
    }
    return guard;
}

struct js *route_options(struct emitter *e, node_id route, struct program_symbol function, node_id body) {
    struct js *all = js_new(e->arena, JS_ARRAY);
    add_group_guards(e, e->group, all);
    struct js *conditions = conditions_of(e, route);
    const struct symbol *data = symbol_data(function);
    if (conditions->list.of.count > 0 && data != NULL && (data->flags & SYMBOL_ENDPOINT) != 0) {
        js_add(e->arena, &all->list, spread(e, shared_conditions(e, function, conditions)));
    } else {
        for (unsigned i = 0; i < conditions->list.of.count; i++) {
            js_add(e->arena, &all->list, conditions->list.of.items[i]);
        }
    }
    struct js *guard = body_guard(e, body);
    if (guard != NULL) {
        js_add(e->arena, &all->list, guard);
    }
    return all->list.of.count == 0 ? NULL : options_with(e, simplified(all));
}

struct js *endpoint_options(struct emitter *e, struct program_symbol function) {
    struct js *all = js_new(e->arena, JS_ARRAY);
    for (unsigned i = 0; i < e->guarded.count; i++) {
        if (e->guarded.items[i].file == function.file && e->guarded.items[i].symbol == function.symbol) {
            js_add(e->arena, &all->list, spread(e, e->guarded.items[i].name));
        }
    }
    return all->list.of.count == 0 ? NULL : options_with(e, simplified(all));
}
