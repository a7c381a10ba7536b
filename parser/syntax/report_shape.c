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

bool report_shape(struct report *report, node_id node, struct span span) {
    const struct syntax_tree *tree = report->tree;
    struct span whole = node_span(tree, node);
    struct span first = report_token(tree, whole.start, whole.end);
    struct str keyword = text_slice(tree->text, first);
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
