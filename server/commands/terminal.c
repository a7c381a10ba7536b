/* Colours and width of a terminal. */
#include "server/commands/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_has_colour(FILE *stream) {
    const char *force = getenv("FORCE_COLOR");
    if (force != NULL && force[0] != '\0') {
        return strcmp(force, "0") != 0;
    }
    const char *refuse = getenv("NO_COLOR");
    if (refuse != NULL && refuse[0] != '\0') {
        return false;
    }
    const char *kind = getenv("TERM");
    return isatty(fileno(stream)) && kind != NULL && strcmp(kind, "dumb") != 0;
}

const char *terminal_style(bool colour, enum terminal_style style) {
    static const char *const codes[TERMINAL_STYLE_COUNT] = {
        [TERMINAL_PLAIN] = "\033[0m",  [TERMINAL_BOLD] = "\033[1m",    [TERMINAL_DIM] = "\033[2m",
        [TERMINAL_RED] = "\033[1;31m", [TERMINAL_YELLOW] = "\033[33m", [TERMINAL_BLUE] = "\033[34m",
        [TERMINAL_CYAN] = "\033[36m",  [TERMINAL_GREEN] = "\033[32m",  [TERMINAL_MAGENTA] = "\033[35m",
    };
    return colour ? codes[style] : "";
}

unsigned terminal_width(FILE *stream) {
    struct winsize size;
    if (isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return 80;
}
