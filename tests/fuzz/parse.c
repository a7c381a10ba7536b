/* Fuzz target: text -> tree -> edits -> tree. An input is a text; its last bytes also say which edits follow, so a
 * corpus file is an ordinary source. Every tree is a sound array, an edited one is what a fresh parse gives wherever it
 * has no error, undoing all edits gives the first tree again, and the messages lie inside the text and in order. */
#include "parser/base/limits.h"
#include "parser/syntax/node.h"
#include "parser/syntax/syntax_errors.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_EDITS = 6, EDIT_BYTES = 4 };

static void check(bool holds, const char *promise) {
    if (!holds) {
        fprintf(stderr, "broken promise: %s\n", promise);
        abort();
    }
}

/* ---- what a tree must be */

static void check_node(const struct syntax_tree *tree, node_id node) {
    const struct node *it = &tree->nodes[node], *parent = &tree->nodes[it->parent];
    check(it->start <= it->end && it->end <= text_size(tree->text), "a span lies in the text");
    check(it->parent < node && node < parent->next, "a parent comes before its descendants");
    check(it->next > node && it->next <= parent->next, "descendants lie within their parent's");
    check(it->start >= parent->start && it->end <= parent->end, "a span lies in its parent's");
    check(it->kind != NODE_NULL && it->kind < NODE_KIND_COUNT && it->field < FIELD_COUNT, "kinds and fields are known");
    check((it->flags & NODE_HAS_ERROR) == 0 || (parent->flags & NODE_HAS_ERROR) != 0, "errors mark their ancestors");
    node_id sibling = node_next_sibling(tree, node);
    check(sibling == NODE_NONE || (tree->nodes[sibling].parent == it->parent && tree->nodes[sibling].start >= it->end),
          "siblings follow one another");
}

/* Of a tree that breaks a promise, the text is wanted: it is often an edited one. */
static void check_tree_promise(bool holds, const struct syntax_tree *tree, const char *promise) {
    if (!holds) {
        fprintf(stderr, "the text is:\n%.*s\n", STR_ARGUMENTS(text_str(tree->text)));
    }
    check(holds, promise);
}

static void check_messages(const struct syntax_tree *tree) {
    struct arena arena = {0};
    struct diagnostic_list messages = {0};
    syntax_errors_collect(&arena, tree, &messages);
    uint32_t start = 0;
    for (unsigned i = 0; i < messages.list.count; i++) {
        const struct diagnostic *it = &messages.list.items[i];
        check(it->span.start >= start && it->span.start <= it->span.end && it->span.end <= text_size(tree->text),
              "messages are in order and point into the text");
        check(it->message.size > 0, "a message says something");
        start = it->span.start;
    }
    check(messages.list.count <= LIMIT_DIAGNOSTICS, "messages are bounded");
    check_tree_promise(messages.list.count > 0 || !node_has_error(tree, NODE_ROOT), tree,
                       "there is a message when there is an error");
    arena_finish(&arena);
}

static void check_nodes(const struct syntax_tree *tree) {
    check(tree->count > NODE_ROOT && tree->nodes[NODE_ROOT].next == tree->count, "the file is the root");
    check(node_kind(tree, NODE_ROOT) == NODE_SOURCE_FILE, "the root is a file");
    for (node_id node = NODE_ROOT + 1; node < tree->count; node++) {
        check_node(tree, node);
    }
    for (uint32_t i = 0; i < tree->inserted_count; i++) {
        check(node_kind(tree, tree->inserted[i].node) == NODE_MISSING, "what is put in is missing");
    }
}

static void check_tree(const struct syntax_tree *tree) {
    check_nodes(tree);
    check_messages(tree);
}

static bool same_nodes(const struct syntax_tree *a, const struct syntax_tree *b) {
    return a->count == b->count && memcmp(a->nodes, b->nodes, a->count * sizeof *a->nodes) == 0;
}

/* ---- edits */

struct version {
    struct text *text;
    struct syntax_tree *tree;
    struct span back; /* what to replace by `removed` to have the version before it */
    struct str removed;
};

static void version_clear(struct version *version) {
    syntax_tree_destroy(version->tree);
    text_unref(version->text);
}

static struct version version_edit(struct syntax_parser *parser, const struct version *old, struct span span,
                                   struct str replacement) {
    struct version next = {
        .text = text_replace(old->text, span, replacement),
        .back = {span.start, span.start + (uint32_t)replacement.size},
        .removed = text_slice(old->text, span),
    };
    next.tree = syntax_reparse(parser, old->tree, next.text, (struct syntax_edit){span.start, span.end, next.back.end});
    return next;
}

/* What the four bytes mean in this text: take some bytes away and put a snippet in, or a copy of what is elsewhere. */
static struct version version_random(struct syntax_parser *parser, const struct version *old, struct str four) {
    static const struct str snippets[] = {
        STR_INIT("}"),   STR_INIT("{"),        STR_INIT("("),      STR_INIT(")"),    STR_INIT("\""),
        STR_INIT("`"),   STR_INIT("<"),        STR_INIT("</div>"), STR_INIT("/*"),   STR_INIT(";"),
        STR_INIT("\n"),  STR_INIT("x"),        STR_INIT("\r"),     STR_INIT("\xff"), STR_INIT("fn f("),
        STR_INIT("=> "), STR_INIT("server {"), STR_INIT("\"\"\""), STR_INIT("<p>"),  STR_INIT("match "),
        STR_INIT("é"),   STR_INIT("*/"),       STR_INIT("["),      STR_INIT("if "),
    };
    enum { SNIPPETS = sizeof snippets / sizeof *snippets };
    struct str s = text_str(old->text);
    uint64_t number = hash_bytes(HASH_SEED, four);
    uint32_t start = (uint32_t)(number % (s.size + 1));
    uint32_t removed = (uint32_t)((number >> 24) % 4 == 0 ? (number >> 32) % 16 : 0);
    uint32_t end = start + removed < s.size ? start + removed : (uint32_t)s.size;
    uint32_t which = (uint32_t)(number >> 40) % (SNIPPETS + 4);
    struct str replacement = which < SNIPPETS ? snippets[which] : str_slice(s, (number >> 45) % (s.size + 1), s.size);
    return version_edit(parser, old, (struct span){start, end}, str_slice(replacement, 0, 40));
}

static void check_against_fresh(struct syntax_parser *parser, const struct version *version) {
    struct syntax_tree *fresh = syntax_parse(parser, version->text);
    check_tree(fresh);
    check_tree_promise(node_has_error(fresh, NODE_ROOT) || same_nodes(fresh, version->tree), fresh,
                       "an edited tree is a fresh tree");
    syntax_tree_destroy(fresh);
}

/* Whether it is to be edited or not, a text has one tree. */
static void check_both_ways(struct syntax_parser *parser, const struct version *version) {
    struct syntax_tree *read = syntax_parse(parser, version->text);
    check_tree_promise(same_nodes(read, version->tree), read, "a tree to read is a tree to edit");
    syntax_tree_destroy(read);
}

static void undo(struct syntax_parser *parser, const struct version *versions, unsigned edits) {
    struct version at = {.text = text_ref(versions[edits].text)};
    at.tree = versions[edits].tree;
    for (unsigned i = edits; i > 0; i--) {
        struct version before = version_edit(parser, &at, versions[i].back, versions[i].removed);
        check_nodes(before.tree);
        if (i < edits) {
            syntax_tree_destroy(at.tree);
        }
        text_unref(at.text);
        at = before;
    }
    check(str_equal(text_str(at.text), text_str(versions[0].text)), "undoing gives the first text");
    check(node_has_error(versions[0].tree, NODE_ROOT) || same_nodes(at.tree, versions[0].tree),
          "undoing gives the first tree");
    if (edits > 0) {
        syntax_tree_destroy(at.tree);
    }
    text_unref(at.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct syntax_parser *parser; /* one for all inputs, as a daemon has one for all files */
    if (parser == NULL) {
        parser = syntax_parser_create();
    }
    struct str input = {(const char *)data, size};
    struct version versions[MOST_EDITS + 1] = {{.text = text_create(input)}};
    versions[0].tree = syntax_parse_for_edits(parser, versions[0].text);
    check_tree(versions[0].tree);
    check_both_ways(parser, &versions[0]);
    unsigned edits = 0;
    for (; edits < MOST_EDITS && size >= (edits + 1) * EDIT_BYTES; edits++) {
        size_t end = size - edits * EDIT_BYTES;
        versions[edits + 1] = version_random(parser, &versions[edits], str_slice(input, end - EDIT_BYTES, end));
        check_tree(versions[edits + 1].tree);
        check_against_fresh(parser, &versions[edits + 1]);
    }
    undo(parser, versions, edits);
    for (unsigned i = 0; i <= edits; i++) {
        version_clear(&versions[i]);
    }
    return 0;
}
