/* What the grammar lets through and the language does not: things in the wrong block, patterns that are none, `let`. */
#include "analysis/binder.h"
#include "analysis/placeholders.h"

bool place_is_member(const struct binder *b) { return b->scope == b->function && b->states.items[b->scope].group != 0; }

bool place_is_component(const struct binder *b) {
    node_id node = b->file->scopes.items[b->scope].node;
    enum node_kind kind = node_kind(b->tree, node);
    return kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION;
}

enum place { PLACE_MODULE = 1 << BLOCK_MODULE, PLACE_SERVER = 1 << BLOCK_SERVER, PLACE_BROWSER = 1 << BLOCK_BROWSER };
enum { PLACE_ALL = PLACE_MODULE | PLACE_SERVER | PLACE_BROWSER | 1 << BLOCK_SHARED };

/* Where a declaration may stand: in which blocks, and whether in components and stores too. */
static const struct placement {
    const char *what;
    unsigned blocks;
    bool component;
    const char *wanted;
} placements[NODE_KIND_COUNT] = {
    [NODE_STATE_DECLARATION] = {"`state`", PLACE_BROWSER, true, "a browser block, a component or a store"},
    [NODE_COMPUTED_DECLARATION] = {"`computed`", PLACE_BROWSER, true, "a browser block, a component or a store"},
    [NODE_EFFECT_DECLARATION] = {"`effect`", PLACE_BROWSER, true, "a browser block or a component"},
    [NODE_COMPONENT_DECLARATION] = {"`component`", PLACE_BROWSER | PLACE_MODULE, true, "a browser block"},
    [NODE_STORE_DECLARATION] = {"`store`", PLACE_BROWSER, false, "a browser block"},
    [NODE_ROUTE_DECLARATION] = {"`route`", PLACE_SERVER, false, "a server block"},
    [NODE_MODEL_DECLARATION] = {"`model`", PLACE_SERVER, false, "a server block"},
    [NODE_SERVER_BLOCK] = {"A server block", 0, false, "the top of a file"},
    [NODE_BROWSER_BLOCK] = {"A browser block", 0, false, "the top of a file"},
    [NODE_SHARED_BLOCK] = {"A shared block", 0, false, "the top of a file"},
    [NODE_IMPORT_STATEMENT] = {"`import`", PLACE_ALL, false, "the top of a file or block"},
};

/* `routes "/prefix" { route … }` groups routes and is no function. */
static bool is_route_group(const struct binder *b) {
    return node_kind(b->tree, node_parent(b->tree, b->file->scopes.items[b->scope].node)) == NODE_DIRECTIVE &&
           b->states.items[b->function].group != 0;
}

/* `effect`, `route`, `server`: what says what a declaration without a name is. */
static struct span first_word(const struct binder *b, node_id node) {
    struct span span = node_span(b->tree, node);
    struct str text = node_text(b->tree, node);
    size_t size = 0;
    while (size < text.size && text.data[size] >= 'a' && text.data[size] <= 'z') {
        size++;
    }
    return (struct span){span.start, span.start + (uint32_t)size};
}

void rule_place(struct binder *b, node_id node) {
    const struct placement *placement = &placements[node_kind(b->tree, node)];
    enum block_kind kind = b->file->blocks.items[b->block].key.kind;
    bool block = (placement->blocks >> kind & 1) != 0 && (place_is_member(b) || is_route_group(b));
    if (!block && !(placement->component && place_is_component(b))) {
        node_id name = node_child(b->tree, node, FIELD_NAME);
        struct span span = name != NODE_NONE ? node_span(b->tree, name) : first_word(b, node);
        diagnostic_add(b->arena, &b->file->diagnostics, DIAGNOSTIC_MISPLACED, span, "%s belongs into %s.", placement->what,
                       placement->wanted);
    }
}

void rule_markup(struct binder *b, node_id node) {
    if (b->file->blocks.items[b->block].key.kind == BLOCK_SERVER &&
        node_ancestor(b->tree, node_parent(b->tree, node), NODE_JSX_ELEMENT) == NODE_NONE) {
        REPORT(b, MISPLACED, node_child(b->tree, node, FIELD_NAME),
               "Markup belongs into a browser block: a server has no page to put it on.");
    }
}

void rule_jump(struct binder *b, node_id node) {
    if (node_kind(b->tree, node) == NODE_RETURN_STATEMENT) {
        if (b->file->scopes.items[b->function].kind != SCOPE_FUNCTION) {
            REPORT(b, MISPLACED, node, "`return` belongs into a function: there is nothing here to return from.");
        }
    } else if (b->loops == 0) {
        REPORT(b, MISPLACED, node, "`%s` belongs into a loop.",
               node_kind(b->tree, node) == NODE_BREAK_STATEMENT ? "break" : "continue");
    }
}

/* `a = 1` among values, `(a: Int)` without `=>`, `f() = 1`. */
void rule_not_a_pattern(struct binder *b, node_id node) {
    enum node_kind kind = node_kind(b->tree, node);
    if (kind == NODE_DEFAULT_BINDING) {
        REPORT(
            b, SYNTAX, node,
            "`name = value` stands only in patterns and parameters. Write `==` to compare, or `name: value` to name a value.");
        bind_node(b, node_child(b->tree, node, FIELD_VALUE));
    } else if (kind == NODE_TYPED_BINDING) {
        REPORT(b, SYNTAX, node, "`name: Type` stands only in parameters: `=>` and a body are missing behind the list.");
        bind_type(b, node_child(b->tree, node, FIELD_TYPE));
    } else if (kind == NODE_ALIAS) {
        REPORT(b, SYNTAX, node,
               "`name as other` stands only in `pub { … }` and imports. In an object, write `other: name`.");
        bind_name(b, node_child(b->tree, node, FIELD_NAME), ACCESS_READ);
    } else {
        if (!node_has_error(b->tree, node)) {
            REPORT(b, SYNTAX, node,
                   "This can be given no value or name: only a name, a member, an element or a pattern of names can.");
        }
        bind_node(b, node);
    }
}

void rule_body(struct binder *b, node_id node) {
    node_id parent = node_parent(b->tree, node);
    enum node_kind outer = node_kind(b->tree, node_parent(b->tree, parent));
    bool declares = node_kind(b->tree, parent) == NODE_EXTERN_DECLARATION || outer == NODE_TRAIT_DECLARATION ||
                    outer == NODE_INTERFACE_DECLARATION;
    if (node_child(b->tree, node, FIELD_BODY) == NODE_NONE && !declares && !node_has_error(b->tree, node)) {
        node_id name = node_child(b->tree, node, FIELD_NAME);
        REPORT(b, EXPECTED_VALUE, name, "The function `%.*s` has no body. Write `{ … }` behind its parameters.",
               STR_ARGUMENTS(node_text(b->tree, name)));
    }
}

/* A function may name a parameter `_`, though nobody is meant to read it. */
static bool is_parameter_around(const struct syntax_tree *tree, node_id node) {
    for (node_id around = node_parent(tree, node); around != NODE_NONE; around = node_parent(tree, around)) {
        NODE_EACH(parameter, tree, node_child(tree, around, FIELD_PARAMETERS)) {
            node_id name = node_child(tree, parameter, FIELD_NAME);
            if (placeholder_is(tree, name == NODE_NONE ? parameter : name)) {
                return true;
            }
        }
    }
    return false;
}

void rule_placeholder(struct binder *b, node_id node, enum access access) {
    bool value = access == ACCESS_READ || access == ACCESS_CALL;
    if (value && placeholder_is(b->tree, node) && !placeholder_is_filled(b->tree, node) &&
        !is_parameter_around(b->tree, node)) {
        REPORT(b, UNDEFINED_NAME, node,
               "`_` has no value here: right of `|>` it stands for what comes through the pipe, as an argument of the "
               "call itself or in a text, list, object or operation. Use a function: `fn(x) …`.");
    }
}

/* `let x = 1` is bound as `x = 1`, so that nothing else is reported because of it. */
void rule_let(struct binder *b, node_id node) { bind_assignment(b, node); }
