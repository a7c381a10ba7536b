/* unit: cmocka with what it needs before it, and assertions about the project's own types.
 *
 * A test is `static void name_of_behaviour(void **state)`; a program ends with
 * `return cmocka_run_group_tests(tests, NULL, NULL)`. Output is TAP (tests/unit/meson.build).
 */
#ifndef TOVA_TESTS_UNIT_UNIT_H
#define TOVA_TESTS_UNIT_UNIT_H

#include "parser/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define assert_str(actual, expected) unit_assert_str((actual), (expected), __FILE__, __LINE__)

/* Behind assert_str: shows both texts when they differ. */
static inline void unit_assert_str(struct str actual, const char *expected, const char *file, int line) {
    if (str_equal(actual, str_from_c(expected))) {
        return;
    }
    fprintf(stderr, "is       \"%.*s\"\nexpected \"%s\"\n", STR_ARGUMENTS(actual), expected);
    _fail(file, line);
}

#endif
