/* Calls of servers: which one is meant, has it the function, and may that be called from where the call stands? */
#include "analysis/checks.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"
#include "parser/base/strbuf.h"

struct endpoint_names {
    struct check *check;
    struct strbuf *out;
    unsigned count;
};

static void add_endpoint_name(void *context, struct package_symbol endpoint) {
    struct endpoint_names *names = context;
    if (names->count < 6) {
        strbuf_add_c(names->out, names->count == 0 ? "" : ", ");
        strbuf_add(names->out, analysis_name(names->check->file, endpoint.symbol->name));
    }
    names->count++;
}

/* " `server "api"` has list_users, get_user." for each server. */
static struct str describe_servers(struct check *check) {
    struct package_servers servers = package_servers(check->arena, check->package);
    if (servers.count == 0) {
        return STR(" The program has no server block.");
    }
    struct strbuf out;
    strbuf_init(&out, 4096);
    for (uint32_t i = 0; i < servers.count && i < 8; i++) {
        struct endpoint_names names = {check, &out, 0};
        struct str label = block_key_label(check->arena, check->file->atoms, servers.keys[i]);
        strbuf_printf(&out, " %.*s has ", STR_ARGUMENTS(label));
        package_each_endpoint(check->package, true, servers.keys[i].name, add_endpoint_name, &names);
        if (names.count == 0) {
            strbuf_add_c(&out, "none");
        } else if (names.count > 6) {
            strbuf_printf(&out, " and %u more", names.count - 6);
        }
        strbuf_add_byte(&out, '.');
    }
    struct str text = arena_str(check->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return text;
}

/* The one other server that has the function, as code calls it; empty where none has, or several. */
static struct str other_owner(struct check *check, const struct rpc_use *use) {
    struct package_servers servers = package_servers(check->arena, check->package);
    struct str owner = {0};
    for (uint32_t i = 0; i < servers.count && use->server != ATOM_NONE; i++) {
        struct package_symbol symbol = package_member(check->package, servers.keys[i], use->name);
        if (symbol.symbol != NULL && (symbol.symbol->flags & SYMBOL_ENDPOINT) != 0 &&
            servers.keys[i].name != ATOM_NONE) {
            if (owner.size > 0) {
                return (struct str){0};
            }
            owner = peer_identifier(check->arena, atom_text(check->file->atoms, servers.keys[i].name));
        }
    }
    return owner;
}

/* `audit.list()`, and it is `shop` that has `list`. */
static void report_other_owner(struct check *check, const struct rpc_use *use, struct str name, struct str owner) {
    const struct syntax_tree *tree = check->file->tree;
    struct str said = analysis_name(check->file, use->server);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNKNOWN_SERVER_FUNCTION, node_span(tree, use->name_node),
                     "`%.*s` has no function `%.*s`; it is one of `%.*s`: `%.*s.%.*s(…)`.", STR_ARGUMENTS(said),
                     STR_ARGUMENTS(name), STR_ARGUMENTS(owner), STR_ARGUMENTS(owner), STR_ARGUMENTS(name));
    fix_set(check, diagnostic, node_span(tree, node_child(tree, use->node, FIELD_OBJECT)), owner, "Call `%.*s.%.*s`",
            STR_ARGUMENTS(owner), STR_ARGUMENTS(name));
}

static void report_unknown_function(struct check *check, const struct rpc_use *use, struct str name) {
    struct str owner = other_owner(check, use);
    if (owner.size > 0) {
        report_other_owner(check, use, name, owner);
        return;
    }
    struct span span = node_span(check->file->tree, use->name_node);
    struct str best = suggest_endpoint(check, use);
    struct str hint = suggestion_sentence(check->arena, best);
    if (check->servers.size == 0) {
        check->servers = describe_servers(check);
    }
    struct str who = use->server == ATOM_NONE
                         ? STR("No server")
                         : arena_printf(check->arena, "`%.*s`", STR_ARGUMENTS(analysis_name(check->file, use->server)));
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, UNKNOWN_SERVER_FUNCTION, span, "%.*s has %s function `%.*s`.%.*s%.*s", STR_ARGUMENTS(who),
        use->server == ATOM_NONE ? "a" : "no", STR_ARGUMENTS(name), STR_ARGUMENTS(hint), STR_ARGUMENTS(check->servers));
    suggestion_fix(check->arena, diagnostic, span, best);
}

static void report_ambiguous(struct check *check, const struct rpc_use *use, struct str name) {
    struct package_servers servers = package_servers(check->arena, check->package);
    struct str owners = {0};
    struct str ways = {0};
    struct str first = {0};
    for (uint32_t i = 0; i < servers.count; i++) {
        struct package_symbol symbol = package_member(check->package, servers.keys[i], use->name);
        if (symbol.symbol != NULL && (symbol.symbol->flags & SYMBOL_ENDPOINT)) {
            struct str label = atom_text(check->file->atoms, servers.keys[i].name);
            struct str called = peer_identifier(check->arena, label);
            owners = arena_printf(check->arena, "%.*s%s\"%.*s\"", STR_ARGUMENTS(owners),
                                  owners.size == 0 ? "" : " and ", STR_ARGUMENTS(label));
            ways = arena_printf(check->arena, "%.*s%s`%.*s.%.*s`", STR_ARGUMENTS(ways), ways.size == 0 ? "" : " or ",
                                STR_ARGUMENTS(called), STR_ARGUMENTS(name));
            first = first.size == 0 ? called : first;
        }
    }
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, AMBIGUOUS_SERVER_FUNCTION, node_span(check->file->tree, use->name_node),
                     "Several servers have a function `%.*s`: %.*s. Say which one is meant: %.*s.", STR_ARGUMENTS(name),
                     STR_ARGUMENTS(owners), STR_ARGUMENTS(ways));
    node_id object = node_child(check->file->tree, use->node, FIELD_OBJECT);
    fix_set(check, diagnostic, node_span(check->file->tree, object), first, "Call `%.*s.%.*s`", STR_ARGUMENTS(first),
            STR_ARGUMENTS(name));
}

static bool takes_function(const struct summary_symbol *symbol) {
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        size_t operator= signature_operator(parameter->type);
        bool arrow = operator< parameter->type.size && parameter->type.data[operator] == '-';
        if (!parameter->has_default && (arrow || str_equal(parameter->type, STR("Function")))) {
            return true;
        }
    }
    return false;
}

static const char *closed_reason(const struct summary_symbol *symbol, struct str name) {
    if (symbol->kind == SYMBOL_MIDDLEWARE) {
        return "it is middleware";
    }
    if (symbol->flags & SYMBOL_SOCKET) {
        return "it takes a WebSocket, which cannot be sent; connect to its route with `WebSocket.new(…)`";
    }
    if (symbol->flags & SYMBOL_REQUEST) {
        return "it takes the request itself, which cannot be sent";
    }
    if (takes_function(symbol)) {
        return "it takes a function, which cannot be sent";
    }
    return name.size > 0 && name.data[0] == '_' ? "names that start with `_` are private to the server"
                                                : "only the server itself calls it";
}

static void report_closed(struct check *check, const struct rpc_use *use, struct str name,
                          struct package_symbol found) {
    struct diagnostic *diagnostic = CHECK_REPORT(check, NO_ENDPOINT, node_span(check->file->tree, use->name_node),
                                                 "`%.*s` cannot be called from outside its server: %s.",
                                                 STR_ARGUMENTS(name), closed_reason(found.symbol, name));
    struct callee callee = callee_of_package(check, found);
    callee_relate(check, diagnostic, &callee);
}

static void check_rpc_use(struct check *check, const struct rpc_use *use) {
    struct package_symbol found = {NULL, NULL};
    struct str name = analysis_name(check->file, use->name);
    switch (package_resolve_rpc(check->package, use->server, use->name, &found)) {
    case RPC_UNKNOWN:
        report_unknown_function(check, use, name);
        return;
    case RPC_AMBIGUOUS:
        report_ambiguous(check, use, name);
        return;
    case RPC_NO_ENDPOINT:
        report_closed(check, use, name, found);
        return;
    case RPC_FOUND:
        break;
    }
    struct callee callee = callee_of_package(check, found);
    callee.remote = true;
    if (use->call != NODE_NONE && !check_body_form(check, use, &callee)) {
        check_arguments(check, use->call, use->name_node, &callee);
    }
}

void check_rpc_uses(struct check *check) {
    const struct file_analysis *file = check->file;
    unsigned i = 0; /* the uses are in order of their node */
    for (struct check_part part = {0}; parts_next(check, &part);) {
        while (i < file->rpc_uses.count && file->rpc_uses.items[i].node < part.start) {
            i++;
        }
        for (; i < file->rpc_uses.count && file->rpc_uses.items[i].node < part.end; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            /* A peer that is no server of this program is somebody else's. */
            bool ours = use->server == ATOM_NONE || peer_server(check->package, use->server) != ATOM_NONE;
            if (use->name != ATOM_NONE && ours && peer_use_holds(check->package, file, use)) {
                check_rpc_use(check, use);
            }
        }
    }
}
