/* waits: calls that would have to be awaited where nothing waits. The analysis marks them; whether the value is needed is
 * told by what stands around the call. */
#include "codegen/emitter.h"

static bool is_one_of(struct str text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (str_equal(text, str_from_c(*words))) {
            return true;
        }
    }
    return false;
}

/* Is the value of `node` that of what it stands in: the end of a branch, the right side of `??`? */
static bool gives_value(const struct emitter *e, node_id node) {
    static const char *const choices[] = {"and", "or", "&&", "||", "??", NULL};
    node_id around = node_parent(e->tree, node);
    enum node_field field = node_field(e->tree, node);
    switch ((int)kind_of(e, around)) {
    case NODE_PAREN_LIST:
    case NODE_MATCH_EXPRESSION:
    case NODE_ELIF_CLAUSE:
    case NODE_IF_EXPRESSION:
        return field != FIELD_CONDITION && field != FIELD_VALUE;
    case NODE_MATCH_ARM:
        return field == FIELD_BODY;
    case NODE_BLOCK:
        return node_next_plain(e->tree, node) == NODE_NONE;
    case NODE_BINARY_EXPRESSION:
        return field == FIELD_RIGHT && is_one_of(operator_of(e, around), choices);
    default:
        return false;
    }
}

static bool is_content(enum node_kind kind) {
    return kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT || kind == NODE_JSX_BLOCK;
}

static bool is_markup(const struct emitter *e, node_id node) {
    while (node != NODE_NONE && kind_of(e, node) != NODE_COMPONENT_DECLARATION &&
           kind_of(e, node) != NODE_STORE_DECLARATION) {
        enum node_kind kind = kind_of(e, node);
        if (is_content(kind) || kind == NODE_JSX_IF || kind == NODE_JSX_FOR || kind == NODE_JSX_MATCH) {
            return true;
        }
        node = node_parent(e->tree, node);
    }
    return false;
}

/* `server.load().then(f)` */
static bool is_followed_by_hand(const struct emitter *e, node_id node) {
    static const char *const methods[] = {"then", "catch", "finally", NULL};
    node_id member = node_parent(e->tree, node);
    return kind_of(e, member) == NODE_MEMBER_EXPRESSION && node_field(e->tree, node) == FIELD_OBJECT &&
           is_one_of(text_of(e, node_child(e->tree, member, FIELD_PROPERTY)), methods);
}

/* May a promise stand where this does: as a child, which the page waits for, as a statement, or as a value to keep? */
static bool may_be_promise(const struct emitter *e, node_id node) {
    bool markup = is_markup(e, node);
    if (is_followed_by_hand(e, node)) {
        return true;
    }
    while (gives_value(e, node)) {
        node = node_parent(e->tree, node);
    }
    node_id around = node_parent(e->tree, node);
    enum node_kind kind = kind_of(e, around);
    if (kind == NODE_JSX_EXPRESSION) {
        return is_content(kind_of(e, node_parent(e->tree, around)));
    }
    bool kept = kind == NODE_ASSIGNMENT || kind == NODE_ARGUMENTS || kind == NODE_ARRAY;
    return kind == NODE_BLOCK || kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION ||
           (kept && !markup);
}

static bool is_handler(const struct emitter *e, node_id node) {
    node_id attribute = node_ancestor(e->tree, node, NODE_JSX_ATTRIBUTE);
    return str_starts_with(text_of(e, node_child(e->tree, attribute, FIELD_NAME)), STR("on:"));
}

static const char *what_is_lost(const struct emitter *e, node_id node, unsigned marks) {
    if ((marks & MARK_LOST_CALLBACK) != 0) {
        return "this function does not wait for the answers of an async function (get them before, as with `map`, and "
               "give it those)";
    }
    if (is_handler(e, node)) {
        return "this is asked for once, as the page is built, and not when the event comes (write a function: `fn() …`)";
    }
    return "an answer that has to be waited for, where nothing waits (call it in an effect and keep the answer in a "
           "state)";
}

void report_lost_wait(struct emitter *e, node_id node) {
    unsigned marks = node == NODE_NONE ? 0 : e->file->marks[node] & (MARK_NOT_AWAITED | MARK_LOST_CALLBACK);
    bool lost = marks == MARK_LOST_CALLBACK || (marks != 0 && !may_be_promise(e, node));
    if (lost) {
        not_emitted(e, node, what_is_lost(e, node, marks));
    }
}
