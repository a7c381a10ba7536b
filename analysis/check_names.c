/* Names against the package: undefined ones, duplicates in other files, guarded routes. */
#include "analysis/builtins.h"
#include "analysis/checks.h"
#include "analysis/guards.h"
#include "analysis/peers.h"

#include <strings.h>

/* ---- undefined names */

static struct block_key key_of(const struct check *check, uint32_t block) {
    return check->file->blocks.items[block].key;
}

static bool is_handler(const struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    return node_field(tree, node) == FIELD_HANDLER &&
           node_kind(tree, node_parent(tree, node)) == NODE_ROUTE_DECLARATION;
}

/* `get_users()` in the browser: right name, wrong way. */
static bool report_server_function(struct check *check, const struct binding *binding, struct str name) {
    struct package_symbol found = {NULL, NULL};
    bool value = binding->access == ACCESS_READ || binding->access == ACCESS_CALL;
    if (!value || key_of(check, binding->block).kind != BLOCK_BROWSER ||
        package_resolve_rpc(check->package, ATOM_NONE, binding->name, &found) != RPC_FOUND) {
        return false;
    }
    struct span span = analysis_name_span(check->file->tree, binding->node);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNDEFINED_NAME, span, "`%.*s` is a function of the server: call it as `server.%.*s(…)`.",
                     STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    diagnostic->fix.title = arena_printf(check->arena, "Call `server.%.*s`", STR_ARGUMENTS(name));
    diagnostic->fix.span = (struct span){span.start, span.start};
    diagnostic->fix.replacement = STR("server.");
    return true;
}

static struct diagnostic *report_side(struct check *check, const struct binding *binding, struct str name, const char *where) {
    enum block_kind kind = key_of(check, binding->block).kind;
    const char *here = kind == BLOCK_SERVER    ? "this is server code"
                       : kind == BLOCK_BROWSER ? "this is browser code"
                                               : "this runs on both sides";
    return CHECK_REPORT(check, OTHER_SIDE, analysis_name_span(check->file->tree, binding->node),
                        "`%.*s` exists only %s, and %s.", STR_ARGUMENTS(name), where, here);
}

/* `send_mail()` of the server "mail" in another server, and a model in the page: names that a server has. */
static bool report_other_server(struct check *check, const struct binding *binding, struct str name) {
    struct block_key here = key_of(check, binding->block);
    bool value = binding->access == ACCESS_READ || binding->access == ACCESS_CALL;
    struct package_servers servers = {NULL, 0};
    if (value && (here.kind == BLOCK_SERVER || here.kind == BLOCK_BROWSER)) {
        servers = package_servers(check->arena, check->package);
    }
    for (uint32_t i = 0; i < servers.count; i++) {
        atom_id server = servers.keys[i].name;
        struct package_symbol found = package_lookup(check->package, servers.keys[i], binding->name, false);
        if (here.kind == BLOCK_BROWSER && found.symbol != NULL && found.symbol->kind == SYMBOL_MODEL) {
            report_side(check, binding, name, "in server code");
            return true;
        }
        if (here.kind == BLOCK_BROWSER || server == ATOM_NONE ||
            package_resolve_rpc(check->package, server, binding->name, &found) != RPC_FOUND) {
            continue;
        }
        struct str peer = peer_identifier(check->arena, analysis_name(check->file, server));
        struct span span = analysis_name_span(check->file->tree, binding->node);
        struct diagnostic *diagnostic = CHECK_REPORT(
            check, UNDEFINED_NAME, span, "`%.*s` is a function of `server \"%.*s\"`: call it as `%.*s.%.*s(…)`.",
            STR_ARGUMENTS(name), STR_ARGUMENTS(analysis_name(check->file, server)), STR_ARGUMENTS(peer), STR_ARGUMENTS(name));
        struct str prefix = arena_concat(check->arena, peer, STR("."));
        fix_set(check, diagnostic, (struct span){span.start, span.start}, prefix, "Call `%.*s%.*s`", STR_ARGUMENTS(prefix),
                STR_ARGUMENTS(name));
        return true;
    }
    return false;
}

/* What some block of the kind declares by the name. */
static struct package_symbol declared_on(const struct check *check, enum block_kind kind, atom_id name) {
    struct package_symbol found = {NULL, NULL};
    for (uint32_t f = 0; f < package_file_count(check->package) && found.symbol == NULL; f++) {
        const struct summary *file = package_file_at(check->package, f);
        for (uint32_t b = 0; b < file->block_count && found.symbol == NULL; b++) {
            if (file->blocks[b].key.kind == kind) {
                found = package_member(check->package, file->blocks[b].key, name);
            }
        }
    }
    return found;
}

/* A function of the page in server code, what a server keeps for itself in the page, either in what both have. */
static bool report_other_side(struct check *check, const struct binding *binding, struct str name) {
    static const struct {
        enum block_kind kind;
        const char *where;
    } sides[] = {{BLOCK_BROWSER, "in browser code"}, {BLOCK_SERVER, "in server code"}};
    enum block_kind here = key_of(check, binding->block).kind;
    bool value = binding->access == ACCESS_READ || binding->access == ACCESS_CALL;
    for (size_t i = 0; i < sizeof sides / sizeof *sides && value && here != BLOCK_MODULE; i++) {
        struct package_symbol found = {NULL, NULL};
        if (sides[i].kind != here) {
            found = declared_on(check, sides[i].kind, binding->name);
        }
        if (found.symbol != NULL && found.symbol->kind != SYMBOL_TYPE && found.symbol->kind != SYMBOL_TRAIT) {
            struct diagnostic *diagnostic = report_side(check, binding, name, sides[i].where);
            diagnostic->related.path = found.file->path;
            diagnostic->related.span = found.symbol->name_span;
            diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(name));
            return true;
        }
    }
    return false;
}

/* `document` on the server, `Bun` and `respond` in the browser. A file without blocks is a script, which Bun runs. */
static bool report_other_host(struct check *check, const struct binding *binding, struct str name) {
    static const struct {
        enum block_kind kind;
        const char *where;
    } hosts[] = {{BLOCK_BROWSER, "in browser code"}, {BLOCK_SERVER, "in server code"}};
    enum builtin builtin;
    if (binding->access != ACCESS_TYPE && builtin_find(name, &builtin)) {
        report_side(check, binding, name, "in server blocks");
        return true;
    }
    bool script = check->file->blocks.count == 2;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        if (global_is_known(name, hosts[i].kind)) {
            if (!(script && hosts[i].kind == BLOCK_SERVER)) {
                report_side(check, binding, name, hosts[i].where);
            }
            return true;
        }
    }
    return false;
}

/* `events` of `events.f()`, a server; without a function it is no value. */
static bool is_peer(struct check *check, const struct binding *binding) {
    const struct syntax_tree *tree = check->file->tree;
    node_id parent = node_parent(tree, binding->node);
    if (node_field(tree, binding->node) == FIELD_OBJECT && peer_rpc_use(check->package, check->file, parent) != NULL) {
        return true;
    }
    bool value = binding->access == ACCESS_READ || binding->access == ACCESS_CALL;
    struct block_key key = key_of(check, binding->block);
    if (!value || (key.kind != BLOCK_SERVER && key.kind != BLOCK_BROWSER) ||
        !peer_is_meant(check->package, key, binding->name)) {
        return false;
    }
    struct str name = analysis_name(check->file, binding->name);
    CHECK_REPORT(check, UNDEFINED_NAME, node_span(tree, binding->node),
                 "`%.*s` is a server and not a value: it only stands before the name of one of its functions, as in "
                 "`%.*s.f()`.",
                 STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    return true;
}

/* `with auth`: words of the runtime, where the program has no such function. */
static bool is_guard(const struct check *check, const struct binding *binding, struct str name) {
    const struct syntax_tree *tree = check->file->tree;
    return node_kind(tree, node_parent(tree, binding->node)) == NODE_ROUTE_DECORATOR &&
           node_field(tree, binding->node) == FIELD_NAME && guard_find(name) != NULL;
}

/* `string` for `String` */
static bool differ_in_case(struct str a, struct str b) {
    return a.size == b.size && a.size > 0 && strncasecmp(a.data, b.data, a.size) == 0;
}

static void report_undefined(struct check *check, const struct binding *binding) {
    struct str name = analysis_name(check->file, binding->name);
    if (is_peer(check, binding) || is_guard(check, binding, name)) {
        return;
    }
    struct span span = analysis_name_span(check->file->tree, binding->node);
    if (node_field(check->file->tree, binding->node) == FIELD_CLOSE_NAME) {
        return; /* the opening tag has said it */
    }
    bool word = binding->access != ACCESS_TYPE && words_report_undefined(check, binding, name);
    if (word || report_server_function(check, binding, name) ||
        report_other_server(check, binding, name) || report_other_side(check, binding, name) ||
        report_other_host(check, binding, name)) {
        return;
    }
    struct import_offer offer;
    bool offered = import_offer_find(check, binding, &offer);
    if (!offered && type_words_report_undefined(check, binding, name)) {
        return;
    }
    struct str best = offered ? STR("") : suggest_name(check, binding);
    if (binding->access == ACCESS_TAG && best.size > 0 && best.data[0] >= 'a' && best.data[0] <= 'z') {
        best = STR(""); /* no component is called so */
    }
    struct str hint = offered ? offer.sentence : suggestion_sentence(check->arena, best);
    struct diagnostic *diagnostic;
    if (is_handler(check, binding->node)) {
        diagnostic = CHECK_REPORT(check, UNKNOWN_HANDLER, span, "There is no function `%.*s` to handle this route.%.*s",
                                  STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    } else if (binding->access == ACCESS_TYPE) {
        diagnostic = CHECK_REPORT(check, UNDEFINED_TYPE, span, "There is no type `%.*s`.%.*s", STR_ARGUMENTS(name),
                                  STR_ARGUMENTS(hint));
    } else if (binding->access == ACCESS_TAG) {
        diagnostic = CHECK_REPORT(check, UNDEFINED_NAME, span, "There is no component `%.*s`.%.*s", STR_ARGUMENTS(name),
                                  STR_ARGUMENTS(hint));
    } else {
        diagnostic = CHECK_REPORT(check, UNDEFINED_NAME, span, "`%.*s` is not defined.%.*s", STR_ARGUMENTS(name),
                                  STR_ARGUMENTS(hint));
    }
    suggestion_fix(check->arena, diagnostic, span, best);
    diagnostic->fix.is_certain = binding->access == ACCESS_TYPE && differ_in_case(name, best);
    if (offered) {
        diagnostic->fix = offer.fix;
    }
}

/* `limit += 1` of what another file declares: as in one file, only variables of the same block change. */
static void check_write(struct check *check, const struct binding *binding) {
    struct block_key key = key_of(check, binding->block);
    struct package_symbol found = package_lookup(check->package, key, binding->name, false);
    if (found.symbol == NULL || ((found.symbol->flags & SYMBOL_MUTABLE) && block_key_equal(found.symbol->block, key))) {
        return;
    }
    struct str name = analysis_name(check->file, binding->name);
    struct diagnostic *diagnostic = CHECK_REPORT(check, IMMUTABLE_ASSIGNED, analysis_name_span(check->file->tree, binding->node),
                                                 "`%.*s` cannot be assigned from here.", STR_ARGUMENTS(name));
    diagnostic->related.path = found.file->path;
    diagnostic->related.span = found.symbol->name_span;
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(name));
}

/* May code of a block use it? The module level runs in the browser too where the package has a page. */
static bool is_usable(const struct check *check, enum builtin builtin, enum block_kind kind) {
    if (kind != BLOCK_MODULE || builtin_is_for(builtin, BLOCK_BROWSER)) {
        return builtin_is_for(builtin, kind);
    }
    for (uint32_t i = 0; i < package_file_count(check->package); i++) {
        const struct summary *file = package_file_at(check->package, i);
        for (uint32_t b = 0; b < file->block_count; b++) {
            if (file->blocks[b].key.kind == BLOCK_BROWSER) {
                return false;
            }
        }
    }
    return true;
}

/* `str(5)`: what holds functions is called. */
static void report_called_namespace(struct check *check, const struct binding *binding, const struct builtin_info *info) {
    static const struct {
        struct str name, meant;
    } meant[] = {{STR_INIT("str"), STR_INIT("toString")},
                 {STR_INIT("json"), STR_INIT("json.parse")},
                 {STR_INIT("log"), STR_INIT("print")},
                 {STR_INIT("url"), STR_INIT("url.parse")}};
    struct str best = {0};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        best = str_equal(meant[i].name, info->name) ? meant[i].meant : best;
    }
    struct span span = node_span(check->file->tree, binding->node);
    struct str hint = suggestion_sentence(check->arena, best);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, NAMESPACE_CALLED, span, "`%.*s` holds functions and is none itself: `%.*s.name(…)` calls one of them.%.*s",
        STR_ARGUMENTS(info->name), STR_ARGUMENTS(info->name), STR_ARGUMENTS(hint));
    suggestion_fix(check->arena, diagnostic, span, best);
}

/* What the name of a builtin stands for: a name of another file, which comes first, or a builtin that this block may use,
 * that is implemented, and that is not assigned. */
static void check_builtin(struct check *check, const struct binding *binding) {
    enum builtin builtin = (enum builtin)(binding->builtin - 1);
    const struct builtin_info *info = builtin_info(builtin);
    struct block_key key = key_of(check, binding->block);
    bool write = binding->access == ACCESS_WRITE;
    bool called = binding->access == ACCESS_CALL && str_ends_with(info->signature, STR(": Namespace"));
    bool usable = info->absent.size == 0 && !write && is_usable(check, builtin, key.kind);
    if (usable && !called) {
        return;
    }
    bool found = package_lookup(check->package, key, binding->name, false).symbol != NULL;
    if (usable) {
        if (!found) {
            report_called_namespace(check, binding, info);
        }
        return;
    }
    struct span span = analysis_name_span(check->file->tree, binding->node);
    if (found && write) {
        check_write(check, binding);
    } else if (!found && write) {
        CHECK_REPORT(check, IMMUTABLE_ASSIGNED, span,
                     "`%.*s` is a builtin and cannot be assigned. Declare a variable: `var %.*s = …`.",
                     STR_ARGUMENTS(info->name), STR_ARGUMENTS(info->name));
    } else if (!found && info->absent.size > 0) {
        CHECK_REPORT(check, NOT_EMITTED, span, "`%.*s` is not implemented. %.*s", STR_ARGUMENTS(info->name),
                     STR_ARGUMENTS(info->absent));
    } else if (!found) {
        report_side(check, binding, info->name, info->side == BUILTIN_BROWSERS ? "in browser code" : "in server code");
    }
}

void check_names(struct check *check) {
    const struct file_analysis *file = check->file;
    enum { UNASKED, FOUND, MISSING };
    uint8_t *answers = arena_array(check->arena, uint8_t, file->externals.count);
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (binding->external != 0 && binding->builtin != 0) {
            check_builtin(check, binding);
        }
        if (binding->external == 0 || binding->builtin != 0 || binding->global) {
            continue;
        }
        uint8_t *answer = &answers[binding->external];
        if (*answer == UNASKED) {
            const struct external *external = &file->externals.items[binding->external];
            struct block_key key = key_of(check, external->block);
            bool found = package_lookup(check->package, key, external->name, external->type).symbol != NULL;
            *answer = found ? FOUND : MISSING;
        }
        if (*answer == MISSING) {
            report_undefined(check, binding);
        } else if (binding->access == ACCESS_WRITE) {
            check_write(check, binding);
        }
    }
}

/* ---- variables of other files */

/* `count = 1` in a function makes a new name, as this file has no variable `count`; the program has one, so it is not what
 * was meant. */
static void check_constant(struct check *check, const struct symbol *symbol) {
    const struct file_analysis *file = check->file;
    struct block_key key = key_of(check, symbol->block);
    struct package_symbol other = package_lookup(check->package, key, symbol->name, false);
    if (other.symbol == NULL || other.file == check->summary || !(other.symbol->flags & SYMBOL_MUTABLE) ||
        !block_key_equal(other.symbol->block, key)) {
        return;
    }
    struct str name = analysis_name(file, symbol->name);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, IMMUTABLE_ASSIGNED, node_span(file->tree, symbol->name_node),
        "`%.*s` is a variable of another file, where this assignment cannot reach it: it makes a new name here. "
        "Offer a function there that assigns it, or choose another name.",
        STR_ARGUMENTS(name));
    diagnostic->related.path = other.file->path;
    diagnostic->related.span = other.symbol->name_span;
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(name));
}

void check_variables(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 1; i < file->symbols.count && package_file_count(check->package) > 1; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        bool assigned = symbol->kind == SYMBOL_CONSTANT && (symbol->flags & SYMBOL_BLOCK_LEVEL) == 0 &&
                        node_kind(file->tree, symbol->node) == NODE_ASSIGNMENT &&
                        node_child(file->tree, symbol->node, FIELD_LEFT) == symbol->name_node;
        if (assigned) {
            check_constant(check, symbol);
        }
    }
}

/* ---- duplicates across files */

static bool is_pair(enum symbol_kind a, enum symbol_kind b) {
    return (a == SYMBOL_TYPE && (b == SYMBOL_MODEL || b == SYMBOL_VARIANT)) ||
           (b == SYMBOL_TYPE && (a == SYMBOL_MODEL || a == SYMBOL_VARIANT));
}

static void report_duplicate(struct check *check, const struct summary_symbol *symbol, struct package_symbol other) {
    struct str name = analysis_name(check->file, symbol->name);
    struct str label = block_key_label(check->arena, check->file->atoms, symbol->block);
    bool outside = symbol->block.kind == BLOCK_MODULE;
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, DUPLICATE_NAME, symbol->name_span,
        "`%.*s` is declared in another file too; the files of a folder with blocks are one program, whose %.*s%scode%s can "
        "have the name once. Rename one of the two%s.",
        STR_ARGUMENTS(name), outside ? 0 : (int)label.size, label.data, outside ? "" : " ",
        outside ? " outside of blocks" : "",
        outside ? ", or move one of the files to another folder, where it is a module" : "");
    diagnostic->related.path = other.file->path;
    diagnostic->related.span = other.symbol->name_span;
    diagnostic->related.message = arena_printf(check->arena, "The other `%.*s` is declared here.", STR_ARGUMENTS(name));
}

/* The newest declarations of a name by file: the first one of another file is enough to report. */
static void check_duplicate(struct check *check, const struct summary_symbol *symbol) {
    struct package_symbol other = package_other_declaration(check->package, check->summary, symbol);
    if (other.symbol != NULL && !is_pair(symbol->kind, other.symbol->kind)) {
        report_duplicate(check, symbol, other);
    }
}

void check_duplicates(struct check *check) {
    if (check->summary == NULL || package_file_count(check->package) < 2) {
        return;
    }
    for (uint32_t i = 0; i < check->summary->symbol_count; i++) {
        check_duplicate(check, &check->summary->symbols[i]);
    }
}

/* ---- routes behind middleware whose RPC endpoint is open */

static void report_open_twin(struct check *check, const struct route *route, struct str name,
                             struct package_symbol guard) {
    struct str middleware = analysis_name(check->file, guard.symbol->name);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, OPEN_TWIN, node_span(check->file->tree, route->handler),
        "`POST /rpc/%.*s` stays open, since the middleware `%.*s` runs before routes only. Write `with %.*s` on the route, "
        "which holds for both, or begin the function's name with `_`.",
        STR_ARGUMENTS(name), STR_ARGUMENTS(middleware), STR_ARGUMENTS(middleware));
    bool here = check->summary == guard.file;
    diagnostic->related.path = here ? (struct str){0} : guard.file->path;
    diagnostic->related.span = guard.symbol->name_span;
    diagnostic->related.message =
        arena_printf(check->arena, "`%.*s` can answer in place of the handler.", STR_ARGUMENTS(middleware));
}

static bool was_routed_before(const struct file_analysis *file, uint32_t index) {
    const struct binding *binding = &file->bindings.items[file->routes.items[index].binding - 1];
    for (uint32_t i = 0; i < index && index < 256; i++) {
        uint32_t other = file->routes.items[i].binding;
        if (other != 0 && file->bindings.items[other - 1].name == binding->name) {
            return true;
        }
    }
    return false;
}

/* The middleware of a group around the route that can refuse, or 0. */
static uint32_t refusing_group(const struct file_analysis *file, node_id route) {
    const struct syntax_tree *tree = file->tree;
    for (node_id group = node_ancestor(tree, node_parent(tree, route), NODE_DIRECTIVE); group != NODE_NONE;
         group = node_ancestor(tree, node_parent(tree, group), NODE_DIRECTIVE)) {
        NODE_EACH(member, tree, node_child_of_kind(tree, group, NODE_BLOCK)) {
            node_id function = node_child_of_kind(tree, member, NODE_FUNCTION_DECLARATION);
            const struct binding *binding = analysis_binding(file, node_child(tree, function, FIELD_NAME));
            const struct symbol *symbol = analysis_symbol(file, binding == NULL ? 0 : binding->symbol);
            if (symbol->kind == SYMBOL_MIDDLEWARE && (symbol->flags & SYMBOL_REFUSES) != 0) {
                return binding->symbol;
            }
        }
    }
    return 0;
}

static bool report_open_group(struct check *check, const struct route *route) {
    const struct file_analysis *file = check->file;
    uint32_t guard = refusing_group(file, route->node);
    if (guard == 0) {
        return false;
    }
    struct str name = analysis_name(file, file->bindings.items[route->binding - 1].name);
    const struct symbol *symbol = analysis_symbol(file, guard);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, OPEN_TWIN, node_span(file->tree, route->handler),
        "The middleware `%.*s` of this group guards the route, and not POST /rpc/%.*s, which calls the same function. "
        "Write the condition behind `with` to close both.",
        STR_ARGUMENTS(analysis_name(file, symbol->name)), STR_ARGUMENTS(name));
    diagnostic->related.span = node_span(file->tree, symbol->name_node);
    diagnostic->related.message = STR("This middleware runs before the routes of its group.");
    return true;
}

void check_open_twins(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        bool guarded = node_child_of_kind(file->tree, route->node, NODE_ROUTE_DECORATOR) != NODE_NONE;
        if (route->binding == 0 || guarded || was_routed_before(file, i)) {
            continue;
        }
        struct block_key key = key_of(check, route->block);
        atom_id name = file->bindings.items[route->binding - 1].name;
        struct package_symbol handler = package_lookup(check->package, key, name, false);
        struct package_symbol guard = package_refusing_middleware(check->package, key);
        if (handler.symbol != NULL && (handler.symbol->flags & SYMBOL_ENDPOINT) && report_open_group(check, route)) {
            continue;
        }
        if (guard.symbol != NULL && handler.symbol != NULL && (handler.symbol->flags & SYMBOL_ENDPOINT)) {
            report_open_twin(check, route, analysis_name(file, name), guard);
        }
    }
}
