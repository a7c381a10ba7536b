/* `tova help`, `tova version`, and what `tova` alone shows. */
#include "analysis/directives.h"
#include "server/commands/command.h"
#include "server/commands/terminal.h"

#include <stdio.h>
#include <string.h>

/* In bytes, which are columns. */
static int widest(const struct command *commands, unsigned count) {
    int width = 0;
    for (unsigned i = 0; i < count; i++) {
        int size = (int)strlen(commands[i].name);
        width = size > width ? size : width;
    }
    return width;
}

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
    int width = widest(commands, count);
    for (unsigned i = 0; i < count; i++) {
        printf("  %s%-*s%s  %s\n", name, width, commands[i].name, plain, commands[i].help);
    }
    printf("\nStart with `tova demo`, or with `tova dev .` in a folder that has a .tova file.\n"
           "`tova help COMMAND` tells more about one of them, and `tova help directives` what a server\n"
           "block may say: cors, session, rate_limit and the others.\n");
}

/* Options as the table has them, below each other. */
static void print_parts(struct str text) {
    struct directive_part part;
    while (directive_next_option(&text, &part)) {
        struct str types = str_trim(part.types);
        printf("      %.*s%s: %.*s\n", STR_ARGUMENTS(part.name), part.required ? " (needed)" : "", STR_ARGUMENTS(types));
    }
}

/* `tova help directives`: the words of server blocks that have no grammar of their own, from the table that checks them. */
static void print_directives(void) {
    printf("Words that stand in a server block, each with what follows it and with what its braces\n"
           "take (`name: value`). `tova explain E407` and the examples show some of them at work.\n\n");
    for (unsigned i = 0; i < DIRECTIVE_COUNT; i++) {
        const struct directive *directive = directive_at(i);
        bool shown = (directive->places & 1U << BLOCK_SERVER) != 0 && directive->emission != DIRECTIVE_IS_MISSING &&
                     directive->emission != DIRECTIVE_IS_INNER;
        if (shown) {
            printf("  %.*s%s%.*s\n", STR_ARGUMENTS(directive->word), directive->head.size > 0 ? " " : "",
                   STR_ARGUMENTS(directive->head));
            print_parts(directive->options);
        }
    }
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
    if (str_equal(str_from_c(argv[optind]), STR("directives"))) {
        print_directives();
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
