/* The parts of a file that are checked one by one, and which of them need no second look. */
#include "analysis/check.h"

#include "analysis/binder.h"
#include "analysis/checks.h"
#include "analysis/modules.h"
#include "parser/base/hash.h"
#include "parser/base/limits.h"
#include "parser/base/xalloc.h"

#include <string.h>

/* ---- what a check leaves to the next one */

void check_memory_finish(struct check_memory *memory) {
    xfree(memory->quiet);
    *memory = (struct check_memory){0};
}

/* Does the statement give others nothing but what stands in its head? */
static bool keeps_to_itself(const struct syntax_tree *tree, node_id statement) {
    node_id node = statement;
    while (node_kind(tree, node) == NODE_EXPORT_STATEMENT) {
        node = node_child(tree, node, FIELD_DECLARATION);
    }
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_EFFECT_DECLARATION || kind == NODE_COMPONENT_DECLARATION;
}

void check_memory_step(struct check_memory *memory, const struct file_analysis *file) {
    bool small = file->origin->statement != NODE_NONE && keeps_to_itself(file->tree, file->origin->statement);
    memory->ready = memory->ready && small && memory->steps == 0;
    memory->steps++;
    node_id statement = file->origin->statement;
    bool known = statement != NODE_NONE && !memory->needs_program; /* of all other statements */
    struct node_range own = {statement, file->tree->nodes[statement].next};
    memory->needs_program = known ? check_needs_program_in(file, own) : check_needs_program(file);
}

/* What a statement sees of others, of its file and the package, beside their heads. */
static uint64_t seen_by_parts(const struct check *check) {
    const struct file_analysis *file = check->file;
    uint64_t hash = module_surface(check->package);
    for (uint32_t i = 1; i < file->origin->declared; i++) {
        hash = hash_number(hash, file->symbols.items[i].flags & ~(unsigned)(SYMBOL_READ | SYMBOL_PASSED));
    }
    return hash;
}

/* ---- parts */

static void add_part(struct check *check, node_id start) { vec_push(check->arena, &check->parts.starts, start); }

static void find_parts(struct check *check) {
    static const bool blocks[NODE_KIND_COUNT] = {
        [NODE_SERVER_BLOCK] = true, [NODE_BROWSER_BLOCK] = true, [NODE_SHARED_BLOCK] = true};
    const struct syntax_tree *tree = check->file->tree;
    add_part(check, NODE_ROOT);
    NODE_EACH(child, tree, NODE_ROOT) {
        add_part(check, child);
        NODE_EACH(statement, tree, blocks[node_kind(tree, child)] ? node_child(tree, child, FIELD_BODY) : NODE_NONE) {
            add_part(check, statement);
        }
    }
    check->parts.count = check->parts.starts.count;
    add_part(check, tree->count);
}

/* The number of the part that holds a node. */
static uint32_t part_of(const struct check *check, node_id node) {
    const node_id *starts = check->parts.starts.items;
    uint32_t low = 0, high = check->parts.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (starts[middle] <= node) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

void parts_init(struct check *check, const struct check_memory *memory) {
    struct check_parts *parts = &check->parts;
    find_parts(check);
    parts->quiet = arena_array(check->arena, uint8_t, parts->count);
    parts->loud = arena_array(check->arena, uint8_t, parts->count);
    if (memory == NULL) {
        return;
    }
    parts->seen = seen_by_parts(check);
    if (memory->ready && memory->count == parts->count && memory->seen == parts->seen) {
        memcpy(parts->quiet, memory->quiet, parts->count);
        if (memory->steps > 0) {
            parts->quiet[part_of(check, check->file->origin->statement)] = false;
        }
    }
}

void parts_keep(const struct check *check, struct check_memory *memory) {
    const struct check_parts *parts = &check->parts;
    memory->quiet = xrealloc(memory->quiet, parts->count);
    memory->count = parts->count;
    memory->seen = parts->seen;
    memory->steps = 0;
    memory->ready = check->list->list.count < LIMIT_DIAGNOSTICS / 2;
    for (uint32_t i = 0; i < parts->count; i++) {
        memory->quiet[i] = parts->loud[i] == 0;
    }
}

/* Goes from one part to another, by one or by minus one; a zeroed part stands before the one with the number `first`. */
static bool step(struct check *check, struct check_part *part, uint32_t first, uint32_t by) {
    struct check_parts *parts = &check->parts;
    uint32_t next = part->end == 0 ? first : part->index + by;
    if (part->end != 0) {
        parts->loud[part->index] |= check->list->list.count > part->found;
    }
    while (next < parts->count && parts->quiet[next]) {
        next += by;
    }
    if (next >= parts->count) { /* behind the last, or before the first: it wraps */
        return false;
    }
    *part = (struct check_part){next, parts->starts.items[next], parts->starts.items[next + 1], check->list->list.count};
    return true;
}

bool parts_next(struct check *check, struct check_part *part) { return step(check, part, 0, 1); }

bool parts_before(struct check *check, struct check_part *part) {
    return step(check, part, check->parts.count - 1, UINT32_MAX);
}

void parts_keep_looking(struct check *check, const struct check_part *part) { check->parts.loud[part->index] = true; }

void parts_look_again(struct check *check, node_id node) { check->parts.loud[part_of(check, node)] = true; }
