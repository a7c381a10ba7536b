/* styles: style blocks and their components. */
#include "analysis/styles.h"

#include "analysis/binder.h"

node_id style_component(const struct syntax_tree *tree, node_id style) {
    node_id component = node_parent(tree, node_parent(tree, style));
    return node_kind(tree, component) == NODE_COMPONENT_DECLARATION ? component : NODE_NONE;
}

struct str style_text(const struct syntax_tree *tree, node_id style) {
    return node_text(tree, node_child_of_kind(tree, style, NODE_CSS_TEXT));
}

static node_id named_in(const struct syntax_tree *tree, node_id list, struct str wanted) {
    NODE_EACH(child, tree, list) {
        enum node_kind kind = node_kind(tree, child);
        node_id name = node_child(tree, child, FIELD_NAME);
        bool declares = kind == NODE_PARAMETER || kind == NODE_STATE_DECLARATION || kind == NODE_COMPUTED_DECLARATION;
        if (declares && node_kind(tree, name) == NODE_IDENTIFIER && str_equal(node_text(tree, name), wanted)) {
            return name;
        }
    }
    return NODE_NONE;
}

node_id style_subject(const struct syntax_tree *tree, node_id component, struct str name) {
    node_id parameter = named_in(tree, node_child(tree, component, FIELD_PARAMETERS), name);
    return parameter != NODE_NONE ? parameter : named_in(tree, node_child(tree, component, FIELD_BODY), name);
}

struct str style_next_name(struct str names, size_t *at) {
    size_t end = str_find(names, '+', *at);
    struct str name = str_trim(str_slice(names, *at, end));
    *at = end + 1;
    return name;
}

/* ---- binding */

static struct span span_of(struct binder *b, struct str place) {
    uint32_t start = (uint32_t)(place.data - text_str(b->tree->text).data);
    return (struct span){start, start + (uint32_t)place.size};
}

static void report(struct binder *b, struct css_mistake mistake) {
    diagnostic_add(b->arena, &b->file->diagnostics, DIAGNOSTIC_STYLE_MISTAKE, span_of(b, mistake.place), "%.*s",
                   STR_ARGUMENTS(mistake.message));
}

/* A style block is no code, but what its variants ask for is used. */
static void bind_variant(struct binder *b, node_id component, struct str names) {
    for (size_t at = 0; at <= names.size;) {
        struct str name = style_next_name(names, &at);
        node_id subject = style_subject(b->tree, component, name);
        if (subject != NODE_NONE) {
            symbol_at(b, symbol_declared_at(b, subject))->flags |= SYMBOL_READ;
        } else if (name.size > 0) {
            report(b, (struct css_mistake){name, arena_printf(b->arena, "The component has no parameter `%.*s`.",
                                                              STR_ARGUMENTS(name))});
        }
    }
}

static void bind_motion(struct binder *b, node_id style) {
    NODE_EACH(argument, b->tree, node_child(b->tree, style, FIELD_ARGUMENTS)) {
        struct str name = node_text(b->tree, node_child(b->tree, argument, FIELD_NAME));
        struct str value = node_text(b->tree, node_child(b->tree, argument, FIELD_VALUE));
        if (!node_is_comment(b->tree, argument) && (!str_equal(name, STR("motion")) || !str_equal(value, STR("full")))) {
            REPORT(b, UNKNOWN_OPTION, argument, "`style` has one option: `motion: full`.");
        }
    }
}

void bind_style(struct binder *b, node_id node) {
    node_id component = style_component(b->tree, node);
    if (component == NODE_NONE) {
        REPORT(b, MISPLACED, node, "`style { … }` belongs into the body of a component, whose elements it is for.");
        return;
    }
    bind_motion(b, node);
    struct css css;
    css_parse(&b->scratch, style_text(b->tree, node), &css);
    for (unsigned i = 0; i < css.mistakes.count; i++) {
        report(b, css.mistakes.items[i]);
    }
    for (unsigned i = 0; i < css.items.count; i++) {
        if (css.items.items[i].kind == CSS_VARIANT) {
            bind_variant(b, component, css.items.items[i].value);
        }
    }
}
