/* map: uthash behind functions. */
#include "parser/base/map.h"

#include "parser/base/xalloc.h"

#include <assert.h>

/* Keys are numbers, so one multiplication and the upper half of it spread them. */
#define HASH_FUNCTION(key, size, hash) ((hash) = (unsigned)((*(key)*UINT64_C(0x9e3779b97f4a7c15)) >> 32))
#define uthash_malloc(size) xmalloc(size)
#define uthash_free(block, size) xfree(block)
/* uthash would end the process here; xmalloc has done so before. */
#define uthash_fatal(message) assert(false && message)
#include <uthash.h>

struct map_entry {
    uint64_t key, value;
    UT_hash_handle hh; /* of a free place, hh.next is the next one */
};

/* Most maps are small and short-lived, some have a key for each name of a program. */
enum { FIRST_ENTRIES = 4, MOST_ENTRIES = 512 };

struct map_block {
    struct map_block *older;
    uint32_t count, used; /* entries */
    struct map_entry entries[];
};

static struct map_entry *map_place(struct map *map) {
    struct map_entry *place = map->removed;
    if (place != NULL) {
        map->removed = place->hh.next;
        return place;
    }
    struct map_block *block = map->block;
    if (block == NULL || block->used == block->count) {
        uint32_t count = block == NULL ? FIRST_ENTRIES : block->count < MOST_ENTRIES ? block->count * 2 : MOST_ENTRIES;
        block = xmalloc(sizeof *block + count * sizeof *block->entries);
        *block = (struct map_block){.older = map->block, .count = count};
        map->block = block;
    }
    return &block->entries[block->used++];
}

void map_init(struct map *map) { *map = (struct map){0}; }

void map_finish(struct map *map) {
    HASH_CLEAR(hh, map->entries);
    for (struct map_block *block = map->block; block != NULL;) {
        struct map_block *older = block->older;
        xfree(block);
        block = older;
    }
    map_init(map);
}

static struct map_entry *map_find(const struct map *map, uint64_t key) {
    struct map_entry *entry = NULL;
    HASH_FIND(hh, map->entries, &key, sizeof key, entry);
    return entry;
}

void map_set(struct map *map, uint64_t key, uint64_t value) {
    struct map_entry *entry = map_find(map, key);
    if (entry == NULL) {
        entry = map_place(map);
        *entry = (struct map_entry){.key = key};
        HASH_ADD(hh, map->entries, key, sizeof entry->key, entry);
    }
    entry->value = value;
}

bool map_get(const struct map *map, uint64_t key, uint64_t *value) {
    const struct map_entry *entry = map_find(map, key);
    if (entry != NULL && value != NULL) {
        *value = entry->value;
    }
    return entry != NULL;
}

bool map_remove(struct map *map, uint64_t key) {
    struct map_entry *entry = map_find(map, key);
    if (entry == NULL) {
        return false;
    }
    HASH_DEL(map->entries, entry);
    entry->hh.next = map->removed;
    map->removed = entry;
    return true;
}

size_t map_count(const struct map *map) { return HASH_COUNT(map->entries); }

void map_each(const struct map *map, void (*visit)(void *context, uint64_t key, uint64_t value), void *context) {
    for (const struct map_entry *entry = map->entries; entry != NULL; entry = entry->hh.next) {
        visit(context, entry->key, entry->value);
    }
}
