/* block_browser: a browser block as a module of a page: remote functions, states, components, and what is mounted. */
#include "codegen/blocks.h"

#include "analysis/peers.h"
#include "codegen/imports.h"
#include "codegen/members.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"
#include "codegen/server_peers.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"

/* ---- server: functions that call over the network */

/* The names before the functions of servers in code of the output: ATOM_NONE for `server`, else that of a named server. */
struct callees {
    VEC(atom_id) list;
};

static void add_callee(struct emitter *e, struct callees *callees, atom_id name) {
    for (unsigned i = 0; i < callees->list.count; i++) {
        if (callees->list.items[i] == name) {
            return;
        }
    }
    vec_push(e->arena, &callees->list, name);
}

static void find_callees(struct emitter *e, struct callees *callees) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            if (block_key_equal(file->blocks.items[use->block].key, e->output->block) &&
                program_rpc_use(file, use->node) != NULL) {
                add_callee(e, callees, use->server);
            }
        }
    }
}

struct owners {
    struct emitter *e;
    struct js *object;
};

/* The server that `server.f` means, for each f that has an endpoint. */
static void add_owner(void *context, struct package_symbol endpoint) {
    struct owners *owners = context;
    struct emitter *e = owners->e;
    struct package_symbol found;
    if (package_resolve_rpc(e->program->package, ATOM_NONE, endpoint.symbol->name, &found) != RPC_FOUND ||
        found.symbol != endpoint.symbol || endpoint.symbol->block.name == ATOM_NONE) {
        return;
    }
    struct str name = atom_text(e->program->atoms, endpoint.symbol->name);
    struct str server = atom_text(e->program->atoms, endpoint.symbol->block.name);
    js_add(e->arena, &owners->object->list, js_property(e->arena, key_text(e, name), js_string(e->arena, server)));
}

static struct js *owners_of_functions(struct emitter *e) {
    struct js *object = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &object->list, js_property(e->arena, STR("__proto__"), js_literal(e->arena, "null")));
    struct owners owners = {e, object};
    package_each_endpoint(e->program->package, false, ATOM_NONE, add_owner, &owners);
    return object;
}

/* const server = new Proxy({}, { get(_, name) { return (...args) => rpc(name, args); } }); */
static void emit_proxy(struct emitter *e, struct js *constant, struct js *owner, struct js *received) {
    struct js *name = js_name(e->arena, "name");
    struct js *args = js_name(e->arena, "args");
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_RPC, "rpc"), name, args);
    if (owner != NULL || received != NULL) {
        js_add(e->arena, &call->list, owner != NULL ? owner : js_literal(e->arena, "undefined"));
    }
    if (received != NULL) {
        js_add(e->arena, &call->list, received);
    }
    struct js *function = js_arrow(e->arena, call);
    struct js *rest = js_new(e->arena, JS_SPREAD);
    rest->a = args;
    js_add(e->arena, &function->list, rest);
    struct js *get = js_text(e->arena, JS_METHOD, STR("get"));
    js_add(e->arena, &get->list, js_name(e->arena, "_"));
    js_add(e->arena, &get->list, name);
    get->a = js_short_block(e->arena, js_return(e->arena, function));
    struct js *handler = js_new(e->arena, JS_OBJECT);
    handler->flags |= JS_IS_BROKEN;
    js_add(e->arena, &handler->list, get);
    struct js *proxy = js_new(e->arena, JS_NEW);
    proxy->a = global_name(e, "Proxy");
    js_add(e->arena, &proxy->list, js_new(e->arena, JS_OBJECT));
    js_add(e->arena, &proxy->list, handler);
    struct js *declare = js_declare(e->arena, "const", constant, proxy);
    declare->flags |= JS_BLANK_BEFORE;
    add_statement(e, declare);
}

/* What results become, as a constant; NULL where they stay data. */
static struct js *emit_reviver(struct emitter *e, atom_id server) {
    struct js *received = lower_reviver(e, server);
    if (received == NULL) {
        return NULL;
    }
    struct js *constant = js_text(e->arena, JS_NAME, fresh_module_text(e, STR("received")));
    add_statement(e, js_declare(e->arena, "const", constant, received));
    return constant;
}

static void emit_any_server(struct emitter *e) {
    struct js *owner = NULL;
    if (e->program->servers.count > 1) {
        struct js *owners = js_text(e->arena, JS_NAME, fresh_module_text(e, STR("owners")));
        struct js *declare = js_declare(e->arena, "const", owners, owners_of_functions(e));
        declare->flags |= JS_BLANK_BEFORE;
        add_statement(e, declare);
        owner = js_index(e->arena, owners, js_name(e->arena, "name"));
    }
    emit_proxy(e, js_name(e->arena, "server"), owner, emit_reviver(e, ATOM_NONE));
}

/* const api = new Proxy({}, { get(_, name) { return (...args) => rpc(name, args, "api"); } }); */
static void emit_named_server(struct emitter *e, atom_id name) {
    struct str server = atom_text(e->program->atoms, peer_server(e->program->package, name));
    struct js *received = emit_reviver(e, name);
    emit_proxy(e, peer_name(e, name), js_string(e->arena, server), received);
}

static void emit_servers(struct emitter *e) {
    struct callees callees = {{0}};
    find_callees(e, &callees);
    for (unsigned i = 0; i < callees.list.count; i++) {
        if (callees.list.items[i] == ATOM_NONE) {
            emit_any_server(e);
        } else {
            emit_named_server(e, callees.list.items[i]);
        }
    }
}

/* ---- mount */

static void emit_mount(struct emitter *e) {
    for (unsigned i = 0; i < e->members.count; i++) {
        struct member member = e->members.items[i];
        enter_file(e, member.file);
        node_id name = node_child(e->tree, member.core, FIELD_NAME);
        if (kind_of(e, member.core) != NODE_COMPONENT_DECLARATION || !str_equal(text_of(e, name), STR("App")) ||
            node_child(e->tree, member.core, FIELD_MEMBER) != NODE_NONE) {
            continue;
        }
        struct js *element = js_call1(e->arena, js_member(e->arena, global_name(e, "document"), "getElementById"),
                                      js_literal(e->arena, "\"app\""));
        struct js *mount = js_call2(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "mount"),
                                    js_text(e->arena, JS_NAME, name_of_symbol(e, symbol_at_node(e, name))), element);
        struct js *statement = js_expression_statement(e->arena, mount);
        statement->flags |= JS_BLANK_BEFORE;
        add_statement(e, statement);
        return;
    }
}

static bool lower_browser_member(struct emitter *e, node_id node) {
    if (kind_of(e, node) == NODE_TYPE_DECLARATION) {
        lower_type(e, node, false);
        return true;
    }
    return kind_of(e, node) == NODE_IMPL_DECLARATION;
}

void emit_browser(struct emitter *e) {
    emit_servers(e);
    members_lower(e, lower_browser_member, false);
    emit_mount(e);
}
