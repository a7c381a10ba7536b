/* types: records as classes, variants as constructors, and the functions of `impl`. */
#include "codegen/emitter.h"

/* ---- methods */

static bool has_receiver(const struct emitter *e, node_id function) {
    node_id first = node_first_plain(e->tree, node_child(e->tree, function, FIELD_PARAMETERS));
    return kind_of(e, first) == NODE_PARAMETER && str_equal(text_of(e, parameter_name(e, first)), STR("self"));
}

/* `this` means something else inside of an inner function declaration. */
static bool needs_own_receiver(const struct emitter *e, node_id function) {
    for (node_id n = function + 1; n < e->tree->nodes[function].next; n++) {
        if (kind_of(e, n) == NODE_FUNCTION_DECLARATION) {
            return true;
        }
    }
    return false;
}

static struct js *lower_method(struct emitter *e, node_id node, bool static_words) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    bool receiver = has_receiver(e, node);
    unsigned stand_ins = e->stand_ins.count;
    struct js *self = NULL;
    if (receiver) {
        node_id first = node_first_plain(e->tree, node_child(e->tree, node, FIELD_PARAMETERS));
        struct program_symbol symbol = symbol_at_node(e, parameter_name(e, first));
        if (!needs_own_receiver(e, node) && symbol.file != NULL) {
            vec_push(e->arena, &e->stand_ins,
                     ((struct stand_in){e->file_index, symbol.symbol, js_literal(e->arena, "this")}));
        } else {
            self = js_declare(e->arena, "const", js_name(e->arena, "self"), js_literal(e->arena, "this"));
        }
    }
    struct js *method = lower_function_declaration(e, node, text_of(e, name));
    e->stand_ins.count = stand_ins;
    method->kind = JS_METHOD;
    method->flags |= !receiver && static_words ? (unsigned)JS_IS_STATIC : 0;
    if (self != NULL) {
        js_insert(e->arena, &method->a->list, 0, self);
    }
    return method;
}

static bool has_method(const struct js_list *methods, struct str name) {
    for (unsigned i = 0; i < methods->of.count; i++) {
        if (str_equal(methods->of.items[i]->text, name)) {
            return true;
        }
    }
    return false;
}

static void add_functions(struct emitter *e, node_id body, bool only_missing, bool static_words,
                          struct js_list *methods) {
    NODE_EACH(child, e->tree, body) {
        bool function = kind_of(e, child) == NODE_FUNCTION_DECLARATION;
        if (function && node_child(e->tree, child, FIELD_BODY) != NODE_NONE &&
            !(only_missing && has_method(methods, text_of(e, node_child(e->tree, child, FIELD_NAME))))) {
            js_add(e->arena, methods, lower_method(e, child, static_words));
        }
    }
}

static node_id type_name_in(const struct emitter *e, node_id type) {
    if (kind_of(e, type) == NODE_GENERIC_TYPE) {
        type = node_child(e->tree, type, FIELD_NAME);
    }
    return node_child(e->tree, type, FIELD_NAME);
}

static bool same_symbol(struct program_symbol a, struct program_symbol b) {
    return a.file == b.file && a.symbol == b.symbol;
}

/* The functions that all `impl` blocks of the output give a type; then the defaults of their traits. */
static struct js_list methods_of(struct emitter *e, struct program_symbol type, bool static_words) {
    struct js_list methods = {0};
    uint32_t file = e->file_index;
    for (int pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < e->members.count; i++) {
            const struct member member = e->members.items[i];
            enter_file(e, member.file);
            if (kind_of(e, member.core) != NODE_IMPL_DECLARATION ||
                !same_symbol(symbol_at_node(e, type_name_in(e, node_child(e->tree, member.core, FIELD_TYPE))), type)) {
                continue;
            }
            if (pass == 0) {
                add_functions(e, node_child(e->tree, member.core, FIELD_BODY), false, static_words, &methods);
                continue;
            }
            node_id trait = type_name_in(e, node_child(e->tree, member.core, FIELD_TRAIT));
            struct program_symbol symbol = symbol_at_node(e, trait);
            if (symbol_kind_of(symbol) == SYMBOL_TRAIT) {
                enter_file(e, file_index_of(e, symbol.file));
                node_id declaration = symbol_data(symbol)->node;
                add_functions(e, node_child(e->tree, declaration, FIELD_BODY), true, static_words, &methods);
            }
        }
    }
    enter_file(e, file);
    return methods;
}

/* ---- fields */

static struct js *field_name(struct emitter *e, struct program_symbol type, uint32_t index) {
    const struct symbol *field = analysis_symbol(type.file, index);
    struct str text = analysis_name(type.file, field->name);
    struct js *name = js_text(e->arena, JS_NAME, text);
    if (name_is_reserved(text) || !name_is_plain(text)) {
        name->text =
            fresh_text(e, name_is_plain(text) ? arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(text)) : STR("field"));
    }
    name->place = place_of(e, field->name_node);
    return name;
}

static struct js *field_parameter(struct emitter *e, struct program_symbol type, uint32_t index, struct js *name) {
    node_id value = analysis_symbol(type.file, index)->value;
    if (value == NODE_NONE) {
        return name;
    }
    struct js *parameter = js_new(e->arena, JS_DEFAULTED);
    parameter->a = name;
    parameter->b = lower_expression(e, value);
    return parameter;
}

/* ---- records */

static struct js *constructor_of(struct emitter *e, struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    struct js *constructor = js_text(e->arena, JS_METHOD, STR("constructor"));
    constructor->a = js_block(e->arena);
    for (uint32_t i = 0; i < data->part_count; i++) {
        uint32_t index = data->first_part + i;
        struct js *name = field_name(e, type, index);
        js_add(e->arena, &constructor->list, field_parameter(e, type, index, name));
        struct str text = analysis_name(type.file, analysis_symbol(type.file, index)->name);
        struct js *self = js_literal(e->arena, "this");
        struct js *target =
            name_is_plain(text) ? js_member(e->arena, self, "") : js_index(e->arena, self, js_string(e->arena, text));
        target->text = name_is_plain(text) ? text : STR("");
        struct js *assign = js_assign(e->arena, target, "=", name);
        js_add(e->arena, &constructor->a->list, js_expression_statement(e->arena, assign));
    }
    return constructor;
}

static void lower_record(struct emitter *e, struct program_symbol type, node_id node) {
    struct js *class = js_text(e->arena, JS_CLASS, name_of_symbol(e, type));
    class->place = place_of(e, node_child(e->tree, node, FIELD_NAME));
    js_add(e->arena, &class->list, constructor_of(e, type));
    struct js_list methods = methods_of(e, type, true);
    for (unsigned i = 0; i < methods.of.count; i++) {
        js_add(e->arena, &class->list, methods.of.items[i]);
    }
    add_statement(e, class);
}

/* ---- variants */

static void add_tag(struct emitter *e, struct js *object, struct js *prototype, struct str tag) {
    if (prototype != NULL) {
        js_add(e->arena, &object->list, js_property(e->arena, STR("__proto__"), prototype));
    }
    js_add(e->arena, &object->list, js_property(e->arena, STR("__tag"), js_string(e->arena, tag)));
}

static struct js *variant_value(struct emitter *e, struct program_symbol variant, struct js *prototype) {
    const struct symbol *data = symbol_data(variant);
    struct js *object = js_new(e->arena, JS_OBJECT);
    add_tag(e, object, prototype, analysis_name(variant.file, data->name));
    if (data->part_count == 0) {
        return js_call1(e->arena, js_member(e->arena, global_name(e, "Object"), "freeze"), object);
    }
    struct js *arrow = js_arrow(e->arena, object);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct js *name = field_name(e, variant, i);
        struct str text = analysis_name(variant.file, analysis_symbol(variant.file, i)->name);
        js_add(e->arena, &arrow->list, field_parameter(e, variant, i, name));
        struct js *entry = js_new(e->arena, JS_SHORTHAND);
        entry->a = name;
        bool same = str_equal(name->text, text);
        js_add(e->arena, &object->list, same ? entry : js_property(e->arena, key_text(e, text), name));
    }
    return arrow;
}

/* What `impl` gives a type with variants stands in an object that all its values inherit from. */
static struct js *prototype_of(struct emitter *e, struct program_symbol type) {
    struct js_list methods = methods_of(e, type, false);
    if (methods.of.count == 0) {
        return NULL;
    }
    struct js *object = js_new(e->arena, JS_OBJECT);
    object->list = methods;
    object->flags |= JS_IS_BROKEN;
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, type));
    add_statement(e, js_declare(e->arena, "const", name, object));
    return name;
}

static void lower_variants(struct emitter *e, struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    struct js *prototype = prototype_of(e, type);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct program_symbol variant = {type.file, i};
        struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, variant));
        name->place = place_of(e, symbol_data(variant)->name_node);
        add_statement(e, js_declare(e->arena, "const", name, variant_value(e, variant, prototype)));
    }
}

/* ---- derive [Eq] */

static bool derives_equality(const struct emitter *e, node_id node) {
    NODE_EACH(child, e->tree, node_child(e->tree, node, FIELD_DERIVE)) {
        if (str_equal(text_of(e, child), STR("Eq"))) {
            return true;
        }
    }
    return false;
}

static void lower_equality(struct emitter *e, struct program_symbol type, bool variants) {
    const struct symbol *data = symbol_data(type);
    struct js *call = js_call(e->arena, runtime_name(e, RUNTIME_OPERATORS, "comparable"));
    if (!variants) {
        js_add(e->arena, &call->list, js_text(e->arena, JS_NAME, name_of_symbol(e, type)));
    }
    for (uint32_t i = 0; variants && i < data->part_count; i++) {
        struct str tag = analysis_name(type.file, analysis_symbol(type.file, data->first_part + i)->name);
        js_add(e->arena, &call->list, js_string(e->arena, tag));
    }
    add_statement(e, js_expression_statement(e->arena, call));
}

void lower_type(struct emitter *e, node_id node, bool exported) {
    struct program_symbol type = symbol_at_node(e, node_child(e->tree, node, FIELD_NAME));
    if (symbol_kind_of(type) == SYMBOL_MODEL) {
        type = type_named(e, symbol_data(type)->name);
    }
    const struct symbol *data = symbol_data(type);
    if (symbol_kind_of(type) != SYMBOL_TYPE || data->part_count == 0) {
        return; /* another name of a type: nothing at run time */
    }
    bool variants = analysis_symbol(type.file, data->first_part)->kind == SYMBOL_VARIANT;
    if (variants) {
        lower_variants(e, type);
    } else {
        lower_record(e, type, node);
    }
    if (derives_equality(e, node)) {
        lower_equality(e, type, variants);
    }
}
