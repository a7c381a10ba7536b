/* Tokens backwards. */
#include "server/features/cursor.h"

#include "parser/base/utf.h"
#include "parser/syntax/node.h"

enum { MOST_TOKENS = 1500 };

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

uint32_t cursor_name_start(struct str text, uint32_t at) {
    while (at > 0) {
        size_t before = at - 1, next;
        while (before > 0 && ((unsigned char)text.data[before] & 0xc0) == 0x80) {
            before--;
        }
        if (!utf_identifier_part(utf_decode(text, before, &next))) {
            break;
        }
        at = (uint32_t)before;
    }
    return at;
}

uint32_t cursor_name_end(struct str text, uint32_t at) {
    size_t next;
    while (at < text.size && utf_identifier_part(utf_decode(text, at, &next))) {
        at = (uint32_t)next;
    }
    return at;
}

/* ---- one token */

static struct token token_of(const struct syntax_tree *tree, enum token_kind kind, uint32_t start, uint32_t end) {
    struct span span = {start, end};
    return (struct token){.kind = kind, .span = span, .text = text_slice(tree->text, span)};
}

/* What a byte belongs to, when it is more than the byte: TOKEN_NONE for code. */
static enum token_kind kind_of_node(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
    case NODE_REGEX:
        return TOKEN_TEXT;
    case NODE_JSX_TEXT:
    case NODE_CSS_TEXT:
        return TOKEN_MARKUP;
    case NODE_TAG_NAME:
    case NODE_ATTRIBUTE_NAME:
        return TOKEN_NAME;
    default:
        return TOKEN_NONE;
    }
}

/* Two and three characters that are one mark. */
static uint32_t mark_start(struct str text, uint32_t last) {
    static const struct str marks[] = {STR_INIT("..="), STR_INIT("..."), STR_INIT("->"), STR_INIT("=>"), STR_INIT("|>"),
                                       STR_INIT("?."),  STR_INIT("=="),  STR_INIT("!="), STR_INIT("<="), STR_INIT(">="),
                                       STR_INIT("</"),  STR_INIT("/>"),  STR_INIT(".."), STR_INIT("&&"), STR_INIT("||"),
                                       STR_INIT("??"),  STR_INIT("+="),  STR_INIT("-=")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = marks[i].size;
        if (last + 1 >= size && str_equal(str_slice(text, last + 1 - size, last + 1), marks[i])) {
            return (uint32_t)(last + 1 - size);
        }
    }
    return last;
}

static struct token plain_token(const struct syntax_tree *tree, struct str text, uint32_t at) {
    uint32_t start = cursor_name_start(text, at);
    if (start < at) {
        bool number = text.data[start] >= '0' && text.data[start] <= '9';
        return token_of(tree, number ? TOKEN_NUMBER : TOKEN_NAME, start, at);
    }
    return token_of(tree, TOKEN_MARK, mark_start(text, at - 1), at);
}

/* Inside a text, and not behind it: what is before belongs to nobody here. */
static bool is_inside_text(const struct syntax_tree *tree, node_id node, uint32_t at) {
    return kind_of_node(node_kind(tree, node)) == TOKEN_TEXT && node_span(tree, node).end > at;
}

struct token cursor_before(const struct syntax_tree *tree, uint32_t at) {
    struct str text = text_str(tree->text);
    bool new_line = false;
    while (at > 0) {
        if (is_space(text.data[at - 1])) {
            new_line = new_line || text.data[at - 1] == '\n';
            at--;
            continue;
        }
        node_id node = node_holding(tree, at - 1);
        if (node_kind(tree, node) == NODE_ESCAPE) {
            node = node_parent(tree, node);
        }
        if (node_is_comment(tree, node)) {
            at = node_span(tree, node).start;
            continue;
        }
        enum token_kind kind = kind_of_node(node_kind(tree, node));
        if (is_inside_text(tree, node, at)) {
            break;
        }
        struct token token =
            kind == TOKEN_NONE ? plain_token(tree, text, at) : token_of(tree, kind, node_span(tree, node).start, at);
        token.new_line = new_line;
        return token;
    }
    return (struct token){.kind = TOKEN_NONE, .new_line = new_line};
}

/* ---- brackets */

static char opener_of(char closer) { return closer == ')' ? '(' : closer == ']' ? '[' : '{'; }

/* The opener of a closed bracket, where the tree knows it: a node from one to the other. */
static bool jump(const struct syntax_tree *tree, const struct token *closer, uint32_t *at) {
    struct str text = text_str(tree->text);
    node_id node = node_holding(tree, closer->span.start);
    struct span span = node_span(tree, node);
    if (node > NODE_ROOT && span.end == closer->span.end && text.data[span.start] == opener_of(closer->text.data[0])) {
        *at = span.start;
        return true;
    }
    return false;
}

static bool is_bracket(const struct token *token, const char *brackets) {
    return token->kind == TOKEN_MARK && token->text.size == 1 &&
           str_find(str_from_c(brackets), token->text.data[0], 0) < str_from_c(brackets).size;
}

struct frame cursor_frame(const struct syntax_tree *tree, uint32_t at) {
    struct frame frame = {.part = at};
    unsigned depth = 0;
    for (unsigned i = 0; i < MOST_TOKENS; i++) {
        struct token token = cursor_before(tree, at);
        if (token.kind == TOKEN_NONE) {
            break;
        }
        at = token.span.start;
        if (is_bracket(&token, ")]}")) {
            depth += jump(tree, &token, &at) ? 0 : 1;
        } else if (is_bracket(&token, "([{")) {
            if (depth == 0) {
                frame.bracket = token.text.data[0];
                frame.open = at;
                frame.before = cursor_before(tree, at);
                frame.part = frame.commas == 0 ? at + 1 : frame.part;
                return frame;
            }
            depth--;
        } else if (depth == 0 && token_is(&token, STR(","))) {
            frame.part = frame.commas == 0 ? token.span.end : frame.part;
            frame.commas++;
        }
    }
    return frame;
}
