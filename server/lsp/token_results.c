/* token_results: a few slots, the oldest of which gives way. */
#include "server/lsp/token_results.h"

#include "parser/base/xalloc.h"

#include <inttypes.h>
#include <string.h>

void token_results_init(struct token_results *results, uint64_t process) {
    *results = (struct token_results){.process = process};
}

static struct str path_of(const struct token_result *result) { return (struct str){result->path, result->path_size}; }

static void clear(struct token_result *result) {
    xfree(result->path);
    xfree(result->data);
    *result = (struct token_result){0};
}

void token_results_finish(struct token_results *results) {
    for (size_t i = 0; i < TOKEN_RESULTS; i++) {
        clear(&results->items[i]);
    }
}

/* The slot of a document, or the one that was written longest ago. */
static struct token_result *slot_for(struct token_results *results, struct str path) {
    struct token_result *oldest = &results->items[0];
    for (size_t i = 0; i < TOKEN_RESULTS; i++) {
        struct token_result *item = &results->items[i];
        if (item->path != NULL && str_equal(path_of(item), path)) {
            return item;
        }
        oldest = item->id < oldest->id ? item : oldest;
    }
    return oldest;
}

static void *copy(const void *bytes, size_t size) {
    void *result = xmalloc(size + 1);
    if (size > 0) {
        memcpy(result, bytes, size);
    }
    return result;
}

static struct str id_of(const struct token_results *results, struct arena *arena, const struct token_result *item) {
    return arena_printf(arena, "%" PRIx64 ".%" PRIu32, results->process, item->id);
}

struct str token_results_put(struct token_results *results, struct arena *arena, struct str path, const uint32_t *data,
                             size_t count) {
    struct token_result *slot = slot_for(results, path);
    struct token_result next = {.path = copy(path.data, path.size),
                                .path_size = path.size,
                                .data = copy(data, count * sizeof *data),
                                .count = count,
                                .id = ++results->last_id};
    clear(slot);
    *slot = next;
    return id_of(results, arena, slot);
}

void token_results_forget(struct token_results *results, struct str path) {
    for (size_t i = 0; i < TOKEN_RESULTS; i++) {
        struct token_result *item = &results->items[i];
        if (item->path != NULL && str_equal(path_of(item), path)) {
            clear(item);
        }
    }
}

const struct token_result *token_results_find(const struct token_results *results, struct str path, struct str id) {
    struct arena scratch = {0};
    const struct token_result *found = NULL;
    for (size_t i = 0; i < TOKEN_RESULTS && found == NULL; i++) {
        const struct token_result *item = &results->items[i];
        if (item->path != NULL && str_equal(path_of(item), path) && str_equal(id_of(results, &scratch, item), id)) {
            found = item;
        }
    }
    arena_finish(&scratch);
    return found;
}

bool token_results_change(const struct token_result *old, const uint32_t *data, size_t count,
                          struct token_change *change) {
    size_t shorter = old->count < count ? old->count : count;
    size_t start = 0;
    size_t end = 0;
    while (start < shorter && old->data[start] == data[start]) {
        start++;
    }
    while (end < shorter - start && old->data[old->count - end - 1] == data[count - end - 1]) {
        end++;
    }
    *change = (struct token_change){start, old->count - start - end, count - start - end};
    return change->delete_count + change->insert_count > 0;
}
