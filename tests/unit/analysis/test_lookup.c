/* What stands at a place, and what can be named there. */
#include "tests/unit/analysis/fixture.h"

static struct target at(struct fixture *f, const struct file_analysis *file, const char *needle, uint32_t add) {
    return lookup_target(file, f->package, fixture_offset(file, needle) + add);
}

static void targets_of_every_kind(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file =
        fixture_add(&f, "/p/a.tova",
                    "server { fn get(id) { len(id) } }\nbrowser { fn load(x) { server.get(x) }\n fn g() { load(1) } }");
    assert_int_equal(at(&f, file, "id) {", 0).kind, TARGET_LOCAL);
    assert_int_equal(at(&f, file, "len", 1).kind, TARGET_BUILTIN);
    struct target call = at(&f, file, "load(1)", 2);
    assert_int_equal(call.kind, TARGET_PACKAGE);
    assert_false(call.rpc);
    assert_str(call.member.symbol->signature, "fn load(x)");
    struct target rpc = at(&f, file, "get(x)", 3);
    assert_int_equal(rpc.kind, TARGET_PACKAGE);
    assert_true(rpc.rpc);
    assert_str(rpc.member.symbol->signature, "fn get(id)");
    assert_int_equal(rpc.span.start, fixture_offset(file, "get(x)"));
    assert_int_equal(at(&f, file, "{ server", 0).kind, TARGET_NONE);
    fixture_finish(&f);
}

static void a_declaration_in_another_file_is_a_target(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    fixture_add(&f, "/p/a.tova", "server \"api\" { fn get(id) { id } }");
    struct file_analysis *file = fixture_add(&f, "/p/b.tova", "browser { effect { server.get(1) } }");
    struct target target = at(&f, file, "get", 0);
    assert_str(target.member.file->path, "/p/a.tova");
    assert_int_equal(target.symbol, 0);
    fixture_finish(&f);
}

static void places_behind_a_dot(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_add(
        &f, "/p/a.tova",
        "browser {\n  fn a() { server. }\n  fn b(user) { user.na }\n  fn c() { server.li }\n"
        "  fn d() { \"server.no {server.yes}\" } // server.no\n}\nserver \"e\" { discover \"api\" at \"u\"\n fn f() { api.x } }");
    struct member_place place;
    assert_true(lookup_member_place(file, f.package, fixture_offset(file, "server. }") + 7, &place));
    assert_true(place.rpc);
    assert_int_equal(span_size(place.name), 0);
    assert_true(lookup_member_place(file, f.package, fixture_offset(file, "user.na") + 7, &place));
    assert_false(place.rpc);
    assert_str(node_text(file->tree, place.object), "user");
    assert_int_equal(span_size(place.name), 2);
    assert_true(lookup_member_place(file, f.package, fixture_offset(file, "server.li") + 9, &place));
    assert_true(place.rpc);
    assert_int_equal(place.server, ATOM_NONE);
    assert_false(lookup_member_place(file, f.package, fixture_offset(file, "server.no {") + 9, &place));
    assert_true(lookup_member_place(file, f.package, fixture_offset(file, "server.yes") + 10, &place));
    assert_true(place.rpc);
    assert_false(lookup_member_place(file, f.package, fixture_offset(file, "// server.no") + 12, &place));
    assert_true(lookup_member_place(file, f.package, fixture_offset(file, "api.x") + 5, &place));
    assert_true(place.rpc);
    assert_str(atom_text(f.atoms, place.server), "api");
    fixture_finish(&f);
}

static void text_is_told_from_code(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_add(&f, "/p/a.tova", "fn f(x) { \"abc {x} d\" } /* com */ // end");
    assert_true(lookup_in_text(file, fixture_offset(file, "bc")));
    assert_false(lookup_in_text(file, fixture_offset(file, "x}") + 1));
    assert_true(lookup_in_text(file, fixture_offset(file, "com")));
    assert_true(lookup_in_text(file, fixture_offset(file, "end") + 3));
    assert_false(lookup_in_text(file, 0));
    fixture_finish(&f);
}

struct names {
    struct fixture *fixture;
    char text[256];
};

static void add_name(void *context, const struct symbol *symbol) {
    struct names *names = context;
    struct str name = atom_text(names->fixture->atoms, symbol->name);
    size_t size = strlen(names->text);
    snprintf(names->text + size, sizeof names->text - size, "%.*s ", STR_ARGUMENTS(name));
}

static void names_in_scope_are_innermost_first_and_only_those_before(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file =
        fixture_add(&f, "/p/a.tova",
                    "import { lib } from \"m\"\nserver { fn f(a, b) { x = 1\n for i in a { y = 2\n HERE }\n z = 3 } }");
    struct names names = {.fixture = &f};
    lookup_each_local(file, fixture_offset(file, "HERE"), add_name, &names);
    assert_string_equal(names.text, "y i x b a lib ");
    assert_int_equal(file->blocks.items[lookup_block(file, fixture_offset(file, "HERE"))].key.kind, BLOCK_SERVER);
    assert_int_equal(file->blocks.items[lookup_block(file, 0)].key.kind, BLOCK_MODULE);
    fixture_finish(&f);
}

static void uses_of_a_local_name(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_add(&f, "/p/a.tova", "fn f(a) { a + fn(a) a }");
    uint32_t outer = at(&f, file, "a) {", 0).symbol;
    unsigned uses = 0;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        uses += file->bindings.items[i].symbol == outer;
    }
    assert_int_equal(uses, 2); /* with the declaration */
    fixture_finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_of_every_kind),
        cmocka_unit_test(a_declaration_in_another_file_is_a_target),
        cmocka_unit_test(places_behind_a_dot),
        cmocka_unit_test(text_is_told_from_code),
        cmocka_unit_test(names_in_scope_are_innermost_first_and_only_those_before),
        cmocka_unit_test(uses_of_a_local_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
