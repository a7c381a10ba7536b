/* selection: a node and its ancestors, and what stands between their quotes, brackets and tags. */
#include "server/features/selection.h"

#include "parser/base/utf.h"

enum { STEPS = 200 }; /* clients nest them; what lies further out is the whole text */

struct selecting {
    const struct feature_context *context;
    const struct syntax_tree *tree;
    uint32_t offset;
    struct span_list spans;
};

static void add(struct selecting *selecting, struct span span) {
    struct span_list *spans = &selecting->spans;
    bool first = spans->list.count == 0;
    struct span last =
        first ? (struct span){selecting->offset, selecting->offset} : spans->list.items[spans->list.count - 1];
    if (span_contains(span, last) && span_size(span) > 0 && (first || !span_equal(span, last))) {
        vec_push(selecting->context->arena, &spans->list, span);
    }
}

/* Without white space at its ends. */
static struct span trimmed(const struct text *text, struct span span) {
    struct str inside = str_trim(text_slice(text, span));
    uint32_t start = inside.size == 0 ? span.start : (uint32_t)(inside.data - text_str(text).data);
    return (struct span){start, start + (uint32_t)inside.size};
}

/* ---- words in texts and comments */

static uint32_t word_start(struct str text, uint32_t least, uint32_t at) {
    while (at > least) {
        uint32_t before = at - 1;
        size_t next;
        while (before > least && ((unsigned char)text.data[before] & 0xC0) == 0x80) {
            before--;
        }
        if (!utf_identifier_part(utf_decode(text, before, &next))) {
            break;
        }
        at = before;
    }
    return at;
}

static uint32_t word_end(struct str text, uint32_t most, uint32_t at) {
    while (at < most) {
        size_t next;
        if (!utf_identifier_part(utf_decode(text, at, &next))) {
            break;
        }
        at = (uint32_t)next;
    }
    return at;
}

static void add_word(struct selecting *selecting, struct span within) {
    struct str text = text_str(selecting->tree->text);
    add(selecting, (struct span){word_start(text, within.start, selecting->offset),
                                 word_end(text, within.end, selecting->offset)});
}

/* ---- insides */

static uint32_t quote_size(struct str text) {
    bool raw = text.size > 0 && (text.data[0] == 'r' || text.data[0] == 'f');
    struct str quoted = raw ? str_slice(text, 1, text.size) : text;
    return (uint32_t)raw + (str_starts_with(quoted, STR("\"\"\"")) ? 3 : 1);
}

/* What stands between the quotes. */
static void add_text(struct selecting *selecting, node_id node) {
    struct span span = node_span(selecting->tree, node);
    struct str text = node_text(selecting->tree, node);
    uint32_t open = quote_size(text);
    uint32_t close = str_starts_with(str_slice(text, open >= 3 ? open - 3 : 0, text.size), STR("\"\"\"")) ? 3 : 1;
    if (text.size >= (size_t)open + close &&
        node_child_of_kind(selecting->tree, node, NODE_UNTERMINATED) == NODE_NONE) {
        add(selecting, (struct span){span.start + open, span.end - close});
    }
}

/* What stands between the brackets, first without the white space. */
static void add_bracketed(struct selecting *selecting, node_id node) {
    struct span span = node_span(selecting->tree, node);
    struct str text = node_text(selecting->tree, node);
    char last = text.size > 1 ? text.data[text.size - 1] : '\0';
    if (last == '}' || last == ']' || last == ')') {
        struct span inside = {span.start + 1, span.end - 1};
        add(selecting, trimmed(selecting->tree->text, inside));
        add(selecting, inside);
    }
}

/* From the first child of an element to its last. */
static void add_children(struct selecting *selecting, node_id node) {
    const struct syntax_tree *tree = selecting->tree;
    struct span inside = {0, 0};
    NODE_EACH(child, tree, node) {
        enum node_kind kind = node_kind(tree, child);
        if (node_field(tree, child) == FIELD_NONE && kind != NODE_JSX_ATTRIBUTE && kind != NODE_JSX_SPREAD) {
            struct span span = node_span(tree, child);
            inside = (struct span){inside.end == 0 ? span.start : inside.start, span.end};
        }
    }
    add(selecting, trimmed(tree->text, inside));
}

static void (*const insides[NODE_KIND_COUNT])(struct selecting *selecting, node_id node) = {
    [NODE_STRING] = add_text,          [NODE_TRIPLE_STRING] = add_text,       [NODE_SINGLE_STRING] = add_text,
    [NODE_RAW_STRING] = add_text,      [NODE_ARGUMENTS] = add_bracketed,      [NODE_PARAMETERS] = add_bracketed,
    [NODE_PAREN_LIST] = add_bracketed, [NODE_ARRAY] = add_bracketed,          [NODE_OBJECT] = add_bracketed,
    [NODE_BLOCK] = add_bracketed,      [NODE_TYPE_BODY] = add_bracketed,      [NODE_NAMED_IMPORTS] = add_bracketed,
    [NODE_JSX_BLOCK] = add_bracketed,  [NODE_JSX_EXPRESSION] = add_bracketed, [NODE_INTERPOLATION] = add_bracketed,
    [NODE_JSX_ELEMENT] = add_children, [NODE_JSX_FRAGMENT] = add_children,
};

/* Places where single words are worth a step. */
static bool has_words(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_COMMENT:
    case NODE_DOC_COMMENT:
    case NODE_BLOCK_COMMENT:
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
    case NODE_JSX_TEXT:
    case NODE_CSS_TEXT:
    case NODE_ATTRIBUTE_NAME:
        return true;
    default:
        return false;
    }
}

struct span_list selection_at(const struct feature_context *context, uint32_t offset) {
    const struct syntax_tree *tree = context->file->tree;
    struct selecting selecting = {.context = context, .tree = tree, .offset = offset};
    node_id node = node_at(tree, offset);
    if (has_words(node_kind(tree, node))) {
        add_word(&selecting, node_span(tree, node));
    }
    for (; node != NODE_NONE && selecting.spans.list.count < STEPS; node = node_parent(tree, node)) {
        void (*inside)(struct selecting *, node_id) = insides[node_kind(tree, node)];
        if (inside != NULL) {
            inside(&selecting, node);
        }
        if (node_kind(tree, node) == NODE_JSX_TEXT) {
            add(&selecting, trimmed(tree->text, node_span(tree, node)));
        }
        add(&selecting, node_span(tree, node));
    }
    add(&selecting, (struct span){0, text_size(tree->text)});
    return selecting.spans;
}
