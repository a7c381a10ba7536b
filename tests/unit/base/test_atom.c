/* atom: one number for each name, for the life of the table. */
#include "parser/base/atom.h"
#include "tests/unit/unit.h"

static struct str numbered_name(char *buffer, size_t size, unsigned number) {
    return (struct str){buffer, (size_t)snprintf(buffer, size, "name_%u", number)};
}

static void same_bytes_give_the_same_number(void **state) {
    struct atom_table *table = atom_table_create();
    atom_id a = atom_intern(table, STR("alpha"));
    assert_int_not_equal(a, ATOM_NONE);
    assert_int_equal(atom_intern(table, STR("alpha")), a);
    assert_int_not_equal(atom_intern(table, STR("Alpha")), a);
    assert_str(atom_text(table, a), "alpha");
    atom_table_destroy(table);
}

static void the_empty_name_is_none(void **state) {
    struct atom_table *table = atom_table_create();
    assert_int_equal(atom_intern(table, STR("")), ATOM_NONE);
    assert_int_equal(atom_find(table, (struct str){0}), ATOM_NONE);
    assert_str(atom_text(table, ATOM_NONE), "");
    assert_int_equal(atom_count(table), 1);
    atom_table_destroy(table);
}

static void find_adds_nothing(void **state) {
    struct atom_table *table = atom_table_create();
    assert_int_equal(atom_find(table, STR("x")), ATOM_NONE);
    assert_int_equal(atom_count(table), 1);
    atom_id x = atom_intern(table, STR("x"));
    assert_int_equal(atom_find(table, STR("x")), x);
    atom_table_destroy(table);
}

static void texts_stay_where_they_are_while_the_table_grows(void **state) {
    struct atom_table *table = atom_table_create();
    char buffer[32];
    const char *first = atom_text(table, atom_intern(table, numbered_name(buffer, sizeof buffer, 0))).data;
    for (unsigned i = 0; i < 50000; i++) {
        assert_int_equal(atom_intern(table, numbered_name(buffer, sizeof buffer, i)), i + 1);
    }
    assert_int_equal(atom_count(table), 50001);
    assert_ptr_equal(atom_text(table, 1).data, first);
    for (unsigned i = 0; i < 50000; i++) {
        assert_true(str_equal(atom_text(table, i + 1), numbered_name(buffer, sizeof buffer, i)));
    }
    atom_table_destroy(table);
    atom_table_destroy(NULL);
}

static void names_with_nul_bytes_are_names(void **state) {
    struct atom_table *table = atom_table_create();
    atom_id a = atom_intern(table, STR("a\0b"));
    assert_int_not_equal(a, atom_intern(table, STR("a\0c")));
    assert_int_equal(atom_text(table, a).size, 3);
    atom_table_destroy(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_give_the_same_number),
        cmocka_unit_test(the_empty_name_is_none),
        cmocka_unit_test(find_adds_nothing),
        cmocka_unit_test(texts_stay_where_they_are_while_the_table_grows),
        cmocka_unit_test(names_with_nul_bytes_are_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
