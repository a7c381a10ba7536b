/* arena: zeroed, aligned, growing, clearing; under the address sanitizer also the red zones. */
#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "tests/unit/unit.h"

#include <stdalign.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKED 1
#endif
#endif
#ifdef CHECKED
#include <sanitizer/asan_interface.h>
#endif

static void gives_zeroed_aligned_memory_of_any_size(void **state) {
    struct arena arena = {0};
    for (size_t size = 0; size < 3000000; size = size * 3 / 2 + 1) {
        unsigned char *bytes = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(bytes[i], 0);
        }
        memset(bytes, 0xAA, size);
    }
    arena_finish(&arena);
}

static void large_ones_give_the_same(void **state) {
    struct arena arena;
    arena_init_large(&arena);
    for (unsigned round = 0; round < 2; round++) {
        for (size_t size = 1; size < 5000000; size = size * 3 / 2 + 1) {
            for (unsigned i = 0; i < 4; i++) {
                unsigned char *bytes = arena_alloc(&arena, size);
                assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
                assert_int_equal(bytes[0] | bytes[size / 2] | bytes[size - 1], 0);
                memset(bytes, 0xAA, size);
            }
        }
        assert_true(arena_memory(&arena) >= arena.used);
        arena_clear(&arena);
    }
    arena_finish(&arena);
    assert_int_equal(arena_memory(&arena), 0);
}

static void only_the_newest_is_shortened(void **state) {
    struct arena arena = {0};
    char *first = arena_room(&arena, char, 100);
    char *second = arena_room(&arena, char, 100);
    arena_shorten(&arena, first, 100, 10);
    assert_int_equal(arena.used, 200);
    arena_shorten(&arena, second, 100, 33);
    assert_int_equal(arena.used, 133);
    memset(second, 0xAA, 33);
    char *third = arena_alloc(&arena, 67);
    assert_true(third >= second + 33 && third < second + 100);
    assert_int_equal((unsigned char)second[32], 0xAA);
    assert_int_equal(third[0], 0);
    arena_shorten(&arena, third, 67, 0);
    assert_int_equal(arena.used, 133);
    arena_finish(&arena);
}

static void allocations_do_not_overlap(void **state) {
    struct arena arena = {0};
    unsigned char *all[500];
    for (unsigned i = 0; i < 500; i++) {
        all[i] = arena_alloc(&arena, i * 7);
        memset(all[i], (int)(i % 251), i * 7);
    }
    for (unsigned i = 0; i < 500; i++) {
        for (unsigned j = 0; j < i * 7; j++) {
            assert_int_equal(all[i][j], i % 251);
        }
    }
    arena_finish(&arena);
}

static void clear_forgets_but_stays_usable_and_zeroed(void **state) {
    struct arena arena;
    arena_init(&arena);
    for (unsigned round = 0; round < 5; round++) {
        for (unsigned i = 0; i < 2000; i++) {
            unsigned char *bytes = arena_alloc(&arena, 100);
            assert_int_equal(bytes[0] | bytes[99], 0);
            memset(bytes, 0xFF, 100);
        }
        assert_int_equal(arena.used, 2000 * 100);
        arena_clear(&arena);
        assert_int_equal(arena.used, 0);
    }
    arena_finish(&arena);
    arena_finish(&arena);
    arena_clear(&arena);
}

static void strings_are_copied_and_terminated(void **state) {
    struct arena arena = {0};
    char source[] = "abc";
    struct str copy = arena_str(&arena, str_from_c(source));
    source[0] = 'x';
    assert_str(copy, "abc");
    assert_int_equal(copy.data[3], 0);
    assert_str(arena_printf(&arena, "%d-%s", 42, "z"), "42-z");
    assert_str(arena_concat(&arena, STR("ab"), STR("cd")), "abcd");
    assert_str(arena_str(&arena, (struct str){0}), "");
    arena_finish(&arena);
}

static void vectors_keep_their_items_while_they_grow(void **state) {
    struct arena arena = {0};
    VEC(unsigned) numbers = {0};
    for (unsigned i = 0; i < 10000; i++) {
        vec_push(&arena, &numbers, i);
    }
    assert_int_equal(numbers.count, 10000);
    for (unsigned i = 0; i < 10000; i++) {
        assert_int_equal(numbers.items[i], i);
    }
    arena_finish(&arena);
}

static void vectors_keep_their_items_beyond_what_was_reserved(void **state) {
    struct arena arena = {0};
    VEC(unsigned) numbers = {0};
    vec_reserve(&arena, &numbers, 100);
    const unsigned *reserved = numbers.items;
    for (unsigned i = 0; i < 1000; i++) {
        vec_push(&arena, &numbers, i);
        assert_true(i >= 100 || numbers.items == reserved);
    }
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(numbers.items[i], i);
    }
    arena_finish(&arena);
}

#ifdef CHECKED
static void overruns_meet_poison(void **state) {
    struct arena arena = {0};
    char *first = arena_alloc(&arena, 32);
    arena_alloc(&arena, 32);
    assert_int_equal(__asan_address_is_poisoned(first + 31), 0);
    assert_int_equal(__asan_address_is_poisoned(first + 32), 1);
    arena_clear(&arena);
    assert_int_equal(__asan_address_is_poisoned(first), 1);
    arena_finish(&arena);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory_of_any_size),
        cmocka_unit_test(large_ones_give_the_same),
        cmocka_unit_test(only_the_newest_is_shortened),
        cmocka_unit_test(allocations_do_not_overlap),
        cmocka_unit_test(clear_forgets_but_stays_usable_and_zeroed),
        cmocka_unit_test(strings_are_copied_and_terminated),
        cmocka_unit_test(vectors_keep_their_items_while_they_grow),
        cmocka_unit_test(vectors_keep_their_items_beyond_what_was_reserved),
#ifdef CHECKED
        cmocka_unit_test(overruns_meet_poison),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
