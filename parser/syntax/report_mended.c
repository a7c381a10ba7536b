/* report_mended: forms of other languages that were mended before the text was parsed (repair.h), one message each with what to
 * write instead. */
#include "parser/syntax/repair.h"
#include "parser/syntax/report.h"

/* The head of a loop without the `const` or `let` that other languages begin it with. */
static struct str without_keyword(struct str head) {
    static const struct str keywords[] = {STR_INIT("const "), STR_INIT("let "), STR_INIT("var ")};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (str_starts_with(head, keywords[i])) {
            return str_slice(head, keywords[i].size, head.size);
        }
    }
    return head;
}

/* `i = 0; i < n; i++` as `i in 0..n`; empty where it counts in another way. */
static struct str counted(struct report *report, struct str head) {
    size_t first = str_find(head, ';', 0), second = str_find(head, ';', first + 1), equals = str_find(head, '=', 0);
    if (second >= head.size || equals >= first) {
        return (struct str){0};
    }
    struct str name = str_trim(str_slice(head, 0, equals)), from = str_trim(str_slice(head, equals + 1, first));
    struct str condition = str_trim(str_slice(head, first + 1, second)),
               step = str_trim(str_slice(head, second + 1, head.size));
    bool by_one = str_equal(step, arena_concat(report->arena, name, STR("++"))) ||
                  str_equal(step, arena_concat(report->arena, STR("++"), name)) ||
                  str_equal(step, arena_concat(report->arena, name, STR(" += 1")));
    struct str bound =
        str_starts_with(condition, name) ? str_trim(str_slice(condition, name.size, condition.size)) : STR("");
    if (!by_one || !str_starts_with(bound, STR("<"))) {
        return (struct str){0};
    }
    bool with_last = str_starts_with(bound, STR("<="));
    struct str to = str_trim(str_slice(bound, with_last ? 2 : 1, bound.size));
    return arena_printf(report->arena, "%.*s in %.*s%s%.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(from),
                        with_last ? "..=" : "..", STR_ARGUMENTS(to));
}

static void report_loop_head(struct report *report, struct span parentheses) {
    struct str head = without_keyword(report_text(report, (struct span){parentheses.start + 1, parentheses.end - 1}));
    size_t of = 0;
    while (of < head.size && !str_starts_with(str_slice(head, of, head.size), STR(" of ")) &&
           !str_starts_with(str_slice(head, of, head.size), STR(" in "))) {
        of++;
    }
    if (of < head.size) {
        struct str list = str_trim(str_slice(head, of + 4, head.size));
        struct diagnostic *diagnostic =
            REPORT_HABIT(report, parentheses, "A loop is written `for item in list { … }`.");
        report_suggest_rewrite(report, diagnostic, parentheses,
                               arena_printf(report->arena, "%.*s in %.*s", (int)of, head.data, STR_ARGUMENTS(list)));
        vec_push(report->arena, &report->silent, ((struct span){parentheses.start + 1, parentheses.end}));
        return;
    }
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, parentheses, "A loop is written `for item in list { … }`; `for i in 0..n { … }` counts.");
    struct str loop = counted(report, head);
    if (loop.size > 0) {
        report_suggest_rewrite(report, diagnostic, parentheses, loop);
    }
}

static void report_list_type(struct report *report, struct span span) {
    struct str said = report_text(report, span);
    struct str name = str_slice(said, 0, str_find(said, '[', 0));
    int levels = (int)(said.size - name.size) / 2;
    struct str list = arena_printf(report->arena, "%.*s%.*s%.*s", levels, "[[[", STR_ARGUMENTS(name), levels, "]]]");
    struct diagnostic *diagnostic =
        REPORT_HABIT(report, span, "The type of a list is written `%.*s`.", STR_ARGUMENTS(list));
    report_suggest_rewrite(report, diagnostic, span, list);
}

void report_bare_body(struct report *report, const struct repair *repair) {
    struct span body = {repair->offset, repair->opener};
    if (repair->opener == 0) {
        return;
    }
    struct span line = text_line(report->tree->text, text_line_of(report->tree->text, body.start));
    struct span head = report_token(report->tree, line.start, line.end);
    struct span next = report_token(report->tree, head.end, line.end);
    if (str_equal(report_text(report, next), STR("if"))) { /* `else if` */
        head.end = next.end;
    }
    struct str keyword = report_text(report, head);
    const char *condition = str_equal(keyword, STR("else")) ? "" : " condition";
    struct diagnostic *diagnostic = REPORT_HABIT(report, report_token(report->tree, body.start, body.end),
                                                 "The body of `%.*s` stands in braces: `%.*s%s { … }`.",
                                                 STR_ARGUMENTS(keyword), STR_ARGUMENTS(keyword), condition);
    report_suggest_rewrite(report, diagnostic, body,
                           arena_printf(report->arena, "{ %.*s }", STR_ARGUMENTS(report_text(report, body))));
}

void report_mended_habit(struct report *report, const struct repair *repair) {
    if (repair->opener == 0) {
        return;
    }
    struct span first = report_token(report->tree, repair->offset, repair->opener);
    if (str_equal(report_text(report, first), STR("switch"))) {
        REPORT_HABIT(report, first, "Tova has no `switch`: write `match value { pattern => result }`.");
    } else if (text_str(report->tree->text).data[repair->offset] == '(') {
        report_loop_head(report, (struct span){repair->offset, repair->opener + 1});
    } else {
        report_list_type(report, (struct span){repair->offset, repair->opener});
    }
}
