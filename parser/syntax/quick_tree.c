/* quick_tree: one walk that numbers the nodes. */
#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/faults.h"
#include "parser/syntax/quick_automaton.h"

/* What the file consists of: the children of the file's own item, or the statements of it so far, and comments around it. */
static record_id quick_top(struct quick *self) {
    record_id first = RECORD_NONE;
    record_id last = RECORD_NONE;
    uint32_t end = self->met ? self->depth - 1 : self->depth; /* the token of the joint is known */
    for (uint32_t i = 1; i < end; i++) {
        struct item item = self->items[i];
        if (!item.extra && item.symbol != self->language->statements) {
            item.first = self->records[item.first].first;
            for (item.last = item.first; item.last != RECORD_NONE && self->records[item.last].next != RECORD_NONE;) {
                item.last = self->records[item.last].next;
            }
        }
        if (item.first == RECORD_NONE) {
            continue;
        }
        if (first == RECORD_NONE) {
            first = item.first;
        } else {
            self->records[last].next = item.first;
        }
        last = item.last;
    }
    return first;
}

static node_id append(struct syntax_tree *tree, const struct record *record, node_id parent) {
    uint16_t kind = record->kind != NODE_NULL ? record->kind : NODE_TOKEN;
    node_id id = tree->count++;
    tree->nodes[id] = (struct node){.start = record->start,
                                    .end = record->end,
                                    .parent = parent,
                                    .next = tree->count,
                                    .kind = kind,
                                    .field = record->field};
    if (kind == NODE_MISSING || kind == NODE_UNTERMINATED) {
        for (node_id up = id; up != NODE_NONE && (tree->nodes[up].flags & NODE_HAS_ERROR) == 0;) {
            tree->nodes[up].flags |= NODE_HAS_ERROR;
            up = tree->nodes[up].parent;
        }
    }
    return id;
}

/* The joints behind this record, and before the node to come. */
static void quick_place_joints(struct quick *self, const struct syntax_tree *tree, uint32_t *next, record_id passed) {
    while (*next < self->joint_count && self->joints[*next].node == passed) {
        self->joints[(*next)++].node = tree->count;
    }
}

/* Numbers the records from `id` on in pre-order; a token without a field is no node. */
static void quick_walk(struct quick *self, struct syntax_tree *tree, record_id id) {
    record_id up = RECORD_NONE;
    node_id parent = NODE_ROOT;
    record_id passed = RECORD_NONE;
    uint32_t joint = 0;
    for (;;) {
        if (up == RECORD_NONE) {
            quick_place_joints(self, tree, &joint, passed);
            passed = id;
        }
        if (id == RECORD_NONE) {
            tree->nodes[parent].next = tree->count;
            if (up == RECORD_NONE) {
                return;
            }
            parent = tree->nodes[parent].parent;
            id = self->records[up].next;
            up = self->records[up].up;
            continue;
        }
        struct record *record = &self->records[id];
        if (record->kind == NODE_NULL && record->field == FIELD_NONE) {
            id = record->next;
            continue;
        }
        node_id node = append(tree, record, parent);
        if (record->first == RECORD_NONE) {
            id = record->next;
            continue;
        }
        record->up = up;
        up = id;
        parent = node;
        id = record->first;
    }
}

void quick_append(struct quick *self, struct syntax_tree *tree) {
    node_id node = tree->count;
    quick_walk(self, tree, quick_top(self));
    for (; node < tree->count; node++) {
        if (faults_is((enum node_kind)tree->nodes[node].kind)) {
            faults_note(tree, node);
        }
    }
}

bool quick_parse(const struct language *language, struct quick_memo *memo, struct syntax_tree *tree) {
    struct quick self;
    quick_init(&self, language, memo, text_str(tree->text), text_size(tree->text));
    bool done = quick_begin(&self, NULL) && quick_run(&self);
    if (done) {
        tree->nodes = xmalloc((self.record_count + 2) * sizeof *tree->nodes);
        tree->nodes[NODE_NONE] = (struct node){0};
        tree->nodes[NODE_ROOT] = (struct node){.end = text_size(tree->text), .kind = NODE_SOURCE_FILE};
        tree->count = NODE_ROOT + 1;
        quick_append(&self, tree);
        tree->nodes = xrealloc(tree->nodes, tree->count * sizeof *tree->nodes);
        tree->joints = self.joints;
        tree->joint_count = self.joint_count;
        self.joints = NULL;
    }
    quick_finish(&self);
    return done;
}
