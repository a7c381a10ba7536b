/* Names in use: plain ones, members, calls, tags; and `server.f`, which is neither name nor member but another machine. */
#include "analysis/binder.h"

/* Code that runs when its block is loaded must stand behind what it uses; functions run later. */
static void check_order(struct binder *b, node_id node) {
    uint32_t index = symbol_declared_at(b, node);
    const struct symbol *symbol = symbol_at(b, index);
    uint32_t group = b->states.items[b->function].group;
    bool ordered = symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_STATE ||
                   symbol->kind == SYMBOL_COMPUTED;
    if (!ordered || group == 0 || b->states.items[symbol->scope].group != group ||
        node_span(b->tree, node).start >= node_span(b->tree, symbol->node).end) {
        return;
    }
    struct str name = analysis_name(b->file, symbol->name);
    struct diagnostic *diagnostic =
        REPORT(b, USED_BEFORE_DEFINITION, node, "`%.*s` is used before its definition. Move the definition up.",
               STR_ARGUMENTS(name));
    diagnostic->related.span = node_span(b->tree, symbol->name_node);
    diagnostic->related.message = arena_printf(b->arena, "`%.*s` is defined here.", STR_ARGUMENTS(name));
}

static bool is_server(struct binder *b, uint32_t name) { return name == b->server && name_at(b, name)->value == 0; }

/* The innermost argument around a node that can be a function of `it`: one that is neither `it` alone nor a function. */
static node_id argument_around(struct binder *b, node_id node) {
    for (; node != NODE_NONE; node = node_parent(b->tree, node)) {
        enum node_kind kind = node_kind(b->tree, node);
        bool value = kind != NODE_IDENTIFIER && kind != NODE_LAMBDA && kind != NODE_FUNCTION_EXPRESSION &&
                     kind != NODE_SPREAD && kind != NODE_NAMED_ARGUMENT;
        if (value && node_kind(b->tree, node_parent(b->tree, node)) == NODE_ARGUMENTS) {
            return node;
        }
    }
    return NODE_NONE;
}

/* `it` that nothing declares is the parameter of the argument around it. */
static void notice_it(struct binder *b, node_id node, uint32_t binding) {
    node_id argument = argument_around(b, node);
    if (argument != NODE_NONE && b->file->bindings.items[binding - 1].external != 0) {
        b->file->marks[argument] |= MARK_IT;
        b->file->bindings.items[binding - 1].global = true;
    }
}

static void bind_use(struct binder *b, node_id node, enum access access) {
    uint32_t name = name_of(b, node);
    if (is_server(b, name)) {
        REPORT(b, SERVER_OUTSIDE_BROWSER, node,
               "`server` is not a value: it only stands before the name of a server function, as in `server.f()`.");
        return;
    }
    uint32_t binding = bind_name_as(b, node, name, access);
    if (binding != 0 && name == b->it) {
        notice_it(b, node, binding);
    }
    if (binding != 0) {
        check_order(b, node);
    }
}

void bind_identifier(struct binder *b, node_id node) { bind_use(b, node, ACCESS_READ); }

/* ---- server.f */

static void report_server(struct binder *b, node_id node, node_id property) {
    struct str name = node_text(b->tree, property);
    struct block_key key = b->file->blocks.items[b->block].key;
    node_id object = node_child(b->tree, node, FIELD_OBJECT);
    if (key.kind == BLOCK_SERVER) {
        struct diagnostic *diagnostic =
            REPORT(b, SERVER_OUTSIDE_BROWSER, object,
                   "This is server code already: call `%.*s` by its own name. `server.` is for browser code.",
                   STR_ARGUMENTS(name));
        if (name.size > 0) {
            diagnostic->fix.title = STR("Remove `server.`");
            diagnostic->fix.span = node_span(b->tree, node);
            diagnostic->fix.replacement = name;
        }
        return;
    }
    REPORT(
        b, SERVER_OUTSIDE_BROWSER, object,
        "`server.%.*s` can only be called from a browser block: %s. Move this into `browser { }`.", STR_ARGUMENTS(name),
        key.kind == BLOCK_SHARED ? "shared code runs on the server too" : "code outside of all blocks runs everywhere");
}

static void add_rpc_use(struct binder *b, node_id node, atom_id server, bool implied) {
    node_id parent = node_parent(b->tree, node);
    bool called = node_kind(b->tree, parent) == NODE_CALL_EXPRESSION && node_field(b->tree, node) == FIELD_FUNCTION;
    node_id property = node_child(b->tree, node, FIELD_PROPERTY);
    bool named = node_kind(b->tree, property) == NODE_IDENTIFIER;
    vec_push(b->arena, &b->file->rpc_uses,
             (struct rpc_use){.node = node,
                              .name_node = property,
                              .call = called ? parent : NODE_NONE,
                              .name = named ? name_at(b, name_of(b, property))->atom : ATOM_NONE,
                              .server = server,
                              .implied = implied,
                              .block = b->block,
                              .function = b->owner});
}

/* In code of a server or a page, and nothing that this file knows of; or a builtin that has no such member. */
static bool may_be_peer(struct binder *b, uint32_t name, node_id property) {
    enum block_kind kind = b->file->blocks.items[b->block].key.kind;
    if (name_at(b, name)->value != 0 || (kind != BLOCK_SERVER && kind != BLOCK_BROWSER)) {
        return false;
    }
    name_look_up(name_at(b, name));
    uint16_t builtin = name_at(b, name)->builtin;
    if (builtin != 0) {
        return builtin_leaves_member((enum builtin)(builtin - 1), node_text(b->tree, property));
    }
    return name_at(b, name)->globals == 0;
}

void bind_member(struct binder *b, node_id node) {
    node_id object = node_child(b->tree, node, FIELD_OBJECT);
    if (node_kind(b->tree, object) == NODE_IDENTIFIER) {
        uint32_t name = name_of(b, object);
        if (is_server(b, name)) {
            if (b->file->blocks.items[b->block].key.kind == BLOCK_BROWSER) {
                add_rpc_use(b, node, ATOM_NONE, false);
            } else {
                report_server(b, node, node_child(b->tree, node, FIELD_PROPERTY));
            }
            return;
        }
        if (name_at(b, name)->value == 0 && name_at(b, name)->peer == b->group) {
            add_rpc_use(b, node, name_at(b, name)->atom, false);
            return;
        }
        if (may_be_peer(b, name, node_child(b->tree, node, FIELD_PROPERTY))) {
            add_rpc_use(b, node, name_at(b, name)->atom, true);
        }
    }
    bind_node(b, object);
}

/* ---- calls that tell what a parameter is */

static bool is_socket_event(struct str text) {
    static const struct str events[] = {STR_INIT("message"), STR_INIT("close"), STR_INIT("open"), STR_INIT("error")};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        if (text.size == events[i].size + 2 && str_equal(str_slice(text, 1, text.size - 1), events[i])) {
            return true;
        }
    }
    return false;
}

/* `ws.on("message", …)`: the parameter is a socket, so nothing can pass it as JSON. */
static void notice_socket(struct binder *b, uint32_t parameter, node_id argument) {
    struct symbol *symbol = symbol_at(b, parameter);
    enum node_kind kind = node_kind(b->tree, argument);
    if (symbol->type == NODE_NONE && (kind == NODE_STRING || kind == NODE_SINGLE_STRING) &&
        is_socket_event(node_text(b->tree, argument))) {
        symbol->flags |= SYMBOL_SOCKET;
        symbol_at(b, symbol->owner)->flags |= symbol->owner != 0 ? (unsigned)SYMBOL_SOCKET : 0;
    }
}

/* `res.status(401)` in middleware: the handler behind it may never run. */
static void notice_refusal(struct binder *b, uint32_t parameter, node_id argument) {
    struct symbol *owner = symbol_at(b, symbol_at(b, parameter)->owner);
    struct str text = node_text(b->tree, argument);
    bool success = node_kind(b->tree, argument) == NODE_NUMBER && text.size == 3 && text.data[0] < '4';
    if (owner->kind == SYMBOL_MIDDLEWARE && owner->first_part + 1 == parameter && !success) {
        owner->flags |= SYMBOL_REFUSES;
    }
}

/* Is it a parameter of a function that stands where a route names its handler? */
static bool is_of_handler(struct binder *b, uint32_t parameter) {
    const struct scope *scope = &b->file->scopes.items[symbol_at(b, parameter)->scope];
    return route_is_handled_by(b, scope->node);
}

static void notice_method(struct binder *b, node_id member, node_id arguments) {
    node_id object = node_child(b->tree, member, FIELD_OBJECT);
    node_id property = node_child(b->tree, member, FIELD_PROPERTY);
    uint32_t symbol = node_kind(b->tree, object) == NODE_IDENTIFIER ? symbol_declared_at(b, object) : 0;
    if (symbol == 0 || symbol_at(b, symbol)->kind != SYMBOL_PARAMETER) {
        return;
    }
    uint32_t method = name_of(b, property);
    bool owned = symbol_at(b, symbol)->owner != 0;
    if (method == b->on && (owned || is_of_handler(b, symbol))) {
        notice_socket(b, symbol, node_first_plain(b->tree, arguments));
    } else if (method == b->status && owned) {
        notice_refusal(b, symbol, node_first_plain(b->tree, arguments));
    }
}

void bind_call(struct binder *b, node_id node) {
    node_id function = node_child(b->tree, node, FIELD_FUNCTION);
    node_id arguments = node_child(b->tree, node, FIELD_ARGUMENTS);
    enum node_kind kind = node_kind(b->tree, function);
    if (kind == NODE_IDENTIFIER) {
        bind_use(b, function, ACCESS_CALL);
    } else {
        bind_node(b, function);
    }
    if (kind == NODE_MEMBER_EXPRESSION) {
        notice_method(b, function, arguments);
    }
    bind_children(b, arguments);
}

/* ---- markup */

static bool is_component_name(struct str name) { return name.size > 0 && name.data[0] >= 'A' && name.data[0] <= 'Z'; }

static void bind_tag(struct binder *b, node_id tag) {
    struct str text = node_text(b->tree, tag);
    if (tag != NODE_NONE && is_component_name(text)) {
        bind_name_as(b, tag, name_intern(b, str_slice(text, 0, str_find(text, '.', 0))), ACCESS_TAG);
    }
}

/* `transition:fade` is the library's, unless the program has a `fade` of its own. */
static bool is_motion(struct binder *b, struct str attribute, struct str name) {
    static const struct str motions[] = {STR_INIT("fade"), STR_INIT("fly"), STR_INIT("scale"), STR_INIT("slide")};
    bool moves = !str_starts_with(attribute, STR("use:")) && !str_starts_with(attribute, STR("animate:"));
    for (size_t i = 0; moves && i < sizeof motions / sizeof *motions; i++) {
        if (str_equal(name, motions[i])) {
            return name_at(b, name_intern(b, name))->value == 0;
        }
    }
    return false;
}

void bind_attribute(struct binder *b, node_id node) {
    node_id attribute = node_child(b->tree, node, FIELD_NAME);
    struct str text = node_text(b->tree, attribute);
    size_t prefix = analysis_directive_prefix(text);
    struct str name = str_slice(text, prefix, str_find(text, '.', prefix));
    if (prefix > 0 && name.size > 0 && !is_motion(b, text, name)) {
        bind_name_as(b, attribute, name_intern(b, name), ACCESS_READ);
    }
    bind_node(b, node_child(b->tree, node, FIELD_VALUE));
}

void bind_element(struct binder *b, node_id node) {
    rule_markup(b, node);
    bind_tag(b, node_child(b->tree, node, FIELD_NAME));
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) != NODE_TAG_NAME) {
            bind_node(b, child);
        }
    }
    bind_tag(b, node_child(b->tree, node, FIELD_CLOSE_NAME));
}
