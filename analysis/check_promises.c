/* Promises that are taken for their values: answers of an `async fn`, of `fetch` and of a response's body that nothing awaits; and
 * `then` of what is awaited already. What waits by itself (servers, builtins, functions that call these) is no such answer. */
#include "analysis/checks.h"
#include "analysis/peers.h"
#include "analysis/value_sites.h"

/* ---- calls that give a promise */

static node_id out_of_await(const struct syntax_tree *tree, node_id node) {
    while (node_kind(tree, node) == NODE_PAREN_LIST || node_kind(tree, node) == NODE_AWAIT_EXPRESSION) {
        node = node_kind(tree, node) == NODE_PAREN_LIST ? node_first_plain(tree, node) : node_child(tree, node, FIELD_VALUE);
    }
    return node;
}

/* `fetch` of the host. */
static bool is_fetch(const struct check *check, node_id call) {
    const struct file_analysis *file = check->file;
    node_id callee = node_child(file->tree, call, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(file, callee);
    if (binding == NULL || !binding->global || binding->symbol != 0 || node_kind(file->tree, call) != NODE_CALL_EXPRESSION ||
        !str_equal(node_text(file->tree, callee), STR("fetch"))) {
        return false;
    }
    struct block_key key = file->blocks.items[binding->block].key;
    return package_lookup(check->package, key, binding->name, false).symbol == NULL;
}

/* The value that a name stands for as long as it lives; NODE_NONE where that is not written. */
static node_id value_of_name(const struct check *check, node_id name) {
    const struct symbol *symbol = node_kind(check->file->tree, name) == NODE_IDENTIFIER ? analysis_symbol_of(check->file, name) : NULL;
    bool one = symbol != NULL && symbol->kind == SYMBOL_CONSTANT && (symbol->flags & SYMBOL_MUTABLE) == 0 &&
               node_kind(check->file->tree, symbol->node) == NODE_ASSIGNMENT &&
               node_child(check->file->tree, symbol->node, FIELD_LEFT) == symbol->name_node;
    return one ? symbol->value : NODE_NONE;
}

/* `r.json()` of the response that `fetch` answered. */
static bool is_body_of_response(const struct check *check, node_id call) {
    static const struct str bodies[] = {STR_INIT("json"), STR_INIT("text"), STR_INIT("blob"), STR_INIT("arrayBuffer"), STR_INIT("formData")};
    const struct syntax_tree *tree = check->file->tree;
    node_id callee = node_child(tree, call, FIELD_FUNCTION);
    if (node_kind(tree, callee) != NODE_MEMBER_EXPRESSION ||
        !str_is_one_of(node_text(tree, node_child(tree, callee, FIELD_PROPERTY)), bodies, sizeof bodies / sizeof *bodies)) {
        return false;
    }
    node_id object = out_of_await(tree, node_child(tree, callee, FIELD_OBJECT));
    node_id value = value_of_name(check, object);
    return is_fetch(check, out_of_await(tree, value == NODE_NONE ? object : value));
}

/* A function that says that it is async, whose callers say where they wait. */
static bool is_written_async(struct check *check, node_id callee) {
    const struct file_analysis *file = check->file;
    const struct binding *binding = analysis_binding(file, callee);
    if (binding == NULL || node_kind(file->tree, callee) != NODE_IDENTIFIER) {
        return false;
    }
    const struct symbol *symbol = analysis_symbol(file, binding->symbol);
    unsigned flags = symbol->flags;
    enum symbol_kind kind = symbol->kind;
    if (kind == SYMBOL_IMPORT || binding->symbol == 0) {
        struct block_key key = file->blocks.items[binding->block].key;
        struct package_symbol found = kind == SYMBOL_IMPORT ? typer_imported(&check->typer, binding->symbol)
                                                            : package_meaning(check->package, key, binding->name, ACCESS_CALL);
        flags = found.symbol == NULL ? 0 : found.symbol->flags;
        kind = found.symbol == NULL ? SYMBOL_NULL : found.symbol->kind;
    }
    return kind == SYMBOL_FUNCTION && (flags & SYMBOL_ASYNC_WRITTEN) != 0 && (flags & SYMBOL_GENERATOR) == 0;
}

static bool gives_promise(struct check *check, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    return is_written_async(check, node_child(tree, call, FIELD_FUNCTION)) || is_fetch(check, call) || is_body_of_response(check, call);
}

/* ---- what is done with it */

static bool is_of_promise(const struct syntax_tree *tree, node_id member) {
    static const struct str names[] = {STR_INIT("then"), STR_INIT("catch"), STR_INIT("finally")};
    struct str name = node_text(tree, node_child(tree, member, FIELD_PROPERTY));
    return str_is_one_of(name, names, sizeof names / sizeof *names) ||
           node_kind(tree, node_child(tree, member, FIELD_PROPERTY)) != NODE_IDENTIFIER;
}

/* Does what stands around need the value; and which node is it? */
static bool needs_value(const struct syntax_tree *tree, node_id node, node_id *around) {
    enum value_site site = value_site_of(tree, node, around);
    return site != VALUE_SITE_NONE && !(site == VALUE_SITE_MEMBER && is_of_promise(tree, *around));
}

/* The first use of a name that needs the value; NODE_NONE where none does. */
static node_id use_of_value(const struct file_analysis *file, uint32_t symbol) {
    node_id around;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (binding->symbol == symbol && binding->access == ACCESS_READ && needs_value(file->tree, binding->node, &around)) {
            return around;
        }
    }
    return NODE_NONE;
}

/* ---- what is said */

/* Components, stores and computed values are made at once: nothing in them can wait. */
static bool can_wait(const struct check *check, node_id call) {
    enum node_kind kind = node_kind(check->file->tree, check_function_around(check->file, call));
    return kind != NODE_COMPONENT_DECLARATION && kind != NODE_STORE_DECLARATION && kind != NODE_COMPUTED_DECLARATION;
}

static void report(struct check *check, node_id call, node_id use) {
    const struct syntax_tree *tree = check->file->tree;
    struct str callee = node_text(tree, node_child(tree, call, FIELD_FUNCTION)), given = node_text(tree, call);
    bool waits = can_wait(check, call);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, PROMISE_AS_VALUE, node_span(tree, call),
                     "`%.*s` gives a promise, whose value is meant%s. %s", STR_ARGUMENTS(callee),
                     use == NODE_NONE ? "" : " where the name is used",
                     waits ? "Wait for it: `await`." : "Call it in an effect, wait for it there, and keep the answer in a state.");
    if (use != NODE_NONE) {
        diagnostic->related.span = node_span(tree, use);
        diagnostic->related.message = STR("Here the value is needed.");
    }
    if (waits) {
        bool apart = use == NODE_NONE && node_kind(tree, node_parent(tree, call)) != NODE_PAREN_LIST;
        struct str replacement = arena_printf(check->arena, apart ? "(await %.*s)" : "await %.*s", STR_ARGUMENTS(given));
        fix_set(check, diagnostic, node_span(tree, call), replacement, "Wait for it with `await`");
    }
}

/* ---- then */

/* `server.list().then(fn(list) { xs = list })` is `xs = server.list()`; what else is given to `then` is piped into. */
static void fix_then(struct check *check, struct diagnostic *diagnostic, node_id answer, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    node_id function = node_first_plain(tree, node_child(tree, call, FIELD_ARGUMENTS));
    enum node_kind kind = node_kind(tree, function);
    bool written = kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
    if (function == NODE_NONE || node_next_plain(tree, function) != NODE_NONE || node_has_error(tree, call) ||
        (!written && kind != NODE_IDENTIFIER)) {
        return;
    }
    struct str before = node_text(tree, answer), given = node_text(tree, function);
    node_id body = node_child(tree, function, FIELD_BODY);
    node_id only = node_kind(tree, body) == NODE_BLOCK ? node_first_plain(tree, body) : body;
    bool single = only != NODE_NONE && (only == body || node_next_plain(tree, only) == NODE_NONE);
    node_id parameters = node_child(tree, function, FIELD_PARAMETERS);
    node_id parameter = node_kind(tree, parameters) == NODE_IDENTIFIER ? parameters : node_first_plain(tree, parameters);
    bool kept = written && single && node_kind(tree, only) == NODE_ASSIGNMENT && parameter != NODE_NONE &&
                node_kind(tree, node_parent(tree, call)) == NODE_BLOCK &&
                str_equal(node_text(tree, node_child(tree, only, FIELD_RIGHT)), node_text(tree, parameter));
    struct str replacement =
        kept ? arena_printf(check->arena, "%.*s = %.*s", STR_ARGUMENTS(node_text(tree, node_child(tree, only, FIELD_LEFT))),
                            STR_ARGUMENTS(before))
             : arena_printf(check->arena, written ? "%.*s |> (%.*s)" : "%.*s |> %.*s", STR_ARGUMENTS(before), STR_ARGUMENTS(given));
    fix_set(check, diagnostic, node_span(tree, call), replacement, kept ? "Write an assignment" : "Hand the answer on with `|>`");
}

/* `server.list().then(…)`, where the call is awaited already. */
static void check_then(struct check *check, node_id call) {
    const struct file_analysis *file = check->file;
    const struct syntax_tree *tree = file->tree;
    node_id member = node_parent(tree, call), outer = node_parent(tree, member);
    enum node_kind kind = node_kind(tree, check_function_around(file, call));
    if (node_kind(tree, member) != NODE_MEMBER_EXPRESSION || node_field(tree, call) != FIELD_OBJECT || !is_of_promise(tree, member) ||
        node_kind(tree, node_child(tree, member, FIELD_PROPERTY)) != NODE_IDENTIFIER ||
        node_kind(tree, outer) != NODE_CALL_EXPRESSION || node_field(tree, member) != FIELD_FUNCTION ||
        kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION) {
        return;
    }
    const struct rpc_use *use = peer_rpc_use(check->package, file, node_child(tree, call, FIELD_FUNCTION));
    struct package_symbol found;
    if (use == NULL || package_resolve_rpc(check->package, use->server, use->name, &found) != RPC_FOUND) {
        return;
    }
    node_id property = node_child(tree, member, FIELD_PROPERTY);
    struct str name = node_text(tree, property), callee = node_text(tree, node_child(tree, call, FIELD_FUNCTION));
    bool then = str_equal(name, STR("then"));
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, THEN_OF_ANSWER, node_span(tree, property), "`%.*s` is awaited already, and its answer has no `%.*s`. %s",
                     STR_ARGUMENTS(callee), STR_ARGUMENTS(name),
                     then ? "What the call gives is the answer itself." : "Errors are caught with `try { … } catch error { … }`.");
    if (then) {
        fix_then(check, diagnostic, call, outer);
    }
}

void check_promise(struct check *check, node_id call) {
    const struct file_analysis *file = check->file;
    const struct syntax_tree *tree = file->tree;
    node_id around = node_parent(tree, call);
    if (check->package == NULL || node_has_error(tree, call)) {
        return;
    }
    check_then(check, call);
    bool kept = node_kind(tree, around) == NODE_ASSIGNMENT && node_child(tree, around, FIELD_RIGHT) == call;
    node_id use = NODE_NONE, site;
    if (!kept && !needs_value(tree, call, &site)) {
        return;
    }
    if (kept) {
        node_id left = node_child(tree, around, FIELD_LEFT);
        if (value_of_name(check, left) != call || !gives_promise(check, call)) {
            return;
        }
        parts_look_again(check, call); /* others may use the name, too */
        use = use_of_value(file, analysis_binding(file, left)->symbol);
        if (use == NODE_NONE) {
            return;
        }
    } else if (!gives_promise(check, call)) {
        return;
    }
    report(check, call, use);
}
