/* Hoisting: what a body declares is visible in all of it, wherever it stands. */
#include "analysis/binder.h"

static uint32_t declare_simple(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node) {
    uint32_t index = symbol_declare(b, kind, flags, node, node_child(b->tree, node, FIELD_NAME));
    struct symbol *symbol = symbol_at(b, index);
    symbol->type = node_child(b->tree, node, FIELD_TYPE);
    symbol->value = node_child(b->tree, node, FIELD_VALUE);
    return index;
}

static void declare_function(struct binder *b, node_id node, unsigned flags) {
    if (node_child(b->tree, node, FIELD_ASYNC) != NODE_NONE) {
        flags |= SYMBOL_ASYNC_WRITTEN | SYMBOL_ASYNC;
    }
    uint32_t symbol = declare_simple(b, SYMBOL_FUNCTION, flags, node);
    symbol_at(b, symbol)->type = node_child(b->tree, node, FIELD_RETURN_TYPE);
}

static void declare_state(struct binder *b, node_id node, unsigned flags) {
    declare_simple(b, SYMBOL_STATE, flags | SYMBOL_MUTABLE, node);
}

static void declare_computed(struct binder *b, node_id node, unsigned flags) {
    declare_simple(b, SYMBOL_COMPUTED, flags, node);
}

static void declare_component(struct binder *b, node_id node, unsigned flags) {
    if (node_child(b->tree, node, FIELD_MEMBER) == NODE_NONE) {
        declare_simple(b, SYMBOL_COMPONENT, flags, node);
    }
}

static void declare_store(struct binder *b, node_id node, unsigned flags) {
    declare_simple(b, SYMBOL_STORE, flags, node);
}

static void declare_trait(struct binder *b, node_id node, unsigned flags) {
    declare_simple(b, SYMBOL_TRAIT, flags, node);
}

/* Imports belong to their file: other files of the package do not see them. */
static void declare_imports(struct binder *b, node_id node, unsigned flags) {
    node_id single[] = {node_child(b->tree, node, FIELD_DEFAULT), node_child(b->tree, node, FIELD_NAMESPACE)};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        if (single[i] != NODE_NONE) {
            symbol_declare(b, SYMBOL_IMPORT, flags & ~(unsigned)SYMBOL_BLOCK_LEVEL, node, single[i]);
        }
    }
    NODE_EACH(child, b->tree, node_child(b->tree, node, FIELD_NAMES)) {
        node_id alias = node_child(b->tree, child, FIELD_ALIAS);
        node_id name = alias != NODE_NONE ? alias : node_child(b->tree, child, FIELD_NAME);
        if (name != NODE_NONE) {
            symbol_declare(b, SYMBOL_IMPORT, flags & ~(unsigned)SYMBOL_BLOCK_LEVEL, child, name);
        }
    }
}

typedef void declare_function_of_kind(struct binder *b, node_id node, unsigned flags);

static declare_function_of_kind *const hoisted[NODE_KIND_COUNT] = {
    [NODE_FUNCTION_DECLARATION] = declare_function, [NODE_STATE_DECLARATION] = declare_state,
    [NODE_COMPUTED_DECLARATION] = declare_computed, [NODE_COMPONENT_DECLARATION] = declare_component,
    [NODE_STORE_DECLARATION] = declare_store,       [NODE_TYPE_DECLARATION] = declare_type,
    [NODE_MODEL_DECLARATION] = declare_model,       [NODE_TRAIT_DECLARATION] = declare_trait,
    [NODE_INTERFACE_DECLARATION] = declare_trait,   [NODE_IMPORT_STATEMENT] = declare_imports,
    [NODE_DIRECTIVE] = declare_directive,
};

/* The declaration inside `pub`, decorators and `extern`. */
static node_id unwrap(struct binder *b, node_id node, unsigned *flags) {
    for (;;) {
        enum node_kind kind = node_kind(b->tree, node);
        if (kind == NODE_EXPORT_STATEMENT) {
            *flags |= SYMBOL_PUBLIC;
        } else if (kind != NODE_DECORATED && kind != NODE_EXTERN_DECLARATION) {
            return node;
        }
        node = node_child(b->tree, node, FIELD_DECLARATION);
    }
}

static void declare_each(struct binder *b, node_id body, unsigned common) {
    NODE_EACH(child, b->tree, body) {
        unsigned flags = common;
        node_id node = unwrap(b, child, &flags);
        declare_function_of_kind *declare = hoisted[node_kind(b->tree, node)];
        if (declare != NULL) {
            declare(b, node, flags);
        }
    }
}

static void declare_var(struct binder *b, node_id node, unsigned flags) {
    node_id value = node_child(b->tree, node, FIELD_VALUE);
    for (node_id name = node_child(b->tree, node, FIELD_NAME); name != NODE_NONE;
         name = node_next_same_field(b->tree, name)) {
        uint32_t symbol = symbol_declare(b, SYMBOL_VARIABLE, flags | SYMBOL_MUTABLE, node, name);
        symbol_at(b, symbol)->type = node_child(b->tree, node, FIELD_TYPE);
        symbol_at(b, symbol)->value = value;
        node_id next = node_next_same_field(b->tree, value);
        value = next == NODE_NONE ? value : next;
    }
}

/* `x = e` in a block declares x, unless x can be assigned there. */
static void declare_constant(struct binder *b, node_id node, node_id left, unsigned flags) {
    uint32_t name = name_of(b, left);
    uint32_t known = name_at(b, name)->value;
    bool assigned = known != 0 && (symbol_is_here(b, known) || (symbol_at(b, known)->flags & SYMBOL_MUTABLE));
    if (name != b->wildcard && !assigned) {
        uint32_t symbol = symbol_declare(b, SYMBOL_CONSTANT, flags, node, left);
        symbol_at(b, symbol)->type = node_child(b->tree, node, FIELD_TYPE);
        symbol_at(b, symbol)->value = node_child(b->tree, node, FIELD_RIGHT);
    }
}

static void declare_assignment(struct binder *b, node_id node, unsigned flags) {
    node_id left = node_child(b->tree, node, FIELD_LEFT);
    if (node_kind(b->tree, left) == NODE_IDENTIFIER) {
        declare_constant(b, node, left, flags);
    } else if (node_kind(b->tree, left) == NODE_EXPRESSION_LIST) {
        NODE_EACH(child, b->tree, left) {
            if (node_kind(b->tree, child) == NODE_IDENTIFIER) {
                declare_constant(b, node, child, flags);
            }
        }
    } else if (pattern_is_destructuring(b->tree, left)) {
        declare_pattern(b, left, SYMBOL_CONSTANT, flags, node);
    }
}

/* `concurrent { a = spawn f() }` declares a where the block stands. */
static void declare_concurrent(struct binder *b, node_id node, unsigned flags) {
    bool concurrent = str_equal(node_text(b->tree, node_child(b->tree, node, FIELD_NAME)), STR("concurrent"));
    NODE_EACH(child, b->tree, concurrent ? node_child_of_kind(b->tree, node, NODE_BLOCK) : NODE_NONE) {
        if (node_kind(b->tree, child) == NODE_ASSIGNMENT) {
            declare_assignment(b, child, flags);
        }
    }
}

void declare_members(struct binder *b, node_id body) {
    declare_each(b, body, SYMBOL_BLOCK_LEVEL);
    NODE_EACH(child, b->tree, body) {
        unsigned flags = SYMBOL_BLOCK_LEVEL;
        node_id node = unwrap(b, child, &flags);
        if (node_kind(b->tree, node) == NODE_VAR_DECLARATION) {
            declare_var(b, node, flags);
        }
    }
    declare_enumerations(b, body);
    NODE_EACH(child, b->tree, body) {
        unsigned flags = SYMBOL_BLOCK_LEVEL;
        node_id node = unwrap(b, child, &flags);
        enum node_kind kind = node_kind(b->tree, node);
        if (kind == NODE_ASSIGNMENT || kind == NODE_LET_DECLARATION) {
            declare_assignment(b, node, flags);
        } else if (kind == NODE_DIRECTIVE) {
            declare_concurrent(b, node, flags);
        }
    }
}

void declare_hoisted(struct binder *b, node_id body) {
    declare_each(b, body, 0);
    declare_enumerations(b, body);
}
