/* quick_tree: one walk that numbers the nodes. */
#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/faults.h"
#include "parser/syntax/quick_automaton.h"

#include <string.h>

static record_id last_of(const struct quick *self, record_id first) {
    record_id last = first;
    while (last != RECORD_NONE && self->records[last].next != RECORD_NONE) {
        last = self->records[last].next;
    }
    return last;
}

/* What the file consists of: the children of the file's own item, or the statements of it so far, and comments around it. */
static record_id quick_top(struct quick *self) {
    struct item top = {0};
    for (uint32_t i = 0; i < self->depth; i++) {
        struct item item = self->items[i];
        if (i > 0 && item.symbol != self->language->statements) {
            item.first = self->records[item.first].first;
            item.last = last_of(self, item.first);
        }
        list_append(self->records, &top, item.first, item.last);
        list_append_comments(self->records, &top, item.comments);
    }
    return top.first;
}

/* A node that says that something is wrong; all that hold what is missing have an error. */
static void note_fault(struct syntax_tree *tree, node_id node, enum node_kind kind) {
    faults_note(tree, node);
    bool missing = kind == NODE_MISSING || kind == NODE_UNTERMINATED;
    for (node_id up = missing ? node : NODE_NONE; up != NODE_NONE && (tree->nodes[up].flags & NODE_HAS_ERROR) == 0;) {
        tree->nodes[up].flags |= NODE_HAS_ERROR;
        up = tree->nodes[up].parent;
    }
}

static void write_node(struct syntax_tree *tree, node_id id, const struct record *record, node_id parent) {
    struct node *node = &tree->nodes[id];
    uint16_t kind = record->kind != NODE_NULL ? record->kind : NODE_TOKEN;
    node->start = record->start;
    node->end = record->end;
    node->parent = parent;
    node->next = id + 1;
    node->kind = kind;
    node->field = record->field;
    node->flags = 0;
    if (faults_is((enum node_kind)kind)) {
        note_fault(tree, id, (enum node_kind)kind);
    }
}

/* The joints behind this record, and before the node to come. */
static void quick_place_joints(struct quick *self, node_id node, uint32_t *next, record_id passed) {
    while (*next < self->joint_count && self->joints[*next].node == passed) {
        self->joints[(*next)++].node = node;
    }
}

/* Numbers the records from `id` on in pre-order, beginning with `node`; a token without a field is no node. Gives the number
 * behind the last one. */
static node_id quick_walk(struct quick *self, struct syntax_tree *tree, record_id id, node_id node) {
    record_id up = RECORD_NONE;
    node_id parent = NODE_ROOT;
    record_id passed = RECORD_NONE;
    uint32_t joint = 0;
    for (;;) {
        if (up == RECORD_NONE) {
            quick_place_joints(self, node, &joint, passed);
            passed = id;
        }
        if (id == RECORD_NONE) {
            tree->nodes[parent].next = node;
            if (up == RECORD_NONE) {
                return node;
            }
            parent = tree->nodes[parent].parent;
            id = self->records[up].next;
            up = self->records[up].first;
            continue;
        }
        struct record *record = &self->records[id];
        if (record->kind == NODE_NULL && record->field == FIELD_NONE) {
            id = record->next;
            continue;
        }
        write_node(tree, node, record, parent);
        if (record->first == RECORD_NONE) {
            node++;
            id = record->next;
            continue;
        }
        record_id first = record->first;
        record->first = up;
        up = id;
        parent = node++;
        id = first;
    }
}

void quick_append(struct quick *self, struct syntax_tree *tree) {
    tree->count = quick_walk(self, tree, quick_top(self), tree->count);
}

static void begin_nodes(const struct quick *self, struct arena *arena, struct syntax_tree *tree) {
    size_t most = self->record_count + 2;
    tree->nodes = arena != NULL ? arena_room(arena, struct node, most) : xmalloc(most * sizeof *tree->nodes);
    tree->nodes[NODE_NONE] = (struct node){0};
    tree->nodes[NODE_ROOT] = (struct node){.end = text_size(tree->text), .kind = NODE_SOURCE_FILE};
    tree->count = NODE_ROOT + 1;
}

static void keep_joints(const struct quick *self, struct syntax_tree *tree) {
    tree->joints = xmalloc(self->joint_count * sizeof *tree->joints);
    memcpy(tree->joints, self->joints, self->joint_count * sizeof *tree->joints);
    tree->joint_count = self->joint_count;
}

bool quick_parse(struct quick_reader *reader, struct arena *arena, struct syntax_tree *tree) {
    struct quick self;
    quick_init(&self, reader, text_str(tree->text), text_size(tree->text));
    bool done = quick_begin(&self, NULL) && quick_run(&self);
    if (done) {
        begin_nodes(&self, arena, tree);
        quick_append(&self, tree);
        size_t room = (self.record_count + 2) * sizeof *tree->nodes;
        size_t used = tree->count * sizeof *tree->nodes;
        if (arena != NULL) {
            arena_shorten(arena, tree->nodes, room, used);
        } else {
            tree->nodes = xrealloc(tree->nodes, used);
            keep_joints(&self, tree);
        }
    }
    quick_finish(&self);
    return done;
}
