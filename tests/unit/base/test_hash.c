/* hash: the published values of FNV-1a, and that it can be continued. */
#include "parser/base/hash.h"
#include "tests/unit/unit.h"

static void agrees_with_the_published_values(void **state) {
    assert_true(hash_bytes(HASH_SEED, STR("")) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_bytes(HASH_SEED, STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes(HASH_SEED, STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void continues_from_a_seed(void **state) {
    uint64_t half = hash_bytes(HASH_SEED, STR("foo"));
    assert_true(hash_bytes(half, STR("bar")) == hash_bytes(HASH_SEED, STR("foobar")));
}

static void numbers_are_hashed_byte_by_byte(void **state) {
    assert_true(hash_number(HASH_SEED, 0x61) == hash_bytes(HASH_SEED, STR("a\0\0\0\0\0\0\0")));
    assert_true(hash_number(HASH_SEED, 1) != hash_number(HASH_SEED, UINT64_C(1) << 56));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_published_values),
        cmocka_unit_test(continues_from_a_seed),
        cmocka_unit_test(numbers_are_hashed_byte_by_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
