/* `tova help`, `tova version`, and what `tova` alone shows. */
#include "server/commands/command.h"
#include "server/commands/terminal.h"

#include <stdio.h>

static void print_overview(void) {
    bool colour = terminal_has_colour(stdout);
    const char *bold = terminal_style(colour, TERMINAL_BOLD);
    const char *name = terminal_style(colour, TERMINAL_CYAN);
    const char *plain = terminal_style(colour, TERMINAL_PLAIN);
    printf("%stova%s %s: compiler and language server for Tova, the full-stack language whose files\n"
           "hold servers, pages and the types that they share.\n\n%susage:%s tova COMMAND [ARGUMENT...]\n\n",
           bold, plain, TOVA_VERSION, bold, plain);
    unsigned count;
    const struct command *commands = command_table(&count);
    for (unsigned i = 0; i < count; i++) {
        printf("  %s%-8s%s %s\n", name, commands[i].name, plain, commands[i].help);
    }
    printf("\nStart with `tova demo`, or with `tova dev .` in a folder that has a .tova file.\n"
           "`tova help COMMAND` tells more about one of them.\n");
}

int command_help(int argc, char **argv) {
    int status;
    if (command_option(argc, argv, "", NULL, &status) == COMMAND_OPTION_STOP) {
        return status;
    }
    if (optind >= argc) {
        print_overview();
        return COMMAND_DONE;
    }
    const struct command *command = command_find(str_from_c(argv[optind]));
    if (command == NULL) {
        return command_unknown(argv[optind]);
    }
    command_print_help(command);
    return COMMAND_DONE;
}

int command_version(int argc, char **argv) {
    int status;
    if (command_option(argc, argv, "", NULL, &status) == COMMAND_OPTION_STOP) {
        return status;
    }
    printf("tova %s\n", TOVA_VERSION);
    return COMMAND_DONE;
}
