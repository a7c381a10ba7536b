/* diagnostic: the registry, and lists with their limit and order. */
#include "parser/base/limits.h"
#include "parser/text/diagnostic.h"
#include "tests/unit/unit.h"

#include <ctype.h>

static bool is_code(struct str name) {
    if (name.size != 4) {
        return false;
    }
    return isupper((unsigned char)name.data[0]) && isdigit((unsigned char)name.data[1]) &&
           isdigit((unsigned char)name.data[2]) && isdigit((unsigned char)name.data[3]);
}

static void codes_are_unique_and_have_a_title(void **state) {
    for (unsigned i = 0; i < DIAGNOSTIC_CODE_COUNT; i++) {
        struct str name = diagnostic_code_name((enum diagnostic_code)i);
        assert_true(is_code(name));
        assert_true(diagnostic_code_title((enum diagnostic_code)i).size > 0);
        for (unsigned j = 0; j < i; j++) {
            assert_false(str_equal(name, diagnostic_code_name((enum diagnostic_code)j)));
        }
    }
}

static void add_formats_and_takes_the_codes_severity(void **state) {
    struct arena arena = {0};
    struct diagnostic_list list = {0};
    struct diagnostic *added =
        diagnostic_add(&arena, &list, DIAGNOSTIC_UNUSED, (struct span){2, 5}, "`%s` is unused", "x");
    assert_ptr_equal(added, &list.list.items[0]);
    assert_str(added->message, "`x` is unused");
    assert_int_equal(added->severity, SEVERITY_HINT);
    assert_int_equal(added->fix.title.size, 0);
    assert_int_equal(added->related.message.size, 0);
    assert_str(diagnostic_severity_name(added->severity), "hint");
    assert_str(diagnostic_severity_name(SEVERITY_ERROR), "error");
    arena_finish(&arena);
}

static void a_copy_borrows_nothing(void **state) {
    struct arena arena = {0}, other = {0};
    struct diagnostic_list list = {0};
    struct diagnostic *added = diagnostic_add(&arena, &list, DIAGNOSTIC_UNUSED, (struct span){2, 5}, "`%s` is unused", "x");
    added->related = (struct diagnostic_related){arena_str(&arena, STR("/a.tova")), {1, 2}, arena_str(&arena, STR("here"))};
    added->fix = (struct diagnostic_fix){arena_str(&arena, STR("Remove it")), {2, 5}, arena_str(&arena, STR("y")), true};
    added->tags = 1 << DIAGNOSTIC_TAG_UNNECESSARY;
    struct diagnostic_list copy = diagnostic_list_copy(&other, &list);
    arena_finish(&arena);
    assert_int_equal(copy.list.count, 1);
    const struct diagnostic *kept = &copy.list.items[0];
    assert_str(kept->message, "`x` is unused");
    assert_str(kept->related.path, "/a.tova");
    assert_str(kept->related.message, "here");
    assert_str(kept->fix.title, "Remove it");
    assert_str(kept->fix.replacement, "y");
    assert_int_equal(kept->code, DIAGNOSTIC_UNUSED);
    assert_int_equal(kept->span.end, 5);
    assert_int_equal(kept->tags, 1 << DIAGNOSTIC_TAG_UNNECESSARY);
    arena_finish(&other);
}

static void beyond_the_limit_nothing_is_added(void **state) {
    struct arena arena = {0};
    struct diagnostic_list list = {0};
    for (unsigned i = 0; i < LIMIT_DIAGNOSTICS + 10; i++) {
        diagnostic_add(&arena, &list, DIAGNOSTIC_SYNTAX, (struct span){i, i}, "%u", i)->tags = 1;
    }
    assert_int_equal(list.list.count, LIMIT_DIAGNOSTICS);
    assert_str(list.list.items[LIMIT_DIAGNOSTICS - 1].message, "999");
    arena_finish(&arena);
}

static void sort_is_stable_by_start_end_and_code(void **state) {
    struct arena arena = {0};
    struct diagnostic_list list = {0};
    for (unsigned i = 0; i < 500; i++) {
        unsigned start = i * 7919 % 13;
        enum diagnostic_code code = i % 2 == 0 ? DIAGNOSTIC_SYNTAX : DIAGNOSTIC_UNCLOSED;
        diagnostic_add(&arena, &list, code, (struct span){start, start + i % 3}, "%03u", i);
    }
    diagnostic_sort(&list);
    for (unsigned i = 1; i < list.list.count; i++) {
        const struct diagnostic *a = &list.list.items[i - 1];
        const struct diagnostic *b = &list.list.items[i];
        assert_true(a->span.start <= b->span.start);
        if (a->span.start != b->span.start) {
            continue;
        }
        assert_true(a->span.end <= b->span.end);
        if (a->span.end != b->span.end) {
            continue;
        }
        assert_true(a->code <= b->code);
        if (a->code == b->code) {
            assert_true(str_compare(a->message, b->message) < 0);
        }
    }
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_unique_and_have_a_title),
        cmocka_unit_test(add_formats_and_takes_the_codes_severity),
        cmocka_unit_test(a_copy_borrows_nothing),
        cmocka_unit_test(beyond_the_limit_nothing_is_added),
        cmocka_unit_test(sort_is_stable_by_start_end_and_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
