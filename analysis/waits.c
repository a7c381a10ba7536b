/* waits: calls that would have to be awaited where nothing waits, by what stands around them. */
#include "analysis/waits.h"

#include "analysis/symbols.h"

/* Is the value of `node` that of what it stands in: the end of a branch, the right side of `??`? */
static bool gives_value(const struct syntax_tree *tree, node_id node) {
    static const struct str choices[] = {STR_INIT("and"), STR_INIT("or"), STR_INIT("&&"), STR_INIT("||"), STR_INIT("??")};
    node_id around = node_parent(tree, node);
    enum node_field field = node_field(tree, node);
    switch ((int)node_kind(tree, around)) {
    case NODE_PAREN_LIST:
    case NODE_MATCH_EXPRESSION:
    case NODE_ELIF_CLAUSE:
    case NODE_IF_EXPRESSION:
        return field != FIELD_CONDITION && field != FIELD_VALUE;
    case NODE_MATCH_ARM:
        return field == FIELD_BODY;
    case NODE_BLOCK:
        return node_next_plain(tree, node) == NODE_NONE;
    case NODE_BINARY_EXPRESSION:
        return field == FIELD_RIGHT && str_is_one_of(node_text(tree, node_child(tree, around, FIELD_OPERATOR)), choices,
                                                     sizeof choices / sizeof *choices);
    default:
        return false;
    }
}

static bool is_content(enum node_kind kind) {
    return kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT || kind == NODE_JSX_BLOCK;
}

bool wait_is_in_markup(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_NONE && node_kind(tree, node) != NODE_COMPONENT_DECLARATION &&
           node_kind(tree, node) != NODE_STORE_DECLARATION) {
        enum node_kind kind = node_kind(tree, node);
        if (is_content(kind) || kind == NODE_JSX_IF || kind == NODE_JSX_FOR || kind == NODE_JSX_MATCH) {
            return true;
        }
        node = node_parent(tree, node);
    }
    return false;
}

/* `server.load().then(f)` */
static bool is_followed_by_hand(const struct syntax_tree *tree, node_id node) {
    static const struct str methods[] = {STR_INIT("then"), STR_INIT("catch"), STR_INIT("finally")};
    node_id member = node_parent(tree, node);
    return node_kind(tree, member) == NODE_MEMBER_EXPRESSION && node_field(tree, node) == FIELD_OBJECT &&
           str_is_one_of(node_text(tree, node_child(tree, member, FIELD_PROPERTY)), methods, sizeof methods / sizeof *methods);
}

bool wait_may_stand(const struct syntax_tree *tree, node_id node) {
    bool markup = wait_is_in_markup(tree, node);
    if (is_followed_by_hand(tree, node)) {
        return true;
    }
    while (gives_value(tree, node)) {
        node = node_parent(tree, node);
    }
    node_id around = node_parent(tree, node);
    enum node_kind kind = node_kind(tree, around);
    if (kind == NODE_JSX_EXPRESSION) {
        return is_content(node_kind(tree, node_parent(tree, around)));
    }
    bool kept = kind == NODE_ASSIGNMENT || kind == NODE_ARGUMENTS || kind == NODE_ARRAY;
    return kind == NODE_BLOCK || kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION ||
           (kept && !markup);
}

static bool is_handler(const struct syntax_tree *tree, node_id node) {
    node_id attribute = node_ancestor(tree, node, NODE_JSX_ATTRIBUTE);
    return str_starts_with(node_text(tree, node_child(tree, attribute, FIELD_NAME)), STR("on:"));
}

const char *wait_advice(const struct syntax_tree *tree, node_id call) {
    return is_handler(tree, call)
               ? "this is asked for once, as the page is built, and not when the event comes (write a function: `fn() …`)"
               : "an answer that has to be waited for, where nothing waits (call it in an effect and keep the answer in a "
                 "state)";
}

bool wait_is_lost_on(struct str function) {
    static const struct str names[] = {
#define DEAF(name) STR_INIT(name),
#include "analysis/deaf.def"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i], function)) {
            return true;
        }
    }
    return false;
}

const char *wait_problem(const struct syntax_tree *tree, node_id call, unsigned marks) {
    marks &= MARK_NOT_AWAITED | MARK_LOST_CALLBACK;
    if (marks == MARK_LOST_CALLBACK || (marks != 0 && !wait_may_stand(tree, call))) {
        return (marks & MARK_LOST_CALLBACK) == 0
                   ? wait_advice(tree, call)
                   : "this function does not wait for the answers of an async function (get them before, as with `map`, and "
                     "give it those)";
    }
    return NULL;
}
