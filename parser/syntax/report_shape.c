/* report_shape: constructs that were begun and not finished, by the word that begins them. */
#include "parser/syntax/report.h"

struct shape {
    struct str keyword, form;
};

static const struct shape shapes[] = {
    {STR_INIT("async"), STR_INIT("async fn name(parameter) { … }")},
    {STR_INIT("browser"), STR_INIT("browser { … }")},
    {STR_INIT("client"), STR_INIT("client { … }")},
    {STR_INIT("component"), STR_INIT("component Name(parameter) { … }")},
    {STR_INIT("computed"), STR_INIT("computed name = expression")},
    {STR_INIT("defer"), STR_INIT("defer call()")},
    {STR_INIT("effect"), STR_INIT("effect { … }")},
    {STR_INIT("elif"), STR_INIT("elif condition { … }")},
    {STR_INIT("else"), STR_INIT("else { … }")},
    {STR_INIT("export"), STR_INIT("export name = value")},
    {STR_INIT("extern"), STR_INIT("extern fn name(parameter: Type) -> Type")},
    {STR_INIT("fn"), STR_INIT("fn name(parameter) { … }")},
    {STR_INIT("for"), STR_INIT("for item in list { … }")},
    {STR_INIT("guard"), STR_INIT("guard condition else { … }")},
    {STR_INIT("if"), STR_INIT("if condition { … }")},
    {STR_INIT("impl"), STR_INIT("impl Trait for Type { … }")},
    {STR_INIT("import"), STR_INIT("import { name } from \"module\"")},
    {STR_INIT("interface"), STR_INIT("interface Name { … }")},
    {STR_INIT("loop"), STR_INIT("loop { … }")},
    {STR_INIT("match"), STR_INIT("match value { pattern => result }")},
    {STR_INIT("model"), STR_INIT("model Name { … }")},
    {STR_INIT("pub"), STR_INIT("pub name = value")},
    {STR_INIT("route"), STR_INIT("route GET \"/path\" => handler")},
    {STR_INIT("select"), STR_INIT("select { name from channel => result }")},
    {STR_INIT("server"), STR_INIT("server { … }` or `server \"name\" { … }")},
    {STR_INIT("shared"), STR_INIT("shared { … }")},
    {STR_INIT("state"), STR_INIT("state name = value")},
    {STR_INIT("store"), STR_INIT("store Name { … }")},
    {STR_INIT("trait"), STR_INIT("trait Name { … }")},
    {STR_INIT("try"), STR_INIT("try { … } catch error { … }")},
    {STR_INIT("type"), STR_INIT("type Name { field: Type }")},
    {STR_INIT("var"), STR_INIT("var name = value")},
    {STR_INIT("while"), STR_INIT("while condition { … }")},
    {STR_INIT("with"), STR_INIT("with value as name { … }")},
};

static bool is_number(const struct syntax_tree *tree, struct span token) {
    struct str text = text_slice(tree->text, token);
    return text.size > 0 && text.data[0] >= '0' && text.data[0] <= '9';
}

static bool say_number_is_no_type(struct report *report, struct span number) {
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, number,
                   "A number is no type. One of several texts is a type, as in `\"%.*s\" | \"other\"`; numbers are an `Int`, and which "
                   "of them is a condition: `Int where { it > 0 }`.",
                   STR_ARGUMENTS(text_slice(report->tree->text, number)));
    return true;
}

bool report_number_type(struct report *report, node_id error, struct span span) {
    const struct syntax_tree *tree = report->tree;
    struct str text = text_slice(tree->text, span);
    node_id parent = node_parent(tree, error);
    struct span number = str_equal(text, STR(":")) ? report_token(tree, span.end, text_size(tree->text))
                                                   : report_token_before(tree, span.start);
    bool parameter = node_kind(tree, parent) == NODE_PARAMETERS && str_equal(text, STR(":"));
    struct str before = text_slice(tree->text, report_token_before(tree, number.start));
    bool field = node_kind(tree, parent) == NODE_TYPE_BODY && str_equal(text, STR("|")) && str_equal(before, STR(":"));
    return (parameter || field) && is_number(tree, number) && say_number_is_no_type(report, number);
}

/* `type Size = 1 | 2`: texts are types, numbers are none. */
static bool report_number_alias(struct report *report, struct span keyword) {
    const struct syntax_tree *tree = report->tree;
    uint32_t end = text_size(tree->text);
    struct span name = report_token(tree, keyword.end, end);
    struct span equal = report_token(tree, name.end, end);
    struct span value = report_token(tree, equal.end, end);
    bool alias = str_equal(text_slice(tree->text, keyword), STR("type")) && str_equal(text_slice(tree->text, equal), STR("="));
    return alias && is_number(tree, value) && say_number_is_no_type(report, value);
}

bool report_shape(struct report *report, node_id node, struct span span) {
    const struct syntax_tree *tree = report->tree;
    struct span whole = node_span(tree, node);
    struct span first = report_token(tree, whole.start, whole.end);
    struct str keyword = text_slice(tree->text, first);
    if (report_number_alias(report, first)) {
        return true;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (!str_equal(keyword, shapes[i].keyword)) {
            continue;
        }
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span_size(span) != 0 ? span : first,
                       "This `%.*s` is not complete. It is written `%.*s`.", STR_ARGUMENTS(keyword),
                       STR_ARGUMENTS(shapes[i].form));
        return true;
    }
    return false;
}
