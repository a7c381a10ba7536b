/* output: what is written, what is left alone, and that nothing leads outside the output folder. */
#include "server/output.h"
#include "codegen/runtime.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

struct fixture {
    struct folder folder;
    struct arena arena;
    struct emission emission;
    struct output outputs[3];
    struct output_place place;
    struct output_report report;
};

static void add_output(struct fixture *fixture, const char *name, const char *code, bool broken) {
    struct output *output = &fixture->outputs[fixture->emission.count++];
    memset(output, 0, sizeof *output);
    output->name = str_from_c(name);
    output->label = STR("shared");
    output->broken = broken;
    strbuf_init(&output->code, 10000);
    strbuf_add_c(&output->code, code);
}

static void begin(struct fixture *fixture) {
    memset(fixture, 0, sizeof *fixture);
    folder_create(&fixture->folder);
    fixture->emission.base = STR("app");
    fixture->emission.outputs = fixture->outputs;
    fixture->place = output_place(&fixture->arena, fixture->folder.path, STR("web"));
}

static void clear_outputs(struct fixture *fixture) {
    for (uint32_t i = 0; i < fixture->emission.count; i++) {
        strbuf_finish(&fixture->outputs[i].code);
    }
    fixture->emission.count = 0;
}

static void end(struct fixture *fixture) {
    clear_outputs(fixture);
    arena_finish(&fixture->arena);
    folder_destroy(&fixture->folder);
}

static bool write_outputs(struct fixture *fixture) {
    return output_write(&fixture->arena, &fixture->place, &fixture->emission, &fixture->report);
}

static enum output_outcome outcome_of(const struct fixture *fixture, const char *name) {
    for (unsigned i = 0; i < fixture->report.files.count; i++) {
        if (str_equal(fixture->report.files.items[i].name, str_from_c(name))) {
            return fixture->report.files.items[i].outcome;
        }
    }
    fail_msg("%s is not in the report", name);
    return OUTPUT_FAILED;
}

/* What the report says of a file is what the disk says; of a file that is not there it says so. */
static void assert_told_as_on_disk(struct fixture *fixture, const char *name, bool there) {
    struct str path = arena_printf(&fixture->arena, ".tova-out/web/%s", name);
    for (unsigned i = 0; i < fixture->report.files.count; i++) {
        const struct output_file *file = &fixture->report.files.items[i];
        if (str_equal(file->name, str_from_c(name))) {
            struct stat status;
            assert_int_equal(stat(folder_path(&fixture->folder, path.data).data, &status) == 0, there);
            assert_int_equal(file->is_there, there);
            assert_int_equal(file->size, there ? status.st_size : 0);
            assert_int_equal(file->modified.tv_sec, there ? status.st_mtim.tv_sec : 0);
            assert_int_equal(file->modified.tv_nsec, there ? status.st_mtim.tv_nsec : 0);
            return;
        }
    }
    fail_msg("%s is not in the report", name);
}

static void a_report_says_what_is_on_disk(void **state) {
    struct fixture fixture;
    begin(&fixture);
    for (int round = 0; round < 2; round++) { /* written, and the same */
        clear_outputs(&fixture);
        add_output(&fixture, "app.client.js", "good;\n", false);
        assert_true(write_outputs(&fixture));
        assert_told_as_on_disk(&fixture, "app.client.js", true);
        assert_told_as_on_disk(&fixture, "app.client.js.map", true);
    }
    clear_outputs(&fixture);
    add_output(&fixture, "app.client.js", "bad;\n", true);
    add_output(&fixture, "app.server.js", "bad;\n", true);
    assert_true(write_outputs(&fixture));
    assert_told_as_on_disk(&fixture, "app.client.js", true);
    assert_told_as_on_disk(&fixture, "app.server.js", false);
    end(&fixture);
}

static void an_output_its_map_and_its_runtime_are_written(void **state) {
    struct fixture fixture;
    begin(&fixture);
    add_output(&fixture, "app.shared.js", "export const a = 1;\n", false);
    fixture.outputs[0].runtime = runtime_only((enum runtime_module)0);
    assert_true(write_outputs(&fixture));
    assert_int_equal(outcome_of(&fixture, "app.shared.js"), OUTPUT_WRITTEN);
    assert_int_equal(outcome_of(&fixture, "app.shared.js.map"), OUTPUT_WRITTEN);
    struct str text = folder_read(&fixture.folder, ".tova-out/web/app.shared.js");
    assert_true(str_starts_with(text, STR("export const a = 1;\n")));
    assert_non_null(strstr(text.data, "sourceMappingURL=app.shared.js.map"));
    struct str runtime = arena_printf(&fixture.arena, ".tova-out/runtime/%.*s",
                                      STR_ARGUMENTS(runtime_file_name((enum runtime_module)0)));
    assert_true(folder_has(&fixture.folder, runtime.data));
    end(&fixture);
}

static void what_is_the_same_is_left_alone(void **state) {
    struct fixture fixture;
    struct stat before, after;
    begin(&fixture);
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_true(write_outputs(&fixture));
    const char *path = folder_path(&fixture.folder, ".tova-out/web/app.shared.js").data;
    assert_int_equal(stat(path, &before), 0);
    assert_true(write_outputs(&fixture));
    assert_int_equal(outcome_of(&fixture, "app.shared.js"), OUTPUT_SAME);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(fixture.report.written, 0);
    end(&fixture);
}

static void a_change_comes_by_rename(void **state) {
    struct fixture fixture;
    struct stat before, after;
    begin(&fixture);
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_true(write_outputs(&fixture));
    const char *path = folder_path(&fixture.folder, ".tova-out/web/app.shared.js").data;
    assert_int_equal(stat(path, &before), 0);
    FILE *reader = fopen(path, "rb");
    assert_non_null(reader);
    clear_outputs(&fixture);
    add_output(&fixture, "app.shared.js", "2;\n", false);
    assert_true(write_outputs(&fixture));
    assert_int_equal(stat(path, &after), 0);
    assert_int_not_equal(before.st_ino, after.st_ino);
    assert_int_equal(fgetc(reader), '1'); /* who reads the old one reads it to its end */
    fclose(reader);
    end(&fixture);
}

static void a_broken_output_keeps_the_last_good_one(void **state) {
    struct fixture fixture;
    begin(&fixture);
    add_output(&fixture, "app.client.js", "good;\n", false);
    assert_true(write_outputs(&fixture));
    clear_outputs(&fixture);
    add_output(&fixture, "app.client.js", "bad;\n", true);
    add_output(&fixture, "app.server.js", "bad;\n", true);
    assert_true(write_outputs(&fixture));
    assert_int_equal(outcome_of(&fixture, "app.client.js"), OUTPUT_KEPT);
    assert_int_equal(outcome_of(&fixture, "app.server.js"), OUTPUT_WITHHELD);
    assert_true(str_starts_with(folder_read(&fixture.folder, ".tova-out/web/app.client.js"), STR("good;\n")));
    assert_false(folder_has(&fixture.folder, ".tova-out/web/app.server.js"));
    end(&fixture);
}

static void folders_that_are_links_are_not_written_through(void **state) {
    static const char *const links[] = {".tova-out", ".tova-out/web", ".tova-out/runtime"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct fixture fixture;
        begin(&fixture);
        folder_write(&fixture.folder, "elsewhere/keep.txt", "mine");
        if (i > 0) {
            folder_write(&fixture.folder, ".tova-out/x", "");
        }
        assert_int_equal(
            symlink(folder_path(&fixture.folder, "elsewhere").data, folder_path(&fixture.folder, links[i]).data), 0);
        add_output(&fixture, "app.shared.js", "1;\n", false);
        fixture.outputs[0].runtime = runtime_only((enum runtime_module)0);
        assert_false(write_outputs(&fixture));
        assert_int_equal(fixture.report.failed, 1);
        assert_int_equal(rmdir(folder_path(&fixture.folder, "elsewhere").data), -1);
        assert_int_equal(unlink(folder_path(&fixture.folder, "elsewhere/keep.txt").data), 0);
        assert_int_equal(rmdir(folder_path(&fixture.folder, "elsewhere").data), 0); /* nothing else was in it */
        end(&fixture);
    }
}

static void a_file_that_is_a_link_is_replaced_and_not_followed(void **state) {
    struct fixture fixture;
    begin(&fixture);
    folder_write(&fixture.folder, "victim.txt", "mine");
    folder_write(&fixture.folder, ".tova-out/web/x", "");
    assert_int_equal(symlink(folder_path(&fixture.folder, "victim.txt").data,
                             folder_path(&fixture.folder, ".tova-out/web/app.shared.js").data),
                     0);
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_true(write_outputs(&fixture));
    assert_str(folder_read(&fixture.folder, "victim.txt"), "mine");
    struct stat status;
    assert_int_equal(lstat(folder_path(&fixture.folder, ".tova-out/web/app.shared.js").data, &status), 0);
    assert_true(S_ISREG(status.st_mode));
    end(&fixture);
}

static void a_temporary_name_that_is_taken_does_no_harm(void **state) {
    struct fixture fixture;
    begin(&fixture);
    folder_write(&fixture.folder, "victim.txt", "mine");
    folder_write(&fixture.folder, ".tova-out/web/app.shared.js", "0;\n"); /* is replaced */
    struct str name = arena_printf(&fixture.arena, ".tova-out/web/.tova-%ld.tmp", (long)getpid());
    assert_int_equal(
        symlink(folder_path(&fixture.folder, "victim.txt").data, folder_path(&fixture.folder, name.data).data), 0);
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_true(write_outputs(&fixture));
    assert_str(folder_read(&fixture.folder, "victim.txt"), "mine");
    assert_false(folder_has(&fixture.folder, name.data));
    end(&fixture);
}

static void names_that_lead_elsewhere_are_refused(void **state) {
    static const char *const names[] = {"../app.js", "a/b.js", "..", ".", "", "/etc/x.js"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct fixture fixture;
        begin(&fixture);
        add_output(&fixture, names[i], "1;\n", false);
        assert_false(write_outputs(&fixture));
        assert_int_equal(outcome_of(&fixture, names[i]), OUTPUT_FAILED);
        assert_false(folder_has(&fixture.folder, ".tova-out/app.js"));
        end(&fixture);
    }
}

static void places_that_lead_elsewhere_are_refused(void **state) {
    struct fixture fixture;
    begin(&fixture);
    fixture.place.below = STR("web/../../../outside");
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_false(write_outputs(&fixture));
    assert_int_equal(fixture.report.failed, 1);
    end(&fixture);
}

static void a_folder_in_the_place_of_a_file_is_told(void **state) {
    struct fixture fixture;
    begin(&fixture);
    folder_write(&fixture.folder, ".tova-out/web/app.shared.js/x", "");
    add_output(&fixture, "app.shared.js", "1;\n", false);
    assert_false(write_outputs(&fixture));
    assert_int_equal(outcome_of(&fixture, "app.shared.js"), OUTPUT_FAILED);
    assert_true(str_starts_with(fixture.report.files.items[0].error, STR("it cannot be written: ")));
    assert_int_equal(outcome_of(&fixture, "app.shared.js.map"), OUTPUT_WRITTEN);
    end(&fixture);
}

/* Root may write everywhere, so it becomes nobody for a moment. */
static void a_folder_that_may_not_be_written_is_told(void **state) {
    enum { NOBODY = 65534 };
    struct fixture fixture;
    begin(&fixture);
    folder_write(&fixture.folder, ".tova-out/web/x", "");
    assert_int_equal(chmod(fixture.folder.path.data, 0755), 0);
    assert_int_equal(chmod(folder_path(&fixture.folder, ".tova-out/web").data, 0555), 0);
    add_output(&fixture, "app.shared.js", "1;\n", false);
    uid_t user = geteuid();
    assert_true(user != 0 || seteuid(NOBODY) == 0);
    bool written = write_outputs(&fixture);
    assert_int_equal(seteuid(user), 0);
    assert_false(written);
    assert_int_equal(outcome_of(&fixture, "app.shared.js"), OUTPUT_FAILED);
    end(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_says_what_is_on_disk),
        cmocka_unit_test(an_output_its_map_and_its_runtime_are_written),
        cmocka_unit_test(what_is_the_same_is_left_alone),
        cmocka_unit_test(a_change_comes_by_rename),
        cmocka_unit_test(a_broken_output_keeps_the_last_good_one),
        cmocka_unit_test(folders_that_are_links_are_not_written_through),
        cmocka_unit_test(a_file_that_is_a_link_is_replaced_and_not_followed),
        cmocka_unit_test(a_temporary_name_that_is_taken_does_no_harm),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(places_that_lead_elsewhere_are_refused),
        cmocka_unit_test(a_folder_in_the_place_of_a_file_is_told),
        cmocka_unit_test(a_folder_that_may_not_be_written_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
