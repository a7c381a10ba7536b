/* summary_names: every spelling of a name in a file, in order of the atom; counted, where few of them change at a time. */
#include "analysis/summary_parts.h"

#include "parser/base/xalloc.h"

#include <stdlib.h>
#include <string.h>

static int compare_atoms(const void *a, const void *b) {
    atom_id left = *(const atom_id *)a, right = *(const atom_id *)b;
    return left < right ? -1 : left > right;
}

static atom_id *find_name(const struct summary *summary, atom_id name) {
    return summary->name_count == 0
               ? NULL
               : bsearch(&name, summary->names, summary->name_count, sizeof *summary->names, compare_atoms);
}

bool summary_has_name(const struct summary *summary, atom_id name) { return find_name(summary, name) != NULL; }

/* ---- the names of a range */

/* The first binding at or behind a node. */
static uint32_t first_binding(const struct file_analysis *file, node_id node) {
    uint32_t low = 0, high = file->bindings.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->bindings.items[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct summary_range summary_range_of(const struct file_analysis *file, node_id statement) {
    node_id end = file->tree->nodes[statement].next;
    return (struct summary_range){first_binding(file, statement), first_binding(file, end), statement, end};
}

typedef void take_name(void *context, atom_id name);

/* Each name as often as it stands there. */
static void each_name(const struct file_analysis *file, struct summary_range range, take_name *take, void *context) {
    for (uint32_t i = range.binding; i < range.binding_end; i++) {
        take(context, file->bindings.items[i].name);
    }
    for (node_id node = range.node; node < range.node_end; node++) {
        enum node_kind kind = node_kind(file->tree, node);
        if ((kind == NODE_IDENTIFIER || kind == NODE_ATTRIBUTE_NAME) && file->node_binding[node] == 0) {
            take(context, atom_intern(file->atoms, node_text(file->tree, node)));
        }
    }
}

static struct summary_range whole_file(const struct file_analysis *file) {
    return (struct summary_range){0, file->bindings.count, NODE_ROOT, file->tree->count};
}

/* ---- all of them */

/* A set of atoms, a bit each: atoms are small numbers, and come out of it in order. */
struct name_set {
    struct arena arena;
    uint64_t *words;
    unsigned capacity; /* of words */
    uint32_t count;    /* of names */
};

static void name_set_add(void *context, atom_id name) {
    struct name_set *set = context;
    uint32_t word = name / 64;
    uint64_t bit = (uint64_t)1 << name % 64;
    if (word >= set->capacity) {
        set->words = arena_grow(&set->arena, set->words, &set->capacity, word + 1, sizeof *set->words);
    }
    set->count += (set->words[word] & bit) == 0;
    set->words[word] |= bit;
}

/* All but ATOM_NONE, which need not be in it. */
static void name_set_list(struct name_set *set, struct summary *summary) {
    name_set_add(set, ATOM_NONE);
    set->words[0] &= ~(uint64_t)1;
    summary->names = arena_array(&summary->arena, atom_id, set->count - 1);
    for (uint32_t word = 0; word < set->capacity; word++) {
        for (uint64_t bits = set->words[word]; bits != 0; bits &= bits - 1) {
            summary->names[summary->name_count++] = word * 64 + (uint32_t)__builtin_ctzll(bits);
        }
    }
}

void summary_names_add(struct summary *summary, const struct file_analysis *file) {
    struct name_set set = {0};
    each_name(file, whole_file(file), name_set_add, &set);
    name_set_list(&set, summary);
    arena_finish(&set.arena);
}

/* ---- counted */

static void count_name(void *context, atom_id name) {
    struct summary *summary = context;
    const atom_id *found = find_name(summary, name);
    if (found != NULL) {
        summary->name_counts[found - summary->names]++;
    }
}

static void add_counted(struct summary *summary, const struct file_analysis *file) {
    summary_names_add(summary, file);
    summary->name_counts = arena_array(&summary->arena, uint32_t, summary->name_count);
    each_name(file, whole_file(file), count_name, summary);
}

/* How much more often a name stands there than it did. */
struct name_change {
    atom_id name;
    int32_t more;
};

struct name_changes {
    struct arena arena;
    VEC(struct name_change) list;
    int32_t step;
};

static void note_change(void *context, atom_id name) {
    struct name_changes *changes = context;
    if (name != ATOM_NONE) {
        vec_push(&changes->arena, &changes->list, ((struct name_change){name, changes->step}));
    }
}

static int compare_changes(const void *a, const void *b) {
    return compare_atoms(&((const struct name_change *)a)->name, &((const struct name_change *)b)->name);
}

/* One entry a name, in order, and none for those that stand there as often as before. */
static void sum_changes(struct name_changes *changes) {
    unsigned count = 0;
    struct name_change *items = changes->list.items;
    if (changes->list.count > 0) {
        qsort(items, changes->list.count, sizeof *items, compare_changes);
    }
    for (unsigned i = 0, next; i < changes->list.count; i = next) {
        struct name_change sum = {items[i].name, 0};
        for (next = i; next < changes->list.count && items[next].name == sum.name; next++) {
            sum.more += items[next].more;
        }
        if (sum.more != 0) {
            items[count++] = sum;
        }
    }
    changes->list.count = count;
}

static void push_name(struct summary *summary, atom_id name, uint32_t count) {
    if (count > 0) {
        summary->names[summary->name_count] = name;
        summary->name_counts[summary->name_count++] = count;
    }
}

static void push_names(struct summary *summary, const struct summary *before, uint32_t from, uint32_t end) {
    if (from < end) {
        memcpy(summary->names + summary->name_count, before->names + from, (end - from) * sizeof *before->names);
        memcpy(summary->name_counts + summary->name_count, before->name_counts + from,
               (end - from) * sizeof *before->name_counts);
        summary->name_count += end - from;
    }
}

static void merge(struct summary *summary, const struct summary *before, const struct name_changes *changes) {
    uint32_t most = before->name_count + changes->list.count, at = 0;
    summary->names = arena_array(&summary->arena, atom_id, most);
    summary->name_counts = arena_array(&summary->arena, uint32_t, most);
    for (unsigned i = 0; i < changes->list.count; i++) {
        const struct name_change *change = &changes->list.items[i];
        uint32_t from = at;
        while (at < before->name_count && before->names[at] < change->name) {
            at++;
        }
        push_names(summary, before, from, at);
        bool known = at < before->name_count && before->names[at] == change->name;
        push_name(summary, change->name, (known ? before->name_counts[at] : 0) + (uint32_t)change->more);
        at += known;
    }
    push_names(summary, before, at, before->name_count);
}

void summary_names_add_again(struct summary *summary, const struct file_analysis *file, struct summary_range range,
                             const struct file_analysis *old, struct summary_range old_range, const struct summary *before) {
    struct name_changes changes = {.step = -1};
    if (before->name_counts == NULL) {
        add_counted(summary, file);
        return;
    }
    each_name(old, old_range, note_change, &changes);
    changes.step = 1;
    each_name(file, range, note_change, &changes);
    sum_changes(&changes);
    merge(summary, before, &changes);
    arena_finish(&changes.arena);
}
