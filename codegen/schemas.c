/* schemas: types as they are written, in whichever file, to schemas. A declared type has one constant of the output. */
#include "codegen/schemas.h"

#include "analysis/types.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/rules.h"
#include "codegen/schema_parts.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

/* ---- types of the language */

static const struct scalar_type scalars[] = {
    {STR_INIT("String"), "String", "must be a string"},
    {STR_INIT("Int"), "Int", "must be an integer"},
    {STR_INIT("Float"), "Float", "must be a number"},
    {STR_INIT("Number"), "Float", "must be a number"},
    {STR_INIT("Bool"), "Bool", "must be a boolean"},
};

const struct scalar_type *scalar_type_of(const struct syntax_tree *tree, node_id type) {
    for (size_t i = 0; node_kind(tree, type) == NODE_TYPE_NAME && i < sizeof scalars / sizeof *scalars; i++) {
        if (str_equal(node_text(tree, type), scalars[i].name)) {
            return &scalars[i];
        }
    }
    return NULL;
}

/* Others that a name alone says; nobody can send a function. */
static const struct {
    struct str name;
    const char *schema;
} words[] = {
    {STR_INIT("Date"), "\"Date\""}, {STR_INIT("Function"), "\"Nil\""},  {STR_INIT("Nil"), "\"Nil\""},
    {STR_INIT("null"), "\"Nil\""},  {STR_INIT("undefined"), "\"Nil\""},
};

/* ---- schemas */

struct js *schema_with(struct emitter *e, const char *kind, struct js *value) {
    struct js *object = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &object->list, js_property(e->arena, str_from_c(kind), value));
    return object;
}

struct js *schema_any(struct emitter *e) {
    return js_literal(e->arena, "\"Any\"");
}

bool schema_is_any(const struct js *schema) {
    return schema->kind == JS_LITERAL && str_equal(schema->text, STR("\"Any\""));
}

static struct js *schema_list(struct emitter *e, node_id first, unsigned depth) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    for (node_id child = first; child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        js_add(e->arena, &array->list, schema_of(e, child, depth));
    }
    return array;
}

/* A list of a kind and what it says, as schemas have it. */
struct js *schema_part(struct emitter *e, const char *kind, struct js_list parts) {
    struct js *array = js_new(e->arena, JS_ARRAY);
    array->list = parts;
    return schema_with(e, kind, array);
}

/* A field's own rules: `name: String { required, minLength(2) }`. */
static struct js *ruled_schema(struct emitter *e, node_id validators, struct js *schema) {
    struct js_list parts = {0};
    js_add(e->arena, &parts, schema);
    rules_add(e, validators, &parts);
    return parts.of.count > 1 ? schema_part(e, "ruled", parts) : schema;
}

struct js *field_schema(struct emitter *e, const struct symbol *field) {
    struct js *schema = field->type == NODE_NONE ? schema_any(e) : schema_of(e, field->type, 0);
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
        struct js *schema = field->type == NODE_NONE ? schema_any(e) : schema_of(e, field->type, depth);
        schema = ruled_schema(e, node_child(e->tree, field->node, FIELD_VALIDATORS), schema);
        schema = field->value != NODE_NONE ? optional_schema(e, schema) : schema;
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

bool schema_equal(struct js *left, struct js *right, unsigned depth) {
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
        return schema_any(e);
    }
    const struct syntax_tree *tree = parameter.file->tree;
    node_id declaration = analysis_symbol(parameter.file, made->symbol)->node;
    unsigned at = 0;
    NODE_EACH(child, tree, node_child(tree, declaration, FIELD_TYPE_PARAMETERS)) {
        if (child == symbol_data(parameter)->node) {
            return at < made->arguments.of.count ? made->arguments.of.items[at] : schema_any(e);
        }
        at += node_kind(tree, child) == NODE_TYPE_PARAMETER;
    }
    return schema_any(e);
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
        value = data->type == NODE_NONE ? schema_any(e) : schema_of(e, data->type, depth + 1);
        value = type_is_refined(type) ? refined_schema(e, type, value) : value;
    } else if (analysis_symbol(type.file, data->first_part)->kind == SYMBOL_VARIANT) {
        value = schema_with(e, "variants", variants_schema(e, type, depth + 1));
        add_maker(e, value, type, false);
        value = schema_or_texts(e, data->type, value);
    } else {
        value = schema_with(e, "record", fields_schema(e, type, depth + 1));
        add_maker(e, value, type, true);
    }
    return value;
}

/* Does it say of a value that it is one of what the constant of this index says, of that same value? `type A = A | Int` does. */
static bool schema_reaches(struct emitter *e, struct js *schema, uint32_t sought) {
    static const struct str within[] = {STR_INIT("optional"), STR_INIT("option"), STR_INIT("union"), STR_INIT("refined"),
                                        STR_INIT("ruled")};
    schema = schema_itself(schema);
    for (uint32_t i = 0; schema->kind == JS_NAME && i < e->schemas.count; i++) {
        struct schema *named = &e->schemas.items[i];
        if (named->name == schema) {
            bool first = named->value != NULL && named->asked != sought + 1;
            named->asked = sought + 1;
            return i == sought || (first && schema_reaches(e, named->value, sought));
        }
    }
    const struct js *first = schema->kind == JS_OBJECT && schema->list.of.count > 0 ? schema->list.of.items[0] : NULL;
    size_t kind = 0;
    while (first != NULL && kind < sizeof within / sizeof *within && !str_equal(first->text, within[kind])) {
        kind++;
    }
    if (first == NULL || kind == sizeof within / sizeof *within) {
        return false;
    }
    bool list = first->b->kind == JS_ARRAY;
    bool reaches = !list && schema_reaches(e, first->b, sought);
    for (unsigned i = 0; list && i < first->b->list.of.count && !reaches; i++) {
        reaches = schema_reaches(e, first->b->list.of.items[i], sought);
    }
    return reaches;
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
        return schema_any(e);
    }
    struct str title = title_of_schema(e, analysis_name(type.file, symbol_data(type)->name), &arguments);
    struct str wish = arena_printf(e->arena, "%.*sSchema", STR_ARGUMENTS(title));
    struct js *name = js_text(e->arena, JS_NAME, fresh_module_text(e, wish));
    unsigned index = e->schemas.count, made_before = e->schema_made;
    vec_push(e->arena, &e->schemas, ((struct schema){.file = file, .symbol = type.symbol, .name = name, .arguments = arguments, .title = title}));
    uint32_t before = e->file_index;
    enter_file(e, file);
    e->schema_made = index + 1;
    struct js *value = schema_of_declaration(e, type, depth);
    e->schema_made = made_before;
    enter_file(e, before);
    value = schema_reaches(e, value, index) ? schema_any(e) : value;
    e->schemas.items[index].value = value;
    e->schemas.items[index].whole = true;
    add_statement(e, js_declare(e->arena, "const", name, value));
    return name;
}

/* Types of one argument, and the kinds of schema that they are. */
static const struct {
    struct str name;
    const char *kind;
} unary_generics[] = {
    {STR_INIT("List"), "list"}, {STR_INIT("Array"), "list"}, {STR_INIT("Set"), "set"}, {STR_INIT("Option"), "option"}};

static const char *unary_kind(struct str name) {
    for (size_t i = 0; i < sizeof unary_generics / sizeof *unary_generics; i++) {
        if (str_equal(name, unary_generics[i].name)) {
            return unary_generics[i].kind;
        }
    }
    return NULL;
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
    if (unary_kind(name) != NULL && argument != NODE_NONE) {
        return schema_with(e, unary_kind(name), schema_of(e, argument, depth));
    }
    if (str_equal(name, STR("Result"))) {
        struct js *variants = js_new(e->arena, JS_OBJECT);
        struct js *ok = argument == NODE_NONE ? schema_any(e) : schema_of(e, argument, depth);
        struct js *err = second == NODE_NONE ? schema_any(e) : schema_of(e, second, depth);
        js_add(e->arena, &variants->list, js_property(e->arena, STR("Ok"), schema_with(e, "value", ok)));
        js_add(e->arena, &variants->list, js_property(e->arena, STR("Err"), schema_with(e, "error", err)));
        return schema_with(e, "variants", variants);
    }
    return schema_any(e);
}

/* A type of the language without the arguments that it may have. */
static struct js *word_schema(struct emitter *e, struct str name) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(name, words[i].name)) {
            return js_literal(e->arena, words[i].schema);
        }
    }
    if (str_equal(name, STR("Map"))) {
        struct js_list parts = {0};
        js_add(e->arena, &parts, schema_any(e));
        js_add(e->arena, &parts, schema_any(e));
        return schema_part(e, "map", parts);
    }
    if (str_equal(name, STR("Record"))) {
        return schema_with(e, "record", js_new(e->arena, JS_OBJECT));
    }
    return unary_kind(name) != NULL ? schema_with(e, unary_kind(name), schema_any(e)) : schema_any(e);
}

static struct js *name_schema(struct emitter *e, node_id type, unsigned depth) {
    const struct scalar_type *scalar = scalar_type_of(e->tree, type);
    if (scalar != NULL) {
        return js_string(e->arena, str_from_c(scalar->schema));
    }
    struct program_symbol symbol = type_meant(e, type);
    if (symbol_kind_of(symbol) == SYMBOL_TYPE_PARAMETER) {
        return parameter_schema(e, symbol);
    }
    if (symbol_kind_of(symbol) == SYMBOL_TYPE) {
        return declared_schema(e, symbol, (struct js_list){0}, depth);
    }
    return symbol.file == NULL ? word_schema(e, text_of(e, type)) : schema_any(e);
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

/* ---- all */

struct js *schema_of(struct emitter *e, node_id written, unsigned depth) {
    node_id type = types_bare(e->tree, written);
    if (depth > LIMIT_SYNTAX_DEPTH) {
        return schema_any(e);
    }
    depth++;
    switch ((int)kind_of(e, type)) {
    case NODE_TYPE_NAME:
        return name_schema(e, type, depth);
    case NODE_GENERIC_TYPE:
        return generic_schema(e, type, depth);
    case NODE_LIST_TYPE:
        return schema_with(e, "list", schema_of(e, node_child(e->tree, type, FIELD_ELEMENT), depth));
    case NODE_TUPLE_TYPE:
        return schema_with(e, "tuple", schema_list(e, node_first_plain(e->tree, type), depth));
    case NODE_OPTIONAL_TYPE:
    case NODE_UNION_TYPE:
        return schema_of_union(e, type, depth);
    case NODE_RECORD_TYPE:
        return record_schema(e, type, depth);
    case NODE_STRING:
        return schema_of_literal(e, type);
    case NODE_FUNCTION_TYPE:
        return js_literal(e->arena, "\"Nil\""); /* nobody can send one */
    default:
        return schema_any(e);
    }
}

struct js *type_schema(struct emitter *e, node_id type) { return schema_of(e, type, 0); }

struct js *optional_schema(struct emitter *e, struct js *schema) {
    const struct js *first = schema->kind == JS_OBJECT && schema->list.of.count > 0 ? schema->list.of.items[0] : NULL;
    bool known = schema_is_any(schema) || (first != NULL && str_equal(first->text, STR("optional")));
    return known ? schema : schema_with(e, "optional", schema);
}
