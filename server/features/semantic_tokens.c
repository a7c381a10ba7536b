/* semantic_tokens: one pass over the nodes in their order; what lies between the nodes is told by the node around it. */
#include "server/features/semantic_tokens.h"

#include "parser/base/byte.h"
#include "server/features/token_names.h"

enum { NODES_A_QUESTION = 4096 }; /* between looks whether somebody still waits */

struct walk {
    const struct feature_context *context;
    const struct syntax_tree *tree;
    struct str text;
    struct span within;
    bool lexical;
    struct token_names names;
    struct semantic_token_list tokens;
    VEC(node_id) open; /* the nodes around the place */
    uint32_t at;       /* what stands before it is told */
};

static void add(struct walk *walk, struct semantic_token token) {
    if (token.start < token.end && token.end > walk->within.start && token.start < walk->within.end) {
        vec_push(walk->context->arena, &walk->tokens.list, token);
    }
}

static void add_span(struct walk *walk, uint32_t start, uint32_t end, enum token_type type, unsigned modifiers) {
    add(walk, (struct semantic_token){start, end, (uint16_t)modifiers, (uint8_t)type});
}

/* ---- between the nodes */

/* Words that are names elsewhere, which no grammar of regular expressions can tell. */
static bool is_soft_word(struct str word) {
    static const struct str words[] = {
        STR_INIT("browser"), STR_INIT("client"), STR_INIT("component"), STR_INIT("computed"), STR_INIT("effect"),
        STR_INIT("key"),     STR_INIT("model"),  STR_INIT("route"),     STR_INIT("server"),   STR_INIT("shared"),
        STR_INIT("state"),   STR_INIT("store"),  STR_INIT("style"),     STR_INIT("body"),     STR_INIT("default"),
        STR_INIT("select"),  STR_INIT("spawn"),  STR_INIT("then"),      STR_INIT("where"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i], word)) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c) { return byte_is_letter(c) || c == '_'; }

static bool is_operator(char c) {
    static const char operators[] = "+-*/%=!<>&|^~?.:";
    for (size_t i = 0; i + 1 < sizeof operators; i++) {
        if (operators[i] == c) {
            return true;
        }
    }
    return false;
}

static uint32_t word_end(struct str text, uint32_t at, uint32_t end) {
    while (at < end && is_letter(text.data[at])) {
        at++;
    }
    return at;
}

static uint32_t operator_end(struct str text, uint32_t at, uint32_t end) {
    while (at < end && is_operator(text.data[at])) {
        at++;
    }
    return at;
}

static bool is_markup(enum node_kind kind) {
    return kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT || kind == NODE_JSX_ATTRIBUTE;
}

/* Words of the language and signs, in the code of a node. Dots and colons are no operators but for `...` and `..`. */
static void add_code(struct walk *walk, enum node_kind around, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at < end;) {
        char c = walk->text.data[at];
        if (is_letter(c)) {
            uint32_t next = word_end(walk->text, at, end);
            if (walk->lexical || is_soft_word(str_slice(walk->text, at, next))) {
                add_span(walk, at, next, TOKEN_KEYWORD, 0);
            }
            at = next;
        } else if (walk->lexical && !is_markup(around) && is_operator(c)) {
            uint32_t next = operator_end(walk->text, at, end);
            bool lone = next == at + 1 && (c == '.' || c == ':');
            if (!lone) {
                add_span(walk, at, next, TOKEN_OPERATOR, 0);
            }
            at = next;
        } else {
            at++;
        }
    }
}

/* What stands in [at, end) belongs to `node` and to none of its children. */
static void tell_gap(struct walk *walk, node_id node, uint32_t end) {
    uint32_t start = walk->at;
    if (start >= end) {
        return;
    }
    walk->at = end;
    if (end <= walk->within.start || start >= walk->within.end) {
        return;
    }
    switch ((int)node_kind(walk->tree, node)) {
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
        if (walk->lexical) {
            add_span(walk, start, end, TOKEN_STRING, 0);
        }
        break;
    case NODE_ERROR:
    case NODE_FOREIGN:
        break;
    default:
        add_code(walk, node_kind(walk->tree, node), start, end);
        break;
    }
}

/* ---- nodes */

/* What each leaf is that a grammar knows too. */
static const struct leaf {
    bool is;
    uint8_t type;
    uint16_t modifiers;
} leaves[NODE_KIND_COUNT] = {
    [NODE_COMMENT] = {true, TOKEN_COMMENT, 0},       [NODE_DOC_COMMENT] = {true, TOKEN_COMMENT, TOKEN_IS_DOCUMENTATION},
    [NODE_BLOCK_COMMENT] = {true, TOKEN_COMMENT, 0}, [NODE_SHEBANG] = {true, TOKEN_COMMENT, 0},
    [NODE_NUMBER] = {true, TOKEN_NUMBER, 0},         [NODE_REGEX] = {true, TOKEN_REGEXP, 0},
    [NODE_TRUE] = {true, TOKEN_KEYWORD, 0},          [NODE_FALSE] = {true, TOKEN_KEYWORD, 0},
    [NODE_NIL] = {true, TOKEN_KEYWORD, 0},           [NODE_STRING] = {true, TOKEN_STRING, 0},
    [NODE_TRIPLE_STRING] = {true, TOKEN_STRING, 0},  [NODE_SINGLE_STRING] = {true, TOKEN_STRING, 0},
    [NODE_RAW_STRING] = {true, TOKEN_STRING, 0},     [NODE_ESCAPE] = {true, TOKEN_STRING, 0},
};

static void tell_leaf(struct walk *walk, node_id node) {
    enum node_kind kind = node_kind(walk->tree, node);
    struct span span = node_span(walk->tree, node);
    struct semantic_token token;
    walk->at = span.end;
    switch ((int)kind) {
    case NODE_IDENTIFIER:
    case NODE_TAG_NAME:
    case NODE_ATTRIBUTE_NAME:
        if (token_name(&walk->names, node, walk->lexical, &token)) {
            add(walk, token);
        }
        break;
    case NODE_CSS_TEXT:
    case NODE_JSX_TEXT:
    case NODE_FOREIGN:
    case NODE_ERROR:
        break;
    default:
        if (leaves[kind].is && walk->lexical) {
            add_span(walk, span.start, span.end, (enum token_type)leaves[kind].type, leaves[kind].modifiers);
        } else if (!leaves[kind].is) {
            walk->at = span.start;
            tell_gap(walk, node, span.end);
        }
        break;
    }
}

/* Ends the open nodes that do not hold `node`. */
static void close_before(struct walk *walk, node_id node) {
    while (walk->open.count > 0) {
        node_id around = walk->open.items[walk->open.count - 1];
        if (node < walk->tree->nodes[around].next) {
            return;
        }
        tell_gap(walk, around, node_span(walk->tree, around).end);
        walk->open.count--;
    }
}

/* Passes over nodes that end before the range. */
static node_id skip(struct walk *walk, node_id node) {
    const struct syntax_tree *tree = walk->tree;
    while (node < tree->count && tree->nodes[node].end <= walk->within.start) {
        walk->at = tree->nodes[node].end;
        node = tree->nodes[node].next;
    }
    return node;
}

/* Tells a node, and the text between it and what stands before it. */
static void tell_node(struct walk *walk, node_id node) {
    const struct syntax_tree *tree = walk->tree;
    if (walk->open.count > 0) {
        tell_gap(walk, walk->open.items[walk->open.count - 1], tree->nodes[node].start);
    }
    if (tree->nodes[node].next == node + 1) {
        tell_leaf(walk, node);
    } else {
        walk->at = tree->nodes[node].start;
        vec_push(walk->context->arena, &walk->open, node);
    }
}

struct semantic_token_list semantic_tokens(const struct feature_context *context, struct span within, bool lexical) {
    const struct syntax_tree *tree = context->file->tree;
    struct walk walk = {
        .context = context, .tree = tree, .text = text_str(tree->text), .within = within, .lexical = lexical};
    token_names_init(&walk.names, context);
    node_id node = skip(&walk, NODE_ROOT);
    while (node < tree->count && tree->nodes[node].start < within.end) {
        if (node % NODES_A_QUESTION == 0 && feature_stopped(context)) {
            return walk.tokens;
        }
        close_before(&walk, node);
        tell_node(&walk, node);
        node = skip(&walk, node + 1);
    }
    close_before(&walk, node);
    if (walk.open.count > 0) {
        tell_gap(&walk, walk.open.items[walk.open.count - 1], tree->nodes[node].start);
    }
    return walk.tokens;
}
