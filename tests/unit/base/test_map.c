/* map: against what a plain array says. */
#include "parser/base/map.h"
#include "tests/unit/unit.h"

enum { KEYS = 1000 };

static void get_finds_what_was_set_last(void **state) {
    struct map map;
    map_init(&map);
    uint64_t value = 7;
    assert_false(map_get(&map, 1, &value));
    assert_int_equal(value, 7);
    map_set(&map, 1, 10);
    map_set(&map, 1, 11);
    assert_true(map_get(&map, 1, &value));
    assert_int_equal(value, 11);
    assert_true(map_get(&map, 1, NULL));
    assert_int_equal(map_count(&map), 1);
    map_finish(&map);
    map_finish(&map);
    assert_int_equal(map_count(&map), 0);
}

static void agrees_with_an_array_over_many_changes(void **state) {
    struct map map = {0};
    uint64_t values[KEYS] = {0}; /* 0: not there */
    uint64_t random = 1;
    for (unsigned i = 1; i < 100000; i++) {
        random = random * UINT64_C(6364136223846793005) + 1;
        unsigned key = (unsigned)(random >> 33) % KEYS;
        if ((random >> 60) % 3 == 0) {
            assert_int_equal(map_remove(&map, map_key2(key, key)), values[key] != 0);
            values[key] = 0;
        } else {
            map_set(&map, map_key2(key, key), i);
            values[key] = i;
        }
    }
    size_t count = 0;
    for (unsigned key = 0; key < KEYS; key++) {
        uint64_t value = 0;
        assert_int_equal(map_get(&map, map_key2(key, key), &value), values[key] != 0);
        assert_int_equal(value, values[key]);
        count += values[key] != 0;
    }
    assert_int_equal(map_count(&map), count);
    map_finish(&map);
}

static void append(void *context, uint64_t key, uint64_t value) {
    char **end = context;
    *(*end)++ = (char)('a' + key);
    *(*end)++ = (char)('0' + value);
}

static void each_goes_in_order_of_insertion(void **state) {
    struct map map = {0};
    map_set(&map, 3, 1);
    map_set(&map, 1, 2);
    map_set(&map, 2, 3);
    map_set(&map, 3, 4);
    map_remove(&map, 1);
    char seen[8] = "";
    char *end = seen;
    map_each(&map, append, &end);
    assert_string_equal(seen, "d4c3");
    map_finish(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_finds_what_was_set_last),
        cmocka_unit_test(agrees_with_an_array_over_many_changes),
        cmocka_unit_test(each_goes_in_order_of_insertion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
