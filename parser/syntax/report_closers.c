/* report_closers: brackets and strings that are never closed, and braces that close nothing. Where braces do not pair up, the
 * indentation tells which one the writer forgot or typed too often. */
#include "parser/syntax/report.h"

#include "parser/base/narrow.h"

static const char openers[NODE_KIND_COUNT] = {
    [NODE_ARGUMENTS] = '(',
    [NODE_PARAMETERS] = '(',
    [NODE_PAREN_LIST] = '(',
    [NODE_TUPLE_PATTERN] = '(',
    [NODE_TUPLE_TYPE] = '(',
    [NODE_VARIANT_PATTERN] = '(',
    [NODE_ARRAY] = '[',
    [NODE_ARRAY_PATTERN] = '[',
    [NODE_INDEX_EXPRESSION] = '[',
    [NODE_LIST_TYPE] = '[',
    [NODE_OBJECT] = '{',
    [NODE_OBJECT_PATTERN] = '{',
    [NODE_RECORD_TYPE] = '{',
    [NODE_BLOCK] = '{',
    [NODE_BARE_BLOCK] = '{',
    [NODE_TYPE_BODY] = '{',
    [NODE_NAMED_IMPORTS] = '{',
    [NODE_STYLE_BLOCK] = '{',
    [NODE_INTERPOLATION] = '{',
    [NODE_MATCH_EXPRESSION] = '{',
    [NODE_SELECT_EXPRESSION] = '{',
    [NODE_JSX_EXPRESSION] = '{',
    [NODE_JSX_BLOCK] = '{',
    [NODE_JSX_MATCH] = '{',
    [NODE_JSX_SPREAD] = '{',
    [NODE_JSX_ELEMENT] = '<',
    [NODE_JSX_FRAGMENT] = '<',
    [NODE_TYPE_PARAMETERS] = '<',
    [NODE_GENERIC_TYPE] = '<',
};

char report_opener(const struct syntax_tree *tree, node_id parent) { return openers[node_kind(tree, parent)]; }

static char closer_of(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : opener == '{' ? '}' : '>'; }

static node_id next_significant(const struct syntax_tree *tree, node_id node) {
    do {
        node = node_next_sibling(tree, node);
    } while (node_is_comment(tree, node));
    return node;
}

bool report_is_closer(const struct syntax_tree *tree, node_id missing) {
    node_id parent = node_parent(tree, missing);
    char opener = report_opener(tree, parent);
    if (opener == '\0' || node_field(tree, missing) != FIELD_NONE || next_significant(tree, missing) != NODE_NONE) {
        return false;
    }
    struct str token = node_inserted_token(tree, missing);
    return token.size == 0 || (token.size == 1 && token.data[0] == closer_of(opener)) ||
           (opener == '<' && str_equal(token, STR("/>")));
}

/* ---- indentation */

/* How much less than its opening line a block's closing brace is indented: 0 when they agree, when both are on one line,
 * or when the brace is not the first of its line. */
static int closer_offset(const struct syntax_tree *tree, node_id block) {
    struct span span = node_span(tree, block);
    struct str text = node_text(tree, block);
    if (text.size < 2 || text.data[text.size - 1] != '}' ||
        text_line_of(tree->text, span.start) == text_line_of(tree->text, span.end - 1)) {
        return 0;
    }
    if (!report_starts_line(tree, span.end - 1)) {
        return 0;
    }
    return (int)report_indentation(tree, span.start) - (int)report_indentation(tree, span.end - 1);
}

/* Does it stand over several lines between braces, as a rule? */
static bool is_brace_block(const struct syntax_tree *tree, node_id node) {
    static const bool blocks[NODE_KIND_COUNT] = {
        [NODE_BLOCK] = true,
        [NODE_JSX_BLOCK] = true,
        [NODE_TYPE_BODY] = true,
        [NODE_MATCH_EXPRESSION] = true,
        [NODE_JSX_MATCH] = true,
        [NODE_OBJECT] = true,
        [NODE_SELECT_EXPRESSION] = true,
    };
    return blocks[node_kind(tree, node)];
}

/* Inside `outer`, whose own brace is never closed: the innermost block that took a brace which, by its indentation, belongs
 * further out. NODE_NONE when all agree. */
static node_id find_robber(const struct syntax_tree *tree, node_id outer) {
    node_id found = NODE_NONE;
    node_id end = tree->nodes[outer].next;
    for (node_id node = outer + 1; node < end; node++) {
        if (!is_brace_block(tree, node)) {
            continue;
        }
        if (closer_offset(tree, node) > 0) {
            found = node;
            end = tree->nodes[node].next; /* perhaps one further inside has robbed this one */
        }
    }
    return found;
}

/* ---- what is never closed */

/* The place of the opener: the node's start, but for what has something before it. */
static struct span opener_span(const struct syntax_tree *tree, node_id parent) {
    struct span span = node_span(tree, parent);
    char opener = report_opener(tree, parent);
    struct str text = node_text(tree, parent);
    uint32_t from = 0;
    enum node_kind kind = node_kind(tree, parent);
    if (kind == NODE_INDEX_EXPRESSION) {
        from = node_span(tree, node_child(tree, parent, FIELD_OBJECT)).end - span.start;
    } else if (kind == NODE_MATCH_EXPRESSION || kind == NODE_JSX_MATCH) {
        from = node_span(tree, node_child(tree, parent, FIELD_VALUE)).end - span.start;
    }
    size_t at = str_find(text, opener, from);
    if (at == text.size) {
        at = 0;
    }
    span.start += u32_from_size(at);
    span.end = span.start + 1;
    return span;
}

/* Brackets of one line whose closers are missing in one place were left open by one mistake. */
static void report_open_brackets(struct report *report, struct span opener, char closer, uint32_t place) {
    struct report_unclosed *last = &report->unclosed;
    uint32_t line = text_line_of(report->tree->text, opener.start);
    struct str said = text_slice(report->tree->text, opener);
    bool joined = last->place_in_list > 0 && last->line == line && last->end == place;
    struct str inner = joined ? last->openers : STR("");
    struct str closers = arena_printf(report->arena, "%.*s%c", STR_ARGUMENTS(joined ? last->closers : STR("")), closer);
    bool several = closers.size > 1;
    struct diagnostic *diagnostic = NULL;
    if (joined) {
        diagnostic = &report->list->list.items[last->place_in_list - 1];
        diagnostic->span = opener;
        diagnostic->message = arena_printf(
            report->arena, "This `%.*s` is never closed, nor %s the `%.*s` behind it. Add the `%.*s` that belong to them.",
            STR_ARGUMENTS(said), inner.size > 1 ? "are" : "is", STR_ARGUMENTS(inner), STR_ARGUMENTS(closers));
    } else {
        diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, opener,
                                    "This `%.*s` is never closed. Add the `%c` that belongs to it.", STR_ARGUMENTS(said),
                                    closer);
        last->place_in_list = report->list->list.count;
    }
    diagnostic->related = (struct diagnostic_related){
        .span = {place, place},
        .message = arena_printf(report->arena, "The `%.*s` %s missing here at the latest.", STR_ARGUMENTS(closers),
                                several ? "are" : "is")};
    report_suggest_insertion(report, diagnostic, place, closers);
    last->line = line;
    last->end = place;
    last->openers = arena_printf(report->arena, "%.*s%.*s", STR_ARGUMENTS(said), STR_ARGUMENTS(inner));
    last->closers = closers;
}

/* Has the string no closing quote? */
static bool is_cut(const struct syntax_tree *tree, node_id string) {
    return node_child_of_kind(tree, string, NODE_UNTERMINATED) != NODE_NONE;
}

static void report_unclosed_bracket(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    node_id parent = node_parent(tree, missing);
    char opener = report_opener(tree, parent);
    char closer = closer_of(opener);
    if (node_kind(tree, parent) == NODE_INTERPOLATION && is_cut(tree, node_parent(tree, parent))) {
        return; /* reported with its string */
    }
    node_id robber = opener == '{' && is_brace_block(tree, parent) && report->searches++ < REPORT_SEARCHES
                         ? find_robber(tree, parent)
                         : NODE_NONE;
    if (robber != NODE_NONE) {
        struct span taken = {node_span(tree, robber).end - 1, node_span(tree, robber).end};
        struct diagnostic *diagnostic = diagnostic_add(
            report->arena, report->list, DIAGNOSTIC_UNCLOSED, opener_span(tree, robber),
            "This `{` is never closed: by its indentation the `}` of line %u belongs to another one. Add a `}` before it.",
            text_line_of(tree->text, taken.start) + 1);
        diagnostic->related = (struct diagnostic_related){
            .span = taken, .message = STR("This `}` was taken for it, but is indented for a block further out.")};
        return;
    }
    report_open_brackets(report, opener_span(tree, parent), closer, report_place_of_closer(tree, missing));
}

void report_unclosed(struct report *report, node_id missing) {
    enum node_kind kind = node_kind(report->tree, node_parent(report->tree, missing));
    if (kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT) {
        report_unclosed_tag(report, missing);
    } else {
        report_unclosed_bracket(report, missing);
    }
}

/* Was the string cut in an interpolation? */
static bool ends_in_interpolation(const struct syntax_tree *tree, node_id mark) {
    node_id last = mark - 1; /* in pre-order */
    return node_kind(tree, last) == NODE_MISSING && node_kind(tree, node_parent(tree, last)) == NODE_INTERPOLATION;
}

void report_unterminated(struct report *report, node_id mark) {
    const struct syntax_tree *tree = report->tree;
    node_id string = node_parent(tree, mark);
    static const struct str quotes[NODE_KIND_COUNT] = {[NODE_STRING] = STR_INIT("\""),
                                                       [NODE_TRIPLE_STRING] = STR_INIT("\"\"\""),
                                                       [NODE_SINGLE_STRING] = STR_INIT("'")};
    struct str quote = quotes[node_kind(tree, string)];
    struct span span = node_span(tree, string);
    struct str end = ends_in_interpolation(tree, mark) ? arena_printf(report->arena, "}%.*s", STR_ARGUMENTS(quote)) : quote;
    uint32_t size = u32_from_size(quote.size) + (str_starts_with(node_text(tree, string), STR("f")) ? 1 : 0);
    struct diagnostic *diagnostic = diagnostic_add(
        report->arena, report->list, DIAGNOSTIC_UNTERMINATED_STRING, (struct span){span.start, span.start + size},
        "This string has no closing quote. Add a `%.*s` at its end.", STR_ARGUMENTS(end));
    diagnostic->related =
        (struct diagnostic_related){.span = {span.end, span.end}, .message = STR("Here it was taken to end.")};
    report_suggest_insertion(report, diagnostic, span.end, end);
}

/* ---- what is closed too often */

/* Among the siblings before a stray brace: the last block whose closer is indented deeper than its opening, so that it was
 * meant for something inside. */
static node_id find_early_closer(const struct syntax_tree *tree, node_id stray) {
    node_id found = NODE_NONE;
    for (node_id node = NODE_ROOT + 1; node < stray; node++) {
        if (is_brace_block(tree, node) && closer_offset(tree, node) < 0) {
            found = node;
        }
    }
    return found;
}

void report_stray_brace(struct report *report, node_id stray) {
    const struct syntax_tree *tree = report->tree;
    struct span span = {node_span(tree, stray).start, node_span(tree, stray).start + 1};
    node_id early = report->searches++ < REPORT_SEARCHES ? find_early_closer(tree, stray) : NODE_NONE;
    struct diagnostic *diagnostic = NULL;
    if (early == NODE_NONE) {
        diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, span,
                                    "This `}` closes nothing. Remove it, or write the `{` that it belongs to.");
        report_suggest_removal(report, diagnostic, span);
        return;
    }
    struct span too_early = {node_span(tree, early).end - 1, node_span(tree, early).end};
    diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, too_early,
                                "This `}` is one too many: it closes the `{` of line %u, which by their indentation is "
                                "not what it was written for. Remove it.",
                                text_line_of(tree->text, node_span(tree, early).start) + 1);
    diagnostic->related =
        (struct diagnostic_related){.span = span, .message = STR("Nothing is left for this `}` to close.")};
    report_suggest_removal(report, diagnostic, too_early);
}
