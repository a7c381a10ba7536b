/* validation: what comes from outside is checked against the types that the source names, before a function runs. */
#include "codegen/validation.h"

#include "analysis/types.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

static const struct scalar {
    struct str name;
    const char *message;
} scalars[] = {
    {STR_INIT("String"), "must be a string"},
    {STR_INIT("Int"), "must be an integer"},
    {STR_INIT("Float"), "must be a number"},
    {STR_INIT("Bool"), "must be a boolean"},
};

static const struct scalar *scalar_of(const struct syntax_tree *tree, node_id type) {
    for (size_t i = 0; node_kind(tree, type) == NODE_TYPE_NAME && i < sizeof scalars / sizeof *scalars; i++) {
        if (str_equal(node_text(tree, type), scalars[i].name)) {
            return &scalars[i];
        }
    }
    return NULL;
}

/* ---- schemas */

static struct js *schema_of(struct emitter *e, node_id written, unsigned depth);

static struct js *schema_with(struct emitter *e, const char *kind, struct js *value) {
    struct js *object = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &object->list, js_property(e->arena, str_from_c(kind), value));
    return object;
}

static struct js *any_schema(struct emitter *e) { return js_literal(e->arena, "\"Any\""); }

static struct js *schema_list(struct emitter *e, node_id first, unsigned depth) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    for (node_id child = first; child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        js_add(e->arena, &array->list, schema_of(e, child, depth));
    }
    return array;
}

/* A list of a kind and what it says, as schemas have it. */
static struct js *schema_part(struct emitter *e, const char *kind, struct js_list parts) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    array->list = parts;
    return schema_with(e, kind, array);
}

static struct str name_of_rule(const struct emitter *e, node_id rule) {
    bool call = kind_of(e, rule) == NODE_CALL_EXPRESSION;
    return text_of(e, call ? node_child(e->tree, rule, FIELD_FUNCTION) : rule);
}

static bool is_checked_rule(const struct emitter *e, node_id rule) {
    return !node_is_comment(e->tree, rule) && !str_equal(name_of_rule(e, rule), STR("unique"));
}

bool rules_have(const struct emitter *e, node_id rules, struct str name) {
    NODE_EACH(child, e->tree, rules) {
        bool found = str_equal(name_of_rule(e, child), name);
        NODE_EACH(rule, e->tree, kind_of(e, child) == NODE_EXPRESSION_LIST ? child : NODE_NONE) {
            found = found || str_equal(name_of_rule(e, rule), name);
        }
        if (found) {
            return true;
        }
    }
    return false;
}

bool rules_check_something(const struct emitter *e, node_id rules) {
    NODE_EACH(child, e->tree, rules) {
        bool list = kind_of(e, child) == NODE_EXPRESSION_LIST;
        bool found = !list && is_checked_rule(e, child);
        NODE_EACH(rule, e->tree, list ? child : NODE_NONE) { found = found || is_checked_rule(e, rule); }
        if (found) {
            return true;
        }
    }
    return false;
}

/* `min(3, "message")` as ["min", 3, "message"]. */
static void add_rule(struct emitter *e, node_id rule, struct js_list *rules) {
    bool call = kind_of(e, rule) == NODE_CALL_EXPRESSION;
    node_id name = call ? node_child(e->tree, rule, FIELD_FUNCTION) : rule;
    struct js *array = js_new(e->arena, JS_ARRAY);
    js_add(e->arena, &array->list, placed(e, js_string(e->arena, text_of(e, name)), name));
    node_id arguments = call ? node_child(e->tree, rule, FIELD_ARGUMENTS) : NODE_NONE;
    for (node_id argument = node_first_plain(e->tree, arguments); argument != NODE_NONE;
         argument = node_next_plain(e->tree, argument)) {
        js_add(e->arena, &array->list, lower_expression(e, argument));
    }
    js_add(e->arena, rules, array);
}

/* A field's own rules: `name: String { required, minLength(2) }`. */
static struct js *ruled_schema(struct emitter *e, node_id validators, struct js *schema) {
    struct js_list parts = {0};
    js_add(e->arena, &parts, schema);
    NODE_EACH(child, e->tree, validators) {
        if (kind_of(e, child) == NODE_EXPRESSION_LIST) {
            NODE_EACH(rule, e->tree, child) {
                if (is_checked_rule(e, rule)) {
                    add_rule(e, rule, &parts);
                }
            }
        } else if (is_checked_rule(e, child)) {
            add_rule(e, child, &parts);
        }
    }
    return parts.of.count > 1 ? schema_part(e, "ruled", parts) : schema;
}

struct js *field_schema(struct emitter *e, const struct symbol *field) {
    struct js *schema = field->type == NODE_NONE ? any_schema(e) : schema_of(e, field->type, 0);
    return ruled_schema(e, node_child(e->tree, field->node, FIELD_VALIDATORS), schema);
}

/* The schema of the base, the function that knows the condition, and what makes a value of the base for it to see. */
static struct js *refined_schema(struct emitter *e, struct program_symbol type, struct js *base) {
    struct js_list parts = {0};
    if (!type_is_seen(e, type)) {
        return base;
    }
    js_add(e->arena, &parts, base);
    js_add(e->arena, &parts, symbol_value(e, type, symbol_data(type)->name_node));
    if (annotation_needs_shape(e, type.file, symbol_data(type)->type, SHAPE_OF_ARGUMENT)) {
        js_add(e->arena, &parts, runtime_name(e, RUNTIME_SHAPES, "shaped"));
    }
    return schema_part(e, "refined", parts);
}

static struct js *fields_schema(struct emitter *e, struct program_symbol owner, unsigned depth) {
    const struct symbol *data = symbol_data(owner);
    struct js *object = js_new(e->arena, JS_OBJECT);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        const struct symbol *field = analysis_symbol(owner.file, i);
        struct js *schema = field->type == NODE_NONE ? any_schema(e) : schema_of(e, field->type, depth);
        schema = ruled_schema(e, node_child(e->tree, field->node, FIELD_VALIDATORS), schema);
        if (field->value != NODE_NONE) {
            schema = schema_with(e, "optional", schema);
        }
        struct str name = analysis_name(owner.file, field->name);
        js_add(e->arena, &object->list, js_property(e->arena, key_text(e, name), schema));
    }
    return object;
}

static struct js *variants_schema(struct emitter *e, struct program_symbol type, unsigned depth) {
    const struct symbol *data = symbol_data(type);
    struct js *object = js_new(e->arena, JS_OBJECT);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct program_symbol variant = {type.file, i};
        struct str name = analysis_name(type.file, symbol_data(variant)->name);
        js_add(e->arena, &object->list, js_property(e->arena, name, fields_schema(e, variant, depth)));
    }
    return object;
}

/* ---- declared types */

/* Types whose arguments grow with each use, as `next: Grow<[T]>?`, have no end: from there on anything passes. */
enum { MAXIMUM_NESTED = 3, MAXIMUM_INSTANCES = 64 };

static struct js *schema_itself(struct js *schema) {
    return schema->kind == JS_ARROW && schema->a != NULL && schema->list.of.count == 0 ? schema->a : schema;
}

static bool schemas_equal(const struct js_list *left, const struct js_list *right, unsigned depth);

static bool schema_equal(struct js *left, struct js *right, unsigned depth) {
    left = schema_itself(left);
    right = schema_itself(right);
    return left == right || (depth < MAXIMUM_INSTANCES && left->kind == right->kind && str_equal(left->text, right->text) &&
                             left->a == NULL && right->a == NULL && (left->b == NULL) == (right->b == NULL) &&
                             (left->b == NULL || schema_equal(left->b, right->b, depth + 1)) &&
                             schemas_equal(&left->list, &right->list, depth + 1));
}

static bool schemas_equal(const struct js_list *left, const struct js_list *right, unsigned depth) {
    bool equal = left->of.count == right->of.count;
    for (unsigned i = 0; equal && i < left->of.count; i++) {
        equal = schema_equal(left->of.items[i], right->of.items[i], depth);
    }
    return equal;
}

static struct schema *known_schema(struct emitter *e, uint32_t file, uint32_t symbol, const struct js_list *arguments) {
    for (unsigned i = 0; i < e->schemas.count; i++) {
        struct schema *schema = &e->schemas.items[i];
        if (schema->file == file && schema->symbol == symbol && schemas_equal(&schema->arguments, arguments, 0)) {
            return schema;
        }
    }
    return NULL;
}

static bool has_too_many(const struct emitter *e, uint32_t file, uint32_t symbol) {
    unsigned all = 0, unfinished = 0;
    for (unsigned i = 0; i < e->schemas.count; i++) {
        const struct schema *schema = &e->schemas.items[i];
        bool same = schema->file == file && schema->symbol == symbol;
        all += same;
        unfinished += same && !schema->whole;
    }
    return unfinished >= MAXIMUM_NESTED || all >= MAXIMUM_INSTANCES;
}

/* `PageOfInt`; where an argument has no name, or another type is called so, with a number. */
static struct str title_of_schema(struct emitter *e, struct str name, const struct js_list *arguments) {
    struct str title = name;
    for (unsigned i = 0; i < arguments->of.count; i++) {
        struct js *argument = schema_itself(arguments->of.items[i]);
        struct str word = argument->kind == JS_LITERAL ? str_slice(argument->text, 1, argument->text.size - 1) : (struct str){0};
        for (unsigned k = 0; argument->kind == JS_NAME && k < e->schemas.count; k++) {
            word = e->schemas.items[k].name == argument ? e->schemas.items[k].title : word;
        }
        const char *glue = word.size == 0 ? "" : i == 0 ? "Of" : "And";
        title = arena_printf(e->arena, "%.*s%s%.*s", STR_ARGUMENTS(title), glue, STR_ARGUMENTS(word));
    }
    unsigned alike = 0;
    for (unsigned i = 0; arguments->of.count > 0 && i < e->schemas.count; i++) {
        alike += str_starts_with(e->schemas.items[i].title, title);
    }
    return alike > 0 ? arena_printf(e->arena, "%.*s%u", STR_ARGUMENTS(title), alike + 1) : title;
}

/* What a type parameter stands for in the type that is lowered; anything, in others. */
static struct js *parameter_schema(struct emitter *e, struct program_symbol parameter) {
    const struct schema *made = e->schema_made > 0 ? &e->schemas.items[e->schema_made - 1] : NULL;
    if (made == NULL || made->file != file_index_of(e, parameter.file)) {
        return any_schema(e);
    }
    const struct syntax_tree *tree = parameter.file->tree;
    node_id declaration = analysis_symbol(parameter.file, made->symbol)->node;
    unsigned at = 0;
    NODE_EACH(child, tree, node_child(tree, declaration, FIELD_TYPE_PARAMETERS)) {
        if (child == symbol_data(parameter)->node) {
            return at < made->arguments.of.count ? made->arguments.of.items[at] : any_schema(e);
        }
        at += node_kind(tree, child) == NODE_TYPE_PARAMETER;
    }
    return any_schema(e);
}

static void add_maker(struct emitter *e, struct js *schema, struct program_symbol type, bool class) {
    if (type_is_made(e, type)) {
        struct js *make = class ? shape_maker(e, type, true) : shape_makers(e, type);
        js_add(e->arena, &schema->list, js_property(e->arena, STR("make"), make));
    }
}

/* What its fields, its variants or what it stands for say. */
static struct js *schema_of_declaration(struct emitter *e, struct program_symbol type, unsigned depth) {
    const struct symbol *data = symbol_data(type);
    struct js *value;
    if (data->part_count == 0) {
        value = data->type == NODE_NONE ? any_schema(e) : schema_of(e, data->type, depth + 1);
        value = type_is_refined(type) ? refined_schema(e, type, value) : value;
    } else if (analysis_symbol(type.file, data->first_part)->kind == SYMBOL_VARIANT) {
        value = schema_with(e, "variants", variants_schema(e, type, depth + 1));
        add_maker(e, value, type, false);
    } else {
        value = schema_with(e, "record", fields_schema(e, type, depth + 1));
        add_maker(e, value, type, true);
    }
    return value;
}

/*
 * A declared type has one schema, a constant of the output, for each list of arguments that it is used with; a type that
 * contains itself refers to it by a function.
 */
static struct js *declared_schema(struct emitter *e, struct program_symbol type, struct js_list arguments, unsigned depth) {
    uint32_t file = file_index_of(e, type.file);
    struct schema *known = known_schema(e, file, type.symbol, &arguments);
    if (known != NULL) {
        return known->whole ? known->name : js_arrow(e->arena, known->name);
    }
    if (has_too_many(e, file, type.symbol)) {
        return any_schema(e);
    }
    struct str title = title_of_schema(e, analysis_name(type.file, symbol_data(type)->name), &arguments);
    struct str wish = arena_printf(e->arena, "%.*sSchema", STR_ARGUMENTS(title));
    struct js *name = js_text(e->arena, JS_NAME, fresh_module_text(e, wish));
    unsigned index = e->schemas.count, made_before = e->schema_made;
    vec_push(e->arena, &e->schemas, ((struct schema){file, type.symbol, name, false, arguments, title}));
    uint32_t before = e->file_index;
    enter_file(e, file);
    e->schema_made = index + 1;
    struct js *value = schema_of_declaration(e, type, depth);
    e->schema_made = made_before;
    enter_file(e, before);
    e->schemas.items[index].whole = true;
    add_statement(e, js_declare(e->arena, "const", name, value));
    return name;
}

static bool is_unary_generic(struct str name) {
    return str_equal(name, STR("List")) || str_equal(name, STR("Array")) || str_equal(name, STR("Option"));
}

/* The type that is meant, for a model the one that it is of. */
static struct program_symbol type_meant(struct emitter *e, node_id name) {
    struct program_symbol symbol = symbol_at_node(e, node_child(e->tree, name, FIELD_NAME));
    return symbol_kind_of(symbol) == SYMBOL_MODEL ? type_named(e, symbol_data(symbol)->name) : symbol;
}

static struct js *generic_schema(struct emitter *e, node_id type, unsigned depth) {
    struct str name = text_of(e, node_child(e->tree, type, FIELD_NAME));
    node_id argument = node_child(e->tree, type, FIELD_ARGUMENT);
    struct program_symbol meant = type_meant(e, node_child(e->tree, type, FIELD_NAME));
    if (symbol_kind_of(meant) == SYMBOL_TYPE) {
        struct js_list arguments = {0};
        for (; argument != NODE_NONE; argument = node_next_same_field(e->tree, argument)) {
            js_add(e->arena, &arguments, schema_of(e, argument, depth));
        }
        return declared_schema(e, meant, arguments, depth);
    }
    node_id second = node_next_same_field(e->tree, argument);
    if (str_equal(name, STR("Map")) && second != NODE_NONE) {
        struct js_list parts = {0};
        js_add(e->arena, &parts, schema_of(e, argument, depth));
        js_add(e->arena, &parts, schema_of(e, second, depth));
        return schema_part(e, "map", parts);
    }
    if (is_unary_generic(name) && argument != NODE_NONE) {
        bool option = str_equal(name, STR("Option"));
        return schema_with(e, option ? "option" : "list", schema_of(e, argument, depth));
    }
    if (str_equal(name, STR("Result"))) {
        struct js *variants = js_new(e->arena, JS_OBJECT);
        struct js *ok = argument == NODE_NONE ? any_schema(e) : schema_of(e, argument, depth);
        struct js *err = second == NODE_NONE ? any_schema(e) : schema_of(e, second, depth);
        js_add(e->arena, &variants->list, js_property(e->arena, STR("Ok"), schema_with(e, "value", ok)));
        js_add(e->arena, &variants->list, js_property(e->arena, STR("Err"), schema_with(e, "error", err)));
        return schema_with(e, "variants", variants);
    }
    return any_schema(e);
}

static struct js *name_schema(struct emitter *e, node_id type, unsigned depth) {
    const struct scalar *scalar = scalar_of(e->tree, type);
    if (scalar != NULL) {
        return js_string(e->arena, scalar->name);
    }
    struct program_symbol symbol = type_meant(e, type);
    if (symbol_kind_of(symbol) == SYMBOL_TYPE_PARAMETER) {
        return parameter_schema(e, symbol);
    }
    return symbol_kind_of(symbol) == SYMBOL_TYPE ? declared_schema(e, symbol, (struct js_list){0}, depth) : any_schema(e);
}

static struct js *record_schema(struct emitter *e, node_id type, unsigned depth) {
    struct js *fields = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, type) {
        if (kind_of(e, child) == NODE_RECORD_FIELD) {
            struct str name = text_of(e, node_child(e->tree, child, FIELD_NAME));
            struct js *schema = schema_of(e, node_child(e->tree, child, FIELD_TYPE), depth);
            js_add(e->arena, &fields->list, js_property(e->arena, key_text(e, name), schema));
        }
    }
    return schema_with(e, "record", fields);
}

static struct js *schema_of(struct emitter *e, node_id written, unsigned depth) {
    node_id type = types_bare(e->tree, written);
    if (depth > LIMIT_SYNTAX_DEPTH) {
        return any_schema(e);
    }
    depth++;
    switch ((int)kind_of(e, type)) {
    case NODE_TYPE_NAME:
        return name_schema(e, type, depth);
    case NODE_GENERIC_TYPE:
        return generic_schema(e, type, depth);
    case NODE_LIST_TYPE:
        return schema_with(e, "list", schema_of(e, node_child(e->tree, type, FIELD_ELEMENT), depth));
    case NODE_OPTIONAL_TYPE:
        return schema_with(e, "optional", schema_of(e, node_first_plain(e->tree, type), depth));
    case NODE_TUPLE_TYPE:
        return schema_with(e, "tuple", schema_list(e, node_first_plain(e->tree, type), depth));
    case NODE_UNION_TYPE:
        return schema_with(e, "union", schema_list(e, node_first_plain(e->tree, type), depth));
    case NODE_RECORD_TYPE:
        return record_schema(e, type, depth);
    default:
        return any_schema(e);
    }
}

struct js *type_schema(struct emitter *e, node_id type) { return schema_of(e, type, 0); }

/* ---- checks */

static struct js *push_error(struct emitter *e, struct js *errors, struct str name, const char *what) {
    struct str message = arena_printf(e->arena, "%.*s %s", STR_ARGUMENTS(name), what);
    struct js *push = js_member(e->arena, errors, "push");
    return js_expression_statement(e->arena, js_call1(e->arena, push, js_string(e->arena, message)));
}

static struct js *scalar_fails(struct emitter *e, const struct scalar *scalar, struct js *value) {
    if (str_equal(scalar->name, STR("Int"))) {
        struct js *is_integer = js_member(e->arena, global_name(e, "Number"), "isSafeInteger");
        return js_unary(e->arena, "!", js_call1(e->arena, is_integer, value));
    }
    const char *type = str_equal(scalar->name, STR("String"))  ? "\"string\""
                       : str_equal(scalar->name, STR("Float")) ? "\"number\""
                                                               : "\"boolean\"";
    return js_binary(e->arena, js_unary(e->arena, "typeof", value), "!==", js_literal(e->arena, type));
}

static struct js *short_if(struct emitter *e, struct js *condition, struct js *statement, struct js *otherwise) {
    struct js *node = js_if(e->arena, condition, statement, otherwise);
    node->flags |= JS_IS_SHORT;
    return node;
}

static void check_scalar(struct emitter *e, const struct scalar *scalar, struct js *errors, struct str name,
                         struct js *value, bool has_default) {
    struct js *nothing = js_literal(e->arena, "undefined");
    struct js *fails = scalar_fails(e, scalar, value);
    struct js *wrong = push_error(e, errors, name, scalar->message);
    if (has_default) {
        struct js *given = js_binary(e->arena, value, "!==", nothing);
        add_statement(e, short_if(e, js_binary(e->arena, given, "&&", fails), wrong, NULL));
        return;
    }
    struct js *missing = js_binary(e->arena, js_binary(e->arena, value, "===", nothing), "||",
                                   js_binary(e->arena, value, "===", js_literal(e->arena, "null")));
    add_statement(e, short_if(e, missing, push_error(e, errors, name, "is required"), short_if(e, fails, wrong, NULL)));
}

static void check_schema(struct emitter *e, struct js *schema, struct js *errors, struct str name, struct js *value,
                         bool has_default) {
    if (schema->kind == JS_LITERAL && str_equal(schema->text, STR("\"Any\""))) {
        return;
    }
    struct js *call =
        js_call2(e->arena, runtime_name(e, RUNTIME_SERVER, "checkType"), errors, js_string(e->arena, name));
    js_add(e->arena, &call->list, value);
    js_add(e->arena, &call->list, schema);
    struct js *check = js_expression_statement(e->arena, call);
    if (has_default) {
        struct js *given = js_binary(e->arena, value, "!==", js_literal(e->arena, "undefined"));
        check = short_if(e, given, check, NULL);
    }
    add_statement(e, check);
}

/* ---- what an argument has to be */

/* By the annotation of its parameter, or by what a route's `body: T` says of it: of all of it, or of a field. */
struct argument_type {
    uint32_t file;
    node_id type;
    const struct symbol *field; /* which has rules of its own, or NULL */
};

static struct program_symbol field_of_type(struct emitter *e, node_id type, struct str name) {
    struct program_symbol owner = symbol_at_node(e, node_child(e->tree, type, FIELD_NAME));
    if (symbol_kind_of(owner) == SYMBOL_MODEL) {
        owner = type_named(e, symbol_data(owner)->name);
    }
    const struct symbol *data = type_is_record(owner) ? symbol_data(owner) : NULL;
    for (uint32_t i = 0; data != NULL && i < data->part_count; i++) {
        struct program_symbol field = {owner.file, data->first_part + i};
        if (str_equal(analysis_name(field.file, symbol_data(field)->name), name)) {
            return field;
        }
    }
    return (struct program_symbol){NULL, 0};
}

/* What a route says of a parameter that says nothing itself; in no file where it does not. */
static struct argument_type type_by_route(struct emitter *e, const struct route_shown *route, struct str name) {
    struct argument_type none = {route->file, NODE_NONE, NULL};
    enter_file(e, route->file);
    node_id body = node_child(e->tree, route->node, FIELD_BODY_TYPE);
    if (body == NODE_NONE || !method_has_body(route->method) || path_has_parameter(route->path, name)) {
        return none;
    }
    if (str_equal(name, STR("body"))) {
        return (struct argument_type){route->file, body, NULL};
    }
    struct program_symbol field = kind_of(e, body) == NODE_TYPE_NAME ? field_of_type(e, body, name)
                                                                     : (struct program_symbol){NULL, 0};
    const struct symbol *data = symbol_data(field);
    return data == NULL ? none : (struct argument_type){file_index_of(e, field.file), data->type, data};
}

static struct argument_type type_by_routes(struct emitter *e, struct program_symbol function, struct str name) {
    struct argument_type found = {0, NODE_NONE, NULL};
    uint32_t before = e->file_index;
    for (unsigned i = 0; i < e->routes_shown.count && found.type == NODE_NONE; i++) {
        const struct route_shown *route = &e->routes_shown.items[i];
        if (route->function.file == function.file && route->function.symbol == function.symbol) {
            found = type_by_route(e, route, name);
        }
    }
    enter_file(e, before);
    return found;
}

/* Its type is NODE_NONE where there is nothing to check: in a type that takes anything. */
static struct argument_type argument_type(struct emitter *e, struct program_symbol parameter,
                                          struct program_symbol endpoint) {
    const struct symbol *data = symbol_data(parameter);
    struct argument_type type = {file_index_of(e, parameter.file), data->type, NULL};
    if (type.type == NODE_NONE && endpoint.file != NULL && node_kind(parameter.file->tree, data->name_node) == NODE_IDENTIFIER) {
        type = type_by_routes(e, endpoint, analysis_name(parameter.file, data->name));
    }
    bool rest = (data->flags & SYMBOL_REST) != 0 && node_kind(parameter.file->tree, data->type) != NODE_LIST_TYPE;
    bool any = type.type == NODE_NONE || rest ||
               str_equal(node_text(e->program->files[type.file]->tree, type.type), STR("Any"));
    return any ? (struct argument_type){0, NODE_NONE, NULL} : type;
}

/* Its schema; constants that this needs go to `top`. */
static struct js *argument_schema(struct emitter *e, const struct argument_type *type, struct js_list *top) {
    uint32_t before = e->file_index;
    enter_file(e, type->file);
    struct js_list *outside = redirect(e, top);
    struct js *schema = type->field == NULL ? schema_of(e, type->type, 0) : field_schema(e, type->field);
    if (type->field != NULL && type->field->value != NODE_NONE) {
        schema = schema_with(e, "optional", schema);
    }
    redirect(e, outside);
    enter_file(e, before);
    return schema;
}

static void refuse(struct emitter *e, struct js *errors) {
    struct js *body = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &body->list, js_property(e->arena, STR("error"), js_literal(e->arena, "\"Validation failed\"")));
    js_add(e->arena, &body->list, js_property(e->arena, STR("details"), errors));
    struct js *options = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &options->list, js_property(e->arena, STR("status"), js_literal(e->arena, "400")));
    struct js *block = js_block(e->arena);
    js_add(e->arena, &block->list, js_return(e->arena, response_json(e, body, options)));
    struct js *some = js_binary(e->arena, js_member(e->arena, errors, "length"), ">", js_literal(e->arena, "0"));
    add_statement(e, js_if(e->arena, some, block, NULL));
}

void lower_validation(struct emitter *e, struct program_symbol function, struct program_symbol endpoint,
                      struct js *const *names, struct js_list *top) {
    const struct symbol *data = symbol_data(function);
    struct js *errors = js_name(e->arena, "__validationErrors");
    unsigned mark = e->statements->of.count;
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct program_symbol parameter = {function.file, data->first_part + i};
        struct argument_type type = argument_type(e, parameter, endpoint);
        if (type.type == NODE_NONE) {
            continue;
        }
        const struct scalar *scalar = type.field == NULL ? scalar_of(e->program->files[type.file]->tree, type.type) : NULL;
        bool has_default = (symbol_data(parameter)->flags & SYMBOL_HAS_DEFAULT) != 0;
        struct str name = analysis_name(function.file, symbol_data(parameter)->name);
        if (scalar != NULL) {
            check_scalar(e, scalar, errors, name, names[i], has_default);
        } else {
            check_schema(e, argument_schema(e, &type, top), errors, name, names[i], has_default);
        }
    }
    if (e->statements->of.count > mark) {
        js_insert(e->arena, e->statements, mark, js_declare(e->arena, "const", errors, js_new(e->arena, JS_ARRAY)));
        refuse(e, errors);
    }
}

/* ---- values of types */

void shape_arguments(struct emitter *e, struct program_symbol function, struct program_symbol endpoint, struct js **names,
                     struct js_list *top) {
    const struct symbol *data = symbol_data(function);
    for (uint32_t i = 0; i < data->part_count; i++) {
        struct program_symbol parameter = {function.file, data->first_part + i};
        struct argument_type type = argument_type(e, parameter, endpoint);
        if (type.type == NODE_NONE ||
            !annotation_needs_shape(e, e->program->files[type.file], type.type, SHAPE_OF_ARGUMENT)) {
            continue;
        }
        struct js *schema = argument_schema(e, &type, top);
        if ((symbol_data(parameter)->flags & SYMBOL_HAS_DEFAULT) != 0) {
            schema = schema_with(e, "optional", schema);
        }
        names[i] = js_call2(e->arena, runtime_name(e, RUNTIME_SHAPES, "shaped"), names[i], schema);
    }
}
