/* project: what is loaded from disk and open buffers, and what is emitted from it. */
#include "server/project.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

/* One open buffer. */
struct buffer {
    struct str path;
    struct text *text;
    struct syntax_tree *tree;
};

static bool open_buffer(void *context, struct str path, struct project_source *source) {
    const struct buffer *buffer = context;
    if (!str_equal(buffer->path, path)) {
        return false;
    }
    *source = (struct project_source){.text = buffer->text, .tree = buffer->tree};
    return true;
}

static void list_buffer(void *context, struct str folder, struct arena *arena, struct scan_files *files) {
    const struct buffer *buffer = context;
    if (str_equal(path_parent(arena, buffer->path), folder)) {
        vec_push(arena, &files->list, buffer->path);
    }
}

static bool mentions(const struct output *output, const char *word) { return strstr(output->code.data, word) != NULL; }

static void one_file_gives_its_name_and_several_the_folder(void **state) {
    struct folder folder;
    struct project project;
    folder_create(&folder);
    folder_write(&folder, "web/app.tova", "server {\n  fn f() { 1 }\n}\n");
    assert_true(project_load(&project, folder_path(&folder, "web"), NULL));
    assert_int_equal(project.units.count, 1);
    assert_str(project.units.items[0]->base, "app");
    assert_int_equal(project.errors, 0);
    project_finish(&project);
    folder_write(&folder, "web/page.tova", "browser {\n  effect { print(server.f()) }\n}\n");
    assert_true(project_load(&project, folder_path(&folder, "web/page.tova"), NULL));
    assert_int_equal(project.units.count, 1);
    assert_str(project.units.items[0]->base, "web");
    assert_int_equal(project.file_count, 2);
    assert_int_equal(project.errors, 0);
    project_finish(&project);
    folder_destroy(&folder);
}

static void a_folder_without_sources_is_no_project(void **state) {
    struct folder folder;
    struct project project;
    folder_create(&folder);
    assert_false(project_load(&project, folder.path, NULL));
    project_finish(&project);
    folder_destroy(&folder);
}

static void files_without_blocks_are_modules_of_their_own(void **state) {
    struct folder folder;
    struct project project;
    folder_create(&folder);
    folder_write(&folder, "a.tova", "fn f() { 1 }\n");
    folder_write(&folder, "b.tova", "// no server here\nfn g() { f() }\n");
    assert_true(project_load(&project, folder.path, NULL));
    assert_int_equal(project.units.count, 2);
    assert_str(project.units.items[1]->base, "b");
    assert_int_equal(project.units.items[0]->errors, 0);
    assert_int_equal(project.units.items[1]->errors, 1); /* f is another module's */
    project_finish(&project);
    assert_true(project_load(&project, folder_path(&folder, "b.tova"), NULL));
    assert_int_equal(project.file_count, 1);
    project_finish(&project);
    folder_write(&folder, "c.tova", "server {\n}\n");
    assert_true(project_load(&project, folder_path(&folder, "b.tova"), NULL));
    assert_int_equal(project.file_count, 3);
    assert_int_equal(project.units.count, 1);
    assert_int_equal(project.errors, 0);
    assert_ptr_equal(project_unit_of(&project, folder_path(&folder, "c.tova")), project.units.items[0]);
    assert_null(project_unit_of(&project, folder_path(&folder, "d.tova")));
    project_finish(&project);
    folder_destroy(&folder);
}

static void an_open_buffer_wins_over_the_disk(void **state) {
    struct folder folder;
    struct project project;
    struct emission emission;
    folder_create(&folder);
    folder_write(&folder, "app.tova", "server {\n  fn on_disk() { 1 }\n}\n");
    struct syntax_parser *parser = syntax_parser_create();
    struct buffer buffer = {folder_path(&folder, "app.tova"), text_create(STR("server {\n  fn unsaved() { 1 }\n}\n")),
                            NULL};
    buffer.tree = syntax_parse(parser, buffer.text);
    struct project_overlay overlay = {.context = &buffer, .open = open_buffer, .list = list_buffer};
    struct project_options options = {.overlay = &overlay};
    assert_true(project_load(&project, folder.path, &options));
    assert_int_equal(project.file_count, 1);
    project_emit(&project, project.units.items[0], 0, &emission);
    project_finish(&project); /* the emission outlives it */
    assert_true(mentions(&emission.outputs[0], "/rpc/unsaved"));
    assert_false(mentions(&emission.outputs[0], "on_disk"));
    emission_finish(&emission);
    syntax_tree_destroy(buffer.tree);
    text_unref(buffer.text);
    syntax_parser_destroy(parser);
    folder_destroy(&folder);
}

static void errors_are_counted_where_they_are_and_break_their_file_alone(void **state) {
    struct folder folder;
    struct project project;
    struct emission emission;
    folder_create(&folder);
    folder_write(&folder, "api.tova", "server {\n  fn f(a) { a }\n}\n");
    folder_write(&folder, "page.tova", "browser {\n  effect { print(server.f()) }\n}\n");
    assert_true(project_load(&project, folder.path, NULL));
    assert_int_equal(project.errors, 1);
    assert_false(project.units.items[0]->files[0].has_errors);
    assert_true(project.units.items[0]->files[1].has_errors);
    project_emit(&project, project.units.items[0], 4000, &emission);
    const struct output *server = emission_find(&emission, STR("server"));
    const struct output *client = emission_find(&emission, STR("client"));
    assert_non_null(server);
    assert_non_null(client);
    assert_false(server->broken);
    assert_true(client->broken);
    assert_int_equal(server->port, 4000);
    emission_finish(&emission);
    project_finish(&project);
    folder_destroy(&folder);
}

static void a_file_that_cannot_be_read_is_told_and_the_others_are_loaded(void **state) {
    struct folder folder;
    struct project project;
    folder_create(&folder);
    folder_write(&folder, "app.tova", "server {\n  fn f() { 1 }\n}\n");
    folder_write(&folder, "large.tova", "");
    assert_int_equal(truncate(folder_path(&folder, "large.tova").data, (off_t)64 * 1024 * 1024 + 1), 0);
    assert_true(project_load(&project, folder.path, NULL));
    assert_int_equal(project.file_count, 2);
    assert_int_equal(project.errors, 1);
    assert_null(project.units.items[0]->files[1].text);
    assert_str(diagnostic_code_name(project.units.items[0]->files[1].diagnostics.list.items[0].code), "E011");
    project_finish(&project);
    folder_destroy(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_file_gives_its_name_and_several_the_folder),
        cmocka_unit_test(files_without_blocks_are_modules_of_their_own),
        cmocka_unit_test(a_folder_without_sources_is_no_project),
        cmocka_unit_test(an_open_buffer_wins_over_the_disk),
        cmocka_unit_test(errors_are_counted_where_they_are_and_break_their_file_alone),
        cmocka_unit_test(a_file_that_cannot_be_read_is_told_and_the_others_are_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
