/* The walk: what each kind of node does with the names below it. A kind without a row binds its children. */
#include "analysis/binder.h"

typedef void bind_function_of_kind(struct binder *b, node_id node);

void bind_children(struct binder *b, node_id node) {
    NODE_EACH(child, b->tree, node) { bind_node(b, child); }
}

void bind_body(struct binder *b, node_id body) {
    declare_hoisted(b, body);
    bind_children(b, body);
}

void bind_block(struct binder *b, node_id node) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    bind_body(b, node);
    scope_close(b, frame);
}

static void bind_nothing(struct binder *b, node_id node) {
    (void)b;
    (void)node;
}

static void bind_value(struct binder *b, node_id node) { bind_node(b, node_child(b->tree, node, FIELD_VALUE)); }

/* Words in text that fits nowhere are no uses: whatever they mean, the syntax error comes first. */
static void bind_error(struct binder *b, node_id node) {
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) != NODE_IDENTIFIER) {
            bind_node(b, child);
        }
    }
}

/* A key is a word, but in `{k: v for k, v in pairs}` it is a value. */
static void bind_pair(struct binder *b, node_id node) {
    node_id key = node_child(b->tree, node, FIELD_KEY);
    enum node_kind kind = node_kind(b->tree, key);
    bool made = node_child_of_kind(b->tree, node_parent(b->tree, node), NODE_COMPREHENSION_CLAUSE) != NODE_NONE;
    if (made || (kind != NODE_IDENTIFIER && kind != NODE_NUMBER)) {
        bind_node(b, key);
    }
    bind_value(b, node);
}

/* `x is Int`: the names of the types that every program has are no values. */
static void bind_binary(struct binder *b, node_id node) {
    node_id right = node_child(b->tree, node, FIELD_RIGHT);
    bool tests_type = str_equal(node_text(b->tree, node_child(b->tree, node, FIELD_OPERATOR)), STR("is"));
    bind_node(b, node_child(b->tree, node, FIELD_LEFT));
    bool declared = node_kind(b->tree, right) == NODE_IDENTIFIER && name_at(b, name_of(b, right))->value != 0;
    if (!tests_type || declared || !builtin_type_is_known(node_text(b->tree, right))) {
        bind_node(b, right);
    }
}

/* ---- comprehensions: each clause sees the names of the ones before it */

static void declare_loop(struct binder *b, node_id node) {
    for (node_id pattern = node_child(b->tree, node, FIELD_PATTERN); pattern != NODE_NONE;
         pattern = node_next_same_field(b->tree, pattern)) {
        declare_pattern(b, pattern, SYMBOL_CONSTANT, SYMBOL_READ, node);
        bind_pattern_values(b, pattern);
    }
}

static void bind_comprehension(struct binder *b, node_id node) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) == NODE_COMPREHENSION_CLAUSE) {
            bind_node(b, node_child(b->tree, child, FIELD_ITERABLE));
            declare_loop(b, child);
            bind_node(b, node_child(b->tree, child, FIELD_CONDITION));
        }
    }
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) != NODE_COMPREHENSION_CLAUSE) {
            bind_node(b, child);
        }
    }
    scope_close(b, frame);
}

static void bind_collection(struct binder *b, node_id node) {
    if (node_child_of_kind(b->tree, node, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        bind_comprehension(b, node);
    } else {
        bind_children(b, node);
    }
}

/* ---- control flow */

static void bind_for(struct binder *b, node_id node) {
    bind_node(b, node_child(b->tree, node, FIELD_ITERABLE));
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    declare_loop(b, node);
    bind_node(b, node_child(b->tree, node, FIELD_WHEN));
    bind_node(b, node_child(b->tree, node, FIELD_KEY));
    b->loops++;
    bind_node(b, node_child(b->tree, node, FIELD_BODY));
    scope_close(b, frame);
    bind_node(b, node_child(b->tree, node, FIELD_ALTERNATIVE));
}

static void bind_while(struct binder *b, node_id node) {
    b->loops++;
    bind_children(b, node);
    b->loops--;
}

static void bind_label(struct binder *b, node_id node) {
    node_id label = node_child(b->tree, node, FIELD_LABEL);
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    uint32_t symbol = symbol_add(b, SYMBOL_LABEL, 0, node, label);
    vec_push(&b->scratch, &b->labels, (struct label){symbol_at(b, symbol)->name, symbol});
    bind_node(b, node_child(b->tree, node, FIELD_BODY));
    scope_close(b, frame);
}

/* With the labels that there are. */
static void report_label(struct binder *b, node_id label) {
    struct str wanted = node_text(b->tree, label);
    struct str last = {0};
    if (b->labels.count > 0) {
        last = analysis_name(b->file, b->labels.items[b->labels.count - 1].atom);
    }
    struct diagnostic *diagnostic = REPORT(b, UNKNOWN_LABEL, label, "No loop around this has the label `%.*s`.%s%.*s%s",
                                           STR_ARGUMENTS(wanted), last.size > 0 ? " Did you mean `" : "",
                                           STR_ARGUMENTS(last), last.size > 0 ? "`?" : "");
    if (last.size > 0) {
        diagnostic->fix.title = arena_printf(b->arena, "Change to `%.*s`", STR_ARGUMENTS(last));
        diagnostic->fix.span = node_span(b->tree, label);
        diagnostic->fix.replacement = last;
    }
}

static void bind_jump(struct binder *b, node_id node) {
    rule_jump(b, node);
    node_id label = node_child(b->tree, node, FIELD_LABEL);
    if (label == NODE_NONE) {
        return;
    }
    atom_id atom = name_at(b, name_of(b, label))->atom;
    for (unsigned i = b->labels.count; i-- > 0;) {
        if (b->labels.items[i].atom == atom) {
            bind_symbol(b, label, b->labels.items[i].symbol, ACCESS_READ);
            return;
        }
    }
    report_label(b, label);
}

static void bind_return(struct binder *b, node_id node) {
    rule_jump(b, node);
    bind_value(b, node);
}

static void bind_arm(struct binder *b, node_id node) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    bind_match_pattern(b, node_child(b->tree, node, FIELD_PATTERN), node);
    bind_node(b, node_child(b->tree, node, FIELD_GUARD));
    bind_node(b, node_child(b->tree, node, FIELD_BODY));
    scope_close(b, frame);
}

/* A body with one name of its own: `catch e { }`, `with f() as f { }`, `x from channel => …`. */
static void bind_named_body(struct binder *b, node_id node, node_id name, node_id body) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, body != NODE_NONE ? body : node);
    if (name != NODE_NONE) {
        symbol_declare(b, SYMBOL_CONSTANT, SYMBOL_READ, node, name);
    }
    if (node_kind(b->tree, body) == NODE_BLOCK) {
        bind_body(b, body);
    } else {
        bind_node(b, body);
    }
    scope_close(b, frame);
}

static void bind_try(struct binder *b, node_id node) {
    bind_node(b, node_child(b->tree, node, FIELD_BODY));
    node_id handler = node_child(b->tree, node, FIELD_HANDLER);
    if (handler != NODE_NONE) {
        bind_named_body(b, node, node_child(b->tree, node, FIELD_NAME), handler);
    }
    bind_node(b, node_child(b->tree, node, FIELD_FINALIZER));
}

static void bind_with(struct binder *b, node_id node) {
    bind_value(b, node);
    bind_named_body(b, node, node_child(b->tree, node, FIELD_NAME), node_child(b->tree, node, FIELD_BODY));
}

/* `_` and `timeout(ms)` are words of `select`, not names. */
static void bind_select_arm(struct binder *b, node_id node) {
    node_id value = node_child(b->tree, node, FIELD_VALUE);
    node_id called = node_child(b->tree, value, FIELD_FUNCTION);
    bool receives = node_child(b->tree, node, FIELD_NAME) != NODE_NONE;
    if (receives || node_kind(b->tree, called) == NODE_MEMBER_EXPRESSION) {
        bind_node(b, value);
    } else {
        bind_children(b, node_child(b->tree, value, FIELD_ARGUMENTS));
    }
    bind_named_body(b, node, node_child(b->tree, node, FIELD_NAME), node_child(b->tree, node, FIELD_BODY));
}

/* ---- wrappers of declarations */

static void bind_declaration(struct binder *b, node_id node) {
    bind_node(b, node_child(b->tree, node, FIELD_DECLARATION));
    /* `pub { a, b as c }` names what the file declares; with `from` the names are another module's. */
    if (node_child(b->tree, node, FIELD_SOURCE) == NODE_NONE) {
        NODE_EACH(child, b->tree, node_child(b->tree, node, FIELD_NAMES)) {
            node_id name = node_kind(b->tree, child) == NODE_ALIAS ? node_child(b->tree, child, FIELD_NAME) : child;
            if (node_kind(b->tree, name) == NODE_IDENTIFIER) {
                bind_name(b, name, ACCESS_READ);
            }
        }
    }
}

static void bind_decorated(struct binder *b, node_id node) {
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) == NODE_DECORATOR) {
            bind_node(b, node_child(b->tree, child, FIELD_ARGUMENTS));
        }
    }
    bind_node(b, node_child(b->tree, node, FIELD_DECLARATION));
}

static bool takes_self(struct binder *b, node_id function) {
    node_id first = node_first_plain(b->tree, node_child(b->tree, function, FIELD_PARAMETERS));
    return str_equal(node_text(b->tree, node_child(b->tree, first, FIELD_NAME)), STR("self"));
}

/* Functions of a trait have the value as `self` whether they name it among their parameters or not; those of a plain
 * `impl` without it belong to the type. */
static void imply_self(struct binder *b, node_id function) {
    uint32_t self = symbol_add(b, SYMBOL_PARAMETER, SYMBOL_READ, function, NODE_NONE);
    struct name *name = name_at(b, b->self);
    symbol_at(b, self)->name = name->atom;
    vec_push(&b->scratch, &b->undo, (struct undo){b->self, name->value, name->type});
    name->value = self;
}

static atom_id type_atom(struct binder *b, node_id type) {
    while (node_kind(b->tree, type) == NODE_GENERIC_TYPE || node_kind(b->tree, type) == NODE_TYPE_NAME) {
        type = node_child(b->tree, type, FIELD_NAME);
    }
    return node_kind(b->tree, type) == NODE_IDENTIFIER ? name_at(b, name_of(b, type))->atom : ATOM_NONE;
}

static void add_method(struct binder *b, node_id node, uint32_t symbol) {
    bool impl = node_kind(b->tree, node) == NODE_IMPL_DECLARATION;
    atom_id type = type_atom(b, node_child(b->tree, node, impl ? FIELD_TYPE : FIELD_NAME));
    vec_push(b->arena, &b->file->methods, (struct type_method){.type = type, .symbol = symbol, .trait = !impl});
}

/* `impl`, `trait`, `interface`: their functions are members of a type, not names of the block. */
static void bind_methods(struct binder *b, node_id node) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    bind_type_parameters(b, node, symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME)));
    bind_type(b, node_child(b->tree, node, FIELD_TRAIT));
    bind_type(b, node_child(b->tree, node, FIELD_TYPE));
    bool of_trait = node_kind(b->tree, node) != NODE_IMPL_DECLARATION ||
                    node_child(b->tree, node, FIELD_TRAIT) != NODE_NONE;
    NODE_EACH(child, b->tree, node_child(b->tree, node, FIELD_BODY)) {
        if (node_kind(b->tree, child) == NODE_FUNCTION_DECLARATION) {
            uint32_t method =
                symbol_add(b, SYMBOL_FUNCTION, SYMBOL_READ, child, node_child(b->tree, child, FIELD_NAME));
            symbol_at(b, method)->type = node_child(b->tree, child, FIELD_RETURN_TYPE);
            add_method(b, node, method);
            struct scope_frame inner = scope_open(b, SCOPE_LOCAL, child);
            if (of_trait && !takes_self(b, child)) {
                imply_self(b, child);
            }
            bind_function_as(b, child, method);
            scope_close(b, inner);
        } else {
            bind_node(b, child);
        }
    }
    scope_close(b, frame);
}

/* server, browser, shared inside of something */
static void bind_misplaced_block(struct binder *b, node_id node) {
    rule_place(b, node);
    bind_node(b, node_child(b->tree, node, FIELD_BODY));
}

static bind_function_of_kind *const binders[NODE_KIND_COUNT] = {
    [NODE_ERROR] = bind_error,
    [NODE_BLOCK] = bind_block,
    [NODE_BARE_BLOCK] = bind_block,
    [NODE_SERVER_BLOCK] = bind_misplaced_block,
    [NODE_BROWSER_BLOCK] = bind_misplaced_block,
    [NODE_SHARED_BLOCK] = bind_misplaced_block,
    [NODE_FUNCTION_DECLARATION] = bind_function,
    [NODE_FUNCTION_EXPRESSION] = bind_function,
    [NODE_LAMBDA] = bind_function,
    [NODE_DECORATED] = bind_decorated,
    [NODE_VAR_DECLARATION] = bind_var,
    [NODE_LET_DECLARATION] = rule_let,
    [NODE_STATE_DECLARATION] = bind_reactive,
    [NODE_COMPUTED_DECLARATION] = bind_reactive,
    [NODE_EFFECT_DECLARATION] = bind_effect,
    [NODE_COMPONENT_DECLARATION] = bind_component,
    [NODE_STORE_DECLARATION] = bind_store,
    [NODE_STYLE_BLOCK] = bind_style,
    [NODE_ROUTE_DECLARATION] = bind_route,
    [NODE_MODEL_DECLARATION] = bind_model,
    [NODE_TYPE_DECLARATION] = bind_type_declaration,
    [NODE_INTERFACE_DECLARATION] = bind_methods,
    [NODE_TRAIT_DECLARATION] = bind_methods,
    [NODE_IMPL_DECLARATION] = bind_methods,
    [NODE_EXTERN_DECLARATION] = bind_declaration,
    [NODE_EXPORT_STATEMENT] = bind_declaration,
    [NODE_IMPORT_STATEMENT] = rule_place,
    [NODE_DIRECTIVE] = bind_directive,
    [NODE_CONFIG_ENTRY] = bind_config_entry,
    [NODE_ASSIGNMENT] = bind_assignment,
    [NODE_AUGMENTED_ASSIGNMENT] = bind_augmented,
    [NODE_RETURN_STATEMENT] = bind_return,
    [NODE_BREAK_STATEMENT] = bind_jump,
    [NODE_CONTINUE_STATEMENT] = bind_jump,
    [NODE_LABELED_STATEMENT] = bind_label,
    [NODE_IDENTIFIER] = bind_identifier,
    [NODE_ARRAY] = bind_collection,
    [NODE_OBJECT] = bind_collection,
    [NODE_PAIR] = bind_pair,
    [NODE_ALIAS] = rule_not_a_pattern,
    [NODE_DEFAULT_BINDING] = rule_not_a_pattern,
    [NODE_TYPED_BINDING] = rule_not_a_pattern,
    [NODE_BINARY_EXPRESSION] = bind_binary,
    [NODE_MEMBER_EXPRESSION] = bind_member,
    [NODE_CALL_EXPRESSION] = bind_call,
    [NODE_NAMED_ARGUMENT] = bind_value,
    [NODE_COLUMN] = bind_nothing,
    [NODE_COLUMN_ASSIGNMENT] = bind_value,
    [NODE_FOR_EXPRESSION] = bind_for,
    [NODE_JSX_FOR] = bind_for,
    [NODE_WHILE_EXPRESSION] = bind_while,
    [NODE_LOOP_EXPRESSION] = bind_while,
    [NODE_MATCH_ARM] = bind_arm,
    [NODE_TRY_EXPRESSION] = bind_try,
    [NODE_WITH_EXPRESSION] = bind_with,
    [NODE_SELECT_ARM] = bind_select_arm,
    [NODE_JSX_ELEMENT] = bind_element,
    [NODE_JSX_ATTRIBUTE] = bind_attribute,
};

void bind_node(struct binder *b, node_id node) {
    if (node == NODE_NONE) {
        return;
    }
    if (b->depth >= LIMIT_SYNTAX_DEPTH) {
        if (!b->too_deep) {
            REPORT(b, TOO_DEEP, node, "This is nested more than %d levels deep. Split it into several statements.",
                   LIMIT_SYNTAX_DEPTH);
            b->too_deep = true;
        }
        return;
    }
    b->depth++;
    bind_function_of_kind *binder = binders[node_kind(b->tree, node)];
    if (binder != NULL) {
        binder(b, node);
    } else {
        bind_children(b, node);
    }
    b->depth--;
}
