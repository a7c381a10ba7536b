/* vec: typed growable arrays that live in an arena.
 *
 * VEC(type) names an anonymous struct {items, count, capacity}; a zeroed one is empty. Items move when the array grows:
 * keep indices, not pointers, across a push.
 */
#ifndef TOVA_PARSER_BASE_VEC_H
#define TOVA_PARSER_BASE_VEC_H

#include "parser/base/arena.h"

#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        unsigned count, capacity;                                                                                      \
    }

/* Appends one item. `vec` is a pointer to a VEC of the item's type. */
#define vec_push(arena, vec, ...)                                                                                      \
    do {                                                                                                               \
        if ((vec)->count == (vec)->capacity) {                                                                         \
            (vec)->items =                                                                                             \
                arena_grow((arena), (vec)->items, &(vec)->capacity, (vec)->count + 1, sizeof *(vec)->items);           \
        }                                                                                                              \
        (vec)->items[(vec)->count++] = (__VA_ARGS__);                                                                  \
    } while (0)

/* Makes room for `needed` items in all, of an empty one; what is not pushed is not written. */
#define vec_reserve(arena, vec, needed)                                                                                \
    do {                                                                                                               \
        (vec)->items = arena_room_array((arena), (needed), sizeof *(vec)->items);                                      \
        (vec)->capacity = (needed);                                                                                    \
    } while (0)

#endif
