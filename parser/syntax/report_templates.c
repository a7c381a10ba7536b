/* report_templates: what template languages write between tags and in them, `{#if c}` and `@click`, and how it is written here. */
#include "parser/syntax/report.h"

#include <string.h>

/* ---- `{#if c}` … `{/if}`, each a NODE_FOREIGN among what stands between tags */

/* The word behind the sign of a tag like `{#if c}`. */
static struct str word_of(struct str tag) {
    size_t end = 2;
    while (end < tag.size && tag.data[end] >= 'a' && tag.data[end] <= 'z') {
        end++;
    }
    return str_slice(tag, 2, end);
}

/* What stands behind the word, without the brace at the end. */
static struct str rest_of(struct str tag) {
    size_t start = 2 + word_of(tag).size;
    return str_trim(str_slice(tag, start, tag.size - 1));
}

static bool is_template(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_FOREIGN && str_starts_with(node_text(tree, node), STR("{"));
}

/* The head of the loop that `{#each items as item (key)}` means; empty where it has more than that. */
static struct str loop_head(struct arena *arena, struct str rest) {
    size_t as = 0;
    while (as + 4 < rest.size && !str_equal(str_slice(rest, as, as + 4), STR(" as "))) {
        as++;
    }
    struct str list = str_slice(rest, 0, as), item = str_trim(str_slice(rest, as + 4 < rest.size ? as + 4 : rest.size, rest.size));
    size_t open = str_find(item, '(', 0);
    struct str key = {0};
    if (open < item.size && str_ends_with(item, STR(")"))) {
        key = arena_printf(arena, " key={%.*s}", STR_ARGUMENTS(str_slice(item, open + 1, item.size - 1)));
        item = str_trim(str_slice(item, 0, open));
    }
    bool plain = item.size > 0 && str_find(item, ',', 0) == item.size && str_find(item, '(', 0) == item.size;
    return plain ? arena_printf(arena, "for %.*s in %.*s%.*s {", STR_ARGUMENTS(item), STR_ARGUMENTS(list), STR_ARGUMENTS(key))
                 : (struct str){0};
}

/* What is written for the tag, or empty. */
static struct str tag_written(struct arena *arena, struct str tag) {
    struct str word = word_of(tag), rest = rest_of(tag);
    if (tag.data[1] == '/') {
        return STR("}");
    }
    if (tag.data[1] == '#') {
        bool loop = str_equal(word, STR("each"));
        return loop ? loop_head(arena, rest) : arena_printf(arena, "if %.*s {", STR_ARGUMENTS(rest));
    }
    if (str_starts_with(rest, STR("if "))) { /* `{:else if c}` */
        return arena_printf(arena, "} elif %.*s {", STR_ARGUMENTS(str_slice(rest, 3, rest.size)));
    }
    return rest.size == 0 ? STR("} else {") : (struct str){0};
}

/* Becomes the fix: the tag, its `{:else}`s and its end, and between them what stands there. Nothing where one of them is another one. */
static void suggest_blocks(struct report *report, struct diagnostic *diagnostic, node_id first, struct str form) {
    const struct syntax_tree *tree = report->tree;
    struct str written = tag_written(report->arena, node_text(tree, first));
    struct span whole = node_span(tree, first);
    unsigned depth = 1;
    for (node_id node = node_next_sibling(tree, first); written.size > 0 && depth > 0; node = node_next_sibling(tree, node)) {
        if (node == NODE_NONE) {
            return;
        }
        if (!is_template(tree, node)) {
            continue;
        }
        char sign = node_text(tree, node).data[1];
        depth += sign == '#';
        depth -= sign == '/';
        bool own = depth == 0 || (depth == 1 && sign == ':');
        struct str tag = own ? tag_written(report->arena, node_text(tree, node)) : node_text(tree, node);
        if (tag.size == 0 || (own && sign == ':' && !str_equal(word_of(node_text(tree, first)), STR("if")))) {
            return;
        }
        struct str between = text_slice(tree->text, (struct span){whole.end, node_span(tree, node).start});
        written = arena_printf(report->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(written), STR_ARGUMENTS(between), STR_ARGUMENTS(tag));
        whole.end = node_span(tree, node).end;
    }
    if (written.size > 0) {
        report_suggest(report, diagnostic, "Write", form, whole, written);
    }
}

/* Does the tag go on with, or end, what a tag with `#` before it has begun? */
static bool is_part(const struct syntax_tree *tree, node_id foreign) {
    int depth = 0;
    for (node_id node = node_first_child(tree, node_parent(tree, foreign)); node != foreign; node = node_next_sibling(tree, node)) {
        char sign = is_template(tree, node) ? node_text(tree, node).data[1] : '\0';
        depth += sign == '#';
        depth -= sign == '/';
    }
    return depth > 0;
}

void report_template_tag(struct report *report, node_id foreign) {
    static const struct {
        struct str tag, form;
        const char *advice;
    } tags[] = {
        {STR_INIT("{#if"), STR_INIT("if condition { … }"), "Between tags a condition is written `if condition { … } else { … }`."},
        {STR_INIT("{#each"), STR_INIT("for item in list { … }"), "Between tags a loop is written `for item in list { … }`."},
        {STR_INIT("{#await"), STR_INIT(""),
         "What comes later is kept in a `state`, which an `effect { … }` sets. Show it with `if name != nil { … }`."},
        {STR_INIT("{#key"), STR_INIT(""), "Tova has no `{#key}`: the rows of a loop have one, `for item in list key={item.id} { … }`."},
        {STR_INIT("{#snippet"), STR_INIT(""), "A part that is shown in several places is a `component Name(parameter) { … }`."},
        {STR_INIT("{@html"), STR_INIT(""), "A text is shown as it is: markup that a text holds is not read, since it may be of strangers."},
        {STR_INIT("{@const"), STR_INIT(""), "Values are declared above the markup of a component: `name = value`, or `computed name = value`."},
        {STR_INIT("{@render"), STR_INIT(""), "Children of a component are shown with `<slot />`."},
        {STR_INIT(""), STR_INIT(""), "Such a tag means nothing here. A value between tags is written `{value}`."},
    };
    const struct syntax_tree *tree = report->tree;
    struct str said = node_text(tree, foreign), name = str_slice(said, 0, 2 + word_of(said).size);
    bool goes_on = said.data[1] == ':' || said.data[1] == '/';
    if (goes_on && is_part(tree, foreign)) {
        return;
    }
    size_t row = 0;
    while (tags[row].tag.size != 0 && !str_equal(tags[row].tag, name)) {
        row++;
    }
    uint32_t start = node_span(tree, foreign).start;
    struct diagnostic *diagnostic =
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT,
                       (struct span){start, start + (uint32_t)name.size}, "%s", tags[row].advice);
    if (tags[row].form.size != 0) {
        suggest_blocks(report, diagnostic, foreign, tags[row].form);
    }
}

/* ---- `{{ value }}`, and loops whose head is none, so that it is text */

static bool is_among_tags(const struct syntax_tree *tree, node_id node) {
    static const bool around[NODE_KIND_COUNT] = {
        [NODE_JSX_ELEMENT] = true, [NODE_JSX_FRAGMENT] = true, [NODE_JSX_BLOCK] = true};
    return around[node_kind(tree, node_parent(tree, node))];
}

void report_double_braces(struct report *report, node_id node) {
    const struct syntax_tree *tree = report->tree;
    node_id object = node_child(tree, node, FIELD_VALUE), entry = node_first_child(tree, object);
    struct span span = node_span(tree, node), inner = node_span(tree, object);
    bool name = node_kind(tree, entry) == NODE_IDENTIFIER && node_next_sibling(tree, entry) == NODE_NONE;
    if (node_kind(tree, object) != NODE_OBJECT || inner.start != span.start + 1 || inner.end + 1 != span.end ||
        !is_among_tags(tree, node) || !(name || node_has_error(tree, object))) {
        return;
    }
    struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT,
                                                   (struct span){span.start, span.start + 2},
                                                   "A value between tags stands in single braces: `{value}`.");
    struct str value = str_trim(text_slice(tree->text, (struct span){inner.start + 1, inner.end - 1}));
    struct str written = arena_printf(report->arena, "{%.*s}", STR_ARGUMENTS(value));
    report_suggest_rewrite(report, diagnostic, span, written);
    vec_push(report->arena, &report->silent, ((struct span){span.start + 1, span.end}));
}

/* Is there an element in the braces, or behind them a word that only code has? */
static bool holds_element(const struct syntax_tree *tree, node_id braces) {
    node_id value = node_kind(tree, braces) == NODE_JSX_EXPRESSION ? node_child(tree, braces, FIELD_VALUE) : NODE_NONE;
    return node_kind(tree, value) == NODE_JSX_ELEMENT || node_kind(tree, value) == NODE_JSX_FRAGMENT;
}

/* `x of xs` of a loop's head, without parentheses and `const`; empty where it is prose. */
static struct str head_of_text(struct str head) {
    static const struct str keywords[] = {STR_INIT("const "), STR_INIT("let "), STR_INIT("var ")};
    if (str_starts_with(head, STR("(")) && str_ends_with(head, STR(")"))) {
        head = str_trim(str_slice(head, 1, head.size - 1));
    }
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        head = str_starts_with(head, keywords[i]) ? str_trim(str_slice(head, keywords[i].size, head.size)) : head;
    }
    struct str behind = str_slice(head, str_find(head, ' ', 0), head.size);
    bool loop = str_starts_with(behind, STR(" of ")) || str_starts_with(behind, STR(" in "));
    return loop ? head : STR("");
}

/* A condition in parentheses, or with a sign that no prose has. */
static bool is_condition(struct str said) {
    bool sign = str_starts_with(said, STR("("));
    for (size_t i = 0; i < said.size; i++) {
        sign = sign || strchr("<>=&|", said.data[i]) != NULL;
    }
    return sign;
}

static void report_text_while(struct report *report, struct span word, struct str condition) {
    if (is_condition(condition)) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, word,
                       "There is no `while` between tags: write `for item in list { … }`, or `if condition { … }`.");
    }
}

/* `for x of xs {`, `for (x in xs) {`, `while (x) {` before an element: prose has no element in braces behind it, nor such a head. */
void report_text_loop(struct report *report, node_id text) {
    const struct syntax_tree *tree = report->tree;
    struct str said = str_trim(node_text(tree, text));
    bool loop = str_starts_with(said, STR("for ")), waits = str_starts_with(said, STR("while "));
    if (!(loop || waits) || !holds_element(tree, node_next_sibling(tree, text))) {
        return;
    }
    struct span word = report_token(tree, node_span(tree, text).start, node_span(tree, text).end);
    if (waits) {
        report_text_while(report, word, str_trim(str_slice(said, strlen("while "), said.size)));
        return;
    }
    struct str head = head_of_text(str_trim(str_slice(said, strlen("for "), said.size)));
    if (head.size > 0) {
        size_t name = str_find(head, ' ', 0);
        struct diagnostic *diagnostic = diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, word,
                                                       "A loop between tags is written `for item in list { … }`.");
        struct str written = arena_printf(report->arena, "for %.*s in %.*s", STR_ARGUMENTS(str_slice(head, 0, name)),
                                          STR_ARGUMENTS(str_slice(head, name + strlen(" of "), head.size)));
        report_suggest_rewrite(report, diagnostic, (struct span){word.start, word.start + (uint32_t)said.size},
                               written);
    }
}

/* ---- `@click`, `:class`, `(click)`, `[value]`, `on:submit|preventDefault` */

/* The modifier that another language's name means. */
static struct str modifier_of(struct str name) {
    static const struct str others[][2] = {{STR_INIT("preventDefault"), STR_INIT("prevent")},
                                           {STR_INIT("stopPropagation"), STR_INIT("stop")},
                                           {STR_INIT("stopImmediatePropagation"), STR_INIT("stop")}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (str_equal(name, others[i][0])) {
            return others[i][1];
        }
    }
    return name;
}

/* `on:submit|preventDefault|once` */
static struct str with_modifiers(struct arena *arena, struct str name) {
    size_t bar = str_find(name, '|', 0);
    struct str written = str_slice(name, 0, bar);
    while (bar < name.size) {
        size_t end = str_find(name, '|', bar + 1);
        struct str modifier = modifier_of(str_slice(name, bar + 1, end));
        written = arena_printf(arena, "%.*s.%.*s", STR_ARGUMENTS(written), STR_ARGUMENTS(modifier));
        bar = end;
    }
    return written;
}

bool report_template_attribute(struct report *report, node_id name) {
    static const struct {
        char first;
        struct str prefix; /* of the name that is written, behind which comes `={…}` */
        struct str advice;
    } forms[] = {
        {'@', STR_INIT("on:"), STR_INIT("What happens at an event is written")},
        {'(', STR_INIT("on:"), STR_INIT("What happens at an event is written")},
        {':', STR_INIT(""), STR_INIT("A value stands in braces behind the plain name:")},
        {'[', STR_INIT(""), STR_INIT("A value stands in braces behind the plain name:")},
    };
    struct str said = node_text(report->tree, name);
    struct span span = node_span(report->tree, name);
    if (str_find(said, '|', 0) < said.size) {
        struct str written = with_modifiers(report->arena, said);
        struct diagnostic *diagnostic =
            diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, span,
                           "Modifiers of an event follow dots: `%.*s`.", STR_ARGUMENTS(written));
        report_suggest_rewrite(report, diagnostic, span, written);
        return true;
    }
    if (str_starts_with(said, STR("*"))) {
        diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, span,
                       "Conditions and loops stand around elements: `if condition { … }`, `for item in list { … }`.");
        return true;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (said.size < 2 || said.data[0] != forms[i].first) {
            continue;
        }
        size_t start = 0, end = said.size;
        while (start < end && strchr("@:([*", said.data[start]) != NULL) {
            start++;
        }
        while (end > start && strchr(")]", said.data[end - 1]) != NULL) {
            end--;
        }
        struct str written = arena_concat(report->arena, forms[i].prefix, str_slice(said, start, end));
        struct diagnostic *diagnostic =
            diagnostic_add(report->arena, report->list, DIAGNOSTIC_FOREIGN_HABIT, span, "%.*s `%.*s={…}`.",
                           STR_ARGUMENTS(forms[i].advice), STR_ARGUMENTS(written));
        report_suggest_rewrite(report, diagnostic, span, written);
        return true;
    }
    return false;
}
