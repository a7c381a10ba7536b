/* Words in tags of the page that are slips of a word of HTML: the tag, its attributes, events, their modifiers, bindings and
 * prefixes; and attributes that another language would understand. A word that is near to none is left alone, since elements and
 * events of one's own are as good as any, but for modifiers and bindings: there are no others than ours. */
#include "analysis/checks.h"

enum { VOID = 1, SVG = 2 };

static const struct {
    struct str name;
    unsigned flags;
} tags[] = {
#define TAG(name, flags, about) {STR_INIT(name), flags},
#include "analysis/markup_words.def"
};

static const struct {
    struct str name, tags;
} attributes[] = {
#define ATTRIBUTE(name, tags, form, values) {STR_INIT(name), STR_INIT(tags)},
#include "analysis/markup_words.def"
};

#define WORDS(name) STR_INIT(name),
static const struct str events[] = {
#define EVENT(name) WORDS(name)
#include "analysis/markup_words.def"
};
static const struct str modifiers[] = {
#define MODIFIER(name, about) WORDS(name)
#include "analysis/markup_words.def"
};
static const struct str bindings[] = {
#define BINDING(name) WORDS(name)
#include "analysis/markup_words.def"
};
static const struct str rare_tags =
#define RARE_TAGS(names) STR_INIT(names);
#include "analysis/markup_words.def"
static const struct str rare_attributes =
#define RARE_ATTRIBUTES(names) STR_INIT(names);
#include "analysis/markup_words.def"
static const struct str rare_events =
#define RARE_EVENTS(names) STR_INIT(names);
#include "analysis/markup_words.def"

static const struct str prefixes[] = {STR_INIT("on"),  STR_INIT("bind"), STR_INIT("class"),  STR_INIT("use"),
                                      STR_INIT("in"),  STR_INIT("out"),  STR_INIT("animate"), STR_INIT("transition"),
                                      STR_INIT("xml"), STR_INIT("xlink"), STR_INIT("xmlns")};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- words */

static struct str lower_case(struct arena *arena, struct str text) {
    char *lower = arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++) {
        bool upper = text.data[i] >= 'A' && text.data[i] <= 'Z';
        lower[i] = upper ? (char)(text.data[i] - 'A' + 'a') : text.data[i];
    }
    return (struct str){lower, text.size};
}

/* Did two letters that stand side by side change places? */
static bool is_swap(struct str word, struct str known) {
    size_t i = 0;
    while (i < word.size && word.data[i] == known.data[i]) {
        i++;
    }
    return i + 1 < word.size && word.data[i] == known.data[i + 1] && word.data[i + 1] == known.data[i] &&
           str_equal(str_slice(word, i + 2, word.size), str_slice(known, i + 2, known.size));
}

/* The size of words that may lack a letter within: `tile` is not `title`, but `clik` is `click`. */
enum gap { EVENT_GAP = 4, ANY_GAP = 5 };

/* Was `known` meant? The shorter the word, the less may be wrong with it. One that goes on behind a known word (`changed`, `closed`) is
 * a word of its own. */
static bool is_slip(struct str word, struct str known, enum gap gap) {
    enum { SHORTEST = 3, ENDLESS = 4, OTHER_LETTER = 7, TWICE = 9 };
    if (word.size < SHORTEST || str_starts_with(word, known)) {
        return false;
    }
    if (word.size == known.size && is_swap(word, known)) {
        return true;
    }
    unsigned limit = word.size >= TWICE ? 2 : 1;
    if (word.data[0] != known.data[0] || str_distance(word, known, limit) > limit) {
        return false;
    }
    size_t enough = word.size == known.size ? OTHER_LETTER : str_starts_with(known, word) ? ENDLESS : gap;
    return word.size >= enough;
}

static struct str nearest(struct str word, const struct str *words, size_t count, enum gap gap) {
    for (size_t i = 0; i < count; i++) {
        if (is_slip(word, words[i], gap)) {
            return words[i];
        }
    }
    return (struct str){0};
}

struct str markup_event_meant(struct str event) {
    if (str_equal(event, STR("doubleclick"))) {
        return STR("dblclick");
    }
    bool known = str_is_one_of(event, events, COUNT(events)) || str_has_word(rare_events, event);
    return known ? (struct str){0} : nearest(event, events, COUNT(events), EVENT_GAP);
}

/* ---- what is said */

/* `part`, of an attribute's name, becomes `meant`. */
static void report_part(struct check *check, struct span part, const char *what, struct str meant) {
    struct str said = text_slice(check->file->tree->text, part);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, MISSPELT_MARKUP, part, "There is no %s `%.*s`.%.*s", what, STR_ARGUMENTS(said),
                     STR_ARGUMENTS(suggestion_sentence(check->arena, meant)));
    suggestion_fix(check->arena, diagnostic, part, meant);
}

/* ---- attributes */

static void check_event_name(struct check *check, struct span span) {
    struct str said = text_slice(check->file->tree->text, span);
    size_t dot = str_find(said, '.', 0);
    struct str meant = markup_event_meant(lower_case(check->arena, str_slice(said, 0, dot)));
    if (meant.size > 0) {
        report_part(check, (struct span){span.start, span.start + (uint32_t)dot}, "event", meant);
    }
    while (dot < said.size) {
        size_t end = str_find(said, '.', dot + 1);
        struct str modifier = str_slice(said, dot + 1, end);
        if (modifier.size > 0 && !str_is_one_of(modifier, modifiers, COUNT(modifiers))) {
            report_part(check, (struct span){span.start + (uint32_t)dot + 1, span.start + (uint32_t)end},
                        "modifier of events", nearest(modifier, modifiers, COUNT(modifiers), EVENT_GAP));
        }
        dot = end;
    }
}

static void check_prefixed(struct check *check, struct span span, size_t colon) {
    struct str said = text_slice(check->file->tree->text, span), prefix = str_slice(said, 0, colon);
    struct span behind = {span.start + (uint32_t)colon + 1, span.end};
    struct str word = str_slice(said, colon + 1, said.size);
    if (word.size == 0) {
        return;
    }
    if (str_equal(prefix, STR("on"))) {
        check_event_name(check, behind);
    } else if (str_equal(prefix, STR("bind"))) {
        if (!str_is_one_of(word, bindings, COUNT(bindings))) {
            report_part(check, behind, "binding", nearest(word, bindings, COUNT(bindings), EVENT_GAP));
        }
    } else if (!str_is_one_of(prefix, prefixes, COUNT(prefixes))) {
        struct str meant = nearest(prefix, prefixes, COUNT(prefixes), EVENT_GAP);
        if (meant.size > 0) {
            report_part(check, (struct span){span.start, span.start + (uint32_t)colon}, "prefix", meant);
        }
    }
}

/* Is it an attribute of some element? */
static bool is_attribute(struct str name) {
    for (size_t i = 0; i < COUNT(attributes); i++) {
        if (str_equal(attributes[i].name, name)) {
            return true;
        }
    }
    return str_has_word(rare_attributes, name);
}

/* `onclik={f}`: the runtime listens to what stands behind `on`. */
static void check_handler_name(struct check *check, node_id name, struct str event) {
    struct str meant = markup_event_meant(event);
    if (meant.size > 0) {
        struct span span = node_span(check->file->tree, name);
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, MISSPELT_MARKUP, span, "There is no event `%.*s`. Did you mean `on:%.*s`?",
                         STR_ARGUMENTS(event), STR_ARGUMENTS(meant));
        struct str written = arena_concat(check->arena, STR("on:"), meant);
        fix_set(check, diagnostic, span, written, "Write `%.*s`", STR_ARGUMENTS(written));
    }
}

static void check_plain(struct check *check, node_id name, struct str word, struct str tag) {
    for (size_t i = 0; i < COUNT(attributes); i++) {
        bool fits = attributes[i].tags.size == 0 || str_has_word(attributes[i].tags, tag);
        if (fits && is_slip(word, attributes[i].name, ANY_GAP)) {
            report_part(check, node_span(check->file->tree, name), "attribute", attributes[i].name);
            return;
        }
    }
}

/* ---- tags */

static void check_tag_name(struct check *check, node_id element, node_id name) {
    const struct syntax_tree *tree = check->file->tree;
    struct str said = node_text(tree, name), meant = {0};
    for (size_t i = 0; i < COUNT(tags) && meant.size == 0; i++) {
        bool near = tags[i].flags != SVG && said.data[0] == tags[i].name.data[0] && is_slip(said, tags[i].name, ANY_GAP);
        meant = near ? tags[i].name : meant;
    }
    if (meant.size == 0 || str_has_word(rare_tags, said)) {
        return;
    }
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, MISSPELT_MARKUP, node_span(tree, name), "HTML has no element `<%.*s>`. Did you mean `<%.*s>`?",
                     STR_ARGUMENTS(said), STR_ARGUMENTS(meant));
    node_id close = node_child(tree, element, FIELD_CLOSE_NAME);
    struct span span = node_span(tree, name);
    struct str between = {0};
    if (close != NODE_NONE) { /* both names */
        between = text_slice(tree->text, (struct span){span.end, node_span(tree, close).start});
        span.end = node_span(tree, close).end;
    }
    struct str written = arena_printf(check->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(meant), STR_ARGUMENTS(between),
                                      STR_ARGUMENTS(close != NODE_NONE ? meant : between));
    fix_set(check, diagnostic, span, written, "Write `<%.*s>`", STR_ARGUMENTS(meant));
}

/* ---- the check */

/* The row of an element of HTML or SVG, or the count of rows. */
static size_t find_tag(struct str name) {
    size_t i = 0;
    while (i < COUNT(tags) && !str_equal(tags[i].name, name)) {
        i++;
    }
    return i;
}

/* Does the element stand in a picture or a formula, whose elements are not all known here? */
static bool in_picture(const struct syntax_tree *tree, node_id element) {
    for (node_id node = node_parent(tree, element); node != NODE_NONE; node = node_parent(tree, node)) {
        struct str name = node_text(tree, node_child(tree, node, FIELD_NAME));
        if (node_kind(tree, node) == NODE_JSX_ELEMENT && (str_equal(name, STR("svg")) || str_equal(name, STR("math")))) {
            return true;
        }
    }
    return false;
}

/* `v-if` and its kin, which mean nothing here: what is written in their place. */
static bool report_directive(struct check *check, struct span span, struct str said) {
    static const struct {
        struct str name;
        const char *advice;
    } directives[] = {
        {STR_INIT("v-if"), "A condition stands around elements: `if condition { … }`."},
        {STR_INIT("v-else"), "It stands behind the braces of an `if`: `else { … }`."},
        {STR_INIT("v-else-if"), "It stands behind the braces of an `if`: `elif condition { … }`."},
        {STR_INIT("v-for"), "A loop stands around elements: `for item in list { … }`."},
        {STR_INIT("v-model"), "A field and a state are kept the same by `bind:value={name}`."},
        {STR_INIT("v-show"), "An element is hidden by `show={condition}`."},
    };
    for (size_t i = 0; i < COUNT(directives); i++) {
        if (str_equal(said, directives[i].name)) {
            CHECK_REPORT(check, MISSPELT_MARKUP, span, "`%.*s` means nothing here. %s", STR_ARGUMENTS(said), directives[i].advice);
            return true;
        }
    }
    return false;
}

static void check_attribute(struct check *check, node_id name, struct str tag, bool html) {
    struct span span = node_span(check->file->tree, name);
    struct str said = text_slice(check->file->tree->text, span), word = lower_case(check->arena, said);
    size_t colon = str_find(said, ':', 0);
    if (report_directive(check, span, said)) {
        return;
    }
    if (colon < said.size) {
        check_prefixed(check, span, colon);
    } else if (str_find(said, '-', 0) < said.size || is_attribute(word)) {
        return;
    } else if (str_starts_with(word, STR("on"))) {
        check_handler_name(check, name, str_slice(word, 2, word.size));
    } else if (html) {
        check_plain(check, name, word, tag);
    }
}

void check_markup(struct check *check, node_id element) {
    const struct syntax_tree *tree = check->file->tree;
    node_id name = node_child(tree, element, FIELD_NAME);
    struct str tag = node_text(tree, name);
    bool plain = tag.size > 0 && tag.data[0] >= 'a' && tag.data[0] <= 'z';
    if (!plain || str_find(tag, '-', 0) < tag.size || str_find(tag, '.', 0) < tag.size) {
        return; /* a component, or an element of one's own */
    }
    size_t row = find_tag(tag);
    if (row == COUNT(tags) && !in_picture(tree, element)) {
        check_tag_name(check, element, name);
    }
    bool html = row < COUNT(tags) && tags[row].flags != SVG;
    NODE_EACH(attribute, tree, element) {
        if (node_kind(tree, attribute) == NODE_JSX_ATTRIBUTE && !node_has_error(tree, attribute)) {
            check_attribute(check, node_child(tree, attribute, FIELD_NAME), tag, html);
        }
    }
}
