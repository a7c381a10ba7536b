/* The numbers of Source Map v3: known digits, and every number comes back. */
#include "tests/unit/unit.h"

#include "codegen/vlq.h"

static void numbers_have_their_known_digits(void **state) {
    static const struct {
        int64_t number;
        const char *digits;
    } known[] = {{0, "A"}, {1, "C"}, {-1, "D"}, {15, "e"}, {16, "gB"}, {-16, "hB"}, {123, "2H"}, {1000, "w+B"}};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char out[VLQ_BYTES];
        assert_str(((struct str){out, vlq_write(out, known[i].number)}), known[i].digits);
    }
}

static void numbers_come_back(void **state) {
    static const int64_t numbers[] = {0, 1, -1, 31, 32, -32, 1023, 1024, 123456789, -123456789, INT32_MAX, INT32_MIN};
    char out[sizeof numbers / sizeof *numbers * VLQ_BYTES];
    size_t size = 0;
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        size += vlq_write(out + size, numbers[i]);
    }
    size_t offset = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t number;
        assert_true(vlq_read((struct str){out, size}, &offset, &number));
        assert_int_equal(number, numbers[i]);
    }
    assert_int_equal(offset, size);
}

static void malformed_digits_are_refused(void **state) {
    (void)state;
    size_t offset = 0;
    int64_t number = 7;
    assert_false(vlq_read(STR(""), &offset, &number));
    assert_false(vlq_read(STR("!"), &offset, &number));
    offset = 0;
    assert_false(vlq_read(STR("g"), &offset, &number)); /* goes on, and ends */
    assert_int_equal(number, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_known_digits),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(malformed_digits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
