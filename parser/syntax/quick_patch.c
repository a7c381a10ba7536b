/* quick_patch: a tree from the one before, of which the statements around an edit are read again. */
#include "parser/base/xalloc.h"
#include "parser/syntax/faults.h"
#include "parser/syntax/node.h"
#include "parser/syntax/quick_automaton.h"
#include "parser/syntax/view.h"

#include <string.h>

enum { PATCH_BYTES = 32 * 1024 /* more is read faster by the library, which knows what is inside of statements */ };

/* What of the old tree stays: the nodes before `first`, and those from `behind` on. */
struct patch {
    struct syntax_tree *tree;
    const struct syntax_tree *old;
    uint32_t joints; /* of the old tree, that stay before what is read */
    uint32_t known;  /* the first one that stays behind it; the number of joints when none does */
    node_id first, behind;
    uint32_t move; /* bytes, in the text; wraps where they move forward */
};

/* How many joints are before all bytes that the edit has changed, and so before all tokens for which one of those was looked at. */
static uint32_t joints_before(const struct syntax_tree *old, uint32_t start) {
    uint32_t count = 0;
    while (count < old->joint_count && old->joints[count].looked <= start) {
        count++;
    }
    return count;
}

/* The first joint behind the edit. */
static uint32_t joint_behind(const struct syntax_tree *old, uint32_t from, uint32_t end) {
    uint32_t low = from;
    uint32_t high = old->joint_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (old->joints[middle].start < end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_small(const struct syntax_tree *old, uint32_t before, uint32_t behind, struct syntax_edit edit) {
    uint32_t start = before > 0 ? old->joints[before - 1].start : 0;
    uint32_t end = behind < old->joint_count ? old->joints[behind].start : text_size(old->text);
    return end - start <= PATCH_BYTES && edit.new_end - edit.start <= PATCH_BYTES;
}

static void patch_joints(const struct patch *patch, const struct quick *quick) {
    const struct syntax_tree *old = patch->old;
    uint32_t kept = old->joint_count - patch->known;
    uint32_t read = quick->joint_count;
    struct syntax_joint *joints = xmalloc((patch->joints + read + kept + 1) * sizeof *joints);
    memcpy(joints, old->joints, patch->joints * sizeof *joints);
    if (read > 0) {
        memcpy(joints + patch->joints, quick->joints, read * sizeof *joints);
    }
    uint32_t count = patch->joints + read;
    uint32_t renumber = patch->tree->count - patch->behind;
    for (uint32_t i = patch->known + 1; i < old->joint_count; i++) { /* that one was read */
        struct syntax_joint joint = old->joints[i];
        joint.start += patch->move;
        joint.end += patch->move;
        joint.looked += patch->move;
        joint.node += renumber;
        joints[count++] = joint;
    }
    patch->tree->joints = joints;
    patch->tree->joint_count = count;
}

static void patch_faults_before(const struct patch *patch) {
    for (uint32_t i = 0; i < patch->old->fault_count && patch->old->faults[i] < patch->first; i++) {
        faults_note(patch->tree, patch->old->faults[i]);
    }
}

static void patch_faults_behind(const struct patch *patch) {
    uint32_t renumber = patch->tree->count - patch->behind;
    for (uint32_t i = 0; i < patch->old->fault_count; i++) {
        if (patch->old->faults[i] >= patch->behind) {
            faults_note(patch->tree, patch->old->faults[i] + renumber);
        }
    }
}

/* Does the file hold an error? */
static uint8_t root_flags(const struct syntax_tree *tree) {
    uint8_t flags = 0;
    for (uint32_t i = 0; i < tree->fault_count; i++) {
        flags |= tree->nodes[tree->faults[i]].flags & NODE_HAS_ERROR;
    }
    return flags;
}

/* What was read of a view, in bytes of the text; a closer that a repair inserted is what is missing. */
static void translate(struct quick *quick, const struct view *view) {
    for (record_id id = RECORD_NONE + 1; id < quick->record_count; id++) {
        struct record *record = &quick->records[id];
        const struct repair *repair = record->kind == NODE_NULL && record->end - record->start == 1
                                          ? view_inserted(view, record->start)
                                          : NULL;
        if (repair != NULL && repair->kind == REPAIR_CLOSER) {
            record->kind = NODE_MISSING;
        }
        record->start = view_source(view, record->start);
        record->end = view_source(view, record->end);
    }
}

/* What holds another repair has an error. */
static void mark_repairs(struct syntax_tree *tree) {
    for (uint32_t i = 0; i < tree->repair_count; i++) {
        const struct repair *repair = &tree->repairs[i];
        node_id node = repair->kind == REPAIR_CLOSER ? NODE_NONE : node_holding(tree, repair->offset);
        for (; node != NODE_NONE; node = tree->nodes[node].parent) {
            tree->nodes[node].flags |= NODE_HAS_ERROR;
        }
    }
}

static void patch_nodes(const struct patch *patch, struct quick *quick) {
    const struct syntax_tree *old = patch->old;
    struct syntax_tree *tree = patch->tree;
    uint32_t kept = old->count - patch->behind;
    uint32_t most = patch->first + quick->record_count + kept;
    tree->nodes = xmalloc(most * sizeof *tree->nodes);
    tree->reuse = xmalloc(most * sizeof *tree->reuse);
    memcpy(tree->nodes, old->nodes, patch->first * sizeof *tree->nodes);
    memcpy(tree->reuse, old->reuse, patch->first * sizeof *tree->reuse);
    tree->count = patch->first;
    patch_faults_before(patch);
    tree->nodes[NODE_ROOT].flags = 0;
    quick_append(quick, tree);
    for (node_id node = patch->first; node < tree->count; node++) {
        tree->reuse[node] = NULL;
    }
    flatten_move(tree->nodes + tree->count, old->nodes + patch->behind, kept, patch->move, tree->count - patch->behind);
    memcpy(tree->reuse + tree->count, old->reuse + patch->behind, kept * sizeof *tree->reuse);
    patch_faults_behind(patch);
    if (tree->repair_count == 0) {
        patch_joints(patch, quick);
    }
    tree->count += kept;
    tree->nodes[NODE_ROOT] = (struct node){.end = text_size(tree->text), .next = tree->count, .kind = NODE_SOURCE_FILE};
    tree->nodes[NODE_ROOT].flags = root_flags(tree);
    mark_repairs(tree);
}

bool quick_patch(struct quick_reader *reader, struct syntax_tree *tree, const struct syntax_tree *old,
                 struct syntax_edit edit) {
    uint32_t before = joints_before(old, edit.start);
    uint32_t behind = joint_behind(old, before, edit.old_end);
    if (old->joint_count == 0 || !is_small(old, before, behind, edit)) {
        return false;
    }
    const struct syntax_joint *from = before > 0 ? &old->joints[before - 1] : NULL;
    struct view view = {text_str(tree->text), tree->repairs, tree->repair_count};
    char *copy = view.count > 0 ? view_copy(&view) : NULL;
    struct str text = copy != NULL ? (struct str){copy, view_size(&view)} : view.text;
    struct patch patch = {.tree = tree, .old = old, .first = from != NULL ? from->node : NODE_ROOT + 1};
    patch.joints = before > 0 ? before - 1 : 0;
    patch.move = text_size(tree->text) - text_size(old->text);
    struct quick quick;
    quick_init(&quick, reader, text, PATCH_BYTES);
    quick.every = view.count > 0; /* for those that a repair has put in */
    quick.limit = (from != NULL ? from->start : 0) + 2 * PATCH_BYTES;
    quick.known = (struct quick_known){old->joints, behind, old->joint_count, edit.new_end - edit.old_end};
    bool done = quick_begin(&quick, from) && quick_run(&quick);
    if (done) {
        patch.known = quick.met ? quick.known.next : old->joint_count;
        patch.behind = quick.met ? old->joints[patch.known].node : old->count;
        if (view.count > 0) {
            translate(&quick, &view);
        }
        patch_nodes(&patch, &quick);
    }
    quick_finish(&quick);
    xfree(copy);
    return done;
}
