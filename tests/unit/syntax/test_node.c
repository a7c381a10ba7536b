/* node: finding nodes, strings and documentation. */
#include "tests/unit/syntax/parsed.h"
#include "tests/unit/unit.h"

#include <string.h>

static void fields_plain_children_and_kinds(void **state) {
    struct parsed parsed = parsed_create(STR("for a, /* c */ b in rows { f(1, /* d */ 2) }\n"));
    const struct syntax_tree *tree = parsed.tree;
    node_id loop = parsed_find(&parsed, NODE_FOR_EXPRESSION);
    node_id first = node_child(tree, loop, FIELD_PATTERN);
    assert_str(node_text(tree, first), "a");
    node_id second = node_next_same_field(tree, first);
    assert_str(node_text(tree, second), "b");
    assert_int_equal(node_next_same_field(tree, second), NODE_NONE);
    assert_str(node_text(tree, node_child(tree, loop, FIELD_ITERABLE)), "rows");
    assert_int_equal(node_child(tree, loop, FIELD_WHEN), NODE_NONE);

    node_id arguments = parsed_find(&parsed, NODE_ARGUMENTS);
    node_id one = node_first_plain(tree, arguments);
    assert_str(node_text(tree, one), "1");
    assert_str(node_text(tree, node_next_plain(tree, one)), "2");
    assert_int_equal(node_next_plain(tree, node_next_plain(tree, one)), NODE_NONE);
    assert_true(node_is_comment(tree, node_next_sibling(tree, one)));
    assert_int_equal(node_child_of_kind(tree, arguments, NODE_NUMBER), one);
    assert_int_equal(node_child_of_kind(tree, arguments, NODE_STRING), NODE_NONE);
    assert_int_equal(node_ancestor(tree, one, NODE_FOR_EXPRESSION), loop);
    assert_int_equal(node_ancestor(tree, one, NODE_SERVER_BLOCK), NODE_NONE);
    parsed_destroy(&parsed);
}

static void none_is_accepted_everywhere(void **state) {
    struct parsed parsed = parsed_create(STR("x = 1"));
    const struct syntax_tree *tree = parsed.tree;
    struct arena arena = {0};
    struct str value = STR("untouched");
    assert_int_equal(node_kind(tree, NODE_NONE), NODE_NULL);
    assert_int_equal(node_first_child(tree, NODE_NONE), NODE_NONE);
    assert_int_equal(node_next_sibling(tree, NODE_NONE), NODE_NONE);
    assert_int_equal(node_child(tree, NODE_NONE, FIELD_NAME), NODE_NONE);
    assert_int_equal(node_next_same_field(tree, NODE_NONE), NODE_NONE);
    assert_int_equal(node_child_of_kind(tree, NODE_NONE, NODE_BLOCK), NODE_NONE);
    assert_int_equal(node_first_plain(tree, NODE_NONE), NODE_NONE);
    assert_int_equal(node_ancestor(tree, NODE_NONE, NODE_BLOCK), NODE_NONE);
    assert_str(node_text(tree, NODE_NONE), "");
    assert_false(node_is_comment(tree, NODE_NONE) || node_has_error(tree, NODE_NONE));
    assert_false(node_string_value(&arena, tree, NODE_NONE, &value));
    assert_str(value, "untouched");
    assert_str(node_documentation(&arena, tree, NODE_NONE), "");
    parsed_destroy(&parsed);
    arena_finish(&arena);
}

/* `^` in the source marks the offset and is removed; text and kind are what node_at finds there. */
static void assert_at(const char *source, const char *expected_text, enum node_kind kind) {
    char bytes[200];
    const char *mark = strchr(source, '^');
    int size = snprintf(bytes, sizeof bytes, "%.*s%s", (int)(mark - source), source, mark + 1);
    struct parsed parsed = parsed_create((struct str){bytes, (size_t)size});
    node_id node = node_at(parsed.tree, (uint32_t)(mark - source));
    assert_str(node_text(parsed.tree, node), expected_text);
    assert_str(node_kind_name(node_kind(parsed.tree, node)), node_kind_name(kind).data);
    parsed_destroy(&parsed);
}

static void at_prefers_names_then_what_begins(void **state) {
    assert_at("x = na^me", "name", NODE_IDENTIFIER);
    assert_at("x = name^", "name", NODE_IDENTIFIER);
    assert_at("x = ^name", "name", NODE_IDENTIFIER);
    assert_at("f^(1)", "f", NODE_IDENTIFIER);
    assert_at("f(^1)", "1", NODE_NUMBER);
    assert_at("x = a^.b", "a", NODE_IDENTIFIER);
    assert_at("x = a.^b", "b", NODE_IDENTIFIER);
    assert_at("x = \"a^b\"\n", "\"ab\"", NODE_STRING);
    assert_at("x = [1,^ 2]", "[1, 2]", NODE_ARRAY);
    assert_at("x = server.^\ny = 1", "", NODE_MISSING);
    assert_at("x = \"{na^me}\"", "name", NODE_IDENTIFIER);
    assert_at("x = <di^v></div>", "div", NODE_TAG_NAME);
    assert_at("x = <a on:cl^ick={f} />", "on:click", NODE_ATTRIBUTE_NAME);
    assert_at("^", "", NODE_SOURCE_FILE);
}

static void assert_value(const char *source, const char *expected) {
    static const enum node_kind kinds[] = {NODE_STRING, NODE_TRIPLE_STRING, NODE_SINGLE_STRING, NODE_RAW_STRING};
    struct parsed parsed = parsed_create(str_from_c(source));
    struct arena arena = {0};
    node_id node = NODE_NONE;
    for (size_t i = 0; i < 4 && node == NODE_NONE; i++) {
        node = parsed_find(&parsed, kinds[i]);
    }
    assert_int_not_equal(node, NODE_NONE);
    struct str value = {0};
    assert_int_equal(node_string_value(&arena, parsed.tree, node, &value), expected != NULL);
    if (expected != NULL) {
        assert_str(value, expected);
    }
    arena_finish(&arena);
    parsed_destroy(&parsed);
}

static void strings_without_interpolation_have_a_value(void **state) {
    assert_value("x = \"\"", "");
    assert_value("x = \"plain\"", "plain");
    assert_value("x = f\"plain\"", "plain");
    assert_value("x = \"a\\n\\t\\r\\\\\\\"\\'\\{\\}z\"", "a\n\t\r\\\"'{}z");
    assert_value("x = \"keeps \\u and \\x\"", "keeps \\u and \\x");
    assert_value("x = 'it\\'s {no} interpolation'", "it's {no} interpolation");
    assert_value("x = r\"C:\\new\\{x}\"", "C:\\new\\{x}");
    assert_value("x = \"a {b}\"", NULL);
    assert_value("x = \"open\ny = 1", "open");
}

static void triple_strings_lose_their_indentation(void **state) {
    assert_value("x = \"\"\"one line\"\"\"", "one line");
    assert_value("x = \"\"\"\n    a\n      b\n\n    c\n    \"\"\"", "a\n  b\n\nc");
    assert_value("x = \"\"\"\n  a\\n\n  \"q\"\n\"\"\"", "a\n\n\"q\"");
    assert_value("x = \"\"\"\n\"\"\"", "");
}

static void assert_documentation(const char *source, enum node_kind kind, const char *expected) {
    struct parsed parsed = parsed_create(str_from_c(source));
    struct arena arena = {0};
    assert_str(node_documentation(&arena, parsed.tree, parsed_find(&parsed, kind)), expected);
    arena_finish(&arena);
    parsed_destroy(&parsed);
}

static void documentation_stands_directly_above(void **state) {
    assert_documentation("/// One.\n/// Two.\nfn f() { }\n", NODE_FUNCTION_DECLARATION, "One.\nTwo.");
    assert_documentation("/// One.\n\nfn f() { }\n", NODE_FUNCTION_DECLARATION, "");
    assert_documentation("// One.\nfn f() { }\n", NODE_FUNCTION_DECLARATION, "");
    assert_documentation("x = 1 /// no\nfn f() { }\n", NODE_FUNCTION_DECLARATION, "");
    assert_documentation("/// no\n// gap\n///yes\n///\n///  more\nfn f() { }\n", NODE_FUNCTION_DECLARATION,
                         "yes\n\n more");
    assert_documentation("server {\n  a = 1\n  /// Inside.\n  fn f() { }\n}\n", NODE_FUNCTION_DECLARATION, "Inside.");
    assert_documentation("/// Exported.\npub fn f() { }\n", NODE_FUNCTION_DECLARATION, "Exported.");
    assert_documentation("\r\n/// One.\r\n/// Two.\r\nfn f() { }\r\n", NODE_FUNCTION_DECLARATION, "One.\nTwo.");
    assert_documentation("x = \"\"\"\n/// text\n\"\"\" + f(fn() { })\n", NODE_FUNCTION_EXPRESSION, "");
}

/* ---- node_at against the definition, child by child */

static node_id slow_before(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    node_id found = NODE_NONE;
    NODE_EACH(child, tree, node) {
        struct span span = node_span(tree, child);
        bool touches = span_touches(span, offset) && (span.start < offset || span.end == offset);
        found = touches ? child : found;
    }
    return found == NODE_NONE ? node : slow_before(tree, found, offset);
}

static node_id slow_behind(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    NODE_EACH(child, tree, node) {
        struct span span = node_span(tree, child);
        if (span.start <= offset && offset < span.end) {
            return slow_behind(tree, child, offset);
        }
    }
    return node;
}

static bool is_named(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_IDENTIFIER || kind == NODE_TAG_NAME || kind == NODE_ATTRIBUTE_NAME;
}

static node_id slow_at(const struct syntax_tree *tree, uint32_t offset) {
    node_id behind = slow_behind(tree, NODE_ROOT, offset);
    node_id before = slow_before(tree, NODE_ROOT, offset);
    if (is_named(tree, behind) || is_named(tree, before)) {
        return is_named(tree, behind) ? behind : before;
    }
    return behind != NODE_ROOT && tree->nodes[behind].start == offset ? behind : before;
}

/* Every beginning of texts with everything, so that much is missing in most of them. */
static void at_is_found_as_by_looking_at_every_child(void **state) {
    static const char *const sources[] = {
        "  // one\nserver \"a\" { fn f(a: Int, b = 2) -> [Int] { x = a + b * 2 - \"t {a} {b.c}\" \n if x { f(1, g(2)) } } }\n",
        "browser { component App { <ul id=\"a\" on:click={fn(e) e.x}>for x in [1] { <li>{x} text</li> } <br/></ul> } }\n",
        "type S { A(x: Int) B }\nfn m(s) { match s { A(x) if x > 1 => x, B => { nil } _ => [a, ...b] |> map(it) } }\n",
        "x = \nserver.\nf(1, \n{ a: , b }\n<div>\n\"abc\n",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        for (size_t size = 0; size <= strlen(sources[i]); size++) {
            struct parsed parsed = parsed_create((struct str){sources[i], size});
            for (uint32_t offset = 0; offset <= size + 1; offset++) {
                assert_int_equal(node_at(parsed.tree, offset), slow_at(parsed.tree, offset));
            }
            parsed_destroy(&parsed);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_plain_children_and_kinds),
        cmocka_unit_test(none_is_accepted_everywhere),
        cmocka_unit_test(at_prefers_names_then_what_begins),
        cmocka_unit_test(at_is_found_as_by_looking_at_every_child),
        cmocka_unit_test(strings_without_interpolation_have_a_value),
        cmocka_unit_test(triple_strings_lose_their_indentation),
        cmocka_unit_test(documentation_stands_directly_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
