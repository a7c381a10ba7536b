/* atom: an array of names, found again through a table of their numbers with open addressing. */
#include "parser/base/atom.h"

#include "parser/base/arena.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

struct atom_entry {
    struct str text;
    uint64_t hash;
};

/* Entries never move, so that a name can be read while another thread adds one: each chunk is twice as long as the one
 * before it. */
enum { FIRST_CHUNK = 256, CHUNKS = 24, FIRST_SLOTS = 512 };

struct atom_table {
    pthread_mutex_t lock; /* of all that follows but for the entries below `count` */
    struct arena bytes;
    struct atom_entry *_Atomic chunks[CHUNKS]; /* by atom */
    atomic_uint count;
    atom_id *slots; /* ATOM_NONE: free; the number of slots is a power of two and at most half of them are taken */
    uint32_t slot_count;
};

/* The chunk of an atom, and its place in there. */
static unsigned chunk_of(atom_id atom, uint32_t *place) {
    unsigned chunk = 31u - (unsigned)__builtin_clz(atom / FIRST_CHUNK + 1);
    *place = atom - FIRST_CHUNK * ((1u << chunk) - 1);
    return chunk;
}

static struct atom_entry *entry_of(const struct atom_table *table, atom_id atom) {
    uint32_t place;
    unsigned chunk = chunk_of(atom, &place);
    return atomic_load_explicit(&table->chunks[chunk], memory_order_acquire) + place;
}

struct atom_table *atom_table_create(void) {
    struct atom_table *table = xcalloc(1, sizeof *table);
    pthread_mutex_init(&table->lock, NULL);
    table->slot_count = FIRST_SLOTS;
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    atomic_init(&table->chunks[0], xcalloc(FIRST_CHUNK, sizeof(struct atom_entry)));
    *entry_of(table, ATOM_NONE) = (struct atom_entry){.text = STR("")};
    atomic_init(&table->count, 1);
    return table;
}

void atom_table_destroy(struct atom_table *table) {
    if (table == NULL) {
        return;
    }
    arena_finish(&table->bytes);
    for (unsigned i = 0; i < CHUNKS; i++) {
        xfree(atomic_load_explicit(&table->chunks[i], memory_order_relaxed));
    }
    xfree(table->slots);
    pthread_mutex_destroy(&table->lock);
    xfree(table);
}

/* The slot that holds the name, or the free one where it belongs. */
static atom_id *atom_slot(const struct atom_table *table, struct str text, uint64_t hash) {
    uint32_t mask = table->slot_count - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        atom_id atom = table->slots[i];
        if (atom == ATOM_NONE) {
            return &table->slots[i];
        }
        const struct atom_entry *entry = entry_of(table, atom);
        if (entry->hash == hash && str_equal(entry->text, text)) {
            return &table->slots[i];
        }
    }
}

static void atom_grow(struct atom_table *table, uint32_t count) {
    assert(table->slot_count <= UINT32_MAX / 2);
    table->slot_count *= 2;
    xfree(table->slots);
    table->slots = xcalloc(table->slot_count, sizeof *table->slots);
    for (atom_id atom = 1; atom < count; atom++) {
        const struct atom_entry *entry = entry_of(table, atom);
        *atom_slot(table, entry->text, entry->hash) = atom;
    }
}

/* Adds a name that is not in; the lock is held. */
static atom_id atom_add(struct atom_table *table, struct str text, uint64_t hash) {
    atom_id atom = atomic_load_explicit(&table->count, memory_order_relaxed);
    uint32_t place;
    unsigned chunk = chunk_of(atom, &place);
    assert(chunk < CHUNKS);
    if (place == 0) {
        struct atom_entry *entries = xcalloc((size_t)FIRST_CHUNK << chunk, sizeof *entries);
        atomic_store_explicit(&table->chunks[chunk], entries, memory_order_release);
    }
    if (2 * (uint64_t)(atom + 1) > table->slot_count) {
        atom_grow(table, atom);
    }
    *entry_of(table, atom) = (struct atom_entry){.text = arena_str(&table->bytes, text), .hash = hash};
    *atom_slot(table, text, hash) = atom;
    atomic_store_explicit(&table->count, atom + 1, memory_order_release);
    return atom;
}

atom_id atom_intern(struct atom_table *table, struct str text) {
    if (text.size == 0) {
        return ATOM_NONE;
    }
    uint64_t hash = hash_bytes(HASH_SEED, text);
    pthread_mutex_lock(&table->lock);
    atom_id atom = *atom_slot(table, text, hash);
    if (atom == ATOM_NONE) {
        atom = atom_add(table, text, hash);
    }
    pthread_mutex_unlock(&table->lock);
    return atom;
}

atom_id atom_find(const struct atom_table *table, struct str text) {
    if (text.size == 0) {
        return ATOM_NONE;
    }
    uint64_t hash = hash_bytes(HASH_SEED, text);
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&table->lock; /* held for a moment only */
    pthread_mutex_lock(lock);
    atom_id atom = *atom_slot(table, text, hash);
    pthread_mutex_unlock(lock);
    return atom;
}

struct str atom_text(const struct atom_table *table, atom_id atom) {
    assert(atom < atom_count(table));
    return entry_of(table, atom)->text;
}

uint32_t atom_count(const struct atom_table *table) {
    return atomic_load_explicit(&table->count, memory_order_acquire);
}

size_t atom_memory(const struct atom_table *table) {
    size_t bytes = sizeof *table;
    pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&table->lock;
    pthread_mutex_lock(lock);
    bytes += arena_memory(&table->bytes) + table->slot_count * sizeof *table->slots;
    for (unsigned i = 0; i < CHUNKS && atomic_load_explicit(&table->chunks[i], memory_order_relaxed) != NULL; i++) {
        bytes += ((size_t)FIRST_CHUNK << i) * sizeof(struct atom_entry);
    }
    pthread_mutex_unlock(lock);
    return bytes;
}
