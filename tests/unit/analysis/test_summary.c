/* Summaries: what a file offers and asks for, and when its surface changes. */
#include "tests/unit/analysis/fixture.h"

#include <stdio.h>

static uint64_t surface_of(struct fixture *f, const char *source) {
    return package_file(f->package, fixture_add(f, "/p/a.tova", source)->path)->surface;
}

static void typing_inside_a_body_leaves_the_surface(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    uint64_t surface = surface_of(&f, "server { fn f(a: Int) { a } }");
    assert_true(surface == surface_of(&f, "server {\n  // a comment\n  fn f(a: Int) { b = a + 1\n b } }"));
    assert_true(surface == surface_of(&f, "server { fn f(a:Int) { other(a) } }"));
    assert_true(surface != surface_of(&f, "server { fn f(a: String) { a } }"));
    assert_true(surface != surface_of(&f, "server { fn g(a: Int) { a } }"));
    assert_true(surface != surface_of(&f, "server \"x\" { fn f(a: Int) { a } }"));
    assert_true(surface != surface_of(&f, "server { fn f(a: Int) { a }\n route GET \"/\" => f }"));
    assert_true(surface != surface_of(&f, "server { fn f(a: Int) { a.on(\"message\", f) }\n fn g() { 1 } }"));
    fixture_finish(&f);
}

static void a_summary_knows_parameters_documentation_and_spans(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova",
                "server {\n  /// Finds one.\n  pub fn get(id: Int, deep = false, ...more) -> User { id }\n}");
    const struct summary *summary = package_file_at(f.package, 0);
    const struct summary_symbol *get = &summary->symbols[0];
    assert_int_equal(summary->symbol_count, 1);
    assert_int_equal(get->parameter_count, 3);
    assert_str(get->parameters[0].type, "Int");
    assert_true(get->parameters[1].has_default);
    assert_true(get->parameters[2].rest);
    assert_str(get->documentation, "Finds one.");
    assert_str(get->signature, "fn get(id: Int, deep = false, ...more) -> User");
    assert_true(get->flags & SYMBOL_PUBLIC);
    assert_true(get->flags & SYMBOL_ENDPOINT);
    struct str whole = text_slice(f.trees[0]->text, get->span);
    assert_true(str_starts_with(whole, STR("pub fn get")));
    assert_str(text_slice(f.trees[0]->text, get->name_span), "get");
    fixture_finish(&f);
}

static void a_summary_outlives_its_analysis(void **state) {
    (void)state;
    struct atom_table *atoms = atom_table_create();
    struct syntax_parser *parser = syntax_parser_create();
    struct arena arena = {0};
    struct text *text = text_create(STR("server \"api\" { fn f(a: Int) { a }\n route GET \"/f/:a\" => f }"));
    struct syntax_tree *tree = syntax_parse(parser, text);
    text_unref(text);
    struct summary *summary = summary_create(analyze(&arena, atoms, STR("/p/a.tova"), tree));
    arena_finish(&arena);
    syntax_tree_destroy(tree);
    assert_str(summary->path, "/p/a.tova");
    assert_str(summary->symbols[0].parameters[0].type, "Int");
    assert_int_equal(summary->route_count, 1);
    assert_str(summary->routes[0].path, "/f/:a");
    assert_str(atom_text(atoms, summary->routes[0].method), "GET");
    assert_str(atom_text(atoms, summary->routes[0].handler), "f");
    assert_int_equal(summary->block_count, 1);
    summary_unref(summary);
    summary_unref(NULL);
    syntax_parser_destroy(parser);
    atom_table_destroy(atoms);
}

/* More names than a small table has room for, each of them twice, and a property that nothing declares. */
static void a_summary_has_every_spelling_of_its_file_once(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    enum { COUNT = 700 };
    struct str source = STR("print(somebody.nickname)\n");
    for (unsigned i = 0; i < COUNT; i++) {
        source = arena_printf(&f.arena, "%.*sname%u = 1\nprint(name%u)\n", STR_ARGUMENTS(source), i, i);
    }
    fixture_put(&f, "/p/a.tova", source);
    const struct summary *summary = package_file_at(f.package, 0);
    for (unsigned i = 0; i < COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "name%u", i);
        assert_true(summary_has_name(summary, fixture_atom(&f, name)));
    }
    assert_true(summary_has_name(summary, fixture_atom(&f, "nickname")));
    assert_false(summary_has_name(summary, fixture_atom(&f, "name")));
    assert_int_equal(summary->name_count, COUNT + 3);
    fixture_finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_inside_a_body_leaves_the_surface),
        cmocka_unit_test(a_summary_knows_parameters_documentation_and_spans),
        cmocka_unit_test(a_summary_outlives_its_analysis),
        cmocka_unit_test(a_summary_has_every_spelling_of_its_file_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
