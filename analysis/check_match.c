/* `match`: cases that no arm takes, and arms that no value reaches. Of values whose cases can be counted (variants, true and
 * false) all must have an arm; of numbers, texts and the rest nothing is asked. */
#include "analysis/arm_text.h"
#include "analysis/checks.h"

enum {
    DEPTH = 8,     /* of patterns within patterns that are followed */
    PATTERNS = 512 /* of one `match` that are compared with each other */
};

/* Patterns for one place of the value. */
struct patterns {
    VEC(node_id) list;
};

struct cases {
    struct check *check;
    const struct syntax_tree *tree;
    unsigned depth;
};

/* ---- patterns */

static bool starts_upper(struct str text) { return text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z'; }

static bool takes_all(const struct syntax_tree *tree, node_id pattern) {
    enum node_kind kind = node_kind(tree, pattern);
    return kind == NODE_REST_PATTERN || (kind == NODE_IDENTIFIER && !starts_upper(node_text(tree, pattern)));
}

bool match_arm_takes_all(const struct syntax_tree *tree, node_id arm) {
    return node_child(tree, arm, FIELD_GUARD) == NODE_NONE && takes_all(tree, node_child(tree, arm, FIELD_PATTERN));
}

/* The node that names the variant of a pattern, or NODE_NONE. */
static node_id variant_name(const struct syntax_tree *tree, node_id pattern) {
    switch ((int)node_kind(tree, pattern)) {
    case NODE_IDENTIFIER:
        return takes_all(tree, pattern) ? NODE_NONE : pattern;
    case NODE_MEMBER_EXPRESSION:
        return pattern;
    case NODE_VARIANT_PATTERN:
        return node_child(tree, pattern, FIELD_NAME);
    default:
        return NODE_NONE;
    }
}

/* `Circle` of `Shape.Circle`. */
static struct str last_name(const struct syntax_tree *tree, node_id name) {
    return node_text(tree, node_kind(tree, name) == NODE_MEMBER_EXPRESSION ? node_child(tree, name, FIELD_PROPERTY) : name);
}

static bool takes_all_of_variant(const struct syntax_tree *tree, node_id pattern) {
    for (node_id part = node_first_plain(tree, pattern); part != NODE_NONE; part = node_next_plain(tree, part)) {
        if (!takes_all(tree, part)) {
            return false;
        }
    }
    return true;
}

/* `A | B` are two patterns. */
static void add_alternatives(struct cases *cases, struct patterns *patterns, node_id pattern) {
    while (node_kind(cases->tree, pattern) == NODE_OR_PATTERN) {
        node_id left = node_first_plain(cases->tree, pattern);
        vec_push(cases->check->arena, &patterns->list, node_next_plain(cases->tree, left));
        pattern = left;
    }
    vec_push(cases->check->arena, &patterns->list, pattern);
}

/* ---- are all cases taken? */

enum answer { ANSWER_YES, ANSWER_NO, ANSWER_UNKNOWN };

static enum answer all_taken(struct cases *cases, const struct patterns *patterns);

/* Is a variant taken as a whole? By one pattern, or by several that share out its only field. Of variants with more fields
 * several patterns are taken to do so. */
static bool is_taken(struct cases *cases, const struct patterns *patterns, const struct variant *variant) {
    struct patterns inner = {0};
    unsigned count = 0;
    for (unsigned i = 0; i < patterns->list.count; i++) {
        node_id pattern = patterns->list.items[i];
        node_id name = variant_name(cases->tree, pattern);
        if (name == NODE_NONE || !str_equal(last_name(cases->tree, name), variant->name)) {
            continue;
        }
        if (takes_all_of_variant(cases->tree, pattern)) {
            return true;
        }
        count++;
        add_alternatives(cases, &inner, node_first_plain(cases->tree, pattern));
    }
    if (variant->fields != 1) {
        return count > 1;
    }
    return count > 0 && all_taken(cases, &inner) == ANSWER_YES;
}

static bool has_kind(const struct cases *cases, const struct patterns *patterns, enum node_kind kind) {
    for (unsigned i = 0; i < patterns->list.count; i++) {
        if (node_kind(cases->tree, patterns->list.items[i]) == kind) {
            return true;
        }
    }
    return false;
}

/* The variants that the patterns choose among; none when they choose among something else. */
static struct variants chosen_among(struct cases *cases, const struct patterns *patterns) {
    for (unsigned i = 0; i < patterns->list.count; i++) {
        node_id name = variant_name(cases->tree, patterns->list.items[i]);
        if (name != NODE_NONE) {
            return variants_of(cases->check, name);
        }
    }
    return (struct variants){0};
}

static bool one_takes_all(const struct cases *cases, const struct patterns *patterns) {
    for (unsigned i = 0; i < patterns->list.count; i++) {
        if (takes_all(cases->tree, patterns->list.items[i])) {
            return true;
        }
    }
    return false;
}

/* Marks in `missing` (as long as the variants) what no pattern takes; how many. */
static unsigned find_missing(struct cases *cases, const struct patterns *patterns, const struct variants *variants,
                             bool *missing) {
    unsigned count = 0;
    for (unsigned i = 0; i < variants->list.count; i++) {
        missing[i] = !is_taken(cases, patterns, &variants->list.items[i]);
        count += missing[i];
    }
    return count;
}

static enum answer all_taken(struct cases *cases, const struct patterns *patterns) {
    if (one_takes_all(cases, patterns) || cases->depth >= DEPTH) {
        return ANSWER_YES;
    }
    bool yes = has_kind(cases, patterns, NODE_TRUE);
    bool no = has_kind(cases, patterns, NODE_FALSE);
    if (yes || no) {
        return yes && no ? ANSWER_YES : ANSWER_NO;
    }
    cases->depth++;
    struct variants variants = chosen_among(cases, patterns);
    bool *missing = arena_array(cases->check->arena, bool, variants.list.count + 1);
    unsigned count = find_missing(cases, patterns, &variants, missing);
    cases->depth--;
    return variants.list.count == 0 ? ANSWER_UNKNOWN : count == 0 ? ANSWER_YES : ANSWER_NO;
}

/* ---- missing arms */

struct missing {
    struct str list; /* "`Square(side)` and `Dot`" */
    struct str arms; /* what the fix writes */
    unsigned count;
};

/* Between two arms: a comma on one line, else a new line like that of the last arm. */
static struct str separator(const struct check *check, node_id node, node_id last) {
    const struct syntax_tree *tree = check->file->tree;
    struct text *text = tree->text;
    uint32_t line = text_line_of(text, node_span(tree, last).start);
    if (line == text_line_of(text, node_span(tree, node).start)) {
        return STR(", ");
    }
    struct str indentation = fix_indentation(check, node_span(tree, last).start);
    return arena_printf(check->arena, "\n%.*s", STR_ARGUMENTS(indentation));
}

static void add_missing(struct check *check, node_id match, struct missing *missing, struct str pattern,
                        struct str separator) {
    const char *glue = missing->count == 0 ? "" : ", ";
    missing->list = arena_printf(check->arena, "%.*s%s`%.*s`", STR_ARGUMENTS(missing->list), glue, STR_ARGUMENTS(pattern));
    struct str arm = arm_text(check->arena, check->file->tree, match, pattern);
    missing->arms = arena_printf(check->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(missing->arms), STR_ARGUMENTS(separator),
                                 STR_ARGUMENTS(arm));
    missing->count++;
}

/* Behind the last arm and its comma. */
static uint32_t end_of_arms(const struct syntax_tree *tree, node_id last) {
    struct str text = text_str(tree->text);
    uint32_t end = node_span(tree, last).end;
    return end < text.size && text.data[end] == ',' ? end + 1 : end;
}

static void report_missing(struct check *check, node_id node, node_id last, const struct missing *missing) {
    const struct syntax_tree *tree = check->file->tree;
    struct span head = {node_span(tree, node).start, node_span(tree, node_child(tree, node, FIELD_VALUE)).end};
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, MISSING_ARMS, head,
                     "No arm takes %.*s, and `match` then gives nil. Add %s, or `_ => …` for all that is left.",
                     STR_ARGUMENTS(missing->list), missing->count == 1 ? "the arm" : "the arms");
    uint32_t end = end_of_arms(tree, last);
    struct str arms = missing->arms;
    if (arms.data[0] == ',' && end > node_span(tree, last).end) {
        arms = str_slice(arms, 1, arms.size);
    }
    fix_set(check, diagnostic, (struct span){end, end}, arms, missing->count == 1 ? "Add the missing arm" : "Add the missing arms");
}

static void check_missing(struct cases *cases, node_id node, const struct patterns *patterns, node_id last) {
    struct check *check = cases->check;
    struct missing missing = {STR(""), STR(""), 0};
    struct str glue = separator(check, node, last);
    if (all_taken(cases, patterns) != ANSWER_NO) {
        return;
    }
    struct variants variants = chosen_among(cases, patterns);
    bool *absent = arena_array(check->arena, bool, variants.list.count + 1);
    find_missing(cases, patterns, &variants, absent);
    for (unsigned i = 0; i < variants.list.count; i++) {
        if (absent[i]) {
            add_missing(check, node, &missing, variants.list.items[i].pattern, glue);
        }
    }
    if (variants.list.count == 0) {
        add_missing(check, node, &missing, has_kind(cases, patterns, NODE_TRUE) ? STR("false") : STR("true"), glue);
    }
    if (missing.count > 0) {
        report_missing(check, node, last, &missing);
    }
}

/* ---- arms that are never reached */

static bool is_plain_literal(const struct syntax_tree *tree, node_id pattern) {
    switch ((int)node_kind(tree, pattern)) {
    case NODE_NUMBER:
    case NODE_NEGATIVE:
    case NODE_TRUE:
    case NODE_FALSE:
    case NODE_NIL:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
        return true;
    case NODE_STRING:
        return node_first_child(tree, pattern) == NODE_NONE;
    default:
        return false;
    }
}

/* Does `earlier` take every value that `pattern` takes? */
static bool covers(const struct syntax_tree *tree, node_id earlier, node_id pattern) {
    if (takes_all(tree, earlier)) {
        return true;
    }
    node_id name = variant_name(tree, earlier);
    node_id other = variant_name(tree, pattern);
    if (name != NODE_NONE && other != NODE_NONE) {
        return str_equal(last_name(tree, name), last_name(tree, other)) && takes_all_of_variant(tree, earlier);
    }
    return is_plain_literal(tree, earlier) && node_kind(tree, earlier) == node_kind(tree, pattern) &&
           str_equal(node_text(tree, earlier), node_text(tree, pattern));
}

static void report_unreachable(struct check *check, node_id arm, node_id earlier) {
    const struct syntax_tree *tree = check->file->tree;
    struct str text = node_text(tree, earlier);
    const struct symbol *made = analysis_symbol_of(check->file, earlier);
    const struct symbol *hidden = analysis_symbol(check->file, made == NULL ? 0 : made->hides);
    struct diagnostic *diagnostic =
        hidden->kind == SYMBOL_CONSTANT
            ? CHECK_REPORT(check, UNREACHABLE_ARM, node_span(tree, arm),
                           "This arm is never reached: `%.*s` above is a new name that takes every value. To compare with the "
                           "constant `%.*s`, write `value if value == %.*s => …`.",
                           STR_ARGUMENTS(text), STR_ARGUMENTS(text), STR_ARGUMENTS(text))
            : CHECK_REPORT(check, UNREACHABLE_ARM, node_span(tree, arm),
                           "This arm is never reached: `%.*s` above takes %s.", STR_ARGUMENTS(text),
                           takes_all(tree, earlier) ? "every value" : "the same values");
    diagnostic->tags = 1u << DIAGNOSTIC_TAG_UNNECESSARY;
    diagnostic->related.span = node_span(tree, earlier);
    diagnostic->related.message = STR("This arm comes first.");
    struct span span = {node_span(tree, arm).start, end_of_arms(tree, arm)};
    fix_remove(check, diagnostic, span, "Remove the arm");
}

/* Every pattern of the arm is covered by one before it. The last of these is shown. */
static void check_arm(struct cases *cases, const struct patterns *before, node_id arm) {
    struct patterns own = {0};
    add_alternatives(cases, &own, node_child(cases->tree, arm, FIELD_PATTERN));
    node_id earlier = NODE_NONE;
    for (unsigned i = 0; i < own.list.count; i++) {
        earlier = NODE_NONE;
        for (unsigned b = 0; b < before->list.count && earlier == NODE_NONE; b++) {
            if (covers(cases->tree, before->list.items[b], own.list.items[i])) {
                earlier = before->list.items[b];
            }
        }
        if (earlier == NODE_NONE) {
            return;
        }
    }
    report_unreachable(cases->check, arm, earlier);
}

void check_match(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    struct cases cases = {check, tree, 0};
    struct patterns patterns = {0};
    node_id last = NODE_NONE;
    if (node_has_error(tree, node)) {
        return;
    }
    NODE_EACH(arm, tree, node) {
        if (node_kind(tree, arm) != NODE_MATCH_ARM) {
            continue;
        }
        last = arm;
        if (patterns.list.count > PATTERNS) {
            return;
        }
        check_arm(&cases, &patterns, arm);
        if (node_child(tree, arm, FIELD_GUARD) == NODE_NONE) {
            add_alternatives(&cases, &patterns, node_child(tree, arm, FIELD_PATTERN));
        }
    }
    if (last != NODE_NONE) {
        check_missing(&cases, node, &patterns, last);
    }
}
