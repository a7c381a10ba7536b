/* What stands left of `=`, in loops and in match arms: which names it declares, assigns, or only mentions. */
#include "analysis/binder.h"

bool pattern_is_destructuring(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_OBJECT || kind == NODE_ARRAY || kind == NODE_PAREN_LIST;
}

static bool is_list(enum node_kind kind) {
    return kind == NODE_OBJECT || kind == NODE_ARRAY || kind == NODE_PAREN_LIST || kind == NODE_EXPRESSION_LIST;
}

/* What an entry of a pattern binds to: `b` of `a: b`, of `...b`, of `b = 1`, of `b: T`. */
static node_id pattern_target(struct binder *b, node_id entry) {
    switch ((int)node_kind(b->tree, entry)) {
    case NODE_PAIR:
    case NODE_SPREAD:
        return node_child(b->tree, entry, FIELD_VALUE);
    case NODE_DEFAULT_BINDING:
    case NODE_TYPED_BINDING:
        return node_child(b->tree, entry, FIELD_NAME);
    default:
        return entry;
    }
}

void declare_pattern(struct binder *b, node_id pattern, enum symbol_kind kind, unsigned flags, node_id declaration) {
    node_id target = pattern_target(b, pattern);
    enum node_kind target_kind = node_kind(b->tree, target);
    if (target_kind == NODE_IDENTIFIER) {
        if (name_of(b, target) != b->wildcard) {
            symbol_declare(b, kind, flags, declaration, target);
        }
    } else if (is_list(target_kind) && b->depth < LIMIT_SYNTAX_DEPTH) {
        b->depth++;
        NODE_EACH(child, b->tree, target) { declare_pattern(b, child, kind, flags, declaration); }
        b->depth--;
    } else if (target != NODE_NONE && !node_is_comment(b->tree, target)) {
        rule_not_a_pattern(b, target);
    }
}

void bind_pattern_values(struct binder *b, node_id pattern) {
    enum node_kind kind = node_kind(b->tree, pattern);
    if (kind == NODE_DEFAULT_BINDING) {
        bind_node(b, node_child(b->tree, pattern, FIELD_VALUE));
    } else if (kind == NODE_TYPED_BINDING) {
        bind_type(b, node_child(b->tree, pattern, FIELD_TYPE));
        bind_node(b, node_child(b->tree, pattern, FIELD_DEFAULT));
    } else if (kind == NODE_PAIR) {
        node_id key = node_child(b->tree, pattern, FIELD_KEY);
        if (node_kind(b->tree, key) == NODE_ARRAY) {
            bind_node(b, key);
        }
        bind_pattern_values(b, node_child(b->tree, pattern, FIELD_VALUE));
    } else if (is_list(kind) && b->depth < LIMIT_SYNTAX_DEPTH) {
        b->depth++;
        NODE_EACH(child, b->tree, pattern) { bind_pattern_values(b, child); }
        b->depth--;
    }
}

/* ---- assignments */

/* `x = 1` can become `var x = 1`; nothing else that declares x can. */
static void offer_var(struct binder *b, struct diagnostic *diagnostic, const struct symbol *symbol, struct str name) {
    bool plain = symbol->kind == SYMBOL_CONSTANT && node_kind(b->tree, symbol->node) == NODE_ASSIGNMENT &&
                 node_child(b->tree, symbol->node, FIELD_LEFT) == symbol->name_node;
    if (plain) {
        uint32_t start = node_span(b->tree, symbol->node).start;
        diagnostic->fix.title = arena_printf(b->arena, "Declare `%.*s` with `var`", STR_ARGUMENTS(name));
        diagnostic->fix.span = (struct span){start, start};
        diagnostic->fix.replacement = STR("var ");
    }
}

static void report_immutable(struct binder *b, node_id node, uint32_t index) {
    const struct symbol *symbol = symbol_at(b, index);
    struct str name = analysis_name(b->file, symbol->name);
    struct str kind = symbol_kind_name(symbol->kind);
    struct diagnostic *diagnostic;
    if (symbol->kind == SYMBOL_CONSTANT) {
        diagnostic = REPORT(
            b, IMMUTABLE_ASSIGNED, node,
            "`%.*s` already has its value and cannot be assigned again. Declare it with `var` if it is to change.",
            STR_ARGUMENTS(name));
    } else if (symbol->flags & SYMBOL_MUTABLE) {
        struct block_key key = b->file->blocks.items[symbol->block].key;
        struct str label = block_key_label(b->arena, b->file->atoms, key);
        diagnostic =
            REPORT(b, IMMUTABLE_ASSIGNED, node,
                   "`%.*s` belongs to %.*s code, and only that code can assign it. Offer a function there that does.",
                   STR_ARGUMENTS(name), STR_ARGUMENTS(label));
    } else if (symbol->kind == SYMBOL_COMPUTED) {
        diagnostic = REPORT(b, IMMUTABLE_ASSIGNED, node,
                            "`%.*s` is computed and cannot be assigned. It follows what it is computed from: assign "
                            "that, or declare it with `state`.",
                            STR_ARGUMENTS(name));
    } else {
        diagnostic =
            REPORT(b, IMMUTABLE_ASSIGNED, node, "`%.*s` is %s %.*s and cannot be assigned. Choose another name.",
                   STR_ARGUMENTS(name), kind.data[0] == 'i' ? "an" : "a", STR_ARGUMENTS(kind));
    }
    diagnostic->related.span = node_span(b->tree, symbol->name_node);
    diagnostic->related.message = arena_printf(b->arena, "`%.*s` is declared here.", STR_ARGUMENTS(name));
    offer_var(b, diagnostic, symbol, name);
}

/* Variables cross no border between blocks: what shared code exports, others can only read. */
static bool is_assignable(struct binder *b, uint32_t symbol) {
    const struct symbol *s = symbol_at(b, symbol);
    return (s->flags & SYMBOL_MUTABLE) != 0 &&
           block_key_equal(b->file->blocks.items[s->block].key, b->file->blocks.items[b->block].key);
}

static void assign_known(struct binder *b, node_id node, uint32_t symbol) {
    if (!is_assignable(b, symbol)) {
        report_immutable(b, node, symbol);
    }
    bind_symbol(b, node, symbol, ACCESS_WRITE);
}

/* `name = …`: a new constant, unless the name can be seen as one of this function, or is mutable further out. */
static void assign_name(struct binder *b, node_id statement, node_id node, node_id value) {
    uint32_t name = name_of(b, node);
    uint32_t symbol = name_at(b, name)->value;
    if (name == b->wildcard || b->file->node_binding[node] != 0) {
        return;
    }
    if (symbol != 0 && (symbol_is_in_function(b, symbol) || (symbol_at(b, symbol)->flags & SYMBOL_MUTABLE) != 0)) {
        assign_known(b, node, symbol);
        return;
    }
    uint32_t constant = symbol_declare(b, SYMBOL_CONSTANT, 0, statement, node);
    symbol_at(b, constant)->value = value;
    symbol_at(b, constant)->type = node_child(b->tree, statement, FIELD_TYPE);
}

static void assign_target(struct binder *b, node_id statement, node_id target, node_id value) {
    enum node_kind kind = node_kind(b->tree, target);
    if (kind == NODE_IDENTIFIER) {
        assign_name(b, statement, target, value);
    } else if (kind == NODE_MEMBER_EXPRESSION || kind == NODE_INDEX_EXPRESSION) {
        bind_node(b, target);
    } else if (pattern_is_destructuring(b->tree, target)) {
        bind_pattern_values(b, target);
        bool member = place_is_member(b) && node_kind(b->tree, node_parent(b->tree, target)) != NODE_EXPRESSION_LIST;
        if (!member) {
            declare_pattern(b, target, SYMBOL_CONSTANT, SYMBOL_READ, statement);
        }
    } else if (target != NODE_NONE && !node_is_comment(b->tree, target)) {
        rule_not_a_pattern(b, target);
    }
}

void bind_assignment(struct binder *b, node_id node) {
    node_id left = node_child(b->tree, node, FIELD_LEFT);
    node_id right = node_child(b->tree, node, FIELD_RIGHT);
    uint32_t owner = b->owner;
    if (place_is_member(b) && symbol_declared_at(b, left) != 0) {
        b->owner = symbol_declared_at(b, left);
    }
    bind_type(b, node_child(b->tree, node, FIELD_TYPE));
    bind_node(b, right);
    b->owner = owner;
    if (node_kind(b->tree, left) != NODE_EXPRESSION_LIST) {
        assign_target(b, node, left, right);
        return;
    }
    NODE_EACH(child, b->tree, left) { assign_target(b, node, child, NODE_NONE); }
}

void bind_augmented(struct binder *b, node_id node) {
    node_id left = node_child(b->tree, node, FIELD_LEFT);
    bind_node(b, node_child(b->tree, node, FIELD_RIGHT));
    if (node_kind(b->tree, left) != NODE_IDENTIFIER) {
        bind_node(b, left);
        return;
    }
    uint32_t symbol = name_at(b, name_of(b, left))->value;
    if (symbol != 0) {
        assign_known(b, left, symbol);
    } else {
        bind_name(b, left, ACCESS_WRITE);
    }
}

void bind_var(struct binder *b, node_id node) {
    bind_type(b, node_child(b->tree, node, FIELD_TYPE));
    node_id value = node_child(b->tree, node, FIELD_VALUE);
    for (node_id each = value; each != NODE_NONE; each = node_next_same_field(b->tree, each)) {
        bind_node(b, each);
    }
    for (node_id name = node_child(b->tree, node, FIELD_NAME); name != NODE_NONE;
         name = node_next_same_field(b->tree, name)) {
        if (b->file->node_binding[name] == 0) {
            uint32_t symbol = symbol_declare(b, SYMBOL_VARIABLE, SYMBOL_MUTABLE, node, name);
            symbol_at(b, symbol)->type = node_child(b->tree, node, FIELD_TYPE);
            symbol_at(b, symbol)->value = value;
        }
        node_id next = node_next_same_field(b->tree, value);
        value = next == NODE_NONE ? value : next;
    }
}

/* ---- match */

static bool starts_upper(struct str text) { return text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z'; }

static void declare_match_name(struct binder *b, node_id name, node_id arm) {
    uint32_t index = name_of(b, name);
    uint32_t known = name_at(b, index)->value;
    if (index == b->wildcard || name == NODE_NONE) {
        return;
    }
    if (known != 0 && symbol_is_here(b, known) && symbol_at(b, known)->node == arm &&
        node_ancestor(b->tree, name, NODE_OR_PATTERN) > arm) {
        bind_symbol(b, name, known, ACCESS_DECLARE); /* `A(x) | B(x)`: one name, two places */
        return;
    }
    symbol_declare(b, SYMBOL_CONSTANT, SYMBOL_READ, arm, name);
}

static void bind_variant_name(struct binder *b, node_id name) {
    if (node_kind(b->tree, name) == NODE_IDENTIFIER) {
        bind_name(b, name, ACCESS_READ);
    } else {
        bind_node(b, name);
    }
}

void bind_match_pattern(struct binder *b, node_id pattern, node_id arm) {
    enum node_kind kind = node_kind(b->tree, pattern);
    if (kind == NODE_IDENTIFIER) {
        if (starts_upper(node_text(b->tree, pattern))) {
            bind_name(b, pattern, ACCESS_READ);
        } else {
            declare_match_name(b, pattern, arm);
        }
        return;
    }
    if (kind == NODE_STRING || b->depth >= LIMIT_SYNTAX_DEPTH) {
        bind_node(b, pattern);
        return;
    }
    if (kind == NODE_VARIANT_PATTERN) {
        bind_variant_name(b, node_child(b->tree, pattern, FIELD_NAME));
    } else if (kind == NODE_REST_PATTERN) {
        declare_match_name(b, node_child(b->tree, pattern, FIELD_NAME), arm);
    } else if (kind == NODE_CONCAT_PATTERN) {
        declare_match_name(b, node_child(b->tree, pattern, FIELD_RIGHT), arm);
    } else if (kind == NODE_PAIR_PATTERN) {
        bind_match_pattern(b, node_child(b->tree, pattern, FIELD_VALUE), arm);
    }
    b->depth++;
    for (node_id child = node_first_plain(b->tree, pattern); child != NODE_NONE;
         child = node_next_plain(b->tree, child)) {
        bind_match_pattern(b, child, arm);
    }
    b->depth--;
}
