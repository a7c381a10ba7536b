/* types: records as classes, variants as constructors, and the functions of `impl`. */
#include "codegen/types.h"

#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"

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

/* `self` of a function of a trait that does not name it among its parameters; nothing when it is not used. */
static struct program_symbol implied_self(const struct emitter *e, node_id function) {
    for (node_id n = function; n < e->tree->nodes[function].next; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        const struct symbol *symbol = binding == NULL ? NULL : analysis_symbol(e->file, binding->symbol);
        if (symbol != NULL && symbol->kind == SYMBOL_PARAMETER && symbol->node == function) {
            return (struct program_symbol){e->file, binding->symbol};
        }
    }
    return (struct program_symbol){NULL, 0};
}

static struct program_symbol receiver_of(const struct emitter *e, node_id function) {
    if (!has_receiver(e, function)) {
        return implied_self(e, function);
    }
    node_id first = node_first_plain(e->tree, node_child(e->tree, function, FIELD_PARAMETERS));
    return symbol_at_node(e, parameter_name(e, first));
}

static struct js *lower_method(struct emitter *e, node_id node, bool is_static) {
    struct program_symbol receiver = receiver_of(e, node);
    unsigned stand_ins = e->stand_ins.count;
    struct js *self = NULL;
    if (receiver.file != NULL && !needs_own_receiver(e, node)) {
        vec_push(e->arena, &e->stand_ins,
                 ((struct stand_in){e->file_index, receiver.symbol, js_literal(e->arena, "this")}));
    } else if (receiver.file != NULL || has_receiver(e, node)) {
        self = js_declare(e->arena, "const", js_name(e->arena, "self"), js_literal(e->arena, "this"));
    }
    struct js *method = lower_function_declaration(e, node, text_of(e, node_child(e->tree, node, FIELD_NAME)));
    e->stand_ins.count = stand_ins;
    method->kind = JS_METHOD;
    method->flags |= is_static ? (unsigned)JS_IS_STATIC : 0;
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

/* `name(…) { return Type.name(…); }`. */
static struct js *lower_forwarder(struct emitter *e, struct js *type, const struct js *method) {
    struct js *call = js_call(e->arena, js_member(e->arena, type, ""));
    call->a->text = method->text;
    struct js *forwarder = js_text(e->arena, JS_METHOD, method->text);
    if (method->list.of.count > 0) {
        struct js *all = js_new(e->arena, JS_SPREAD);
        all->a = js_name(e->arena, "args");
        js_add(e->arena, &forwarder->list, all);
        js_add(e->arena, &call->list, all);
    }
    forwarder->a = js_block(e->arena);
    js_add(e->arena, &forwarder->a->list, js_return(e->arena, call));
    return forwarder;
}

/* Where methods go: a class, or (`type` NULL) the object that all values of a type with variants inherit from. */
struct holder {
    struct js *type;
    struct js_list methods;
};

/* A function of a trait that has no use for `self` may be asked of the type as well as of a value. */
static void add_function(struct emitter *e, node_id function, bool of_trait, struct holder *holder) {
    bool receiver = has_receiver(e, function) || (of_trait && implied_self(e, function).file != NULL);
    struct js *method = lower_method(e, function, !receiver && holder->type != NULL);
    js_add(e->arena, &holder->methods, method);
    if (of_trait && !receiver && holder->type != NULL) {
        js_add(e->arena, &holder->methods, lower_forwarder(e, holder->type, method));
    }
}

static void add_functions(struct emitter *e, node_id body, bool only_missing, bool of_trait, struct holder *holder) {
    NODE_EACH(child, e->tree, body) {
        bool function = kind_of(e, child) == NODE_FUNCTION_DECLARATION;
        if (function && node_child(e->tree, child, FIELD_BODY) != NODE_NONE &&
            !(only_missing && has_method(&holder->methods, text_of(e, node_child(e->tree, child, FIELD_NAME))))) {
            add_function(e, child, of_trait, holder);
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

/* Is it an `impl` of the type? */
static bool implements(const struct emitter *e, node_id node, struct program_symbol type) {
    return kind_of(e, node) == NODE_IMPL_DECLARATION &&
           same_symbol(symbol_at_node(e, type_name_in(e, node_child(e->tree, node, FIELD_TYPE))), type);
}

static void add_defaults(struct emitter *e, node_id trait_name, struct holder *holder) {
    struct program_symbol trait = symbol_at_node(e, trait_name);
    if (symbol_kind_of(trait) != SYMBOL_TRAIT) {
        return;
    }
    uint32_t before = e->file_index;
    enter_file(e, file_index_of(e, trait.file));
    add_functions(e, node_child(e->tree, symbol_data(trait)->node, FIELD_BODY), true, true, holder);
    enter_file(e, before);
}

/* The functions that all `impl` blocks of the output give a type; then the defaults of their traits, and of those that the
 * type derives. */
static void add_methods(struct emitter *e, struct program_symbol type, struct holder *holder) {
    uint32_t file = e->file_index;
    for (int pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < e->members.count; i++) {
            const struct member member = e->members.items[i];
            enter_file(e, member.file);
            if (!implements(e, member.core, type)) {
                continue;
            }
            node_id trait = node_child(e->tree, member.core, FIELD_TRAIT);
            if (pass == 0) {
                add_functions(e, node_child(e->tree, member.core, FIELD_BODY), false, trait != NODE_NONE, holder);
            } else if (trait != NODE_NONE) {
                add_defaults(e, type_name_in(e, trait), holder);
            }
        }
    }
    enter_file(e, file_index_of(e, type.file));
    NODE_EACH(child, e->tree, node_child(e->tree, symbol_data(type)->node, FIELD_DERIVE)) {
        add_defaults(e, child, holder);
    }
    enter_file(e, file);
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
        struct js *assign =
            js_assign(e->arena, target, "=", refined_value(e, analysis_symbol(type.file, index)->type, name));
        js_add(e->arena, &constructor->a->list, js_expression_statement(e->arena, assign));
    }
    return constructor;
}

static struct js *lower_record(struct emitter *e, struct program_symbol type, node_id node) {
    struct js *class = js_text(e->arena, JS_CLASS, name_of_symbol(e, type));
    class->place = place_of(e, node_child(e->tree, node, FIELD_NAME));
    js_add(e->arena, &class->list, constructor_of(e, type));
    struct holder holder = {.type = js_text(e->arena, JS_NAME, class->text)};
    add_methods(e, type, &holder);
    for (unsigned i = 0; i < holder.methods.of.count; i++) {
        js_add(e->arena, &class->list, holder.methods.of.items[i]);
    }
    add_statement(e, class);
    return holder.type;
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

/* What `impl` and `derive` give a type with variants stands in an object that all its values inherit from. */
static struct js *prototype_of(struct emitter *e, struct program_symbol type, node_id node) {
    struct holder holder = {0};
    add_methods(e, type, &holder);
    bool derives = type_derives(e, node, STR("Show")) || type_derives(e, node, STR("JSON"));
    if (holder.methods.of.count == 0 && !derives) {
        return NULL;
    }
    struct js *object = js_new(e->arena, JS_OBJECT);
    object->list = holder.methods;
    object->flags |= JS_IS_BROKEN;
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, type));
    add_statement(e, js_declare(e->arena, "const", name, object));
    return name;
}

static struct js *lower_variants(struct emitter *e, struct program_symbol type, node_id node) {
    const struct symbol *data = symbol_data(type);
    struct js *prototype = prototype_of(e, type, node);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct program_symbol variant = {type.file, i};
        struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, variant));
        name->place = place_of(e, symbol_data(variant)->name_node);
        add_statement(e, js_declare(e->arena, "const", name, variant_value(e, variant, prototype)));
    }
    return prototype;
}

void lower_type(struct emitter *e, node_id node, bool exported) {
    struct program_symbol type = symbol_at_node(e, node_child(e->tree, node, FIELD_NAME));
    if (symbol_kind_of(type) == SYMBOL_MODEL) {
        type = type_named(e, symbol_data(type)->name);
    }
    if (type_is_refined(type)) {
        lower_refinement(e, type, node);
    } else if (type_is_record(type)) {
        lower_derives(e, type, node, lower_record(e, type, node));
    } else if (type_has_variants(type)) {
        lower_derives(e, type, node, lower_variants(e, type, node));
    } /* another name of a type is nothing at run time */
}
