/* arena: memory for things that die together.
 *
 * Allocation moves a pointer; nothing is freed alone. Pointers stay valid until arena_clear or arena_finish. Under the
 * address sanitizer free space is poisoned and each allocation is followed by a red zone, so an overrun is still seen.
 * An arena is used by one thread at a time.
 */
#ifndef TOVA_PARSER_BASE_ARENA_H
#define TOVA_PARSER_BASE_ARENA_H

#include "parser/base/str.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *block; /* newest; older ones behind it */
    char *next, *end;          /* free bytes of the newest block */
    size_t used;               /* bytes handed out since init or clear */
    bool large;                /* see arena_init_large */
};

/* An empty arena in the caller's storage; allocates nothing. A zeroed struct is an empty arena too. */
void arena_init(struct arena *arena);

/* The same for one that may come to hold many megabytes and lives long: when it is no longer small it has its pages at once
 * (xalloc_pages). */
void arena_init_large(struct arena *arena);

/* Frees everything; the arena is empty and usable again. */
void arena_finish(struct arena *arena);

/* Forgets everything but keeps one block for the next round. */
void arena_clear(struct arena *arena);

/* The bytes of all its blocks, whether they are handed out or not. */
size_t arena_memory(const struct arena *arena);

/* size zeroed bytes, aligned for any type; never NULL. Lives in the arena. */
void *arena_alloc(struct arena *arena, size_t size);

/* count * size zeroed bytes; an overflow of the product ends the process. Lives in the arena. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* The same without the zeroes, for what is written at once as a whole. */
void *arena_room_array(struct arena *arena, size_t count, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))
#define arena_room(arena, type, count) ((type *)arena_room_array((arena), (count), sizeof(type)))

/* Makes an allocation of `size` bytes `left` bytes long, if it is the newest one: the rest may be handed out again. */
void arena_shorten(struct arena *arena, void *start, size_t size, size_t left);

/* A copy of s, followed by a NUL that is not counted. Lives in the arena. */
struct str arena_str(struct arena *arena, struct str s);

/* printf into the arena; a NUL that is not counted follows. Lives in the arena. */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for arguments that are already a list; the list is used up. */
struct str arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* a, then b. Lives in the arena. */
struct str arena_concat(struct arena *arena, struct str a, struct str b);

/* Grows an array that lives in the arena to at least `needed` elements of `size` bytes: returns the (moved) array with
 * new space zeroed and updates *capacity. The old array stays allocated until the arena goes. Used by vec.h. */
void *arena_grow(struct arena *arena, void *items, unsigned *capacity, unsigned needed, size_t size);

#endif
