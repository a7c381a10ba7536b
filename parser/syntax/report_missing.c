/* report_missing: names, values and separators that are not there. */
#include "parser/syntax/report.h"

#include <string.h>

enum wanted { WANTED_TOKEN, WANTED_NAME, WANTED_VALUE, WANTED_TYPE, WANTED_PATTERN, WANTED_BLOCK };

static const unsigned char wanted_by_field[FIELD_COUNT] = {
    [FIELD_ALIAS] = WANTED_NAME,       [FIELD_LABEL] = WANTED_NAME,        [FIELD_MEMBER] = WANTED_NAME,
    [FIELD_METHOD] = WANTED_NAME,      [FIELD_NAME] = WANTED_NAME,         [FIELD_NAMESPACE] = WANTED_NAME,
    [FIELD_PROPERTY] = WANTED_NAME,    [FIELD_KEY] = WANTED_NAME,          [FIELD_ARGUMENT] = WANTED_TYPE,
    [FIELD_BODY_TYPE] = WANTED_TYPE,   [FIELD_CONSTRAINT] = WANTED_TYPE,   [FIELD_ELEMENT] = WANTED_TYPE,
    [FIELD_RETURN_TYPE] = WANTED_TYPE, [FIELD_TYPE] = WANTED_TYPE,         [FIELD_PATTERN] = WANTED_PATTERN,
    [FIELD_BODY] = WANTED_BLOCK,       [FIELD_CONSEQUENCE] = WANTED_BLOCK, [FIELD_ALTERNATIVE] = WANTED_BLOCK,
    [FIELD_FINALIZER] = WANTED_BLOCK,  [FIELD_CONDITION] = WANTED_VALUE,   [FIELD_DEFAULT] = WANTED_VALUE,
    [FIELD_FUNCTION] = WANTED_VALUE,   [FIELD_GUARD] = WANTED_VALUE,       [FIELD_HANDLER] = WANTED_VALUE,
    [FIELD_INDEX] = WANTED_VALUE,      [FIELD_ITERABLE] = WANTED_VALUE,    [FIELD_LEFT] = WANTED_VALUE,
    [FIELD_OBJECT] = WANTED_VALUE,     [FIELD_OPERAND] = WANTED_VALUE,     [FIELD_RIGHT] = WANTED_VALUE,
    [FIELD_SOURCE] = WANTED_VALUE,     [FIELD_VALUE] = WANTED_VALUE,       [FIELD_WHEN] = WANTED_VALUE,
};

static const struct {
    const char *what;
    enum diagnostic_code code;
} wanted_facts[] = {
    [WANTED_TOKEN] = {"Something", DIAGNOSTIC_SYNTAX},
    [WANTED_NAME] = {"A name", DIAGNOSTIC_EXPECTED_NAME},
    [WANTED_VALUE] = {"A value", DIAGNOSTIC_EXPECTED_VALUE},
    [WANTED_TYPE] = {"A type", DIAGNOSTIC_EXPECTED_NAME},
    [WANTED_PATTERN] = {"A pattern", DIAGNOSTIC_EXPECTED_VALUE},
    [WANTED_BLOCK] = {"A block `{ … }`", DIAGNOSTIC_SYNTAX},
};

/* Between two statements, entries or arguments. */
static void report_separator(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    enum node_kind kind = node_kind(tree, node_parent(tree, missing));
    bool statements = kind == NODE_SOURCE_FILE || kind == NODE_BLOCK || kind == NODE_BARE_BLOCK;
    struct span before = report_token_before(tree, node_span(tree, missing).start);
    uint32_t place = before.end;
    if (str_equal(text_slice(tree->text, before), STR("?"))) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before,
                       "A choice between two values is written `if condition { a } else { b }`.");
        return;
    }
    struct span next = report_token(tree, place, text_size(tree->text));
    struct str said = text_slice(tree->text, next);
    struct span block = node_span(tree, node_next_sibling(tree, missing));
    if (report_block_behind(report, missing, block) || report_foreign_word(report, before, next)) {
        return;
    }
    struct diagnostic *diagnostic = NULL;
    if (statements) {
        diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_SEPARATOR, next,
                                    "A new statement begins with `%.*s` on the line of another one. Put a `;` between "
                                    "them, or begin a new line.",
                                    STR_ARGUMENTS(said));
        report_suggest_insertion(report, diagnostic, place, STR(";"));
    } else {
        diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_SEPARATOR, next,
                                    "A `,` is missing before `%.*s`.", STR_ARGUMENTS(said));
        report_suggest_insertion(report, diagnostic, place, STR(","));
    }
}

static void report_attribute_value(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    node_id attribute = node_parent(tree, missing);
    struct str name = node_text(tree, node_child(tree, attribute, FIELD_NAME));
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_VALUE,
                   report_token_before(tree, node_span(tree, missing).start),
                   "`%.*s=` has no value. Write a string \"…\" or an expression in braces `{…}` after it.",
                   STR_ARGUMENTS(name));
}

static void report_pattern(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    struct span next = report_token(tree, node_span(tree, missing).start, text_size(tree->text));
    struct str said = text_slice(tree->text, next);
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_VALUE, next, "A pattern is expected before `%.*s`.",
                   STR_ARGUMENTS(said));
}

static void report_arm(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    struct span before = report_token_before(tree, node_span(tree, missing).start);
    struct span next = report_token(tree, before.end, text_size(tree->text));
    if (str_equal(text_slice(tree->text, next), STR("->"))) {
        report_foreign(report, next);
        return;
    }
    node_id pattern = node_child(tree, node_parent(tree, missing), FIELD_PATTERN);
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_VALUE, node_span(tree, pattern),
                   "This pattern has no result. An arm is written `pattern => result`.");
}

/* `if x == { … }`: the block was taken for the missing value. Of all that ends before the block, finds such an object. */
static node_id object_before(const struct syntax_tree *tree, node_id block) {
    node_id node = block - 1; /* in pre-order, the last node inside what stands before it */
    while (node > node_parent(tree, block) && node_kind(tree, node) != NODE_OBJECT) {
        node = node_parent(tree, node);
    }
    return node_kind(tree, node) == NODE_OBJECT ? node : NODE_NONE;
}

/* True when the block was reported in a better way than as missing. */
static bool report_block(struct report *report, node_id block) {
    const struct syntax_tree *tree = report->tree;
    node_id object = object_before(tree, block);
    return (object != NODE_NONE && report_operand(report, node_span(tree, object).start)) ||
           report_shape(report, node_parent(tree, block), (struct span){0});
}

/* Is the token one that a value follows, so that the value alone is missing? */
static bool is_value_next(struct str token) {
    char last = token.size != 0 ? token.data[token.size - 1] : '\0';
    return last != '\0' && strchr("=<>+-*/%&|^?.:(,[", last) != NULL;
}

/* Is it no text, but what the grammar calls one? */
static bool is_name_of_grammar(struct str token) {
    bool known = str_starts_with(token, STR("_"));
    for (unsigned kind = 0; kind < NODE_KIND_COUNT && !known; kind++) {
        known = str_equal(node_kind_name((enum node_kind)kind), token);
    }
    return known;
}

/* The token that recovery put in, where people would write it so; else empty, and *wanted is what it stands for. */
static struct str token_to_write(const struct syntax_tree *tree, node_id missing, enum wanted *wanted) {
    struct str token = node_inserted_token(tree, missing);
    if (!is_name_of_grammar(token)) {
        return token;
    }
    bool name = str_ends_with(token, STR("identifier")) || str_ends_with(token, STR("name"));
    *wanted = *wanted != WANTED_TOKEN ? *wanted : name ? WANTED_NAME : WANTED_VALUE;
    return STR("");
}

/* "… is expected after `x`", or before the first token of the file. */
static void report_wanted(struct report *report, enum diagnostic_code code, struct span before, struct str what) {
    const struct syntax_tree *tree = report->tree;
    bool first = span_size(before) == 0;
    struct span span = first ? report_token(tree, before.end, text_size(tree->text)) : before;
    diagnostic_add(report->arena, report->list, code, span, "%.*s is expected %s `%.*s`.", STR_ARGUMENTS(what),
                   first ? "before" : "after", STR_ARGUMENTS(text_slice(tree->text, span)));
}

void report_missing(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    enum node_field field = node_field(tree, missing);
    enum wanted wanted = (enum wanted)wanted_by_field[field];
    struct str token = token_to_write(tree, missing, &wanted);
    struct span before = report_token_before(tree, node_span(tree, missing).start);
    struct str said = text_slice(tree->text, before);
    if (report_is_closer(tree, missing)) {
        report_unclosed(report, missing);
        return;
    }
    enum node_kind parent = node_kind(tree, node_parent(tree, missing));
    if (parent == NODE_LET_DECLARATION) {
        return; /* reported with its keyword */
    }
    if (parent == NODE_JSX_ATTRIBUTE) {
        report_attribute_value(report, missing);
        return;
    }
    if (parent == NODE_MATCH_ARM && field == FIELD_BODY && !str_equal(said, STR("=>"))) {
        report_arm(report, missing);
        return;
    }
    bool inserted = node_inserted_token(tree, missing).size != 0;
    if (field == FIELD_NONE && (!inserted || str_equal(token, STR(";")))) {
        report_separator(report, missing);
        return;
    }
    if (wanted == WANTED_VALUE && report_increment(report, before)) {
        return;
    }
    if (wanted == WANTED_PATTERN) {
        report_pattern(report, missing);
        return;
    }
    if (wanted == WANTED_BLOCK && report_block(report, missing)) {
        return;
    }
    if (parent == NODE_TYPE_NAME && field == FIELD_NAME) {
        wanted = WANTED_TYPE;
    }
    if (wanted == WANTED_VALUE && !is_value_next(said) &&
        report_shape(report, node_parent(tree, missing), (struct span){0})) {
        return;
    }
    bool says_token = wanted == WANTED_TOKEN && token.size != 0;
    struct str what = says_token ? arena_printf(report->arena, "`%.*s`", STR_ARGUMENTS(token))
                                 : str_from_c(wanted_facts[wanted].what);
    report_wanted(report, says_token ? DIAGNOSTIC_SYNTAX : wanted_facts[wanted].code, before, what);
}
