/* server_directives: directives of a server that the table makes features of, whatever they do. */
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"

struct js *lower_options(struct emitter *e, node_id block) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    struct directive_entry entry;
    for (node_id at = NODE_NONE; directive_next_entry(e->tree, block, &at, &entry);) {
        struct str name = text_of(e, entry.key);
        (void)node_string_value(e->arena, e->tree, entry.key, &name);
        struct js *value =
            entry.value == NODE_NONE ? js_literal(e->arena, "true") : lower_expression(e, entry.value);
        struct js *option = js_property(e->arena, key_text(e, name), value);
        js_add(e->arena, &options->list, placed(e, option, entry.key));
    }
    return options;
}

/* A value of the head; `env("LIMIT")` is a name and what it is called with. A function that has a name is declared first. */
static struct js *lower_value(struct emitter *e, node_id node, struct directive_value value) {
    if (kind_of(e, value.node) == NODE_FUNCTION_DECLARATION) {
        lower_statement(e, value.node, NOWHERE);
        struct program_symbol symbol = symbol_at_node(e, node_child(e->tree, value.node, FIELD_NAME));
        return js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
    }
    if (value.arguments == NODE_NONE) {
        return lower_expression(e, value.node);
    }
    struct js_list arguments = {0};
    NODE_EACH(argument, e->tree, value.arguments) {
        if (!node_is_comment(e->tree, argument)) {
            js_add(e->arena, &arguments, lower_expression(e, argument));
        }
    }
    return call_named(e, value.node, node, &arguments);
}

void lower_feature(struct emitter *e, node_id node, const struct directive *directive) {
    enum runtime_module module = runtime_module_of(directive->module);
    /* The name lives as long as the table. */
    struct js *make = js_call(e->arena, runtime_name(e, module, directive->function.data));
    struct directive_value value;
    for (node_id at = NODE_NONE; directive_next_value(e->tree, node, directive, &at, &value);) {
        js_add(e->arena, &make->list, lower_value(e, node, value));
    }
    node_id block = node_child_of_kind(e->tree, node, NODE_BLOCK);
    struct js *options = lower_options(e, block);
    if (options->list.of.count > 0) {
        js_add(e->arena, &make->list, options);
    }
    struct js *use = js_call1(e->arena, server_name(e, USES_FEATURE), make);
    add_statement(e, placed(e, js_expression_statement(e->arena, use), node));
}

void lower_environment(struct emitter *e, node_id node) {
    node_id name_node = node_first_plain(e->tree, node);
    struct program_symbol symbol = symbol_at_node(e, name_node);
    if (symbol.file == NULL) {
        not_emitted(e, node, "a variable of the environment without a name");
        return;
    }
    node_id type = node_child(e->tree, node, FIELD_TYPE);
    node_id fallback = node_child(e->tree, node, FIELD_VALUE);
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_ENVIRONMENT, "variable"),
                               js_string(e->arena, text_of(e, name_node)),
                               js_string(e->arena, type == NODE_NONE ? STR("String") : text_of(e, type)));
    if (fallback != NODE_NONE) {
        js_add(e->arena, &call->list, lower_expression(e, fallback));
    }
    struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
    name->place = place_of(e, name_node);
    add_statement(e, placed(e, js_declare(e->arena, "const", name, call), node));
}
