/* hash: what differs has different hashes, in every byte and whatever stands around it. */
#include "parser/base/hash.h"
#include "parser/base/map.h"
#include "tests/unit/unit.h"

#include <string.h>

static uint64_t of(struct str s) { return hash_bytes(HASH_SEED, s); }

static void every_byte_counts(void **state) {
    char text[40];
    for (size_t size = 1; size < sizeof text; size++) {
        memset(text, 'a', sizeof text);
        uint64_t before = of((struct str){text, size});
        for (size_t i = 0; i < size; i++) {
            text[i] = 'b';
            assert_true(of((struct str){text, size}) != before);
            text[i] = 'a';
        }
        assert_true(of((struct str){text, size}) == before);
    }
}

static void the_size_counts(void **state) {
    static const char zeros[17] = "";
    for (size_t size = 1; size < sizeof zeros; size++) {
        assert_true(of((struct str){zeros, size}) != of((struct str){zeros, size - 1}));
    }
}

static void the_seed_counts(void **state) {
    assert_true(hash_bytes(of(STR("foo")), STR("bar")) != hash_bytes(of(STR("bar")), STR("foo")));
    assert_true(hash_number(HASH_SEED, 1) != hash_number(HASH_SEED, UINT64_C(1) << 56));
    assert_true(hash_number(HASH_SEED, 1) != hash_number(of(STR("")), 1));
}

/* Names of programs: a million of them have no two of one hash, and spread over a table by their low bits. */
static void names_spread(void **state) {
    enum { NAMES = 1000000, BUCKETS = 1024 };
    static uint32_t buckets[BUCKETS];
    struct map seen;
    char name[32];
    map_init(&seen);
    for (uint64_t i = 1; i <= NAMES; i++) {
        uint64_t other;
        uint64_t hash = of((struct str){name, (size_t)snprintf(name, sizeof name, "customer_%u", (unsigned)i)});
        assert_false(map_get(&seen, hash, &other));
        map_set(&seen, hash, i);
        buckets[hash % BUCKETS]++;
    }
    for (unsigned i = 0; i < BUCKETS; i++) {
        assert_in_range(buckets[i], NAMES / BUCKETS / 2, NAMES / BUCKETS * 2);
    }
    map_finish(&seen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_counts),
        cmocka_unit_test(the_size_counts),
        cmocka_unit_test(the_seed_counts),
        cmocka_unit_test(names_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
