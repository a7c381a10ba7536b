/* The program `tova`: finds the command that it is told and becomes it. */
#include "server/commands/command.h"
#include "server/commands/dev_child.h"

#include <string.h>

/* Words that people try in the place of a command. */
static const char *const synonyms[][2] = {
    {"-h", "help"}, {"--help", "help"}, {"-V", "version"}, {"-v", "version"}, {"--version", "version"},
};

static const struct command *find(const char *word) {
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++) {
        if (strcmp(word, synonyms[i][0]) == 0) {
            word = synonyms[i][1];
            break;
        }
    }
    return command_find(str_from_c(word));
}

int main(int argc, char **argv) {
    if (argc < 2) {
        char name[] = "help";
        char *alone[] = {name, NULL};
        return command_help(1, alone);
    }
    if (strcmp(argv[1], DEV_CHILD_WORD) == 0) {
        return dev_child_become(argc, argv);
    }
    const struct command *command = find(argv[1]);
    return command != NULL ? command->run(argc - 1, argv + 1) : command_unknown(argv[1]);
}
