/* Walks down both trees along the nodes that differ, as long as there is one at each level. */
#include "analysis/change.h"

#include "parser/syntax/node.h"
#include "parser/syntax/repair.h"

struct comparison {
    const struct syntax_tree *old, *tree;
    struct syntax_edit edit;
};

/* Outside of the edit the bytes are the same, so nodes of the same kinds and sizes are the same. */
static bool is_same_below(const struct comparison *c, node_id old, node_id node) {
    uint32_t count = c->old->nodes[old].next - old;
    uint32_t shift = c->tree->nodes[node].start - c->old->nodes[old].start;
    bool same = true;
    for (uint32_t i = 0; i < count && same; i++) {
        const struct node *a = &c->old->nodes[old + i];
        const struct node *b = &c->tree->nodes[node + i];
        same = a->kind == b->kind && a->field == b->field && a->flags == b->flags && b->start == a->start + shift &&
               b->end == a->end + shift && b->next - node == a->next - old;
    }
    return same;
}

/* Do both nodes have the same descendants, and the place that the edit leaves them? What the library has taken over from one
 * tree to the other has one name in both; leaves, and what it made again, have to be looked at. */
static bool is_same(const struct comparison *c, node_id old, node_id node) {
    const struct node *a = &c->old->nodes[old];
    const struct node *b = &c->tree->nodes[node];
    bool before = a->end <= c->edit.start && b->start == a->start;
    bool behind = a->start >= c->edit.old_end && b->start == a->start - c->edit.old_end + c->edit.new_end;
    bool shared = c->old->reuse[old] != NULL && c->old->reuse[old] == c->tree->reuse[node];
    return (before || behind) && a->kind == b->kind && a->field == b->field && a->flags == b->flags &&
           b->end - b->start == a->end - a->start && b->next - node == a->next - old &&
           (shared || is_same_below(c, old, node));
}

/* The only child of the node, which both trees have under this id, that differs; NODE_NONE when there is not exactly one. */
static node_id different_child(const struct comparison *c, node_id parent) {
    node_id old = node_first_child(c->old, parent);
    node_id node = node_first_child(c->tree, parent);
    while (old != NODE_NONE && old == node && is_same(c, old, node)) {
        old = node_next_sibling(c->old, old);
        node = node_next_sibling(c->tree, node);
    }
    node_id different = old;
    if (old == NODE_NONE || old != node || node_field(c->old, old) != node_field(c->tree, node)) {
        return NODE_NONE;
    }
    do {
        old = node_next_sibling(c->old, old);
        node = node_next_sibling(c->tree, node);
    } while (old != NODE_NONE && node != NODE_NONE && is_same(c, old, node));
    return old == NODE_NONE && node == NODE_NONE ? different : NODE_NONE;
}

static bool is_same_kind(const struct comparison *c, node_id node) {
    return node_kind(c->old, node) == node_kind(c->tree, node);
}

/* The block that holds the change, and its body: where the next step begins. */
static node_id find_block(const struct comparison *c, node_id *body) {
    static const bool blocks[NODE_KIND_COUNT] = {
        [NODE_SERVER_BLOCK] = true, [NODE_BROWSER_BLOCK] = true, [NODE_SHARED_BLOCK] = true};
    node_id node = different_child(c, NODE_ROOT);
    *body = NODE_ROOT;
    if (node == NODE_NONE || !blocks[node_kind(c->old, node)]) {
        return NODE_ROOT;
    }
    *body = is_same_kind(c, node) ? different_child(c, node) : NODE_NONE;
    bool fits = *body != NODE_NONE && node_field(c->old, *body) == FIELD_BODY && is_same_kind(c, *body);
    return fits ? node : NODE_NONE;
}

/* The part of a statement that nothing outside of it looks into. */
static node_id find_inside(const struct comparison *c, node_id statement) {
    static const enum node_field parts[NODE_KIND_COUNT] = {
        [NODE_FUNCTION_DECLARATION] = FIELD_BODY, [NODE_COMPONENT_DECLARATION] = FIELD_BODY,
        [NODE_EFFECT_DECLARATION] = FIELD_BODY,   [NODE_STATE_DECLARATION] = FIELD_VALUE,
        [NODE_COMPUTED_DECLARATION] = FIELD_VALUE, [NODE_ASSIGNMENT] = FIELD_RIGHT,
        [NODE_EXPORT_STATEMENT] = FIELD_DECLARATION,
    };
    node_id node = statement;
    while (node != NODE_NONE && is_same_kind(c, node)) {
        enum node_field part = parts[node_kind(c->old, node)];
        node_id child = part == FIELD_NONE ? NODE_NONE : different_child(c, node);
        if (child == NODE_NONE || node_field(c->old, child) != part) {
            return NODE_NONE;
        }
        if (part != FIELD_DECLARATION) {
            return child;
        }
        node = child;
    }
    return NODE_NONE;
}

static bool are_repairs_within(const struct syntax_tree *tree, node_id node) {
    struct span span = node_span(tree, node);
    bool within = true;
    for (uint32_t i = 0; i < tree->repair_count && within; i++) {
        within = tree->repairs[i].offset >= span.start && tree->repairs[i].offset < span.end;
    }
    return within;
}

static bool is_edit_within(const struct comparison *c, node_id node) {
    struct span old = node_span(c->old, node);
    struct span new = node_span(c->tree, node);
    return c->edit.start >= old.start && c->edit.old_end <= old.end && c->edit.new_end <= new.end;
}

bool change_find(const struct syntax_tree *old, const struct syntax_tree *tree, struct syntax_edit edit,
                 struct change *change) {
    struct comparison c = {old, tree, edit};
    node_id body = NODE_NONE;
    if (old->reuse == NULL || tree->reuse == NULL || old->given_up || tree->given_up) {
        return false;
    }
    node_id block = find_block(&c, &body);
    node_id statement = block == NODE_NONE ? NODE_NONE : different_child(&c, body);
    node_id inside = statement == NODE_NONE ? NODE_NONE : find_inside(&c, statement);
    if (inside == NODE_NONE || !is_edit_within(&c, inside) || !are_repairs_within(old, inside) ||
        !are_repairs_within(tree, inside)) {
        return false;
    }
    *change = (struct change){
        .edit = edit,
        .block = block,
        .statement = statement,
        .inside = inside,
        .old_behind = old->nodes[inside].next,
        .old_next = old->nodes[statement].next,
        .next = tree->nodes[statement].next,
        .shift = tree->nodes[inside].next - old->nodes[inside].next,
    };
    return true;
}

bool change_span(const struct change *change, struct span *span) {
    if (span->end < change->edit.start) {
        return true;
    }
    if (span->start <= change->edit.old_end) {
        return false;
    }
    uint32_t shift = change->edit.new_end - change->edit.old_end;
    *span = (struct span){span->start + shift, span->end + shift};
    return true;
}
