/* Scopes, the symbols in them, and what a name means at a place. */
#include "analysis/binder.h"

uint32_t scope_add(struct binder *b, enum scope_kind kind, node_id node, uint32_t parent, uint32_t block) {
    uint32_t index = b->file->scopes.count;
    bool closed = kind == SCOPE_FUNCTION || kind == SCOPE_FILE || kind == SCOPE_BLOCK_MEMBERS;
    vec_push(b->arena, &b->file->scopes, (struct scope){.kind = kind, .parent = parent, .block = block, .node = node});
    vec_push(&b->scratch, &b->states,
             (struct scope_state){.function = closed ? index : b->states.items[parent].function,
                                  .first_binding = b->file->bindings.count});
    b->file->node_scope[node] = index;
    return index;
}

struct scope_frame scope_open(struct binder *b, enum scope_kind kind, node_id node) {
    struct scope_frame frame = {b->scope, b->function, b->undo.count, b->labels.count, b->loops};
    b->scope = scope_add(b, kind, node, b->scope, b->block);
    b->function = b->states.items[b->scope].function;
    if (kind == SCOPE_FUNCTION) {
        b->loops = 0;
    }
    return frame;
}

void scope_close(struct binder *b, struct scope_frame frame) {
    names_restore(b, frame.undo);
    b->labels.count = frame.labels;
    b->loops = frame.loops;
    b->scope = frame.scope;
    b->function = frame.function;
}

void names_restore(struct binder *b, unsigned undo) {
    while (b->undo.count > undo) {
        struct undo change = b->undo.items[--b->undo.count];
        struct name *name = name_at(b, change.name);
        name->value = change.value;
        name->type = change.type;
    }
}

uint32_t symbol_add_apart(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node) {
    uint32_t index = b->file->symbols.count;
    atom_id atom = ATOM_NONE;
    if (node_kind(b->tree, name_node) == NODE_IDENTIFIER || node_kind(b->tree, name_node) == NODE_STRING) {
        atom = name_at(b, name_of(b, name_node))->atom;
    }
    vec_push(&b->scratch, &b->file->symbols,
             (struct symbol){.name = atom,
                             .kind = kind,
                             .flags = flags,
                             .node = node,
                             .name_node = name_node,
                             .scope = b->scope,
                             .block = b->block});
    vec_push(&b->scratch, &b->last_uses, 0);
    if (atom != ATOM_NONE) {
        bind_symbol(b, name_node, index, ACCESS_DECLARE);
    }
    return index;
}

uint32_t symbol_add(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node) {
    uint32_t index = symbol_add_apart(b, kind, flags, node, name_node);
    vec_push(b->arena, &b->file->scopes.items[b->scope].symbols, index);
    return index;
}

/* What an import brings may be a type as well. */
static bool is_type(enum symbol_kind kind) {
    return kind == SYMBOL_TYPE || kind == SYMBOL_TYPE_PARAMETER || kind == SYMBOL_TRAIT || kind == SYMBOL_IMPORT;
}

static bool is_value(enum symbol_kind kind) {
    return kind != SYMBOL_TYPE_PARAMETER && kind != SYMBOL_TRAIT && kind != SYMBOL_FIELD && kind != SYMBOL_LABEL;
}

bool symbol_is_here(struct binder *b, uint32_t symbol) {
    uint32_t scope = symbol_at(b, symbol)->scope;
    uint32_t group = b->states.items[scope].group;
    return symbol != 0 && (scope == b->scope || (group != 0 && group == b->states.items[b->scope].group));
}

bool symbol_is_in_function(struct binder *b, uint32_t symbol) {
    uint32_t function = b->states.items[symbol_at(b, symbol)->scope].function;
    uint32_t group = b->states.items[function].group;
    return function == b->function || (group != 0 && group == b->states.items[b->function].group);
}

/* A type and the model of that type share their name, and so may a type and its only variant. */
static bool may_share(const struct symbol *a, const struct symbol *b) {
    return (a->kind == SYMBOL_TYPE && (b->kind == SYMBOL_MODEL || b->kind == SYMBOL_VARIANT)) ||
           (b->kind == SYMBOL_TYPE && (a->kind == SYMBOL_MODEL || a->kind == SYMBOL_VARIANT));
}

static void report_duplicate(struct binder *b, uint32_t symbol, uint32_t other) {
    const struct symbol *older = symbol_at(b, other);
    const struct symbol *newer = symbol_at(b, symbol);
    struct str name = analysis_name(b->file, newer->name);
    struct diagnostic *diagnostic =
        REPORT(b, DUPLICATE_NAME, newer->name_node,
               "`%.*s` is declared twice here: it is already %s %.*s. Rename one of the two.", STR_ARGUMENTS(name),
               older->kind == SYMBOL_IMPORT ? "an" : "a", STR_ARGUMENTS(symbol_kind_name(older->kind)));
    diagnostic->related.span = node_span(b->tree, older->name_node);
    diagnostic->related.message = arena_printf(b->arena, "`%.*s` is declared here first.", STR_ARGUMENTS(name));
}

static void check_duplicate(struct binder *b, uint32_t symbol, uint32_t other) {
    const struct symbol *newer = symbol_at(b, symbol);
    const struct symbol *older = symbol_at(b, other);
    if (other != 0 && other != symbol && older->name == newer->name && symbol_is_here(b, other) &&
        !may_share(older, newer)) {
        report_duplicate(b, symbol, other);
    }
}

static void push_as(struct binder *b, uint32_t name_index, uint32_t symbol, bool value, bool type) {
    struct name *name = name_at(b, name_index);
    vec_push(&b->scratch, &b->undo, (struct undo){name_index, name->value, name->type});
    if (value) {
        name->value = symbol;
    }
    if (type) {
        name->type = symbol;
    }
}

uint32_t model_alias(struct binder *b, uint32_t symbol) {
    struct str name = analysis_name(b->file, symbol_at(b, symbol)->name);
    return name_intern(b, arena_concat(&b->scratch, name, STR("Model")));
}

void symbol_push_alias(struct binder *b, uint32_t symbol, uint32_t alias) {
    if (!symbol_is_here(b, name_at(b, alias)->value)) {
        push_as(b, alias, symbol, true, false);
    }
}

void symbol_push_as(struct binder *b, uint32_t index, uint32_t name_index) {
    const struct symbol *symbol = symbol_at(b, index);
    const struct name *name = name_at(b, name_index);
    bool model_wins = symbol->kind == SYMBOL_TYPE && symbol_at(b, name->value)->kind == SYMBOL_MODEL &&
                      symbol_is_here(b, name->value);
    push_as(b, name_index, index, is_value(symbol->kind) && !model_wins, is_type(symbol->kind));
}

void symbol_push(struct binder *b, uint32_t index) {
    const struct symbol *symbol = symbol_at(b, index);
    if (symbol->name != ATOM_NONE) {
        bool model = symbol->kind == SYMBOL_MODEL;
        symbol_push_as(b, index, name_of(b, symbol->name_node));
        if (model) {
            symbol_push_alias(b, index, model_alias(b, index));
        }
    }
}

static void report_early_use(struct binder *b, uint32_t symbol, uint32_t binding, uint32_t outer) {
    struct str name = analysis_name(b->file, symbol_at(b, symbol)->name);
    struct diagnostic *diagnostic;
    if (outer == 0) {
        diagnostic = REPORT(b, USED_BEFORE_DEFINITION, b->file->bindings.items[binding].node,
                            "`%.*s` is used before its definition. Move the definition up.", STR_ARGUMENTS(name));
        diagnostic->related.span = node_span(b->tree, symbol_at(b, symbol)->name_node);
        diagnostic->related.message = arena_printf(b->arena, "`%.*s` is defined here.", STR_ARGUMENTS(name));
        return;
    }
    diagnostic = REPORT(b, USED_BEFORE_DEFINITION, b->file->bindings.items[binding].node,
                        "`%.*s` is used before its definition: the assignment below makes a new name, since the outer `%.*s` cannot "
                        "be assigned. Declare the outer one with `var`, or choose another name.",
                        STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    diagnostic->related.span = node_span(b->tree, symbol_at(b, outer)->name_node);
    diagnostic->related.message = arena_printf(b->arena, "The outer `%.*s` is declared here.", STR_ARGUMENTS(name));
}

static void settle_outer(struct binder *b, uint32_t symbol, uint32_t outer, uint32_t first) {
    uint32_t use = b->last_uses.items[outer];
    if (outer != 0 && use > first && !symbol_is_here(b, outer)) {
        report_early_use(b, symbol, use - 1, outer);
        b->last_uses.items[outer] = 0;
    }
}

unsigned access_flags(enum access access) {
    if (access == ACCESS_WRITE || access == ACCESS_DECLARE || access == ACCESS_MEMBER) {
        return 0;
    }
    return access == ACCESS_READ ? SYMBOL_READ | SYMBOL_PASSED : SYMBOL_READ;
}

/* Uses of the symbol's name before it in its scope: closures mean it, direct uses are reported. Called before the
 * symbol is pushed, while the name still means what it meant so far. */
static void settle_early_uses(struct binder *b, uint32_t symbol) {
    struct symbol *declared = symbol_at(b, symbol);
    if (declared->name == ATOM_NONE) {
        return;
    }
    struct name *name = name_at(b, name_of(b, declared->name_node));
    uint32_t first = b->states.items[declared->scope].first_binding;
    settle_outer(b, symbol, name->value, first);
    while (name->pending != 0) {
        struct pending use = b->pending.items[name->pending - 1];
        if (use.binding < first) {
            return;
        }
        struct binding *binding = &b->file->bindings.items[use.binding];
        if (use.function == b->function) {
            report_early_use(b, symbol, use.binding, 0);
        }
        binding->symbol = symbol;
        binding->external = 0;
        binding->builtin = 0;
        binding->global = false;
        declared->flags |= access_flags(binding->access);
        b->last_uses.items[symbol] = use.binding + 1;
        name->pending = use.next;
    }
}

uint32_t symbol_declare(struct binder *b, enum symbol_kind kind, unsigned flags, node_id node, node_id name_node) {
    uint32_t symbol = symbol_add(b, kind, flags, node, name_node);
    if (symbol_at(b, symbol)->name == ATOM_NONE) {
        return symbol;
    }
    const struct name *name = name_at(b, name_of(b, name_node));
    uint32_t older = is_value(kind) ? name->value : name->type;
    check_duplicate(b, symbol, older);
    if (is_type(kind) && is_value(kind) && name->type != older) {
        check_duplicate(b, symbol, name->type);
    }
    symbol_at(b, symbol)->hides = older != 0 && !symbol_is_here(b, older) ? older : 0;
    settle_early_uses(b, symbol);
    symbol_push(b, symbol);
    return symbol;
}

uint32_t symbol_declare_as(struct binder *b, enum symbol_kind kind, node_id node, uint32_t name) {
    uint32_t symbol = symbol_add(b, kind, 0, node, NODE_NONE);
    symbol_at(b, symbol)->name = name_at(b, name)->atom;
    push_as(b, name, symbol, is_value(kind), is_type(kind));
    return symbol;
}

void group_push(struct binder *b, uint32_t index) {
    struct group *group = &b->groups.items[index];
    uint32_t scope = b->scope;
    for (unsigned i = 0; i < group->blocks.count; i++) {
        b->scope = b->file->blocks.items[group->blocks.items[i]].scope;
        struct scope *members = &b->file->scopes.items[b->scope];
        for (unsigned s = 0; s < members->symbols.count; s++) {
            if (symbol_is_seen(symbol_at(b, members->symbols.items[s]))) {
                symbol_push(b, members->symbols.items[s]);
            }
        }
    }
    b->scope = scope;
}

void group_see(struct binder *b, uint32_t group) {
    group_push(b, group == GROUP_MODULE ? GROUP_SHARED : GROUP_MODULE);
    group_push(b, group == GROUP_MODULE ? GROUP_MODULE : GROUP_SHARED);
    if (group > GROUP_SHARED) {
        group_push(b, group);
    }
}

/* ---- uses */

static uint32_t add_binding(struct binder *b, struct binding binding) {
    if (b->file->node_binding[binding.node] != 0) {
        return b->file->node_binding[binding.node];
    }
    vec_push(&b->scratch, &b->file->bindings, binding);
    b->file->node_binding[binding.node] = b->file->bindings.count;
    return b->file->bindings.count;
}

void bind_symbol(struct binder *b, node_id node, uint32_t index, enum access access) {
    struct symbol *symbol = symbol_at(b, index);
    uint32_t binding = add_binding(
        b, (struct binding){.node = node, .name = symbol->name, .access = access, .symbol = index, .block = b->block});
    if (access != ACCESS_DECLARE) {
        b->last_uses.items[index] = binding;
        symbol->flags |= access_flags(access);
    }
}

/* The external of a name for the group that is being bound; one a group, so that it is linked once. */
static uint32_t external_of(struct binder *b, struct name *name, bool type, node_id node) {
    uint32_t *slot = type ? &name->typed : &name->external;
    const struct external *known = &b->file->externals.items[*slot];
    if (*slot == 0 || !block_key_equal(b->file->blocks.items[known->block].key, b->file->blocks.items[b->block].key)) {
        *slot = b->file->externals.count;
        vec_push(b->arena, &b->file->externals,
                 (struct external){.name = name->atom, .block = b->block, .type = type, .node = node});
    }
    return *slot;
}

/* `window.location`: a name of the browser and a function of Tova; behind it stands a dot, which functions have no use for. */
static bool is_object_of_host(struct binder *b, node_id node, const struct name *name) {
    bool object = node_field(b->tree, node) == FIELD_OBJECT &&
                  node_kind(b->tree, node_parent(b->tree, node)) == NODE_MEMBER_EXPRESSION;
    return object && name->globals != 0 && name->builtin != 0 &&
           str_starts_with(builtin_info((enum builtin)(name->builtin - 1))->signature, STR("fn "));
}

static uint32_t bind_external(struct binder *b, node_id node, uint32_t name_index, enum access access) {
    struct name *name = name_at(b, name_index);
    enum block_kind kind = b->file->blocks.items[b->block].key.kind;
    bool type = access == ACCESS_TYPE;
    struct binding binding = {.node = node, .name = name->atom, .access = access, .block = b->block};
    binding.external = external_of(b, name, type, node);
    b->file->externals.items[binding.external].passed |= access == ACCESS_READ;
    name_look_up(name);
    bool global = (name->globals >> kind & 1) != 0;
    /* `window` and `crypto` in the browser are the browser's own; `text` is a builtin in a server block alone. */
    enum builtin builtin = (enum builtin)(name->builtin - 1);
    bool elsewhere = name->builtin != 0 && !builtin_is_for(builtin, kind);
    bool unknown = elsewhere && (global || builtin_info(builtin)->side == BUILTIN_SERVER_BLOCKS);
    binding.builtin = type || unknown || is_object_of_host(b, node, name) ? 0 : name->builtin;
    bool known_type =
        type && (name->builtin_type || (name->builtin != 0 && builtin_is_type((enum builtin)(name->builtin - 1))));
    binding.global = known_type || (binding.builtin == 0 && global);
    uint32_t index = add_binding(b, binding);
    if (!type) {
        vec_push(&b->scratch, &b->pending, (struct pending){index - 1, b->function, name->pending});
        name->pending = b->pending.count;
    }
    return index;
}

uint32_t bind_name_as(struct binder *b, node_id node, uint32_t name_index, enum access access) {
    const struct name *name = name_at(b, name_index);
    if (name_index == b->wildcard || name->text.size == 0) {
        rule_placeholder(b, node, access);
        return 0;
    }
    uint32_t symbol = access == ACCESS_TYPE ? name->type : name->value;
    if (access == ACCESS_CALL && symbol_at(b, symbol)->kind == SYMBOL_MODEL) {
        symbol = name->type; /* `User(…)` makes a value of the type, of whichever file; models are not called */
    }
    if (symbol == 0) {
        return bind_external(b, node, name_index, access);
    }
    bind_symbol(b, node, symbol, access);
    return b->file->bindings.count;
}

uint32_t bind_name(struct binder *b, node_id node, enum access access) {
    return bind_name_as(b, node, name_of(b, node), access);
}
