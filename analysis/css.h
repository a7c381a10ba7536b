/* css: the text of a style block as a flat tree of rules, and what browsers would skip in it.
 *
 * It knows the forms of CSS (rules, at-rules, declarations, nesting, strings, comments, escapes) and the three that Tova
 * adds: `responsive { }`, `variant(prop) { }` and line comments. It knows no property and no unit. Items stand in the order
 * of the text, each before what it holds; whatever the text, every item ends.
 */
#ifndef TOVA_ANALYSIS_CSS_H
#define TOVA_ANALYSIS_CSS_H

#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "parser/text/span.h"

enum css_kind {
    CSS_RULE,        /* head: the selectors */
    CSS_AT_RULE,     /* head: from `@` to its block or end */
    CSS_DECLARATION, /* head: the property; value */
    CSS_RESPONSIVE,  /* `responsive`; holds breakpoints */
    CSS_BREAKPOINT,  /* head: its name */
    CSS_VARIANT,     /* head: `variant(a + b)`, value: what stands in the parentheses; holds choices */
    CSS_CHOICE,      /* head: `value`, `value:hover`, `x + y` */
};

struct css_item {
    enum css_kind kind;
    bool block;    /* an at-rule that has braces */
    uint32_t next; /* the item behind it and all that it holds */
    struct str head, value; /* parts of the text, without white space at their ends */
};

struct css_mistake {
    struct str place; /* a part of the text */
    struct str message;
};

struct css {
    struct str text; /* borrowed */
    VEC(struct css_item) items;
    VEC(struct css_mistake) mistakes;
};

/* Reads a text, which must outlive the result. The lists live in the arena. */
void css_parse(struct arena *arena, struct str text, struct css *css);

/* The end of what begins at `at`: a string, a comment, an escape, a pair of brackets with its content, or one byte. */
size_t css_skip(struct str text, size_t at);

/* "media" of `@media (…)`; empty for what is no at-rule. */
struct str css_at_word(const struct css_item *item);

/* Does an at-rule hold rules for elements, as `@media` does, and not steps or descriptors? */
bool css_holds_rules(struct str at_word);

/* The smallest width of a breakpoint in pixels; -1 for an unknown name. */
int css_breakpoint(struct str name);

#endif
