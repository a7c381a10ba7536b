/* Bindings of a file, sorted by their names. */
#include "codegen/name_uses.h"

#include "parser/base/hash.h"

static uint32_t bucket_of(const struct name_uses *uses, atom_id name) {
    return (uint32_t)hash_number(HASH_SEED, name) & uses->last;
}

struct name_uses *name_uses_create(struct arena *arena, const struct file_analysis *file) {
    struct name_uses *uses = arena_new(arena, struct name_uses);
    uint32_t count = file->bindings.count;
    uses->file = file;
    while (uses->last < count) {
        uses->last = uses->last * 2 + 1;
    }
    uses->starts = arena_array(arena, uint32_t, (size_t)uses->last + 2);
    uses->bindings = arena_array(arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        uses->starts[bucket_of(uses, file->bindings.items[i].name)]++;
    }
    uint32_t end = 0;
    for (uint32_t bucket = 0; bucket <= uses->last; bucket++) {
        end += uses->starts[bucket];
        uses->starts[bucket] = end;
    }
    uses->starts[uses->last + 1] = end;
    for (uint32_t i = count; i-- > 0;) { /* from the end, so that ends become starts */
        uses->bindings[--uses->starts[bucket_of(uses, file->bindings.items[i].name)]] = i;
    }
    return uses;
}

uint32_t name_uses_next(const struct name_uses *uses, atom_id name, uint32_t from, uint32_t end) {
    uint32_t bucket = bucket_of(uses, name);
    uint32_t low = uses->starts[bucket], high = uses->starts[bucket + 1], last = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (uses->bindings[middle] < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < last && uses->bindings[low] < end && uses->file->bindings.items[uses->bindings[low]].name != name) {
        low++;
    }
    return low < last && uses->bindings[low] < end ? uses->bindings[low] : end;
}
