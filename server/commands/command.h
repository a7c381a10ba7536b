/* command: the table of what `tova` can be told to do, from commands.def, and what all commands share.
 *
 * A command gets its own arguments, prints for people, and returns the exit status: 0 when all is well, 1 when the user's
 * program (or the machine) is at fault, 2 when the command line makes no sense.
 */
#ifndef TOVA_SERVER_COMMANDS_COMMAND_H
#define TOVA_SERVER_COMMANDS_COMMAND_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "server/scan.h"

#include <getopt.h>
#include <stdbool.h>

enum command_status { COMMAND_DONE = 0, COMMAND_FAILED = 1, COMMAND_MISUSED = 2 };

struct command {
    const char *name;
    const char *usage;   /* what follows the name */
    const char *help;    /* one line */
    const char *details; /* its options; may be empty */
    int (*run)(int argc, char **argv);
};

#define COMMAND(name, usage, help, details) int command_##name(int argc, char **argv);
#include "server/commands/commands.def"

/* The table and its length; borrowed forever. */
const struct command *command_table(unsigned *count);

/* The command of this name, or NULL. */
const struct command *command_find(struct str name);

/* Says on standard error that there is no such command, and which one may be meant; returns COMMAND_MISUSED. */
int command_unknown(const char *word);

/* Prints how a command is used to standard output. */
void command_print_help(const struct command *command);

/* Prints "tova NAME: message" and where help is to standard error; returns COMMAND_MISUSED. */
int command_misused(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints "tova: message" to standard error; returns COMMAND_FAILED. */
int command_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum { COMMAND_OPTION_END = -1, COMMAND_OPTION_STOP = -2 };

/* The next option as getopt_long gives it, COMMAND_OPTION_END after the last one, or COMMAND_OPTION_STOP when the command
 * is to return *status at once: --help was asked for and shown, or an option makes no sense and that was said. `letters`
 * as for getopt_long, without "h"; `options` without "help". */
int command_option(int argc, char **argv, const char *letters, const struct option *options, int *status);

/* The only word behind the options, for a command that takes one PATH, or "." without one; NULL after a second word, which
 * is refused: then *status is what the command returns. Borrows argv. */
const char *command_one_path(int argc, char **argv, int *status);

/* Says why nothing was loaded from what the user named: no file is there, or they are all in folders below it, which it names.
 * Returns COMMAND_FAILED. */
int command_nothing_at(const char *word);

/* The `.tova` files at or below what the user named, and its absolute path. False after saying on standard error that there
 * are none. Live in the arena. */
bool command_sources(struct arena *arena, const char *word, struct str *path, struct scan_files *files);

/* The folder that bounds the search for a project's root: the working folder when `path` is below it, else `path` itself.
 * `path` is an absolute folder. Lives in the arena. */
struct str command_limit(struct arena *arena, struct str path);

/* A path as people want to read it: relative to the working folder when it is below that, else as it is. Lives in the
 * arena. */
struct str command_shown_path(struct arena *arena, struct str path);

/* The same for who has many paths and knows the working folder, absolute. */
struct str command_path_from(struct arena *arena, struct str here, struct str path);

#endif
