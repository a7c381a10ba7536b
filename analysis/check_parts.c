/* The parts of a file that are checked one by one, and which of them need no second look. */
#include "analysis/check.h"

#include "analysis/binder.h"
#include "analysis/checks.h"
#include "parser/base/limits.h"

/* ---- what a check leaves to the next one */

void check_memory_finish(struct check_memory *memory) {
    known_parts_finish(&memory->known);
    *memory = (struct check_memory){0};
}

void check_memory_step(struct check_memory *memory, const struct file_analysis *file) {
    memory->steps++;
    node_id statement = file->origin->statement;
    bool known = statement != NODE_NONE && !memory->needs_program; /* of all other statements */
    struct node_range own = {statement, file->tree->nodes[statement].next};
    memory->needs_program = known ? check_needs_program_in(file, own) : check_needs_program(file);
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

uint32_t parts_holding(const struct check *check, node_id node) {
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

void parts_init(struct check *check, struct check_memory *memory) {
    struct check_parts *parts = &check->parts;
    find_parts(check);
    parts->quiet = arena_array(check->arena, uint8_t, parts->count);
    parts->loud = arena_array(check->arena, uint8_t, parts->count);
    if (memory == NULL) {
        return;
    }
    const struct known_parts *known = &memory->known;
    if (memory->steps > 1 || !known_parts_update(check, &memory->known)) {
        parts->described = known_parts_describe(check);
        known_parts_compare(check, &memory->known, &parts->described);
        known = &parts->described;
    }
    for (uint32_t i = 0; i < parts->count; i++) {
        parts->quiet[i] = known->items[i].quiet;
    }
}

void parts_keep(const struct check *check, struct check_memory *memory) {
    const struct check_parts *parts = &check->parts;
    if (parts->described.ready) {
        known_parts_keep(&memory->known, &parts->described);
    }
    for (uint32_t i = 0; i < parts->count; i++) {
        memory->known.items[i].quiet = parts->loud[i] == 0;
    }
    memory->known.ready = check->list->list.count < LIMIT_DIAGNOSTICS / 2;
    memory->steps = 0;
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

void parts_look_again(struct check *check, node_id node) { check->parts.loud[parts_holding(check, node)] = true; }
