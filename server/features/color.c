/* color: the forms of a colour, read and written. */
#include "server/features/color.h"

#include "parser/base/byte.h"

#include <stdlib.h>

static const struct named_color {
    struct str name;
    uint32_t value;
} names[] = {
#define COLOR(name, value) {STR_INIT(name), value},
#include "server/features/color_names.def"
};

enum { NAME_COUNT = sizeof names / sizeof *names, LONGEST_NAME = 24, ARGUMENTS = 4 };

/* ---- names */

static bool is_name(char c) { return byte_is_word(c) || c == '-'; }

static struct color color_of(uint32_t value, double alpha) {
    return (struct color){(value >> 16 & 255) / 255.0, (value >> 8 & 255) / 255.0, (value & 255) / 255.0, alpha};
}

static int compare_name(const void *key, const void *element) {
    const struct str *name = key;
    const struct named_color *color = element;
    return str_compare(*name, color->name);
}

/* Names mean the same in any case. Empty for what is longer than any. */
static struct str lower_case(struct str name, char lower[LONGEST_NAME]) {
    if (name.size > LONGEST_NAME) {
        return (struct str){lower, 0};
    }
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){lower, name.size};
}

static bool read_name(struct str key, struct color *color) {
    const struct named_color *found = bsearch(&key, names, NAME_COUNT, sizeof *names, compare_name);
    if (found != NULL) {
        *color = color_of(found->value, 1);
    } else if (str_equal(key, STR("transparent"))) {
        *color = color_of(0, 0);
    } else {
        return false;
    }
    return true;
}

/* ---- hexadecimal */

static int hex_digit(char c) {
    return byte_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(struct str text, size_t *size, struct color *color) {
    double parts[ARGUMENTS] = {0, 0, 0, 1};
    size_t end = 1;
    while (end < text.size && hex_digit(text.data[end]) >= 0) {
        end++;
    }
    size_t digits = end - 1;
    bool is_short = digits == 3 || digits == 4;
    if ((!is_short && digits != 6 && digits != 8) || (end < text.size && is_name(text.data[end]))) {
        return false;
    }
    size_t width = is_short ? 1 : 2;
    for (size_t i = 0; i * width < digits; i++) {
        const char *at = text.data + 1 + i * width;
        parts[i] = (hex_digit(at[0]) * 16 + hex_digit(at[width - 1])) / 255.0;
    }
    *size = end;
    *color = (struct color){parts[0], parts[1], parts[2], parts[3]};
    return true;
}

/* ---- functions */

enum unit { UNIT_NONE, UNIT_PERCENT, UNIT_DEGREES, UNIT_TURN, UNIT_RADIANS, UNIT_GRADIANS, UNIT_UNKNOWN };

struct number {
    double value;
    enum unit unit;
};

static enum unit unit_named(struct str word) {
    static const struct {
        struct str word;
        enum unit unit;
    } units[] = {{STR_INIT("deg"), UNIT_DEGREES},
                 {STR_INIT("turn"), UNIT_TURN},
                 {STR_INIT("rad"), UNIT_RADIANS},
                 {STR_INIT("grad"), UNIT_GRADIANS}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_equal(units[i].word, word)) {
            return units[i].unit;
        }
    }
    return word.size == 0 ? UNIT_NONE : UNIT_UNKNOWN;
}

/* A decimal number and its unit at *at, which moves behind them. */
static bool read_number(struct str text, size_t *at, struct number *number) {
    size_t start = *at;
    bool negative = *at < text.size && text.data[*at] == '-';
    double value = 0;
    double scale = 0; /* of the next digit behind the point; 0 before it */
    *at += negative || (*at < text.size && text.data[*at] == '+');
    for (; *at < text.size && (byte_is_digit(text.data[*at]) || (text.data[*at] == '.' && scale == 0.0)); ++*at) {
        if (text.data[*at] == '.') {
            scale = 0.1;
        } else if (scale > 0) {
            value += scale * (text.data[*at] - '0');
            scale /= 10;
        } else {
            value = value * 10 + (text.data[*at] - '0');
        }
    }
    bool found = *at > start && (byte_is_digit(text.data[*at - 1]));
    size_t word = *at;
    while (*at < text.size && byte_is_letter(text.data[*at])) {
        ++*at;
    }
    number->unit = unit_named(str_slice(text, word, *at));
    number->value = negative ? -value : value;
    if (*at < text.size && text.data[*at] == '%' && number->unit == UNIT_NONE) {
        number->unit = UNIT_PERCENT;
        ++*at;
    }
    return found && number->unit != UNIT_UNKNOWN;
}

static size_t skip_separators(struct str text, size_t at) {
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == ',' || text.data[at] == '/' ||
                              text.data[at] == '\n' || text.data[at] == '\t')) {
        at++;
    }
    return at;
}

/* Three or four numbers up to the `)`; gives how many, 0 for anything else. */
static size_t read_arguments(struct str text, size_t *at, struct number numbers[ARGUMENTS]) {
    size_t count = 0;
    *at = skip_separators(text, *at);
    while (*at < text.size && text.data[*at] != ')') {
        if (count == ARGUMENTS || !read_number(text, at, &numbers[count])) {
            return 0;
        }
        count++;
        *at = skip_separators(text, *at);
    }
    bool closed = *at < text.size;
    ++*at;
    return closed && count >= 3 ? count : 0;
}

static double clamp(double value) { return value < 0 ? 0 : value > 1 ? 1 : value; }

static double portion(struct number number, double whole) {
    return clamp(number.unit == UNIT_PERCENT ? number.value / 100 : number.value / whole);
}

/* From 0 to 1, once around. */
static double hue(struct number number) {
    static const double whole[] = {[UNIT_NONE] = 360,
                                   [UNIT_PERCENT] = 100,
                                   [UNIT_DEGREES] = 360,
                                   [UNIT_TURN] = 1,
                                   [UNIT_RADIANS] = 6.283185307179586,
                                   [UNIT_GRADIANS] = 400,
                                   [UNIT_UNKNOWN] = 360};
    double turns = number.value / whole[number.unit];
    if (turns < -1e9 || turns > 1e9) {
        return 0;
    }
    double rest = turns - (double)(int64_t)turns;
    return rest < 0 ? rest + 1 : rest;
}

/* CSS Color Module Level 4 "Converting HSL Colors to sRGB". */
static double channel_of(double n, double turn, double saturation, double lightness) {
    double k = n + turn * 12;
    k = k >= 12 ? k - 12 : k;
    double a = saturation * (lightness < 1 - lightness ? lightness : 1 - lightness);
    double low = k - 3 < 9 - k ? k - 3 : 9 - k;
    low = low < 1 ? low : 1;
    return lightness - a * (low > -1 ? low : -1);
}

static struct color color_of_hsl(double turn, double saturation, double lightness, double alpha) {
    return (struct color){channel_of(0, turn, saturation, lightness), channel_of(8, turn, saturation, lightness),
                          channel_of(4, turn, saturation, lightness), alpha};
}

static bool read_function(struct str text, struct str name, size_t *size, struct color *color) {
    struct number numbers[ARGUMENTS];
    bool rgb = str_equal(name, STR("rgb")) || str_equal(name, STR("rgba"));
    bool hsl = str_equal(name, STR("hsl")) || str_equal(name, STR("hsla"));
    size_t at = name.size + 1;
    size_t count = rgb || hsl ? read_arguments(text, &at, numbers) : 0;
    if (count == 0) {
        return false;
    }
    double alpha = count > 3 ? portion(numbers[3], 1) : 1;
    *size = at;
    *color = rgb ? (struct color){portion(numbers[0], 255), portion(numbers[1], 255), portion(numbers[2], 255), alpha}
                 : color_of_hsl(hue(numbers[0]), portion(numbers[1], 100), portion(numbers[2], 100), alpha);
    return true;
}

bool color_read(struct str text, size_t *size, struct color *color) {
    size_t end = 0;
    if (text.size > 0 && text.data[0] == '#') {
        return read_hex(text, size, color);
    }
    while (end < text.size && is_name(text.data[end])) {
        end++;
    }
    char lower[LONGEST_NAME];
    struct str name = lower_case(str_slice(text, 0, end), lower);
    if (end < text.size && text.data[end] == '(') {
        return read_function(text, name, size, color);
    }
    *size = end;
    return name.size > 0 && read_name(name, color);
}

/* ---- writing */

static unsigned byte_of(double part) { return (unsigned)(clamp(part) * 255 + 0.5); }

static double largest(struct color c) {
    double part = c.red > c.green ? c.red : c.green;
    return part > c.blue ? part : c.blue;
}

static double smallest(struct color c) {
    double part = c.red < c.green ? c.red : c.green;
    return part < c.blue ? part : c.blue;
}

static double degrees_of(struct color c) {
    double range = largest(c) - smallest(c);
    if (range <= 0) {
        return 0;
    }
    double sixth = c.red >= largest(c)     ? (c.green - c.blue) / range
                   : c.green >= largest(c) ? (c.blue - c.red) / range + 2
                                           : (c.red - c.green) / range + 4;
    return sixth < 0 ? (sixth + 6) * 60 : sixth * 60;
}

/* "0.5": at most two digits behind the point. */
static struct str alpha_text(struct arena *arena, double alpha) { return arena_printf(arena, "%.2g", clamp(alpha)); }

void color_write(struct arena *arena, struct color given, struct str forms[COLOR_FORMS]) {
    struct color color = {clamp(given.red), clamp(given.green), clamp(given.blue), clamp(given.alpha)};
    unsigned red = byte_of(color.red), green = byte_of(color.green), blue = byte_of(color.blue);
    double lightness = (largest(color) + smallest(color)) / 2;
    double range = largest(color) - smallest(color);
    double saturation = range <= 0 ? 0 : range / (lightness > 0.5 ? 2 - 2 * lightness : 2 * lightness);
    unsigned degrees = (unsigned)(degrees_of(color) + 0.5) % 360;
    unsigned saturated = (unsigned)(saturation * 100 + 0.5), light = (unsigned)(lightness * 100 + 0.5);
    if (byte_of(color.alpha) == 255) {
        forms[0] = arena_printf(arena, "#%02x%02x%02x", red, green, blue);
        forms[1] = arena_printf(arena, "rgb(%u, %u, %u)", red, green, blue);
        forms[2] = arena_printf(arena, "hsl(%u, %u%%, %u%%)", degrees, saturated, light);
        return;
    }
    struct str alpha = alpha_text(arena, color.alpha);
    forms[0] = arena_printf(arena, "#%02x%02x%02x%02x", red, green, blue, byte_of(color.alpha));
    forms[1] = arena_printf(arena, "rgba(%u, %u, %u, %.*s)", red, green, blue, STR_ARGUMENTS(alpha));
    forms[2] = arena_printf(arena, "hsla(%u, %u%%, %u%%, %.*s)", degrees, saturated, light, STR_ARGUMENTS(alpha));
}
