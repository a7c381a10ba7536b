/* `"Hello ${name}"`: the `$` is text in Tova, as in amounts of money. It is told where no amount can be meant: the value is
 * certainly no number and no text of one, or a part of a path stands before it. */
#include "analysis/checks.h"

static bool is_name(enum node_kind kind) { return kind == NODE_IDENTIFIER || kind == NODE_MEMBER_EXPRESSION; }

/* Texts of amounts are called so. */
static bool is_named_as_amount(struct str text) {
    static const struct str words[] = {STR_INIT("amount"), STR_INIT("price"),  STR_INIT("cost"),   STR_INIT("total"),
                                       STR_INIT("sum"),    STR_INIT("fee"),    STR_INIT("balance"), STR_INIT("budget"),
                                       STR_INIT("salary"), STR_INIT("pay"),    STR_INIT("usd"),    STR_INIT("dollar"),
                                       STR_INIT("money"),  STR_INIT("value"),  STR_INIT("revenue"), STR_INIT("tax"),
                                       STR_INIT("income"), STR_INIT("profit"), STR_INIT("cash"),   STR_INIT("rate"),
                                       STR_INIT("fmt"),    STR_INIT("format"), STR_INIT("number"), STR_INIT("digits")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t at = 0; at + words[i].size <= text.size; at++) {
            bool same = true;
            for (size_t c = 0; same && c < words[i].size; c++) {
                char byte = text.data[at + c];
                same = (byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte) == words[i].data[c];
            }
            if (same) {
                return true;
            }
        }
    }
    return false;
}

/* What stands before the `$` says that it is no amount: a path, a selector, a part of a name. */
static bool is_part_of_name(struct str text, uint32_t dollar) {
    static const struct str marks = STR_INIT("/@#_?&");
    return dollar > 0 && str_find(marks, text.data[dollar - 1], 0) < marks.size;
}

static bool is_no_amount(struct check *check, node_id value) {
    struct type type = values_of(&check->values, value);
    bool certain = type.kind == TYPE_BOOL || type.kind == TYPE_LIST || type.kind == TYPE_NAMED;
    return certain || (type.kind == TYPE_STRING && is_name(node_kind(check->file->tree, value)) &&
                       !is_named_as_amount(node_text(check->file->tree, value)));
}

void check_dollars(struct check *check, node_id string) {
    const struct syntax_tree *tree = check->file->tree;
    struct str text = text_str(tree->text);
    NODE_EACH(part, tree, string) {
        uint32_t start = node_span(tree, part).start;
        node_id value = node_child(tree, part, FIELD_VALUE);
        bool dollar = node_kind(tree, part) == NODE_INTERPOLATION && start > 0 && text.data[start - 1] == '$';
        if (!dollar || node_has_error(tree, part) || (!is_part_of_name(text, start - 1) && !is_no_amount(check, value))) {
            continue;
        }
        struct span span = {start - 1, start};
        struct str said = node_text(tree, part);
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, DOLLAR_IN_TEXT, span, "The `$` is a part of the text. A value goes into braces alone: `%.*s`.",
                         STR_ARGUMENTS(said));
        fix_set(check, diagnostic, span, (struct str){0}, "Remove the `$`");
    }
}
