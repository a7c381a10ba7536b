/* What cannot be emitted is said by emit_gaps() as by emit_program(), from sources in which nothing else is wrong. */
#include "tests/unit/unit.h"

#include "tests/unit/codegen/program.h"

static const struct {
    const char *source;
    const char *gaps; /* line and what, in the order of their places */
} cases[] = {
    {"fn f(a) { a + 1 }\n", ""},
    {"type Pair { a: Int, b: Int }\nfn f(p: Pair) -> Int { match p { Pair(a, b) => a + b } }\nx = f(Pair(1, 2))\n", ""},
    {"browser {\n  component App(title) { <p class=\"a\">{title}</p> }\n}\n", ""},
    {"fn f(a) { a |> where(.name()) }\n", "1 a call on a column\n"},
    {"type A { B, C }\nfn f() { print(A) }\n",
     "2 this type is no value: write one of its variants, or a value of the type that it names\n"},
    {"type N = Int\nx = N\n", "2 this type is no value: write one of its variants, or a value of the type that it names\n"},
    {"type F = (Int) -> Int\nfn f(a) { a is F }\n", "2 a test for a type that is not a single named one\n"},
    {"fn f() { try { 1 } }\n", "1 a `try` without `catch` and `finally`\n"},
    {"shared {\n  a = 1\n  export { a }\n}\nserver { fn f() { 1 } }\n", "3 an export of names\n"},
    {"fn f(x) { match x { \"a{x}\" ++ r => r, _ => 2 } }\n", "1 a pattern with an interpolated string\n"},
    {"type X { A }\nfn f(x) {\n  impl X { fn g() { 1 } }\n}\n", "3 this statement\n"},
    {"browser {\n  component Row(a, [b, c]) { <p>{a}{b}</p> }\n}\n", "2 a parameter of a component that is no plain name\n"},
    {"browser {\n  component Row(a) { <p>{a}</p> }\n  component App { <p>{Row(1, 2)}</p> }\n}\n",
     "3 an argument that the component has no parameter for\n"},
    {"server { fn l() { 1 } }\nbrowser {\n  computed s = server.l()\n  component App { <p>{s}</p> }\n}\n",
     "3 a computed value that has to be waited for (set a state in an effect)\n"},
    {"browser {\n  component App { <p bind:value={a()} bind:this={1}></p> }\n  fn a() { 1 }\n}\n",
     "2 a binding to something that cannot be assigned\n2 a binding to something that cannot be assigned\n"},
    {"server {\n  db { url: \"a\" }\n  db { url: \"b\" }\n}\n", "3 a second `db` of one server\n"},
    {"browser {\n  concurrent {\n    state n = 1\n  }\n}\n", "3 a state where none can be declared\n"},
    {"server {\n  discover \"a{1}\" at \"http://x\"\n}\n", "2 a peer whose name is no plain text\n"},
    {"fn f() { try { 1 } }\nfn g() {\n  try { 2 }\n}\n",
     "1 a `try` without `catch` and `finally`\n3 a `try` without `catch` and `finally`\n"},
};

static void add_gaps(const struct program_case *c, const struct emission *emission, struct strbuf *lines) {
    for (unsigned i = 0; i < emission->gaps.count; i++) {
        const struct emission_gap *gap = &emission->gaps.items[i];
        uint32_t line = text_line_of(c->trees[gap->file]->text, gap->span.start) + 1;
        strbuf_printf(lines, "%u %.*s\n", (unsigned)line, STR_ARGUMENTS(gap->what));
    }
}

static void gaps_are_found_with_and_without_emitting(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *sources[] = {cases[i].source, NULL};
        const struct emit_options options = {.base = STR("app")};
        struct program_case c;
        struct emission found;
        struct strbuf emitted, alone;
        strbuf_init(&emitted, 4096);
        strbuf_init(&alone, 4096);
        program_emit(&c, sources, &options);
        emit_gaps(c.program, &options, &found);
        add_gaps(&c, &c.emission, &emitted);
        add_gaps(&c, &found, &alone);
        assert_str(strbuf_str(&emitted), cases[i].gaps);
        assert_str(strbuf_str(&alone), cases[i].gaps);
        for (uint32_t k = 0; k < found.count; k++) {
            assert_int_equal(found.outputs[k].code.size, 0);
            assert_int_equal(found.outputs[k].map.sources.count, 0);
        }
        emission_finish(&found);
        program_end(&c);
        strbuf_finish(&emitted);
        strbuf_finish(&alone);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_found_with_and_without_emitting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
