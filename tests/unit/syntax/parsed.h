/* parsed: a tree from a string literal, and as text again; for the tests of this folder. */
#ifndef TOVA_TESTS_UNIT_SYNTAX_PARSED_H
#define TOVA_TESTS_UNIT_SYNTAX_PARSED_H

#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

struct parsed {
    struct syntax_parser *parser;
    struct syntax_tree *tree;
    struct strbuf printed;
};

/* Parses a source; parsed_destroy frees the tree. */
static inline struct parsed parsed_create(struct str source) {
    struct parsed parsed = {.parser = syntax_parser_create()};
    struct text *text = text_create(source);
    parsed.tree = syntax_parse(parsed.parser, text);
    text_unref(text);
    strbuf_init(&parsed.printed, 1 << 20);
    return parsed;
}

static inline void parsed_destroy(struct parsed *parsed) {
    strbuf_finish(&parsed->printed);
    syntax_tree_destroy(parsed->tree);
    syntax_parser_destroy(parsed->parser);
}

/* The tree on one line; borrowed until the next call. */
static inline struct str parsed_print(struct parsed *parsed) {
    strbuf_clear(&parsed->printed);
    syntax_print(parsed->tree, NODE_ROOT, false, &parsed->printed);
    return strbuf_str(&parsed->printed);
}

/* The first node of this kind, or NODE_NONE. */
static inline node_id parsed_find(const struct parsed *parsed, enum node_kind kind) {
    for (node_id node = NODE_ROOT; node < parsed->tree->count; node++) {
        if (node_kind(parsed->tree, node) == kind) {
            return node;
        }
    }
    return NODE_NONE;
}

#endif
