/* What an analysis promises whatever the text: order, links between arrays, limits, time. */
#include "tests/unit/analysis/fixture.h"

#include "analysis/builtins.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"

static void an_empty_text_has_the_module_block_and_nothing_else(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_add(&f, "", "");
    assert_int_equal(file->blocks.count, 2);
    assert_int_equal(file->symbols.count, 1);
    assert_int_equal(file->diagnostics.list.count, 0);
    fixture_finish(&f);
}

static void bindings_are_in_order_and_found_by_node(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file =
        fixture_add(&f, "/a.tova",
                    "browser { fn f() { g() } }\nserver { fn h(a) { a } }\nfn g() { 1 }\nbrowser { fn i() { f() } }");
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        assert_ptr_equal(analysis_binding(file, binding->node), binding);
        assert_true(i == 0 || file->bindings.items[i - 1].node < binding->node);
        assert_true((binding->symbol != 0) != (binding->external != 0));
    }
    fixture_finish(&f);
}

static void parts_stand_together_and_know_their_owner(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_add(
        &f, "/a.tova", "fn f(a, { b, c }, d = 1, ...e) { [a, b, c, d, e] }\ntype S { A(x: Int, y: Int) B }");
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        if (symbol->kind == SYMBOL_FUNCTION) {
            assert_int_equal(symbol->part_count, 4);
        }
        if (symbol->kind == SYMBOL_TYPE) {
            assert_int_equal(symbol->part_count, 2);
        }
        for (uint32_t p = 0; p < symbol->part_count; p++) {
            assert_int_equal(analysis_symbol(file, symbol->first_part + p)->owner, i);
        }
    }
    fixture_finish(&f);
}

static void nesting_beyond_the_limit_is_reported_once(void **state) {
    (void)state;
    struct fixture f;
    struct strbuf source;
    fixture_init(&f);
    strbuf_init(&source, 1 << 20);
    strbuf_add_c(&source, "fn f(a) { ");
    strbuf_add_repeat(&source, '(', LIMIT_SYNTAX_DEPTH + 500);
    strbuf_add_c(&source, "a");
    strbuf_add_repeat(&source, ')', LIMIT_SYNTAX_DEPTH + 500);
    strbuf_add_c(&source, " }\nfn g() { f(1) }");
    struct file_analysis *file = fixture_put(&f, "/a.tova", strbuf_str(&source));
    assert_int_equal(fixture_count(&f, file, DIAGNOSTIC_TOO_DEEP), 1);
    assert_int_equal(fixture_count(&f, file, DIAGNOSTIC_UNDEFINED_NAME), 0);
    strbuf_finish(&source);
    fixture_finish(&f);
}

static void every_builtin_is_found_and_described(void **state) {
    (void)state;
    for (unsigned i = 0; i < BUILTIN_COUNT; i++) {
        const struct builtin_info *info = builtin_info((enum builtin)i);
        enum builtin found = BUILTIN_COUNT;
        assert_true(builtin_find(info->name, &found));
        assert_int_equal(found, i);
        assert_true(info->signature.size > 0 && info->documentation.size > 0);
        bool declared = i == BUILTIN_DB; /* by the output itself */
        assert_true((info->module.size > 0 || declared) == (info->absent.size == 0));
        assert_int_equal(builtin_info(info->preferred)->preferred, info->preferred);
    }
    enum builtin found;
    assert_false(builtin_find(STR("nothing"), &found));
    assert_true(builtin_is_async(BUILTIN_SLEEP));
    assert_true(builtin_takes_tasks(BUILTIN_TIMEOUT) && !builtin_takes_tasks(BUILTIN_SLEEP));
    assert_true(builtin_is_for(BUILTIN_EXEC, BLOCK_SERVER) && !builtin_is_for(BUILTIN_EXEC, BLOCK_BROWSER));
    struct builtin_member member;
    assert_true(builtin_member_find(BUILTIN_HTTP, STR("get"), &member));
    assert_true(str_starts_with(member.signature, STR("async fn get(")));
    assert_true(builtin_member_find(BUILTIN_MATH, STR("log"), &member));
    assert_true(str_starts_with(member.signature, STR("fn ln(")));
    assert_false(builtin_member_find(BUILTIN_MATH, STR("get"), &member));
    struct builtin_method method;
    assert_true(builtin_as_method(STR("upper"), &method) && method.of_texts && !method.of_lists && method.asked);
    assert_false(builtin_as_method(STR("trim"), &method));
    assert_false(builtin_is_async(BUILTIN_MAP));
}

static void names_of_javascript_belong_to_blocks(void **state) {
    (void)state;
    assert_true(global_is_known(STR("JSON"), BLOCK_SHARED));
    assert_true(global_is_known(STR("document"), BLOCK_BROWSER));
    assert_false(global_is_known(STR("document"), BLOCK_SERVER));
    assert_false(global_is_known(STR("document"), BLOCK_SHARED));
    assert_true(global_is_known(STR("Bun"), BLOCK_SERVER));
    assert_false(global_is_known(STR("Bun"), BLOCK_BROWSER));
    assert_true(builtin_type_is_known(STR("Int")));
    assert_false(builtin_type_is_known(STR("int")));
}

static void labels_of_blocks(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct block_key named = {BLOCK_SERVER, fixture_atom(&f, "api")};
    assert_str(block_key_label(&f.arena, f.atoms, named), "server:api");
    assert_str(block_key_label(&f.arena, f.atoms, (struct block_key){BLOCK_BROWSER, ATOM_NONE}), "browser");
    fixture_finish(&f);
}

static void a_program_links_marks_and_can_be_made_again(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *files[] = {
        fixture_add(&f, "/b.tova", "browser { fn load() { server.get() } }"),
        fixture_add(&f, "/a.tova", "server \"api\" { fn get() { 1 } }\nbrowser { fn again() { load() } }"),
    };
    for (int round = 0; round < 2; round++) {
        struct program *program = program_create(&f.arena, f.atoms, files, 2);
        assert_ptr_equal(program->files[0], files[1]);
        assert_int_equal(program->servers.count, 1);
        const struct rpc_use *use = &files[0]->rpc_uses.items[0];
        struct program_symbol target = program_rpc_target(program, files[0], use);
        assert_ptr_equal(target.file, files[1]);
        assert_str(analysis_name(target.file, analysis_symbol(target.file, target.symbol)->name), "get");
        assert_ptr_equal(program_rpc_use(files[0], use->node), use);
        assert_null(program_rpc_use(files[0], use->call));
        assert_true(program_is_awaited(files[0], use->call));
        program_finish(program);
    }
    /* Without the other file nothing is known to wait. */
    struct program *alone = program_create(&f.arena, f.atoms, &files[1], 1);
    for (node_id node = 0; node < files[1]->tree->count; node++) {
        assert_int_equal(files[1]->marks[node], 0);
    }
    program_finish(alone);
    fixture_finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_text_has_the_module_block_and_nothing_else),
        cmocka_unit_test(bindings_are_in_order_and_found_by_node),
        cmocka_unit_test(parts_stand_together_and_know_their_owner),
        cmocka_unit_test(nesting_beyond_the_limit_is_reported_once),
        cmocka_unit_test(every_builtin_is_found_and_described),
        cmocka_unit_test(names_of_javascript_belong_to_blocks),
        cmocka_unit_test(labels_of_blocks),
        cmocka_unit_test(a_program_links_marks_and_can_be_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
