/* class_names: words of attributes, and of the text of styles. */
#include "analysis/class_names.h"

#include "parser/base/byte.h"
#include "parser/syntax/node.h"

static bool is_word_byte(char c) {
    return byte_is_word(c) || c == '-' ||
           byte_is_wide(c);
}

bool class_name_is_plain(struct str text) {
    size_t size = 0;
    while (size < text.size && is_word_byte(text.data[size])) {
        size++;
    }
    bool digit = text.size > 0 && text.data[0] >= '0' && text.data[0] <= '9';
    return text.size > 0 && size == text.size && !digit && !str_equal(text, STR("-"));
}

/* ---- where classes stand */

/* Is the node what an `if` or `match` decides by? */
static bool is_asked(const struct syntax_tree *tree, node_id node, node_id parent) {
    enum node_field field = node_field(tree, node);
    bool subject = field == FIELD_VALUE && node_kind(tree, parent) == NODE_MATCH_EXPRESSION;
    return subject || field == FIELD_CONDITION || field == FIELD_PATTERN || field == FIELD_GUARD;
}

/* Is it the value of `class`, or one that an `if` or `match` gives to it? */
static bool is_chosen(const struct syntax_tree *tree, node_id string) {
    static const bool passes[NODE_KIND_COUNT] = {
        [NODE_JSX_EXPRESSION] = true, [NODE_BLOCK] = true,     [NODE_IF_EXPRESSION] = true,
        [NODE_ELIF_CLAUSE] = true,    [NODE_MATCH_ARM] = true, [NODE_MATCH_EXPRESSION] = true,
    };
    node_id node = string, parent = node_parent(tree, node);
    while (passes[node_kind(tree, parent)] && !is_asked(tree, node, parent)) {
        node = parent;
        parent = node_parent(tree, node);
    }
    return node_kind(tree, parent) == NODE_JSX_ATTRIBUTE &&
           str_equal(node_text(tree, node_child(tree, parent, FIELD_NAME)), STR("class"));
}

/* The part of a node in which words are classes; empty where none are. */
static struct span words_of(const struct syntax_tree *tree, node_id node) {
    struct span span = node_span(tree, node), none = {span.start, span.start};
    enum node_kind kind = node_kind(tree, node), parent = node_kind(tree, node_parent(tree, node));
    if (kind == NODE_CSS_TEXT) {
        return span;
    }
    if (kind == NODE_STRING || kind == NODE_SINGLE_STRING) {
        bool plain = node_first_child(tree, node) == NODE_NONE && span_size(span) > 2 && is_chosen(tree, node);
        return plain ? (struct span){span.start + 1, span.end - 1} : none;
    }
    uint32_t prefix = (uint32_t)STR("class:").size;
    bool named = parent == NODE_JSX_ATTRIBUTE && node_field(tree, node) == FIELD_NAME &&
                 str_starts_with(node_text(tree, node), STR("class:"));
    return named ? (struct span){span.start + prefix, span.end} : none;
}

/* Is the word at `start` a class? In a style it stands behind a dot. */
static bool is_class(const struct syntax_tree *tree, node_id node, uint32_t start) {
    return node_kind(tree, node) != NODE_CSS_TEXT || (start > 0 && text_str(tree->text).data[start - 1] == '.');
}

struct class_name class_name_at(const struct file_analysis *file, uint32_t offset) {
    const struct syntax_tree *tree = file->tree;
    struct str text = text_str(tree->text);
    node_id node = node_at(tree, offset);
    struct span words = words_of(tree, node), word = {offset, offset};
    struct class_name name = {0};
    if (offset < words.start || offset > words.end) {
        return name;
    }
    while (word.start > words.start && is_word_byte(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.end < words.end && is_word_byte(text.data[word.end])) {
        word.end++;
    }
    name.span = word;
    name.text = text_slice(tree->text, word);
    bool found = class_name_is_plain(name.text) && is_class(tree, node, word.start);
    name.component = found ? node_ancestor(tree, node, NODE_COMPONENT_DECLARATION) : NODE_NONE;
    return name;
}

/* Does `:global(` stand open before the place, in its selector? */
static bool is_global(struct str text, struct span style, uint32_t at) {
    int depth = 0;
    while (at > style.start && text.data[at - 1] != '{' && text.data[at - 1] != '}' && text.data[at - 1] != ';') {
        at--;
        depth += (text.data[at] == ')') - (text.data[at] == '(');
        if (depth < 0 && str_ends_with(str_slice(text, style.start, at), STR(":global"))) {
            return true;
        }
        depth = depth < 0 ? 0 : depth;
    }
    return false;
}

static void add_places(struct arena *arena, const struct syntax_tree *tree, node_id node, struct str name,
                       struct class_places *places) {
    struct str text = text_str(tree->text);
    struct span words = words_of(tree, node);
    bool style = node_kind(tree, node) == NODE_CSS_TEXT;
    for (uint32_t at = words.start; at + name.size <= words.end; at++) {
        struct span span = {at, at + (uint32_t)name.size};
        bool begins = at == words.start || !is_word_byte(text.data[at - 1]);
        bool ends = span.end == words.end || !is_word_byte(text.data[span.end]);
        if (begins && ends && is_class(tree, node, at) && str_equal(text_slice(tree->text, span), name)) {
            struct class_place place = {.span = span, .declares = style, .global = style && is_global(text, words, at)};
            vec_push(arena, &places->list, place);
        }
    }
}

struct class_places class_name_places(struct arena *arena, const struct file_analysis *file,
                                      const struct class_name *name) {
    struct class_places places = {0};
    const struct syntax_tree *tree = file->tree;
    node_id end = name->component == NODE_NONE ? NODE_NONE : tree->nodes[name->component].next;
    for (node_id node = name->component; node < end; node++) {
        add_places(arena, tree, node, name->text, &places);
    }
    return places;
}
