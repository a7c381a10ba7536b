/* utf: every character there is, and bytes that are none. */
#include "parser/base/utf.h"
#include "tests/unit/unit.h"

/* UTF-8 by the book (RFC 3629 §3), for comparison. */
static size_t encode(uint32_t character, char *out) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, character >>= 6) {
        out[i] = (char)(0x80 | (character & 0x3F));
    }
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[size] | character);
    return size;
}

static void every_character_goes_there_and_back(void **state) {
    for (uint32_t character = 0; character < 0x110000; character++) {
        char bytes[4];
        struct str s = {bytes, encode(character, bytes)};
        bool surrogate = character >= 0xD800 && character < 0xE000;
        assert_int_equal(utf_valid(s), !surrogate);
        if (surrogate) {
            continue;
        }
        size_t next = 0;
        assert_int_equal(utf_decode(s, 0, &next), character);
        assert_int_equal(next, s.size);
        assert_int_equal(utf_utf16_length(s), character < 0x10000 ? 1 : 2);
        assert_int_equal(utf_utf32_length(s), 1);
    }
}

static void malformed_bytes_count_as_one_each(void **state) {
    static const struct str malformed[] = {
        STR_INIT("\xff"),
        STR_INIT("\x80"),
        STR_INIT("\xc0\x80"),
        STR_INIT("\xe2\x82"),
        STR_INIT("\xf8\x88\x80\x80"),
        STR_INIT("\xed\xa0\x80"),
        STR_INIT("\xf4\x90\x80\x80"),
    };
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        assert_false(utf_valid(malformed[i]));
        assert_int_equal(utf_utf16_length(malformed[i]), malformed[i].size);
        assert_int_equal(utf_utf32_length(malformed[i]), malformed[i].size);
        size_t next = 0;
        assert_int_equal(utf_decode(malformed[i], 0, &next), 0xFFFD);
        assert_int_equal(next, 1);
    }
    assert_true(utf_valid(STR("\xef\xbf\xbd"))); /* U+FFFD itself */
}

static void lengths_of_mixed_text(void **state) {
    struct str s = STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 long ascii tail of the text");
    assert_int_equal(utf_utf16_length(s), 1 + 1 + 1 + 2 + 28);
    assert_int_equal(utf_utf32_length(s), 1 + 1 + 1 + 1 + 28);
}

static void offsets_of_units(void **state) {
    struct str s = STR("a\xf0\x9f\x98\x80z"); /* a, a pair, z */
    static const struct {
        size_t units, offset;
        bool exact;
    } cases[] = {{0, 0, true}, {1, 1, true}, {2, 1, false}, {3, 5, true}, {4, 6, true}, {5, 6, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool exact = !cases[i].exact;
        assert_int_equal(utf_offset_of_utf16(s, cases[i].units, &exact), cases[i].offset);
        assert_int_equal(exact, cases[i].exact);
    }
    assert_int_equal(utf_offset_of_utf16(s, 3, NULL), 5);
}

static void identifiers(void **state) {
    static const uint32_t starts[] = {'a', 'Z', '_', '$', 0xE9, 0x4E2D, 0x1D400, 0x2160};
    static const uint32_t parts[] = {'0', '9', 0x301, 0x663, 0x203F};
    static const uint32_t neither[] = {' ', '-', '.', '@', '[', '`', '{', '/', ':', 0x7F, 0xA0, 0xD7, 0x2028, 0x1F600};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        assert_true(utf_identifier_start(starts[i]) && utf_identifier_part(starts[i]));
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_true(!utf_identifier_start(parts[i]) && utf_identifier_part(parts[i]));
    }
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++) {
        assert_false(utf_identifier_start(neither[i]) || utf_identifier_part(neither[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_goes_there_and_back),
        cmocka_unit_test(malformed_bytes_count_as_one_each),
        cmocka_unit_test(lengths_of_mixed_text),
        cmocka_unit_test(offsets_of_units),
        cmocka_unit_test(identifiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
