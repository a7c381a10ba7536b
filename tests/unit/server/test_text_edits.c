/* text_edits: applied, they give the text after; they are small, in order, and cut no character. */
#include "server/features/text_edits.h"

#include "tests/unit/unit.h"

#include <string.h>

static uint32_t next(uint32_t *state, uint32_t limit) {
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*state * limit) >> 32);
}

static struct str applied(struct arena *arena, struct str before, const struct text_edits *edits) {
    struct str result = {0};
    uint32_t at = 0;
    for (unsigned i = 0; i < edits->list.count; i++) {
        struct text_edit edit = edits->list.items[i];
        assert_true(edit.span.start >= at && edit.span.start <= edit.span.end && edit.span.end <= before.size);
        result = arena_concat(arena, result, str_slice(before, at, edit.span.start));
        result = arena_concat(arena, result, edit.text);
        at = edit.span.end;
    }
    return arena_concat(arena, result, str_slice(before, at, before.size));
}

static bool inside(struct str text, size_t at) {
    bool character = at < text.size && ((unsigned char)text.data[at] & 0xc0) == 0x80;
    return character || (at > 0 && at < text.size && text.data[at - 1] == '\r' && text.data[at] == '\n');
}

static struct text_edits checked(struct arena *arena, struct str before, struct str after) {
    struct text_edits edits = text_edits_between(arena, before, after);
    assert_true(str_equal(applied(arena, before, &edits), after));
    for (unsigned i = 0; i < edits.list.count; i++) {
        struct text_edit edit = edits.list.items[i];
        assert_false(inside(before, edit.span.start) || inside(before, edit.span.end));
        assert_true(edit.text.size > 0 || edit.span.start < edit.span.end);
    }
    return edits;
}

static void same_texts_need_no_edit(void **state) {
    struct arena arena = {0};
    assert_int_equal(checked(&arena, STR("a\nb\n"), STR("a\nb\n")).list.count, 0);
    assert_int_equal(checked(&arena, STR(""), STR("")).list.count, 0);
    arena_finish(&arena);
}

static void only_the_characters_that_differ_are_replaced(void **state) {
    struct arena arena = {0};
    struct text_edits edits = checked(&arena, STR("one\ntwo\nthree\nfour\n"), STR("one\ntwelve\nthree\nfor\n"));
    assert_int_equal(edits.list.count, 2);
    assert_int_equal(edits.list.items[0].span.start, 6);
    assert_true(str_equal(edits.list.items[0].text, STR("elve")));
    assert_int_equal(edits.list.items[1].span.start, 16);
    assert_int_equal(edits.list.items[1].text.size, 0);
    arena_finish(&arena);
}

static void characters_and_line_ends_stay_whole(void **state) {
    struct arena arena = {0};
    checked(&arena, STR("\"é\""), STR("\"è\""));
    checked(&arena, STR("a\r\nb"), STR("a\nb"));
    checked(&arena, STR("a\rb"), STR("a\r\nb"));
    checked(&arena, STR("🎉"), STR("🎊🎉"));
    arena_finish(&arena);
}

static void texts_that_have_nothing_in_common_are_one_edit(void **state) {
    struct arena arena = {0};
    struct str before = {0}, after = {0};
    for (int i = 0; i < 500; i++) {
        before = arena_concat(&arena, before, arena_printf(&arena, "b%d\n", i));
        after = arena_concat(&arena, after, arena_printf(&arena, "a%d\n", i * 7));
    }
    assert_int_equal(checked(&arena, before, after).list.count, 1);
    arena_finish(&arena);
}

static void random_changes_are_found(void **state) {
    static const char *const lines[] = {"a\n", "b\n", "a\r\n", "é\n", "🎉 x\n", "\n", "\r", "long line of text\n"};
    uint32_t seed = 11;
    for (int round = 0; round < 3000; round++) {
        struct arena arena = {0};
        struct str texts[2] = {{0}, {0}};
        uint32_t count = next(&seed, 30);
        for (uint32_t i = 0; i < count; i++) {
            struct str line = str_from_c(lines[next(&seed, 8)]);
            uint32_t which = next(&seed, 8);
            for (uint32_t k = 0; k < 2; k++) {
                texts[k] = which == k ? texts[k] : arena_concat(&arena, texts[k], line);
            }
        }
        checked(&arena, texts[0], texts[1]);
        arena_finish(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_texts_need_no_edit),
        cmocka_unit_test(only_the_characters_that_differ_are_replaced),
        cmocka_unit_test(characters_and_line_ends_stay_whole),
        cmocka_unit_test(texts_that_have_nothing_in_common_are_one_edit),
        cmocka_unit_test(random_changes_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
