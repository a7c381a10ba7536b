/* Packages: files in order, servers in order, who answers what. */
#include "tests/unit/analysis/fixture.h"

static const struct block_key unnamed = {BLOCK_SERVER, ATOM_NONE};

static void files_are_kept_in_order_of_path_and_replaced(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/b.tova", "fn b() { 1 }");
    fixture_add(&f, "/p/a.tova", "fn a() { 1 }");
    fixture_add(&f, "/p/b.tova", "fn c() { 1 }");
    assert_int_equal(package_file_count(f.package), 2);
    assert_str(package_file_at(f.package, 0)->path, "/p/a.tova");
    const struct block_key module = {BLOCK_MODULE, ATOM_NONE};
    assert_null(package_member(f.package, module, fixture_atom(&f, "b")).symbol);
    assert_non_null(package_member(f.package, module, fixture_atom(&f, "c")).symbol);
    assert_true(package_remove(f.package, STR("/p/b.tova")));
    assert_false(package_remove(f.package, STR("/p/b.tova")));
    assert_null(package_file(f.package, STR("/p/b.tova")));
    assert_null(package_member(f.package, module, fixture_atom(&f, "c")).symbol);
    fixture_finish(&f);
}

static void the_unnamed_server_is_first_and_named_ones_follow_in_order(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/b.tova", "server { }\nserver \"api\" { }");
    fixture_add(&f, "/p/a.tova", "server \"jobs\" { }\nserver \"api\" { }\nbrowser { }");
    struct package_servers servers = package_servers(&f.arena, f.package);
    assert_int_equal(servers.count, 3);
    assert_true(block_key_equal(servers.keys[0], unnamed));
    assert_str(atom_text(f.atoms, servers.keys[1].name), "jobs");
    assert_str(atom_text(f.atoms, servers.keys[2].name), "api");
    fixture_finish(&f);
}

static void a_server_function_is_found_by_package_server_and_name(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(
        &f, "/p/a.tova",
        "server \"api\" { fn list() { 1 }\n fn both() { 1 }\n fn _own() { 1 } }\nserver \"jobs\" { fn both() { 2 } }");
    struct package_symbol found = {NULL, NULL};
    assert_int_equal(package_resolve_rpc(f.package, ATOM_NONE, fixture_atom(&f, "list"), &found), RPC_FOUND);
    assert_str(found.symbol->signature, "fn list()");
    assert_int_equal(package_resolve_rpc(f.package, ATOM_NONE, fixture_atom(&f, "both"), &found), RPC_AMBIGUOUS);
    assert_int_equal(package_resolve_rpc(f.package, fixture_atom(&f, "jobs"), fixture_atom(&f, "both"), &found),
                     RPC_FOUND);
    assert_str(atom_text(f.atoms, found.symbol->block.name), "jobs");
    assert_int_equal(package_resolve_rpc(f.package, ATOM_NONE, fixture_atom(&f, "_own"), &found), RPC_NO_ENDPOINT);
    assert_int_equal(package_resolve_rpc(f.package, ATOM_NONE, fixture_atom(&f, "none"), &found), RPC_UNKNOWN);
    assert_int_equal(package_resolve_rpc(f.package, fixture_atom(&f, "jobs"), fixture_atom(&f, "list"), &found),
                     RPC_UNKNOWN);
    fixture_finish(&f);
}

static void count_visit(void *context, struct package_symbol symbol) {
    (void)symbol;
    ++*(unsigned *)context;
}

static void endpoints_and_visible_symbols_are_listed(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova", "shared { type T { x: Int } }\nserver \"api\" { fn a() { 1 }\n fn b(req) { 1 } }");
    fixture_add(&f, "/p/b.tova", "server \"jobs\" { fn c() { 1 } }\nfn everywhere() { 1 }");
    unsigned all = 0;
    unsigned api = 0;
    unsigned visible = 0;
    package_each_endpoint(f.package, false, ATOM_NONE, count_visit, &all);
    package_each_endpoint(f.package, true, fixture_atom(&f, "api"), count_visit, &api);
    package_each_visible(f.package, (struct block_key){BLOCK_SERVER, fixture_atom(&f, "jobs")}, count_visit, &visible);
    assert_int_equal(all, 2);
    assert_int_equal(api, 1);
    assert_int_equal(visible, 3); /* c, T, everywhere */
    fixture_finish(&f);
}

static void an_equal_surface_keeps_what_is_known_and_moves_its_places(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova", "server { fn list() { 1 } }");
    uint64_t before = package_surface(f.package);
    struct package_symbol first = package_member(f.package, unnamed, fixture_atom(&f, "list"));
    assert_int_equal(first.symbol->name_span.start, 12);
    fixture_add(&f, "/p/a.tova", "\n\nserver { fn list() { print(2) } }");
    assert_true(package_surface(f.package) == before);
    struct package_symbol second = package_member(f.package, unnamed, fixture_atom(&f, "list"));
    assert_int_equal(second.symbol->name_span.start, 14);
    fixture_finish(&f);
}

static void a_model_is_found_by_both_names_and_loses_to_its_type_as_a_type(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova",
                "shared { type User { id: Int } }\nserver { model User\n model Log { line: String } }");
    atom_id user = fixture_atom(&f, "User");
    assert_int_equal(package_lookup(f.package, unnamed, user, false).symbol->kind, SYMBOL_MODEL);
    assert_int_equal(package_lookup(f.package, unnamed, user, true).symbol->kind, SYMBOL_TYPE);
    assert_int_equal(package_lookup(f.package, unnamed, fixture_atom(&f, "UserModel"), false).symbol->kind,
                     SYMBOL_MODEL);
    assert_int_equal(package_lookup(f.package, unnamed, fixture_atom(&f, "Log"), true).symbol->kind, SYMBOL_MODEL);
    assert_int_equal(package_meaning(f.package, unnamed, user, ACCESS_CALL).symbol->kind, SYMBOL_TYPE);
    fixture_finish(&f);
}

static void calls_and_handlers_are_known_until_the_last_file_with_one_goes(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova", "browser { fn a() { server.list() } }");
    fixture_add(&f, "/p/b.tova", "browser { fn b() { server.list()\n server.list() } }");
    fixture_add(&f, "/p/c.tova", "server { fn list() { 1 }\n fn page() { 2 }\n fn idle() { 3 }\n route GET \"/\" => page }");
    atom_id list = fixture_atom(&f, "list");
    assert_true(package_calls(f.package, list));
    assert_true(package_calls(f.package, fixture_atom(&f, "page")));
    assert_false(package_calls(f.package, fixture_atom(&f, "idle")));
    fixture_add(&f, "/p/b.tova", "browser { fn b() { 1 } }");
    assert_true(package_calls(f.package, list));
    assert_true(package_remove(f.package, STR("/p/a.tova")));
    assert_false(package_calls(f.package, list));
    fixture_finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_kept_in_order_of_path_and_replaced),
        cmocka_unit_test(the_unnamed_server_is_first_and_named_ones_follow_in_order),
        cmocka_unit_test(a_server_function_is_found_by_package_server_and_name),
        cmocka_unit_test(endpoints_and_visible_symbols_are_listed),
        cmocka_unit_test(an_equal_surface_keeps_what_is_known_and_moves_its_places),
        cmocka_unit_test(a_model_is_found_by_both_names_and_loses_to_its_type_as_a_type),
        cmocka_unit_test(calls_and_handlers_are_known_until_the_last_file_with_one_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
