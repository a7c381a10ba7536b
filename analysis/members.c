/* The members of what a statement sees, in buckets by their name: most of them it never asks for. */
#include "analysis/binder.h"

static void add_member(struct binder *b, uint32_t symbol, atom_id name, bool alias) {
    vec_push(&b->scratch, &b->members.list, (struct member){.name = name, .symbol = symbol, .alias = alias});
}

static void add_symbol(struct binder *b, uint32_t index) {
    const struct symbol *symbol = symbol_at(b, index);
    if (symbol->name != ATOM_NONE && symbol_is_seen(symbol)) {
        bool model = symbol->kind == SYMBOL_MODEL;
        add_member(b, index, symbol->name, false);
        if (model) {
            add_member(b, index, name_at(b, model_alias(b, index))->atom, true);
        }
    }
}

static void add_group(struct binder *b, uint32_t index) {
    const struct group *group = &b->groups.items[index];
    for (unsigned i = 0; i < group->blocks.count; i++) {
        const struct scope *scope = &b->file->scopes.items[b->file->blocks.items[group->blocks.items[i]].scope];
        for (unsigned s = 0; s < scope->symbols.count; s++) {
            add_symbol(b, scope->symbols.items[s]);
        }
    }
}

/* From the last one to the first, so that each bucket has them in their order. */
static void fill_buckets(struct binder *b) {
    struct members *members = &b->members;
    uint32_t buckets = 64;
    while (buckets < members->list.count) {
        buckets *= 2;
    }
    members->buckets = arena_array(&b->scratch, uint32_t, buckets);
    members->mask = buckets - 1;
    for (uint32_t i = members->list.count; i-- > 0;) {
        uint32_t *bucket = &members->buckets[members->list.items[i].name & members->mask];
        members->list.items[i].next = *bucket;
        *bucket = i + 1;
    }
}

void members_see(struct binder *b, uint32_t group) {
    add_group(b, group == GROUP_MODULE ? GROUP_SHARED : GROUP_MODULE);
    add_group(b, group == GROUP_MODULE ? GROUP_MODULE : GROUP_SHARED);
    if (group > GROUP_SHARED) {
        add_group(b, group);
    }
    fill_buckets(b);
    for (uint32_t name = 1; name < b->names.count; name++) {
        members_find(b, name);
    }
}

/* What the whole statement sees is never taken back. */
void members_find(struct binder *b, uint32_t name) {
    atom_id atom = name_at(b, name)->atom;
    uint32_t scope = b->scope;
    unsigned undo = b->undo.count;
    uint32_t next = b->members.buckets == NULL ? 0 : b->members.buckets[atom & b->members.mask];
    for (; next != 0; next = b->members.list.items[next - 1].next) {
        const struct member *member = &b->members.list.items[next - 1];
        if (member->name == atom) {
            b->scope = symbol_at(b, member->symbol)->scope;
            (member->alias ? symbol_push_alias : symbol_push_as)(b, member->symbol, name);
        }
    }
    b->scope = scope;
    b->undo.count = undo;
}
