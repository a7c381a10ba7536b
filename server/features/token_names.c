/* token_names: by what a name is bound to, else by where it stands. */
#include "server/features/token_names.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/modules.h"
#include "analysis/peers.h"

struct kind {
    uint8_t type;
    uint16_t modifiers;
};

void token_names_init(struct token_names *names, const struct feature_context *context) {
    const struct file_analysis *file = context->file;
    *names = (struct token_names){
        .context = context,
        .externals = arena_array(context->arena, struct package_symbol, file->externals.count * 2 + 2),
        .external_known = arena_array(context->arena, uint8_t, file->externals.count * 2 + 2),
    };
    if (file->imported.count > 0) {
        names->imports = arena_array(context->arena, struct package_symbol, file->symbols.count);
        names->import_known = arena_array(context->arena, uint8_t, file->symbols.count);
    }
}

/* ---- by kind of symbol */

static const struct kind kinds[SYMBOL_KIND_COUNT] = {
    [SYMBOL_FUNCTION] = {TOKEN_FUNCTION, 0},
    [SYMBOL_PARAMETER] = {TOKEN_PARAMETER, 0},
    [SYMBOL_CONSTANT] = {TOKEN_VARIABLE, TOKEN_IS_READONLY},
    [SYMBOL_VARIABLE] = {TOKEN_VARIABLE, 0},
    [SYMBOL_STATE] = {TOKEN_VARIABLE, TOKEN_IS_REACTIVE},
    [SYMBOL_COMPUTED] = {TOKEN_VARIABLE, TOKEN_IS_REACTIVE | TOKEN_IS_READONLY},
    [SYMBOL_COMPONENT] = {TOKEN_COMPONENT, 0},
    [SYMBOL_STORE] = {TOKEN_NAMESPACE, TOKEN_IS_REACTIVE},
    [SYMBOL_TYPE] = {TOKEN_TYPE, 0},
    [SYMBOL_VARIANT] = {TOKEN_ENUM_MEMBER, 0},
    [SYMBOL_FIELD] = {TOKEN_PROPERTY, 0},
    [SYMBOL_TYPE_PARAMETER] = {TOKEN_TYPE_PARAMETER, 0},
    [SYMBOL_MODEL] = {TOKEN_CLASS, 0},
    [SYMBOL_MIDDLEWARE] = {TOKEN_FUNCTION, 0},
    [SYMBOL_IMPORT] = {TOKEN_VARIABLE, TOKEN_IS_READONLY},
    [SYMBOL_TRAIT] = {TOKEN_INTERFACE, 0},
    [SYMBOL_LABEL] = {TOKEN_LABEL, 0},
};

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

/* In an `impl`, a trait or an interface. */
static bool is_method(const struct syntax_tree *tree, node_id function) {
    enum node_kind around = node_kind(tree, node_parent(tree, node_parent(tree, function)));
    return around == NODE_IMPL_DECLARATION || around == NODE_TRAIT_DECLARATION || around == NODE_INTERFACE_DECLARATION;
}

static uint8_t type_of_type(enum symbol_kind first_part) {
    return first_part == SYMBOL_VARIANT ? TOKEN_ENUM : first_part == SYMBOL_FIELD ? TOKEN_STRUCT : TOKEN_TYPE;
}

static struct kind kind_of_symbol(const struct file_analysis *file, const struct symbol *symbol) {
    struct kind kind = kinds[symbol->kind];
    if (symbol->kind == SYMBOL_TYPE && symbol->part_count > 0) {
        kind.type = type_of_type(analysis_symbol(file, symbol->first_part)->kind);
    } else if (symbol->kind == SYMBOL_FUNCTION && is_method(file->tree, symbol->node)) {
        kind.type = TOKEN_METHOD;
    } else if (symbol->kind == SYMBOL_CONSTANT && is_function_value(node_kind(file->tree, symbol->value))) {
        kind = (struct kind){TOKEN_FUNCTION, 0};
    }
    kind.modifiers |= symbol->flags & SYMBOL_ASYNC_WRITTEN ? TOKEN_IS_ASYNC : 0;
    return kind;
}

/* A type of another file: with variants of that name it is an enum. */
static struct kind kind_of_member(struct package_symbol found) {
    struct kind kind = kinds[found.symbol->kind];
    if (found.symbol->kind == SYMBOL_TYPE) {
        kind.type = found.symbol->parameter_count > 0 ? TOKEN_STRUCT : TOKEN_TYPE;
        uint32_t next = (uint32_t)(found.symbol - found.file->symbols) + 1;
        bool variants = next < found.file->symbol_count && found.file->symbols[next].kind == SYMBOL_VARIANT &&
                        found.file->symbols[next].owner == found.symbol->name;
        kind.type = variants ? TOKEN_ENUM : kind.type;
    }
    kind.modifiers |= found.symbol->flags & SYMBOL_ASYNC_WRITTEN ? TOKEN_IS_ASYNC : 0;
    return kind;
}

/* ---- by binding */

static struct package_symbol imported(struct token_names *names, uint32_t symbol) {
    if (names->imports == NULL) {
        return (struct package_symbol){NULL, NULL};
    }
    if (!names->import_known[symbol]) {
        names->import_known[symbol] = 1;
        names->imports[symbol] =
            module_imported(names->context->arena, names->context->package, names->context->file, symbol);
    }
    return names->imports[symbol];
}

static struct package_symbol meaning(struct token_names *names, const struct binding *binding) {
    const struct file_analysis *file = names->context->file;
    uint32_t at = binding->external * 2 + (binding->access == ACCESS_CALL);
    if (!names->external_known[at]) {
        names->external_known[at] = 1;
        names->externals[at] = package_meaning(names->context->package, file->blocks.items[binding->block].key,
                                               binding->name, binding->access);
    }
    return names->externals[at];
}

static bool is_variant_of_language(struct str name) {
    static const struct str variants[] = {STR_INIT("Ok"), STR_INIT("Err"), STR_INIT("Some"), STR_INIT("None")};
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (str_equal(name, variants[i])) {
            return true;
        }
    }
    return false;
}

static struct kind kind_of_builtin(enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    struct builtin_member member;
    bool waits = builtin_is_async(builtin);
    uint8_t type = is_variant_of_language(info->name)                                ? TOKEN_ENUM_MEMBER
                   : builtin_is_type(builtin)                                        ? TOKEN_CLASS
                   : waits || str_starts_with(info->signature, STR("fn "))           ? TOKEN_FUNCTION
                   : builtin == BUILTIN_DB || builtin_member_at(builtin, 0, &member) ? TOKEN_NAMESPACE
                                                                                     : TOKEN_VARIABLE;
    unsigned modifiers = TOKEN_IS_DEFAULT_LIBRARY | (waits ? TOKEN_IS_ASYNC : 0u) |
                         (info->preferred != builtin || info->absent.size > 0 ? TOKEN_IS_DEPRECATED : 0u);
    return (struct kind){type, (uint16_t)modifiers};
}

static bool is_capital(struct str name) { return name.size > 0 && name.data[0] >= 'A' && name.data[0] <= 'Z'; }

static struct kind kind_of_global(struct str name, enum access access) {
    uint8_t type = is_capital(name) ? TOKEN_CLASS : access == ACCESS_CALL ? TOKEN_FUNCTION : TOKEN_VARIABLE;
    return (struct kind){type, TOKEN_IS_DEFAULT_LIBRARY};
}

/* A name of a module that nothing is known of: its use and its first letter tell. */
static struct kind kind_of_unknown_import(const struct file_analysis *file, const struct symbol *symbol,
                                          enum access access) {
    if (node_field(file->tree, symbol->name_node) == FIELD_NAMESPACE) {
        return (struct kind){TOKEN_NAMESPACE, 0};
    }
    if (access == ACCESS_TAG) {
        return (struct kind){TOKEN_COMPONENT, 0};
    }
    if (is_capital(analysis_name(file, symbol->name))) {
        return (struct kind){access == ACCESS_TYPE ? TOKEN_TYPE : TOKEN_CLASS, 0};
    }
    return access == ACCESS_CALL ? (struct kind){TOKEN_FUNCTION, 0} : kinds[SYMBOL_IMPORT];
}

static struct kind kind_of_own(struct token_names *names, const struct binding *binding) {
    const struct file_analysis *file = names->context->file;
    const struct symbol *symbol = analysis_symbol(file, binding->symbol);
    bool import = symbol->kind == SYMBOL_IMPORT;
    struct package_symbol found = import ? imported(names, binding->symbol) : (struct package_symbol){NULL, NULL};
    struct kind kind = found.symbol != NULL ? kind_of_member(found)
                       : import             ? kind_of_unknown_import(file, symbol, binding->access)
                                            : kind_of_symbol(file, symbol);
    if (binding->access == ACCESS_DECLARE) {
        bool endpoint = (symbol->flags & SYMBOL_ENDPOINT) != 0;
        kind.modifiers |= (uint16_t)(TOKEN_IS_DECLARATION | (endpoint ? TOKEN_IS_REMOTE : 0));
    }
    kind.modifiers |= binding->access == ACCESS_WRITE ? TOKEN_IS_MODIFICATION : 0;
    return kind;
}

static bool kind_of_binding(struct token_names *names, const struct binding *binding, struct kind *kind) {
    struct str name = analysis_name(names->context->file, binding->name);
    if (binding->symbol != 0) {
        *kind = kind_of_own(names, binding);
        return true;
    }
    struct package_symbol found =
        binding->external != 0 ? meaning(names, binding) : (struct package_symbol){NULL, NULL};
    if (found.symbol != NULL) {
        *kind = kind_of_member(found);
        kind->modifiers |= binding->access == ACCESS_WRITE ? TOKEN_IS_MODIFICATION : 0;
        return true;
    }
    if (binding->access == ACCESS_TYPE && builtin_type_is_known(name)) {
        *kind = (struct kind){TOKEN_TYPE, TOKEN_IS_DEFAULT_LIBRARY};
        return true;
    }
    if (binding->builtin != 0) {
        *kind = kind_of_builtin((enum builtin)(binding->builtin - 1));
        return true;
    }
    if (binding->global) {
        *kind = kind_of_global(name, binding->access);
        return true;
    }
    return false;
}

/* ---- by place */

/* `f` and `server` of `server.f`. */
static bool kind_of_rpc(const struct token_names *names, node_id node, struct kind *kind) {
    const struct file_analysis *file = names->context->file;
    node_id parent = node_parent(file->tree, node);
    if (file->rpc_uses.count == 0 || node_kind(file->tree, parent) != NODE_MEMBER_EXPRESSION) {
        return false;
    }
    const struct rpc_use *use = peer_rpc_use(names->context->package, file, parent);
    bool function = use != NULL && use->name_node == node;
    bool server = use != NULL && node_field(file->tree, node) == FIELD_OBJECT;
    *kind = function ? (struct kind){TOKEN_FUNCTION, TOKEN_IS_REMOTE | TOKEN_IS_ASYNC}
                     : (struct kind){TOKEN_NAMESPACE, TOKEN_IS_REMOTE};
    return function || server;
}

/* `get` of `http.get`, `find` of `User.find`; else a method where it is called. */
static struct kind kind_of_property(const struct token_names *names, node_id node) {
    const struct feature_context *context = names->context;
    const struct syntax_tree *tree = context->file->tree;
    node_id member = node_parent(tree, node);
    node_id object = node_child(tree, member, FIELD_OBJECT);
    struct builtin_member found;
    enum builtin space;
    bool called = node_kind(tree, node_parent(tree, member)) == NODE_CALL_EXPRESSION &&
                  node_field(tree, member) == FIELD_FUNCTION;
    bool known = node_kind(tree, object) == NODE_IDENTIFIER &&
                 (lookup_model(context->file, context->package, object)
                      ? model_member_find(node_text(tree, node), &found)
                      : lookup_builtin(context->file, context->package, object, &space) &&
                            builtin_member_find(space, node_text(tree, node), &found));
    bool waits = known && str_starts_with(found.signature, STR("async "));
    bool function = called || (known && (waits || str_starts_with(found.signature, STR("fn "))));
    unsigned modifiers = (known ? TOKEN_IS_DEFAULT_LIBRARY : 0u) | (waits ? TOKEN_IS_ASYNC : 0u);
    return (struct kind){function ? TOKEN_METHOD : TOKEN_PROPERTY, (uint16_t)modifiers};
}

/* Names that are what they are by the node that they are a part of. */
static const struct token_place {
    uint8_t parent, field, type; /* enum node_kind, node_field, token_type */
    bool always;                 /* whatever the name is bound to */
} places[] = {
    {NODE_DIRECTIVE, FIELD_NAME, TOKEN_KEYWORD, true},
    {NODE_ROUTE_DECLARATION, FIELD_METHOD, TOKEN_KEYWORD, true},
    {NODE_ROUTE_DECORATOR, FIELD_NAME, TOKEN_DECORATOR, true},
    {NODE_DECORATOR, FIELD_NAME, TOKEN_DECORATOR, true},
    {NODE_LABELED_STATEMENT, FIELD_LABEL, TOKEN_LABEL, true},
    {NODE_BREAK_STATEMENT, FIELD_LABEL, TOKEN_LABEL, true},
    {NODE_CONTINUE_STATEMENT, FIELD_LABEL, TOKEN_LABEL, true},
    {NODE_PAIR, FIELD_KEY, TOKEN_PROPERTY, false},
    {NODE_CONFIG_ENTRY, FIELD_KEY, TOKEN_PROPERTY, true},
    {NODE_PAIR_PATTERN, FIELD_KEY, TOKEN_PROPERTY, false},
    {NODE_RECORD_FIELD, FIELD_NAME, TOKEN_PROPERTY, false},
    {NODE_FIELD_DECLARATION, FIELD_NAME, TOKEN_PROPERTY, false},
    {NODE_COLUMN, FIELD_NAME, TOKEN_PROPERTY, false},
    {NODE_NAMED_ARGUMENT, FIELD_NAME, TOKEN_PARAMETER, false},
    {NODE_TYPE_NAME, FIELD_NAME, TOKEN_TYPE, false},
    {NODE_TYPE_NAME, FIELD_MEMBER, TOKEN_TYPE, false},
    {NODE_VARIANT_PATTERN, FIELD_NAME, TOKEN_ENUM_MEMBER, false},
    {NODE_INTERFACE_DECLARATION, FIELD_NAME, TOKEN_INTERFACE, false},
};

static const struct token_place *place_of(const struct syntax_tree *tree, node_id node) {
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    enum node_field field = node_field(tree, node);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (places[i].parent == (int)parent && places[i].field == (int)field) {
            return &places[i];
        }
    }
    return NULL;
}

static bool kind_of_identifier(struct token_names *names, node_id node, struct kind *kind) {
    const struct file_analysis *file = names->context->file;
    const struct token_place *place = place_of(file->tree, node);
    if (place != NULL && place->always) {
        *kind = (struct kind){place->type, 0};
        return true;
    }
    if (kind_of_rpc(names, node, kind)) {
        return true;
    }
    const struct binding *binding = analysis_binding(file, node);
    if (binding != NULL && kind_of_binding(names, binding, kind)) {
        return true;
    }
    if (node_field(file->tree, node) == FIELD_PROPERTY) {
        *kind = kind_of_property(names, node);
        return true;
    }
    if (place != NULL) {
        bool known = place->type == TOKEN_TYPE && builtin_type_is_known(node_text(file->tree, node));
        *kind = (struct kind){place->type, known ? TOKEN_IS_DEFAULT_LIBRARY : 0};
        return true;
    }
    return false;
}

/* ---- markup */

static bool kind_of_tag(struct token_names *names, node_id node, struct kind *kind) {
    const struct binding *binding = analysis_binding(names->context->file, node);
    bool bound = binding != NULL && kind_of_binding(names, binding, kind);
    if (bound && kind->type != TOKEN_NAMESPACE) {
        kind->type = TOKEN_COMPONENT;
    }
    return bound;
}

static bool kind_of_attribute(struct token_names *names, node_id node, bool lexical, struct kind *kind) {
    const struct binding *binding = analysis_binding(names->context->file, node);
    if (str_starts_with(node_text(names->context->file->tree, node), STR("on:"))) {
        *kind = (struct kind){TOKEN_EVENT, 0};
        return true;
    }
    if (binding != NULL && kind_of_binding(names, binding, kind)) {
        kind->type = kind->type == TOKEN_PARAMETER ? TOKEN_PROPERTY : kind->type;
        return true;
    }
    *kind = (struct kind){TOKEN_PROPERTY, 0};
    return lexical;
}

bool token_name(struct token_names *names, node_id node, bool lexical, struct semantic_token *token) {
    const struct syntax_tree *tree = names->context->file->tree;
    struct kind kind;
    struct span span = analysis_name_span(tree, node);
    bool found = false;
    if (node_kind(tree, node) == NODE_TAG_NAME) {
        found = kind_of_tag(names, node, &kind);
    } else if (node_kind(tree, node) == NODE_ATTRIBUTE_NAME) {
        found = kind_of_attribute(names, node, lexical, &kind);
    } else {
        found = kind_of_identifier(names, node, &kind);
    }
    if (!found || span.start >= span.end) {
        return false;
    }
    *token = (struct semantic_token){span.start, span.end, kind.modifiers, kind.type};
    return true;
}
