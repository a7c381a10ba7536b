/* action_create: a function that is called and not there. Of a server: in its block, in whichever file, or in a new one. */
#include "server/features/action.h"

#include "analysis/lookup.h"
#include "analysis/peers.h"
#include "parser/base/byte.h"

/* ---- where a function goes */

/* The block of this file with a key; 0 when there is none. The last one that merges with others is taken. */
static uint32_t own_block(const struct action_maker *maker, struct block_key key) {
    uint32_t found = 0;
    for (unsigned i = 1; i < maker->file->blocks.count; i++) {
        found = block_key_equal(maker->file->blocks.items[i].key, key) ? i : found;
    }
    return found;
}

/* The function of the block behind which others go: the last one that has a name to be called by. */
static node_id last_function(const struct syntax_tree *tree, node_id body) {
    node_id found = NODE_NONE;
    NODE_EACH(child, tree, body) { found = node_kind(tree, child) == NODE_FUNCTION_DECLARATION ? child : found; }
    return found;
}

static bool is_closed(const struct syntax_tree *tree, node_id body) {
    struct str text = node_text(tree, body);
    return text.size > 1 && text.data[text.size - 1] == '}';
}

/* "fn name(parameters) {" … "}" with an indentation, without a line end. */
static struct str function_text(struct action_maker *maker, struct str head, struct str indentation) {
    return arena_printf(maker->arena, "%.*s%.*s {\n%.*s}", STR_ARGUMENTS(indentation), STR_ARGUMENTS(head),
                        STR_ARGUMENTS(indentation));
}

/* "fn name(parameters) -> Result", with what the call is expected to give. */
static struct str head_of(struct action_maker *maker, struct str name, struct str parameters, node_id call,
                          struct block_key block) {
    struct str result = call != NODE_NONE ? action_expected(maker, call, block) : STR("");
    return arena_printf(maker->arena, "fn %.*s%.*s%s%.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(parameters),
                        result.size > 0 ? " -> " : "", STR_ARGUMENTS(result));
}

/* Behind a member of the same block. */
static void behind(struct action_maker *maker, struct code_action *action, node_id member, struct str head) {
    uint32_t end = node_span(maker->tree, member).end;
    struct str indentation = action_indentation(maker->tree, node_span(maker->tree, member).start);
    struct str text = function_text(maker, head, indentation);
    action_edit(maker, action, (struct span){end, end}, arena_concat(maker->arena, STR("\n\n"), text));
}

/* Before the brace that closes a block of this file. */
static void at_end_of_block(struct action_maker *maker, struct code_action *action, node_id body, struct str head) {
    const struct syntax_tree *tree = maker->tree;
    uint32_t brace = node_span(tree, body).end - 1;
    struct str outer = action_indentation(tree, brace);
    struct str text = function_text(maker, head, arena_concat(maker->arena, outer, STR("  ")));
    bool own_line = action_starts_line(tree, brace);
    bool empty = node_first_child(tree, body) == NODE_NONE;
    uint32_t at = own_line ? brace - (uint32_t)outer.size : brace;
    struct str whole = own_line ? arena_printf(maker->arena, "%s%.*s\n", empty ? "" : "\n", STR_ARGUMENTS(text))
                                : arena_printf(maker->arena, "\n%.*s\n%.*s", STR_ARGUMENTS(text), STR_ARGUMENTS(outer));
    action_edit(maker, action, (struct span){at, at}, whole);
}

static void into_own_block(struct action_maker *maker, struct code_action *action, uint32_t block, struct str head) {
    node_id body = node_child(maker->tree, maker->file->blocks.items[block].node, FIELD_BODY);
    node_id last = last_function(maker->tree, body);
    if (last != NODE_NONE) {
        behind(maker, action, last, head);
    } else {
        at_end_of_block(maker, action, body, head);
    }
}

/* Before the brace that closes a block of another file, which stands at the beginning of a line as a rule. */
static void into_other_file(struct action_maker *maker, struct code_action *action, const struct summary *file,
                            const struct summary_block *block, struct str head) {
    uint32_t brace = block->span.end - 1;
    struct str text = function_text(maker, head, STR("  "));
    action_edit_at(maker, action, feature_place_in(file, (struct span){brace, brace}),
                   arena_printf(maker->arena, "\n%.*s\n", STR_ARGUMENTS(text)));
}

/* A new block in front of the one that the call stands in. */
static void into_new_block(struct action_maker *maker, struct code_action *action, node_id call, struct block_key key,
                           struct str head) {
    struct str name = analysis_name(maker->file, key.name);
    struct str quoted = name.size > 0 ? arena_printf(maker->arena, "\"%.*s\" ", STR_ARGUMENTS(name)) : STR("");
    node_id top = call;
    while (node_kind(maker->tree, node_parent(maker->tree, top)) != NODE_SOURCE_FILE) {
        top = node_parent(maker->tree, top);
    }
    uint32_t start = action_start_with_comments(maker->tree, top);
    struct str text = function_text(maker, head, STR("  "));
    action_edit(maker, action, (struct span){start, start},
                arena_printf(maker->arena, "server %.*s{\n%.*s\n}\n\n", STR_ARGUMENTS(quoted), STR_ARGUMENTS(text)));
}

/* The block of another file with a key. */
static const struct summary *file_with_block(const struct action_maker *maker, struct block_key key,
                                             const struct summary_block **block) {
    for (uint32_t f = 0; f < package_file_count(maker->context->package); f++) {
        const struct summary *file = package_file_at(maker->context->package, f);
        for (uint32_t b = 0; b < file->block_count; b++) {
            if (block_key_equal(file->blocks[b].key, key) && span_size(file->blocks[b].span) > 0) {
                *block = &file->blocks[b];
                return file;
            }
        }
    }
    return NULL;
}

/* ---- of servers */

static const struct rpc_use *use_at(const struct action_maker *maker, struct span name) {
    for (unsigned i = 0; i < maker->file->rpc_uses.count; i++) {
        const struct rpc_use *use = &maker->file->rpc_uses.items[i];
        if (span_equal(node_span(maker->tree, use->name_node), name)) {
            return use;
        }
    }
    return NULL;
}

static void create_in(struct action_maker *maker, const struct diagnostic *diagnostic, const struct rpc_use *use,
                      struct block_key key) {
    const struct file_analysis *file = maker->file;
    struct str name = analysis_name(file, use->name);
    struct str label = analysis_name(file, key.name);
    node_id arguments = node_child(maker->tree, use->call, FIELD_ARGUMENTS);
    struct str parameters = action_parameters(maker, arguments, key);
    struct str head = head_of(maker, name, parameters, use->call, key);
    const struct summary_block *block = NULL;
    uint32_t own = own_block(maker, key);
    if (own != 0 && !is_closed(maker->tree, node_child(maker->tree, file->blocks.items[own].node, FIELD_BODY))) {
        return;
    }
    const struct summary *other = own != 0 ? NULL : file_with_block(maker, key, &block);
    struct str quoted = label.size > 0 ? arena_printf(maker->arena, " \"%.*s\"", STR_ARGUMENTS(label)) : STR("");
    const char *how = own == 0 && other == NULL ? "a new " : "";
    struct code_action *action =
        action_add(maker, "Create `%.*s` in %sserver%.*s", STR_ARGUMENTS(name), how, STR_ARGUMENTS(quoted));
    action->diagnostic = diagnostic;
    if (own != 0) {
        into_own_block(maker, action, own, head);
    } else if (other != NULL) {
        into_other_file(maker, action, other, block, head);
    } else {
        into_new_block(maker, action, use->node, key, head);
    }
}

/* `server.f()` may become a function of any server of the program; `events.f()` of that one. */
static void create_server_function(struct action_maker *maker, const struct diagnostic *diagnostic) {
    const struct rpc_use *use = use_at(maker, diagnostic->span);
    if (use == NULL || use->call == NODE_NONE) {
        return;
    }
    struct package_servers servers = package_servers(maker->arena, maker->context->package);
    if (use->server != ATOM_NONE) {
        atom_id name = peer_server(maker->context->package, use->server);
        if (name != ATOM_NONE) {
            create_in(maker, diagnostic, use, (struct block_key){BLOCK_SERVER, name});
        }
        return;
    }
    for (uint32_t i = 0; i < servers.count; i++) {
        create_in(maker, diagnostic, use, servers.keys[i]);
    }
    if (servers.count == 0) {
        create_in(maker, diagnostic, use, (struct block_key){BLOCK_SERVER, ATOM_NONE});
    }
}

/* ---- of the same block */

/* What a name that is not there is used as, so that a function or a component could be meant. */
struct wanted {
    node_id arguments; /* of the call; NODE_NONE: none are known */
    node_id element;   /* the tag that it is */
    bool good;
};

static struct wanted wanted_at(const struct action_maker *maker, struct span name) {
    const struct syntax_tree *tree = maker->tree;
    struct wanted wanted = {0};
    node_id node = node_at(tree, name.start);
    node_id parent = node_parent(tree, node);
    enum node_field field = node_field(tree, node);
    enum node_kind kind = node_kind(tree, parent);
    if (!span_equal(node_span(tree, node), name)) {
        return wanted;
    }
    if (kind == NODE_CALL_EXPRESSION && field == FIELD_FUNCTION) {
        wanted.arguments = node_child(tree, parent, FIELD_ARGUMENTS);
        wanted.good = true;
    } else if (kind == NODE_ROUTE_DECLARATION && field == FIELD_HANDLER) {
        wanted.good = true;
    } else if (kind == NODE_JSX_EXPRESSION && node_kind(tree, node_parent(tree, parent)) == NODE_JSX_ATTRIBUTE) {
        struct str attribute = node_text(tree, node_child(tree, node_parent(tree, parent), FIELD_NAME));
        wanted.good = str_starts_with(attribute, STR("on:"));
    } else if (kind == NODE_JSX_ELEMENT && field == FIELD_NAME) {
        wanted.element = parent;
        wanted.good = str_find(node_text(tree, node), '.', 0) == span_size(name);
    }
    return wanted;
}

/* "(id, rest)": what the path of a route holds. */
static struct str path_parameters(struct action_maker *maker, struct span handler) {
    struct str text = STR("");
    for (unsigned i = 0; i < maker->file->routes.count; i++) {
        const struct route *route = &maker->file->routes.items[i];
        if (!span_equal(node_span(maker->tree, route->handler), handler)) {
            continue;
        }
        for (size_t start = 0, end; start < route->path.size; start = end + 1) {
            end = str_find(route->path, '/', start);
            struct str part = str_slice(route->path, start, end);
            if (part.size > 1 && (part.data[0] == ':' || part.data[0] == '*')) {
                text = arena_printf(maker->arena, "%.*s%s%.*s", STR_ARGUMENTS(text), text.size > 0 ? ", " : "",
                                    (int)part.size - 1, part.data + 1);
            }
        }
    }
    return arena_printf(maker->arena, "(%.*s)", STR_ARGUMENTS(text));
}

/* "(title, on_close)": the attributes of a tag that can be names. */
static struct str properties(struct action_maker *maker, node_id element) {
    const struct syntax_tree *tree = maker->tree;
    struct str text = STR("");
    NODE_EACH(child, tree, element) {
        struct str name = node_text(tree, node_child(tree, child, FIELD_NAME));
        bool plain = node_kind(tree, child) == NODE_JSX_ATTRIBUTE && name.size > 0 && name.data[0] >= 'a' && name.data[0] <= 'z';
        for (size_t i = 0; plain && i < name.size; i++) {
            char c = name.data[i];
            plain = byte_is_word(c);
        }
        if (plain && !str_equal(name, STR("key")) && !str_equal(name, STR("ref"))) {
            text = arena_printf(maker->arena, "%.*s%s%.*s", STR_ARGUMENTS(text), text.size > 0 ? ", " : "",
                                STR_ARGUMENTS(name));
        }
    }
    return text.size > 0 ? arena_printf(maker->arena, "(%.*s)", STR_ARGUMENTS(text)) : STR("");
}

static void create_component(struct action_maker *maker, struct code_action *action, node_id member, struct str name,
                             node_id element) {
    uint32_t end = node_span(maker->tree, member).end;
    struct str indentation = action_indentation(maker->tree, node_span(maker->tree, member).start);
    struct str parameters = properties(maker, element);
    action_edit(maker, action, (struct span){end, end},
                arena_printf(maker->arena, "\n\n%.*scomponent %.*s%.*s {\n%.*s  <div></div>\n%.*s}",
                             STR_ARGUMENTS(indentation), STR_ARGUMENTS(name), STR_ARGUMENTS(parameters),
                             STR_ARGUMENTS(indentation), STR_ARGUMENTS(indentation)));
}

static void create_local_function(struct action_maker *maker, const struct diagnostic *diagnostic) {
    struct wanted wanted = wanted_at(maker, diagnostic->span);
    node_id node = node_at(maker->tree, diagnostic->span.start);
    node_id member = action_member_of(maker->tree, node);
    struct block_key key = maker->file->blocks.items[lookup_block(maker->file, diagnostic->span.start)].key;
    if (!wanted.good || member == NODE_NONE || node_has_error(maker->tree, member)) {
        return;
    }
    struct str name = text_slice(maker->tree->text, diagnostic->span);
    bool route = node_field(maker->tree, node) == FIELD_HANDLER;
    const char *what = wanted.element != NODE_NONE ? "component" : "function";
    struct code_action *action = action_add(maker, "Create %s `%.*s`", what, STR_ARGUMENTS(name));
    action->diagnostic = diagnostic;
    if (wanted.element != NODE_NONE) {
        create_component(maker, action, member, name, wanted.element);
        return;
    }
    struct str parameters = route ? path_parameters(maker, diagnostic->span) : action_parameters(maker, wanted.arguments, key);
    node_id call = wanted.arguments != NODE_NONE ? node_parent(maker->tree, wanted.arguments) : NODE_NONE;
    struct str head = head_of(maker, name, parameters, call, key);
    behind(maker, action, member, head);
}

void action_create(struct action_maker *maker) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (!action_touches(maker, diagnostic->span)) {
            continue;
        }
        if (diagnostic->code == DIAGNOSTIC_UNKNOWN_SERVER_FUNCTION) {
            create_server_function(maker, diagnostic);
        } else if (diagnostic->code == DIAGNOSTIC_UNDEFINED_NAME || diagnostic->code == DIAGNOSTIC_UNKNOWN_HANDLER) {
            create_local_function(maker, diagnostic);
        }
    }
}
