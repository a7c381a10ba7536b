/* arena: blocks of memory in a list; the newest one is handed out from front to back. */
#include "parser/base/arena.h"

#include "parser/base/xalloc.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_CHECKED 1
#endif
#endif

#ifdef ARENA_CHECKED
#include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16, WHOLE_PAGES = false }; /* what is not of malloc is not searched for leaks */
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { RED_ZONE = 0, WHOLE_PAGES = true };
#endif

enum { ALIGNMENT = _Alignof(max_align_t), BLOCK_FIRST = 4096, BLOCK_LAST = 1024 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes of data */
    bool pages;  /* of xalloc_pages */
    _Alignas(max_align_t) char data[];
};

static struct arena_block *block_create(size_t size) {
    if (size > SIZE_MAX - sizeof(struct arena_block)) {
        return xmalloc(SIZE_MAX); /* cannot be had: ends the process */
    }
    struct arena_block *block = xmalloc(sizeof *block + size);
    *block = (struct arena_block){.size = size};
    ASAN_POISON_MEMORY_REGION(block->data, size);
    return block;
}

static struct arena_block *block_create_pages(void) {
    struct arena_block *block = xalloc_pages(BLOCK_LAST);
    *block = (struct arena_block){.size = BLOCK_LAST - sizeof *block, .pages = true};
    return block;
}

static void block_destroy(struct arena_block *block) {
    ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
    if (block->pages) {
        xfree_pages(block, BLOCK_LAST);
    } else {
        xfree(block);
    }
}

void arena_init(struct arena *arena) { *arena = (struct arena){0}; }

void arena_init_large(struct arena *arena) { *arena = (struct arena){.large = WHOLE_PAGES}; }

void arena_finish(struct arena *arena) {
    struct arena_block *block = arena->block;
    while (block != NULL) {
        struct arena_block *older = block->older;
        block_destroy(block);
        block = older;
    }
    *arena = (struct arena){.large = arena->large};
}

void arena_clear(struct arena *arena) {
    struct arena_block *kept = arena->block;
    if (kept == NULL) {
        return;
    }
    arena->block = kept->older;
    arena_finish(arena);
    kept->older = NULL;
    ASAN_POISON_MEMORY_REGION(kept->data, kept->size);
    *arena = (struct arena){.block = kept, .next = kept->data, .end = kept->data + kept->size, .large = arena->large};
}

size_t arena_memory(const struct arena *arena) {
    size_t bytes = 0;
    for (const struct arena_block *block = arena->block; block != NULL; block = block->older) {
        bytes += sizeof *block + block->size;
    }
    return bytes;
}

/* size bytes from a new block. What is large against the next block gets one of its own, behind the newest, so that the
 * rest of the newest is not lost. */
static char *arena_take_block(struct arena *arena, size_t size) {
    size_t usual = arena->block != NULL ? arena->block->size * 2 : BLOCK_FIRST;
    if (usual > BLOCK_LAST) {
        usual = BLOCK_LAST;
    }
    if (arena->block != NULL && size > usual / 4) {
        struct arena_block *own = block_create(size);
        own->older = arena->block->older;
        arena->block->older = own;
        return own->data;
    }
    bool pages = arena->large && usual == BLOCK_LAST && size <= BLOCK_LAST / 4;
    struct arena_block *block = pages ? block_create_pages() : block_create(size > usual ? size : usual);
    block->older = arena->block;
    arena->block = block;
    arena->next = block->data + size;
    arena->end = block->data + block->size;
    return block->data;
}

/* What an allocation takes. */
static size_t round_up(size_t size) {
    size_t rounded = (size + RED_ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return rounded == 0 ? ALIGNMENT : rounded;
}

/* Memory that is not zeroed. */
static void *arena_take(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - RED_ZONE - ALIGNMENT) {
        (void)xmalloc(SIZE_MAX); /* cannot be had: ends the process */
        abort();
    }
    size_t rounded = round_up(size);
    char *result = arena->next;
    if (rounded <= (size_t)(arena->end - arena->next)) {
        arena->next += rounded;
    } else {
        result = arena_take_block(arena, rounded);
    }
    arena->used += size;
    ASAN_UNPOISON_MEMORY_REGION(result, size);
    return result;
}

void *arena_alloc(struct arena *arena, size_t size) { return memset(arena_take(arena, size), 0, size); }

void *arena_room_array(struct arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return xmalloc(SIZE_MAX); /* cannot be had: ends the process */
    }
    return arena_take(arena, count * size);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
    return memset(arena_room_array(arena, count, size), 0, count * size);
}

void arena_shorten(struct arena *arena, void *start, size_t size, size_t left) {
    char *bytes = start;
    assert(left <= size);
    if (arena->next == bytes + round_up(size)) {
        arena->next = bytes + round_up(left);
        arena->used -= size - left;
        ASAN_POISON_MEMORY_REGION(bytes + left, size - left);
    }
}

struct str arena_str(struct arena *arena, struct str s) {
    return arena_concat(arena, s, (struct str){0});
}

struct str arena_concat(struct arena *arena, struct str a, struct str b) {
    char *data = arena_take(arena, a.size + b.size + 1);
    if (a.size != 0) {
        memcpy(data, a.data, a.size);
    }
    if (b.size != 0) {
        memcpy(data + a.size, b.data, b.size);
    }
    data[a.size + b.size] = '\0';
    return (struct str){data, a.size + b.size};
}

/* The digits of a number; returns their end. */
static char *put_number(char *to, unsigned number) {
    char digits[16];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count > 0) {
        *to++ = digits[--count];
    }
    return to;
}

/* printf of `%s`, `%.*s`, `%u` and `%d`, which messages are made of, in a fraction of its time. Gives the bytes that it has written,
 * or -1 for every other form and for what does not fit. */
static int put_simple(char *room, size_t size, const char *format, va_list arguments) {
    enum { LONGEST_NUMBER = 11 };
    char *to = room, *end = room + size - LONGEST_NUMBER;
    for (; *format != '\0'; format++) {
        if (to >= end) {
            return -1;
        }
        if (*format != '%') {
            *to++ = *format;
            continue;
        }
        format++;
        if (*format == 'u') {
            to = put_number(to, va_arg(arguments, unsigned));
        } else if (*format == 'd') {
            int number = va_arg(arguments, int);
            *to = '-';
            to = put_number(to + (number < 0), number < 0 ? 0u - (unsigned)number : (unsigned)number);
        } else if (*format == 's' || (format[0] == '.' && format[1] == '*' && format[2] == 's')) {
            int most = *format == 's' ? INT32_MAX : va_arg(arguments, int);
            const char *text = va_arg(arguments, const char *);
            size_t length = most > 0 ? strnlen(text, (size_t)most) : 0;
            if (most < 0 || length > (size_t)(end - to)) {
                return -1;
            }
            memcpy(to, length > 0 ? text : "", length);
            to += length;
            format += *format == 's' ? 0 : 2;
        } else {
            return -1;
        }
    }
    return (int)(to - room);
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list arguments) {
    assert(format != NULL);
    char most[256]; /* what is longer is formatted twice */
    va_list again;
    va_copy(again, arguments);
    int size = put_simple(most, sizeof most, format, again);
    va_end(again);
    va_copy(again, arguments);
    if (size < 0) {
        size = vsnprintf(most, sizeof most, format, arguments);
    }
    assert(size >= 0);
    char *data = arena_take(arena, (size_t)size + 1);
    if ((size_t)size < sizeof most) {
        memcpy(data, most, (size_t)size);
        data[size] = '\0';
    } else {
        vsnprintf(data, (size_t)size + 1, format, again);
    }
    va_end(again);
    return (struct str){data, (size_t)size};
}

struct str arena_printf(struct arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    struct str result = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return result;
}

void *arena_grow(struct arena *arena, void *items, unsigned *capacity, unsigned needed, size_t size) {
    if (needed <= *capacity) {
        return items;
    }
    unsigned grown = *capacity < 8 ? 8 : *capacity <= UINT32_MAX / 2 ? *capacity * 2 : UINT32_MAX;
    if (grown < needed) {
        grown = needed;
    }
    if (grown > SIZE_MAX / size) {
        return xmalloc(SIZE_MAX); /* cannot be had: ends the process */
    }
    char *moved = arena_take(arena, grown * size);
    size_t used = *capacity * size;
    if (used != 0) {
        memcpy(moved, items, used);
    }
    memset(moved + used, 0, grown * size - used);
    *capacity = grown;
    return moved;
}
