/* report_tags: elements whose tags have no end, no closing tag, or that of another element; and closing tags without theirs. */
#include "parser/syntax/report.h"

#include "parser/syntax/repair.h"

/* ---- tags that are never closed */

/* `<a b=1` and `</a` without their `>`. */
static void report_unfinished_tag(struct report *report, node_id missing, bool closing) {
    const struct syntax_tree *tree = report->tree;
    node_id element = node_parent(tree, missing);
    node_id name = node_child(tree, element, closing ? FIELD_CLOSE_NAME : FIELD_NAME);
    uint32_t place = report_place_of_closer(tree, missing);
    struct span tag = {node_span(tree, name).start - (closing ? 2 : 1), node_span(tree, name).end};
    struct str said = text_slice(tree->text, tag);
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                                                   "The tag `%.*s` has no end. Add its `>`%s.", STR_ARGUMENTS(said),
                                                   closing ? "" : ", or `/>` when nothing stands inside it");
    diagnostic->related =
        (struct diagnostic_related){.span = {place, place}, .message = STR("The `>` is missing here at the latest.")};
    report_suggest_insertion(report, diagnostic, place, STR(">"));
}

static struct str tag_name(const struct syntax_tree *tree, node_id element) {
    return node_text(tree, node_child(tree, element, FIELD_NAME));
}

node_id report_robbed(const struct syntax_tree *tree, node_id element) {
    struct str taken = node_text(tree, node_child(tree, element, FIELD_CLOSE_NAME));
    for (node_id outer = node_parent(tree, element); outer != NODE_NONE; outer = node_parent(tree, outer)) {
        if (node_kind(tree, outer) != NODE_JSX_ELEMENT || !str_equal(tag_name(tree, outer), taken)) {
            continue;
        }
        node_id close_name = node_child(tree, outer, FIELD_CLOSE_NAME);
        if (close_name == NODE_NONE) {
            return outer;
        }
        if (str_equal(node_text(tree, close_name), taken)) {
            return NODE_NONE;
        }
        taken = node_text(tree, close_name); /* for which it took that of one further out */
    }
    return NODE_NONE;
}

/* The innermost element inside `element` because of which its closing tag is taken, or NODE_NONE. */
static node_id find_tag_robber(const struct syntax_tree *tree, node_id element) {
    node_id found = NODE_NONE;
    struct str wanted = tag_name(tree, element);
    node_id end = tree->nodes[element].next;
    for (node_id node = element + 1; node < end; node++) {
        node_id close_name =
            node_kind(tree, node) == NODE_JSX_ELEMENT ? node_child(tree, node, FIELD_CLOSE_NAME) : NODE_NONE;
        if (close_name != NODE_NONE && str_equal(node_text(tree, close_name), wanted) &&
            !str_equal(wanted, tag_name(tree, node)) && report_robbed(tree, node) == element) {
            found = node;
            wanted = tag_name(tree, node);
            end = tree->nodes[node].next;
        }
    }
    return found;
}

/* Has HTML no closing tag for it? */
static bool is_void(struct str name) {
    static const struct str names[] = {STR_INIT("area"), STR_INIT("base"),  STR_INIT("br"),     STR_INIT("col"),
                                       STR_INIT("embed"), STR_INIT("hr"),   STR_INIT("img"),    STR_INIT("input"),
                                       STR_INIT("link"), STR_INIT("meta"),  STR_INIT("source"), STR_INIT("track"),
                                       STR_INIT("wbr")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* The token behind the name and the attributes of an opening tag: its `>`, when it has one. */
static struct span end_of_tag(const struct syntax_tree *tree, node_id element) {
    uint32_t end = node_span(tree, node_child(tree, element, FIELD_NAME)).end;
    NODE_EACH(child, tree, element) {
        enum node_kind kind = node_kind(tree, child);
        if (kind == NODE_JSX_ATTRIBUTE || kind == NODE_JSX_SPREAD) {
            end = node_span(tree, child).end;
        }
    }
    struct span token = report_token(tree, end, node_span(tree, element).end);
    token.end = token.start + 1;
    return token;
}

/* `<input>` */
static bool report_void(struct report *report, node_id element) {
    const struct syntax_tree *tree = report->tree;
    node_id name = node_child(tree, element, FIELD_NAME);
    struct str said = node_text(tree, name);
    struct span end = end_of_tag(tree, element);
    if (!is_void(said) || !str_equal(text_slice(tree->text, end), STR(">"))) {
        return false;
    }
    struct span tag = {node_span(tree, element).start, node_span(tree, name).end};
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                                                   "`<%.*s>` is never closed. It holds nothing, so its tag ends with `/>`.",
                                                   STR_ARGUMENTS(said));
    diagnostic->fix = (struct diagnostic_fix){STR("Write `/>`"), end, STR(" />"), true};
    return true;
}

/* Does a repair in it stand for a closing tag that has no name yet? */
static bool has_half_closer(const struct syntax_tree *tree, node_id element) {
    struct span span = node_span(tree, element);
    for (uint32_t i = 0; i < tree->repair_count; i++) {
        const struct repair *repair = &tree->repairs[i];
        struct span token = {repair->offset, repair->offset + repair->removed};
        if (repair->kind == REPAIR_STRAY_TOKEN && token.start > span.start && token.end < span.end &&
            str_equal(text_slice(tree->text, token), STR("</"))) {
            return true;
        }
    }
    return false;
}

/* Where the closing tag of an element goes: before `place` at the latest, and before what is not indented deeper than it. */
static uint32_t place_of_tag(const struct syntax_tree *tree, node_id element, uint32_t place) {
    uint32_t start = node_span(tree, element).start;
    NODE_EACH(child, tree, element) {
        uint32_t at = node_span(tree, child).start;
        enum node_kind kind = node_kind(tree, child);
        bool content = node_field(tree, child) == FIELD_NONE && kind != NODE_JSX_ATTRIBUTE && kind != NODE_JSX_SPREAD;
        if (content && start < at && at < place && report_starts_line(tree, at) &&
            report_indentation(tree, at) <= report_indentation(tree, start)) {
            return report_token_before(tree, at).end;
        }
    }
    return report_token_before(tree, place).end;
}

/* On a line of its own where the opening tag is the first of its line. */
static void suggest_closing_tag(struct report *report, struct diagnostic *diagnostic, node_id element, uint32_t place) {
    const struct syntax_tree *tree = report->tree;
    uint32_t start = node_span(tree, element).start;
    struct str closer = arena_printf(report->arena, "</%.*s>", STR_ARGUMENTS(tag_name(tree, element)));
    uint32_t at = place_of_tag(tree, element, place);
    report_suggest_insertion(report, diagnostic, at, closer);
    if (report_starts_line(tree, start) && text_line_of(tree->text, start) != text_line_of(tree->text, at)) {
        struct span indentation = {start - report_indentation(tree, start), start};
        diagnostic->fix.replacement =
            arena_printf(report->arena, "\n%.*s%.*s", STR_ARGUMENTS(text_slice(tree->text, indentation)),
                         STR_ARGUMENTS(closer));
    }
}

static void report_robber(struct report *report, node_id robber) {
    const struct syntax_tree *tree = report->tree;
    node_id open = node_child(tree, robber, FIELD_NAME);
    node_id close = node_child(tree, robber, FIELD_CLOSE_NAME);
    struct str name = node_text(tree, open);
    struct str taken = node_text(tree, close);
    if (has_half_closer(tree, robber) || report_void(report, robber)) {
        return;
    }
    struct span tag = {node_span(tree, robber).start, node_span(tree, open).end};
    uint32_t place = node_span(tree, close).start - 2;
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                                                   "`<%.*s>` is never closed. Add `</%.*s>` before `</%.*s>`.",
                                                   STR_ARGUMENTS(name), STR_ARGUMENTS(name), STR_ARGUMENTS(taken));
    diagnostic->related = (struct diagnostic_related){.span = {place, node_span(tree, close).end},
                                                      .message = STR("This tag closes an element further out.")};
    suggest_closing_tag(report, diagnostic, robber, place);
}

void report_unclosed_tag(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    node_id element = node_parent(tree, missing);
    node_id robber = report->searches++ < REPORT_SEARCHES ? find_tag_robber(tree, element) : NODE_NONE;
    if (robber != NODE_NONE) {
        report_robber(report, robber);
        return;
    }
    if (node_child(tree, element, FIELD_CLOSE_NAME) != NODE_NONE) {
        report_unfinished_tag(report, missing, true);
        return;
    }
    uint32_t place = report_place_of_closer(tree, missing);
    node_id name = node_child(tree, element, FIELD_NAME);
    node_id last = missing - 1; /* in pre-order: the deepest node before it */
    while (last != element && node_parent(tree, last) != element) {
        last = node_parent(tree, last);
    }
    bool in_tag =
        last == name || node_kind(tree, last) == NODE_JSX_ATTRIBUTE || node_kind(tree, last) == NODE_JSX_SPREAD;
    if (name != NODE_NONE && in_tag && !str_equal(text_slice(tree->text, end_of_tag(tree, element)), STR(">"))) {
        report_unfinished_tag(report, missing, false);
        return;
    }
    if (has_half_closer(tree, element) || report_void(report, element)) {
        return;
    }
    struct span tag = {node_span(tree, element).start, node_span(tree, element).start + 2};
    if (name != NODE_NONE) {
        tag.end = node_span(tree, name).end;
    }
    struct str said = tag_name(tree, element); /* empty in a fragment */
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                       "`<%.*s>` is never closed. Add `</%.*s>`.", STR_ARGUMENTS(said), STR_ARGUMENTS(said));
    diagnostic->related = (struct diagnostic_related){.span = {place, place},
                                                      .message = STR("The closing tag is missing here at the latest.")};
    suggest_closing_tag(report, diagnostic, element, place);
}

/* ---- tags that close nothing, or another element */

/* Does the stray tag close an element whose opening tag has no end? That one is reported. */
static bool closes_unfinished(const struct syntax_tree *tree, node_id stray) {
    struct str said = node_text(tree, stray); /* "</name>" */
    for (node_id node = node_parent(tree, stray); node < stray; node++) {
        struct str name = node_kind(tree, node) == NODE_JSX_ELEMENT ? tag_name(tree, node) : STR("");
        if (name.size != 0 && node_has_error(tree, node) && node_child(tree, node, FIELD_CLOSE_NAME) == NODE_NONE &&
            str_starts_with(str_slice(said, 2, said.size), name)) {
            return true;
        }
    }
    return false;
}

void report_stray_tag(struct report *report, node_id stray) {
    if (report->searches++ < REPORT_SEARCHES && closes_unfinished(report->tree, stray)) {
        return;
    }
    struct span span = node_span(report->tree, stray);
    struct str said = node_text(report->tree, stray);
    struct diagnostic *diagnostic = diagnostic_add(
        report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, span,
        "`%.*s` closes nothing: no such tag is open here. Remove it, or write its opening tag.", STR_ARGUMENTS(said));
    report_suggest_removal(report, diagnostic, span);
}

void report_mismatch(struct report *report, node_id element) {
    const struct syntax_tree *tree = report->tree;
    node_id open = node_child(tree, element, FIELD_NAME);
    node_id close = node_child(tree, element, FIELD_CLOSE_NAME);
    struct str open_name = node_text(tree, open);
    struct str close_name = node_text(tree, close);
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_MISMATCHED_TAG, node_span(tree, close),
                       "`</%.*s>` closes `<%.*s>` of line %u. Both must have the same name.", STR_ARGUMENTS(close_name),
                       STR_ARGUMENTS(open_name), text_line_of(tree->text, node_span(tree, open).start) + 1);
    diagnostic->related =
        (struct diagnostic_related){.span = node_span(tree, open), .message = STR("This is the tag that it closes.")};
    report_suggest(report, diagnostic, "Write", arena_printf(report->arena, "</%.*s>", STR_ARGUMENTS(open_name)),
                   node_span(tree, close), arena_str(report->arena, open_name));
}
