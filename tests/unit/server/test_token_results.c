/* token_results: what is kept, and that a change applied to the old data gives the new. */
#include "server/lsp/token_results.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void an_answer_is_found_by_its_id_alone(void **state) {
    struct token_results results = {0};
    const uint32_t data[] = {1, 2, 3, 4, 5};
    assert_null(token_results_find(&results, STR("/a"), STR("1")));
    uint32_t id = token_results_put(&results, STR("/a"), data, 5);
    const struct token_result *found = token_results_find(&results, STR("/a"), STR("1"));
    assert_int_equal(id, 1);
    assert_non_null(found);
    assert_int_equal(found->count, 5);
    assert_memory_equal(found->data, data, sizeof data);
    assert_null(token_results_find(&results, STR("/b"), STR("1")));
    assert_null(token_results_find(&results, STR("/a"), STR("2")));
    assert_null(token_results_find(&results, STR("/a"), STR("")));
    assert_null(token_results_find(&results, STR("/a"), STR("1x")));
    assert_null(token_results_find(&results, STR("/a"), STR("99999999999999999999999")));
    token_results_finish(&results);
}

static void the_newest_answer_of_a_document_replaces_the_older(void **state) {
    struct token_results results = {0};
    token_results_put(&results, STR("/a"), (const uint32_t[]){1}, 1);
    token_results_put(&results, STR("/a"), (const uint32_t[]){2}, 1);
    assert_null(token_results_find(&results, STR("/a"), STR("1")));
    assert_int_equal(token_results_find(&results, STR("/a"), STR("2"))->data[0], 2);
    token_results_finish(&results);
}

static void the_document_that_was_asked_for_longest_ago_is_forgotten(void **state) {
    struct token_results results = {0};
    char name[2] = {'a', '\0'};
    for (unsigned i = 0; i <= TOKEN_RESULTS; i++) {
        name[0] = (char)('a' + i);
        token_results_put(&results, (struct str){name, 1}, NULL, 0);
    }
    assert_null(token_results_find(&results, STR("a"), STR("1")));
    assert_non_null(token_results_find(&results, STR("b"), STR("2")));
    token_results_finish(&results);
}

/* Few numbers that are often alike, so that beginnings and ends meet in every way. */
static size_t fill(uint32_t *data, size_t most) {
    size_t count = (size_t)rand() % (most + 1);
    for (size_t i = 0; i < count; i++) {
        data[i] = (uint32_t)rand() % 2;
    }
    return count;
}

static void a_change_applied_to_the_old_data_gives_the_new(void **state) {
    enum { MOST = 12 };
    srand(7);
    for (int round = 0; round < 20000; round++) {
        uint32_t before[MOST];
        uint32_t after[MOST];
        uint32_t made[2 * MOST];
        struct token_change change;
        struct token_result old = {.data = before, .count = fill(before, MOST)};
        size_t count = fill(after, MOST);
        bool changed = token_results_change(&old, after, count, &change);
        size_t rest = old.count - change.start - change.delete_count;
        assert_int_equal(changed, old.count != count || memcmp(before, after, count * sizeof *after) != 0);
        memcpy(made, before, change.start * sizeof *made);
        memcpy(made + change.start, after + change.start, change.insert_count * sizeof *made);
        memcpy(made + change.start + change.insert_count, before + change.start + change.delete_count,
               rest * sizeof *made);
        assert_int_equal(change.start + change.insert_count + rest, count);
        assert_memory_equal(made, after, count * sizeof *made);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_found_by_its_id_alone),
        cmocka_unit_test(the_newest_answer_of_a_document_replaces_the_older),
        cmocka_unit_test(the_document_that_was_asked_for_longest_ago_is_forgotten),
        cmocka_unit_test(a_change_applied_to_the_old_data_gives_the_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
