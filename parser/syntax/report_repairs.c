/* report_repairs: what was mended before the text was parsed (repair.h), but for missing closers: those are nodes. */
#include "parser/syntax/repair.h"
#include "parser/syntax/report.h"

/* What is said of a token that is one too many, by its first byte; the last row is for all others. */
static const struct {
    char first;
    enum diagnostic_code code;
    struct str problem, advice;
} stray_facts[] = {
    {'}', DIAGNOSTIC_STRAY_CLOSER, STR_INIT("closes nothing"), STR_INIT("Remove it, or write the `{` that it belongs to.")},
    {')', DIAGNOSTIC_STRAY_CLOSER, STR_INIT("closes nothing"), STR_INIT("Remove it, or write the `(` that it belongs to.")},
    {']', DIAGNOSTIC_STRAY_CLOSER, STR_INIT("closes nothing"), STR_INIT("Remove it, or write the `[` that it belongs to.")},
    {'{', DIAGNOSTIC_UNCLOSED, STR_INIT("is never closed"), STR_INIT("Remove it, or add the `}` that belongs to it.")},
    {'(', DIAGNOSTIC_UNCLOSED, STR_INIT("is never closed"), STR_INIT("Remove it, or add the `)` that belongs to it.")},
    {'[', DIAGNOSTIC_UNCLOSED, STR_INIT("is never closed"), STR_INIT("Remove it, or add the `]` that belongs to it.")},
    {'<', DIAGNOSTIC_SYNTAX, STR_INIT("begins no tag"), STR_INIT("Write a name after it, or remove it.")},
    {'"', DIAGNOSTIC_UNTERMINATED_STRING, STR_INIT("has no other quote to pair with"), STR_INIT("Remove it, or add that.")},
    {'\'', DIAGNOSTIC_UNTERMINATED_STRING, STR_INIT("has no other quote to pair with"), STR_INIT("Remove it, or add that.")},
    {'`', DIAGNOSTIC_SYNTAX, STR_INIT("means nothing here"), STR_INIT("Strings stand in double quotes.")},
    {'\0', DIAGNOSTIC_SYNTAX, STR_INIT("does not fit here"), STR_INIT("Remove it.")},
};

static void report_stray_token(struct report *report, const struct repair *repair) {
    bool one_byte = repair->kind != REPAIR_STRAY_TOKEN; /* what follows a stray closer is left out with it */
    struct span span = {repair->offset, repair->offset + (one_byte ? 1 : repair->removed)};
    struct str token = text_slice(report->tree->text, span);
    size_t row = 0;
    while (stray_facts[row].first != '\0' && stray_facts[row].first != token.data[0]) {
        row++;
    }
    bool tag = token.size > 2 && token.data[0] == '<';
    struct str problem = tag ? STR("closes nothing: no such tag is open here") : stray_facts[row].problem;
    struct str advice = tag ? STR("Remove it, or write its opening tag.") : stray_facts[row].advice;
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, tag ? DIAGNOSTIC_STRAY_CLOSER : stray_facts[row].code, span,
                       "This `%.*s` %.*s. %.*s", STR_ARGUMENTS(token), STR_ARGUMENTS(problem), STR_ARGUMENTS(advice));
    report_suggest_removal(report, diagnostic, span);
}

static void report_quote(struct report *report, const struct repair *repair) {
    struct str quote = str_trim(repair->inserted);
    bool hollow = str_starts_with(quote, STR("}"));
    struct span span = {repair->opener, repair->opener + (hollow ? 1 : (uint32_t)quote.size)};
    struct span place = {repair->offset, repair->offset};
    bool opens = repair->offset < repair->opener;
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNTERMINATED_STRING, span,
                       "This string has no %s quote. Add a `%.*s` at its %s.", opens ? "opening" : "closing",
                       STR_ARGUMENTS(quote), opens ? "beginning" : "end");
    diagnostic->related = (struct diagnostic_related){
        .span = place, .message = opens ? STR("Here it was taken to begin.") : STR("Here it was taken to end.")};
    if (hollow) {
        report_suggest_insertion(report, diagnostic, repair->offset, quote);
    }
}

/* A loop, an arm or an entry whose head is gone, or was cut. */
static void report_missing_head(struct report *report, const struct repair *repair) {
    bool arm = str_find(repair->inserted, '>', 0) < repair->inserted.size;
    bool loop = str_ends_with(repair->inserted, STR("in nil {"));
    bool match = str_starts_with(str_trim(repair->inserted), STR("match"));
    const char *form = match ? "match value { pattern => result }" : loop ? "for item in list { … }" : arm ? "pattern => { … }" : "key: fn() { … }";
    bool gone = match || str_starts_with(repair->inserted, STR("\n_"));
    struct span span = gone ? report_token(report->tree, repair->offset, text_size(report->tree->text))
                            : report_token_before(report->tree, repair->offset);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, span,
                       gone ? "This block has no head. It is written `%s`."
                            : "The head of this block is not complete. It is written `%s`.",
                       form);
    diagnostic->related = (struct diagnostic_related){.span = {repair->opener, repair->opener + 1},
                                                      .message = STR("This `}` is the end of the block.")};
}

/* `repair` is one of the tree's. */
static void report_missing_opener(struct report *report, const struct repair *repair) {
    if (str_starts_with(repair->inserted, STR(" nil"))) {
        struct span word = report_token_before(report->tree, repair->offset);
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_EXPECTED_VALUE, word,
                       "A value is expected after `%.*s`, and a `{` behind it.",
                       STR_ARGUMENTS(text_slice(report->tree->text, word)));
        return;
    }
    static const char parts[] = "(>i"; /* of a function, an arm and a loop; a brace alone, or behind `else`, has none of them */
    for (size_t i = 0; i + 1 < sizeof parts; i++) {
        if (str_find(repair->inserted, parts[i], 0) < repair->inserted.size) {
            report_missing_head(report, repair);
            return;
        }
    }
    bool in_parentheses =
        repair > report->tree->repairs && repair[-1].kind == REPAIR_CLOSER && repair[-1].offset == repair->offset;
    struct str opener = in_parentheses ? STR(") {") : STR("{");
    struct span before = report_token_before(report->tree, repair->offset);
    struct str said = text_slice(report->tree->text, before);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before,
                       "A `%.*s` is expected after `%.*s`: it begins the block below.", STR_ARGUMENTS(opener),
                       STR_ARGUMENTS(said));
    diagnostic->related = (struct diagnostic_related){.span = {repair->opener, repair->opener + 1},
                                                      .message = STR("This `}` is the end of the block.")};
    report_suggest(report, diagnostic, "Add", opener, (struct span){before.end, before.end},
                   in_parentheses ? opener : STR(" {"));
}

static void report_comment(struct report *report, const struct repair *repair) {
    struct span place = {repair->offset, repair->offset};
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, (struct span){repair->opener, repair->opener + 2},
                       "This `/*` is never closed. Add the `*/` that belongs to it.");
    diagnostic->related = (struct diagnostic_related){.span = place, .message = STR("Here it was taken to end.")};
    report_suggest(report, diagnostic, "Add", STR("*/"), place, STR(" */"));
}

static void report_tag(struct report *report, const struct repair *repair) {
    struct span name = report_token(report->tree, repair->opener + 1, repair->offset);
    struct span tag = {repair->opener, name.end}, place = {repair->offset, repair->offset};
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                       "The tag `%.*s` has no end. Add its `>`, or `/>` when nothing stands inside it.",
                       STR_ARGUMENTS(text_slice(report->tree->text, tag)));
    report_suggest(report, diagnostic, "Add", STR("/>"), place, STR(" />"));
}

/* Where nothing stands for what is to come, there is a node that is reported. */
static void report_incomplete_head(struct report *report, const struct repair *repair) {
    struct span before = report_token_before(report->tree, repair->offset);
    struct str said = text_slice(report->tree->text, before);
    bool value = str_equal(said, STR("in")) || str_equal(said, STR("with"));
    if (str_starts_with(repair->inserted, STR(" in "))) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before,
                       "`in` is expected after `%.*s`: a loop is written `for item in list { … }`.", STR_ARGUMENTS(said));
    } else if (str_starts_with(repair->inserted, STR(">"))) {
        struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before,
                                                       "`=>` is expected here: an arm is written `pattern => result`.");
        report_suggest_rewrite(report, diagnostic, before, STR("=>"));
    } else if (str_equal(repair->inserted, STR(" {}"))) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_SYNTAX, before, "A block `{ … }` is expected after `%.*s`.",
                       STR_ARGUMENTS(said));
    } else if (repair_stands_in(repair)) {
        diagnostic_add(report->arena, report->list, value ? DIAGNOSTIC_EXPECTED_VALUE : DIAGNOSTIC_EXPECTED_NAME, before,
                       "A %s is expected after `%.*s`.", value ? "value" : "type", STR_ARGUMENTS(said));
    }
}

void report_repair(struct report *report, const struct repair *repair) {
    switch (repair->kind) {
    case REPAIR_CLOSER:
    case REPAIR_STYLE:
        break;
    case REPAIR_TAG:
        report_tag(report, repair);
        break;
    case REPAIR_HABIT:
        report_mended_habit(report, repair);
        break;
    case REPAIR_BODY:
        report_bare_body(report, repair);
        break;
    case REPAIR_END:
        report_incomplete_head(report, repair);
        break;
    case REPAIR_OPENER:
        report_missing_opener(report, repair);
        break;
    case REPAIR_STRAY_CLOSER:
    case REPAIR_STRAY_OPENER:
    case REPAIR_STRAY_TOKEN:
        report_stray_token(report, repair);
        break;
    case REPAIR_QUOTE:
        report_quote(report, repair);
        break;
    case REPAIR_COMMENT:
        report_comment(report, repair);
        break;
    }
}
