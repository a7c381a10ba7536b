/* report_closers: what is never closed, closed twice, or closed by another's closer. Where braces do not pair up, the
 * indentation tells which one the writer forgot or typed too often. */
#include "parser/syntax/report.h"

#include "parser/base/narrow.h"
#include "parser/syntax/repair.h"

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

enum { SEARCHES = 16 };

/* The first byte that is no blank of the line that holds offset, counted from the line's start. */
static uint32_t indentation_at(const struct syntax_tree *tree, uint32_t offset) {
    struct str line = text_slice(tree->text, text_line(tree->text, text_line_of(tree->text, offset)));
    uint32_t size = 0;
    while (size < line.size && (line.data[size] == ' ' || line.data[size] == '\t')) {
        size++;
    }
    return size;
}

/* How much less than its opening line a block's closing brace is indented: 0 when they agree, when both are on one line,
 * or when the brace is not the first of its line. */
static int closer_offset(const struct syntax_tree *tree, node_id block) {
    struct span span = node_span(tree, block);
    struct str text = node_text(tree, block);
    if (text.size < 2 || text.data[text.size - 1] != '}' ||
        text_line_of(tree->text, span.start) == text_line_of(tree->text, span.end - 1)) {
        return 0;
    }
    uint32_t closing = indentation_at(tree, span.end - 1);
    uint32_t line_start = text_line(tree->text, text_line_of(tree->text, span.end - 1)).start;
    if (line_start + closing != span.end - 1) {
        return 0;
    }
    return (int)indentation_at(tree, span.start) - (int)closing;
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

static void suggest_insertion(struct report *report, struct diagnostic *diagnostic, uint32_t offset,
                              struct str closer) {
    diagnostic->fix = (struct diagnostic_fix){
        .title = arena_printf(report->arena, "Add `%.*s`", STR_ARGUMENTS(closer)),
        .span = {offset, offset},
        .replacement = closer,
    };
}

/* The end of the token before a zero-width node: where its closer would be written. */
static uint32_t place_of_closer(const struct syntax_tree *tree, node_id missing) {
    return report_token_before(tree, node_span(tree, missing).start).end;
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
    suggest_insertion(report, diagnostic, place, closers);
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
    node_id robber = opener == '{' && is_brace_block(tree, parent) && report->searches++ < SEARCHES
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
    report_open_brackets(report, opener_span(tree, parent), closer, place_of_closer(tree, missing));
}

/* `<a b=1` and `</a` without their `>`. */
static void report_unfinished_tag(struct report *report, node_id missing, bool closing) {
    const struct syntax_tree *tree = report->tree;
    node_id element = node_parent(tree, missing);
    node_id name = node_child(tree, element, closing ? FIELD_CLOSE_NAME : FIELD_NAME);
    uint32_t place = place_of_closer(tree, missing);
    struct span tag = {node_span(tree, name).start - (closing ? 2 : 1), node_span(tree, name).end};
    struct str said = text_slice(tree->text, tag);
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_UNCLOSED, tag,
                                                   "The tag `%.*s` has no end. Add its `>`%s.", STR_ARGUMENTS(said),
                                                   closing ? "" : ", or `/>` when nothing stands inside it");
    diagnostic->related =
        (struct diagnostic_related){.span = {place, place}, .message = STR("The `>` is missing here at the latest.")};
    suggest_insertion(report, diagnostic, place, STR(">"));
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
    diagnostic->fix = (struct diagnostic_fix){STR("Write `/>`"), end, STR(" />")};
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

/* Is it the first of its line? */
static bool starts_line(const struct syntax_tree *tree, uint32_t offset) {
    return text_line(tree->text, text_line_of(tree->text, offset)).start + indentation_at(tree, offset) == offset;
}

/* Where the closing tag of an element goes: before `place` at the latest, and before what is not indented deeper than it. */
static uint32_t place_of_tag(const struct syntax_tree *tree, node_id element, uint32_t place) {
    uint32_t start = node_span(tree, element).start;
    NODE_EACH(child, tree, element) {
        uint32_t at = node_span(tree, child).start;
        enum node_kind kind = node_kind(tree, child);
        bool content = node_field(tree, child) == FIELD_NONE && kind != NODE_JSX_ATTRIBUTE && kind != NODE_JSX_SPREAD;
        if (content && start < at && at < place && starts_line(tree, at) &&
            indentation_at(tree, at) <= indentation_at(tree, start)) {
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
    suggest_insertion(report, diagnostic, at, closer);
    if (starts_line(tree, start) && text_line_of(tree->text, start) != text_line_of(tree->text, at)) {
        struct span indentation = {start - indentation_at(tree, start), start};
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

static void report_unclosed_element(struct report *report, node_id missing) {
    const struct syntax_tree *tree = report->tree;
    node_id element = node_parent(tree, missing);
    node_id robber = report->searches++ < SEARCHES ? find_tag_robber(tree, element) : NODE_NONE;
    if (robber != NODE_NONE) {
        report_robber(report, robber);
        return;
    }
    if (node_child(tree, element, FIELD_CLOSE_NAME) != NODE_NONE) {
        report_unfinished_tag(report, missing, true);
        return;
    }
    uint32_t place = place_of_closer(tree, missing);
    node_id name = node_child(tree, element, FIELD_NAME);
    struct span before = report_token_before(tree, place);
    node_id last = missing - 1; /* in pre-order: the deepest node before it */
    while (last != element && node_parent(tree, last) != element) {
        last = node_parent(tree, last);
    }
    bool in_tag =
        last == name || node_kind(tree, last) == NODE_JSX_ATTRIBUTE || node_kind(tree, last) == NODE_JSX_SPREAD;
    if (name != NODE_NONE && in_tag && !str_ends_with(text_slice(tree->text, before), STR(">"))) {
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

void report_unclosed(struct report *report, node_id missing) {
    enum node_kind kind = node_kind(report->tree, node_parent(report->tree, missing));
    if (kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT) {
        report_unclosed_element(report, missing);
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
    suggest_insertion(report, diagnostic, span.end, end);
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

static void suggest_removal(struct report *report, struct diagnostic *diagnostic, struct span span) {
    struct str said = text_slice(report->tree->text, span);
    diagnostic->fix =
        (struct diagnostic_fix){.title = arena_printf(report->arena, "Remove `%.*s`", STR_ARGUMENTS(said)),
                                .span = span,
                                .replacement = STR("")};
}

static void report_stray_brace(struct report *report, node_id stray) {
    const struct syntax_tree *tree = report->tree;
    struct span span = {node_span(tree, stray).start, node_span(tree, stray).start + 1};
    node_id early = report->searches++ < SEARCHES ? find_early_closer(tree, stray) : NODE_NONE;
    struct diagnostic *diagnostic = NULL;
    if (early == NODE_NONE) {
        diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, span,
                                    "This `}` closes nothing. Remove it, or write the `{` that it belongs to.");
        suggest_removal(report, diagnostic, span);
        return;
    }
    struct span too_early = {node_span(tree, early).end - 1, node_span(tree, early).end};
    diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, too_early,
                                "This `}` is one too many: it closes the `{` of line %u, which by their indentation is "
                                "not what it was written for. Remove it.",
                                text_line_of(tree->text, node_span(tree, early).start) + 1);
    diagnostic->related =
        (struct diagnostic_related){.span = span, .message = STR("Nothing is left for this `}` to close.")};
    suggest_removal(report, diagnostic, too_early);
}

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

void report_stray(struct report *report, node_id stray) {
    if (node_kind(report->tree, stray) == NODE_STRAY_BRACE) {
        report_stray_brace(report, stray);
        return;
    }
    if (report->searches++ < SEARCHES && closes_unfinished(report->tree, stray)) {
        return;
    }
    struct span span = node_span(report->tree, stray);
    struct str said = node_text(report->tree, stray);
    struct diagnostic *diagnostic = diagnostic_add(
        report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, span,
        "`%.*s` closes nothing: no such tag is open here. Remove it, or write its opening tag.", STR_ARGUMENTS(said));
    suggest_removal(report, diagnostic, span);
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
    diagnostic->fix = (struct diagnostic_fix){
        .title = arena_printf(report->arena, "Write `</%.*s>`", STR_ARGUMENTS(open_name)),
        .span = node_span(tree, close),
        .replacement = arena_str(report->arena, open_name),
    };
}
