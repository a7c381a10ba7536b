/* server_peers: the other servers that a server calls, and which of them get its events. */
#include "codegen/server_peers.h"

#include "analysis/peers.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"

/* ---- names of peers */

struct js *peer_name(struct emitter *e, atom_id name) {
    struct str text = atom_text(e->program->atoms, name);
    enum builtin builtin;
    if (name_is_reserved(text)) {
        text = arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(text));
    } else if (builtin_find(text, &builtin)) {
        text = arena_printf(e->arena, "%.*s_server", STR_ARGUMENTS(text)); /* both may be used */
        while (name_is_declared(e, text)) {
            text = arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(text));
        }
    }
    return js_text(e->arena, JS_NAME, text);
}

static bool in_output(const struct emitter *e, const struct file_analysis *file, uint32_t block) {
    return block_key_equal(file->blocks.items[block].key, e->output->block);
}

static const struct discovered *discovery_of(const struct emitter *e, atom_id name, struct file_analysis **where) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 0; i < file->discovered.count; i++) {
            const struct discovered *discovered = &file->discovered.items[i];
            if (discovered->name == name && in_output(e, file, discovered->block)) {
                *where = file;
                return discovered;
            }
        }
    }
    return NULL;
}

/* const events = peer("events", { port: 3001 }); */
static void declare_peer(struct emitter *e, struct js *name, struct js *server, struct js *options, atom_id called) {
    struct js *received = called == ATOM_NONE ? NULL : lower_reviver(e, called);
    if (received != NULL) {
        js_add(e->arena, &options->list, js_property(e->arena, STR("received"), received));
    }
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_PEERS, "peer"), server, options);
    struct js *declare = js_declare(e->arena, "const", name, call);
    declare->flags |= JS_BLANK_BEFORE;
    add_statement(e, declare);
}

static uint32_t default_port(const struct emitter *e, atom_id server) {
    for (uint32_t i = 0; i < e->emission->count; i++) {
        const struct output *output = &e->emission->outputs[i];
        if (output->kind == OUTPUT_SERVER && output->block.name == server) {
            return output->port;
        }
    }
    return 0;
}

static struct js *port_option(struct emitter *e, atom_id server) {
    struct str port = arena_printf(e->arena, "%u", (unsigned)default_port(e, server));
    return js_property(e->arena, STR("port"), js_text(e->arena, JS_LITERAL, port));
}

/* A server of this program: where it listens is known, unless the environment says otherwise. */
static void declare_own(struct emitter *e, struct js *name, atom_id server, atom_id called) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    js_add(e->arena, &options->list, port_option(e, server));
    declare_peer(e, name, js_string(e->arena, atom_text(e->program->atoms, server)), options, called);
}

/* ---- which events go where */

static bool is_subscription(const struct file_analysis *file, node_id node) {
    return node_kind(file->tree, node) == NODE_DIRECTIVE &&
           str_equal(node_text(file->tree, node_child(file->tree, node, FIELD_NAME)), STR("subscribe"));
}

/* The events that the blocks of a server subscribe to, each once; an event whose name is computed makes it all of them. */
struct subscriptions {
    struct js_list names;
    bool any, all;
};

static void add_subscription(struct emitter *e, const struct file_analysis *file, node_id node,
                             struct subscriptions *found) {
    struct str name;
    found->any = true;
    if (!node_string_value(e->arena, file->tree, node_child_of_kind(file->tree, node, NODE_STRING), &name)) {
        found->all = true;
        return;
    }
    struct js *text = js_string(e->arena, name);
    for (unsigned i = 0; i < found->names.of.count; i++) {
        if (str_equal(found->names.of.items[i]->text, text->text)) {
            return;
        }
    }
    js_add(e->arena, &found->names, text);
}

static struct subscriptions subscriptions_of(struct emitter *e, struct block_key server) {
    struct subscriptions found = {{{0}}, false, false};
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t b = 1; b < file->blocks.count; b++) {
            if (!block_key_equal(file->blocks.items[b].key, server)) {
                continue;
            }
            node_id body = node_child(file->tree, file->blocks.items[b].node, FIELD_BODY);
            NODE_EACH(child, file->tree, body) {
                if (is_subscription(file, child)) {
                    add_subscription(e, file, child, &found);
                }
            }
        }
    }
    return found;
}

static bool publishes(const struct emitter *e) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 0; i < file->bindings.count; i++) {
            const struct binding *binding = &file->bindings.items[i];
            bool builtin = binding->symbol == 0 && (binding->builtin == (unsigned)BUILTIN_PUBLISH + 1 ||
                                                    binding->builtin == (unsigned)BUILTIN_EMIT + 1);
            if (builtin && in_output(e, file, binding->block) &&
                program_symbol_of(e->program, file, binding->node).file == NULL) {
                return true;
            }
        }
    }
    return false;
}

/* deliverEvents(events, ["order"]); */
static void deliver_to(struct emitter *e, struct js *peer, const struct subscriptions *events) {
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_EVENTS, "deliverEvents"), peer);
    if (events != NULL && !events->all) {
        struct js *names = js_new(e->arena, JS_ARRAY);
        names->list = events->names;
        js_add(e->arena, &call->list, names);
    }
    add_statement(e, js_expression_statement(e->arena, call));
}

/* Where this server publishes: what another one of the program subscribes to; everything, to one of another program. */
static void deliver_events(struct emitter *e, struct js *peer, atom_id server) {
    if (!publishes(e)) {
        return;
    }
    if (server == ATOM_NONE) {
        deliver_to(e, peer, NULL);
        return;
    }
    struct subscriptions events = subscriptions_of(e, (struct block_key){BLOCK_SERVER, server});
    if (events.any) {
        deliver_to(e, peer, &events);
    }
}

/* ---- servers of the program that nothing discovers: each that is called, or that subscribes to what is published here */

/* The name by which code of the output calls a server without discovering it, or ATOM_NONE. */
static atom_id called_as(struct emitter *e, atom_id server) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            if (use->implied && in_output(e, file, use->block) &&
                peer_server(e->program->package, use->server) == server &&
                peer_use_holds(e->program->package, file, use)) {
                return use->server;
            }
        }
    }
    return ATOM_NONE;
}

static bool is_discovered(const struct emitter *e, atom_id server) {
    struct str identifier = peer_identifier(e->arena, atom_text(e->program->atoms, server));
    atom_id name = atom_find(e->program->atoms, identifier);
    struct file_analysis *where;
    return name != ATOM_NONE && discovery_of(e, name, &where) != NULL;
}

/* One that no code calls needs a name too. */
static struct js *made_name(struct emitter *e, atom_id server) {
    struct str wish = peer_identifier(e->arena, atom_text(e->program->atoms, server));
    return js_text(e->arena, JS_NAME, fresh_module_text(e, server == ATOM_NONE ? STR("server") : wish));
}

static void emit_peer(struct emitter *e, struct block_key server) {
    atom_id called = server.name == ATOM_NONE ? ATOM_NONE : called_as(e, server.name);
    struct subscriptions events = {{{0}}, false, false};
    if (publishes(e)) {
        events = subscriptions_of(e, server);
    }
    if (called == ATOM_NONE && !events.any) {
        return;
    }
    struct js *name = called != ATOM_NONE ? peer_name(e, called) : made_name(e, server.name);
    declare_own(e, name, server.name, called);
    if (events.any) {
        deliver_to(e, name, &events);
    }
}

void emit_peers(struct emitter *e) {
    unsigned mark = e->statements->of.count;
    for (uint32_t i = 0; i < e->program->servers.count; i++) {
        struct block_key server = e->program->servers.keys[i];
        if (!block_key_equal(server, e->output->block) && !is_discovered(e, server.name)) {
            emit_peer(e, server);
        }
    }
    for (unsigned i = mark + 1; i < e->statements->of.count; i++) {
        e->statements->of.items[i]->flags &= ~(unsigned)JS_BLANK_BEFORE;
    }
}

/* ---- discover */

/* `at url`, `at config.url`, `at env("URL")`: a directive holds the parts of the expression one by one. */
static struct js *address_of(struct emitter *e, node_id node) {
    node_id part = NODE_NONE;
    NODE_EACH(child, e->tree, node) {
        if (node_field(e->tree, child) != FIELD_NAME && str_equal(text_of(e, child), STR("at"))) {
            part = node_next_plain(e->tree, child);
            break;
        }
    }
    if (part == NODE_NONE) {
        return NULL;
    }
    struct js *value = lower_expression(e, part);
    for (node_id next = node_next_sibling(e->tree, part); next != NODE_NONE; next = node_next_sibling(e->tree, next)) {
        if (node_field(e->tree, next) == FIELD_MEMBER) {
            value = js_member(e->arena, value, "");
            value->text = text_of(e, next);
        } else if (kind_of(e, next) == NODE_ARGUMENTS) {
            value = js_call(e->arena, value);
            NODE_EACH(argument, e->tree, next) {
                if (!node_is_comment(e->tree, argument)) {
                    js_add(e->arena, &value->list, lower_expression(e, argument));
                }
            }
        } else {
            break;
        }
    }
    return value;
}

void lower_discover(struct emitter *e, node_id node) {
    node_id name_node = node_child_of_kind(e->tree, node, NODE_STRING);
    struct str server;
    if (!node_string_value(e->arena, e->tree, name_node, &server)) {
        not_emitted(e, node, "a peer whose name is no plain text");
        return;
    }
    atom_id name = atom_find(e->program->atoms, peer_identifier(e->arena, server));
    struct file_analysis *where = NULL;
    const struct discovered *first = discovery_of(e, name, &where);
    if (first == NULL || first->node != node || where != e->file) {
        return; /* it has been discovered before */
    }
    struct js *options = lower_options(e, node_child_of_kind(e->tree, node, NODE_BLOCK));
    struct js *address = address_of(e, node);
    atom_id own = peer_server(e->program->package, name);
    if (address != NULL) {
        js_insert(e->arena, &options->list, 0, js_property(e->arena, STR("url"), address));
    } else if (own != ATOM_NONE) {
        js_insert(e->arena, &options->list, 0, port_option(e, own));
    }
    declare_peer(e, placed(e, peer_name(e, name), name_node), js_string(e->arena, server), options, name);
    deliver_events(e, peer_name(e, name), peer_server(e->program->package, name));
}

void emit_request_ids(struct emitter *e) {
    if (runtime_has(e->output->runtime, RUNTIME_PEERS)) {
        struct js *feature = js_call(e->arena, runtime_name(e, RUNTIME_REQUEST_IDS, "requestIds"));
        struct js *use = js_expression_statement(e->arena, js_call1(e->arena, server_name(e, USES_FEATURE), feature));
        use->flags |= JS_BLANK_BEFORE;
        add_statement(e, use);
    }
}
