/* What calls certainly give: what their function is declared to give, be it of this file, of another, of a server, or one
 * that every program has. */
#include "analysis/lookup.h"
#include "analysis/objects.h"
#include "analysis/peers.h"
#include "analysis/placeholders.h"
#include "analysis/signature_text.h"
#include "analysis/values.h"

static const struct type unknown = {.kind = TYPE_UNKNOWN};

static struct type plain(enum type_kind kind) { return (struct type){.kind = kind}; }

static struct type wrapped(struct values *values, enum type_kind kind, unsigned index, struct type carried) {
    struct type *parts = arena_array(values->typer->arena, struct type, 2);
    parts[0] = parts[1] = unknown;
    parts[index] = carried;
    return (struct type){.kind = kind, .parts = parts, .count = kind == TYPE_RESULT ? 2 : 1};
}

/* `Ok(x)`, `Err(e)`, `Some(x)`. */
static struct type wrapper(struct values *values, node_id call, struct str name) {
    const struct syntax_tree *tree = values->typer->file->tree;
    struct type carried = values_of(values, node_first_plain(tree, node_child(tree, call, FIELD_ARGUMENTS)));
    if (str_equal(name, STR("Some"))) {
        return wrapped(values, TYPE_OPTION, 0, carried);
    }
    return wrapped(values, TYPE_RESULT, str_equal(name, STR("Err")) ? 1 : 0, carried);
}

/* Only the plainest words of their signatures are taken as they are: whether a number is whole they do not all say. */
static struct type by_signature(struct str signature) {
    static const struct {
        struct str name;
        enum type_kind kind;
    } results[] = {{STR_INIT("String"), TYPE_STRING},
                   {STR_INIT("Bool"), TYPE_BOOL},
                   {STR_INIT("Int"), TYPE_NUMBER},
                   {STR_INIT("Float"), TYPE_NUMBER}};
    struct str result = signature_result(signature);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        if (str_equal(results[i].name, result)) {
            return plain(results[i].kind);
        }
    }
    return unknown;
}

/* The first argument, which may come through a pipe; `site` is the call, or what is piped into. */
static node_id first_given(const struct syntax_tree *tree, node_id site) {
    node_id around = node_parent(tree, site);
    bool piped = node_kind(tree, around) == NODE_PIPE_EXPRESSION && node_field(tree, site) == FIELD_RIGHT;
    return piped ? node_child(tree, around, FIELD_LEFT) : node_first_plain(tree, node_child(tree, site, FIELD_ARGUMENTS));
}

static struct type builtin_call(struct values *values, node_id call, node_id site, enum builtin builtin) {
    static const struct str wrappers[] = {STR_INIT("Ok"), STR_INIT("Err"), STR_INIT("Some")};
    const struct builtin_info *info = builtin_info(builtin);
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
        if (str_equal(info->name, wrappers[i])) {
            return wrapper(values, call, info->name);
        }
    }
    if (builtin == BUILTIN_JOIN) {
        return unknown; /* of tables it gives a table */
    }
    struct type type = by_signature(info->signature);
    node_id given = type.kind == TYPE_UNKNOWN ? first_given(values->typer->file->tree, site) : NODE_NONE;
    return given == NODE_NONE ? type : values_of_items(values, info->name, values_of(values, given));
}

static struct type result_of_symbol(struct values *values, uint32_t index);

static struct type result_of_member(struct values *values, struct package_symbol found) {
    uint32_t own = types_own_symbol(values->typer, found);
    if (own != 0 || found.symbol == NULL) {
        return own != 0 ? result_of_symbol(values, own) : unknown;
    }
    switch ((int)found.symbol->kind) {
    case SYMBOL_TYPE:
        return types_of_member(values->typer, found);
    case SYMBOL_FUNCTION:
        return found.symbol->flags & SYMBOL_GENERATOR
                   ? unknown
                   : types_written(values->typer, found, signature_result(found.symbol->signature));
    default:
        return unknown;
    }
}

static struct type result_of_symbol(struct values *values, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(values->typer->file, index);
    switch ((int)symbol->kind) {
    case SYMBOL_TYPE:
        return symbol->part_count > 0 ? types_of_symbol(values->typer, index) : unknown;
    case SYMBOL_VARIANT:
        return symbol->owner == 0 ? unknown : types_of_symbol(values->typer, symbol->owner);
    case SYMBOL_FUNCTION:
        return symbol->flags & SYMBOL_GENERATOR ? unknown : types_annotation(values->typer, symbol->type);
    case SYMBOL_IMPORT:
        return result_of_member(values, typer_imported(values->typer, index));
    default:
        return unknown;
    }
}

/* `user.label()` of this file's `impl`, `name.upper()` of the language. */
static struct type method_call(struct values *values, node_id callee) {
    const struct file_analysis *file = values->typer->file;
    struct type object = values_of(values, node_child(file->tree, callee, FIELD_OBJECT));
    struct str name = node_text(file->tree, node_child(file->tree, callee, FIELD_PROPERTY));
    struct builtin_member member;
    enum builtin adopted;
    if (object.kind == TYPE_STRING || object.kind == TYPE_LIST) {
        enum object methods = object_of_type(object.kind == TYPE_STRING ? STR("String") : STR("[Any]"));
        struct type type = object_member_find(methods, name, &member, &adopted) ? by_signature(member.signature) : unknown;
        return type.kind == TYPE_UNKNOWN ? values_of_items(values, name, object) : type;
    }
    if (object.kind == TYPE_OPTION || object.kind == TYPE_RESULT) {
        return values_of_carried(name, object);
    }
    atom_id atom = object.kind == TYPE_NAMED ? atom_find(file->atoms, name) : ATOM_NONE;
    if (atom == ATOM_NONE || object.named.symbol == 0) {
        return unknown;
    }
    const struct symbol *method = analysis_symbol(file, typer_declared_part(file, object.named.symbol, atom));
    return method->kind == SYMBOL_FUNCTION && !(method->flags & SYMBOL_GENERATOR)
               ? types_annotation(values->typer, method->type)
               : unknown;
}

static struct type member_call(struct values *values, node_id callee) {
    struct typer *typer = values->typer;
    node_id object = node_child(typer->file->tree, callee, FIELD_OBJECT);
    const struct rpc_use *use = peer_rpc_use(typer->package, typer->file, callee);
    struct package_symbol found = {NULL, NULL};
    struct builtin_member member;
    enum builtin space;
    if (use != NULL) {
        bool known = package_resolve_rpc(typer->package, use->server, use->name, &found) == RPC_FOUND;
        return known ? result_of_member(values, found) : unknown;
    }
    if (lookup_builtin(typer->file, typer->package, object, &space)) {
        struct str name = node_text(typer->file->tree, node_child(typer->file->tree, callee, FIELD_PROPERTY));
        return builtin_member_find(space, name, &member) ? by_signature(member.signature) : unknown;
    }
    struct type row = values_of_row(values, object, node_text(typer->file->tree, node_child(typer->file->tree, callee, FIELD_PROPERTY)));
    return row.kind == TYPE_UNKNOWN ? method_call(values, callee) : row;
}

/* Is the call given `_`, which makes it a function of what is left out? */
static bool is_partial(const struct syntax_tree *tree, node_id call) {
    bool piped = node_kind(tree, node_parent(tree, call)) == NODE_PIPE_EXPRESSION;
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        if (!piped && placeholder_is_argument(tree, argument)) {
            return true;
        }
    }
    return false;
}

/* What says that it is async gives a promise, of which nothing is said, where no `await` stands before its call. */
static bool is_promise(const struct values *values, node_id call, unsigned flags) {
    return (flags & SYMBOL_ASYNC_WRITTEN) != 0 &&
           node_kind(values->typer->file->tree, node_parent(values->typer->file->tree, call)) != NODE_AWAIT_EXPRESSION;
}

struct type values_of_call(struct values *values, node_id call) {
    struct typer *typer = values->typer;
    const struct syntax_tree *tree = typer->file->tree;
    bool is_call = node_kind(tree, call) == NODE_CALL_EXPRESSION;
    node_id callee = is_call ? node_child(tree, call, FIELD_FUNCTION) : call;
    enum builtin builtin;
    if (typer->package == NULL || (is_call && (node_child(tree, call, FIELD_OPERATOR) != NODE_NONE || is_partial(tree, call)))) {
        return unknown;
    }
    if (node_kind(tree, callee) == NODE_MEMBER_EXPRESSION) {
        bool optional = str_equal(node_text(tree, node_child(tree, callee, FIELD_OPERATOR)), STR("?."));
        return optional ? unknown : member_call(values, callee);
    }
    const struct binding *binding = analysis_binding(typer->file, callee);
    if (binding == NULL) {
        return unknown;
    }
    if (binding->symbol != 0) {
        bool promise = is_promise(values, call, analysis_symbol(typer->file, binding->symbol)->flags);
        return promise ? unknown : result_of_symbol(values, binding->symbol);
    }
    if (lookup_builtin(typer->file, typer->package, callee, &builtin)) {
        return builtin_call(values, is_call ? call : NODE_NONE, call, builtin);
    }
    struct block_key key = typer->file->blocks.items[binding->block].key;
    struct package_symbol found = package_meaning(typer->package, key, binding->name, ACCESS_CALL);
    bool promise = found.symbol != NULL && is_promise(values, call, found.symbol->flags);
    return promise ? unknown : result_of_member(values, found);
}
