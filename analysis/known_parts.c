/* Describes parts by hashes, and follows names from those that have changed. */
#include "analysis/known_parts.h"

#include "analysis/binder.h"
#include "analysis/checks.h"
#include "analysis/modules.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <string.h>

/* ---- what is kept */

void known_parts_finish(struct known_parts *known) {
    xfree(known->items);
    xfree(known->names);
    *known = (struct known_parts){0};
}

void known_parts_keep(struct known_parts *kept, const struct known_parts *now) {
    struct known_part *items = xrealloc(kept->items, now->count * sizeof *items);
    atom_id *names = xrealloc(kept->names, now->name_count * sizeof *names);
    memcpy(items, now->items, now->count * sizeof *items);
    memcpy(names, now->names, now->name_count * sizeof *names);
    *kept = *now;
    kept->items = items;
    kept->names = names;
}

/* ---- description */

static node_id unwrapped(const struct syntax_tree *tree, node_id node) {
    while (node_kind(tree, node) == NODE_EXPORT_STATEMENT) {
        node = node_child(tree, node, FIELD_DECLARATION);
    }
    return node;
}

/* What only the declaration itself looks into. */
static node_id body_of(const struct syntax_tree *tree, node_id statement) {
    node_id node = unwrapped(tree, statement);
    enum node_kind kind = node_kind(tree, node);
    bool apart = kind == NODE_FUNCTION_DECLARATION || kind == NODE_EFFECT_DECLARATION || kind == NODE_COMPONENT_DECLARATION;
    return apart ? node_child(tree, node, FIELD_BODY) : NODE_NONE;
}

/* Do others know such a statement by the names alone that it declares? They look for imports, models, methods, and what servers
 * are told to do, in other ways too. */
static bool is_named_only(const struct syntax_tree *tree, node_id statement) {
    static const bool others[NODE_KIND_COUNT] = {
        [NODE_NULL] = true,
        [NODE_IMPORT_STATEMENT] = true,     [NODE_EXPORT_STATEMENT] = true, [NODE_EXTERN_DECLARATION] = true,
        [NODE_DIRECTIVE] = true,            [NODE_IMPL_DECLARATION] = true, [NODE_TRAIT_DECLARATION] = true,
        [NODE_INTERFACE_DECLARATION] = true, [NODE_MODEL_DECLARATION] = true, [NODE_ROUTE_DECLARATION] = true,
        [NODE_DECORATED] = true,            [NODE_CONFIG_ENTRY] = true,
    };
    return !others[node_kind(tree, unwrapped(tree, statement))];
}

/* Nodes with their place in the part; of those that reach out of it, or around `skipped`, what they are alone. */
static uint64_t hash_nodes(uint64_t hash, const struct syntax_tree *tree, struct node_range part, struct node_range skipped) {
    uint32_t start = tree->nodes[part.start].start;
    for (node_id id = part.start; id < part.end; id++) {
        if (id == skipped.start) {
            id = skipped.end - 1;
            continue;
        }
        const struct node *node = &tree->nodes[id];
        bool around = node->next > part.end || (id < skipped.start && node->next > skipped.start);
        uint64_t what = (uint64_t)node->kind << 8 | node->field;
        hash = hash_number(hash, around ? what : what << 40 | (uint64_t)node->flags << 32 | (node->start - start));
        hash = hash_number(hash, around ? 0 : (uint64_t)(node->end - start) << 32 | (node->next - part.start));
    }
    return hash;
}

static uint64_t hash_text(uint64_t hash, const struct syntax_tree *tree, uint32_t start, uint32_t end) {
    return hash_bytes(hash, text_slice(tree->text, (struct span){start, end}));
}

/* Where the part's own text ends: a block's before its statements. */
static uint32_t end_of_text(const struct syntax_tree *tree, struct node_range part) {
    const struct node *first = &tree->nodes[part.start];
    return first->next <= part.end ? first->end : tree->nodes[part.end].start;
}

static void describe_text(const struct syntax_tree *tree, struct node_range part, struct block_key block,
                          struct known_part *known) {
    node_id body = body_of(tree, part.start);
    uint32_t start = tree->nodes[part.start].start;
    uint32_t end = end_of_text(tree, part);
    uint64_t place = hash_number(hash_number(HASH_SEED, (uint64_t)block.kind), block.name);
    known->whole = hash_text(hash_nodes(place, tree, part, (struct node_range){0, 0}), tree, start, end);
    known->head = known->whole;
    if (body != NODE_NONE) {
        struct node_range skipped = {body, tree->nodes[body].next};
        known->head = hash_text(hash_nodes(place, tree, part, skipped), tree, start, tree->nodes[body].start);
        known->head = hash_text(known->head, tree, tree->nodes[body].end, end);
    }
    known->named_only = is_named_only(tree, part.start);
}

static struct node_range range_of(const struct check *check, uint32_t part) {
    return (struct node_range){check->parts.starts.items[part], check->parts.starts.items[part + 1]};
}

/* The block that a part stands in, for parts in their order. */
static struct block_key block_of(const struct file_analysis *file, node_id start, uint32_t *next) {
    while (*next < file->blocks.count && file->blocks.items[*next].node <= start) {
        (*next)++;
    }
    const struct block *block = &file->blocks.items[*next - 1];
    bool inside = start < file->tree->nodes[block->node].next;
    return inside ? block->key : file->blocks.items[1].key;
}

static void describe_texts(const struct check *check, struct known_parts *now) {
    uint32_t next = 2;
    for (uint32_t i = 0; i < now->count; i++) {
        struct node_range range = range_of(check, i);
        describe_text(check->file->tree, range, block_of(check->file, range.start, &next), &now->items[i]);
    }
}

/* What uses make of a symbol is no matter of others. */
static uint64_t hash_flags(uint64_t hash, const struct symbol *symbol) {
    return hash_number(hash, symbol->flags & ~(unsigned)(SYMBOL_READ | SYMBOL_PASSED));
}

static uint32_t count_names(const struct file_analysis *file) { return file->origin->declared - 1 + file->methods.count; }

static const struct symbol *named_symbol(const struct file_analysis *file, uint32_t i) {
    uint32_t declared = file->origin->declared - 1;
    return &file->symbols.items[i < declared ? i + 1 : file->methods.items[i - declared].symbol];
}

/* What members of blocks and functions of types are called, by the part that declares them. */
static void describe_names(const struct check *check, struct known_parts *now) {
    const struct file_analysis *file = check->file;
    uint32_t count = count_names(file);
    uint32_t *parts = arena_room(check->arena, uint32_t, count);
    now->names = arena_room(check->arena, atom_id, count);
    now->name_count = count;
    for (uint32_t i = 0; i < count; i++) {
        const struct symbol *symbol = named_symbol(file, i);
        parts[i] = parts_holding(check, symbol->node);
        struct known_part *part = &now->items[parts[i]];
        part->name_count++;
        part->offers = hash_flags(hash_number(hash_number(part->offers, symbol->name), (uint64_t)symbol->kind), symbol);
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < now->count; i++) {
        now->items[i].names = next;
        next += now->items[i].name_count;
        now->items[i].name_count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct known_part *part = &now->items[parts[i]];
        now->names[part->names + part->name_count++] = named_symbol(file, i)->name;
    }
}

static void describe_signatures(const struct check *check, struct known_parts *now) {
    for (uint32_t i = 0; check->summary != NULL && i < check->summary->symbol_count; i++) {
        const struct summary_symbol *symbol = &check->summary->symbols[i];
        struct known_part *part = &now->items[parts_holding(check, check->file->symbols.items[symbol->local].node)];
        part->offers = hash_bytes(hash_number(part->offers, symbol->flags), symbol->signature);
    }
}

/* Is there nothing but this file? What others say may speak of what it declares. */
static bool is_alone(const struct check *check) {
    return check->summary != NULL && package_file_count(check->package) == 1 && check->file->module_uses.count == 0;
}

static uint64_t hash_around(const struct check *check) {
    const struct file_analysis *file = check->file;
    uint64_t hash = is_alone(check) ? HASH_SEED : module_surface(check->package);
    for (uint32_t i = 1; i < file->blocks.count; i++) {
        hash = hash_number(hash_number(hash, (uint64_t)file->blocks.items[i].key.kind), file->blocks.items[i].key.name);
    }
    for (uint32_t i = 0; i < file->discovered.count; i++) {
        hash = hash_number(hash_number(hash, file->discovered.items[i].name), file->discovered.items[i].block);
    }
    return hash;
}

static uint64_t hash_seen(const struct check *check) {
    const struct file_analysis *file = check->file;
    uint64_t hash = check->summary == NULL ? HASH_SEED : check->summary->surface;
    for (uint32_t i = 1; i < file->origin->declared; i++) {
        hash = hash_flags(hash, &file->symbols.items[i]);
    }
    return hash;
}

struct known_parts known_parts_describe(const struct check *check) {
    struct known_parts now = {
        .count = check->parts.count, .around = hash_around(check), .seen = hash_seen(check), .ready = true};
    now.items = arena_array(check->arena, struct known_part, now.count);
    describe_texts(check, &now);
    describe_names(check, &now);
    describe_signatures(check, &now);
    return now;
}

/* ---- comparison */

struct comparison {
    const struct check *check;
    const struct known_parts *before;
    struct known_parts *now;
    uint32_t first, behind; /* equal parts: so many at the beginning, and at the end */
    uint64_t *changed;      /* a bit per atom: names that mean something else now, or may */
    bool any;               /* there are such */
    bool others;            /* what is known in another way has changed */
};

static void find_equal(struct comparison *c) {
    const struct known_part *old = c->before->items, *new = c->now->items;
    uint32_t least = c->before->count < c->now->count ? c->before->count : c->now->count;
    while (c->first < least && old[c->first].head == new[c->first].head) {
        c->first++;
    }
    while (c->behind < least - c->first &&
           old[c->before->count - c->behind - 1].head == new[c->now->count - c->behind - 1].head) {
        c->behind++;
    }
}

static bool is_changed(const struct comparison *c, atom_id name) {
    return name != ATOM_NONE && (c->changed[name / 64] >> name % 64 & 1) != 0;
}

/* Were there new ones among them? */
static bool add_names(struct comparison *c, const struct known_parts *known, const struct known_part *part) {
    bool new = false;
    for (uint32_t i = part->names; i < part->names + part->name_count; i++) {
        atom_id name = known->names[i];
        new = new || (name != ATOM_NONE && !is_changed(c, name));
        c->changed[name / 64] |= UINT64_C(1) << name % 64;
    }
    c->any = c->any || new;
    return new;
}

static void add_range(struct comparison *c, const struct known_parts *known) {
    for (uint32_t i = c->first; i < known->count - c->behind; i++) {
        c->others = c->others || !known->items[i].named_only;
        (void)add_names(c, known, &known->items[i]);
    }
}

static void compare_equal(struct comparison *c) {
    for (uint32_t i = 0; i < c->now->count; i++) {
        bool begins = i < c->first, ends = i >= c->now->count - c->behind;
        struct known_part *new = &c->now->items[i];
        const struct known_part *old = &c->before->items[begins ? i : ends ? i + c->before->count - c->now->count : 0];
        if (!begins && !ends) {
            new->quiet = false;
            continue;
        }
        new->quiet = old->quiet && old->whole == new->whole;
        if (old->offers != new->offers) {
            c->others = c->others || !new->named_only;
            (void)add_names(c, c->before, old);
            (void)add_names(c, c->now, new);
        }
    }
}

/* A part that speaks of a changed name. Is what it gives new among the changed ones? */
static bool reach(struct comparison *c, uint32_t *part, node_id node) {
    const node_id *starts = c->check->parts.starts.items;
    while (starts[*part + 1] <= node) {
        (*part)++;
    }
    c->now->items[*part].quiet = false;
    return add_names(c, c->now, &c->now->items[*part]);
}

/* Goes once through all names that are spoken of, in their order. */
static bool follow(struct comparison *c) {
    const struct file_analysis *file = c->check->file;
    bool more = false;
    uint32_t part = 0;
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        if (is_changed(c, file->bindings.items[i].name)) {
            more |= reach(c, &part, file->bindings.items[i].node);
        }
    }
    part = 0;
    for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
        if (is_changed(c, file->rpc_uses.items[i].name)) {
            more |= reach(c, &part, file->rpc_uses.items[i].node);
        }
    }
    return more;
}

/* A block whose statements may let less or more of each other run than before. */
static void look_at_blocks(struct comparison *c) {
    const struct syntax_tree *tree = c->check->file->tree;
    uint32_t block = 0;
    for (uint32_t i = 0; i < c->now->count; i++) {
        node_id start = c->check->parts.starts.items[i];
        if (tree->nodes[start].next > c->check->parts.starts.items[i + 1]) {
            block = i;
        } else if (!c->now->items[i].quiet && start < tree->nodes[c->check->parts.starts.items[block]].next) {
            c->now->items[block].quiet = false;
        }
    }
}

static void look_at_all(struct known_parts *now) {
    for (uint32_t i = 0; i < now->count; i++) {
        now->items[i].quiet = false;
    }
}

static struct comparison comparison_of(const struct check *check, const struct known_parts *before, struct known_parts *now) {
    uint64_t *changed = arena_array(check->arena, uint64_t, atom_count(check->file->atoms) / 64 + 1);
    return (struct comparison){.check = check, .before = before, .now = now, .changed = changed};
}

static void look_at_what_follows(struct comparison *c) {
    if (c->others || (c->any && !is_alone(c->check))) {
        look_at_all(c->now);
        return;
    }
    while (c->any && follow(c)) {
    }
    look_at_blocks(c);
}

void known_parts_compare(const struct check *check, const struct known_parts *before, struct known_parts *now) {
    if (!before->ready || before->around != now->around) {
        look_at_all(now);
        return;
    }
    struct comparison c = comparison_of(check, before, now);
    find_equal(&c);
    add_range(&c, before);
    add_range(&c, now);
    compare_equal(&c);
    look_at_what_follows(&c);
}

bool known_parts_update(const struct check *check, struct known_parts *known) {
    const struct file_analysis *file = check->file;
    node_id statement = file->origin->statement;
    if (!known->ready || statement == NODE_NONE || known->count != check->parts.count || known->seen != hash_seen(check) ||
        known->around != hash_around(check) || known->name_count != count_names(file)) {
        return false;
    }
    uint32_t typed = parts_holding(check, statement);
    struct known_part *part = &known->items[typed];
    struct known_part before = *part;
    uint32_t next = 2;
    struct node_range range = range_of(check, typed);
    describe_text(file->tree, range, block_of(file, range.start, &next), part);
    part->quiet = before.quiet && before.whole == part->whole;
    struct comparison c = comparison_of(check, known, known);
    if (before.head != part->head) {
        c.others = !part->named_only;
        (void)add_names(&c, known, part);
    }
    look_at_what_follows(&c);
    return true;
}
