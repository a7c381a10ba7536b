/* allocator: counts the blocks that are as large as an entry of the parse stack, and looks out for large arrays. */
#include "parser/syntax/allocator.h"

#include "parser/base/xalloc.h"

#include <tree_sitter/api.h>

enum {
    STACK_ENTRIES = 30000,
    ARRAY_ENTRIES = 32768,
    ARRAY_ENTRY_BYTES = 8,
    STACK_ENTRY_BYTES = 232, /* in 0.20; few other blocks are of this size */
};

/* The library's functions have no argument that could lead here. */
static _Thread_local struct allocator_watch *current;

static void *note(void *block, size_t size) {
    if (current != NULL && size > ARRAY_ENTRIES * ARRAY_ENTRY_BYTES) {
        current->stop = 1;
    }
    if (current != NULL && xalloc_size(block) == STACK_ENTRY_BYTES && ++current->stack_entries > STACK_ENTRIES) {
        current->stop = 1;
    }
    return block;
}

static void forget(void *block) {
    if (current != NULL && block != NULL && xalloc_size(block) == STACK_ENTRY_BYTES) {
        current->stack_entries--;
    }
}

static void *watched_malloc(size_t size) { return note(xmalloc(size), size); }

static void *watched_calloc(size_t count, size_t size) { return note(xcalloc(count, size), count * size); }

static void *watched_realloc(void *block, size_t size) {
    forget(block);
    return note(xrealloc(block, size), size);
}

static void watched_free(void *block) {
    forget(block);
    xfree(block);
}

void allocator_install(void) { ts_set_allocator(watched_malloc, watched_calloc, watched_realloc, watched_free); }

void allocator_watch(struct allocator_watch *watch) { current = watch; }
