/* color: the colours that a document names: in style blocks, in `style` attributes, in a theme.
 *
 * The forms of CSS that are colours by themselves: `#rgb` to `#rrggbbaa`, `rgb()` and `hsl()` with or without alpha, names.
 * Variables and what a browser has to compute are none.
 */
#ifndef TOVA_SERVER_FEATURES_COLOR_H
#define TOVA_SERVER_FEATURES_COLOR_H

#include "server/features/feature.h"

/* Each from 0 to 1. */
struct color {
    double red, green, blue, alpha;
};

struct color_place {
    struct span span; /* bytes */
    struct color color;
};

struct color_list {
    VEC(struct color_place) list; /* in order of place */
};

struct color_list colors_of(const struct feature_context *context);

/* The ways to write a colour: hexadecimal, `rgb()`, `hsl()`. Live in the arena. */
enum { COLOR_FORMS = 3 };
void color_write(struct arena *arena, struct color color, struct str forms[COLOR_FORMS]);

/* Reads the colour that `text` begins with; *size is how many bytes it has. False when it begins with none. */
bool color_read(struct str text, size_t *size, struct color *color);

#endif
