/* styles: the style blocks of a component as the text of a style sheet for its own elements.
 *
 * The elements are known by an attribute `data-tova-HASH`, of the component's name and CSS; selectors ask for it
 * (selectors.h). What Tova adds to CSS is made plain: `$colors.primary` is `var(--tova-color-primary)`, `responsive` is
 * `@media (min-width: …)`, a choice of `variant(size)` the class `base--size-value`. Where something moves, a rule for
 * people who asked for less motion is added, unless the block says `motion: full`.
 */
#ifndef TOVA_CODEGEN_STYLES_H
#define TOVA_CODEGEN_STYLES_H

#include "codegen/emitter.h"

/* Classes that follow values of the component: `btn--size-sm`. */
struct style_variant {
    struct str base;    /* the class of the elements that get them */
    struct str name;    /* what the value is called */
    node_id subject;    /* where that is declared */
};

/* The styles of the component that is lowered. */
struct component_style {
    struct str attribute; /* "data-tova-1a2b3c4d" */
    VEC(struct style_variant) variants;
};

/* Reads the style blocks of a component and adds the statement that inserts them; NULL when it has none. */
struct component_style *style_of_component(struct emitter *e, node_id component);

/* The value of an attribute `class` that is a string, with the classes of variants behind it; NULL when none belong to it. */
struct js *style_class(struct emitter *e, node_id string);

#endif
