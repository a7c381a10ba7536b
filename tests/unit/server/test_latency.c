/* latency: counts by round bounds, and quantiles within a fifth. */
#include "server/lsp/latency.h"
#include "tests/unit/unit.h"

enum { MICROSECOND = 1000, MILLISECOND = 1000 * 1000 };

static const uint64_t second = UINT64_C(1000) * MILLISECOND;

static void assert_near(uint64_t found, uint64_t wanted) {
    assert_true(found >= wanted && found <= wanted + wanted / 4);
}

static void nothing_is_counted_at_first(void **state) {
    struct latency latency = {0};
    for (unsigned i = 0; i < LATENCY_METHODS; i++) {
        assert_null(latency.methods[i]);
    }
    latency_finish(&latency);
}

static void quantiles_are_near(void **state) {
    struct latency latency = {0};
    for (unsigned i = 0; i < 980; i++) {
        latency_add(&latency, 3, STR("hover"), 300 * MICROSECOND);
    }
    for (unsigned i = 0; i < 20; i++) {
        latency_add(&latency, 3, STR("hover"), 40 * MILLISECOND);
    }
    const struct latency_method *hover = latency.methods[3];
    assert_str(hover->name, "hover");
    assert_int_equal(hover->count, 1000);
    assert_near(latency_quantile(hover, 500), 300 * MICROSECOND);
    assert_near(latency_quantile(hover, 980), 300 * MICROSECOND);
    assert_near(latency_quantile(hover, 990), 40 * MILLISECOND);
    assert_true(hover->longest == 40 * MILLISECOND);
    assert_null(latency.methods[2]);
    latency_finish(&latency);
}

static void no_quantile_is_above_the_longest(void **state) {
    struct latency latency = {0};
    latency_add(&latency, 0, STR("a"), 10 * MILLISECOND + 1);
    assert_true(latency_quantile(latency.methods[0], 500) == 10 * MILLISECOND + 1);
    latency_add(&latency, 1, STR("b"), 0);
    assert_true(latency_quantile(latency.methods[1], 990) == 0);
    latency_add(&latency, 2, STR("c"), 4000 * second);
    assert_true(latency_quantile(latency.methods[2], 990) <= 4000 * second);
    latency_finish(&latency);
}

static void round_bounds_have_all_of_them(void **state) {
    struct latency latency = {0};
    uint32_t counts[LATENCY_ROUND + 1];
    const uint64_t times[] = {0, 500 * MICROSECOND, 3 * MILLISECOND, 30 * MILLISECOND, 70 * MILLISECOND,
                              150 * MILLISECOND, 300 * MILLISECOND, 700 * MILLISECOND, 2 * second, 30 * second, 900 * second};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        latency_add(&latency, 5, STR("x"), times[i]);
    }
    latency_counts(latency.methods[5], counts);
    const uint32_t wanted[LATENCY_ROUND + 1] = {2, 1, 1, 1, 1, 1, 1, 1, 2};
    assert_memory_equal(counts, wanted, sizeof wanted);
    latency_finish(&latency);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_counted_at_first),
        cmocka_unit_test(quantiles_are_near),
        cmocka_unit_test(no_quantile_is_above_the_longest),
        cmocka_unit_test(round_bounds_have_all_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
