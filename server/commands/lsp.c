/* `tova lsp`: the language server on standard input and output. */
#include "server/commands/command.h"
#include "server/session.h"

#include <unistd.h>

int command_lsp(int argc, char **argv) {
    static const struct option options[] = {
        {"log", required_argument, NULL, 'l'},
        {"verbose", no_argument, NULL, 'v'},
        /* What editors' client libraries add of their own accord. */
        {"stdio", no_argument, NULL, 's'},
        {"clientProcessId", required_argument, NULL, 's'},
        {NULL, 0, NULL, 0},
    };
    struct session_options session = {.input = STDIN_FILENO, .output = STDOUT_FILENO};
    int status;
    int option;
    while ((option = command_option(argc, argv, "", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        if (option == 'l') {
            session.log_path = optarg;
        } else if (option == 'v') {
            session.verbose = true;
        }
    }
    if (optind < argc) {
        return command_misused("lsp", "it takes no argument, and `%s` is one.", argv[optind]);
    }
    return session_run(&session);
}
