/* terminal: colours, where somebody is looking.
 *
 * A stream has colours when it is a terminal and neither NO_COLOR is set nor TERM says "dumb"; FORCE_COLOR (but "0") forces
 * them. Knows nothing of what is printed.
 */
#ifndef TOVA_SERVER_COMMANDS_TERMINAL_H
#define TOVA_SERVER_COMMANDS_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

enum terminal_style {
    TERMINAL_PLAIN,
    TERMINAL_BOLD,
    TERMINAL_DIM,
    TERMINAL_RED,
    TERMINAL_YELLOW,
    TERMINAL_BLUE,
    TERMINAL_CYAN,
    TERMINAL_GREEN,
    TERMINAL_MAGENTA,
    TERMINAL_STYLE_COUNT
};

/* Shall what goes to this stream be coloured? */
bool terminal_has_colour(FILE *stream);

/* The characters that switch a style on; TERMINAL_PLAIN switches all off. Empty without colour. Borrowed forever. */
const char *terminal_style(bool colour, enum terminal_style style);

/* The columns of the terminal behind a stream, 80 when it is none. */
unsigned terminal_width(FILE *stream);

#endif
