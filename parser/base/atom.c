/* atom: an array of names, found again through a table of their numbers with open addressing. */
#include "parser/base/atom.h"

#include "parser/base/arena.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <assert.h>

struct atom_entry {
    struct str text;
    uint64_t hash;
};

struct atom_table {
    struct arena bytes;
    struct atom_entry *entries; /* by atom */
    uint32_t count, capacity;
    atom_id *slots; /* ATOM_NONE: free; the number of slots is a power of two and at most half of them are taken */
    uint32_t slot_count;
};

enum { FIRST_SLOTS = 256 };

struct atom_table *atom_table_create(void) {
    struct atom_table *table = xcalloc(1, sizeof *table);
    table->slot_count = FIRST_SLOTS;
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    table->capacity = FIRST_SLOTS / 2;
    table->entries = xcalloc(table->capacity, sizeof *table->entries);
    table->entries[ATOM_NONE] = (struct atom_entry){.text = STR("")};
    table->count = 1;
    return table;
}

void atom_table_destroy(struct atom_table *table) {
    if (table == NULL) {
        return;
    }
    arena_finish(&table->bytes);
    xfree(table->entries);
    xfree(table->slots);
    xfree(table);
}

/* The slot that holds the name, or the free one where it belongs. */
static atom_id *atom_slot(const struct atom_table *table, struct str text, uint64_t hash) {
    uint32_t mask = table->slot_count - 1;
    for (uint32_t i = (uint32_t)(hash ^ hash >> 32) & mask;; i = (i + 1) & mask) {
        atom_id atom = table->slots[i];
        if (atom == ATOM_NONE) {
            return &table->slots[i];
        }
        const struct atom_entry *entry = &table->entries[atom];
        if (entry->hash == hash && str_equal(entry->text, text)) {
            return &table->slots[i];
        }
    }
}

static void atom_grow(struct atom_table *table) {
    assert(table->slot_count <= UINT32_MAX / 2);
    table->slot_count *= 2;
    xfree(table->slots);
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    table->capacity = table->slot_count / 2;
    table->entries = xrealloc(table->entries, table->capacity * sizeof *table->entries);
    for (atom_id atom = 1; atom < table->count; atom++) {
        *atom_slot(table, table->entries[atom].text, table->entries[atom].hash) = atom;
    }
}

atom_id atom_intern(struct atom_table *table, struct str text) {
    if (text.size == 0) {
        return ATOM_NONE;
    }
    uint64_t hash = hash_bytes(HASH_SEED, text);
    atom_id *slot = atom_slot(table, text, hash);
    if (*slot != ATOM_NONE) {
        return *slot;
    }
    if (table->count == table->capacity) {
        atom_grow(table);
        slot = atom_slot(table, text, hash);
    }
    atom_id atom = table->count++;
    table->entries[atom] = (struct atom_entry){.text = arena_str(&table->bytes, text), .hash = hash};
    *slot = atom;
    return atom;
}

atom_id atom_find(const struct atom_table *table, struct str text) {
    return text.size == 0 ? ATOM_NONE : *atom_slot(table, text, hash_bytes(HASH_SEED, text));
}

struct str atom_text(const struct atom_table *table, atom_id atom) {
    assert(atom < table->count);
    return table->entries[atom].text;
}

uint32_t atom_count(const struct atom_table *table) { return table->count; }
