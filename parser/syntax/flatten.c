/* flatten: one walk over the library's tree, without recursion. */
#include "parser/syntax/flatten.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/faults.h"
#include "parser/syntax/guard.h"
#include "parser/syntax/view.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define SYMBOL_ERROR ((TSSymbol)-1)

/* start, end, parent and next of a node, which are added to at once. */
typedef uint32_t lanes __attribute__((vector_size(4 * sizeof(uint32_t))));
static_assert(offsetof(struct node, end) == 4 && offsetof(struct node, parent) == 8 && offsetof(struct node, next) == 12 &&
                  offsetof(struct node, kind) == sizeof(lanes),
              "the places of a node are its first four numbers");

struct flatten {
    const struct flatten_names *names;
    struct syntax_tree *tree;
    uint32_t capacity, inserted_capacity;
    node_id parent; /* of the node to come */
    bool broken;    /* the library gave up on the file as a whole: its root is an error */
    node_id loose;  /* in a broken file: the open error node that collects what is no whole statement, or NODE_NONE */
    const struct syntax_tree *old; /* NULL when nothing can be reused */
    struct syntax_edit edit;
    node_id old_next; /* where in `old` the next node probably is */
    struct view view; /* what the library has parsed */
    uint32_t repair;  /* the next one that the walk comes to */
    struct guard guard;
    uint32_t visits;
    bool given_up;
};

static enum node_kind kind_of_name(struct str name) {
    for (unsigned kind = NODE_NULL + 1; kind < NODE_TOKEN; kind++) {
        if (str_equal(node_kind_name((enum node_kind)kind), name)) {
            return (enum node_kind)kind;
        }
    }
    return NODE_NULL;
}

static enum node_field field_of_name(struct str name) {
    for (unsigned field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
        if (str_equal(node_field_name((enum node_field)field), name)) {
            return (enum node_field)field;
        }
    }
    return FIELD_NONE;
}

void flatten_names_init(struct flatten_names *names, const TSLanguage *language) {
    names->symbol_count = ts_language_symbol_count(language);
    names->kinds = xcalloc(names->symbol_count, sizeof *names->kinds);
    for (uint32_t i = 0; i < names->symbol_count; i++) {
        TSSymbol symbol = u16_from_u32(i);
        if (ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular) {
            names->kinds[i] = u16_from_u32(kind_of_name(str_from_c(ts_language_symbol_name(language, symbol))));
        }
    }
    uint32_t field_count = ts_language_field_count(language);
    names->fields = xcalloc(field_count + 1, sizeof *names->fields); /* field ids begin with 1 */
    for (uint32_t i = 1; i <= field_count; i++) {
        names->fields[i] =
            u8_from_u32(field_of_name(str_from_c(ts_language_field_name_for_id(language, u16_from_u32(i)))));
    }
}

void flatten_names_finish(struct flatten_names *names) {
    xfree(names->kinds);
    xfree(names->fields);
    *names = (struct flatten_names){0};
}

static void flatten_reserve(struct flatten *self, uint32_t count) {
    struct syntax_tree *tree = self->tree;
    if (tree->count + count <= self->capacity) {
        return;
    }
    self->capacity = (tree->count + count) / 2 * 3;
    tree->nodes = xrealloc(tree->nodes, self->capacity * sizeof *tree->nodes);
    tree->reuse = xrealloc(tree->reuse, self->capacity * sizeof *tree->reuse);
}

static node_id flatten_append(struct flatten *self, struct node node, const void *reuse) {
    struct syntax_tree *tree = self->tree;
    flatten_reserve(self, 1);
    node_id id = tree->count++;
    node.next = tree->count;
    tree->nodes[id] = node;
    tree->reuse[id] = reuse;
    if (faults_is((enum node_kind)node.kind)) {
        faults_note(tree, id);
    }
    return id;
}

/* Marks the node and everything above it. */
static void flatten_mark(struct flatten *self, node_id node) {
    for (; node != NODE_NONE && (self->tree->nodes[node].flags & NODE_HAS_ERROR) == 0;
         node = self->tree->nodes[node].parent) {
        self->tree->nodes[node].flags |= NODE_HAS_ERROR;
    }
}

/* Up to this byte, what is open holds the repairs; a missing closer is a node of its own. */
static void flatten_mark_repairs(struct flatten *self, uint32_t end) {
    for (; self->repair < self->view.count && self->view.repairs[self->repair].offset < end; self->repair++) {
        if (self->view.repairs[self->repair].kind != REPAIR_CLOSER) {
            flatten_mark(self, self->parent);
        }
    }
}

/* A node without children holds the repairs in it. */
static void flatten_mark_leaf(struct flatten *self, node_id leaf) {
    node_id parent = self->parent;
    self->parent = leaf;
    flatten_mark_repairs(self, self->tree->nodes[leaf].end);
    self->parent = parent;
}

static void flatten_note_inserted(struct flatten *self, node_id node, struct str token) {
    struct syntax_tree *tree = self->tree;
    if (tree->inserted_count == self->inserted_capacity) {
        self->inserted_capacity = self->inserted_capacity != 0 ? self->inserted_capacity * 2 : 8;
        tree->inserted = xrealloc(tree->inserted, self->inserted_capacity * sizeof *tree->inserted);
    }
    tree->inserted[tree->inserted_count++] = (struct syntax_inserted){node, token};
}

/* Can a node of this kind stand at the top of a file all by itself? */
static bool is_whole(enum node_kind kind) {
    static const bool whole[NODE_KIND_COUNT] = {
        [NODE_SHEBANG] = true,
        [NODE_COMMENT] = true,
        [NODE_DOC_COMMENT] = true,
        [NODE_BLOCK_COMMENT] = true,
        [NODE_BARE_BLOCK] = true,
        [NODE_STRAY_BRACE] = true,
        [NODE_STRAY_TAG] = true,
        [NODE_ERROR] = true,
        [NODE_SERVER_BLOCK] = true,
        [NODE_BROWSER_BLOCK] = true,
        [NODE_SHARED_BLOCK] = true,
        [NODE_FUNCTION_DECLARATION] = true,
        [NODE_DECORATED] = true,
        [NODE_VAR_DECLARATION] = true,
        [NODE_LET_DECLARATION] = true,
        [NODE_STATE_DECLARATION] = true,
        [NODE_COMPUTED_DECLARATION] = true,
        [NODE_EFFECT_DECLARATION] = true,
        [NODE_COMPONENT_DECLARATION] = true,
        [NODE_STORE_DECLARATION] = true,
        [NODE_ROUTE_DECLARATION] = true,
        [NODE_MODEL_DECLARATION] = true,
        [NODE_TYPE_DECLARATION] = true,
        [NODE_INTERFACE_DECLARATION] = true,
        [NODE_TRAIT_DECLARATION] = true,
        [NODE_IMPL_DECLARATION] = true,
        [NODE_EXTERN_DECLARATION] = true,
        [NODE_IMPORT_STATEMENT] = true,
        [NODE_EXPORT_STATEMENT] = true,
        [NODE_STYLE_BLOCK] = true,
        [NODE_ASSIGNMENT] = true,
        [NODE_AUGMENTED_ASSIGNMENT] = true,
        [NODE_RETURN_STATEMENT] = true,
        [NODE_DEFER_STATEMENT] = true,
        [NODE_GUARD_STATEMENT] = true,
        [NODE_LABELED_STATEMENT] = true,
    };
    return whole[kind];
}

static void flatten_close_loose(struct flatten *self) {
    if (self->loose == NODE_NONE) {
        return;
    }
    struct node *nodes = self->tree->nodes;
    nodes[self->loose].next = self->tree->count;
    self->loose = NODE_NONE;
}

/* In a broken file, a child of the root: whole statements stay children of the file, so that their declarations are
 * found; runs of anything else become error nodes. Sets the parent of the node to come. */
static void flatten_place_loose(struct flatten *self, enum node_kind kind, struct span span) {
    if (is_whole(kind)) {
        flatten_close_loose(self);
        self->parent = NODE_ROOT;
        return;
    }
    if (self->loose == NODE_NONE) {
        self->loose =
            flatten_append(self, (struct node){.start = span.start, .parent = NODE_ROOT, .kind = NODE_ERROR}, NULL);
        flatten_mark(self, self->loose);
    }
    self->tree->nodes[self->loose].end = span.end;
    self->parent = self->loose;
}

/* ---- reuse */

/* The first node of the old tree that starts at `start` or behind it: starts never fall in pre-order. */
static node_id old_lower_bound(const struct syntax_tree *old, uint32_t start) {
    node_id low = NODE_ROOT;
    node_id high = old->count;
    while (low < high) {
        node_id middle = low + (high - low) / 2;
        if (old->nodes[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The node of the old tree that the library took over as `reuse`, or NODE_NONE. `node` is the new one. */
static node_id flatten_find_old(struct flatten *self, const struct node *node, const void *reuse) {
    const struct syntax_tree *old = self->old;
    uint32_t start = node->start;
    if (start >= self->edit.new_end) {
        start = start - self->edit.new_end + self->edit.old_end;
    }
    node_id at = self->old_next;
    if (at >= old->count || old->nodes[at].start != start || old->nodes[at].kind != node->kind) {
        at = old_lower_bound(old, start);
    }
    for (node_id id = at; id < old->count && old->nodes[id].start == start; id++) {
        if (old->reuse[id] == reuse) {
            return id;
        }
        if (id == self->old_next && old->nodes[id].kind == node->kind) {
            break;
        }
    }
    self->old_next = at + 1; /* the same node, changed inside: its first child comes next */
    return NODE_NONE;
}

static void flatten_copy_inserted(struct flatten *self, node_id old_first, node_id old_end, node_id moved) {
    const struct syntax_tree *old = self->old;
    for (uint32_t i = 0; i < old->inserted_count; i++) {
        struct syntax_inserted inserted = old->inserted[i];
        if (inserted.node >= old_first && inserted.node < old_end) {
            flatten_note_inserted(self, inserted.node - old_first + moved, inserted.token);
        }
    }
}

/* Most of a file after a keystroke, so as few steps as can be. */
void flatten_move(struct node *to, const struct node *from, uint32_t count, uint32_t move, uint32_t renumber) {
    if (move == 0 && renumber == 0) {
        memcpy(to, from, count * sizeof *to);
        return;
    }
    const lanes step = {move, move, renumber, renumber};
    const lanes kept = {UINT32_MAX, UINT32_MAX, NODE_ROOT, UINT32_MAX};
    for (uint32_t i = 0; i < count; i++) {
        lanes places;
        memcpy(&places, &from[i], sizeof places);
        places += step & (lanes)(places != kept);
        memcpy(&to[i], &places, sizeof places);
        memcpy(&to[i].kind, &from[i].kind, sizeof *to - sizeof places);
    }
}

/* Appends the descendants of the old node `old_id` as those of the new node `id`. */
static void flatten_copy(struct flatten *self, node_id old_id, node_id id) {
    const struct syntax_tree *old = self->old;
    struct syntax_tree *tree = self->tree;
    node_id old_end = old->nodes[old_id].next;
    uint32_t count = old_end - old_id - 1;
    flatten_reserve(self, count);
    uint32_t move = tree->nodes[id].start - old->nodes[old_id].start; /* both moves may be downwards and then wrap */
    node_id renumber = id - old_id;
    flatten_move(tree->nodes + id + 1, old->nodes + old_id + 1, count, move, renumber);
    memcpy(tree->reuse + id + 1, old->reuse + old_id + 1, count * sizeof *tree->reuse);
    tree->count += count;
    tree->nodes[id].next = tree->count;
    self->old_next = old_end;
    faults_copy(tree, id, old, old_id);
    if ((old->nodes[old_id].flags & NODE_HAS_ERROR) != 0) {
        flatten_mark(self, id);
        flatten_copy_inserted(self, old_id + 1, old_end, id + 1);
    }
}

/* ---- the walk */

/* The library's node in the bytes of the text; `*repaired` when it is a closer that a repair inserted. */
static struct node flatten_translate(struct flatten *self, TSNode library_node, bool *repaired) {
    struct node node = {.start = ts_node_start_byte(library_node), .end = ts_node_end_byte(library_node)};
    if (self->view.count == 0) {
        return node;
    }
    const struct repair *repair = view_inserted(&self->view, node.start);
    *repaired = repair != NULL && repair->kind == REPAIR_CLOSER && node.end - node.start == 1;
    node.start = view_source(&self->view, node.start);
    node.end = view_source(&self->view, node.end);
    flatten_mark_repairs(self, node.start);
    return node;
}

/* Appends the library's node, with its descendants where they are known. Returns the node whose children are to be
 * walked, or NODE_NONE. */
static node_id flatten_visit(struct flatten *self, const TSTreeCursor *cursor) {
    TSNode library_node = ts_tree_cursor_current_node(cursor);
    TSSymbol symbol = ts_node_symbol(library_node);
    enum node_kind kind = symbol < self->names->symbol_count ? (enum node_kind)self->names->kinds[symbol] : NODE_ERROR;
    bool repaired = false;
    struct node node = flatten_translate(self, library_node, &repaired);
    if (self->broken && (self->parent == NODE_ROOT || self->parent == self->loose)) {
        flatten_place_loose(self, kind, (struct span){node.start, node.end});
    }

    bool inserted = node.start == node.end && ts_node_is_missing(library_node);
    if (inserted || (repaired && kind == NODE_NULL)) {
        kind = NODE_MISSING;
    }
    bool statement = self->parent == NODE_ROOT && !self->broken && is_whole(kind); /* they have no field, which is dear to ask for */
    if (!statement) {
        node.field = self->names->fields[ts_tree_cursor_current_field_id(cursor)];
    }
    if (kind == NODE_NULL && node.field != FIELD_NONE) {
        kind = NODE_TOKEN;
    }
    if (kind == NODE_NULL) {
        return NODE_NONE;
    }

    node.parent = self->parent;
    node.kind = (uint16_t)kind;
    node.flags = inserted ? NODE_INSERTED : 0;
    node_id id = flatten_append(self, node, library_node.id);
    if (kind == NODE_ERROR || kind == NODE_MISSING || kind == NODE_UNTERMINATED) {
        flatten_mark(self, id);
    }
    if (inserted) {
        flatten_note_inserted(self, id, str_from_c(ts_node_type(library_node)));
    }
    node_id old_id = self->old != NULL ? flatten_find_old(self, &node, library_node.id) : NODE_NONE;
    if (old_id == NODE_NONE) {
        return id;
    }
    flatten_copy(self, old_id, id);
    while (self->repair < self->view.count && self->view.repairs[self->repair].offset < node.end) {
        self->repair++;
    }
    return NODE_NONE;
}

/* Looked at once in many nodes, because to ask for the time takes longer than a node. */
static bool flatten_is_over(struct flatten *self) {
    self->given_up = ++self->visits % 1024 == 0 && guard_left(&self->guard) == 0;
    return self->given_up;
}

/* Walks everything below the root, where the cursor stands. */
static void flatten_walk(struct flatten *self, TSTreeCursor *cursor) {
    struct syntax_tree *tree = self->tree;
    self->parent = NODE_ROOT;
    if (!ts_tree_cursor_goto_first_child(cursor)) {
        return;
    }
    for (unsigned depth = 1; depth > 0 && !flatten_is_over(self);) {
        node_id id = flatten_visit(self, cursor);
        if (id != NODE_NONE && ts_tree_cursor_goto_first_child(cursor)) {
            self->parent = id;
            depth++;
            continue;
        }
        if (id != NODE_NONE) {
            flatten_mark_leaf(self, id);
        }
        while (depth > 0 && !ts_tree_cursor_goto_next_sibling(cursor)) {
            ts_tree_cursor_goto_parent(cursor);
            depth--;
            flatten_mark_repairs(self, tree->nodes[self->parent].end);
            tree->nodes[self->parent].next = tree->count;
            self->parent = tree->nodes[self->parent].parent;
        }
    }
}

bool flatten_tree(const struct flatten_names *names, struct syntax_tree *tree, const struct syntax_tree *old,
                  struct syntax_edit edit) {
    struct flatten self = {.names = names, .tree = tree, .old = old, .edit = edit, .old_next = NODE_ROOT + 1};
    self.view = (struct view){text_str(tree->text), tree->repairs, tree->repair_count};
    self.guard = guard_begin(text_size(tree->text));
    flatten_reserve(&self, old != NULL ? old->count + 64 : text_size(tree->text) / 6 + 64);
    flatten_append(&self, (struct node){0}, NULL);
    tree->nodes[NODE_NONE].next = NODE_NONE;

    TSNode root = ts_tree_root_node(tree->incremental);
    self.broken = ts_node_symbol(root) == SYMBOL_ERROR;
    flatten_append(&self, (struct node){.end = text_size(tree->text), .kind = NODE_SOURCE_FILE}, NULL);
    if (self.broken) {
        flatten_mark(&self, NODE_ROOT);
    }
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    flatten_walk(&self, &cursor);
    ts_tree_cursor_delete(&cursor);
    self.parent = NODE_ROOT;
    flatten_mark_repairs(&self, UINT32_MAX);
    flatten_close_loose(&self);
    tree->nodes[NODE_ROOT].next = tree->count;
    return !self.given_up;
}
