/* map: a hash map from 64-bit keys to 64-bit values; the only user of uthash.
 *
 * Keys are ids or a pair of ids packed by map_key2; for names intern an atom first. Owns its entries on the heap, in blocks;
 * the place of a key that was removed is used again.
 */
#ifndef TOVA_PARSER_BASE_MAP_H
#define TOVA_PARSER_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_entry;
struct map_block;

struct map {
    struct map_entry *entries;
    struct map_entry *removed; /* places that are free */
    struct map_block *block;   /* the newest */
};

/* Two numbers as one key. */
static inline uint64_t map_key2(uint32_t high, uint32_t low) { return (uint64_t)high << 32 | low; }

/* An empty map; map_finish frees what it took. */
void map_init(struct map *map);
void map_finish(struct map *map);

/* Sets the value of key, replacing an older one. */
void map_set(struct map *map, uint64_t key, uint64_t value);

/* Finds key; writes *value (when not NULL) only if it is there. */
bool map_get(const struct map *map, uint64_t key, uint64_t *value);

/* Removes key; false when it was not there. */
bool map_remove(struct map *map, uint64_t key);

/* How many keys it has. */
size_t map_count(const struct map *map);

/* Calls visit for each entry in order of insertion; visit must not change the map. */
void map_each(const struct map *map, void (*visit)(void *context, uint64_t key, uint64_t value), void *context);

#endif
