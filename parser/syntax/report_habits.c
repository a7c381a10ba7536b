/* report_habits: habits from other languages that the grammar reads, one message each with what to write instead. */
#include "parser/syntax/report.h"

#include <string.h>

static struct span span_before(const struct report *report, node_id node) {
    return report_token_before_node(report->tree, node);
}

/* ---- text that the parser passed over: NODE_FOREIGN */

/* The statement that a foreign word stands before, as far as it goes. */
static struct span statement_behind(const struct report *report, node_id foreign) {
    return node_span(report->tree, node_next_sibling(report->tree, foreign));
}

static void report_counting(struct report *report, node_id foreign) {
    struct span span = node_span(report->tree, foreign);
    struct str said = node_text(report->tree, foreign);
    char sign = said.data[0];
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, span, "Tova has no `%.*s`: write `x %c= 1`.", STR_ARGUMENTS(said), sign);
    struct span behind = statement_behind(report, foreign);
    if (behind.start == span.end && behind.end > behind.start) { /* `++x` */
        struct str name = report_text(report, behind);
        span.end = behind.end;
        report_suggest_rewrite(report, diagnostic, span,
                               arena_printf(report->arena, "%.*s %c= 1", STR_ARGUMENTS(name), sign));
    } else {
        report_suggest_rewrite(report, diagnostic, span, arena_printf(report->arena, " %c= 1", sign));
    }
}

static void report_attribute_comma(struct report *report, node_id foreign) {
    struct span span = node_span(report->tree, foreign);
    report_suggest_rewrite(report, REPORT_HABIT(report, span, "Attributes stand side by side, without commas."), span,
                           STR(""));
}

static void report_html_comment(struct report *report, node_id foreign) {
    struct span span = node_span(report->tree, foreign);
    struct str said = str_slice(node_text(report->tree, foreign), strlen("<!--"), span_size(span));
    if (str_ends_with(said, STR("-->"))) {
        said = str_slice(said, 0, said.size - strlen("-->"));
    }
    struct span opener = {span.start, span.start + 4};
    struct diagnostic *diagnostic = REPORT_HABIT(report, opener, "A comment between tags is written `{/* … */}`.");
    report_suggest_rewrite(report, diagnostic, span, arena_printf(report->arena, "{/*%.*s*/}", STR_ARGUMENTS(said)));
    diagnostic->fix.title = STR("Write `{/* … */}`");
}

/* `a < b` between tags. Before a letter it may be the beginning of a tag, too. */
static void report_angle(struct report *report, node_id foreign) {
    struct span span = node_span(report->tree, foreign);
    struct span next = report_token(report->tree, span.end, text_size(report->tree->text));
    struct str written = arena_printf(report->arena, "{\"%.*s\"}", STR_ARGUMENTS(node_text(report->tree, foreign)));
    struct diagnostic *diagnostic = REPORT_HABIT(
        report, span, "Between tags `<` begins a tag. As text it is written `%.*s`.", STR_ARGUMENTS(written));
    report_suggest_rewrite(report, diagnostic, span, written);
    diagnostic->fix.is_certain = next.start > span.end || !report_is_word(report->tree, next);
}

/* `new Foo(1)`: the name behind it becomes `Foo.new`. */
static void report_new(struct report *report, node_id foreign) {
    struct span span = node_span(report->tree, foreign);
    struct span name = report_token(report->tree, span.end, text_size(report->tree->text));
    struct str callee = report_text(report, name);
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, span, "Objects are made with `%.*s.new(…)`.", STR_ARGUMENTS(callee));
    report_suggest_rewrite(report, diagnostic, (struct span){span.start, name.end},
                           arena_printf(report->arena, "%.*s.new", STR_ARGUMENTS(callee)));
}

/* What `throw` would throw: of `new Error(text)` the text. */
static struct str thrown_value(const struct report *report, node_id foreign) {
    const struct syntax_tree *tree = report->tree;
    node_id value = node_next_sibling(tree, foreign);
    if (node_kind(tree, value) == NODE_FOREIGN) {
        value = node_next_sibling(tree, value);
    }
    node_id arguments = node_child(tree, value, FIELD_ARGUMENTS);
    node_id only = node_first_plain(tree, arguments);
    if (str_ends_with(node_text(tree, node_child(tree, value, FIELD_FUNCTION)), STR("Error")) && only != NODE_NONE) {
        return node_text(tree, only);
    }
    return node_text(tree, value);
}

static void report_throw(struct report *report, node_id foreign) {
    const struct syntax_tree *tree = report->tree;
    struct span span = node_span(tree, foreign);
    struct str value = thrown_value(report, foreign);
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, span, "Tova has no `throw`: a function that may fail gives `Ok(value)` or `Err(reason)`.");
    node_id statement = node_next_sibling(tree, foreign);
    if (node_kind(tree, statement) == NODE_FOREIGN) {
        statement = node_next_sibling(tree, statement);
    }
    if (value.size != 0) {
        report_suggest_rewrite(report, diagnostic, (struct span){span.start, node_span(tree, statement).end},
                               arena_printf(report->arena, "return Err(%.*s)", STR_ARGUMENTS(value)));
    }
}

static void report_typeof(struct report *report, node_id foreign) {
    const struct syntax_tree *tree = report->tree;
    struct span span = node_span(tree, foreign);
    struct span operand = report_token(tree, span.end, text_size(tree->text));
    struct str said = report_text(report, operand);
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, span, "The type of a value is `type_of(value)`; `value is Type` tests it.");
    if (report_is_word(tree, operand)) {
        report_suggest_rewrite(report, diagnostic, (struct span){span.start, operand.end},
                               arena_printf(report->arena, "type_of(%.*s)", STR_ARGUMENTS(said)));
    }
}

static void report_delete(struct report *report, node_id foreign) {
    REPORT_HABIT(report, node_span(report->tree, foreign),
                 "Tova has no `delete`: make a new object of the entries that stay, or set the entry to `nil`.");
}

void report_passed_over(struct report *report, node_id foreign) {
    static const struct {
        struct str start;
        void (*report)(struct report *report, node_id foreign);
    } habits[] = {
        {STR_INIT("++"), report_counting},       {STR_INIT("--"), report_counting},
        {STR_INIT(","), report_attribute_comma}, {STR_INIT("<!--"), report_html_comment},
        {STR_INIT("<"), report_angle},           {STR_INIT("{"), report_template_tag},
        {STR_INIT("throw"), report_throw},       {STR_INIT("new"), report_new},
        {STR_INIT("typeof"), report_typeof},     {STR_INIT("delete"), report_delete},
    };
    node_id before = foreign - 1; /* `throw new Error(…)` is one mistake */
    if (node_kind(report->tree, before) == NODE_FOREIGN && str_equal(node_text(report->tree, before), STR("throw"))) {
        return;
    }
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        if (str_starts_with(node_text(report->tree, foreign), habits[i].start)) {
            habits[i].report(report, foreign);
            return;
        }
    }
}

/* ---- forms that parse as what they mean */

/* `c ? a : b` */
void report_choice(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    node_id condition = node_child(tree, node, FIELD_CONDITION);
    if (node_span(tree, condition).start != node_span(tree, node).start) {
        return;
    }
    struct str said = node_text(tree, condition);
    struct str yes = node_text(tree, node_child(tree, node, FIELD_CONSEQUENCE));
    struct str no = node_text(tree, node_child(tree, node, FIELD_ALTERNATIVE));
    struct span mark = report_token(tree, node_span(tree, condition).end, node_span(tree, node).end);
    mark.end = mark.start + 1;
    struct diagnostic *diagnostic = REPORT_HABIT(
        report, mark, "A choice between two values is written `if %.*s { … } else { … }`.", STR_ARGUMENTS(said));
    report_suggest_rewrite(report, diagnostic, node_span(tree, node),
                           arena_printf(report->arena, "if %.*s { %.*s } else { %.*s }", STR_ARGUMENTS(said),
                                        STR_ARGUMENTS(yes), STR_ARGUMENTS(no)));
}

/* `function`, `def`, … for `fn`, `: T` for `-> T`, `=> e` for a block */
void report_function(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    struct span word = span_before(report, node_child(tree, node, FIELD_NAME));
    struct str said = report_text(report, word);
    if (node_child(tree, node, FIELD_NAME) != NODE_NONE && report_is_word(tree, word) && !str_equal(said, STR("fn"))) {
        report_suggest_rewrite(
            report,
            REPORT_HABIT(report, word, "A function is declared with `fn`, not with `%.*s`.", STR_ARGUMENTS(said)), word,
            STR("fn"));
    }
    node_id type = node_child(tree, node, FIELD_RETURN_TYPE);
    struct span arrow = span_before(report, type);
    if (type != NODE_NONE && str_equal(report_text(report, arrow), STR(":"))) {
        struct diagnostic *diagnostic = REPORT_HABIT(report, arrow, "The type of a result follows `->`.");
        report_suggest_rewrite(report, diagnostic, arrow, STR(" ->"));
    }
    node_id body = node_child(tree, node, FIELD_BODY);
    struct str text = node_text(tree, body);
    if (node_kind(tree, body) == NODE_BLOCK && str_starts_with(text, STR("=>"))) {
        struct span span = node_span(tree, body);
        struct str value = node_text(tree, node_first_plain(tree, body));
        struct diagnostic *diagnostic =
            REPORT_HABIT(report, ((struct span){span.start, span.start + 2}),
                         "A function with a name has its body in braces: `fn name() { value }`.");
        report_suggest_rewrite(report, diagnostic, span, arena_printf(report->arena, "{ %.*s }", STR_ARGUMENTS(value)));
    }
}

/* `function (a) { }` */
void report_function_value(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    struct span word = span_before(report, node_child(tree, node, FIELD_PARAMETERS));
    if (str_equal(report_text(report, word), STR("function"))) {
        report_suggest_rewrite(report, REPORT_HABIT(report, word, "A function is written with `fn`."), word, STR("fn"));
    }
}

/* `for x of xs`, and `for x xs` */
void report_loop(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    node_id iterable = node_child(tree, node, FIELD_ITERABLE);
    struct span word = span_before(report, iterable);
    bool cut = node_span(tree, iterable).end == node_span(tree, iterable).start; /* a repair put it in */
    if (iterable == NODE_NONE || cut || str_equal(report_text(report, word), STR("in"))) {
        return;
    }
    struct span last = {0}; /* of the patterns */
    for (node_id pattern = node_child(tree, node, FIELD_PATTERN); pattern != NODE_NONE;
         pattern = node_next_same_field(tree, pattern)) {
        last = node_span(tree, pattern);
    }
    if (last.end >= word.end) {
        struct span place = {last.end, last.end};
        struct span first = report_token(tree, last.end, text_size(tree->text));
        report_suggest_rewrite(
            report, REPORT_HABIT(report, first, "`in` is missing: a loop is written `for item in list { … }`."), place,
            STR(" in"));
        return;
    }
    struct str said = report_text(report, word);
    report_suggest_rewrite(
        report, REPORT_HABIT(report, word, "A loop has `in` before its list, not `%.*s`.", STR_ARGUMENTS(said)), word,
        STR("in"));
}

/* `catch (e)` */
void report_catch(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    node_id name = node_child(tree, node, FIELD_NAME);
    struct span opener = span_before(report, name);
    if (name == NODE_NONE || !str_equal(report_text(report, opener), STR("("))) {
        return;
    }
    struct span closer = report_token(tree, node_span(tree, name).end, node_span(tree, node).end);
    struct span span = {opener.start, closer.end};
    struct diagnostic *diagnostic = REPORT_HABIT(report, span, "The error of a `catch` stands without parentheses.");
    report_suggest_rewrite(report, diagnostic, span, node_text(tree, name));
}

/* `"type"="text"` in a tag */
void report_attribute_name(struct report *report, node_id name) {
    struct str said = node_text(report->tree, name);
    if (report_template_attribute(report, name)) {
        return;
    }
    if (str_starts_with(said, STR("\""))) {
        struct span span = node_span(report->tree, name);
        report_suggest_rewrite(report, REPORT_HABIT(report, span, "The name of an attribute has no quotes."), span,
                               str_slice(said, 1, said.size - 1));
    }
}

/* `\"text\"` outside of an interpolation */
void report_escaped_string(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    if (str_starts_with(node_text(tree, node), STR("\\")) && node_ancestor(tree, node, NODE_INTERPOLATION) == NODE_NONE) {
        struct span span = node_span(tree, node);
        REPORT_HABIT(report, ((struct span){span.start, span.start + 2}),
                     "A quote is escaped inside of strings only. Write `\"` here and at the end of the string.");
    }
}

/* ---- declarations that other languages have, read as directives */

void report_directive(struct report *report, node_id node) {
    static const struct {
        struct str word, advice, replacement;
    } habits[] = {
        {STR_INIT("class"), STR_INIT("Tova has no classes: `type Name { field: Type }` holds data, `impl Name { fn … }` "
                                     "its functions."),
         STR_INIT("")},
        {STR_INIT("enum"), STR_INIT("An enumeration is a type with variants: `type Name { First Second }`."),
         STR_INIT("type")},
        {STR_INIT("struct"), STR_INIT("A type with fields is written `type Name { field: Type }`."), STR_INIT("type")},
        {STR_INIT("switch"), STR_INIT("Tova has no `switch`: write `match value { pattern => result }`."), STR_INIT("")},
        {STR_INIT("do"), STR_INIT("Tova has no `do`: write `loop { … }` with a `break` in it."), STR_INIT("")},
        {STR_INIT("unless"), STR_INIT("Tova has no `unless`: write `if not condition { … }`."), STR_INIT("if not")},
    };
    const struct syntax_tree *tree = report->tree;
    node_id name = node_child(tree, node, FIELD_NAME);
    node_id block = node_child_of_kind(tree, node, NODE_BLOCK);
    if (block == NODE_NONE) {
        return;
    }
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        if (str_equal(node_text(tree, name), habits[i].word)) {
            struct span span = node_span(tree, name);
            struct diagnostic *diagnostic = REPORT_HABIT(report, span, "%.*s", STR_ARGUMENTS(habits[i].advice));
            if (habits[i].replacement.size != 0) {
                report_suggest_rewrite(report, diagnostic, span, habits[i].replacement);
            }
            uint32_t end = node_span(tree, node).end;
            node_id next = node_next_sibling(tree, node_next_sibling(tree, node));
            if (node_kind(tree, next) == NODE_WHILE_EXPRESSION && str_equal(habits[i].word, STR("do"))) {
                end = node_span(tree, next).end; /* `do { } while condition` */
            }
            vec_push(report->arena, &report->silent, ((struct span){span.end, end}));
            return;
        }
    }
}

/* Behind the `)` that pairs with the `(` at offset, or 0 when its line has none. */
static uint32_t behind_parentheses(const struct report *report, uint32_t offset) {
    struct str text = text_str(report->tree->text);
    uint32_t end = text_line(report->tree->text, text_line_of(report->tree->text, offset)).end;
    int depth = 0;
    for (uint32_t at = offset; at < end; at++) {
        depth += (text.data[at] == '(') - (text.data[at] == ')');
        if (depth == 0) {
            return at + 1;
        }
    }
    return 0;
}

bool report_counting_loop(struct report *report, node_id error) {
    const struct syntax_tree *tree = report->tree;
    struct span whole = node_span(tree, error);
    for (uint32_t at = whole.start; at < whole.end;) {
        struct span word = report_token(tree, at, whole.end);
        struct span opener = report_token(tree, word.end, whole.end);
        uint32_t end = behind_parentheses(report, opener.start);
        at = word.end > at ? word.end : whole.end;
        struct str head = report_text(report, (struct span){opener.start, end > opener.start ? end : opener.start});
        bool counts = str_equal(report_text(report, word), STR("for")) && str_starts_with(head, STR("(")) &&
                      str_find(head, ';', 0) < head.size;
        if (counts) {
            REPORT_HABIT(report, word, "A loop is written `for item in list { … }`; `for i in 0..n { … }` counts.");
            vec_push(report->arena, &report->silent, ((struct span){word.end, end}));
            return true;
        }
    }
    return false;
}

bool report_bodiless(struct report *report, node_id error) {
    enum { LEVELS = 3 };
    const struct syntax_tree *tree = report->tree;
    node_id node = error;
    for (unsigned level = 0; level < LEVELS; level++) {
        node = node_parent(tree, node);
        enum node_kind kind = node_kind(tree, node);
        if (kind != NODE_IF_EXPRESSION && kind != NODE_WHILE_EXPRESSION && kind != NODE_ELIF_CLAUSE) {
            continue;
        }
        struct span keyword = report_token(tree, node_span(tree, node).start, text_size(tree->text));
        struct span opener = report_token(tree, keyword.end, text_size(tree->text));
        bool parentheses = str_starts_with(report_text(report, opener), STR("("));
        uint32_t end = parentheses ? behind_parentheses(report, opener.start) : 0;
        struct span next = report_token(tree, end, text_size(tree->text));
        if (end == 0 || !report_is_word(tree, next) || node_span(tree, error).end < end) {
            return false;
        }
        struct str said = report_text(report, keyword);
        REPORT_HABIT(report, next, "The body of `%.*s` stands in braces: `%.*s condition { … }`.", STR_ARGUMENTS(said),
                     STR_ARGUMENTS(said));
        return true;
    }
    return false;
}

bool report_block_behind(struct report *report, node_id error, struct span block) {
    const struct syntax_tree *tree = report->tree;
    struct span before = report_token_before(tree, block.start);
    if (!str_starts_with(report_text(report, block), STR("{")) || !str_equal(report_text(report, before), STR(")"))) {
        return false;
    }
    node_id call = error - 1; /* in pre-order, the last node inside what stands before it */
    while (call != NODE_NONE && node_kind(tree, call) != NODE_CALL_EXPRESSION) {
        call = node_parent(tree, call);
    }
    if (node_span(tree, call).end != before.end) {
        return false;
    }
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    struct span brace = {block.start, block.start + 1};
    vec_push(report->arena, &report->silent, block);
    if (str_equal(node_text(tree, function), STR("switch"))) {
        REPORT_HABIT(report, node_span(tree, function),
                     "Tova has no `switch`: write `match value { pattern => result }`.");
    } else {
        REPORT_HABIT(report, brace,
                     "A block cannot follow a call. Declare a function with `fn`, or pass one: `call(fn() { … })`.");
    }
    return true;
}

/* Words side by side of which one is an operator elsewhere. */
bool report_foreign_word(struct report *report, struct span before, struct span next) {
    static const struct {
        struct str word, advice, replacement;
    } words[] = {
        {STR_INIT("as"), STR_INIT("A value is not made another type by a word: `value is Type` tests it."), STR_INIT("")},
        {STR_INIT("instanceof"), STR_INIT("The type of a value is tested with `is`."), STR_INIT("is")},
        {STR_INIT("elseif"), STR_INIT("Another condition is written `elif condition { … }`."), STR_INIT("elif")},
        {STR_INIT("elsif"), STR_INIT("Another condition is written `elif condition { … }`."), STR_INIT("elif")},
        {STR_INIT("new"), STR_INIT("Objects are made with `Name.new(…)`."), STR_INIT("")},
        {STR_INIT("function"), STR_INIT("A function is written with `fn`."), STR_INIT("fn")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool here = str_equal(report_text(report, next), words[i].word);
        if (here || str_equal(report_text(report, before), words[i].word)) {
            struct span span = here ? next : before;
            struct diagnostic *diagnostic = REPORT_HABIT(report, span, "%.*s", STR_ARGUMENTS(words[i].advice));
            if (words[i].replacement.size != 0) {
                report_suggest_rewrite(report, diagnostic, span, words[i].replacement);
            }
            return true;
        }
    }
    return false;
}
