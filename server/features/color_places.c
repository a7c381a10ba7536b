/* color: where colours stand in a document. */
#include "server/features/color.h"

#include "analysis/directives.h"
#include "analysis/styles.h"
#include "parser/base/byte.h"

struct finder {
    const struct feature_context *context;
    const struct syntax_tree *tree;
    struct color_list colors;
};

static bool is_name_byte(char c) {
    return byte_is_word(c) || c == '-' ||
           c == '$' || c == '.' || c == '@' || byte_is_wide(c);
}

static void add(struct finder *finder, const char *at, size_t size, struct color color) {
    uint32_t start = (uint32_t)(at - text_str(finder->tree->text).data);
    vec_push(finder->context->arena, &finder->colors.list,
             (struct color_place){{start, start + (uint32_t)size}, color});
}

/* The colours of a value of CSS, which is a part of the document's text. Words within other words are none. */
static void find_in_value(struct finder *finder, struct str value) {
    for (size_t at = 0; at < value.size;) {
        struct color color;
        size_t size = 0;
        char c = value.data[at];
        bool comment = c == '/' && at + 1 < value.size && value.data[at + 1] == '*';
        if (c == '"' || c == '\'' || c == '\\' || comment) {
            at = css_skip(value, at);
        } else if (c == '#' || is_name_byte(c)) {
            bool is_url = str_starts_with(str_slice(value, at, value.size), STR("url("));
            if (!is_url && color_read(str_slice(value, at, value.size), &size, &color)) {
                add(finder, value.data + at, size, color);
                at += size;
                continue;
            }
            while (at < value.size && (is_name_byte(value.data[at]) || value.data[at] == '#')) {
                at++;
            }
            at = is_url ? css_skip(value, at) : at;
        } else {
            at++;
        }
    }
}

static void find_in_css(struct finder *finder, struct str text) {
    struct css css;
    css_parse(finder->context->arena, text, &css);
    for (unsigned i = 0; i < css.items.count; i++) {
        if (css.items.items[i].kind == CSS_DECLARATION) {
            find_in_value(finder, css.items.items[i].value);
        }
    }
}

/* Between the quotes of a text without interpolations. */
static bool plain_text(const struct finder *finder, node_id node, struct str *text) {
    enum node_kind kind = node_kind(finder->tree, node);
    *text = node_text(finder->tree, node);
    bool is_text =
        (kind == NODE_STRING || kind == NODE_SINGLE_STRING) && node_first_child(finder->tree, node) == NODE_NONE;
    if (is_text && text->size >= 2) {
        *text = str_slice(*text, 1, text->size - 1);
    }
    return is_text;
}

/* Texts below a node: declarations, values of an object for `style`, entries of a theme. */
static void find_in_texts(struct finder *finder, node_id node) {
    for (node_id at = node; at < finder->tree->nodes[node].next; at++) {
        struct str text;
        if (plain_text(finder, at, &text)) {
            find_in_value(finder, text);
        }
    }
}

static void find_in_attribute(struct finder *finder, node_id node) {
    if (str_equal(node_text(finder->tree, node_child(finder->tree, node, FIELD_NAME)), STR("style"))) {
        find_in_texts(finder, node_child(finder->tree, node, FIELD_VALUE));
    }
}

struct color_list colors_of(const struct feature_context *context) {
    const struct syntax_tree *tree = context->file->tree;
    struct finder finder = {.context = context, .tree = tree};
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        enum node_kind kind = node_kind(tree, node);
        if (kind == NODE_STYLE_BLOCK) {
            find_in_css(&finder, style_text(tree, node));
        } else if (kind == NODE_JSX_ATTRIBUTE) {
            find_in_attribute(&finder, node);
        } else if (kind == NODE_DIRECTIVE) {
            const struct directive *directive = directive_of_node(tree, node);
            if (directive != NULL && directive->id == DIRECTIVE_THEME) {
                find_in_texts(&finder, node);
            }
        }
    }
    return finder.colors;
}
