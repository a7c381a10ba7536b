/* text: line tables by hand, and an edited text against one made anew. */
#include "parser/text/text.h"
#include "tests/unit/unit.h"

#include <string.h>

static void assert_lines(const struct text *text, const char *const *lines, uint32_t count) {
    assert_int_equal(text_line_count(text), count);
    for (uint32_t i = 0; i < count; i++) {
        assert_str(text_slice(text, text_line(text, i)), lines[i]);
    }
}

static void lines_end_with_lf_crlf_and_cr(void **state) {
    struct text *text = text_create(STR("a\nbb\r\nccc\rd\n\r\n\r\re"));
    static const char *const lines[] = {"a", "bb", "ccc", "d", "", "", "", "e"};
    assert_lines(text, lines, 8);
    assert_int_equal(text_line_of(text, 0), 0);
    assert_int_equal(text_line_of(text, 1), 0);
    assert_int_equal(text_line_of(text, 2), 1);
    assert_int_equal(text_line_of(text, 5), 1);
    assert_int_equal(text_line_of(text, 6), 2);
    assert_int_equal(text_line_of(text, 999), 7);
    text_unref(text);
}

static void the_last_line_may_be_empty(void **state) {
    static const char *const two[] = {"a", ""};
    static const char *const one[] = {""};
    struct text *text = text_create(STR("a\n"));
    assert_lines(text, two, 2);
    struct span past = text_line(text, 9);
    assert_int_equal(past.start, 2);
    assert_int_equal(past.end, 2);
    text_unref(text);
    text = text_create((struct str){0});
    assert_lines(text, one, 1);
    assert_int_equal(text_str(text).data[0], 0);
    text_unref(text);
}

static void a_reference_keeps_it_alive(void **state) {
    struct text *text = text_create(STR("abc"));
    assert_ptr_equal(text_ref(text), text);
    text_unref(text);
    assert_str(text_str(text), "abc");
    assert_int_equal(text_size(text), 3);
    text_unref(text);
    text_unref(NULL);
}

static void hash_tells_texts_apart(void **state) {
    struct text *a = text_create(STR("abc"));
    struct text *b = text_create(STR("abd"));
    struct text *c = text_replace(b, (struct span){2, 3}, STR("c"));
    assert_true(text_hash(a) != text_hash(b));
    assert_true(text_hash(a) == text_hash(c));
    text_unref(a);
    text_unref(b);
    text_unref(c);
}

static void assert_same(const struct text *actual, const struct text *expected) {
    assert_true(str_equal(text_str(actual), text_str(expected)));
    assert_int_equal(text_line_count(actual), text_line_count(expected));
    for (uint32_t i = 0; i < text_line_count(expected); i++) {
        assert_true(span_equal(text_line(actual, i), text_line(expected, i)));
    }
}

/* All replacements of all spans of a short text by short texts, over an alphabet that makes every mix of line ends. */
static void every_small_edit_equals_a_new_text(void **state) {
    static const char *const texts[] = {"", "a", "\r\n", "\n\r", "a\r\nb", "\r\r\n\n", "a\rb\nc", "\n\n\r\r\nx"};
    static const char *const replacements[] = {"", "x", "\r", "\n", "\r\n", "x\ry\n", "\n\r"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct text *old = text_create(str_from_c(texts[t]));
        for (uint32_t start = 0; start <= text_size(old); start++) {
            for (uint32_t end = start; end <= text_size(old); end++) {
                for (size_t r = 0; r < sizeof replacements / sizeof *replacements; r++) {
                    char bytes[32];
                    int size = snprintf(bytes, sizeof bytes, "%.*s%s%s", (int)start, texts[t], replacements[r],
                                        texts[t] + end);
                    struct text *expected = text_create((struct str){bytes, (size_t)size});
                    struct text *actual = text_replace(old, (struct span){start, end}, str_from_c(replacements[r]));
                    assert_same(actual, expected);
                    text_unref(actual);
                    text_unref(expected);
                }
            }
        }
        text_unref(old);
    }
}

static void a_long_text_keeps_its_lines_over_random_edits(void **state) {
    static const char alphabet[] = "ab\n\r";
    char inserted[40];
    uint64_t random = 42;
    struct text *text = text_create(STR("start\n"));
    for (unsigned i = 0; i < 5000; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        uint32_t start = (uint32_t)(random >> 33) % (text_size(text) + 1);
        uint32_t end = start + (uint32_t)(random >> 20) % (text_size(text) - start + 1) % 50;
        size_t size = (random >> 50) % sizeof inserted;
        for (size_t j = 0; j < size; j++) {
            inserted[j] = alphabet[(random >> (j % 60)) % 4];
        }
        struct text *edited = text_replace(text, (struct span){start, end}, (struct str){inserted, size});
        struct text *fresh = text_create(text_str(edited));
        assert_same(edited, fresh);
        text_unref(fresh);
        text_unref(text);
        text = edited;
    }
    text_unref(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_with_lf_crlf_and_cr),
        cmocka_unit_test(the_last_line_may_be_empty),
        cmocka_unit_test(a_reference_keeps_it_alive),
        cmocka_unit_test(hash_tells_texts_apart),
        cmocka_unit_test(every_small_edit_equals_a_new_text),
        cmocka_unit_test(a_long_text_keeps_its_lines_over_random_edits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
