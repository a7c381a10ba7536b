/* report_unexpected: text that fits nowhere, explained by the first of these that applies: another language's token, a
 * value that is missing next to an operator, a construct that was begun and not finished, and what its place allows. */
#include "parser/syntax/report.h"

/* ---- tokens of other languages */

struct foreign {
    struct str token, advice, replacement;
};

static const struct foreign foreign_tokens[] = {
    {STR_INIT("==="), STR_INIT("Tova has no `===`: `==` is as strict."), STR_INIT("==")},
    {STR_INIT("!=="), STR_INIT("Tova has no `!==`: `!=` is as strict."), STR_INIT("!=")},
    {STR_INIT("="), STR_INIT("`=` assigns and is no part of an expression; `==` compares."), STR_INIT("")},
    {STR_INIT("`"), STR_INIT("Strings have no backticks: a value goes into braces, as in \"Hello {name}\"."),
     STR_INIT("")},
    {STR_INIT("#"), STR_INIT("`#` means nothing here; a comment begins with `//`."), STR_INIT("//")},
    {STR_INIT("->"), STR_INIT("`->` stands before a return type; a lambda or an arm has `=>`."), STR_INIT("=>")},
    {STR_INIT("::"), STR_INIT("Tova has no `::`: a member follows a `.`."), STR_INIT(".")},
    {STR_INIT("elif"), STR_INIT("`elif` must stand on the line of the `}` of its `if`."), STR_INIT("")},
    {STR_INIT("else"), STR_INIT("`else` must follow the `}` of an `if` or a `for`."), STR_INIT("")},
    {STR_INIT("catch"), STR_INIT("`catch` is written `catch error { … }`, behind the `}` of a `try`."), STR_INIT("")},
    {STR_INIT("finally"), STR_INIT("`finally` must follow the `}` of a `try` or a `catch`."), STR_INIT("")},
};

/* ---- what may stand where */

static const struct str expected_in[NODE_KIND_COUNT] = {
    [NODE_SOURCE_FILE] = STR_INIT("a statement or a block"),
    [NODE_BLOCK] = STR_INIT("a statement"),
    [NODE_BARE_BLOCK] = STR_INIT("a statement"),
    [NODE_PARAMETERS] = STR_INIT("a parameter, `,` or `)`"),
    [NODE_PARAMETER] = STR_INIT("`: Type`, `= default`, `,` or `)`"),
    [NODE_TYPE_PARAMETERS] = STR_INIT("the name of a type, `,` or `>`"),
    [NODE_ARGUMENTS] = STR_INIT("an argument, `,` or `)`"),
    [NODE_PAREN_LIST] = STR_INIT("a value, `,` or `)`"),
    [NODE_ARRAY] = STR_INIT("a value, `,` or `]`"),
    [NODE_INDEX_EXPRESSION] = STR_INIT("an index and `]`"),
    [NODE_OBJECT] = STR_INIT("`key: value`, `,` or `}`"),
    [NODE_TYPE_BODY] = STR_INIT("`field: Type` or a variant"),
    [NODE_FIELD_DECLARATION] = STR_INIT("a type"),
    [NODE_NAMED_IMPORTS] = STR_INIT("a name, `,` or `}`"),
    [NODE_FUNCTION_DECLARATION] = STR_INIT("`(parameters)` and `{ … }`"),
    [NODE_COMPONENT_DECLARATION] = STR_INIT("a name and `{ … }`"),
    [NODE_MATCH_EXPRESSION] = STR_INIT("`pattern => result`"),
    [NODE_MATCH_ARM] = STR_INIT("`pattern => result`"),
    [NODE_IF_EXPRESSION] = STR_INIT("a block `{ … }`"),
    [NODE_ELIF_CLAUSE] = STR_INIT("a block `{ … }`"),
    [NODE_FOR_EXPRESSION] = STR_INIT("a block `{ … }`"),
    [NODE_WHILE_EXPRESSION] = STR_INIT("a block `{ … }`"),
    [NODE_ASSIGNMENT] = STR_INIT("a value"),
    [NODE_BINARY_EXPRESSION] = STR_INIT("a value"),
    [NODE_STRING] = STR_INIT("text or `{value}`"),
    [NODE_INTERPOLATION] = STR_INIT("one value and `}`"),
    [NODE_JSX_ELEMENT] = STR_INIT("an attribute, `>` or `/>`"),
    [NODE_JSX_EXPRESSION] = STR_INIT("one value and `}`"),
    [NODE_JSX_ATTRIBUTE] = STR_INIT("a string \"…\" or `{value}`"),
    [NODE_JSX_BLOCK] = STR_INIT("a tag, text or `{value}`"),
    [NODE_JSX_FRAGMENT] = STR_INIT("a tag, text or `{value}`"),
};

/* ---- operators */

/* Is it an operator that needs a value on both sides? */
static bool is_infix(struct str token) {
    static const struct str infix[] = {
        STR_INIT("+"),  STR_INIT("*"),  STR_INIT("/"),  STR_INIT("%"),   STR_INIT("**"), STR_INIT("=="), STR_INIT("!="),
        STR_INIT("<"),  STR_INIT("<="), STR_INIT(">"),  STR_INIT(">="),  STR_INIT("&&"), STR_INIT("||"), STR_INIT("??"),
        STR_INIT("|>"), STR_INIT("|"),  STR_INIT("&"),  STR_INIT("^"),   STR_INIT("<<"), STR_INIT(">>"), STR_INIT(".."),
        STR_INIT("in"), STR_INIT("is"), STR_INIT("or"), STR_INIT("and"), STR_INIT("++"),
    };
    return str_is_one_of(token, infix, sizeof infix / sizeof *infix);
}

/* Must a value follow? */
static bool wants_value(struct str token) {
    static const struct str also[] = {
        STR_INIT("="),     STR_INIT("+="),     STR_INIT("-="),    STR_INIT("*="),  STR_INIT("/="), STR_INIT("=>"),
        STR_INIT("-"),     STR_INIT("not"),    STR_INIT("!"),     STR_INIT("..."), STR_INIT("if"), STR_INIT("in"),
        STR_INIT("while"), STR_INIT("return"), STR_INIT("match"), STR_INIT(":"),   STR_INIT("->"),
    };
    return is_infix(token) || str_is_one_of(token, also, sizeof also / sizeof *also);
}

/* May no value begin with it? */
static bool begins_no_value(struct str token) {
    static const struct str closers[] = {STR_INIT(")"), STR_INIT("]"), STR_INIT("}"),
                                         STR_INIT(","), STR_INIT(";"), STR_INIT("=")};
    return is_infix(token) || str_is_one_of(token, closers, sizeof closers / sizeof *closers);
}

/* ---- the three explanations */

/* The token with the operator characters that touch it: the parser may have taken the first ones for a token. */
static struct span whole_operator(const struct syntax_tree *tree, struct span span) {
    struct span before = report_token_before(tree, span.start);
    if (before.end == span.start && is_infix(text_slice(tree->text, before))) {
        span.start = before.start;
    }
    return span;
}

bool report_foreign(struct report *report, struct span span) {
    struct span wide = whole_operator(report->tree, span);
    for (size_t i = 0; i < sizeof foreign_tokens / sizeof *foreign_tokens; i++) {
        const struct foreign *foreign = &foreign_tokens[i];
        bool is_wide = str_equal(text_slice(report->tree->text, wide), foreign->token);
        if (!is_wide && !str_equal(text_slice(report->tree->text, span), foreign->token)) {
            continue;
        }
        struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX,
                                                       is_wide ? wide : span, "%.*s", STR_ARGUMENTS(foreign->advice));
        if (foreign->replacement.size != 0) {
            report_suggest_rewrite(report, diagnostic, diagnostic->span, foreign->replacement);
            diagnostic->fix.is_certain = true;
        }
        return true;
    }
    return false;
}

bool report_increment(struct report *report, struct span token) {
    struct str said = text_slice(report->tree->text, token);
    if (!str_equal(said, STR("++")) && !str_equal(said, STR("--"))) {
        return false;
    }
    struct str written = arena_printf(report->arena, " %c= 1", said.data[0]);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, token, "Tova has no `%.*s`: write `x%.*s`.",
                       STR_ARGUMENTS(said), STR_ARGUMENTS(written));
    report_suggest_rewrite(report, diagnostic, token, written);
    return true;
}

static void report_value(struct report *report, struct span after) {
    struct str said = text_slice(report->tree->text, after);
    if (report_increment(report, after)) {
        return;
    }
    if (str_equal(said, STR(":")) || str_equal(said, STR("->"))) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_NAME, after, "A type is expected after `%.*s`.",
                       STR_ARGUMENTS(said));
    } else {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_VALUE, after,
                       "A value is expected after `%.*s`.", STR_ARGUMENTS(said));
    }
}

bool report_operand(struct report *report, uint32_t offset) {
    struct span before = report_token_before(report->tree, offset);
    if (!is_infix(text_slice(report->tree->text, before))) {
        return false;
    }
    report_value(report, before);
    return true;
}

static bool explain_value(struct report *report, struct span span) {
    const struct syntax_tree *tree = report->tree;
    uint32_t line_end = text_line(tree->text, text_line_of(tree->text, span.end)).end;
    struct str token = text_slice(tree->text, span);
    struct str behind = text_slice(tree->text, report_token(tree, span.end, line_end));
    if (wants_value(token) && (behind.size == 0 || begins_no_value(behind))) {
        report_value(report, span);
        return true;
    }
    struct span before_span = report_token_before(tree, span.start);
    struct str before = text_slice(tree->text, before_span);
    /* `x = 1 +` and a declaration on the next line: its `fn` was taken for the missing value. */
    if (str_equal(before, STR("fn"))) {
        return report_operand(report, before_span.start);
    }
    if ((wants_value(before) && begins_no_value(token)) || (is_infix(before) && str_equal(token, STR("{")))) {
        report_value(report, before_span);
        return true;
    }
    return false;
}

/* Does the error begin a statement? */
static bool is_statement(const struct syntax_tree *tree, node_id error) {
    static const bool outside[NODE_KIND_COUNT] = {
        [NODE_SOURCE_FILE] = true, [NODE_BLOCK] = true, [NODE_BARE_BLOCK] = true, [NODE_ERROR] = true};
    return outside[node_kind(tree, node_parent(tree, error))];
}

/* `fn f() -> {`: the body was read as a type. */
static bool explain_missing_type(struct report *report, node_id error, struct span span) {
    const struct syntax_tree *tree = report->tree;
    struct span next = report_token(tree, span.end, text_size(tree->text));
    if (str_equal(text_slice(tree->text, span), STR("->")) && str_equal(text_slice(tree->text, next), STR("{"))) {
        report_value(report, span);
        return true;
    }
    node_id type = node_parent(tree, error);
    if (node_kind(tree, type) != NODE_RECORD_TYPE || node_field(tree, type) != FIELD_RETURN_TYPE) {
        return false;
    }
    report_value(report, report_token_before(tree, node_span(tree, type).start));
    return true;
}

/* `"{ \"a\": 1 }"`: JSON in a string, whose brace was read as the beginning of a value. */
static bool explain_brace_of_text(struct report *report, node_id error, struct span span) {
    const struct syntax_tree *tree = report->tree;
    node_id value = node_ancestor(tree, error, NODE_INTERPOLATION);
    enum node_kind string = node_kind(tree, node_parent(tree, value));
    if (!str_equal(text_slice(tree->text, span), STR(":")) || (string != NODE_STRING && string != NODE_TRIPLE_STRING)) {
        return false;
    }
    uint32_t start = node_span(tree, value).start;
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, (struct span){start, start + 1},
                       "In a string `{` begins a value. A brace that is meant as text, as in JSON, is written `\\{`.");
    report_suggest_insertion(report, diagnostic, start, STR("\\"));
    vec_push(report->arena, &report->silent, ((struct span){start + 1, node_span(tree, value).end}));
    return true;
}

/* `on:click`, `onClick` or `onclick`, and no `once` or `one`? */
static bool is_event(struct str attribute) {
    enum { SHORTEST = 6 };
    bool apart = attribute.size > 2 && (attribute.data[2] == ':' || (attribute.data[2] >= 'A' && attribute.data[2] <= 'Z'));
    return str_starts_with(attribute, STR("on")) && (apart || attribute.size >= SHORTEST);
}

/* `on:click={count += 1}`: what is to happen, without the function around it. */
static bool explain_handler(struct report *report, node_id error, struct span span) {
    static const struct str assigning[] = {STR_INIT("="),  STR_INIT("+="), STR_INIT("-="), STR_INIT("*="),
                                           STR_INIT("/="), STR_INIT("&="), STR_INIT("|="), STR_INIT("^=")};
    const struct syntax_tree *tree = report->tree;
    node_id value = node_parent(tree, error);
    while (node_kind(tree, value) == NODE_BINARY_EXPRESSION || node_kind(tree, value) == NODE_ERROR) {
        value = node_parent(tree, value);
    }
    node_id attribute = node_parent(tree, value);
    struct span last = report_token_before(tree, node_span(tree, error).end); /* `count =` may be the error as a whole */
    span = str_is_one_of(text_slice(tree->text, last), assigning, sizeof assigning / sizeof *assigning) ? last : span;
    if (!str_is_one_of(text_slice(tree->text, span), assigning, sizeof assigning / sizeof *assigning) ||
        node_kind(tree, value) != NODE_JSX_EXPRESSION || node_kind(tree, attribute) != NODE_JSX_ATTRIBUTE ||
        !is_event(node_text(tree, node_child(tree, attribute, FIELD_NAME)))) {
        return false;
    }
    struct span name = report_token(tree, node_span(tree, value).start + 1, span.start);
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span,
                                                   "What is to happen at an event is a function: `fn() count = 1`.");
    struct str written = arena_printf(report->arena, "fn() %.*s", STR_ARGUMENTS(text_slice(tree->text, name)));
    report_suggest_rewrite(report, diagnostic, name, written);
    return true;
}

/* `fn(a) => a + 1`: two ways to write a function at once. */
static bool explain_arrow(struct report *report, struct span span) {
    const struct syntax_tree *tree = report->tree;
    struct str text = text_str(tree->text);
    struct span before = report_token_before(tree, span.start);
    uint32_t line = text_line(tree->text, text_line_of(tree->text, span.start)).start, at = before.start;
    if (!str_equal(text_slice(tree->text, span), STR("=>")) || !str_equal(text_slice(tree->text, before), STR(")"))) {
        return false;
    }
    while (at > line && text.data[at] != '(') {
        at--;
    }
    struct span word = report_token_before(tree, at);
    if (!str_equal(text_slice(tree->text, word), STR("fn"))) {
        return false;
    }
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, span,
                       "A function with `fn` has no `=>`: write `fn(a) value`, or `(a) => value`.");
    report_suggest(report, diagnostic, "Remove", STR("=>"), (struct span){before.end, span.end}, STR(""));
    return true;
}

/* `hours?: Int`: a value that may be missing, as TypeScript says it. */
static bool explain_optional(struct report *report, struct span span) {
    const struct syntax_tree *tree = report->tree;
    uint32_t line_end = text_line(tree->text, text_line_of(tree->text, span.end)).end;
    struct span name = report_token_before(tree, span.start), colon = report_token(tree, span.end, line_end);
    struct span type = report_token(tree, colon.end, line_end), behind = report_token(tree, type.end, line_end);
    struct str last = text_slice(tree->text, behind);
    if (!str_equal(text_slice(tree->text, span), STR("?")) || !str_equal(text_slice(tree->text, colon), STR(":")) ||
        !report_is_word(tree, name) || !report_is_word(tree, type)) {
        return false;
    }
    struct str written = arena_printf(report->arena, ": %.*s?", STR_ARGUMENTS(text_slice(tree->text, type)));
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, span,
                       "The `?` of what may be missing stands behind its type: `%.*s%.*s`.",
                       STR_ARGUMENTS(text_slice(tree->text, name)), STR_ARGUMENTS(written));
    if (!str_equal(last, STR("<")) && !str_equal(last, STR("["))) {
        report_suggest(report, diagnostic, "Write", str_slice(written, 2, written.size), (struct span){span.start, type.end},
                       written);
    }
    return true;
}

/* A string in backticks: nothing in it is code. One of one line, in which nothing has to be escaped, becomes one in quotes. */
static bool explain_backticks(struct report *report, struct span span) {
    enum { MOST_BYTES = 4000 };
    const struct syntax_tree *tree = report->tree;
    struct str text = text_str(tree->text), written = {0};
    if (!str_equal(text_slice(tree->text, span), STR("`"))) {
        return false;
    }
    size_t end = str_find(str_slice(text, 0, span.end + MOST_BYTES), '`', span.end), from = span.end;
    bool plain = end < text.size && text.data[end] == '`';
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span,
                       "Strings have no backticks: a value goes into braces, as in \"Hello {name}\".");
    if (!plain) {
        return true;
    }
    vec_push(report->arena, &report->silent, ((struct span){span.end, (uint32_t)end + 1}));
    unsigned depth = 0;
    for (size_t i = span.end; i < end && plain; i++) {
        char byte = text.data[i];
        plain = byte != '"' && byte != '\\' && byte != '\n' && byte != '\r' && (byte != '{' || depth > 0 || text.data[i - 1] == '$');
        if (byte == '{') {
            written = depth > 0 ? written : arena_concat(report->arena, written, str_slice(text, from, i - 1));
            from = depth > 0 ? from : i;
            depth++;
        } else if (byte == '}') {
            plain &= depth > 0;
            depth -= depth > 0;
        }
    }
    if (plain) {
        written = arena_printf(report->arena, "\"%.*s%.*s\"", STR_ARGUMENTS(written), STR_ARGUMENTS(str_slice(text, from, end)));
        report_suggest(report, diagnostic, "Write", written, (struct span){span.start, (uint32_t)end + 1}, written);
    }
    return true;
}

/* `x = match {`: the word, and not the `=`, is followed by nothing that it can do with. */
static bool explain_head(struct report *report, struct span span) {
    static const struct str heads[] = {STR_INIT("match"), STR_INIT("if"), STR_INIT("while")};
    const struct syntax_tree *tree = report->tree;
    struct span word = report_token(tree, span.end, text_size(tree->text));
    struct span next = report_token(tree, word.end, text_size(tree->text));
    bool head = str_is_one_of(text_slice(tree->text, word), heads, sizeof heads / sizeof *heads) &&
                str_equal(text_slice(tree->text, next), STR("{")) && str_equal(text_slice(tree->text, span), STR("="));
    if (head) {
        report_value(report, word);
    }
    return head;
}

void report_unexpected(struct report *report, node_id error, node_id at) {
    const struct syntax_tree *tree = report->tree;
    struct span whole = node_span(tree, error);
    struct span first = report_token(tree, whole.start, whole.end);
    struct span inside = node_span(tree, at);
    struct span span = report_token(tree, inside.start, inside.end);
    if (span_size(span) == 0) {
        span = first;
    }
    if (explain_brace_of_text(report, error, span) || explain_handler(report, error, span) ||
        explain_optional(report, span) || explain_arrow(report, span) || explain_head(report, span) ||
        explain_backticks(report, span) || report_number_type(report, error, span) ||
        report_counting_loop(report, error) || report_bodiless(report, error) || explain_missing_type(report, error, span) ||
        report_block_behind(report, error, span) || report_foreign(report, span) || explain_value(report, span) ||
        (is_statement(tree, error) && report_shape(report, error, span))) {
        return;
    }
    if (report_foreign(report, report_token_before(tree, whole.end))) {
        return;
    }
    if (span_size(span) == 0 && tree->repair_count > 0) {
        return; /* only what mending left over: what was mended is told */
    }
    struct str token = text_slice(tree->text, span);
    struct str expected = expected_in[node_kind(tree, node_parent(tree, error))];
    if (expected.size == 0 && report_shape(report, node_parent(tree, error), span)) {
        return;
    }
    if (expected.size != 0) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span,
                       "`%.*s` does not fit here, where %.*s may stand.", STR_ARGUMENTS(token),
                       STR_ARGUMENTS(expected));
    } else {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span, "`%.*s` does not fit here.",
                       STR_ARGUMENTS(token));
    }
}
