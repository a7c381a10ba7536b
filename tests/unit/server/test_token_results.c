/* token_results: what is kept, and that a change applied to the old data gives the new. */
#include "server/lsp/token_results.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct token_results results;
    struct arena arena;
};

static struct fixture begin(uint64_t process) {
    struct fixture fixture = {0};
    token_results_init(&fixture.results, process);
    return fixture;
}

static void end(struct fixture *fixture) {
    token_results_finish(&fixture->results);
    arena_finish(&fixture->arena);
}

static struct str put(struct fixture *fixture, struct str path, uint32_t number) {
    return token_results_put(&fixture->results, &fixture->arena, path, &number, 1);
}

static const struct token_result *find(const struct fixture *fixture, struct str path, struct str id) {
    return token_results_find(&fixture->results, path, id);
}

static void an_answer_is_found_by_its_id_alone(void **state) {
    struct fixture fixture = begin(7);
    assert_null(find(&fixture, STR("/a"), STR("1")));
    struct str id = put(&fixture, STR("/a"), 5);
    const struct token_result *found = find(&fixture, STR("/a"), id);
    assert_non_null(found);
    assert_int_equal(found->count, 1);
    assert_int_equal(found->data[0], 5);
    assert_null(find(&fixture, STR("/b"), id));
    assert_null(find(&fixture, STR("/a"), STR("")));
    assert_null(find(&fixture, STR("/a"), STR("1")));
    assert_null(find(&fixture, STR("/a"), arena_concat(&fixture.arena, id, STR("0"))));
    assert_null(find(&fixture, STR("/a"), str_slice(id, 0, id.size - 1)));
    end(&fixture);
}

static void the_newest_answer_of_a_document_replaces_the_older(void **state) {
    struct fixture fixture = begin(7);
    struct str older = put(&fixture, STR("/a"), 1), newer = put(&fixture, STR("/a"), 2);
    assert_null(find(&fixture, STR("/a"), older));
    assert_int_equal(find(&fixture, STR("/a"), newer)->data[0], 2);
    end(&fixture);
}

static void the_document_that_was_asked_for_longest_ago_is_forgotten(void **state) {
    struct fixture fixture = begin(7);
    struct str ids[TOKEN_RESULTS + 1];
    char name[2] = {'a', '\0'};
    for (unsigned i = 0; i <= TOKEN_RESULTS; i++) {
        name[0] = (char)('a' + i);
        ids[i] = put(&fixture, (struct str){name, 1}, i);
    }
    assert_null(find(&fixture, STR("a"), ids[0]));
    assert_non_null(find(&fixture, STR("b"), ids[1]));
    end(&fixture);
}

static void an_id_of_another_process_names_nothing(void **state) {
    struct fixture before = begin(7), after = begin(8);
    struct str id = put(&before, STR("/a"), 1);
    put(&after, STR("/a"), 2);
    assert_null(find(&after, STR("/a"), id));
    end(&before);
    end(&after);
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
        cmocka_unit_test(an_id_of_another_process_names_nothing),
        cmocka_unit_test(a_change_applied_to_the_old_data_gives_the_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
