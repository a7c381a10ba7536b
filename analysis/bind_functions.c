/* Functions of every form, components, stores, effects: what opens a scope that a name's rules stop at. */
#include "analysis/binder.h"

static uint32_t add_parameter(struct binder *b, node_id node, uint32_t owner) {
    const struct syntax_tree *tree = b->tree;
    enum node_kind kind = node_kind(tree, node);
    node_id name = kind == NODE_IDENTIFIER || kind == NODE_OBJECT || kind == NODE_ARRAY ? node
                   : kind == NODE_SPREAD ? node_child(tree, node, FIELD_VALUE)
                                         : node_child(tree, node, FIELD_NAME);
    node_id value = node_child(tree, node, kind == NODE_DEFAULT_BINDING ? FIELD_VALUE : FIELD_DEFAULT);
    unsigned flags = 0;
    if (value != NODE_NONE || node_child(tree, node, FIELD_OPTIONAL) != NODE_NONE) {
        flags |= SYMBOL_HAS_DEFAULT;
    }
    if (kind == NODE_REST_PARAMETER || kind == NODE_SPREAD) {
        flags |= SYMBOL_REST;
    }
    bool named = node_kind(tree, name) == NODE_IDENTIFIER && name_of(b, name) != b->wildcard;
    uint32_t symbol = named ? symbol_declare(b, SYMBOL_PARAMETER, flags, node, name)
                            : symbol_add(b, SYMBOL_PARAMETER, flags, node, name);
    symbol_at(b, symbol)->owner = owner;
    symbol_at(b, symbol)->type = node_child(tree, node, FIELD_TYPE);
    symbol_at(b, symbol)->value = value;
    return symbol;
}

static bool is_parameter(enum node_kind kind) {
    return kind == NODE_PARAMETER || kind == NODE_REST_PARAMETER || kind == NODE_IDENTIFIER || kind == NODE_OBJECT ||
           kind == NODE_ARRAY || kind == NODE_DEFAULT_BINDING || kind == NODE_TYPED_BINDING || kind == NODE_SPREAD;
}

/* The names inside a destructured parameter, and what defaults and types mention. */
static void bind_parameter(struct binder *b, uint32_t parameter) {
    node_id name = symbol_at(b, parameter)->name_node;
    node_id node = symbol_at(b, parameter)->node;
    if (pattern_is_destructuring(b->tree, name)) {
        declare_pattern(b, name, SYMBOL_PARAMETER, SYMBOL_READ, node);
        bind_pattern_values(b, name);
    }
    bind_type(b, symbol_at(b, parameter)->type);
    bind_node(b, symbol_at(b, parameter)->value);
}

/* Parameters of `owner` (0: of a lambda) stand together, in order; names of patterns come behind them. */
static void bind_parameters(struct binder *b, node_id parameters, uint32_t owner) {
    uint32_t first = b->file->symbols.count;
    if (node_kind(b->tree, parameters) == NODE_IDENTIFIER) {
        add_parameter(b, parameters, owner);
    }
    NODE_EACH(child, b->tree, parameters) {
        if (is_parameter(node_kind(b->tree, child))) {
            add_parameter(b, child, owner);
        } else if (node_kind(b->tree, parameters) == NODE_PAREN_LIST) {
            rule_not_a_pattern(b, child);
        }
    }
    uint32_t end = b->file->symbols.count;
    if (owner != 0) {
        symbol_at(b, owner)->first_part = first;
        symbol_at(b, owner)->part_count = end - first;
    }
    for (uint32_t i = first; i < end; i++) {
        bind_parameter(b, i);
    }
}

static void bind_function_body(struct binder *b, node_id body) {
    if (node_kind(b->tree, body) == NODE_BLOCK) {
        bind_body(b, body);
    } else {
        bind_node(b, body);
    }
}

/* Returns the owner to restore. */
static uint32_t enter_owner(struct binder *b, uint32_t symbol) {
    uint32_t before = b->owner;
    if (symbol_at(b, symbol)->flags & SYMBOL_BLOCK_LEVEL) {
        b->owner = symbol;
    }
    return before;
}

void bind_function_as(struct binder *b, node_id node, uint32_t symbol) {
    uint32_t owner = enter_owner(b, symbol);
    struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, node);
    bind_type_parameters(b, node, symbol);
    bind_parameters(b, node_child(b->tree, node, FIELD_PARAMETERS), symbol);
    bind_type(b, node_child(b->tree, node, FIELD_RETURN_TYPE));
    bind_function_body(b, node_child(b->tree, node, FIELD_BODY));
    scope_close(b, frame);
    b->owner = owner;
}

void bind_function(struct binder *b, node_id node) {
    bool declared = node_kind(b->tree, node) == NODE_FUNCTION_DECLARATION;
    if (declared) {
        rule_body(b, node);
    }
    bind_function_as(b, node, declared ? symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME)) : 0);
}

void bind_component(struct binder *b, node_id node) {
    rule_place(b, node);
    node_id name = node_child(b->tree, node, FIELD_NAME);
    uint32_t symbol = symbol_declared_at(b, name);
    if (node_child(b->tree, node, FIELD_MEMBER) != NODE_NONE) {
        bind_name(b, name, ACCESS_READ);
    }
    bind_function_as(b, node, symbol);
}

void bind_store(struct binder *b, node_id node) {
    rule_place(b, node);
    uint32_t store = symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME));
    uint32_t owner = enter_owner(b, store);
    struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, node);
    node_id body = node_child(b->tree, node, FIELD_BODY);
    declare_hoisted(b, body);
    const struct scope *members = &b->file->scopes.items[b->scope];
    for (unsigned i = 0; i < members->symbols.count; i++) {
        symbol_at(b, members->symbols.items[i])->owner = store;
        symbol_at(b, members->symbols.items[i])->flags |= SYMBOL_READ;
    }
    bind_children(b, body);
    scope_close(b, frame);
    b->owner = owner;
}

void bind_effect(struct binder *b, node_id node) {
    rule_place(b, node);
    struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, node);
    bind_body(b, node_child(b->tree, node, FIELD_BODY));
    scope_close(b, frame);
}

void bind_reactive(struct binder *b, node_id node) {
    rule_place(b, node);
    uint32_t owner = enter_owner(b, symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME)));
    bind_type(b, node_child(b->tree, node, FIELD_TYPE));
    if (node_kind(b->tree, node) == NODE_COMPUTED_DECLARATION) {
        struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, node);
        bind_node(b, node_child(b->tree, node, FIELD_VALUE));
        scope_close(b, frame);
    } else {
        bind_node(b, node_child(b->tree, node, FIELD_VALUE));
    }
    b->owner = owner;
}
