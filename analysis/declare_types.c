/* Types and models: their symbols, fields and variants, and the names in annotations. */
#include "analysis/binder.h"
#include "analysis/model_settings.h"

static bool is_variant_kind(enum node_kind kind) { return kind == NODE_VARIANT || kind == NODE_VARIANT_TYPE; }

/* Behind a syntax error a name may stand in the tree that the text does not have; nothing can be called by it. */
static bool is_written(struct binder *b, node_id name) { return node_text(b->tree, name).size > 0; }

/* The fields of a variant: its parameters. */
static void add_variant_fields(struct binder *b, uint32_t variant) {
    node_id parameters = node_child(b->tree, symbol_at(b, variant)->node, FIELD_PARAMETERS);
    uint32_t first = b->file->symbols.count;
    NODE_EACH(parameter, b->tree, parameters) {
        node_id name = node_child(b->tree, parameter, FIELD_NAME);
        if (!is_written(b, name)) {
            continue;
        }
        uint32_t field = symbol_add(b, SYMBOL_FIELD, 0, parameter, name);
        symbol_at(b, field)->owner = variant;
        symbol_at(b, field)->type = node_child(b->tree, parameter, FIELD_TYPE);
        symbol_at(b, field)->value = node_child(b->tree, parameter, FIELD_DEFAULT);
    }
    symbol_at(b, variant)->first_part = first;
    symbol_at(b, variant)->part_count = b->file->symbols.count - first;
}

static uint32_t declare_variant(struct binder *b, node_id node, node_id name, uint32_t owner) {
    unsigned flags = symbol_at(b, owner)->flags & (SYMBOL_BLOCK_LEVEL | SYMBOL_PUBLIC);
    uint32_t variant = symbol_declare(b, SYMBOL_VARIANT, flags, node, name);
    symbol_at(b, variant)->owner = owner;
    return variant;
}

static void add_field(struct binder *b, node_id node, uint32_t owner) {
    node_id value = node_child(b->tree, node, FIELD_DEFAULT);
    unsigned flags = value != NODE_NONE ? SYMBOL_HAS_DEFAULT : 0;
    uint32_t field = symbol_add(b, SYMBOL_FIELD, flags, node, node_child(b->tree, node, FIELD_NAME));
    symbol_at(b, field)->owner = owner;
    symbol_at(b, field)->type = node_child(b->tree, node, FIELD_TYPE);
    symbol_at(b, field)->value = value;
}

/* A setting of a model is no field of it. */
static bool is_setting(struct binder *b, node_id field, uint32_t owner) {
    return symbol_at(b, owner)->kind == SYMBOL_MODEL && model_setting_of(b->tree, field) != MODEL_FIELD;
}

/* The kind that all parts have: that of the first one, when a syntax error has made a variant of a field or a field of a
 * variant. */
static enum node_kind kind_of_parts(struct binder *b, node_id body) {
    NODE_EACH(child, b->tree, body) {
        enum node_kind kind = node_kind(b->tree, child);
        if (kind == NODE_VARIANT || kind == NODE_FIELD_DECLARATION) {
            return kind;
        }
    }
    return NODE_NULL;
}

/* Parts of one kind stand together: all variants, or all fields; then the fields of each variant. */
static void add_parts(struct binder *b, node_id body, uint32_t owner) {
    enum node_kind kind = kind_of_parts(b, body);
    bool variants = kind == NODE_VARIANT;
    uint32_t first = b->file->symbols.count;
    NODE_EACH(child, b->tree, body) {
        node_id name = node_child(b->tree, child, FIELD_NAME);
        if (node_kind(b->tree, child) != kind || !is_written(b, name)) {
            continue;
        }
        if (variants) {
            declare_variant(b, child, name, owner);
        } else if (!is_setting(b, child, owner)) {
            add_field(b, child, owner);
        }
    }
    uint32_t count = b->file->symbols.count - first;
    symbol_at(b, owner)->first_part = first;
    symbol_at(b, owner)->part_count = count;
    for (uint32_t i = first; variants && i < first + count; i++) {
        add_variant_fields(b, i);
    }
}

void declare_type(struct binder *b, node_id node, unsigned flags) {
    uint32_t type = symbol_declare(b, SYMBOL_TYPE, flags, node, node_child(b->tree, node, FIELD_NAME));
    symbol_at(b, type)->type = node_child(b->tree, node, FIELD_VALUE);
    add_parts(b, node_child(b->tree, node, FIELD_BODY), type);
}

void declare_model(struct binder *b, node_id node, unsigned flags) {
    uint32_t model = symbol_declare(b, SYMBOL_MODEL, flags, node, node_child(b->tree, node, FIELD_NAME));
    add_parts(b, node_child(b->tree, node, FIELD_BODY), model);
}

/* ---- `type S = A(x: T) | B`: the names of a union are variants when one of them has fields or none is a type */

/* Calls visit for each member of a union, which groups to the left; false from it ends the walk with false. */
static bool union_each(struct binder *b, node_id type, uint32_t owner,
                       bool (*visit)(struct binder *, node_id, uint32_t)) {
    VEC(node_id) members = {0};
    while (node_kind(b->tree, type) == NODE_UNION_TYPE) {
        node_id left = node_first_plain(b->tree, type);
        vec_push(&b->scratch, &members, node_next_plain(b->tree, left));
        type = left;
    }
    vec_push(&b->scratch, &members, type);
    while (members.count > 0) {
        if (!visit(b, members.items[--members.count], owner)) {
            return false;
        }
    }
    return true;
}

static bool is_not_variant_type(struct binder *b, node_id type, uint32_t owner) {
    (void)owner;
    return node_kind(b->tree, type) != NODE_VARIANT_TYPE;
}

static bool is_new_name(struct binder *b, node_id type, uint32_t owner) {
    (void)owner;
    struct str text = node_text(b->tree, type);
    node_id name = node_child(b->tree, type, FIELD_NAME);
    bool simple = node_kind(b->tree, type) == NODE_TYPE_NAME && node_child(b->tree, type, FIELD_MEMBER) == NODE_NONE;
    return simple && text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z' && !builtin_type_is_known(text) &&
           !global_is_known(text, BLOCK_MODULE) && name_at(b, name_of(b, name))->type == 0;
}

static bool add_union_variant(struct binder *b, node_id type, uint32_t owner) {
    enum node_kind kind = node_kind(b->tree, type);
    node_id name = node_child(b->tree, type, FIELD_NAME);
    if ((kind == NODE_VARIANT_TYPE || kind == NODE_TYPE_NAME) && is_written(b, name)) {
        declare_variant(b, type, name, owner);
    }
    return true;
}

static void declare_enumeration(struct binder *b, uint32_t type) {
    node_id value = symbol_at(b, type)->type;
    enum node_kind kind = node_kind(b->tree, value);
    bool variants = kind == NODE_VARIANT_TYPE ||
                    (kind == NODE_UNION_TYPE &&
                     (!union_each(b, value, type, is_not_variant_type) || union_each(b, value, type, is_new_name)));
    if (!variants) {
        return;
    }
    uint32_t first = b->file->symbols.count;
    union_each(b, value, type, add_union_variant);
    uint32_t count = b->file->symbols.count - first;
    symbol_at(b, type)->first_part = first;
    symbol_at(b, type)->part_count = count;
    for (uint32_t i = first; i < first + count; i++) {
        add_variant_fields(b, i);
    }
}

void declare_enumerations(struct binder *b, node_id body) {
    NODE_EACH(child, b->tree, body) {
        node_id node =
            node_kind(b->tree, child) == NODE_EXPORT_STATEMENT ? node_child(b->tree, child, FIELD_DECLARATION) : child;
        if (node_kind(b->tree, node) == NODE_TYPE_DECLARATION) {
            uint32_t type = symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME));
            if (type != 0) {
                declare_enumeration(b, type);
            }
        }
    }
}

/* ---- binding */

static bool is_expression_in_type(enum node_kind kind) {
    return kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_TRUE || kind == NODE_FALSE || kind == NODE_NIL;
}

/* `done: Bool` of `{ done: Bool }` in an annotation: a field of nothing that has a name. */
static void bind_record_field(struct binder *b, node_id node) {
    node_id name = node_child(b->tree, node, FIELD_NAME), type = node_child(b->tree, node, FIELD_TYPE);
    if (is_written(b, name)) {
        uint32_t field = symbol_add_apart(b, SYMBOL_FIELD, 0, node, name);
        symbol_at(b, field)->type = type;
    }
    bind_type(b, type);
}

void bind_type(struct binder *b, node_id node) {
    enum node_kind kind = node_kind(b->tree, node);
    if (kind == NODE_TYPE_NAME) {
        node_id name = node_child(b->tree, node, FIELD_NAME);
        if (node_child(b->tree, node, FIELD_MEMBER) == NODE_NONE && b->file->node_binding[name] == 0) {
            bind_name(b, name, ACCESS_TYPE);
        }
        return;
    }
    if (node == NODE_NONE || is_expression_in_type(kind) || b->depth >= LIMIT_SYNTAX_DEPTH) {
        return;
    }
    b->depth++;
    NODE_EACH(child, b->tree, node) {
        enum node_kind inner = node_kind(b->tree, child);
        if (inner == NODE_RECORD_FIELD) {
            bind_record_field(b, child);
        } else if (inner == NODE_PARAMETERS || inner == NODE_PARAMETER) {
            bind_type(b, inner == NODE_PARAMETER ? node_child(b->tree, child, FIELD_TYPE) : child);
        } else if (inner != NODE_IDENTIFIER && inner != NODE_TOKEN) {
            bind_type(b, child);
        }
    }
    b->depth--;
}

void bind_type_parameters(struct binder *b, node_id node, uint32_t owner) {
    NODE_EACH(child, b->tree, node_child(b->tree, node, FIELD_TYPE_PARAMETERS)) {
        if (node_kind(b->tree, child) == NODE_TYPE_PARAMETER) {
            uint32_t symbol =
                symbol_declare(b, SYMBOL_TYPE_PARAMETER, 0, child, node_child(b->tree, child, FIELD_NAME));
            symbol_at(b, symbol)->owner = owner;
            symbol_at(b, owner)->flags |= owner != 0 ? SYMBOL_GENERIC : 0;
            bind_type(b, node_child(b->tree, child, FIELD_CONSTRAINT));
        }
    }
}

/* A field's own rules. */
static const struct str rule_words[] = {STR_INIT("required"),  STR_INIT("email"),     STR_INIT("min"),
                                        STR_INIT("max"),       STR_INIT("minLength"), STR_INIT("maxLength"),
                                        STR_INIT("pattern"),   STR_INIT("matches"),   STR_INIT("oneOf"),
                                        STR_INIT("unique")};

/* `required`, `min(3)` … are words of their own: only what they are given is bound. */
static void bind_rule(struct binder *b, node_id rule) {
    bool call = node_kind(b->tree, rule) == NODE_CALL_EXPRESSION;
    node_id name = call ? node_child(b->tree, rule, FIELD_FUNCTION) : rule;
    bool known = node_is_comment(b->tree, rule);
    for (size_t i = 0; i < sizeof rule_words / sizeof *rule_words; i++) {
        known = known || str_equal(node_text(b->tree, name), rule_words[i]);
    }
    if (!known && !node_has_error(b->tree, rule)) {
        REPORT(b, UNKNOWN_OPTION, name,
               "A field has no such rule. There are required, email, min, max, minLength, maxLength, pattern, "
               "matches, oneOf and, in a model, unique.");
    }
    bind_node(b, call ? node_child(b->tree, rule, FIELD_ARGUMENTS) : NODE_NONE);
}

static void bind_rules(struct binder *b, node_id rules) {
    NODE_EACH(rule, b->tree, rules) {
        if (node_kind(b->tree, rule) == NODE_EXPRESSION_LIST) {
            NODE_EACH(part, b->tree, rule) { bind_rule(b, part); }
        } else {
            bind_rule(b, rule);
        }
    }
}

static void bind_field(struct binder *b, node_id field) {
    bind_type(b, node_child(b->tree, field, FIELD_TYPE));
    bind_node(b, node_child(b->tree, field, FIELD_DEFAULT));
    bind_rules(b, node_child(b->tree, field, FIELD_VALIDATORS));
}

static void bind_fields(struct binder *b, node_id body) {
    NODE_EACH(child, b->tree, body) {
        if (node_kind(b->tree, child) == NODE_FIELD_DECLARATION) {
            bind_field(b, child);
        } else if (is_variant_kind(node_kind(b->tree, child))) {
            NODE_EACH(parameter, b->tree, node_child(b->tree, child, FIELD_PARAMETERS)) { bind_field(b, parameter); }
        }
    }
}

/* The condition behind `where` speaks of the value as `it`. */
static void bind_where(struct binder *b, node_id node) {
    if (node == NODE_NONE) {
        return;
    }
    struct scope_frame frame = scope_open(b, SCOPE_FUNCTION, node);
    uint32_t it = symbol_add(b, SYMBOL_PARAMETER, SYMBOL_READ, node, NODE_NONE);
    struct name *name = name_at(b, b->it);
    symbol_at(b, it)->name = name->atom;
    vec_push(&b->scratch, &b->undo, (struct undo){b->it, name->value, name->type});
    name->value = it;
    bind_body(b, node);
    scope_close(b, frame);
}

/* Names of traits; the others are words of their own. */
static void bind_derives(struct binder *b, node_id derives) {
    static const struct str words[] = {STR_INIT("Eq"), STR_INIT("Show"), STR_INIT("JSON")};
    NODE_EACH(child, b->tree, derives) {
        bool is_word = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            is_word = is_word || str_equal(node_text(b->tree, child), words[i]);
        }
        if (!is_word && node_kind(b->tree, child) == NODE_IDENTIFIER) {
            bind_name(b, child, ACCESS_TYPE);
        }
    }
}

/* `type Filter = { done: Bool }`: such fields belong to the type, though it has no parts of its own. */
static void bind_alias(struct binder *b, node_id value, uint32_t type) {
    uint32_t first = b->file->symbols.count;
    bind_type(b, value);
    for (uint32_t i = first; i < b->file->symbols.count; i++) {
        struct symbol *symbol = symbol_at(b, i);
        if (symbol->kind == SYMBOL_FIELD && node_parent(b->tree, symbol->node) == value) {
            symbol->owner = type;
        }
    }
}

void bind_type_declaration(struct binder *b, node_id node) {
    struct scope_frame frame = scope_open(b, SCOPE_LOCAL, node);
    uint32_t type = symbol_declared_at(b, node_child(b->tree, node, FIELD_NAME));
    bind_type_parameters(b, node, type);
    bind_fields(b, node_child(b->tree, node, FIELD_BODY));
    bind_alias(b, node_child(b->tree, node, FIELD_VALUE), type);
    bind_where(b, node_child(b->tree, node, FIELD_WHERE));
    bind_derives(b, node_child(b->tree, node, FIELD_DERIVE));
    scope_close(b, frame);
}

/* What a setting lists are models, or fields of this one, which are no types. */
void bind_model(struct binder *b, node_id node) {
    rule_place(b, node);
    NODE_EACH(field, b->tree, node_child(b->tree, node, FIELD_BODY)) {
        enum model_setting setting = model_setting_of(b->tree, field);
        if (node_kind(b->tree, field) == NODE_FIELD_DECLARATION &&
            (setting == MODEL_FIELD || model_setting_is_relation(setting))) {
            bind_field(b, field);
        }
    }
}
