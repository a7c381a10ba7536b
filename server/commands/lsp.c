/* `tova lsp`: the language server on standard input and output. */
#include "server/commands/command.h"
#include "server/crash.h"
#include "server/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The folder of this program beneath the user's caches (XDG Base Directory Specification); false when there is none. */
static bool cache_folder(char *path, size_t capacity) {
    const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int size = -1;
    if (caches != NULL && caches[0] == '/') {
        size = snprintf(path, capacity, "%s/tova", caches);
    } else if (home != NULL && home[0] == '/') {
        size = snprintf(path, capacity, "%s/.cache/tova", home);
    }
    return size > 0 && (size_t)size < capacity;
}

int command_lsp(int argc, char **argv) {
    static const struct option options[] = {
        {"log", required_argument, NULL, 'l'},
        {"log-level", required_argument, NULL, 'L'},
        {"mirror", required_argument, NULL, 'm'},
        {"verbose", no_argument, NULL, 'v'},
        /* What editors' client libraries add of their own accord. */
        {"stdio", no_argument, NULL, 's'},
        {"clientProcessId", required_argument, NULL, 's'},
        {NULL, 0, NULL, 0},
    };
    struct session_options session = {.input = STDIN_FILENO, .output = STDOUT_FILENO, .level = LOG_INFO};
    int status;
    int option;
    while ((option = command_option(argc, argv, "", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        if (option == 'l') {
            session.log_path = optarg;
        } else if (option == 'v') {
            session.level = LOG_DEBUG;
        } else if (option == 'm') {
            session.mirror_path = optarg;
        } else if (option == 'L' && !log_level_of(str_from_c(optarg), &session.level)) {
            return command_misused("lsp", "`%s` is no level of the log: error, warning, info or debug.", optarg);
        }
    }
    if (optind < argc) {
        return command_misused("lsp", "it takes no argument, and `%s` is one.", argv[optind]);
    }
    char folder[CRASH_PATH_BYTES];
    session.crash_folder = cache_folder(folder, sizeof folder) ? folder : NULL;
    session.version = TOVA_VERSION;
    return session_run(&session);
}
