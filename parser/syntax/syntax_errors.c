/* syntax_errors: finds the error nodes of a tree, decides which of them are mistakes of their own, and has each reported.
 *
 * Error nodes that share the innermost statement, arm or piece of markup come from one mistake once the library had to
 * skip text there; where it only put in what is missing, each is a mistake.
 */
#include "parser/syntax/syntax_errors.h"

#include "parser/base/limits.h"
#include "parser/syntax/repair.h"
#include "parser/syntax/report.h"

#include <stdlib.h>

struct candidate {
    node_id owner; /* the statement, arm or piece of markup that it belongs to */
    node_id node;
};

struct candidates {
    VEC(struct candidate) list;
};

static bool is_error(const struct syntax_tree *tree, node_id node) {
    static const bool errors[NODE_KIND_COUNT] = {
        [NODE_ERROR] = true, [NODE_MISSING] = true, [NODE_UNTERMINATED] = true};
    return errors[tree->nodes[node].kind];
}

/* Do the children of such a node stand for themselves? */
static bool is_container(const struct syntax_tree *tree, node_id node) {
    static const bool containers[NODE_KIND_COUNT] = {
        [NODE_SOURCE_FILE] = true,      [NODE_BLOCK] = true,
        [NODE_BARE_BLOCK] = true,       [NODE_TYPE_BODY] = true,
        [NODE_MATCH_EXPRESSION] = true, [NODE_SELECT_EXPRESSION] = true,
        [NODE_JSX_ELEMENT] = true,      [NODE_JSX_FRAGMENT] = true,
        [NODE_JSX_BLOCK] = true,        [NODE_JSX_MATCH] = true,
    };
    return containers[tree->nodes[node].kind];
}

static node_id owner_of(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_ROOT && !is_container(tree, node_parent(tree, node))) {
        node = node_parent(tree, node);
    }
    return node;
}

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    return (a->node > b->node) - (a->node < b->node);
}

/* The error nodes, those of one owner together and in order. */
static struct candidates find_candidates(struct arena *arena, const struct syntax_tree *tree) {
    struct candidates found = {0};
    for (node_id node = NODE_ROOT; node < tree->count && found.list.count < LIMIT_DIAGNOSTICS;) {
        if (!node_has_error(tree, node)) {
            node = tree->nodes[node].next;
            continue;
        }
        if (is_error(tree, node)) {
            vec_push(arena, &found.list, (struct candidate){owner_of(tree, node), node});
        }
        node++;
    }
    if (found.list.count > 1) {
        qsort(found.list.items, found.list.count, sizeof *found.list.items, compare_candidates);
    }
    return found;
}

/* Where the trouble of an error begins: at its first token, unless that is a word or a node that was understood; then at the
 * first error inside. */
static node_id innermost_error(const struct syntax_tree *tree, node_id error) {
    node_id at = error;
    for (node_id node = error; node < tree->nodes[at].next; node++) {
        if (node_kind(tree, node) != NODE_ERROR || span_size(node_span(tree, node)) == 0) {
            continue;
        }
        at = node;
        node_id child = node_first_child(tree, at);
        struct span span = node_span(tree, at);
        bool understood =
            child != NODE_NONE && node_span(tree, child).start == span.start && node_kind(tree, child) != NODE_ERROR;
        if (!understood && !report_is_word(tree, report_token(tree, span.start, span.end))) {
            break;
        }
    }
    return at;
}

static bool is_unclosed(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_MISSING && report_is_closer(tree, node);
}

/* Candidates of one owner, an error node among them: one mistake. A bracket around the error that is never closed explains
 * it best. */
static void report_group(struct report *report, const struct candidate *group, unsigned count, node_id error) {
    const struct syntax_tree *tree = report->tree;
    for (unsigned i = 0; i < count; i++) {
        node_id node = group[i].node;
        node_id parent = node_parent(tree, node);
        if (is_unclosed(tree, node) && parent < error && error < tree->nodes[parent].next) {
            report_unclosed(report, node);
            return;
        }
    }
    report_unexpected(report, error, innermost_error(tree, error));
}

/* Is something mended on this line, by what is reported anyway? Then nothing else is wrong on it. */
static bool is_mended(const struct syntax_tree *tree, uint32_t line) {
    for (uint32_t i = 0; i < tree->repair_count; i++) {
        enum repair_kind kind = tree->repairs[i].kind;
        bool node = kind == REPAIR_CLOSER || kind == REPAIR_COMMENT || kind == REPAIR_BODY || kind == REPAIR_STYLE;
        bool said = kind == REPAIR_END ? repair_stands_in(&tree->repairs[i]) : !node;
        if (said && text_line_of(tree->text, tree->repairs[i].offset) == line) {
            return true;
        }
    }
    return false;
}

static void report_candidates(struct report *report, const struct candidates *candidates) {
    const struct syntax_tree *tree = report->tree;
    const struct candidate *items = candidates->list.items;
    unsigned count = candidates->list.count;
    uint32_t last_line = UINT32_MAX; /* what was skipped on one line was skipped for one reason */
    for (unsigned start = 0, end = 0; start < count; start = end) {
        node_id error = NODE_NONE;
        for (end = start; end < count && items[end].owner == items[start].owner; end++) {
            if (error == NODE_NONE && node_kind(tree, items[end].node) == NODE_ERROR) {
                error = items[end].node;
            }
        }
        if (error != NODE_NONE) {
            uint32_t line = text_line_of(tree->text, node_span(tree, error).start);
            if (line != last_line && !is_mended(tree, line)) {
                report_group(report, items + start, end - start, error);
            }
            last_line = line;
            continue;
        }
        for (unsigned i = start; i < end; i++) {
            uint32_t line = text_line_of(tree->text, node_span(tree, items[i].node).start);
            if (line == last_line || is_mended(tree, line)) {
                continue;
            }
            if (node_kind(tree, items[i].node) == NODE_UNTERMINATED) {
                report_unterminated(report, items[i].node);
            } else {
                report_missing(report, items[i].node);
            }
        }
    }
}

/* ---- what parses, but is a mistake all the same */

static void report_bare_block(struct report *report, node_id block) {
    if (node_shown_value(report->tree, block) != NODE_NONE) {
        return;
    }
    uint32_t start = node_span(report->tree, block).start;
    node_id before = NODE_NONE;
    for (node_id child = node_first_child(report->tree, node_parent(report->tree, block)); child != block;
         child = node_next_sibling(report->tree, child)) {
        before = child;
    }
    if (node_kind(report->tree, before) == NODE_FUNCTION_DECLARATION &&
        node_child(report->tree, before, FIELD_BODY) == NODE_NONE) {
        uint32_t head_end = node_span(report->tree, before).end;
        struct diagnostic *diagnostic =
            diagnostic_add(report->arena, report->list, DIAGNOSTIC_BARE_BLOCK, (struct span){start, start + 1},
                           "The `{` of a function stands on the line of its head. Write it behind that.");
        diagnostic->fix = (struct diagnostic_fix){STR("Join the lines"), {head_end, start + 1}, STR(" {"), false};
        return;
    }
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_BARE_BLOCK, (struct span){start, start + 1},
                   "A block cannot stand alone. Write what it belongs to before the `{`, or remove the braces.");
}

enum { NODES_BEHIND = 4096 }; /* a declaration, which are looked at for another assignment */

/* `total += x`, `total++`: does it give a value to what has this name? */
static bool assigns(const struct report *report, node_id node, struct str name) {
    const struct syntax_tree *tree = report->tree;
    struct span span = node_span(tree, node);
    switch ((int)node_kind(tree, node)) {
    case NODE_ASSIGNMENT:
    case NODE_AUGMENTED_ASSIGNMENT:
        return str_equal(node_text(tree, node_child(tree, node, FIELD_LEFT)), name);
    case NODE_FOREIGN:
        return (str_equal(node_text(tree, node), STR("++")) || str_equal(node_text(tree, node), STR("--"))) &&
               (str_equal(text_slice(tree->text, report_token_before(tree, span.start)), name) ||
                str_equal(text_slice(tree->text, report_token(tree, span.end, text_size(tree->text))), name));
    default:
        return false;
    }
}

/* Is what is declared here assigned again in the block around it? */
static bool changes_later(const struct report *report, node_id declaration) {
    const struct syntax_tree *tree = report->tree;
    struct str name = node_text(tree, node_child(tree, declaration, FIELD_LEFT));
    node_id first = tree->nodes[declaration].next, end = tree->nodes[node_parent(tree, declaration)].next;
    for (node_id node = first; node < end && node - first < NODES_BEHIND; node++) {
        if (assigns(report, node, name)) {
            return true;
        }
    }
    return false;
}

static void report_keyword(struct report *report, node_id keyword) {
    const struct syntax_tree *tree = report->tree;
    struct span span = node_span(tree, keyword);
    struct str word = node_text(tree, keyword);
    struct diagnostic *diagnostic = diagnostic_add(
        report->arena, report->list, DIAGNOSTIC_JAVASCRIPT_LET, span,
        "`%.*s` is not a word of Tova. `name = value` declares a name; `var name = value` one that may change.",
        STR_ARGUMENTS(word));
    node_id value = node_child(tree, node_parent(tree, keyword), FIELD_RIGHT);
    if (node_kind(tree, value) == NODE_MISSING) { /* `let x` */
        struct str name = node_text(tree, node_child(tree, node_parent(tree, keyword), FIELD_LEFT));
        struct str written = arena_printf(report->arena, "var %.*s = nil", STR_ARGUMENTS(name));
        report_suggest(report, diagnostic, "Write", written, (struct span){span.start, node_span(tree, value).start}, written);
        return;
    }
    if (changes_later(report, node_parent(tree, keyword))) {
        report_suggest(report, diagnostic, "Write", STR("var"), span, STR("var"));
        return;
    }
    uint32_t end = report_token(tree, span.end, text_size(tree->text)).start;
    report_suggest(report, diagnostic, "Remove", word, (struct span){span.start, end}, STR(""));
}

/* `let`, `mut` or `const` before a binding, `mut` before a parameter. */
static void check_keyword(struct report *report, node_id node) {
    node_id keyword = node_child(report->tree, node, FIELD_KEYWORD);
    if (keyword != NODE_NONE && !str_equal(node_text(report->tree, keyword), STR("--"))) {
        report_keyword(report, keyword);
    }
}

/* Has an element inside, which is closed by another name, taken the closing tag that this one needs? */
static bool gave_away(const struct syntax_tree *tree, node_id element, struct str name) {
    NODE_EACH(child, tree, element) {
        struct str close = node_text(tree, node_child(tree, child, FIELD_CLOSE_NAME));
        if (close.size > 0 && str_equal(close, name) && !str_equal(node_text(tree, node_child(tree, child, FIELD_NAME)), name)) {
            return true;
        }
    }
    return false;
}

static void check_names(struct report *report, node_id element) {
    const struct syntax_tree *tree = report->tree;
    node_id open = node_child(tree, element, FIELD_NAME);
    node_id close = node_child(tree, element, FIELD_CLOSE_NAME);
    if (close != NODE_NONE && !str_equal(node_text(tree, open), node_text(tree, close)) &&
        report_robbed(tree, element) == NODE_NONE && !gave_away(tree, element, node_text(tree, open))) {
        report_mismatch(report, element);
    }
}

/* Styles that end although lines below are indented as their rules are: a rule has lost its brace, and nothing of the rules below is
 * code. */
static void check_styles(struct report *report, node_id style) {
    const struct syntax_tree *tree = report->tree;
    struct span span = node_span(tree, style);
    uint32_t depth = report_indentation(tree, span.start), line = text_line_of(tree->text, span.end);
    uint32_t next = report_token(tree, span.end, text_size(tree->text)).start;
    bool goes_on = report_starts_line(tree, span.start) && report_starts_line(tree, next) && report_indentation(tree, next) > depth;
    if (!node_has_error(tree, NODE_ROOT) || !goes_on || line == text_line_of(tree->text, span.start)) {
        return;
    }
    for (uint32_t i = 0; i < tree->repair_count; i++) {
        if (tree->repairs[i].offset >= span.start && tree->repairs[i].offset <= span.end) {
            return; /* it ends where something was mended, and that is told */
        }
    }
    uint32_t end = next;
    while (end < text_size(tree->text) && report_indentation(tree, end) > depth) {
        end = report_token(tree, text_line(tree->text, text_line_of(tree->text, end)).end, text_size(tree->text)).start;
    }
    diagnostic_add(report->arena, report->list, DIAGNOSTIC_STRAY_CLOSER, (struct span){span.end - 1, span.end},
                   "This `}` closes the `style {` of line %u, whose rules go on below. A rule before it has lost its `{`.",
                   text_line_of(tree->text, span.start) + 1);
    vec_push(report->arena, &report->silent, ((struct span){span.end, end + 1}));
}

/* How many braces the text of an error opens and does not close. */
static int open_braces(const struct syntax_tree *tree, node_id error) {
    struct str text = node_text(tree, error);
    uint32_t start = node_span(tree, error).start;
    int open = 0;
    node_id child = node_first_child(tree, error);
    for (uint32_t i = 0; i < text.size; i++) {
        while (child != NODE_NONE && node_span(tree, child).end <= start + i) {
            child = node_next_sibling(tree, child);
        }
        if (child != NODE_NONE && node_span(tree, child).start <= start + i) {
            continue;
        }
        open += (text.data[i] == '{') - (text.data[i] == '}');
    }
    return open;
}

/* A brace that closes what an error before it opened is no mistake of its own. */
static void check_stray_brace(struct report *report, node_id stray) {
    if (report->open_braces > 0) {
        report->open_braces--;
    } else {
        report_stray_brace(report, stray);
    }
}

static void count_open_braces(struct report *report, node_id error) {
    int open = open_braces(report->tree, error);
    if (open > 0) {
        report->open_braces += (unsigned)open;
    }
}

static void count_missing_brace(struct report *report, node_id missing) {
    if (report_is_closer(report->tree, missing) &&
        report_opener(report->tree, node_parent(report->tree, missing)) == '{') {
        report->open_braces++;
    }
}

/* The scanner ends a comment that is never closed with its line. */
static void check_comment(struct report *report, node_id comment) {
    struct str text = node_text(report->tree, comment);
    if (text.size < 4 || !str_ends_with(text, STR("*/"))) {
        struct span span = node_span(report->tree, comment);
        report_repair(report,
                      &(struct repair){.kind = REPAIR_COMMENT, .offset = span.end, .opener = span.start});
    }
}

static void (*const checks[NODE_KIND_COUNT])(struct report *report, node_id node) = {
    [NODE_ATTRIBUTE_NAME] = report_attribute_name,
    [NODE_BARE_BLOCK] = report_bare_block,
    [NODE_BLOCK_COMMENT] = check_comment,
    [NODE_COMPREHENSION_CLAUSE] = report_loop,
    [NODE_DIRECTIVE] = report_directive,
    [NODE_ERROR] = count_open_braces,
    [NODE_FOREIGN] = report_passed_over,
    [NODE_FOR_EXPRESSION] = report_loop,
    [NODE_FUNCTION_DECLARATION] = report_function,
    [NODE_FUNCTION_EXPRESSION] = report_function_value,
    [NODE_IF_EXPRESSION] = report_choice,
    [NODE_JSX_ELEMENT] = check_names,
    [NODE_JSX_EXPRESSION] = report_double_braces,
    [NODE_JSX_TEXT] = report_text_loop,
    [NODE_LET_DECLARATION] = check_keyword,
    [NODE_MISSING] = count_missing_brace,
    [NODE_PARAMETER] = check_keyword,
    [NODE_STRAY_BRACE] = check_stray_brace,
    [NODE_STRAY_TAG] = report_stray_tag,
    [NODE_STRING] = report_escaped_string,
    [NODE_STYLE_BLOCK] = check_styles,
    [NODE_TRY_EXPRESSION] = report_catch,
};

/* Is it inside of what another message explains as a whole? */
static bool is_silent(const struct report *report, const struct diagnostic *diagnostic) {
    for (unsigned i = 0; i < report->silent.count; i++) {
        struct span span = report->silent.items[i];
        bool inside = diagnostic->span.start >= span.start && diagnostic->span.end <= span.end;
        bool explains = diagnostic->code == DIAGNOSTIC_FOREIGN_HABIT && diagnostic->span.start == span.start;
        if (inside && !explains) {
            return true;
        }
    }
    return false;
}

/* Of a tree with an error something is always said: where no rule has words of its own, at the first node that is wrong. */
static void report_any(struct arena *arena, const struct syntax_tree *tree, struct diagnostic_list *list) {
    node_id wrong = NODE_ROOT;
    for (node_id node = NODE_ROOT; node < tree->count && node_has_error(tree, node); node++) {
        wrong = node;
    }
    struct span span = node_span(tree, wrong);
    diagnostic_add(arena, list, DIAGNOSTIC_SYNTAX, wrong == NODE_ROOT ? (struct span){0, 0} : span,
                   "This cannot be understood here. Something before it may be missing or too much.");
}

static void check_nodes(struct report *report, struct node_range range) {
    for (node_id node = range.start; node < range.end; node++) {
        enum node_kind kind = node_kind(report->tree, node);
        if (checks[kind] != NULL) {
            checks[kind](report, node);
        }
    }
}

/* In order, up to the limit. */
static void take_findings(struct report *report, struct diagnostic_list *list) {
    diagnostic_sort(report->list);
    for (unsigned i = 0; i < report->list->list.count && list->list.count < LIMIT_DIAGNOSTICS; i++) {
        const struct diagnostic *diagnostic = &report->list->list.items[i];
        if (!report_is_echo(report, i) && !is_silent(report, diagnostic)) {
            vec_push(report->arena, &list->list, *diagnostic);
        }
    }
}

void syntax_errors_collect_in(struct arena *arena, const struct syntax_tree *tree, struct node_range range,
                              struct diagnostic_list *list) {
    struct diagnostic_list own = {0};
    struct report report = {.arena = arena, .tree = tree, .list = &own};
    check_nodes(&report, range);
    take_findings(&report, list);
}

void syntax_errors_collect(struct arena *arena, const struct syntax_tree *tree, struct diagnostic_list *list) {
    if (tree->given_up) {
        diagnostic_add(arena, list, DIAGNOSTIC_FILE_TOO_LARGE, (struct span){0, 0},
                       "This file was not read: it nests too deeply or has too many mistakes. Is it a program in Tova?");
        return;
    }
    struct diagnostic_list own = {0};
    struct report report = {.arena = arena, .tree = tree, .list = &own};
    struct candidates candidates = find_candidates(arena, tree);
    report_candidates(&report, &candidates);
    for (uint32_t i = 0; i < tree->repair_count; i++) {
        if (tree->repairs[i].kind != REPAIR_COMMENT) { /* those are reported as nodes */
            report_repair(&report, &tree->repairs[i]);
        }
    }
    check_nodes(&report, (struct node_range){NODE_ROOT, tree->count});
    if (own.list.count == 0 && node_has_error(tree, NODE_ROOT)) {
        report_any(arena, tree, &own);
    }
    take_findings(&report, list);
}
