/* faults: a list of node ids in order. */
#include "parser/syntax/faults.h"

#include "parser/base/xalloc.h"
#include "parser/syntax/repair.h"

void faults_note(struct syntax_tree *tree, node_id node) {
    if (tree->fault_count == tree->fault_capacity) {
        tree->fault_capacity = tree->fault_capacity != 0 ? tree->fault_capacity * 2 : 8;
        tree->faults = xrealloc(tree->faults, tree->fault_capacity * sizeof *tree->faults);
    }
    tree->faults[tree->fault_count++] = node;
}

/* The first one behind a node. */
static uint32_t first_behind(const struct syntax_tree *tree, node_id node) {
    uint32_t low = 0;
    uint32_t high = tree->fault_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (tree->faults[middle] <= node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void faults_copy(struct syntax_tree *tree, node_id node, const struct syntax_tree *old, node_id old_node) {
    node_id end = old->nodes[old_node].next;
    for (uint32_t i = first_behind(old, old_node); i < old->fault_count && old->faults[i] < end; i++) {
        faults_note(tree, old->faults[i] - old_node + node);
    }
}

void faults_find(struct syntax_tree *tree) {
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        if (faults_is((enum node_kind)tree->nodes[node].kind)) {
            faults_note(tree, node);
        }
    }
}

bool faults_any(const struct syntax_tree *tree) {
    return tree->fault_count > 0 || (tree->nodes[NODE_ROOT].flags & NODE_HAS_ERROR) != 0;
}

/* The end of the last line that was counted, and how many were. */
struct lines {
    uint32_t behind, count;
};

static void count_line(struct lines *lines, const struct text *text, uint32_t offset) {
    if (lines->count == 0 || offset > lines->behind) {
        lines->behind = text_line(text, text_line_of(text, offset)).end;
        lines->count++;
    }
}

bool faults_skip(const struct syntax_tree *tree) {
    bool skips = false;
    for (uint32_t i = 0; i < tree->fault_count && !skips; i++) {
        skips = tree->nodes[tree->faults[i]].kind == NODE_ERROR;
    }
    return skips;
}

uint32_t faults_count_lines(const struct syntax_tree *tree) {
    struct lines lines = {0};
    uint32_t repair = 0;
    for (uint32_t i = 0; i <= tree->fault_count; i++) {
        uint32_t start = i < tree->fault_count ? tree->nodes[tree->faults[i]].start : UINT32_MAX;
        for (; repair < tree->repair_count && tree->repairs[repair].offset <= start; repair++) {
            if (tree->repairs[repair].kind != REPAIR_BODY) {
                count_line(&lines, tree->text, tree->repairs[repair].offset);
            }
        }
        if (i < tree->fault_count) {
            count_line(&lines, tree->text, start);
        }
    }
    return lines.count;
}
