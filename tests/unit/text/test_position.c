/* position: LSP 3.17 "Position" in its three encodings, over every kind of line end and character. */
#include "parser/text/position.h"
#include "tests/unit/unit.h"

/* "a é € 😀 z" on the first line, then CR LF, then "b", then CR, then an empty line, then LF and the end. */
#define SAMPLE "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\r\nb\r\n\n"

static void positions_by_encoding(void **state) {
    static const struct {
        uint32_t offset, line, utf16, utf8, utf32;
    } cases[] = {
        {0, 0, 0, 0, 0},   {1, 0, 1, 1, 1},   {3, 0, 2, 3, 2},   {6, 0, 3, 6, 3},
        {10, 0, 5, 10, 4}, {11, 0, 6, 11, 5}, {12, 0, 6, 11, 5}, /* between CR and LF: the end of the line */
        {13, 1, 0, 0, 0},  {14, 1, 1, 1, 1},  {16, 2, 0, 0, 0},  {17, 3, 0, 0, 0},
        {99, 3, 0, 0, 0},  {2, 0, 1, 1, 1}, /* inside a character: its start */
        {8, 0, 3, 6, 3},
    };
    struct text *text = text_create(STR(SAMPLE));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t columns[] = {cases[i].utf16, cases[i].utf8, cases[i].utf32};
        for (unsigned encoding = POSITION_UTF16; encoding <= POSITION_UTF32; encoding++) {
            struct position position = position_of(text, cases[i].offset, (enum position_encoding)encoding);
            assert_int_equal(position.line, cases[i].line);
            assert_int_equal(position.column, columns[encoding]);
        }
    }
    text_unref(text);
}

static void offsets_of_positions(void **state) {
    static const struct {
        enum position_encoding encoding;
        uint32_t line, column, offset;
        bool exists;
    } cases[] = {
        {POSITION_UTF16, 0, 3, 6, true},  {POSITION_UTF16, 0, 4, 0, false}, {POSITION_UTF16, 0, 5, 10, true},
        {POSITION_UTF16, 0, 6, 11, true}, {POSITION_UTF16, 0, 7, 11, true}, {POSITION_UTF16, 0, 4000000000, 11, true},
        {POSITION_UTF16, 1, 9, 14, true}, {POSITION_UTF16, 3, 0, 17, true}, {POSITION_UTF16, 4, 0, 0, false},
        {POSITION_UTF8, 0, 2, 0, false},  {POSITION_UTF8, 0, 3, 3, true},   {POSITION_UTF8, 0, 99, 11, true},
        {POSITION_UTF32, 0, 4, 10, true}, {POSITION_UTF32, 0, 5, 11, true}, {POSITION_UTF32, 0, 6, 11, true},
        {POSITION_UTF32, 9, 0, 0, false},
    };
    struct text *text = text_create(STR(SAMPLE));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t offset = 12345;
        struct position position = {cases[i].line, cases[i].column};
        assert_int_equal(position_offset(text, position, cases[i].encoding, &offset), cases[i].exists);
        assert_int_equal(offset, cases[i].exists ? cases[i].offset : 12345);
    }
    text_unref(text);
}

static void every_boundary_goes_there_and_back(void **state) {
    static const struct str texts[] = {
        STR_INIT(SAMPLE),
        STR_INIT("no end"),
        STR_INIT("\r\r\n\n"),
        STR_INIT("\xf0\x9f\x98\x80\xf0\x9f\x98\x80"),
        STR_INIT("bad \xff\xc3 bytes\n\x80"),
        STR_INIT(""),
    };
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct text *text = text_create(texts[t]);
        for (uint32_t offset = 0; offset <= text_size(text); offset++) {
            for (unsigned encoding = POSITION_UTF16; encoding <= POSITION_UTF32; encoding++) {
                struct position position = position_of(text, offset, (enum position_encoding)encoding);
                uint32_t back = 0;
                assert_true(position_offset(text, position, (enum position_encoding)encoding, &back));
                assert_true(back <= offset);
                struct position again = position_of(text, back, (enum position_encoding)encoding);
                assert_int_equal(again.line, position.line);
                assert_int_equal(again.column, position.column);
            }
        }
        text_unref(text);
    }
}

static void a_reader_says_what_position_of_says(void **state) {
    static const char *const samples[] = {SAMPLE, "ab\r\nc\r\n\nde\rf", ""};
    enum { STEP = 7, PAST_END = 3 }; /* there and back over the lines */
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct text *text = text_create(str_from_c(samples[i]));
        uint32_t offsets = text_size(text) + PAST_END;
        for (unsigned encoding = POSITION_UTF16; encoding <= POSITION_UTF32; encoding++) {
            struct position_reader reader = {.text = text, .encoding = (enum position_encoding)encoding};
            for (uint32_t k = 0; k < offsets * STEP; k++) {
                uint32_t offset = k % 2 == 0 ? k / 2 % offsets : k * STEP % offsets;
                struct position read = position_read(&reader, offset);
                struct position position = position_of(text, offset, (enum position_encoding)encoding);
                assert_int_equal(read.line, position.line);
                assert_int_equal(read.column, position.column);
            }
        }
        text_unref(text);
    }
}

static void ranges_have_both_ends(void **state) {
    struct text *text = text_create(STR("ab\ncd"));
    struct range range = range_of(text, (struct span){1, 4}, POSITION_UTF16);
    assert_int_equal(range.start.line, 0);
    assert_int_equal(range.start.column, 1);
    assert_int_equal(range.end.line, 1);
    assert_int_equal(range.end.column, 1);
    text_unref(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_by_encoding),
        cmocka_unit_test(offsets_of_positions),
        cmocka_unit_test(every_boundary_goes_there_and_back),
        cmocka_unit_test(a_reader_says_what_position_of_says),
        cmocka_unit_test(ranges_have_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
