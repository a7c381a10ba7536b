/* report_repairs: what was mended before the text was parsed (repair.h), but for missing closers: those are nodes. */
#include "parser/syntax/repair.h"
#include "parser/syntax/report.h"

static void suggest(struct report *report, struct diagnostic *diagnostic, const char *verb, struct span span,
                    struct str token, struct str replacement) {
    diagnostic->fix = (struct diagnostic_fix){
        .title = arena_printf(report->arena, "%s `%.*s`", verb, STR_ARGUMENTS(token)),
        .span = span,
        .replacement = replacement,
    };
}

static void report_stray_token(struct report *report, const struct repair *repair) {
    static const struct {
        enum diagnostic_code code;
        struct str problem, advice;
    } facts[] = {
        [REPAIR_STRAY_CLOSER] = {DIAGNOSTIC_STRAY_CLOSER, STR_INIT("closes nothing"),
                                 STR_INIT("Remove it, or write the `{` that it belongs to.")},
        [REPAIR_STRAY_OPENER] = {DIAGNOSTIC_UNCLOSED, STR_INIT("is never closed"),
                                 STR_INIT("Remove it, or add the `}` that belongs to it.")},
        [REPAIR_STRAY_ANGLE] = {DIAGNOSTIC_SYNTAX, STR_INIT("begins no tag"),
                                STR_INIT("Write a name after it, or remove it.")},
    };
    struct span span = {repair->offset, repair->offset + repair->removed};
    struct str token = text_slice(report->tree->text, span);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, facts[repair->kind].code, span, "This `%.*s` %.*s. %.*s",
                       STR_ARGUMENTS(token), STR_ARGUMENTS(facts[repair->kind].problem),
                       STR_ARGUMENTS(facts[repair->kind].advice));
    suggest(report, diagnostic, "Remove", span, token, STR(""));
}

static void report_missing_opener(struct report *report, const struct repair *repair) {
    struct span before = report_token_before(report->tree, repair->offset);
    struct str said = text_slice(report->tree->text, before);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before,
                       "A `{` is expected after `%.*s`: it begins the block below.", STR_ARGUMENTS(said));
    diagnostic->related = (struct diagnostic_related){.span = {repair->opener, repair->opener + 1},
                                                      .message = STR("This `}` is the end of the block.")};
    suggest(report, diagnostic, "Add", (struct span){before.end, before.end}, STR("{"), STR(" {"));
}

static void report_comment(struct report *report, const struct repair *repair) {
    struct span place = {repair->offset, repair->offset};
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, (struct span){repair->opener, repair->opener + 2},
                       "This `/*` is never closed. Add the `*/` that belongs to it.");
    diagnostic->related = (struct diagnostic_related){.span = place, .message = STR("Here it was taken to end.")};
    suggest(report, diagnostic, "Add", place, STR("*/"), STR(" */"));
}

void report_repair(struct report *report, const struct repair *repair) {
    switch (repair->kind) {
    case REPAIR_CLOSER:
        break;
    case REPAIR_OPENER:
        report_missing_opener(report, repair);
        break;
    case REPAIR_STRAY_CLOSER:
    case REPAIR_STRAY_OPENER:
    case REPAIR_STRAY_ANGLE:
        report_stray_token(report, repair);
        break;
    case REPAIR_COMMENT:
        report_comment(report, repair);
        break;
    }
}
