/* mirror: what was recorded is read again, and a recording that breaks off ends there. */
#include "server/mirror.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct str whole(struct arena *arena, const char *path) {
    FILE *file = fopen(path, "re");
    char *bytes = arena_alloc(arena, 4096);
    assert_non_null(file);
    size_t size = fread(bytes, 1, 4096, file);
    fclose(file);
    return (struct str){bytes, size};
}

static void pieces_come_back_with_their_times(void **state) {
    struct arena arena = {0};
    struct mirror mirror;
    struct folder folder;
    folder_create(&folder);
    struct str path = arena_concat(&arena, folder.path, STR("/recording"));
    struct str piece;
    uint64_t microseconds;
    assert_true(mirror_open(&mirror, path.data, 1000000));
    mirror_add(&mirror, 1000000, STR("Content-Length: 2\r\n\r\n{}"));
    mirror_add(&mirror, 3500000, (struct str){"a\n7 3\n\0b", 8});
    mirror_add(&mirror, 3500999, STR(""));
    mirror_close(&mirror);
    assert_true(mirror_open(&mirror, path.data, 0)); /* nothing is written over */
    mirror_close(&mirror);
    struct str second = whole(&arena, arena_concat(&arena, path, STR(".2")).data);
    assert_true(mirror_begin(&second));
    assert_int_equal(second.size, 0);

    struct str recording = whole(&arena, path.data);
    assert_true(mirror_begin(&recording));
    assert_true(mirror_next(&recording, &piece, &microseconds));
    assert_str(piece, "Content-Length: 2\r\n\r\n{}");
    assert_int_equal(microseconds, 0);
    assert_true(mirror_next(&recording, &piece, &microseconds));
    assert_int_equal(piece.size, 8);
    assert_memory_equal(piece.data, "a\n7 3\n\0b", 8);
    assert_int_equal(microseconds, 2500);
    assert_true(mirror_next(&recording, &piece, &microseconds));
    assert_int_equal(piece.size, 0);
    assert_false(mirror_next(&recording, &piece, &microseconds));
    folder_destroy(&folder);
    arena_finish(&arena);
}

static void without_a_path_nothing_is_recorded(void **state) {
    struct mirror mirror;
    assert_true(mirror_open(&mirror, NULL, 0));
    mirror_add(&mirror, 1, STR("x"));
    mirror_close(&mirror);
}

static void what_is_no_recording_is_none(void **state) {
    struct str piece, other = STR("server { }\n");
    uint64_t microseconds;
    assert_false(mirror_begin(&other));
    static const char *const broken[] = {"", "1", "1 ", "1 5", "1 5\nabcd", "x 1\na\n", "1 99999999999999999999\na", "-1 1\na\n"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct str recording = str_from_c(broken[i]);
        assert_false(mirror_next(&recording, &piece, &microseconds));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_with_their_times),
        cmocka_unit_test(without_a_path_nothing_is_recorded),
        cmocka_unit_test(what_is_no_recording_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
