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
    UT_hash_handle hh;
};

void map_init(struct map *map) { map->entries = NULL; }

void map_finish(struct map *map) {
    struct map_entry *entry = map->entries;
    HASH_CLEAR(hh, map->entries);
    while (entry != NULL) {
        struct map_entry *next = entry->hh.next;
        xfree(entry);
        entry = next;
    }
}

static struct map_entry *map_find(const struct map *map, uint64_t key) {
    struct map_entry *entry = NULL;
    HASH_FIND(hh, map->entries, &key, sizeof key, entry);
    return entry;
}

void map_set(struct map *map, uint64_t key, uint64_t value) {
    struct map_entry *entry = map_find(map, key);
    if (entry == NULL) {
        entry = xcalloc(1, sizeof *entry);
        entry->key = key;
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
    xfree(entry);
    return true;
}

size_t map_count(const struct map *map) { return HASH_COUNT(map->entries); }

void map_each(const struct map *map, void (*visit)(void *context, uint64_t key, uint64_t value), void *context) {
    for (const struct map_entry *entry = map->entries; entry != NULL; entry = entry->hh.next) {
        visit(context, entry->key, entry->value);
    }
}
