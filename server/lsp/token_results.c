/* token_results: a few slots, the oldest of which gives way. */
#include "server/lsp/token_results.h"

#include "parser/base/xalloc.h"

#include <string.h>

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

uint32_t token_results_put(struct token_results *results, struct str path, const uint32_t *data, size_t count) {
    struct token_result *slot = slot_for(results, path);
    struct token_result next = {.path = copy(path.data, path.size),
                                .path_size = path.size,
                                .data = copy(data, count * sizeof *data),
                                .count = count,
                                .id = ++results->last_id};
    clear(slot);
    *slot = next;
    return next.id;
}

/* The number that an id is; 0 for what is none of ours. */
static uint32_t number_of(struct str id) {
    uint64_t number = 0;
    for (size_t i = 0; i < id.size; i++) {
        if (id.data[i] < '0' || id.data[i] > '9' || number > UINT32_MAX) {
            return 0;
        }
        number = number * 10 + (uint64_t)(id.data[i] - '0');
    }
    return number > UINT32_MAX ? 0 : (uint32_t)number;
}

const struct token_result *token_results_find(const struct token_results *results, struct str path, struct str id) {
    uint32_t number = number_of(id);
    for (size_t i = 0; i < TOKEN_RESULTS; i++) {
        const struct token_result *item = &results->items[i];
        if (number != 0 && item->id == number && str_equal(path_of(item), path)) {
            return item;
        }
    }
    return NULL;
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
