/* report_token: the text next to an error, as far as a message and its fix need it: tokens, and how lines are indented. */
#include "parser/base/utf.h"
#include "parser/syntax/report.h"

#include <string.h>

static bool is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

static bool is_word_byte(char byte) {
    unsigned char letter = (unsigned char)(byte | 0x20);
    return (byte & 0x80) != 0 || (letter >= 'a' && letter <= 'z') || utf_identifier_part((unsigned char)byte);
}

static bool is_operator_byte(char byte) { return byte != '\0' && strchr("+-*/%=<>!&|^~?.:", byte) != NULL; }

/* Do two bytes that stand side by side belong to one token? Brackets, quotes and commas stand alone. */
static bool is_joined(char byte, char next) {
    if (byte == next && strchr("@#", byte) != NULL) {
        return true;
    }
    return (is_word_byte(byte) && is_word_byte(next)) || (is_operator_byte(byte) && is_operator_byte(next));
}

struct span report_token(const struct syntax_tree *tree, uint32_t offset, uint32_t end) {
    struct str text = text_str(tree->text);
    if (end > text.size) {
        end = text_size(tree->text);
    }
    while (offset < end && is_blank(text.data[offset])) {
        offset++;
    }
    struct span token = {offset, offset};
    if (token.end < end) {
        token.end++;
    }
    while (token.end < end && token.end > offset && is_joined(text.data[token.end - 1], text.data[token.end])) {
        token.end++;
    }
    return token;
}

bool report_is_word(const struct syntax_tree *tree, struct span token) {
    return span_size(token) != 0 && is_word_byte(text_str(tree->text).data[token.start]);
}

/* The last node that starts before offset: starts never fall in pre-order. It is mostly near `high`, which does not. */
static node_id last_starting_before(const struct syntax_tree *tree, uint32_t offset, node_id high) {
    node_id low = NODE_ROOT;
    for (node_id step = 1; step < high - NODE_ROOT; step *= 2) {
        if (tree->nodes[high - step].start < offset) {
            low = high - step;
            break;
        }
        high -= step;
    }
    while (high - low > 1) {
        node_id middle = low + (high - low) / 2;
        if (tree->nodes[middle].start < offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* `near` and what follows it start at offset or behind it. */
static struct span token_before(const struct syntax_tree *tree, uint32_t offset, node_id near) {
    struct str text = text_str(tree->text);
    for (;;) {
        while (offset > 0 && is_blank(text.data[offset - 1])) {
            offset--;
        }
        node_id node = offset > 0 ? last_starting_before(tree, offset, near) : NODE_NONE;
        if (!node_is_comment(tree, node) || node_span(tree, node).end < offset) {
            break;
        }
        offset = node_span(tree, node).start;
    }
    struct span token = {offset, offset};
    if (token.start > 0) {
        token.start--;
    }
    while (token.start > 0 && token.start < offset && is_joined(text.data[token.start - 1], text.data[token.start])) {
        token.start--;
    }
    return token;
}

struct span report_token_before(const struct syntax_tree *tree, uint32_t offset) {
    return token_before(tree, offset, tree->count);
}

struct span report_token_before_node(const struct syntax_tree *tree, node_id node) {
    return node == NODE_NONE ? (struct span){0, 0} : token_before(tree, tree->nodes[node].start, node);
}

uint32_t report_indentation(const struct syntax_tree *tree, uint32_t offset) {
    struct str line = text_slice(tree->text, text_line(tree->text, text_line_of(tree->text, offset)));
    uint32_t size = 0;
    while (size < line.size && (line.data[size] == ' ' || line.data[size] == '\t')) {
        size++;
    }
    return size;
}

bool report_starts_line(const struct syntax_tree *tree, uint32_t offset) {
    return text_line(tree->text, text_line_of(tree->text, offset)).start + report_indentation(tree, offset) == offset;
}

uint32_t report_place_of_closer(const struct syntax_tree *tree, node_id missing) {
    return report_token_before(tree, node_span(tree, missing).start).end;
}

void report_suggest(struct report *report, struct diagnostic *diagnostic, const char *verb, struct str said,
                    struct span span, struct str replacement) {
    diagnostic->fix = (struct diagnostic_fix){
        .title = arena_printf(report->arena, "%s `%.*s`", verb, STR_ARGUMENTS(said)),
        .span = span,
        .replacement = replacement,
    };
}

void report_suggest_insertion(struct report *report, struct diagnostic *diagnostic, uint32_t offset, struct str token) {
    report_suggest(report, diagnostic, "Add", token, (struct span){offset, offset}, token);
}

void report_suggest_removal(struct report *report, struct diagnostic *diagnostic, struct span span) {
    report_suggest(report, diagnostic, "Remove", text_slice(report->tree->text, span), span, STR(""));
}

void report_suggest_rewrite(struct report *report, struct diagnostic *diagnostic, struct span span,
                            struct str replacement) {
    if (replacement.size == 0) {
        report_suggest_removal(report, diagnostic, span);
    } else {
        report_suggest(report, diagnostic, "Write", str_trim(replacement), span, replacement);
    }
}
