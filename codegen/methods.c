/* methods: which form a call of a method takes, by what is known of its receiver. */
#include "codegen/methods.h"

#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/symbols_in.h"

static enum method_form form_for(enum value_type type, struct str name, enum builtin *builtin) {
    struct builtin_method method;
    if (!builtin_as_method(name, &method)) {
        return METHOD_OWN;
    }
    *builtin = method.builtin;
    if (type == VALUE_STRING) {
        return method.of_texts ? METHOD_BUILTIN : METHOD_OWN;
    }
    if (type == VALUE_LIST) {
        return method.of_lists ? METHOD_BUILTIN : METHOD_OWN;
    }
    return type == VALUE_UNKNOWN && method.asked ? METHOD_ASKED : METHOD_OWN;
}

/* Something with members of its own: a namespace, a name of JavaScript, an import, a type, a store. */
static bool has_members(const struct emitter *e, node_id node) {
    if (kind_of(e, node) != NODE_IDENTIFIER) {
        return false;
    }
    struct program_symbol symbol = symbol_at_node(e, node);
    if (symbol.file == NULL) {
        return true;
    }
    enum symbol_kind kind = symbol_kind_of(symbol);
    return kind != SYMBOL_PARAMETER && kind != SYMBOL_CONSTANT && kind != SYMBOL_VARIABLE && kind != SYMBOL_STATE &&
           kind != SYMBOL_COMPUTED && kind != SYMBOL_FIELD;
}

enum method_form method_form_of_piped(const struct emitter *e, node_id receiver, struct str name,
                                      enum builtin *builtin) {
    return has_members(e, receiver) ? METHOD_OWN : form_for(type_of_value(e, receiver), name, builtin);
}

enum method_form method_form_of(const struct emitter *e, node_id member, enum builtin *builtin) {
    node_id property = node_child(e->tree, member, FIELD_PROPERTY);
    bool known = symbol_at_node(e, property).file != NULL || program_rpc_use(e->file, member) != NULL;
    return known ? METHOD_OWN
                 : method_form_of_piped(e, node_child(e->tree, member, FIELD_OBJECT), text_of(e, property), builtin);
}

static struct js *call_on(struct emitter *e, enum method_form form, enum builtin builtin, struct js *receiver,
                          const struct js_list *arguments) {
    struct js *function = builtin_name(e, builtin);
    struct js *call = js_call(e->arena, function);
    if (form == METHOD_BUILTIN) {
        js_add(e->arena, &call->list, receiver);
    } else {
        struct js *method = js_call(e->arena, runtime_name(e, RUNTIME_METHODS, "method"));
        js_add(e->arena, &method->list, receiver);
        js_add(e->arena, &method->list, js_string(e->arena, builtin_info(builtin)->name));
        js_add(e->arena, &method->list, function);
        call->a = method;
    }
    for (unsigned i = 0; i < arguments->of.count; i++) {
        js_add(e->arena, &call->list, arguments->of.items[i]);
    }
    return call;
}

struct js *method_call(struct emitter *e, enum method_form form, enum builtin builtin, struct js *member,
                       const struct js_list *arguments) {
    if ((member->flags & JS_IS_OPTIONAL) == 0) {
        return call_on(e, form, builtin, member->a, arguments);
    }
    struct js *receiver = stable_value(e, member->a, "value");
    struct js *absent = js_binary(e->arena, receiver, "==", js_literal(e->arena, "null"));
    return js_conditional(e->arena, absent, js_literal(e->arena, "undefined"),
                          call_on(e, form, builtin, receiver, arguments));
}
