/* Functions where what they give is meant: named in a text, a condition, an operation or a loop, or given to a state, without
 * being called. */
#include "analysis/checks.h"
#include "analysis/peers.h"
#include "analysis/value_sites.h"

/* A function that a name means. */
struct named {
    struct str name; /* as it is written: `total`, `server.list` */
    bool needs;      /* it has parameters without a default */
};

/* ---- which function is named */

static bool named_here(const struct check *check, const struct symbol *symbol, struct named *named) {
    const struct file_analysis *file = check->file;
    enum node_kind around = node_kind(file->tree, node_parent(file->tree, symbol->node));
    named->needs = false;
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        named->needs = named->needs || (analysis_symbol(file, symbol->first_part + i)->flags & SYMBOL_HAS_DEFAULT) == 0;
    }
    return node_kind(file->tree, symbol->node) == NODE_FUNCTION_DECLARATION && around != NODE_EXTERN_DECLARATION;
}

static bool named_there(struct package_symbol found, struct named *named) {
    named->needs = false;
    for (uint32_t i = 0; found.symbol != NULL && i < found.symbol->parameter_count; i++) {
        named->needs = named->needs || !found.symbol->parameters[i].has_default;
    }
    return found.symbol != NULL && found.symbol->kind == SYMBOL_FUNCTION;
}

/* Can an identifier mean a declared function that is read, as most do not? */
static bool may_name_function(const struct file_analysis *file, node_id node) {
    const struct binding *binding = analysis_binding(file, node);
    enum symbol_kind kind = binding == NULL ? SYMBOL_NULL : analysis_symbol(file, binding->symbol)->kind;
    return binding != NULL && binding->access == ACCESS_READ &&
           (kind == SYMBOL_FUNCTION || kind == SYMBOL_IMPORT || kind == SYMBOL_NULL);
}

/* The declared function that an identifier means where it is read; false for everything else. */
static bool function_named(struct check *check, node_id node, struct named *named) {
    const struct file_analysis *file = check->file;
    if (!may_name_function(file, node)) {
        return false;
    }
    const struct binding *binding = analysis_binding(file, node);
    const struct symbol *symbol = analysis_symbol(file, binding->symbol);
    named->name = node_text(file->tree, node);
    if (symbol->kind == SYMBOL_FUNCTION) {
        return named_here(check, symbol, named);
    }
    if (symbol->kind == SYMBOL_IMPORT) {
        return named_there(typer_imported(&check->typer, binding->symbol), named);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    return binding->symbol == 0 && check->package != NULL &&
           named_there(package_meaning(check->package, key, binding->name, ACCESS_READ), named);
}

bool uncalled_is_function(struct check *check, node_id node) {
    struct named named;
    return node_kind(check->file->tree, node) == NODE_IDENTIFIER && function_named(check, node, &named);
}

/* The same for `server.list`, which is not called. */
static bool endpoint_named(struct check *check, node_id member, struct named *named) {
    const struct file_analysis *file = check->file;
    const struct rpc_use *use = check->package == NULL ? NULL : peer_rpc_use(check->package, file, member);
    struct package_symbol found = {NULL, NULL};
    named->name = node_text(file->tree, member);
    return use != NULL && use->call == NODE_NONE && use->name != ATOM_NONE &&
           package_resolve_rpc(check->package, use->server, use->name, &found) == RPC_FOUND && named_there(found, named);
}

/* ---- what is said */

static const char *const consequences[] = {
    [VALUE_SITE_TEXT] = "and the text would show its code",
    [VALUE_SITE_OPERAND] = "with which nothing can be reckoned",
    [VALUE_SITE_CONDITION] = "which always counts as true",
    [VALUE_SITE_LIST] = "which has no elements",
    [VALUE_SITE_INDEX] = "which has no elements",
    [VALUE_SITE_MEMBER] = "without the members of what it gives",
    [VALUE_SITE_MATCH] = "which matches no pattern of a value",
    [VALUE_SITE_CARRIER] = "which is neither a Result nor an Option",
};

static void report(struct check *check, node_id node, const struct named *named, struct str consequence) {
    struct span span = node_span(check->file->tree, node);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNCALLED, span, "`%.*s` is a function, %.*s. Call it: `%.*s(%s)`.",
                                                 STR_ARGUMENTS(named->name), STR_ARGUMENTS(consequence), STR_ARGUMENTS(named->name),
                                                 named->needs ? "…" : "");
    if (!named->needs) {
        fix_set(check, diagnostic, (struct span){span.end, span.end}, STR("()"), "Call `%.*s()`", STR_ARGUMENTS(named->name));
    }
}

/* What functions have themselves. */
static bool is_of_function(const struct syntax_tree *tree, node_id member) {
    static const struct str names[] = {STR_INIT("call"), STR_INIT("apply"), STR_INIT("bind"), STR_INIT("name"), STR_INIT("toString")};
    struct str name = node_text(tree, node_child(tree, member, FIELD_PROPERTY));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

void check_uncalled_name(struct check *check, node_id node) {
    struct named named;
    node_id around;
    enum value_site site = VALUE_SITE_NONE;
    if (may_name_function(check->file, node)) {
        site = value_site_of(check->file->tree, node, &around);
    }
    /* a program may give its functions members */
    if (site != VALUE_SITE_NONE && site != VALUE_SITE_MEMBER && site != VALUE_SITE_INDEX && function_named(check, node, &named)) {
        report(check, node, &named, str_from_c(consequences[site]));
    }
}

void check_uncalled_endpoint(struct check *check, node_id member) {
    struct named named;
    node_id around;
    enum value_site site = value_site_of(check->file->tree, member, &around);
    bool own = site == VALUE_SITE_MEMBER && is_of_function(check->file->tree, around);
    if (site == VALUE_SITE_NONE || own || !endpoint_named(check, member, &named)) {
        return;
    }
    enum node_kind outer = node_kind(check->file->tree, check_function_around(check->file, member));
    if (outer == NODE_COMPONENT_DECLARATION || outer == NODE_STORE_DECLARATION) {
        CHECK_REPORT(check, UNCALLED, node_span(check->file->tree, member),
                     "`%.*s` is a function, %s. Call it in an effect and keep the answer in a state.",
                     STR_ARGUMENTS(named.name), consequences[site]);
    } else {
        report(check, member, &named, str_from_c(consequences[site]));
    }
}

/* Does the source say that the state holds data: by its type, or by what it is at first? */
static bool holds_data(struct check *check, const struct symbol *state) {
    static const bool data[NODE_KIND_COUNT] = {[NODE_NUMBER] = true, [NODE_STRING] = true, [NODE_SINGLE_STRING] = true,
                                               [NODE_ARRAY] = true,  [NODE_OBJECT] = true, [NODE_TRUE] = true,
                                               [NODE_FALSE] = true};
    if (state->type != NODE_NONE) {
        struct type function = {.kind = TYPE_FUNCTION};
        return types_fit(&check->typer, types_annotation(&check->typer, state->type), function) == TYPE_MISFITS;
    }
    return data[node_kind(check->file->tree, state->value)];
}

void check_uncalled_assigned(struct check *check, node_id assignment) {
    const struct syntax_tree *tree = check->file->tree;
    node_id left = node_child(tree, assignment, FIELD_LEFT), right = node_child(tree, assignment, FIELD_RIGHT);
    enum node_kind kind = node_kind(tree, right);
    if (node_kind(tree, left) != NODE_IDENTIFIER || (kind != NODE_IDENTIFIER && kind != NODE_MEMBER_EXPRESSION)) {
        return;
    }
    const struct symbol *state = analysis_symbol_of(check->file, left);
    struct named named;
    if (state == NULL || state->kind != SYMBOL_STATE || !holds_data(check, state)) {
        return;
    }
    /* a name that is given to a state with a type is held against the type */
    bool found = kind == NODE_MEMBER_EXPRESSION ? endpoint_named(check, right, &named)
                                                : state->type == NODE_NONE && function_named(check, right, &named);
    if (found) {
        struct str name = node_text(tree, left);
        struct str consequence = arena_printf(check->arena, "and `%.*s` holds what functions give", STR_ARGUMENTS(name));
        report(check, right, &named, consequence);
    }
}
