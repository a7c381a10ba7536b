/* tree: what is kept of the library's tree, bytes that are no text, and broken files. */
#include "tests/unit/syntax/parsed.h"
#include "tests/unit/unit.h"

static void assert_tree(struct str source, const char *expected) {
    struct parsed parsed = parsed_create(source);
    assert_str(parsed_print(&parsed), expected);
    parsed_destroy(&parsed);
}

static void tokens_stay_only_with_a_field(void **state) {
    assert_tree(STR("x = a + b"),
                "(source_file (assignment left: (identifier) right: (binary_expression left: (identifier) "
                "operator: \"+\" right: (identifier))))");
    assert_tree(STR("f(1, 2)"),
                "(source_file (call_expression function: (identifier) arguments: (arguments (number) (number))))");
}

static void aliases_are_what_they_are_called(void **state) {
    assert_tree(STR("f(a: 1)"), "(source_file (call_expression function: (identifier) arguments: (arguments "
                                "(named_argument name: (identifier) value: (number)))))");
    assert_tree(STR("x = a.0"),
                "(source_file (assignment left: (identifier) right: (member_expression object: (identifier) "
                "operator: \".\" property: (number))))");
}

static void an_empty_file_is_a_file(void **state) {
    assert_tree(STR(""), "(source_file)");
    assert_tree(STR("\n\n  \n"), "(source_file)");
    assert_tree(STR("// only a comment"), "(source_file (comment))");
}

static void lines_print_one_node_each(void **state) {
    struct parsed parsed = parsed_create(STR("x = a.b\n"));
    strbuf_clear(&parsed.printed);
    syntax_print(parsed.tree, NODE_ROOT, true, &parsed.printed);
    assert_str(strbuf_str(&parsed.printed), "(source_file\n"
                                            "  (assignment\n"
                                            "    left: (identifier)\n"
                                            "    right: (member_expression\n"
                                            "      object: (identifier)\n"
                                            "      operator: \".\"\n"
                                            "      property: (identifier))))\n");
    strbuf_clear(&parsed.printed);
    syntax_print(parsed.tree, parsed_find(&parsed, NODE_MEMBER_EXPRESSION), false, &parsed.printed);
    assert_str(strbuf_str(&parsed.printed),
               "right: (member_expression object: (identifier) operator: \".\" property: (identifier))");
    parsed_destroy(&parsed);
}

static void a_byte_order_mark_is_white_space(void **state) {
    assert_tree(STR("\xef\xbb\xbfx = 1\n"), "(source_file (assignment left: (identifier) right: (number)))");
    struct parsed parsed = parsed_create(STR("\xef\xbb\xbfx = 1\n"));
    node_id name = parsed_find(&parsed, NODE_IDENTIFIER);
    assert_int_equal(node_span(parsed.tree, name).start, 3);
    parsed_destroy(&parsed);
}

/* `source` with each line end replaced by one of `ends`, in turn. */
static void add_with_ends(struct strbuf *out, struct str source, const struct str *ends, size_t count) {
    size_t next = 0;
    for (size_t i = 0; i < source.size; i++) {
        if (source.data[i] == '\n') {
            strbuf_add(out, ends[next++ % count]);
        } else {
            strbuf_add_byte(out, source.data[i]);
        }
    }
}

/* text.h: lines end with LF, CR LF or CR. */
static void assert_same_with_every_line_end(struct str source) {
    static const struct str ends[] = {STR_INIT("\r"), STR_INIT("\r\n"), STR_INIT("\n")};
    struct parsed plain = parsed_create(source);
    struct str expected = parsed_print(&plain);
    for (size_t first = 0; first < 3; first++) {
        for (size_t count = 1; count <= 3 - first; count++) {
            struct strbuf changed;
            strbuf_init(&changed, 4096);
            add_with_ends(&changed, source, ends + first, count);
            struct parsed parsed = parsed_create(strbuf_str(&changed));
            assert_true(str_equal(parsed_print(&parsed), expected));
            parsed_destroy(&parsed);
            strbuf_finish(&changed);
        }
    }
    parsed_destroy(&plain);
}

static void every_line_end_ends_a_line(void **state) {
    static const struct str source =
        STR_INIT("#!/usr/bin/env tova\n// one\nx = 1 // two\n/// doc\nfn f(a,\n  b) {\n  a\n    |> g\n  /* c\n */ b\n}\n"
                 "z = \"over\nlines\"\nw = 'two\nlines'\nv = \"\"\"\n  t\n\"\"\"\nr = a\n/b/.test(c)\n"
                 "o = {\n  a: 1\n  b: 2,\n}\n<div\n  class=\"a\"\n>\n  text\n  if c {\n  <b/>\n}\n</div>\nq = a\nreturn\nx");
    static const struct str broken =
        STR_INIT("fn f() {\n  y = \"open\n  g(1,\n}\nfn h()\n  x = 1\n  }\n/* c\nz = \"\"\"\n  t\n\"\"\"\nw = {\n  a: 1\n\n"
                 "component C {\n  <p\n    class=\n  >\n    'a\n  </p>\n}\nserver {\n  a = 1{\n  b = 2\n");
    assert_same_with_every_line_end(source);
    assert_same_with_every_line_end(broken);
}

static void trees_differ_by_nodes_and_by_repairs(void **state) {
    struct parsed parsed = parsed_create(STR("fn f() {\n  x = 1{\n  y = 2\n}\n"));
    struct parsed again = parsed_create(STR("fn f() {\n  x = 1{\n  y = 2\n}\n"));
    struct parsed other = parsed_create(STR("fn f() {\n  x = 1\n  y = 2.\n}\n"));
    assert_true(syntax_tree_equal(parsed.tree, again.tree));
    assert_false(syntax_tree_equal(parsed.tree, other.tree));
    assert_int_equal(parsed.tree->repair_count, 1);
    struct syntax_tree unmended = *again.tree;
    unmended.repair_count = 0;
    assert_false(syntax_tree_equal(parsed.tree, &unmended));
    parsed_destroy(&parsed);
    parsed_destroy(&again);
    parsed_destroy(&other);
}

static void bytes_that_are_no_text_are_local_errors(void **state) {
    static const struct str sources[] = {
        STR_INIT("a = 1\n\0\nb = 2\n"),    STR_INIT("\0"),
        STR_INIT("x = \"a\0b\"\ny = 1\n"), STR_INIT("\xff\xfe\n"),
        STR_INIT("a = 1\n\xc3\nb = 2\n"),  STR_INIT("\xf0\x9f\n"),
        STR_INIT("// \xff \0\nb = 2"),     STR_INIT("\r\r\n\0\r"),
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct parsed parsed = parsed_create(sources[i]);
        assert_int_equal(node_kind(parsed.tree, NODE_ROOT), NODE_SOURCE_FILE);
        assert_int_equal(node_span(parsed.tree, NODE_ROOT).end, sources[i].size);
        parsed_destroy(&parsed);
    }
    struct parsed parsed = parsed_create(sources[0]);
    unsigned assignments = 0;
    NODE_EACH(child, parsed.tree, NODE_ROOT) {
        assignments += node_kind(parsed.tree, child) == NODE_ASSIGNMENT;
    }
    assert_int_equal(assignments, 2);
    parsed_destroy(&parsed);
}

static void errors_mark_everything_above_them(void **state) {
    struct parsed parsed = parsed_create(STR("fn a() { x = server. }\nfn b() { y = 1 }\n"));
    const struct syntax_tree *tree = parsed.tree;
    node_id missing = parsed_find(&parsed, NODE_MISSING);
    assert_int_not_equal(missing, NODE_NONE);
    for (node_id node = missing; node != NODE_NONE; node = node_parent(tree, node)) {
        assert_true(node_has_error(tree, node));
    }
    node_id first = node_first_child(tree, NODE_ROOT);
    assert_true(node_has_error(tree, first));
    assert_false(node_has_error(tree, node_next_sibling(tree, first)));
    parsed_destroy(&parsed);
}

static void what_recovery_puts_in_has_its_token(void **state) {
    struct parsed parsed = parsed_create(STR("type A { x: }\n"));
    node_id missing = parsed_find(&parsed, NODE_MISSING);
    assert_int_not_equal(missing, NODE_NONE);
    assert_int_equal(span_size(node_span(parsed.tree, missing)), 0);
    assert_true((parsed.tree->nodes[missing].flags & NODE_INSERTED) != 0);
    assert_str(node_inserted_token(parsed.tree, missing), "identifier");
    assert_str(node_inserted_token(parsed.tree, NODE_ROOT), "");
    parsed_destroy(&parsed);
}

static void a_hopeless_file_keeps_its_declarations(void **state) {
    struct parsed parsed =
        parsed_create(STR(") ] @@@ import {\nfn whole() { 1 }\n%% ) =>\nserver { fn f() { 2 } }\n))) @\n"));
    assert_true(node_has_error(parsed.tree, NODE_ROOT));
    assert_int_equal(node_kind(parsed.tree, NODE_ROOT), NODE_SOURCE_FILE);
    assert_int_not_equal(parsed_find(&parsed, NODE_FUNCTION_DECLARATION), NODE_NONE);
    assert_int_not_equal(parsed_find(&parsed, NODE_SERVER_BLOCK), NODE_NONE);
    parsed_destroy(&parsed);
}

/* The source without its `|`, where `inserted` goes in. */
static void assert_edit_is_fresh(const char *marked, const char *inserted) {
    struct str source = str_from_c(marked);
    uint32_t at = (uint32_t)str_find(source, '|', 0);
    struct syntax_parser *parser = syntax_parser_create();
    struct text *with_mark = text_create(source);
    struct text *before = text_replace(with_mark, (struct span){at, at + 1}, STR(""));
    struct text *after = text_replace(before, (struct span){at, at}, str_from_c(inserted));
    struct syntax_tree *old = syntax_parse_for_edits(parser, before);
    struct syntax_tree *edited =
        syntax_reparse(parser, old, after, (struct syntax_edit){at, at, at + (uint32_t)strlen(inserted)});
    struct syntax_tree *fresh = syntax_parse(parser, after);
    assert_int_equal(edited->count, fresh->count);
    assert_memory_equal(edited->nodes, fresh->nodes, fresh->count * sizeof *fresh->nodes);
    syntax_tree_destroy(fresh);
    syntax_tree_destroy(edited);
    syntax_tree_destroy(old);
    text_unref(after);
    text_unref(before);
    text_unref(with_mark);
    syntax_parser_destroy(parser);
}

/* After an edit behind it the `if` is taken over as a whole, and the word behind it is read where no `elif` may stand. */
static void a_control_word_that_is_none_is_the_same_text_after_an_edit(void **state) {
    assert_edit_is_fresh("component A {\n  <p>\n    if a {\n      <b>x</b>\n    } elif b.c =<i>d</i>= 0 {\n      <i>{y}</i>\n"
                         "    }\n    <u>{|z}</u>\n  </p>\n}\n",
                         "q");
    assert_edit_is_fresh("component A {\n  <p>\n    if a {\n      <b>x</b>\n    } else if b <i>d</i>= 0 {\n      <i>{y}</i>\n"
                         "    }\n    <u>{|z}</u>\n  </p>\n}\n",
                         "q");
}

/* A parser keeps tokens by the bytes that were looked at: texts that differ in them alone, each read with and without what
 * was kept of the others. The end is long enough for nothing to be at the end of the text. */
static void what_was_read_before_changes_no_tree(void **state) {
    static const char *const beginnings[] = {
        "x = item < 2",  "x = item <b>2</b>", "x = item\n  - 2",   "x = item\n- 2",      "x = item -2",     "x = item - 2",
        "x = item {",    "if item { 2 }",     "x = {item: 2}",     "x = \"{item}\"",    "x = \"{item} {2}\"", "item is Some(2)",
        "x = item isnt", "x = item == 2",     "x = item => 2",     "x = item = > 2",    "x = itém",        "x = item é",
        "fn item() {}",  "for item in x { }", "for item of x { }", "x = r\"{item}\"",  "x = /item/",      "x = 2 / item / 2",
    };
    enum { COUNT = sizeof beginnings / sizeof *beginnings };
    struct syntax_parser *parser = syntax_parser_create();
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            struct strbuf source;
            strbuf_init(&source, 1000);
            strbuf_printf(&source, "a = 1\n%s\n// so that no token ends where the text does\n", beginnings[i]);
            struct parsed fresh = parsed_create(strbuf_str(&source));
            struct syntax_tree *again = syntax_parse(parser, fresh.tree->text);
            assert_true(syntax_tree_equal(again, fresh.tree));
            syntax_tree_destroy(again);
            parsed_destroy(&fresh);
            strbuf_finish(&source);
        }
    }
    syntax_parser_destroy(parser);
}

static void depth_costs_no_stack(void **state) {
    enum { DEPTH = 200000 };
    struct strbuf source;
    strbuf_init(&source, 10000000);
    strbuf_add_c(&source, "x = ");
    strbuf_add_repeat(&source, '(', DEPTH);
    strbuf_add_repeat(&source, ')', DEPTH);
    struct parsed parsed = parsed_create(strbuf_str(&source));
    assert_true(parsed.tree->count > DEPTH);
    strbuf_init(&parsed.printed, 100000000);
    assert_true(parsed_print(&parsed).size > DEPTH);
    parsed_destroy(&parsed);
    strbuf_finish(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_stay_only_with_a_field),
        cmocka_unit_test(aliases_are_what_they_are_called),
        cmocka_unit_test(an_empty_file_is_a_file),
        cmocka_unit_test(lines_print_one_node_each),
        cmocka_unit_test(a_byte_order_mark_is_white_space),
        cmocka_unit_test(every_line_end_ends_a_line),
        cmocka_unit_test(trees_differ_by_nodes_and_by_repairs),
        cmocka_unit_test(bytes_that_are_no_text_are_local_errors),
        cmocka_unit_test(errors_mark_everything_above_them),
        cmocka_unit_test(what_recovery_puts_in_has_its_token),
        cmocka_unit_test(a_hopeless_file_keeps_its_declarations),
        cmocka_unit_test(a_control_word_that_is_none_is_the_same_text_after_an_edit),
        cmocka_unit_test(what_was_read_before_changes_no_tree),
        cmocka_unit_test(depth_costs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
